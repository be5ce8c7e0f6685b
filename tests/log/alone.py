"""A log file with a logger of its own, known to nobody else, so that no other handler meets what is written."""

from __future__ import annotations

import logging
from pathlib import Path

from download_client.log.lines import LogFile, OneLine


def small(path: Path, *, largest: int = 1000) -> tuple[LogFile, logging.Logger]:
    """A log file that is soon large, and a logger that writes into it alone."""
    handler = LogFile(path, largest=largest)
    handler.setFormatter(OneLine())
    logger = logging.Logger("alone")  # noqa: LOG001  # known to nobody else
    logger.addHandler(handler)
    return handler, logger
