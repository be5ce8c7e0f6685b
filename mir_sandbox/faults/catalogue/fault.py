"""One entry of the catalogue.

Not promised: an effect; a fault becomes a rule when it is added to the board.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mir_sandbox.faults.parameters import Parameter, Values
from mir_sandbox.faults.plan import Plan
from mir_sandbox.front.route import Route

CONTENT = (Route.CONTENT, Route.LINK)
LISTINGS = (Route.CONVERSATIONS, Route.PARTICIPANTS, Route.CHANGES)
API = tuple(route for route in Route if route not in {*CONTENT, Route.OTHER, Route.AUTHORIZE})


@dataclass(frozen=True, slots=True)
class Fault:
    """A named fault: what it does, what can be said about it, and where it applies unless told otherwise."""

    name: str
    description: str
    plan: Callable[[Values], Plan]
    parameters: tuple[Parameter, ...] = ()
    routes: tuple[Route, ...] = ()
    """Empty: every request."""
    at_accept: bool = False
    """It happens to connections, before there is a request."""

    def as_json(self) -> dict[str, object]:
        """The entry as the control interface shows it."""
        return {
            "name": self.name,
            "description": self.description,
            "parameters": [parameter.as_json() for parameter in self.parameters],
            "routes": [route.value for route in self.routes] or "any",
            "atAccept": self.at_accept,
        }
