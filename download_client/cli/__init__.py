"""The headless front end `mir-download`: arguments, printers, exit codes; every rule lives in the engine.

Importing it loads no Qt, no numpy, and neither requests nor rich before they are needed.
"""

from download_client.cli.main import main

__all__ = ["main"]
