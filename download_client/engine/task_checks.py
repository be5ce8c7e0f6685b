"""Looks at the schedules of a profile, and at everything a pull needs from inside the system's scheduler.

It pulls nothing. What only a real start can show (a computer that slept, a user who logged off) it cannot.
"""

from __future__ import annotations

import json

from download_client.engine.doctor import Check, Health
from download_client.engine.schedules import Outline, Schedules
from download_client.errors import MirError, SchedulerRefused
from download_client.schedule import Due

_TASK = "task"


def look_at_schedules(schedules: Schedules) -> list[Check]:
    """One look at each: is it registered, is a night missing, may something keep it from starting."""
    try:
        return [_look(each, schedules) for each in schedules.all()]
    except MirError as error:
        return [Check("schedules", Health.BAD, str(error), error.advice, error.code)]


def as_task(schedules: Schedules, name: str) -> list[Check]:
    """What `doctor` says when the system's scheduler starts it as it starts this schedule. Raises UnknownName."""
    chosen = schedules.find(name).schedule
    words = ("doctor", "--json", "--quiet", "--profile", chosen.profile, "--archive", str(chosen.archive))
    try:
        said = schedules.try_out(name, words)
    except SchedulerRefused as error:
        advice = f"Start the task itself and look at its night: mir-download schedule show {json.dumps(name)}."
        return [Check(_TASK, Health.BAD, str(error), advice, error.code)]
    try:
        checks = json.loads(said)["checks"]
        told = [Check(c["name"], Health(c["health"]), c["said"], c["advice"], c["code"]) for c in checks]
    except (ValueError, LookupError, TypeError):
        said = f"{schedules.scheduler_name} started it, but it said nothing that can be read"
        return [Check(_TASK, Health.BAD, said, "Look at the log, and at the system's own record of the task.")]
    good = Check(_TASK, Health.GOOD, f"started by {schedules.scheduler_name}; what follows was looked at there")
    return [good, *told]


def _look(each: Outline, schedules: Schedules) -> Check:
    name = f"schedule {each.schedule.name}"
    again = f"mir-download schedule resume {json.dumps(each.schedule.name)} registers it anew."
    if each.schedule.paused:
        return Check(name, Health.GOOD, "paused")
    complete = f"last complete {each.complete.day}" if each.complete is not None else "no night was complete yet"
    registration = each.registration
    if registration is not None and not registration.registered:
        said = f"{schedules.scheduler_name} does not know it ({registration.detail}); {complete}"
        return Check(name, Health.BAD, said, again, SchedulerRefused.code)
    if isinstance(each.plan, Due) and each.plan.missed:
        said = f"{len(each.plan.missed) + 1} days without a complete pull; {complete}"
        return Check(
            name, Health.WARNING, said, "The next pull covers them; `schedule show` says how the last ones ended."
        )
    trouble = schedules.watch(each.schedule.name).trouble
    if trouble:
        said = "; ".join(f"nobody could be told by {one.channel.value}: {one.said}" for one in trouble)
        advice = "`mir-download alarm test` shows whether it works now; it is tried again at the next start."
        return Check(name, Health.WARNING, f"{said}; {complete}", advice, trouble[0].code)
    if registration is None:
        return Check(name, Health.GOOD, f"registered by other means, if at all (schedule.register is no); {complete}")
    try:
        concerns = schedules.concerns(each.schedule.name)
    except SchedulerRefused as error:
        concerns = (error.detail,)
    if concerns:
        return Check(name, Health.WARNING, "; ".join((*concerns, complete)), "See the guide for supervisors.")
    return Check(name, Health.GOOD, f"{schedules.scheduler_name} starts it; {complete}")
