"""The player on a real bus: what a desktop sees of it, and what its media keys do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pytestqt.qtbot import QtBot

from mir_sandbox.audio import SPEECH
from tests.ui.conftest import SECONDS
from tests.ui.replay.taps import Taps, lane
from ui.bridge import Bridge
from ui.replay.mpris import PLAYER, Mpris
from ui.replay.player import Player, PlayerState
from ui.replay.tracks import Deck, LaneState

if TYPE_CHECKING:
    from tests.ui.replay.desktop import Desktop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such bus")


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A session's bus of this test alone."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    command = [shutil.which("dbus-daemon") or "dbus-daemon", "--session", "--nofork", "--print-address=1"]
    own = {**os.environ, "HOME": str(tmp_path)}
    with subprocess.Popen(command, env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
        process.kill()


@pytest.fixture
def deck() -> Deck:
    return Deck()


@pytest.fixture
def player(deck: Deck, qtbot: QtBot) -> Iterator[Player]:
    made = Player(outputs=Taps())
    deck.current_changed.connect(lambda key: made.load(deck.get(key)))
    yield made
    made.load(None)


@pytest.fixture
def desktop(bus: str, qtbot: QtBot) -> Iterator[Desktop]:
    from tests.ui.replay.desktop import Desktop  # Linux alone has it

    made = Desktop(bus, qtbot)
    yield made
    made.close()


def load(deck: Deck) -> None:
    """Two that can be heard, and one between them that cannot."""
    made = [lane(SPEECH / "gsm-mono-en.wav", key=key) for key in ("Dana Whitfield", "b", "c")]
    deck.add(made)
    deck.update("b", state=LaneState.UNPLAYABLE)
    for key in ("Dana Whitfield", "c"):
        deck.update(key, state=LaneState.READY)


@pytest.fixture
def mpris(deck: Deck, player: Player, bridge: Bridge, desktop: Desktop, qtbot: QtBot) -> Iterator[Mpris]:
    load(deck)
    made = Mpris(deck, player, bridge)
    qtbot.waitSignal(made.joined, timeout=SECONDS).wait()
    yield made
    made.close()


def test_media_keys_play_pause_stop_and_go_to_the_neighbours(
    mpris: Mpris, deck: Deck, player: Player, desktop: Desktop, qtbot: QtBot
) -> None:
    assert desktop.sees()["PlaybackStatus"] == "Stopped"
    desktop.press("PlayPause")
    assert (player.state, desktop.sees()["PlaybackStatus"]) == (PlayerState.PLAYING, "Playing")
    desktop.press("PlayPause")
    assert (player.state, desktop.sees()["PlaybackStatus"]) == (PlayerState.PAUSED, "Paused")
    desktop.press("Play")
    desktop.press("Play")
    assert desktop.sees()["PlaybackStatus"] == "Playing"
    desktop.press("Pause")
    desktop.press("Pause")
    assert desktop.sees()["PlaybackStatus"] == "Paused"
    desktop.press("Stop")
    assert (player.state, player.position) == (PlayerState.STOPPED, 0.0)
    seen = desktop.sees()
    assert (seen["CanGoNext"], seen["CanGoPrevious"]) == (True, False)
    desktop.press("Next")
    assert player.lane == "c"
    desktop.press("Next")
    assert player.lane == "c"
    desktop.press("Previous")
    assert player.lane == "Dana Whitfield"


def test_positions_and_how_it_sounds(mpris: Mpris, deck: Deck, player: Player, desktop: Desktop) -> None:
    heard = desktop.listen("Seeked")
    desktop.press("Seek", "x", 5_000_000)
    assert player.position == 5.0
    assert heard() == (5_000_000,)
    assert desktop.sees()["Position"] == 5_000_000
    desktop.press("Seek", "x", -9_000_000)
    assert player.position == 0.0
    track = desktop.sees()["Metadata"]["mpris:trackid"][1]
    desktop.press("SetPosition", "ox", track, 2_500_000)
    assert player.position == 2.5
    for where in ((track, 900_000_000), (track, -1), ("/of/yesterday", 1_000_000)):
        desktop.press("SetPosition", "ox", *where)
        assert player.position == 2.5
    desktop.press("Seek", "x", 900_000_000)
    assert player.lane == "c", "beyond the end is the next"
    for rate, then in ((2.0, 2.0), (9.0, 3.0), (-1.0, 3.0)):
        desktop.sets("Rate", rate)
        assert player.rate == desktop.sees()["Rate"] == then
    player.play()
    desktop.sets("Rate", 0.0)
    assert player.state is PlayerState.PAUSED
    for volume, then in ((0.25, 0.25), (float("nan"), 0.25), (4.0, 1.0)):
        desktop.sets("Volume", volume)
        assert player.volume == desktop.sees()["Volume"] == then


def _first(news: Callable[[], Any]) -> Any:
    """What is told first of what is done now: what was loaded before it listened may be told only then."""
    told = news()
    while "Metadata" in told[1]:
        told = news()
    return told


def test_changes_are_told_without_names(mpris: Mpris, deck: Deck, player: Player, desktop: Desktop) -> None:
    news = desktop.listen("PropertiesChanged")
    player.play()
    assert _first(news) == (PLAYER, {"PlaybackStatus": ("s", "Playing")}, [])
    everything = repr(desktop.sees())
    assert "Conversation 1" in everything
    assert "Whitfield" not in everything
    assert "A conversation" not in everything, "its title"
    root = desktop.sees_itself()
    assert (root["Identity"], root["DesktopEntry"]) == ("MIR Download Client", "mir-download-client")
    assert not any(root[name] for name in ("CanQuit", "CanRaise", "HasTrackList"))
    assert root["SupportedUriSchemes"] == []
    for method in ("Raise", "Quit"):
        desktop.asks_itself(method)
    desktop.press("OpenUri", "s", "file:///etc/passwd")
    assert player.lane == "Dana Whitfield"


def test_a_neighbour_that_can_be_heard_now_is_told(mpris: Mpris, deck: Deck, player: Player, desktop: Desktop) -> None:
    news = desktop.listen("PropertiesChanged")
    deck.update("c", state=LaneState.GONE)
    assert _first(news) == (PLAYER, {"CanGoNext": ("b", False)}, [])
    deck.update("b", state=LaneState.READY)
    assert news() == (PLAYER, {"CanGoNext": ("b", True)}, [])


def test_it_is_known_as_long_as_something_is_loaded(
    mpris: Mpris, deck: Deck, player: Player, desktop: Desktop, qtbot: QtBot
) -> None:
    assert desktop.knows()
    deck.clear()
    assert player.state is PlayerState.EMPTY
    assert not desktop.knows()
    load(deck)
    assert desktop.knows()
    mpris.close()
    assert not desktop.knows()
    player.toggle()


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/at/all"])
def test_without_a_bus_nothing_is_missing(
    deck: Deck,
    player: Player,
    bridge: Bridge,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    address: str,
    qtbot: QtBot,
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    load(deck)
    made = Mpris(deck, player, bridge)
    qtbot.waitUntil(lambda: bridge.at_rest, timeout=SECONDS)
    player.play()
    assert player.state is PlayerState.PLAYING
    made.close()
