"""Where a redirect may lead."""

from __future__ import annotations

import pytest

from download_client.content.fields import Fields
from download_client.content.redirects import Origin, Target, follow, is_loopback, origin
from download_client.errors import InsecureAddress, ProtocolBroken

HOME = "https://mir.example/mir/api/v1/conversations/1/recordings/2/content"
LOCAL = "http://127.0.0.1:8080/content"


def go(location: str, *, url: str = HOME, foreign: bool = False, hops: int = 1, home: str = HOME) -> Target:
    said = Fields([b"HTTP/1.1 307 x\r\n", f"Location: {location}\r\n".encode("latin-1", "replace"), b"\r\n"])
    return follow(said, url=url, home=origin(home), foreign=foreign, hops=hops)


@pytest.mark.parametrize(
    ("location", "url", "foreign"),
    [
        ("/x?sig=1", "https://mir.example/x?sig=1", False),
        ("other", "https://mir.example/mir/api/v1/conversations/1/recordings/2/other", False),
        ("https://MIR.example:443/x", "https://MIR.example:443/x", False),
        ("//mir.example/x#part", "https://mir.example/x", False),
        ("https://mir.example:444/x", "https://mir.example:444/x", True),
        ("https://store.example/x?sig=1", "https://store.example/x?sig=1", True),
        ("https://mir.example.evil.example/x", "https://mir.example.evil.example/x", True),
    ],
)
def test_followed(location: str, url: str, foreign: bool) -> None:
    assert go(location) == Target(url, foreign)


@pytest.mark.parametrize(
    "location",
    [
        "http://mir.example/x",
        "http://127.0.0.1/x",
        "file:///etc/passwd",
        "ftp://mir.example/x",
        "data:audio/wav;base64,AAAA",
        "https://:443/x",
        "https://user:password@mir.example/x",
        "https://mir.example\\@evil.example/x",
        "https://mir.example/a b",
        "https://mir.example/\x01",
        "https://mir.example/\u00fc",
        "https://mir.example:99999/",
        "https://[::1/",
        "https://mir.example/" + "x" * 9000,
        "",
    ],
)
def test_refused(location: str) -> None:
    with pytest.raises(ProtocolBroken) as refused:
        go(location)
    assert "example" not in str(refused.value)


def test_at_most_three() -> None:
    assert go("/x", hops=3).url == "https://mir.example/x"
    with pytest.raises(ProtocolBroken, match="more than 3"):
        go("/x", hops=4)


def test_two_addresses_are_none() -> None:
    said = Fields([b"HTTP/1.1 307 x\r\n", b"Location: /a\r\n", b"Location: /b\r\n", b"\r\n"])
    with pytest.raises(ProtocolBroken):
        follow(said, url=HOME, home=origin(HOME), foreign=False, hops=1)


def test_the_token_does_not_come_back_once_home_was_left() -> None:
    assert go(HOME, url="https://store.example/x", foreign=True).foreign


def test_plain_http_stays_on_this_computer() -> None:
    assert go("/x", url=LOCAL, home=LOCAL) == Target("http://127.0.0.1:8080/x", False)
    assert go("http://localhost:8080/x", url=LOCAL, home=LOCAL).foreign
    assert go("https://store.example/x", url=LOCAL, home=LOCAL).foreign
    with pytest.raises(ProtocolBroken):
        go("http://192.0.2.1/x", url=LOCAL, home=LOCAL)


def test_a_target_shows_no_link() -> None:
    assert "sig" not in repr(go("/x?sig=1"))


def test_origin() -> None:
    assert origin("https://Mir.Example/x") == Origin("https", "mir.example", 443)
    assert origin("http://localhost:81?x") == Origin("http", "localhost", 81)


@pytest.mark.parametrize(
    "url", ["http://mir.example/x", "ftp://x/", "x", "", "https://a@b/c", "https://a:x/", "https://a b/"]
)
def test_an_order_may_not_ask_there(url: str) -> None:
    with pytest.raises(InsecureAddress):
        origin(url)


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("localhost", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost.evil.example", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_loopback(host: str, is_it: bool) -> None:
    assert is_loopback(host) is is_it
