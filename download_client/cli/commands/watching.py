"""schedule report, schedule check, alarm: what nights left to be read, how schedules stand, and whom that reaches."""

from __future__ import annotations

import webbrowser
from datetime import date
from typing import Any

from download_client.cli import words
from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit, exit_of_code
from download_client.engine import ChannelTrouble, Filed, Report, SecretOf, Watch, report_as_dict
from download_client.errors import MirError, UnknownName, UsageError
from download_client.model import MESSAGES, Channel, Outcome

CHANNELS = {"desktop": Channel.DESKTOP, "mail": Channel.MAIL, "webhook": Channel.WEBHOOK}
CHANNELS |= {"system-log": Channel.SYSTEM_LOG}
_SHOWN = 10


def report(context: Context) -> Exit:
    """Show the report of a night, open its page, or say where it lies."""
    options, output, schedules = context.options, context.output, context.engine.schedules
    day = read_day(options.day) if options.day else None
    filed = schedules.filed(options.name, day)
    found = schedules.report(options.name, day)
    if filed is None or found is None:
        raise UnknownName("no report is kept of it", subject=options.day or options.name)
    if options.open or options.path:
        place = filed.html or filed.json
        if options.open:
            webbrowser.open(place.as_uri())
        output.say(str(place))
        output.result({"html": str(filed.html) if filed.html is not None else None, "json": str(filed.json)})
        return Exit.COMPLETE
    _tell_report(context, found, filed)
    output.result(report_as_dict(found))
    return Exit.COMPLETE


def _tell_report(context: Context, found: Report, filed: Filed) -> None:
    output, figures = context.output, found.figures
    output.say(f"{words.plain(found.schedule)}, night of {found.day} (try {found.number}): {found.outcome.value}")
    output.say(
        f"  {words.when(found.started_at, context.zone)} to {words.when(found.ended_at, context.zone)}, "
        f"{words.elapsed(figures.seconds)}, run {found.run_id or '–'}"
    )
    if found.code:
        seen = f": {words.plain(found.detail, longest=400)}" if found.detail else ""
        output.say(f"  {found.title} ({found.code}){seen}\n    {found.advice}")
    output.say(
        f"  {figures.listed:,} listed: {figures.archived:,} archived, {figures.skipped:,} home already, "
        f"{figures.unfinished:,} may still come, {figures.refused:,} refused; {words.size(figures.bytes)}"
    )
    for name, days in (("covers as well", found.caught_up), ("nights without any run", found.missing)):
        if days:
            output.say(f"  {name}: {', '.join(each.isoformat() for each in days)}")
    for group in found.exceptions:
        ids = ", ".join(words.plain(each.recording_id) for each in group.recordings[:_SHOWN])
        output.say(f"  {group.count:,} {words.STATE_WORDS[group.state]}: {ids}{' …' if group.count > _SHOWN else ''}")
    if found.endangered_count:
        output.say(
            f"  {found.endangered_count:,} conversations are deleted by the service within "
            f"{found.endangered_within_days} days and are not home"
        )
    tell_trouble(context, found.trouble)
    output.say(f"  page: {filed.html or filed.json}")


def tell_trouble(context: Context, trouble: tuple[ChannelTrouble, ...]) -> None:
    """Who could not be told."""
    for each in trouble:
        context.output.say(f"  could not tell by {name_of(each.channel)}: {words.plain(each.said, longest=400)}")


def check(context: Context) -> Exit:
    """Say how schedules stand, and tell what is to be told; for monitoring."""
    output = context.output
    found = context.engine.schedules.check(context.options.name)
    rows = [
        (
            words.plain(each.schedule.name),
            _standing(each),
            each.night.day.isoformat() if each.night is not None else "never",
            each.missing[-1].isoformat() if each.missing else "none",
            ", ".join(name_of(trouble.channel) for trouble in each.trouble) or "none",
        )
        for each in found
    ]
    if not output.table(("Schedule", "Stands", "Last night", "Last missing", "Channels that fail"), rows):
        output.say("No schedules yet.")
    output.result({"schedules": [as_dict(each) for each in found]})
    worst = [_exit(each) for each in found if not each.schedule.paused]
    return next((code for code in (Exit.MISSED, *worst) if code in worst and code is not Exit.COMPLETE), Exit.COMPLETE)


def _standing(each: Watch) -> str:
    if each.schedule.paused:
        return "paused"
    if each.outcome is None:
        return "no night yet"
    code = each.night.code if each.night is not None and each.outcome is not Outcome.MISSING else ""
    return each.outcome.value + (f" ({code})" if code else "")


def _exit(each: Watch) -> Exit:
    if each.outcome is None or each.outcome is Outcome.CLEAN:
        return Exit.COMPLETE
    if each.outcome is Outcome.MISSING:
        return Exit.MISSED
    failed = each.outcome is Outcome.FAILED and each.night is not None
    return exit_of_code(each.night.code) if failed and each.night is not None else Exit.PARTIAL


def as_dict(each: Watch) -> dict[str, Any]:
    """A schedule's standing, for programs."""
    return {
        "name": each.schedule.name,
        "outcome": each.outcome.value if each.outcome is not None else None,
        "paused": each.schedule.paused,
        "lastNight": each.night.day.isoformat() if each.night is not None else None,
        "code": each.night.code if each.night is not None else "",
        "missing": [day.isoformat() for day in each.missing],
        "channelsThatFail": [
            {"channel": trouble.channel.value, "code": trouble.code, "said": trouble.said} for trouble in each.trouble
        ],
        "waitingMessages": each.waiting,
    }


def alarm(context: Context) -> Exit:
    """Keep or forget a secret of a channel, or try channels out."""
    options, output, post = context.options, context.output, context.engine.post
    if options.action == "test":
        return _test(context)
    if options.what not in tuple(SecretOf):
        raise UsageError(f"alarm {options.action} needs one of {', '.join(SecretOf)}")
    what = SecretOf(options.what)
    kept = options.action == "set-password"
    post.keep(what, context.password(f"Secret for {what.value}: ") if kept else None)
    output.say(f"{'Kept' if kept else 'Forgotten'}: the secret for {what.value}.")
    output.result({"secret": what.value, "kept": kept})
    return Exit.COMPLETE


def _test(context: Context) -> Exit:
    output, post, wanted = context.output, context.engine.post, context.options.what
    if wanted is not None and wanted not in CHANNELS:
        raise UsageError(f"a channel is one of {', '.join(CHANNELS)}")
    channels = (CHANNELS[wanted],) if wanted is not None else post.set_up()
    results, first = [], None
    for channel in channels:
        error: MirError | None = None
        said = ""
        try:
            said = post.test(channel)
        except MirError as raised:
            error = raised
            first = first or raised
        output.say(f"{name_of(channel)}: {words.plain(str(error), longest=400) if error else said or 'sent'}")
        if error is not None:
            output.say(f"    {error.advice}")
        results.append({"channel": channel.value, "said": said, "error": error.as_dict() if error else None})
    if not channels:
        output.say("No channel is set up: `mir-download settings` lists alarm.*")
    output.result({"channels": results})
    return Exit.COMPLETE if first is None else exit_of_code(first.code)


def name_of(channel: Channel) -> str:
    """A channel as it is typed."""
    return next((name for name, each in CHANNELS.items() if each is channel), channel.value)


def read_channels(untrusted: str) -> frozenset[Channel]:
    """`desktop,mail` as channels; `all`: whatever is set up. Raises UsageError."""
    if untrusted.strip() == "all":
        return frozenset()
    names = [part.strip() for part in untrusted.split(",")]
    unknown = [name for name in names if name not in CHANNELS]
    if unknown:
        raise UsageError(f"channels are all, or {', '.join(CHANNELS)} with commas", subject=unknown[0][:40])
    return frozenset(CHANNELS[name] for name in names) & set(MESSAGES)


def read_day(untrusted: str) -> date:
    """2026-11-22. Raises UsageError."""
    try:
        return date.fromisoformat(untrusted.strip())
    except ValueError:
        raise UsageError("a day is written as 2026-11-22", subject=untrusted[:40]) from None
