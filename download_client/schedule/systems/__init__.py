"""The operating system's own scheduler, told to start `mir-download schedule run`; no loop of ours ever waits."""

from __future__ import annotations

import sys

from download_client.schedule.systems.start import Registration, Scheduler, Start, program

__all__ = ["Registration", "Scheduler", "Start", "program", "scheduler_of_this_system"]


def scheduler_of_this_system() -> Scheduler:
    """Task Scheduler on Windows, launchd on macOS, the user's systemd elsewhere; only that one is loaded."""
    if sys.platform == "win32":
        from download_client.schedule.systems.task_scheduler import TaskScheduler

        return TaskScheduler()
    if sys.platform == "darwin":
        from download_client.schedule.systems.launchd import Launchd

        return Launchd()
    from download_client.schedule.systems.systemd import Systemd

    return Systemd()
