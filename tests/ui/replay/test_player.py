"""The player: what is heard is the recording, sample by sample, in every state it can be in."""

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from download_client.errors import NotPlayable, RecordingVanished
from download_client.sound import read_peaks, silences
from mir_sandbox.audio import SPEECH
from tests.sound.making import write
from tests.ui.conftest import SECONDS
from tests.ui.replay.taps import Taps, frames, lane
from ui.replay.outputs import Outputs, SilentOutput
from ui.replay.player import Player, PlayerState

STEREO, MONO, GSM, WIDE = (
    SPEECH / f"{stem}.wav" for stem in ("alaw-stereo", "alaw-odd", "gsm-mono-en", "pcm16-16k-mono")
)


@pytest.fixture
def taps(qtbot: QtBot) -> Taps:
    return Taps()


@pytest.fixture
def player(taps: Taps) -> Iterator[Player]:
    made = Player(outputs=taps)
    yield made
    made.stop()
    assert not [each for each in threading.enumerate() if each.name == "replay" and not ended(each)]


def ended(thread: threading.Thread) -> bool:
    thread.join(20.0)
    return not thread.is_alive()


def play_to_end(player: Player, qtbot: QtBot) -> None:
    with qtbot.waitSignal(player.ended, timeout=SECONDS):
        player.play()


def wait_for(player: Player, qtbot: QtBot, second: float) -> None:
    qtbot.waitUntil(lambda: player.position >= second, timeout=SECONDS)


def test_every_frame_of_every_clip_and_then_silence(player: Player, taps: Taps, qtbot: QtBot) -> None:
    states: list[PlayerState] = []
    positions: list[float] = []
    player.state_changed.connect(states.append)
    player.position_changed.connect(positions.append)
    player.load(lane(STEREO, MONO, GSM))
    assert (player.state, player.position, player.lane) == (PlayerState.STOPPED, 0.0, "a")
    play_to_end(player, qtbot)
    wanted = frames(STEREO, MONO, GSM)
    heard = taps.last.samples
    assert taps.last.sample_rate == 8000
    assert np.array_equal(heard[: len(wanted)], wanted)
    assert len(heard) - len(wanted) == 2000, "the tail that sound servers cut off is silence of ours"
    assert not heard[len(wanted) :].any()
    assert states == [PlayerState.STOPPED, PlayerState.PLAYING, PlayerState.ENDED]
    assert positions == sorted(positions)
    assert player.position == player.seconds == pytest.approx(len(wanted) / 8000)
    assert taps.last.closed


def test_from_a_position_and_after_seeks(player: Player, taps: Taps, qtbot: QtBot) -> None:
    whole = frames(STEREO, GSM)
    player.load(lane(STEREO, GSM), at=2.0)
    assert player.position == 2.0
    player.play()
    wait_for(player, qtbot, 3.0)
    player.seek(20.0)
    assert player.state is PlayerState.PLAYING
    wait_for(player, qtbot, 21.0)
    player.pause()
    player.seek(27.5)
    assert (player.state, player.position) == (PlayerState.PAUSED, 27.5)
    play_to_end(player, qtbot)
    assert len(taps.opened) == 3
    for tap, second in zip(taps.opened, (2.0, 20.0, 27.5), strict=True):
        heard = tap.samples
        rest = whole[round(second * 8000) :]
        assert len(heard) >= 8000 * 0.25
        assert np.array_equal(heard[: len(rest)], rest[: len(heard)])
    player.seek(-5.0)
    assert player.position == 0.0
    player.seek(500.0)
    assert player.position == player.seconds


def test_a_pause_goes_on_at_the_same_sample(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO))
    player.play()
    wait_for(player, qtbot, 1.0)
    player.toggle()
    assert (player.state, taps.last.held) == (PlayerState.PAUSED, True)
    at = player.position
    player.toggle()
    assert player.position == at
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=SECONDS)
    wanted = frames(STEREO)
    assert len(taps.opened) == 1
    assert np.array_equal(taps.last.samples[: len(wanted)], wanted)
    player.play()  # what was heard to its end begins again
    assert player.position < 1.0


def test_clips_of_different_rates_are_heard_at_the_highest(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO, WIDE))
    play_to_end(player, qtbot)
    assert taps.last.sample_rate == 16_000
    slow, wide = frames(STEREO), frames(WIDE)
    heard = taps.last.samples
    assert np.abs(heard[: 2 * len(slow) : 2].astype(int) - slow).max() <= 1
    assert np.array_equal(heard[2 * len(slow) :][: len(wide)], wide)


@pytest.mark.parametrize("rate", [0.5, 0.8, 1.25, 2.0, 3.0])
def test_faster_and_slower_the_pitch_stays(
    tmp_path: Path, player: Player, taps: Taps, qtbot: QtBot, rate: float
) -> None:
    tone = np.rint(9000 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 8000)).astype(np.int16)
    path = write(tmp_path / "a.wav", np.column_stack((tone, tone // 2)), "PCM_16")
    player.load(lane(path))
    player.set_rate(rate)
    play_to_end(player, qtbot)
    heard = taps.last.samples[:-2000]
    assert len(heard) == pytest.approx(len(tone) / rate, rel=0.02)
    for channel, size in ((0, 9000), (1, 4500)):
        spectrum = np.abs(np.fft.rfft(heard[:, channel] * np.hanning(len(heard)), 1 << 17))
        assert np.argmax(spectrum) * 8000 / (1 << 17) == pytest.approx(440, abs=0.5)
        # No dropouts, no doubling where frames meet.
        loud = np.abs(heard[: len(heard) // 80 * 80, channel].reshape(-1, 80)).max(axis=1)
        assert loud.min() > 0.85 * size
        assert loud.max() < 1.1 * size
    assert np.array_equal(heard[:100, 0], tone[:100])
    assert np.array_equal(heard[-100:, 0], tone[-100:])


def test_a_change_of_speed_goes_on_from_where_it_is(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(GSM))
    player.play()
    wait_for(player, qtbot, 4.0)
    at = player.position
    player.set_rate(2.0)
    assert player.position == at
    player.set_rate(99.0)
    assert player.rate == 3.0
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=SECONDS)
    assert len(taps.last.samples) / 8000 == pytest.approx((player.seconds - at) / 3 + 0.25, rel=0.05)


def test_balance_turns_a_party_down(player: Player, taps: Taps, qtbot: QtBot) -> None:
    wanted = frames(STEREO).astype(int)
    for balance in (-1.0, -0.5, 0.5, 1.0):
        player.load(None)
        player.load(lane(STEREO))
        player.set_balance(balance)
        play_to_end(player, qtbot)
        heard = taps.last.samples[: len(wanted)].astype(int)
        loud, low = (0, 1) if balance < 0 else (1, 0)
        assert np.array_equal(heard[:, loud], wanted[:, loud])
        mixed = wanted[:, low] * (1 - abs(balance)) + wanted[:, loud] * abs(balance)
        assert np.abs(heard[:, low] - mixed).max() <= 0.5


def test_volume_and_mute(player: Player, taps: Taps) -> None:
    player.load(lane(MONO))
    player.set_volume(0.4)
    player.play()
    assert taps.last.volume == 0.4
    player.set_muted(True)
    assert (taps.last.volume, player.volume, player.muted) == (0.0, 0.4, True)
    player.set_muted(False)
    player.set_volume(7.0)
    assert taps.last.volume == player.volume == 1.0


def test_a_loop_is_heard_again_and_again(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO), at=1.5)
    player.set_loop((3.0, 2.0))
    assert player.loop == (2.0, 3.0)
    player.play()
    qtbot.waitUntil(lambda: len(taps.last.samples) > 8000 * 4, timeout=SECONDS)
    assert 1.5 <= player.position <= 3.0
    player.set_loop(None)
    whole = frames(STEREO)
    first = taps.opened[0].samples
    part = whole[16_000:24_000]
    wanted = np.concatenate([whole[12_000:16_000], part, part, part, part])
    assert np.array_equal(first[:32_000], wanted[:32_000])
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=SECONDS)
    player.set_loop((1.0, 1.01))
    assert player.loop is None, "too short to be meant"


def test_silences_are_left_out(player: Player, taps: Taps, qtbot: QtBot) -> None:
    path = SPEECH / "mulaw-mono.wav"
    peaks = read_peaks(path, progress=lambda *_: None, stop=threading.Event())
    found = silences(peaks)
    assert found
    player.load(lane(path))
    player.set_skip_silence(True)
    player.load(replace(lane(path), peaks=(peaks,)))  # its waveform came meanwhile
    play_to_end(player, qtbot)
    whole, at, wanted = frames(path), 0, []
    for first, last in found:
        wanted.append(whole[at : round(first * 8000)])
        at = round(last * 8000)
    wanted.append(whole[at:])
    assert np.array_equal(taps.last.samples[:-2000], np.concatenate(wanted))


def test_a_loop_of_nothing_but_silence_is_heard(player: Player, taps: Taps, qtbot: QtBot, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", np.full((80_000, 1), 7, np.int16), "PCM_16")
    peaks = read_peaks(path, progress=lambda *_: None, stop=threading.Event())
    player.load(replace(lane(path), peaks=(peaks,)))
    player.set_skip_silence(True)
    player.set_loop((4.0, 5.0))
    player.seek(4.0)
    player.play()
    qtbot.waitUntil(lambda: len(taps.last.samples) > 20_000, timeout=SECONDS)
    assert set(taps.last.samples.ravel().tolist()) == {7}


def test_the_same_lane_plays_on_another_begins_anew(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO))
    player.play()
    wait_for(player, qtbot, 0.5)
    player.load(replace(lane(STEREO), title="its words are others"))
    assert player.state is PlayerState.PLAYING
    player.load(lane(MONO, key="b"))
    assert (player.state, player.lane, player.position) == (PlayerState.STOPPED, "b", 0.0)
    assert taps.last.closed
    player.load(None)
    assert (player.state, player.lane, player.seconds) == (PlayerState.EMPTY, "", 0.0)
    player.play()
    player.stop()
    assert (player.state, player.position) == (PlayerState.EMPTY, 0.0)


def test_files_are_let_go_of_and_opened_again(player: Player, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(STEREO.read_bytes())
    player.load(lane(path))
    player.play()
    wait_for(player, qtbot, 1.0)
    stream = player._stream
    assert stream is not None
    player.release()
    assert player.state is PlayerState.PAUSED
    assert stream.wait_closed(20.0)
    at = player.position
    path.rename(tmp_path / "b.wav").rename(path)
    player.play()
    wait_for(player, qtbot, at + 1.0)
    player.stop()
    assert player.position == 0.0


def test_a_file_that_vanished_breaks_it_and_play_tries_again(player: Player, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(STEREO.read_bytes())
    player.load(lane(path), at=2.0)
    path.rename(tmp_path / "b.wav")
    with qtbot.waitSignal(player.broken, timeout=SECONDS) as caught:
        player.play()
    assert isinstance(caught.args[0], RecordingVanished)
    assert (player.state, player.position) == (PlayerState.BROKEN, 2.0)
    (tmp_path / "b.wav").rename(path)
    play_to_end(player, qtbot)


@pytest.mark.parametrize("when", ["before it plays", "while it plays"])
def test_a_file_that_is_cut(player: Player, tmp_path: Path, qtbot: QtBot, when: str) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(STEREO.read_bytes())
    player.load(lane(path))
    with qtbot.waitSignal(player.broken, timeout=SECONDS) as caught:
        if when == "before it plays":
            os.truncate(path, 20_000)
        player.play()
        if when == "while it plays":
            os.truncate(path, 20_000)
    assert isinstance(caught.args[0], NotPlayable)
    assert not caught.args[0].intact
    assert player.state is PlayerState.BROKEN


def test_headphones_that_are_pulled_out_pause_it(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO))
    player.set_output("headphones")
    assert player.output == "headphones"
    player.play()
    wait_for(player, qtbot, 1.0)
    assert taps.last.device == "headphones"
    at = player.position
    taps.devices.remove("headphones")
    with qtbot.waitSignal(player.outputs_changed, timeout=SECONDS):
        taps.changed.emit()
    assert (player.state, player.position) == (PlayerState.PAUSED, at)
    play_to_end(player, qtbot)
    wanted = frames(STEREO)[round(at * 8000) :]
    assert np.array_equal(taps.last.samples[: len(wanted)], wanted)


def test_a_device_that_fails_pauses_it_and_play_opens_another(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO))
    player.play()
    wait_for(player, qtbot, 1.0)
    with qtbot.waitSignal(player.outputs_changed, timeout=SECONDS):
        taps.last.failed = True
    assert player.state is PlayerState.PAUSED
    play_to_end(player, qtbot)
    assert len(taps.opened) == 2


def test_another_device_while_it_plays(player: Player, taps: Taps, qtbot: QtBot) -> None:
    player.load(lane(STEREO))
    player.play()
    wait_for(player, qtbot, 1.0)
    player.set_output("headphones")
    assert [tap.device for tap in taps.opened] == ["speakers", "headphones"]
    assert player.outputs()[0][0] == ""
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=SECONDS)


def test_without_a_device_it_plays_in_silence_and_in_time(qtbot: QtBot, tmp_path: Path) -> None:
    class Nothing(Outputs):
        def open(self, device: str, *, sample_rate: int) -> SilentOutput:
            return SilentOutput(sample_rate)

    path = write(tmp_path / "a.wav", np.zeros((4000, 1), np.int16), "PCM_16")
    player = Player(outputs=Nothing())
    player.load(lane(path))
    player.play()
    wait_for(player, qtbot, 0.1)
    player.pause()
    at = player.position
    assert at < player.seconds
    player.play()
    assert player.position == at
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=SECONDS)


def test_the_devices_of_this_machine_can_be_asked_for(qtbot: QtBot) -> None:
    outputs = Outputs()
    listed = outputs.listed()
    assert not listed or listed[0][0] == ""
    assert outputs.has("") == (not listed)
    assert not outputs.has("no such device")
    opened = outputs.open("no such device", sample_rate=8000)
    assert opened.free() > 0
    opened.close()
