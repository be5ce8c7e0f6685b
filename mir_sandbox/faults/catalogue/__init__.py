"""The catalogue: every fault there is, by name.

Not promised: an order of importance.
"""

from mir_sandbox.faults.catalogue.answers import ANSWERS
from mir_sandbox.faults.catalogue.bodies import BODIES
from mir_sandbox.faults.catalogue.connections import CONNECTIONS
from mir_sandbox.faults.catalogue.contents import CONTENTS
from mir_sandbox.faults.catalogue.fault import Fault
from mir_sandbox.faults.catalogue.floods import FLOODS
from mir_sandbox.faults.catalogue.heads import HEADS
from mir_sandbox.faults.catalogue.listings import LISTINGS
from mir_sandbox.faults.parameters import Rejected

CATALOGUE: tuple[Fault, ...] = (*CONNECTIONS, *ANSWERS, *HEADS, *BODIES, *CONTENTS, *LISTINGS, *FLOODS)


def by_name(untrusted_name: object) -> Fault:
    """The fault of this name. Raises `Rejected`."""
    for fault in CATALOGUE:
        if fault.name == untrusted_name:
            return fault
    raise Rejected(f"no fault {untrusted_name!r}; there are: {', '.join(fault.name for fault in CATALOGUE)}")
