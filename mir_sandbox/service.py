"""One running stand-in service: its account, its books, its clock, and what the control interface may change.

Not promised: HTTP; `app` answers requests, `control` changes things, both with what is here.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from mir_sandbox.audio import AudioLibrary
from mir_sandbox.calls import Call, Shelf, Sound, Span, Take, generate
from mir_sandbox.clock import ServiceClock, add_months
from mir_sandbox.corpus import Corpus, open_corpus
from mir_sandbox.ids import Ids
from mir_sandbox.journal import Journal
from mir_sandbox.limits import Gate
from mir_sandbox.listing import Listing
from mir_sandbox.options import Digests, SandboxOptions
from mir_sandbox.people import AccessLevel, People, Permission, User, make_people
from mir_sandbox.render import Renderer, recording_id
from mir_sandbox.rows import RECORDING, RecordingRow
from mir_sandbox.seals import Sealer
from mir_sandbox.sound import Codec, Sounds, audio_key, library_sounds, shelf_of
from mir_sandbox.store import Store
from mir_sandbox.tokens import Tokens
from mir_sandbox.visibility import Access, Visibility

ARCHIVING_MONTHS = 84
"""Seven years (F15)."""


@dataclass(slots=True)
class Behaviour:
    """What holds at the moment and may be changed while the service runs."""

    months: int
    archiving: bool
    signed_links: bool
    signed_link_base: str | None
    digests: Digests
    page_epoch: int = 0
    cursor_epoch: int = 0
    """Page tokens and cursors of an earlier epoch have expired."""


class Service:
    """Everything of one service. Made by `open_service`."""

    def __init__(
        self, options: SandboxOptions, clock: ServiceClock, store: Store, people: People, sounds: Sounds, ids: Ids
    ) -> None:
        self.options = options
        self.clock = clock
        self.store = store
        self.people = people
        self.ids = ids
        self.sounds = sounds
        self.visibility = Visibility(people, _kept_access(store))
        self.users = {user.user_id: user for user in people.users}
        self.listing = Listing(store, self.visibility, ids)
        self.renderer = Renderer(self.visibility, ids, sounds)
        self.tokens = Tokens(store, options.lifetimes)
        self.gate = Gate(options.limits)
        self.journal = Journal()
        self._last_change = 0
        self.sealer = Sealer(_secret(store))
        self.behaviour = Behaviour(
            months=ARCHIVING_MONTHS if options.archiving else options.retention_months,
            archiving=options.archiving,
            signed_links=options.signed_links,
            signed_link_base=options.signed_link_base,
            digests=options.digests,
        )

    @property
    def expired_before(self) -> int:
        """Calls that began at or before this moment (seconds) have expired."""
        return add_months(int(self.clock.now()), -self.behaviour.months)

    def now_ms(self) -> int:
        """The service's time, after everything has happened that was due."""
        now_ms = self.clock.now_ms()
        self.store.settle(now_ms)
        return now_ms

    def moment(self) -> int:
        """The time of a change (milliseconds): after all that was shown before, so that no cursor has passed it yet."""
        self._last_change = max(self.now_ms(), self._last_change) + 1
        return self._last_change

    def horizon(self) -> int:
        """Up to which time (milliseconds) changes may be shown: now, and whatever was changed just now."""
        return max(self.now_ms(), self._last_change)

    def set_access(self, user: User, access: Access) -> None:
        """Give a user another access, for good."""
        names = " ".join(sorted(permission.value for permission in access.permissions))
        row = (user.user_id, access.level.value, names)
        self.store.write("INSERT OR REPLACE INTO user_access VALUES (?, ?, ?)", row)
        self.visibility.grant(user, access)

    def recording(self, untrusted_id: str) -> RecordingRow | None:
        """The recording of that id."""
        if self.options.corpus is not None:
            row = self.store.row(f"SELECT {RECORDING} FROM recording WHERE name = ?", (untrusted_id,))  # noqa: S608
            if row is not None:
                return RecordingRow._make(row)
        number = self.ids.recording_number(untrusted_id)
        found = None if number is None else self.recording_by_number(number)
        return None if found is None or found.name is not None else found

    def recording_by_number(self, number: int) -> RecordingRow | None:
        """The recording of that number."""
        row = self.store.row(f"SELECT {RECORDING} FROM recording WHERE number = ?", (number,))  # noqa: S608
        return None if row is None else RecordingRow._make(row)

    def read(self, row: RecordingRow, *, start: int, length: int) -> bytes:
        """A block of the audio of a recording."""
        key = audio_key(recording_id(row, self.ids), version=row.version)
        return self.sounds.read(key, row.variant, start, length)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def open_service(options: SandboxOptions) -> Service:
    """Make or reopen the account of these options. Raises `StoreMismatch`, `OSError`, `ValueError`."""
    clock = ServiceClock(options.now)
    people = make_people(seed=options.seed, conversations=options.conversations, time_zone=options.time_zone)
    ids = Ids(f"{options.seed:x}" if options.seed >= 0 else f"n{-options.seed:x}")
    store = Store(options.store, identity=_identity(options))
    now = int(clock.now())
    if options.corpus is not None:
        corpus = open_corpus(options.corpus)
        if not store.filled:
            store.fill(corpus.calls(people, now=now))
        return Service(options, clock, store, people, _corpus_sounds(corpus), ids)
    library = AudioLibrary()
    if not store.filled:
        store.fill(_generated(options, people, library, ids, now=now))
    return Service(options, clock, store, people, library_sounds(library), ids)


def _generated(
    options: SandboxOptions, people: People, library: AudioLibrary, ids: Ids, *, now: int
) -> Iterator[tuple[Call, Sequence[Take]]]:
    def describe(number: int, variant: int) -> Sound:
        described = library.describe(ids.recording(number), variant)
        return Sound(described.size, described.sha256, described.seconds)

    months = ARCHIVING_MONTHS if options.archiving else options.retention_months
    span = Span(now, months, options.time_zone)
    shelf = Shelf(shelf_of(library, tiny=options.tiny), describe)
    return generate(people, span, shelf, seed=options.seed, count=options.conversations)


def _corpus_sounds(corpus: Corpus) -> Sounds:
    codecs: Sequence[Codec] = corpus.codecs
    return Sounds(codecs, lambda key, _, start, length: corpus.read(key, start=start, length=length))


def _identity(options: SandboxOptions) -> str:
    corpus = "" if options.corpus is None else str(options.corpus.resolve())
    return msgspec.json.encode(
        [1, options.seed, options.conversations, options.tiny, options.time_zone, options.archiving,
         options.retention_months, corpus]
    ).decode()  # fmt: skip


def _secret(store: Store) -> bytes:
    """The secret of sealed tokens, kept with the store so that they outlive a restart."""
    kept = store.meta("secret")
    if kept is None:
        kept = secrets.token_hex(32)
        store.set_meta("secret", kept)
    return bytes.fromhex(kept)


def _kept_access(store: Store) -> dict[str, Access]:
    return {
        user_id: Access(AccessLevel(level), frozenset(Permission(name) for name in names.split()))
        for user_id, level, names in store.rows("SELECT user_id, access, permissions FROM user_access")
    }
