"""Makes jobs: what the settings, the account and the archive mean for a run is put together here; it runs none."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from download_client.archive import Archive, Style
from download_client.content import ContentOptions
from download_client.engine.account import Account
from download_client.engine.chores import Chores
from download_client.engine.custody import take
from download_client.engine.housekeeping import erase, look_at
from download_client.engine.job import Earlier, Job, Means
from download_client.engine.request import PullRequest
from download_client.engine.searching import Searching, names_one
from download_client.engine.signed import Signed
from download_client.errors import ArchiveMissing, MirError, SignInError
from download_client.ledger import Wish
from download_client.model import Me
from download_client.retry import Clock, Gate, Patience
from download_client.settings import Origin, Setting, Settings, table

T = TypeVar("T")

_FIRST, _FACTOR, _LONGEST = 0.5, 2.0, 60.0
TRIES_OF_A_RECORDING = 6
_TRIES_OF_A_RUN = 10_000
"""A run's own requests are tried for as long as the window of the setting lasts (fault 1)."""


class Jobs:
    """For one profile. `state` is the folder of the ledgers, `program` the name people know the program by."""

    def __init__(
        self,
        account: Account,
        *,
        settings: Settings,
        searching: Searching,
        gate: Gate,
        clock: Clock,
        state: Path,
        program: str,
        stop: threading.Event,
    ) -> None:
        self._account = account
        self._settings = settings
        self._searching = searching
        self._gate = gate
        self._clock = clock
        self._state = state
        self._program = program
        self._stop = stop

    @property
    def patience(self) -> Patience:
        """With one recording."""
        return Patience(
            window=self._settings.get(table.RETRY_WINDOW),
            first=_FIRST,
            factor=_FACTOR,
            longest=_LONGEST,
            attempts=TRIES_OF_A_RECORDING,
        )

    @property
    def holder(self) -> str:
        """Who holds an archive, for people; the lock names process and computer itself."""
        return self._program

    def make(
        self,
        request: PullRequest,
        *,
        again: Earlier | None = None,
        entry: str = "",
        begun: bool = False,
        stop: threading.Event | None = None,
    ) -> Job:
        """A run that is ready to go; nothing has been begun.

        `entry` is its key in a queue of runs; `begun`: its archive was there before, none is made. `stop` ends the
        asking, not the job.

        Raises:
            SignInError, NetworkError, ServiceError: it is not known who is signed in.

        """
        settings, account = self._settings, self._account
        patience = replace(self.patience, attempts=_TRIES_OF_A_RUN)
        # How long the service keeps recordings may have changed since the sign-in (F15).
        fresh = request.guard is not None
        me = account.me(fresh=fresh, by=account.api().until(stop or self._stop, patience=patience))
        connection = account.connection()
        means = Means(
            api=lambda stop: Signed(account, user_id=me.user.user_id, stop=stop, patience=patience),
            me=me,
            source=account.server_url,
            content=ContentOptions(
                ca_file=connection.ca_file,
                proxy=account.proxy(),
                connect=settings.get(table.CONNECT_TIMEOUT),
                stall=settings.get(table.STALL_TIMEOUT),
            ),
            gate=self._gate,
            patience=self.patience,
            clock=self._clock,
            state=self._state,
            page_size=self._searching.page_size(),
            min_free=settings.get(table.MIN_FREE_SPACE),
            start=settings.get(table.CONCURRENCY),
            limit_rate=request.limit_rate or settings.get(table.LIMIT_RATE),
            most=self._by_policy(table.CONCURRENCY),
            most_rate=self._by_policy(table.LIMIT_RATE),
            holder=self.holder,
        )
        asked = chosen(request)
        return Job(
            means,
            asked,
            open_archive=lambda: self._open_or_create(asked, me, create=not begun and again is None),
            again=again,
            entry=entry,
            stop=self._stop,
        )

    def _by_policy(self, setting: Setting[T]) -> T | None:
        """What a policy says; None: it says nothing."""
        settings = self._settings
        return settings.get(setting) if settings.origin(setting) is Origin.POLICY else None

    def is_signed_in(self) -> bool:
        """Whether the service would take a request now; where it cannot be reached, as far as is known."""
        try:
            self._account.api().access_token()
        except SignInError:
            return False
        except MirError:
            return True
        return True

    def write(self, archive: Path, wish: Wish) -> int:
        """Write a wish into the ledger of an archive in which no run of ours is at work.

        Raises:
            ArchiveLocked: another program is at work there.
            ArchiveMissing, DiskError, LedgerError: it cannot be written.

        """
        opened = Archive.open(archive, clock=self._clock)
        with take(opened, folder=self._state, holder=self.holder, clock=self._clock) as custody:
            return custody.ledger.wishes.carry_out(wish, None)

    def keep_house(self, archive: Path, *, days: int, erases: bool) -> Chores:
        """What is older than that, or its erasure. Raises ArchiveLocked, ArchiveMissing, DiskError, LedgerError."""
        opened, now = Archive.open(archive, clock=self._clock), self._clock.now()
        if not erases:
            return look_at(opened, days=days, now=now)
        with take(opened, folder=self._state, holder=self.holder, clock=self._clock) as custody:
            return erase(custody, days=days, clock=self._clock, stopped=self._stop.is_set)

    def style(self, me: Me | None = None) -> Style:
        """How names and tables are written; the account's zone is only known of who is signed in."""
        settings = self._settings
        me = me or self._account.known_me
        zone = settings.get(table.TIME_ZONE)
        return Style(
            folder=settings.get(table.FOLDER_TEMPLATE),
            name=settings.get(table.NAME_TEMPLATE),
            zone=(me.time_zone if me is not None else "UTC") if zone == "account" else zone,
            separator=settings.get(table.CSV_SEPARATOR),
            spreadsheet=settings.get(table.SPREADSHEET_SAFE),
        )

    def new_archive(self, folder: Path, *, accept_risk: bool) -> None:
        """Make an archive for whoever is signed in, as the first pull would. Raises as `Archive.create`."""
        request = PullRequest(archive=folder, accept_risk=accept_risk)
        self._open_or_create(request, self._account.me(), create=True)

    def _open_or_create(self, request: PullRequest, me: Me, *, create: bool) -> Archive:
        """The archive of a pull: made when there is none; never another account's, never elsewhere."""
        style = self.style(me)
        service, account_id = self._account.server_url, me.account.account_id
        try:
            archive = Archive.open(
                request.archive, clock=self._clock, service=service, account_id=account_id, style=style
            )
        except ArchiveMissing:
            if not create or self._account.last_archive() == request.archive:
                # It was there before: a drive that is gone must not be replaced by an empty folder (fault 35).
                raise
            archive = Archive.create(
                request.archive,
                service=service,
                account_id=account_id,
                accept_risk=request.accept_risk,
                clock=self._clock,
                style=style,
            )
        self._account.used_archive(request.archive)
        return archive


def chosen(request: PullRequest) -> PullRequest:
    """A search for one conversation, whenever it was, is a choice."""
    return request.choosing(request.criteria.conversation_id) if names_one(request.criteria) else request
