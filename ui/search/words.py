"""Criteria in short, for chips: one phrase each; names from the service are plain text."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import QCoreApplication, QLocale

from download_client.model import AccessLevel, Criteria, Direction, Me, RecordingMode, Scope
from ui.search.form import Form
from ui.search.lengths import write_length
from ui.search.moments import Moments, wall_of_end, wall_of_start
from ui.search.periods import Period, Span
from ui.search.store import SearchStore
from ui.words.plurals import Search

_LONGEST = 36
"""Signs of what somebody typed that a chip shows."""


def one_line(untrusted_text: str) -> str:
    """A name on one line: control characters, as line breaks, are shown as spaces."""
    return "".join(sign if sign.isprintable() else " " for sign in untrusted_text)


def period_words(period: Period) -> str:
    """What a period is called."""
    translate = QCoreApplication.translate
    return {
        Period.LAST_24_HOURS: translate("Search", "Last 24 hours"),
        Period.TODAY: translate("Search", "Today"),
        Period.YESTERDAY: translate("Search", "Yesterday"),
        Period.LAST_7_DAYS: translate("Search", "Last 7 days"),
        Period.THIS_MONTH: translate("Search", "This month"),
        Period.LAST_MONTH: translate("Search", "Last month"),
        Period.CUSTOM: translate("Search", "From – to…"),
    }[period]


def scope_words(scope: Scope | None, me: Me | None) -> str:
    """What a scope reaches for this user."""
    translate = QCoreApplication.translate
    groups = len(me.managed_groups) if me is not None else 0
    if scope is Scope.OWN:
        return translate("Search", "My own")
    if scope is Scope.GROUP:
        return Search.tr("My groups (%n)", "", groups)
    if me is not None and me.access_level is AccessLevel.ALL:
        return translate("Search", "Everyone")
    if groups:
        return translate("Search", "Mine and my groups")
    return translate("Search", "My own")


def in_short(form: Form, *, store: SearchStore, me: Me | None, locale: QLocale, zone: tzinfo) -> dict[str, str]:
    """One phrase per criterion, by the name of what takes it away: `period`, or fields of `Criteria` joined by `,`."""
    translate, rest = QCoreApplication.translate, form.rest
    found = {"period": period_words(form.period)}
    if form.period is Period.CUSTOM:
        found["period"] = span_words(form.span, locale, zone)
    if rest.direction is not None:
        inbound = rest.direction is Direction.INBOUND
        found["direction"] = translate("Search", "Inbound") if inbound else translate("Search", "Outbound")
    if rest.min_duration is not None or rest.max_duration is not None:
        found["min_duration,max_duration"] = length_words(rest)
    if rest.mode is not None:
        always = rest.mode is RecordingMode.ALWAYS_ON
        found["mode"] = translate("Search", "Always-On") if always else translate("Search", "On-Demand")
    if rest.scope is not None:
        found["scope"] = scope_words(rest.scope, me)
    if rest.group_id:
        found["group_id"] = translate("Search", "Group {name}").format(name=_short(store.name_of_group(rest.group_id)))
    if rest.owner_user_id:
        name = _short(store.name_of_user(rest.owner_user_id))
        found["owner_user_id"] = translate("Search", "Owner {name}").format(name=name)
    if rest.has_voice_recording is not None:
        found["has_voice_recording"] = (
            translate("Search", "With voice recording")
            if rest.has_voice_recording
            else translate("Search", "Without voice recording")
        )
    typed = {
        "conversation_id": translate("Search", "ID {text}"),
        "calling_number": translate("Search", "Calling number {text}"),
        "calling_name": translate("Search", "Calling name {text}"),
        "calling_extension": translate("Search", "Calling extension {text}"),
        "called_number": translate("Search", "Called number {text}"),
        "called_name": translate("Search", "Called name {text}"),
        "called_extension": translate("Search", "Called extension {text}"),
    }
    for name, phrase in typed.items():
        if text := getattr(rest, name):
            found[name] = phrase.format(text=_short(text))
    if rest.available_after is not None:
        since = Moments(locale).write(wall_of_start(rest.available_after, zone))
        found["available_after"] = translate("Search", "Available since {time}").format(time=since)
    return found


def span_words(span: Span, locale: QLocale, zone: tzinfo) -> str:
    """1 Nov 2026 – 20 Nov 2026; since, until."""
    moments = Moments(locale)
    first = moments.write(wall_of_start(span[0], zone)) if span[0] is not None else ""
    last = moments.write(wall_of_end(span[1], zone)) if span[1] is not None else ""
    if not first:
        return QCoreApplication.translate("Search", "The day until {time}").format(time=last)
    if not last:
        return QCoreApplication.translate("Search", "Since {time}").format(time=first)
    return first if first == last else f"{first} – {last}"


def length_words(rest: Criteria) -> str:
    """10:00 or longer, at most 10:00, 5:00 – 10:00."""
    least, most = write_length(rest.min_duration), write_length(rest.max_duration)
    if not most:
        return QCoreApplication.translate("Search", "{length} or longer").format(length=least)
    if not least:
        return QCoreApplication.translate("Search", "At most {length}").format(length=most)
    return f"{least} – {most}"


def _short(untrusted_text: str) -> str:
    text = one_line(untrusted_text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
