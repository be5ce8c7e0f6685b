"""Takes recordings out of the queue for which there is room, and says what is to be fetched; it fetches nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection

from download_client.archive import Archive
from download_client.content import Order
from download_client.errors import DiskError, RecordingGone
from download_client.ledger import Change, Item, Ledger, Tally
from download_client.model import Conversation, State
from download_client.transfer.settle import InHand, in_hand
from download_client.transfer.space import Space

PlaceOf = Callable[[str, str], str]
"""From a conversation's and a recording's id to the URL of the content; `api.Api.content_place` knows it."""


class Claims:
    """The way from the ledger's queue to orders. One thread uses it."""

    def __init__(self, *, ledger: Ledger, archive: Archive, tally: Tally, space: Space, place_of: PlaceOf) -> None:
        self._ledger = ledger
        self._archive = archive
        self._tally = tally
        self._space = space
        self._place_of = place_of

    def take(self, limit: int, *, in_hand_now: Collection[InHand], here: int) -> tuple[list[InHand], DiskError | None]:
        """Claim up to `limit`; the error says that there is no room for any, and nothing is under way to make some.

        `here` bytes of what is in hand have arrived. What does not fit is queued again, until what is under way has
        come.
        """
        hands = []
        for item, conversation in self._ledger.queue.claim(self._tally, limit, plan=self._plan):
            hand = in_hand(item, conversation)
            if hand is None:
                self._ledger.queue.mark(self._tally, [Change(item.id, State.GONE, code=RecordingGone.code)])
            else:
                hands.append(hand)
        under_way = sum(hand.item.size or 0 for hand in in_hand_now)
        fitting: list[InHand] = []
        full: DiskError | None = None
        try:
            sizes = [hand.item.size or 0 for hand in hands]
            fitting = hands[: self._space.fits(sizes, under_way=max(0, under_way - here))]
            if hands and not fitting and not in_hand_now:
                full = self._space.full(wanted=self._tally.bytes_total - self._tally.bytes_done)
        except DiskError as error:
            full = error
        self._ledger.queue.mark(self._tally, [Change(hand.item.id, State.QUEUED) for hand in hands[len(fitting) :]])
        return fitting, full

    def order(self, hand: InHand) -> Order:
        """What is to be fetched for it, from where its part ends."""
        item = hand.item
        return Order(
            key=item.id,
            url=self._place_of(item.conversation_id, item.recording_id),
            part=self._archive.part_path(item.recording_id, item.version),
            offset=item.offset,
            prefix_sha256=item.prefix_sha256,
            etag=item.part_etag,
            size=item.size,
            sha256=item.sha256,
        )

    def _plan(self, item: Item, conversation: Conversation) -> str:
        hand = in_hand(item, conversation)
        if hand is None:
            return ""
        if item.path and item.archived_at is not None:
            # It was home already and is mended: in the place where people know it.
            return item.path
        return self._archive.plan_name(conversation, hand.recording, version_number=item.version)
