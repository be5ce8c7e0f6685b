"""What all connections of one service share.

Not promised: any behaviour; it is handed from the service to its doors and from them to each visit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mir_sandbox.faults.board import Board
from mir_sandbox.faults.plan import Origins
from mir_sandbox.front.journal import Journal
from mir_sandbox.front.route import Links
from mir_sandbox.front.upstream import Pool

if TYPE_CHECKING:
    from mir_sandbox.front.certificates import Certificates


@dataclass(eq=False, slots=True)
class House:
    """What all visits share."""

    board: Board
    journal: Journal
    pool: Pool
    base_path: str
    origins: Origins
    certificates: Certificates | None
    whose: Callable[[str], str | None]
    """The user name behind an access token, None when nobody knows."""
    links: Links
