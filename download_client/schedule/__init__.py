"""When a pull is due, and who starts it: days, book and the operating system's own scheduler; it pulls nothing itself.

`schedule` what somebody wants · `planner` whether a day is due (pure) · `book` schedules and nights on disk · `systems`
Task Scheduler, systemd and launchd.
"""

from download_client.schedule.book import KILLED, Book, Night
from download_client.schedule.planner import (
    Due,
    NotDue,
    Try,
    deadline,
    instant,
    missing_days,
    next_days,
    plan,
    upcoming,
)
from download_client.schedule.schedule import DAY_NAMES, Missed, Schedule, read_at, read_days
from download_client.schedule.systems import Registration, Scheduler, Start, program, scheduler_of_this_system

__all__ = [
    "DAY_NAMES",
    "KILLED",
    "Book",
    "Due",
    "Missed",
    "Night",
    "NotDue",
    "Registration",
    "Schedule",
    "Scheduler",
    "Start",
    "Try",
    "deadline",
    "instant",
    "missing_days",
    "next_days",
    "plan",
    "program",
    "read_at",
    "read_days",
    "scheduler_of_this_system",
    "upcoming",
]
