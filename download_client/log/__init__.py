"""One `setup` for the log: a rotating file without secrets or private data; it does not promise that a line is written.

`redact` what no line may hold · `lines` how a record becomes a line, and where it goes · `begin` setup, and errors
that nobody caught.

Rooms log with `logging.getLogger(__name__)` and name things by their ids alone; redaction is the last defence, not the
first. Nothing here ever raises into the program, and nothing is printed unless asked for.
"""

from download_client.log.begin import Log, setup
from download_client.log.redact import redact

__all__ = ["Log", "redact", "setup"]
