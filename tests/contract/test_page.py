"""The documentation page says what the contract says, and needs nothing but itself."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from tests.contract.conformance import Contract

ROOT = Path(__file__).parents[2]
MAKER = ROOT / "resources" / "openapi" / "make_page.py"
PAGE = ROOT / "docs" / "api" / "index.html"


class Anchors(HTMLParser):
    """Collects ids, links and every attribute that could load something."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in ("src", "href", "srcset", "data", "action"):
                self.loads.append(f"{tag} {name}={value}")


def anchors() -> Anchors:
    parser = Anchors()
    parser.feed(PAGE.read_text(encoding="utf-8"))
    return parser


def test_page_is_up_to_date() -> None:
    made = subprocess.run([sys.executable, MAKER, "--check"], capture_output=True, text=True, timeout=60)
    assert made.returncode == 0, made.stderr


def test_page_is_self_contained() -> None:
    assert anchors().loads == []
    text = PAGE.read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(|<script|<link", text)


def test_every_link_leads_to_one_place() -> None:
    found = anchors()
    assert len(found.ids) == len(set(found.ids))
    assert [link for link in found.links if link.removeprefix("#") not in found.ids] == []


def test_every_operation_and_schema_has_its_place() -> None:
    contract = Contract.load()
    found = set(anchors().ids)
    wanted = {operation.operation_id for operation in contract.operations}
    wanted |= {f"schema-{name}" for name in contract.document["components"]["schemas"]}
    assert wanted <= found
