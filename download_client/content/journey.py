"""One order on its way: what is asked next, and what an answer changes; it sends nothing itself.

A journey starts over at most once, renews the token at most once, and follows at most three redirects from each start.
"""

from __future__ import annotations

from datetime import datetime

from download_client.content.answer import Action, Asked, Verdict, can_resume, judge
from download_client.content.fields import Fields, strong
from download_client.content.order import Order, Outcome
from download_client.content.part import Part
from download_client.content.problem import explain
from download_client.content.redirects import Origin, follow, origin
from download_client.credentials import Secret
from download_client.errors import MirError


class Journey:
    """The state of one order, used by the transfer thread alone. `epoch` counts the stops before it.

    Raises InsecureAddress for an order whose address may not be asked.
    """

    __slots__ = (
        "asked",
        "epoch",
        "foreign",
        "home",
        "hops",
        "order",
        "part",
        "renewed",
        "requests",
        "restarted",
        "url",
        "used",
    )

    def __init__(self, order: Order, *, epoch: int = 0) -> None:
        self.order = order
        self.epoch = epoch
        self.home: Origin = origin(order.url)
        self.url = order.url
        self.part: Part | None = None
        """What is here and checked, when the order goes on somewhere."""
        self.asked = Asked(0, "", order.size, order.sha256 != "")
        self.foreign = False
        self.used: Secret | None = None
        self.requests = 0
        self.hops = 0
        self.restarted = False
        self.renewed = False

    @property
    def wants_part(self) -> bool:
        """Whether the part must be looked at before anything is asked."""
        order = self.order
        return can_resume(offset=order.offset, etag=order.etag, has_digest=order.sha256 != "")

    def resume(self, part: Part) -> None:
        """Go on from what is left of the part."""
        if part.offset:
            self.part = part
            self.asked = Asked(part.offset, strong(self.order.etag), self.order.size, self.order.sha256 != "")

    def header_lines(self, secret: Secret | None, *, user_agent: str) -> list[str]:
        """The lines of the next request. Never an Authorization for another origin than the order's."""
        lines = ["Accept: audio/*, application/octet-stream;q=0.5", "Accept-Encoding: identity"]
        lines.append(f"User-Agent: {user_agent}")
        if secret is not None and not self.foreign:
            lines.append(f"Authorization: Bearer {secret.reveal()}")
        if self.asked.offset:
            lines.append(f"Range: bytes={self.asked.offset}-")
            if self.asked.etag:
                lines.append(f"If-Range: {self.asked.etag}")
        return lines

    def judge(self, fields: Fields, *, largest: int) -> Verdict:
        """What the answer means for this order."""
        verdict = judge(self.asked, fields, largest=largest)
        if verdict.action is Action.RENEW and (self.foreign or self.renewed):
            return Verdict(Action.EXPLAIN)
        return verdict

    def accepted_part(self, verdict: Verdict) -> Part:
        """The part that an accepted body goes into: the one in hand, or a new one in its place."""
        if verdict.action is Action.TAKE_WHOLE or self.part is None:
            return Part(self.order.part)
        return self.part

    def after(self, verdict: Verdict, fields: Fields, untrusted_body: bytes, *, now: datetime) -> MirError | None:
        """Change course after an answer whose body is not saved. None: ask again as things are now; else the end."""
        match verdict.action:
            case Action.RENEW:
                self.renewed = True
                self._from_the_start()
                return None
            case Action.REDIRECT:
                return self._redirect(fields)
            case Action.START_OVER if not self.restarted:
                self.start_over()
                return None
            case Action.EXPLAIN:
                return explain(fields, untrusted_body, foreign=self.foreign, now=now)
        return verdict.error or MirError(f"HTTP {fields.status}")

    def start_over(self) -> None:
        """Ask for the whole; what is here counts for nothing any more."""
        self.restarted = True
        self.part = None
        self.asked = Asked(0, "", self.order.size, self.order.sha256 != "")
        self._from_the_start()

    def outcome(self, error: MirError | None) -> Outcome:
        """The end without a body: an error, or a part that was complete before. The part is as it was."""
        part = self.part
        if not error and part:
            size, sha256, head = part.offset, part.sha256(), part.head
        else:
            size, sha256, head = 0, "", b""
        # A part that nobody looked at is worth what it was before.
        untouched = self.wants_part and not self.restarted and not self.requests
        offset, prefix = (self.order.offset, self.order.prefix_sha256) if untouched else (0, "")
        if part:
            offset, prefix = part.offset, part.sha256()
        if error is not None and not error.subject:
            error.subject = self.order.part.name
        return Outcome(
            key=self.order.key,
            error=error,
            size=size,
            sha256=sha256,
            etag=strong(self.order.etag) if offset else "",
            server_digest="",
            head=head,
            requests=self.requests,
            offset=offset,
            prefix_sha256=prefix,
        )

    def _redirect(self, fields: Fields) -> MirError | None:
        self.hops += 1
        try:
            target = follow(fields, url=self.url, home=self.home, foreign=self.foreign, hops=self.hops)
        except MirError as error:
            return error
        self.url, self.foreign = target.url, target.foreign
        return None

    def _from_the_start(self) -> None:
        self.url = self.order.url
        self.foreign = False
        self.hops = 0
