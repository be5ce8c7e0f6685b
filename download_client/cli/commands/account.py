"""sign-in, sign-out, whoami."""

from __future__ import annotations

import webbrowser
from typing import Any

from download_client.cli.context import Context
from download_client.cli.exit_codes import Exit
from download_client.cli.words import plain
from download_client.engine import Browser, Client, Password, SignIn
from download_client.errors import UsageError
from download_client.model import AccessLevel, Me
from download_client.settings import table

_LEVELS = {
    AccessLevel.NONE: "None: nothing is visible, not even your own recordings",
    AccessLevel.OWN_GROUP: "Own/Group Recordings",
    AccessLevel.ALL: "All Recordings",
}


def sign_in(context: Context) -> Exit:
    """Sign in and keep it."""
    options = context.options
    known = context.engine.account.known_profile()
    server = options.server or (known.server_url if known else "") or context.settings.get(table.SERVER_URL)
    user = options.user or (known.user if known else "")
    if not server:
        raise UsageError("the address of the service is not known; give --server URL")
    if not user and not options.browser:
        raise UsageError("the user name is not known; give --user NAME")
    me = context.engine.sign_in(_how(context, server=server, user=user))
    _show(context, me)
    return Exit.COMPLETE


def _how(context: Context, *, server: str, user: str) -> SignIn:
    if context.options.browser:

        def open_browser(url: str) -> bool:
            context.output.note(f"Finish the sign-in in your browser. If none opened, open this address:\n{url}")
            return webbrowser.open(url)

        return Browser(server=server, user=user, open_browser=open_browser)
    secret = context.password(f"Password of {user}: ")
    if context.options.client_credentials:
        return Client(server=server, client_id=user, secret=secret)
    return Password(server=server, user=user, password=secret)


def sign_out(context: Context) -> Exit:
    """Revoke and forget."""
    told = context.engine.sign_out()
    context.output.say("Signed out. Nothing is kept in the keyring.")
    if not told:
        context.output.note("The service could not be told; its side of the sign-in ends by itself.")
    context.output.result({"signedOut": True, "serviceTold": told})
    return Exit.COMPLETE


def whoami(context: Context) -> Exit:
    """Who is signed in, and what they may."""
    _show(context, context.engine.whoami())
    return Exit.COMPLETE


def _show(context: Context, me: Me) -> None:
    say = context.output.say
    say(f"{plain(me.user.name)} at {plain(me.account.name)}")
    say(f"  access level   {_LEVELS[me.access_level]}")
    for group in me.managed_groups:
        members = ", ".join(plain(member.name) for member in group.members) or "no members"
        say(f"  manages        {plain(group.name)}: {members}")
    say(f"  may            {', '.join(sorted(me.permissions)) or 'nothing'}")
    months = me.retention.months
    say(f"  retention      {f'{months // 12} years' if months % 12 == 0 and months > 12 else f'{months} months'}")
    say(f"  time zone      {plain(me.time_zone)}")
    context.output.result(as_dict(me))


def as_dict(me: Me) -> dict[str, Any]:
    """The object of `whoami --json`."""
    return {
        "user": {"id": me.user.user_id, "name": me.user.name, "email": me.user.email, "extension": me.user.extension},
        "account": {"id": me.account.account_id, "name": me.account.name},
        "accessLevel": me.access_level.value,
        "managedGroups": [
            {
                "id": group.group_id,
                "name": group.name,
                "members": [{"id": member.user_id, "name": member.name} for member in group.members],
            }
            for group in me.managed_groups
        ],
        "permissions": sorted(me.permissions),
        "timeZone": me.time_zone,
        "retention": {"months": me.retention.months, "archiving": me.retention.archiving},
        "limits": {
            "maxConcurrentDownloads": me.limits.max_concurrent_downloads,
            "maxPageSize": me.limits.max_page_size,
            "maxWindowDays": me.limits.max_window_days,
        },
    }
