"""The front door: one object per profile, used by the command line and the window alike; rules live behind it."""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from download_client.archive import FIELDS, Archive, Style, Verifier, VerifyProgress, preview
from download_client.catalog import ConversationRow, ParticipationRow
from download_client.content import ContentOptions
from download_client.credentials import Vault
from download_client.engine import browsing
from download_client.engine.account import Account
from download_client.engine.browsing import Listing
from download_client.engine.custody import existing, ledger_path, look, make_anew
from download_client.engine.doctor import Check, examine
from download_client.engine.foretelling import foretell
from download_client.engine.job import Job, Means
from download_client.engine.library import Library
from download_client.engine.place import Place, look_at_place
from download_client.engine.request import Count, Forecast, PullRequest
from download_client.engine.retention import Endangered, endangered, span_of
from download_client.engine.schedules import Schedules
from download_client.engine.searches import SearchCopy
from download_client.engine.searching import Searching, names_one
from download_client.engine.signed import Signed
from download_client.engine.signing import SignIn
from download_client.errors import ArchiveMissing, NetworkError, UnknownName, UsageError
from download_client.ledger import Item, Ledger
from download_client.model import (
    Conversation,
    Criteria,
    Group,
    Me,
    Run,
    SavedSearch,
    State,
    User,
)
from download_client.retry import Clock, Gate, Patience, SystemClock
from download_client.schedule import scheduler_of_this_system
from download_client.settings import Paths, Settings, table

_ASKED = Patience(window=30.0, first=0.5, factor=2.0, longest=8.0, attempts=5)
"""For what a person waits for: a search, a sign-in, a look at who is signed in; less where the setting says less."""
_FIRST, _FACTOR, _LONGEST = 0.5, 2.0, 60.0
_TRIES_OF_A_RECORDING = 6
_TRIES_OF_A_RUN = 10_000
"""A run's own requests are tried for as long as the window of the setting lasts (fault 1)."""


class Engine:
    """Everything one profile can do. `vault` in memory: one sign-in that leaves nothing behind.

    `hold`: a run pauses where somebody has to act, instead of ending (a window can ask, a script cannot).
    Setting `stop` ends whatever is under way as soon as it is durable.
    """

    def __init__(
        self,
        *,
        paths: Paths,
        settings: Settings,
        profile: str,
        clock: Clock | None = None,
        vault: Vault | None = None,
        stop: threading.Event | None = None,
        hold: bool = False,
    ) -> None:
        self.paths = paths
        self.settings = settings
        self._clock = clock or SystemClock()
        self._stop = stop or threading.Event()
        self._hold = hold
        self._gate = Gate(self._clock)
        self._patience = Patience(
            window=settings.get(table.RETRY_WINDOW),
            first=_FIRST,
            factor=_FACTOR,
            longest=_LONGEST,
            attempts=_TRIES_OF_A_RECORDING,
        )
        asked = replace(_ASKED, window=min(_ASKED.window, self._patience.window))
        self.account = Account(
            paths=paths,
            settings=settings,
            profile=profile,
            vault=vault,
            gate=self._gate,
            patience=asked,
            clock=self._clock,
            stop=self._stop,
        )
        self._searching = Searching(self.account, settings=settings, clock=self._clock, patience=asked)
        self._browsing = browsing.Means(self._searching, paths.cache / "listings", paths.data, self._clock)
        self._copy = SearchCopy(paths.state / "searches" / f"{profile}.json")
        self.schedules = Schedules(
            paths,
            profile=profile,
            clock=self._clock,
            pull=self.pull,
            criteria_of=lambda name: self.saved_search(name).criteria,
            scheduler=scheduler_of_this_system() if settings.get(table.REGISTER_SCHEDULES) else None,
        )

    # --- the account

    def sign_in(self, how: SignIn) -> Me:
        """Sign in and remember it in the vault.

        Raises:
            SignInError, NetworkError, ServiceError: nothing was kept.

        """
        return self.account.sign_in(how)

    def sign_out(self) -> bool:
        """Forget here, and tell the service; False: it could not be told."""
        return self.account.sign_out()

    def whoami(self) -> Me:
        """Who is signed in and what they may see, as the service says now."""
        return self.account.me(fresh=True)

    def users(self) -> tuple[User, ...]:
        """Whom a search may name as owner."""
        return self.account.api().users()

    def groups(self) -> tuple[Group, ...]:
        """Which groups a search may name."""
        return self.account.api().groups()

    # --- searching

    def count(self, criteria: Criteria) -> Count:
        """How many conversations and bytes a search finds, before anything is fetched.

        Raises:
            AccessNone: a clear word instead of an empty list.

        """
        return self._searching.count(criteria)

    def search(self, criteria: Criteria, *, limit: int | None = None) -> Iterator[Conversation]:
        """What a search finds, page by page as it is iterated, oldest window first.

        Raises:
            AccessNone: a clear word instead of an empty list.

        """
        return self._searching.conversations(criteria, limit=limit)

    def conversations(self, criteria: Criteria) -> Listing[ConversationRow]:
        """A listing for a table; nothing is asked before it is filled. Close it when nobody looks at it any more."""
        return browsing.conversations(self._browsing, criteria)

    def participants(self, criteria: Criteria) -> Listing[ParticipationRow]:
        """The same of the Participant View."""
        return browsing.participations(self._browsing, criteria)

    def searches(self) -> tuple[tuple[SavedSearch, ...], bool]:
        """The saved searches, and whether they are only the local copy because the service cannot be reached."""
        try:
            found = self.account.api().saved_searches()
        except NetworkError:
            copy = self._copy.read()
            if copy is None:
                raise
            return copy, True
        self._copy.write(found)
        return found, False

    def saved_search(self, name: str) -> SavedSearch:
        """One saved search by its name.

        Raises:
            UnknownName: there is none; the detail lists those there are.

        """
        found, _ = self.searches()
        for search in found:
            if search.name == name:
                return search
        names = ", ".join(search.name for search in found) or "none"
        raise UnknownName(f"saved searches: {names}", subject=name)

    def save_search(self, name: str, criteria: Criteria) -> SavedSearch:
        """Save a search under a name, at the service; one of the same name is replaced."""
        existing = next((search for search in self.searches()[0] if search.name == name), None)
        saved = self.account.api().save_search(
            SavedSearch(name=name, criteria=criteria, id=existing.id if existing is not None else "")
        )
        self.searches()
        return saved

    def delete_search(self, name: str) -> None:
        """Delete a saved search at the service. Raises `UnknownName`."""
        self.account.api().delete_search(self.saved_search(name).id)
        self.searches()

    # --- pulling

    def pull(self, request: PullRequest) -> Job:
        """A run that is ready to go; nothing has been begun."""
        return self._job(_chosen(request))

    def retry(self, archive: Path, run_id: int) -> Job:
        """An earlier run again: its listing to the end, and everything of it that is not home."""
        return self._job(PullRequest(archive=archive), again=run_id)

    def forecast(self, request: PullRequest) -> Forecast:
        """List what a pull of a search would do; nothing is fetched and nothing is written.

        Raises:
            AccessNone: a clear word instead of an empty list.

        """
        archive = existing(request.archive, self._clock)
        with ExitStack() as stack:
            ledger = stack.enter_context(look(archive, folder=self.paths.data)) if archive is not None else None
            return foretell(
                self._searching.blocks(_chosen(request)),
                ledger=ledger,
                now=self._clock.now().timestamp(),
                free=archive.free_bytes() if archive is not None else None,
            )

    def endangered(self, archive: Path, *, within: timedelta) -> Iterator[Endangered]:
        """What the service deletes within that time and the archive does not hold, about the soonest first.

        An archive that does not exist yet holds nothing.

        Raises:
            AccessNone: a clear word instead of an empty list.

        """
        now = self._clock.now()
        there = existing(archive, self._clock)
        span = span_of(self._searching.me().retention, now=now, within=within)
        with ExitStack() as stack:
            ledger = stack.enter_context(look(there, folder=self.paths.data)) if there is not None else None
            blocks = self._searching.blocks(PullRequest(archive=archive, criteria=Criteria().within(span)))
            yield from endangered(blocks, ledger=ledger, now=now, within=within)

    # --- the archive

    def archive_folder(self, given: Path | None) -> Path:
        """The archive meant: the given one, the setting's, or the one this profile used last.

        Raises:
            UsageError: none of them is known.

        """
        folder = given or self.settings.get(table.ARCHIVE_FOLDER) or self.account.last_archive()
        if folder is None:
            raise UsageError("no archive folder is known; give --archive DIR or set archive.folder")
        return folder.absolute()

    def runs(self, archive: Path, *, limit: int = 50) -> list[tuple[Run, dict[State, int]]]:
        """The last runs of an archive, newest first, each with how many recordings are in which state now."""
        ledger = self._readable(Archive.open(archive, clock=self._clock))
        if ledger is None:
            return []
        with ledger:
            return [(run, ledger.runs.counts(run.id)) for run in ledger.runs.latest(limit)]

    def exceptions(self, archive: Path, run_id: int) -> Iterator[Item]:
        """Every recording of a run that is not home, with its reason. Raises `UnknownName`."""
        ledger = self._readable(Archive.open(archive, clock=self._clock))
        if ledger is None:
            raise UnknownName("this archive has no runs yet", subject=f"run {run_id}")
        with ledger:
            ledger.runs.get(run_id)
            yield from ledger.runs.exceptions(run_id)

    def verify(self, archive: Path, *, progress: Callable[[VerifyProgress], None]) -> Verifier:
        """Read everything again and name each damage while the answer is iterated; nothing is changed, no sign-in.

        Raises while iterating: `ArchiveMissing`, `Interrupted`.
        """
        return Archive.open(archive, clock=self._clock).verify(progress=progress, stop=self._stop)

    def library(self, archive: Path) -> Library:
        """What an archive holds, as a listing; needs no sign-in. Fill it to bring it up to date.

        Raises:
            ArchiveMissing, ArchiveForeign: there is none, or one of a newer version.

        """
        opened = Archive.open(archive, clock=self._clock, style=self._style(None))
        return Library(opened, folder=self.paths.state / "libraries", ledgers=self.paths.data, clock=self._clock)

    def rebuild(self, archive: Path, *, progress: Callable[[int], None]) -> int:
        """Make the ledger anew from the archive alone; answers how many recordings it holds then."""
        return make_anew(
            Archive.open(archive, clock=self._clock),
            folder=self.paths.data,
            holder=_holder(),
            clock=self._clock,
            progress=progress,
        )

    def preview(self, *, folder_template: str | None = None, name_template: str | None = None) -> tuple[str, ...]:
        """What the templates make of two made-up calls; None: the setting's.

        Raises:
            InvalidTemplate: an unknown field, or a form that cannot be.

        """
        style = self._style(None)
        return preview(replace(style, folder=folder_template or style.folder, name=name_template or style.name))

    @property
    def template_fields(self) -> dict[str, str]:
        """The fields of a template, and what each means."""
        return {name: field.meaning for name, field in FIELDS.items()}

    def place(self, folder: Path) -> Place:
        """What a folder would be like for an archive: free space, risks, what lies there; no sign-in."""
        return look_at_place(folder, clock=self._clock)

    def doctor(self, archive: Path | None) -> list[Check]:
        """What this machine, keyring, proxy, service and archive can do."""
        return examine(self.account, paths=self.paths, settings=self.settings, archive=archive, clock=self._clock)

    def close(self) -> None:
        """Let go of connections."""
        self.account.close()

    # --- behind the door

    def _job(self, request: PullRequest, *, again: int | None = None) -> Job:
        settings = self.settings
        patience = replace(self._patience, attempts=_TRIES_OF_A_RUN)
        me = self.account.me(by=self.account.api().until(self._stop, patience=patience))
        connection = self.account.connection()
        means = Means(
            api=lambda stop: Signed(self.account, user_id=me.user.user_id, stop=stop, patience=patience),
            me=me,
            source=self.account.server_url,
            content=ContentOptions(
                ca_file=connection.ca_file,
                proxy=self.account.proxy(),
                connect=settings.get(table.CONNECT_TIMEOUT),
                stall=settings.get(table.STALL_TIMEOUT),
            ),
            gate=self._gate,
            patience=self._patience,
            clock=self._clock,
            state=self.paths.data,
            page_size=self._searching.page_size(),
            min_free=settings.get(table.MIN_FREE_SPACE),
            start=settings.get(table.CONCURRENCY),
            limit_rate=request.limit_rate or settings.get(table.LIMIT_RATE),
            hold=self._hold,
            holder=_holder(),
        )
        return Job(
            means,
            request,
            open_archive=lambda: self._open_or_create(request, me),
            again=again,
            stop=self._stop,
        )

    def _style(self, me: Me | None) -> Style:
        settings = self.settings
        zone = settings.get(table.TIME_ZONE)
        return Style(
            folder=settings.get(table.FOLDER_TEMPLATE),
            name=settings.get(table.NAME_TEMPLATE),
            zone=(me.time_zone if me is not None else "UTC") if zone == "account" else zone,
            separator=settings.get(table.CSV_SEPARATOR),
            spreadsheet=settings.get(table.SPREADSHEET_SAFE),
        )

    def _open_or_create(self, request: PullRequest, me: Me) -> Archive:
        """The archive of a pull: made when there is none; never another account's, never elsewhere."""
        style = self._style(me)
        service, account_id = self.account.server_url, me.account.account_id
        try:
            archive = Archive.open(
                request.archive, clock=self._clock, service=service, account_id=account_id, style=style
            )
        except ArchiveMissing:
            if self.account.last_archive() == request.archive:
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
        self.account.used_archive(request.archive)
        return archive

    def _readable(self, archive: Archive | None) -> Ledger | None:
        if archive is None:
            return None
        path = ledger_path(self.paths.data, archive)
        return Ledger.read(path) if path.exists() else None


def _chosen(request: PullRequest) -> PullRequest:
    """A search for one conversation, whenever it was, is a choice."""
    return request.choosing(request.criteria.conversation_id) if names_one(request.criteria) else request


def _holder() -> str:
    return f"mir-download, process {os.getpid()} on {platform.node() or 'this computer'}"
