"""The player on the desktop's bus: media keys and media controls of Linux desktops (MPRIS 2.2); it shows nothing.

Desktops send their media keys to players on the session's bus, and show what these say even while the screen is locked:
so a conversation is told by its number, never by a name. Without a bus nothing is missing. The bus knows it as long as
something is loaded. How long a conversation is stays untold: MPRIS wants 64 bits there, Qt's binding sends 32.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import ClassInfo, Property, QObject, QTimer, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage, QDBusObjectPath

from ui.bridge import Bridge
from ui.replay.player import LEAST_RATE, MOST_RATE, Player, PlayerState
from ui.replay.tracks import Deck

PLACE: Final = "/org/mpris/MediaPlayer2"
SERVICE: Final = f"org.mpris.MediaPlayer2.mir_download_client.instance{os.getpid()}"
PLAYER: Final = "org.mpris.MediaPlayer2.Player"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_NOTHING: Final = "/org/mpris/MediaPlayer2/TrackList/NoTrack"
_TRACK: Final = "/com/mir_download_client/conversation/{number}"
_MICRO: Final = 1_000_000
_SOON_MS: Final = 50
_JUMP: Final = 1.0
"""Seconds: a position that changes by more has not been reached by playing."""
_LONG: Any = "qlonglong"
_STRINGS: Any = "QStringList"
_MAP: Any = "QVariantMap"
"""Types of the bus that Python has not."""
_Class = TypeVar("_Class")


def session_bus() -> str:
    """The address of the session's bus; empty where there is none."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS", "")
    usual = Path(os.environ.get("XDG_RUNTIME_DIR", "")) / "bus"
    return named or (f"unix:path={usual}" if usual.is_absolute() and usual.exists() else "")


def _interface(name: str) -> Callable[[_Class], _Class]:
    made: Any = ClassInfo
    decorator: Callable[[_Class], _Class] = made({"D-Bus Interface": name})
    return decorator


class Mpris(QObject):
    """What the bus is told, and what it asks for. `close` leaves the bus."""

    joined = Signal()
    """The bus knows it now."""

    def __init__(self, deck: Deck, player: Player, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._deck = deck
        self._player = player
        self._bridge = bridge
        self._bus: QDBusConnection | None = None
        self._asked = self._named = False
        self._told: dict[str, Any] = {}
        self._position = 0.0
        self._root = _Root(self)
        self._controls = _Controls(self)
        player.state_changed.connect(lambda _: self._tell())
        player.changed.connect(self._tell)
        player.position_changed.connect(self._moved)
        deck.current_changed.connect(lambda _: self._tell())
        # Of thousands of lanes each changes some times while it is loaded.
        soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        soon.timeout.connect(self._tell)
        deck.loaded.connect(soon.start)
        deck.changed.connect(lambda _: soon.start())
        self._tell()

    def close(self) -> None:
        """Leave the bus."""
        if self._bus is not None:
            self._bus.unregisterObject(PLACE)
            self._bus.unregisterService(SERVICE)
            self._bus = None
        QDBusConnection.disconnectFromBus(SERVICE)

    # --- what it says

    @property
    def words(self) -> dict[str, Any]:
        """The properties that change, by name."""
        player, lane = self._player, self._deck.current
        here = lane is not None and lane.playable
        track = _TRACK.format(number=lane.number) if lane is not None and here else _NOTHING
        about: dict[str, Any] = {"mpris:trackid": QDBusObjectPath(track)}
        if lane is not None and here:
            about["xesam:title"] = self.tr("Conversation {number}").format(number=lane.number)
        status = {PlayerState.PLAYING: "Playing", PlayerState.PAUSED: "Paused"}.get(player.state, "Stopped")
        return {
            "PlaybackStatus": status,
            "Rate": player.rate,
            "Volume": player.volume,
            "Metadata": about,
            "CanGoNext": self._deck.neighbour(1) is not None,
            "CanGoPrevious": self._deck.neighbour(-1) is not None,
            "CanPlay": here,
            "CanPause": here,
            "CanSeek": here,
        }

    @property
    def position(self) -> int:
        """Microseconds of the voice."""
        return round(self._player.position * _MICRO)

    # --- what it is asked for

    def toggle(self) -> None:
        """Play, or pause."""
        self._player.toggle()

    def play(self) -> None:
        """Play, if it does not."""
        self._player.play()

    def pause(self) -> None:
        """Pause, if it plays."""
        self._player.pause()

    def stop(self) -> None:
        """Back to the beginning."""
        self._player.stop()

    def go_to(self, step: int) -> None:
        """The conversation before, or after."""
        lane = self._deck.neighbour(step)
        if lane is not None:
            self._deck.choose(lane.key)

    def step(self, untrusted_microseconds: int) -> None:
        """Back, or on; beyond the end is the next conversation."""
        wanted = self._player.position + untrusted_microseconds / _MICRO
        if wanted > self._player.seconds:
            self.go_to(1)
        else:
            self._player.seek(wanted)

    def seek(self, untrusted_track: str, untrusted_microseconds: int) -> None:
        """To a position, where that track is still the one, and is so long."""
        wanted = untrusted_microseconds / _MICRO
        current = self.words["Metadata"]["mpris:trackid"].path()
        if untrusted_track == current and 0 <= wanted <= self._player.seconds:
            self._player.seek(wanted)

    def set_rate(self, untrusted_rate: float) -> None:
        """As fast as that; at 0 it pauses, as MPRIS has it."""
        if untrusted_rate == 0:
            self._player.pause()
        elif untrusted_rate > 0:
            self._player.set_rate(untrusted_rate)

    def set_volume(self, untrusted_volume: float) -> None:
        """As loud as that; what is no number changes nothing."""
        if untrusted_volume == untrusted_volume:
            self._player.set_volume(untrusted_volume)

    # --- inside

    def _tell(self) -> None:
        if self._player.state is PlayerState.EMPTY:
            self._leave()
            return
        if self._bus is None:
            if not self._asked:
                self._asked = True
                address = session_bus()
                self._bridge.ask(lambda _: _connected(address), then=self._join, sorry=lambda _: None, owner=self)
            return
        if not self._named:
            self._named = self._bus.registerService(SERVICE)
            self._told = {}
        words = self.words
        news = {name: value for name, value in words.items() if self._told.get(name) != value}
        if news:
            self._told = words
            signal = QDBusMessage.createSignal(PLACE, _PROPERTIES, "PropertiesChanged")
            signal.setArguments([PLAYER, news, []])
            self._bus.send(signal)

    def _join(self, bus: QDBusConnection | None) -> None:
        if bus is not None and bus.registerObject(PLACE, self):
            self._bus = bus
            self._tell()
            self.joined.emit()

    def _leave(self) -> None:
        if self._named:
            self._named = False
            if self._bus is not None:
                self._bus.unregisterService(SERVICE)

    def _moved(self, seconds: float) -> None:
        jumped = abs(seconds - self._position) > _JUMP
        self._position = seconds
        if jumped and self._named:
            self._controls.Seeked.emit(self.position)


@_interface("org.mpris.MediaPlayer2")
class _Root(QDBusAbstractAdaptor):
    """Who it is; names are those of MPRIS."""

    @Slot()
    def Raise(self) -> None:
        """Never offered."""

    @Slot()
    def Quit(self) -> None:
        """Never offered."""

    Identity = Property(str, lambda _: "MIR Download Client", constant=True)
    DesktopEntry = Property(str, lambda _: "mir-download-client", constant=True)
    CanQuit = Property(bool, lambda _: False, constant=True)
    CanRaise = Property(bool, lambda _: False, constant=True)
    HasTrackList = Property(bool, lambda _: False, constant=True)
    SupportedUriSchemes = Property(_STRINGS, lambda _: [], constant=True)
    SupportedMimeTypes = Property(_STRINGS, lambda _: [], constant=True)


@_interface(PLAYER)
class _Controls(QDBusAbstractAdaptor):
    """What it does; names are those of MPRIS."""

    Seeked = Signal(_LONG)

    def __init__(self, of: Mpris) -> None:
        super().__init__(of)
        self._of = of

    @Slot()
    def PlayPause(self) -> None:
        """The key that does both."""
        self._of.toggle()

    @Slot()
    def Play(self) -> None:
        """Go on."""
        self._of.play()

    @Slot()
    def Pause(self) -> None:
        """Hold."""
        self._of.pause()

    @Slot()
    def Stop(self) -> None:
        """To the beginning."""
        self._of.stop()

    @Slot()
    def Next(self) -> None:
        """The next conversation."""
        self._of.go_to(1)

    @Slot()
    def Previous(self) -> None:
        """The one before."""
        self._of.go_to(-1)

    @Slot(_LONG)
    def Seek(self, offset: int) -> None:
        """By microseconds."""
        self._of.step(offset)

    @Slot(QDBusObjectPath, _LONG)
    def SetPosition(self, track: QDBusObjectPath, position: int) -> None:
        """To a microsecond of that track."""
        self._of.seek(track.path(), position)

    @Slot(str)
    def OpenUri(self, _: str) -> None:
        """Nothing is opened for others."""

    def _rate(self) -> float:
        return float(self._of.words["Rate"])

    def _set_rate(self, rate: float) -> None:
        self._of.set_rate(rate)

    def _volume(self) -> float:
        return float(self._of.words["Volume"])

    def _set_volume(self, volume: float) -> None:
        self._of.set_volume(volume)

    PlaybackStatus = Property(str, lambda self: self._of.words["PlaybackStatus"])
    Metadata = Property(_MAP, lambda self: self._of.words["Metadata"])
    Position = Property(_LONG, lambda self: self._of.position)
    Rate = Property(float, _rate, _set_rate)
    Volume = Property(float, _volume, _set_volume)
    MinimumRate = Property(float, lambda _: LEAST_RATE, constant=True)
    MaximumRate = Property(float, lambda _: MOST_RATE, constant=True)
    CanGoNext = Property(bool, lambda self: self._of.words["CanGoNext"])
    CanGoPrevious = Property(bool, lambda self: self._of.words["CanGoPrevious"])
    CanPlay = Property(bool, lambda self: self._of.words["CanPlay"])
    CanPause = Property(bool, lambda self: self._of.words["CanPause"])
    CanSeek = Property(bool, lambda self: self._of.words["CanSeek"])
    CanControl = Property(bool, lambda _: True, constant=True)


def _connected(address: str) -> QDBusConnection | None:
    """The session's bus, on a connection of our own; a worker waits for it, as it may be slow."""
    bus = QDBusConnection.connectToBus(address, SERVICE)
    return bus if bus.isConnected() else None
