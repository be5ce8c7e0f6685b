"""The front door: one object per profile, used by the command line and the window alike; rules live behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from download_client.archive import FIELDS, Archive, Audit, Verifier, VerifyProgress
from download_client.catalog import ConversationRow, ParticipationRow
from download_client.credentials import Vault
from download_client.engine import browsing
from download_client.engine.account import Account
from download_client.engine.browsing import Listing
from download_client.engine.chores import Chores
from download_client.engine.custody import existing, look, make_anew, read
from download_client.engine.doctor import Check, examine
from download_client.engine.downloads import Downloads
from download_client.engine.export import Export
from download_client.engine.foretelling import foretell
from download_client.engine.homes import Homes
from download_client.engine.housekeeping import policy, with_policy
from download_client.engine.job import Earlier, Job
from download_client.engine.jobs import Jobs, chosen
from download_client.engine.library import Library
from download_client.engine.listening import Listening
from download_client.engine.marks import Marks
from download_client.engine.outlook import Chosen, Outlook, names_of, outlook_of
from download_client.engine.place import Place, look_at_place
from download_client.engine.post import Post
from download_client.engine.recordings import Recordings
from download_client.engine.replays import Replays
from download_client.engine.request import Count, Forecast, PullRequest
from download_client.engine.retention import Endangered, endangered, span_of
from download_client.engine.schedules import Schedules
from download_client.engine.searches import SavedSearches, SearchCopy
from download_client.engine.searching import Searching
from download_client.engine.signing import SignIn
from download_client.engine.task_checks import as_task, look_at_schedules
from download_client.engine.updates import Newest, Updates
from download_client.errors import UnknownName, UsageError
from download_client.ledger import Item, Ledger
from download_client.model import (
    Conversation,
    Criteria,
    Group,
    Me,
    Run,
    State,
    User,
)
from download_client.retry import Clock, Gate, Patience, SystemClock
from download_client.schedule import scheduler_of_this_system
from download_client.settings import Paths, Settings, table

_ASKED = Patience(window=30.0, first=0.5, factor=2.0, longest=8.0, attempts=5)
"""For what a person waits for: a search, a sign-in, a look at who is signed in; less where the setting says less."""


class Engine:
    """Everything one profile can do. `vault` in memory: one sign-in that leaves nothing behind.

    `program` is what people call the program. Setting `stop` ends whatever is under way as soon as it is durable.
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
        program: str = "mir-download",
    ) -> None:
        self.paths = paths
        self.settings = settings
        self._clock = clock or SystemClock()
        self._stop = stop or threading.Event()
        gate = Gate(self._clock)
        asked = replace(_ASKED, window=min(_ASKED.window, settings.get(table.RETRY_WINDOW)))
        self.account = Account(
            paths=paths,
            settings=settings,
            profile=profile,
            vault=vault,
            gate=gate,
            patience=asked,
            clock=self._clock,
            stop=self._stop,
        )
        self._searching = Searching(self.account, settings=settings, clock=self._clock, patience=asked)
        self._jobs = Jobs(
            self.account,
            settings=settings,
            searching=self._searching,
            gate=gate,
            clock=self._clock,
            state=paths.data,
            program=program,
            stop=self._stop,
        )
        self.downloads = Downloads(
            self._jobs,
            file=paths.state / "downloads" / f"{profile}.json",
            recordings=Recordings(folder=paths.data, clock=self._clock),
            clock=self._clock,
        )
        self._browsing = browsing.Means(self._searching, paths.cache / "listings", paths.data, self._clock)
        self._homes = Homes(ledgers=paths.data, library=self.library)
        self._listening = Listening(
            self.account,
            paths=paths,
            settings=settings,
            gate=gate,
            clock=self._clock,
            homes=self._homes,
            style=self._jobs.style,
        )
        self.saved = SavedSearches(self.account.api, SearchCopy(paths.state / "searches" / f"{profile}.json"))
        self.post = Post(settings, connection=self.account.connection, clock=self._clock, stop=self._stop)
        self.schedules = Schedules(
            paths,
            profile=profile,
            clock=self._clock,
            pull=lambda request: self.pull(with_policy(request, settings)),
            criteria_of=lambda name: self.saved.find(name).criteria,
            scheduler=scheduler_of_this_system() if settings.get(table.REGISTER_SCHEDULES) else None,
            post=self.post,
            settings=settings,
            exceptions=self.exceptions,
        )

    # --- the account

    def sign_in(self, how: SignIn, *, keep: bool = True, cancel: threading.Event | None = None) -> Me:
        """Sign in and remember it in the vault; `keep` False: as long as this object is. `cancel` ends it alone.

        Raises:
            SignInError, NetworkError, ServiceError, Interrupted: nothing was kept.

        """
        me = self.account.sign_in(how, keep=keep, cancel=cancel)
        self.downloads.signed_in()
        return me

    def sign_out(self) -> bool:
        """Forget here, and tell the service; False: it could not be told."""
        return self.account.sign_out()

    def whoami(self) -> Me:
        """Who is signed in and what they may see, as the service says now."""
        return self.account.me(fresh=True)

    def look_in(self) -> Me:
        """The same for somebody who waits: told soon where the service cannot be reached. Raises as `whoami`."""
        return self.account.look_in()

    def users(self) -> tuple[User, ...]:
        """Whom a search may name as owner."""
        return self.account.api().users()

    def groups(self) -> tuple[Group, ...]:
        """Which groups a search may name."""
        return self.account.api().groups()

    def newest_version(self) -> Newest | None:
        """The newest version of this program, asked once a day at most; None: IT names nobody who knows.

        Raises:
            NetworkError, InsecureAddress: it cannot be asked.
            ProtocolBroken: the answer is no such thing.

        """
        updates = Updates(self.settings, self.paths.state / "update.json", clock=self._clock)
        return updates.newest(self.account.connection(), stop=self._stop)

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

    # --- pulling

    def pull(self, request: PullRequest) -> Job:
        """A run that is ready to go; nothing has been begun."""
        return self._jobs.make(request)

    def retry(self, archive: Path, run_id: int) -> Job:
        """An earlier run again: its listing to the end, and everything of it that is not home."""
        return self._jobs.make(PullRequest(archive=archive), again=Earlier(run_id))

    def forecast(self, request: PullRequest) -> Forecast:
        """List what a pull of a search would do; nothing is fetched and nothing is written.

        Raises:
            AccessNone: a clear word instead of an empty list.

        """
        archive = existing(request.archive, self._clock)
        with ExitStack() as stack:
            ledger = stack.enter_context(look(archive, folder=self.paths.data)) if archive is not None else None
            return foretell(
                self._searching.blocks(chosen(request)),
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
        span = span_of(self.whoami().retention, now=now, within=within)
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

    def new_archive(self, folder: Path, *, accept_risk: bool = False) -> None:
        """Make an archive there for whoever is signed in, before anything is pulled; one of theirs may lie there.

        Raises:
            ArchiveUnwise, ArchiveForeign, ArchiveMissing: it cannot be there.

        """
        self._jobs.new_archive(folder, accept_risk=accept_risk)

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
            ArchiveMissing, ArchiveNewer: there is none, or one of a newer version.

        """
        opened = Archive.open(archive, clock=self._clock, style=self._jobs.style())
        return Library(opened, folder=self.paths.state / "libraries", ledgers=self.paths.data, clock=self._clock)

    def examples(self, archive: Path | None, *, limit: int = 3) -> tuple[Conversation, ...]:
        """The newest conversations of an archive, to try templates on; none where there is no archive."""
        if archive is None or existing(archive, self._clock) is None:
            return ()
        with closing(self.library(archive)) as library:
            return library.examples(limit)

    def export(self, archive: Path, *, conversations: Sequence[str] = (), recordings: Sequence[str] = ()) -> Export:
        """An export of what the archive holds of these conversations, or of these recordings; nothing is copied yet.

        Raises:
            ArchiveMissing, ArchiveNewer: there is none, or one of a newer version.

        """
        library = self.library(archive)
        library.fill(lambda _: None, self._stop)
        ids, me = conversations or recordings, self.account.known_me
        return Export(library, ids=ids, conversations=bool(conversations), clock=self._clock, me=me)

    def repair(self, archive: Path, recordings: Sequence[str]) -> PullRequest:
        """The pull that fetches damaged or missing recordings again; each takes its place when it is proved.

        What was damaged is kept in `.mir/quarantine`.

        Raises:
            ArchiveMissing: there is none.
            UnknownName: the archive holds none of them.

        """
        with closing(self.library(archive)) as library:
            library.fill(lambda _: None, self._stop)
            chosen = dict.fromkeys(each.row.conversation_id for each in library.held(recordings, conversations=False))
        if not chosen:
            raise UnknownName("the archive holds none of these recordings")
        return PullRequest(archive=archive, conversations=tuple(chosen), repair=tuple(recordings))

    def audit(self, archive: Path) -> Audit:
        """Who did what with an archive: `entries`, `verify`, `head`. Raises ArchiveMissing, ArchiveNewer."""
        return Archive.open(archive, clock=self._clock).audit

    def replays(self, archive: Path | None) -> Replays:
        """What is needed to listen: voices from the archive, offline, or fetched for it alone. Nothing is asked yet."""
        return Replays(self._listening, archive)

    def marks(self, archive: Path) -> Marks:
        """Marks on what the archive holds; no sign-in. Raises ArchiveMissing, ArchiveNewer."""
        opened = Archive.open(archive, clock=self._clock, style=self._jobs.style())
        by = self.account.name_for_people
        return Marks(opened, homes=self._homes, by=by, clock=self._clock)

    def housekeeping(self, archive: Path, *, days: int | None, erase: bool) -> Chores:
        """What is older than so many days (None: than the setting says) in an archive, or its erasure for good.

        Raises:
            OnHold, UsageError: nothing may be erased now, or nothing says how old.
            ArchiveMissing, ArchiveNewer, ArchiveLocked, DiskError: it cannot be.

        """
        return self._jobs.keep_house(archive, days=policy(self.settings, days=days), erases=erase)

    def rebuild(self, archive: Path, *, progress: Callable[[int], None]) -> int:
        """Make the ledger anew from the archive alone; answers how many recordings it holds then."""
        return make_anew(
            Archive.open(archive, clock=self._clock),
            folder=self.paths.data,
            holder=self._jobs.holder,
            clock=self._clock,
            progress=progress,
        )

    def preview(
        self,
        *,
        folder_template: str | None = None,
        name_template: str | None = None,
        of: Sequence[Conversation] = (),
    ) -> tuple[str, ...]:
        """What the templates make of these conversations, else of two made-up calls; None: the setting's template.

        Raises:
            InvalidTemplate: an unknown field, or a form that cannot be.

        """
        style = self._jobs.style()
        return names_of(of, replace(style, folder=folder_template or style.folder, name=name_template or style.name))

    def outlook(self, request: PullRequest, *, of: Chosen | None = None) -> Outlook:
        """What a pull would bring, and whether there is room; of rows of a listing without asking the service.

        Raises:
            AccessNone: a clear word instead of nothing.

        """
        style = self._jobs.style()
        return outlook_of(request, chosen=of, searching=self._searching, style=style, clock=self._clock)

    @property
    def template_fields(self) -> dict[str, str]:
        """The fields of a template, and what each means."""
        return {name: field.meaning for name, field in FIELDS.items()}

    def place(self, folder: Path) -> Place:
        """What a folder would be like for an archive: free space, risks, what lies there; no sign-in."""
        return look_at_place(folder, clock=self._clock)

    def doctor(self, archive: Path | None) -> list[Check]:
        """What this machine, keyring, proxy, service and archive can do."""
        looked = examine(self.account, paths=self.paths, settings=self.settings, archive=archive, clock=self._clock)
        return looked + look_at_schedules(self.schedules)

    def doctor_as_task(self, schedule: str) -> list[Check]:
        """The same, looked at from where the system's scheduler starts that schedule. Raises UnknownName."""
        return as_task(self.schedules, schedule)

    def close(self) -> None:
        """Bring the downloads to rest, and let go of connections."""
        self.downloads.stop()
        self._listening.close()
        self.account.close()

    # --- behind the door

    def _readable(self, archive: Archive) -> Ledger | None:
        return read(archive, folder=self.paths.data)
