"""A newer version is told, once a day at most, and only where somebody may be asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from download_client import __version__
from download_client.api import ConnectionOptions
from download_client.engine.updates import Newest, Updates
from download_client.errors import MirError, NetworkError, ProtocolBroken
from download_client.settings import Paths, Settings
from tests.fake_clock import FakeClock


class Place:
    """A server that answers `body`, and counts who asked."""

    def __init__(self, body: bytes, status: int = 200) -> None:
        self.body = body
        self.status = status
        self.asked = 0
        self.url = ""


@contextmanager
def open_place(place: Place) -> Iterator[Place]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place.asked += 1
            self.send_response(place.status)
            self.send_header("Content-Length", str(len(place.body)))
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(place.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    place.url = f"http://127.0.0.1:{server.server_port}/mir.json"
    try:
        yield place
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def updates(tmp_path: Path, url: str, *, clock: FakeClock | None = None, check: bool = True) -> Updates:
    settings = Settings.load(Paths.below(tmp_path))
    settings.set("update.check", check)
    settings.set("update.url", url)
    return Updates(settings, tmp_path / "state" / "update.json", clock=clock or FakeClock())


def ask(of: Updates) -> Newest | None:
    return of.newest(ConnectionOptions(total=20.0), stop=threading.Event())


def test_a_newer_one_is_told_with_its_page(tmp_path: Path) -> None:
    with open_place(Place(b'{"version": "99.1", "page": "https://it.example.com/mir"}')) as place:
        found = ask(updates(tmp_path, place.url))
    assert found is not None
    assert (found.newer, found.version, found.page) == (True, "99.1", "https://it.example.com/mir")


@pytest.mark.parametrize("version", [__version__, f"{__version__}.0", "0.0.1"])
def test_the_same_or_an_older_one_is_no_news(tmp_path: Path, version: str) -> None:
    with open_place(Place(f'{{"version": "{version}"}}'.encode())) as place:
        found = ask(updates(tmp_path, place.url))
    assert found is not None
    assert not found.newer


def test_it_asks_once_a_day(tmp_path: Path) -> None:
    clock = FakeClock()
    with open_place(Place(b'{"version": "99.1"}')) as place:
        for _ in range(3):
            ask(updates(tmp_path, place.url, clock=clock))
        assert place.asked == 1
        clock.advance(timedelta(days=1, seconds=1).total_seconds())
        ask(updates(tmp_path, place.url, clock=clock))
        assert place.asked == 2


def test_nobody_is_asked_where_it_is_off_or_there_is_no_address(tmp_path: Path) -> None:
    with open_place(Place(b'{"version": "99.1"}')) as place:
        assert ask(updates(tmp_path, place.url, check=False)) is None
        assert ask(updates(tmp_path, "")) is None
    assert place.asked == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"<html>", b'{"version": 3}', b'{"version": "1; rm"}', b'{"version": "9", "page": "javascript:x"}'],
)
def test_anything_else_is_an_error_and_is_not_kept(tmp_path: Path, body: bytes) -> None:
    with open_place(Place(body)) as place:
        asked = updates(tmp_path, place.url)
        for _ in range(2):
            with pytest.raises(ProtocolBroken):
                ask(asked)
    assert place.asked == 2


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with open_place(Place(b"", 404)) as place, pytest.raises(ProtocolBroken):
        ask(updates(tmp_path, place.url))
    with pytest.raises(NetworkError):
        ask(updates(tmp_path, place.url))
    with pytest.raises(MirError):
        ask(updates(tmp_path, "http://it.example.com/mir.json"))
