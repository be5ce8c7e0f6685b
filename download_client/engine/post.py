"""Carries a message on the ways that are set up: settings, secrets and trust are put together here; it decides nothing.

A secret lies in the keyring under the server it is for: with another server in the settings it is not used.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from download_client.alarm import Message
from download_client.api import ConnectionOptions
from download_client.credentials import Kept, KeyringVault, Secret, SecretKind
from download_client.errors import ChannelNotSetUp
from download_client.model import MESSAGES, Channel
from download_client.retry import ALARM, Clock, Gate, Patience, again
from download_client.schedule import Schedule
from download_client.settings import Settings, table

_PROFILE = "alarm"
_PATIENCE = Patience(window=30.0, first=0.5, factor=4.0, longest=10.0, attempts=4)
_WHOLE = 60.0
"""Seconds that one exchange may take."""
_PROMPT, _UNATTENDED = 120.0, 20.0
"""Seconds for the keyring: where somebody sits who may unlock it, and at night."""
_SIGNER = "webhook"


class SecretOf(StrEnum):
    """What a secret is for."""

    SMTP = "smtp"
    WEBHOOK = "webhook"


class Post:
    """Sends. `connection` says how anything is reached: trust, proxy, times."""

    def __init__(
        self, settings: Settings, *, connection: Callable[[], ConnectionOptions], clock: Clock, stop: threading.Event
    ) -> None:
        self._settings = settings
        self._connection = connection
        self._clock = clock
        self._stop = stop

    def set_up(self) -> tuple[Channel, ...]:
        """The channels that somebody has set up."""
        get = self._settings.get
        there = {
            Channel.DESKTOP: get(table.ALARM_DESKTOP),
            Channel.MAIL: bool(get(table.SMTP_HOST)),
            Channel.WEBHOOK: bool(get(table.WEBHOOK_URL)),
            Channel.SYSTEM_LOG: get(table.ALARM_SYSTEM_LOG),
        }
        return tuple(channel for channel in MESSAGES if there[channel])

    def heartbeat_of(self, schedule: Schedule) -> str:
        """The address to be called after a complete night; empty: there is none."""
        return schedule.heartbeat or self._settings.get(table.HEARTBEAT_URL)

    def send(self, channel: Channel, message: Message, *, schedule: Schedule | None = None) -> str:
        """Send it, trying again for a little while; answers a sentence where it went through in part.

        Raises:
            TellingError, NetworkError, ServiceError, SignInError, UsageError: it was not sent.
            Interrupted: everything is to end.

        """
        window = min(_PATIENCE.window, self._settings.get(table.RETRY_WINDOW))
        return again(
            lambda: self._once(channel, message, schedule),
            patience=replace(_PATIENCE, window=window),
            gate=Gate(self._clock),
            policy=ALARM,
            clock=self._clock,
            stop=self._stop,
        )

    def test(self, channel: Channel) -> str:
        """Send a message that says it is a test, once. Raises as `send`; a heartbeat is not called for a test."""
        from download_client.engine.letters import of_test  # the letters know the reports, no start needs them

        if channel is Channel.HEARTBEAT:
            raise ChannelNotSetUp("a heartbeat is called after a complete night only", subject=channel.value)
        return self._once(channel, of_test(now=self._clock.now()), None)

    # --- secrets

    def keep(self, what: SecretOf, secret: Secret | None) -> None:
        """Keep a secret for the server of the settings, or forget it (None).

        Raises:
            ChannelNotSetUp: the settings name no server yet.
            KeyringUnavailable, SecretTooLong: it is not kept.

        """
        vault = self._vault(what)
        if secret is None:
            vault.forget()
            return
        user = self._settings.get(table.SMTP_USER) if what is SecretOf.SMTP else _SIGNER
        vault.keep(Kept(SecretKind.ALARM, user or _SIGNER, secret))

    def keeps(self, what: SecretOf) -> bool:
        """Whether a secret lies in the keyring for the server of the settings. Raises as `keep`."""
        return self._vault(what).load() is not None

    def _vault(self, what: SecretOf, *, answer_within: float = _PROMPT) -> KeyringVault:
        from download_client.alarm.web import origin

        host, url = self._settings.get(table.SMTP_HOST), self._settings.get(table.WEBHOOK_URL)
        if not (host if what is SecretOf.SMTP else url):
            missing = table.SMTP_HOST if what is SecretOf.SMTP else table.WEBHOOK_URL
            raise ChannelNotSetUp(f"{missing.name} is empty", subject=what.value)
        place = f"smtp://{host}:{self._settings.get(table.SMTP_PORT)}" if what is SecretOf.SMTP else origin(url)
        return KeyringVault(service_url=place, profile=_PROFILE, answer_within=answer_within)

    def _secret(self, what: SecretOf) -> Secret:
        kept = self._vault(what, answer_within=_UNATTENDED).load()
        if kept is None:
            advice = f"nothing is kept for this server; run `mir-download alarm set-password {what.value}`"
            raise ChannelNotSetUp(advice, subject=what.value)
        return kept.secret

    # --- the ways

    def _once(self, channel: Channel, message: Message, schedule: Schedule | None) -> str:
        options = replace(self._connection(), total=_WHOLE)
        now = self._clock.now()
        if channel is Channel.MAIL:
            return self._mail(message, schedule, options)
        if channel is Channel.WEBHOOK:
            from download_client.alarm.web import send_webhook

            secret = self._secret(SecretOf.WEBHOOK)
            url = self._settings.get(table.WEBHOOK_URL)
            send_webhook(message, url=url, secret=secret, now=now, options=options, stop=self._stop)
        elif channel is Channel.HEARTBEAT:
            from download_client.alarm.web import send_heartbeat

            url = self.heartbeat_of(schedule) if schedule is not None else ""
            if not url:
                raise ChannelNotSetUp("it has no address any more", subject=channel.value)
            send_heartbeat(message, url=url, now=now, options=options, stop=self._stop)
        elif channel is Channel.DESKTOP:
            from download_client.alarm.desktop import notify

            notify(message)
        else:
            from download_client.alarm.system_log import write_line

            write_line(message)
        return ""

    def _mail(self, message: Message, schedule: Schedule | None, options: ConnectionOptions) -> str:
        from download_client.alarm.mail import MailServer, send_mail

        get = self._settings.get
        recipients = (schedule.tell_to if schedule is not None else ()) or get(table.MAIL_TO)
        for setting, value in ((table.SMTP_HOST, get(table.SMTP_HOST)), (table.MAIL_FROM, get(table.MAIL_FROM))):
            if not value:
                raise ChannelNotSetUp(f"{setting.name} is empty", subject=Channel.MAIL.value)
        if not recipients:
            raise ChannelNotSetUp("nobody is named: alarm.mail_to is empty", subject=Channel.MAIL.value)
        user = get(table.SMTP_USER)
        server = MailServer(
            host=get(table.SMTP_HOST),
            port=get(table.SMTP_PORT),
            at_once=get(table.SMTP_SECURITY) == "tls",
            user=user,
            password=self._secret(SecretOf.SMTP) if user else None,
        )
        return send_mail(
            message,
            server=server,
            sender=get(table.MAIL_FROM)[0],
            recipients=recipients,
            attach=get(table.MAIL_PAGE),
            options=options,
        )
