"""The access token of all transfers: asked for and renewed off the transfer thread, one renewal for all.

It does not judge whether a token is good; a 401 does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

from download_client.content.worker import Job
from download_client.credentials import Secret
from download_client.errors import MirError

_ASK_EVERY = 15.0
"""Seconds. The API renews a token before it expires; asking now and then saves the 401."""


class Bearer:
    """Used by the transfer thread alone; `post` brings a job back to it, `failed` is told why there is no token."""

    def __init__(
        self,
        *,
        token: Callable[[], Secret],
        renew: Callable[[Secret], Secret],
        post: Callable[[Job], None],
        failed: Callable[[MirError], None],
    ) -> None:
        self._token = token
        self._renew = renew
        self._post = post
        self._failed = failed
        self._secret: Secret | None = None
        self._dead: Secret | None = None
        self._asked_at = 0.0
        self._busy = False

    def current(self, *, now: float) -> Secret | None:
        """The token, or None: it is being fetched. `now` is monotonic."""
        if not self._busy and (self._secret is None or now - self._asked_at > _ASK_EVERY):
            self._asked_at = now
            self._ask(self._token, renewed=False)
        return self._secret

    def refused(self, used: Secret) -> None:
        """The service refused this token: renew it, unless that is done or under way."""
        if self._secret == used or self._secret is None:
            self._secret = None
            self._dead = used
            if not self._busy:
                self._ask(partial(self._renew, used), renewed=True)

    def _ask(self, call: Callable[[], Secret], *, renewed: bool) -> None:
        self._busy = True
        threading.Thread(target=self._fetch, args=(call, renewed), name="mir-content-token", daemon=True).start()

    def _fetch(self, call: Callable[[], Secret], renewed: bool) -> None:
        try:
            secret = call()
        except MirError as error:
            self._post(partial(self._got_none, error))
        except Exception as failure:
            # Whatever it is, an order must not wait for ever for a token that will not come.
            self._post(partial(self._got_none, MirError(f"no access token: {type(failure).__name__}")))
        else:
            self._post(partial(self._got, secret, renewed=renewed))

    def _got(self, secret: Secret, *, renewed: bool) -> None:
        self._busy = False
        if self._dead is not None and secret == self._dead and not renewed:
            self._ask(partial(self._renew, self._dead), renewed=True)
            return
        self._dead = None
        self._secret = secret

    def _got_none(self, error: MirError) -> None:
        self._busy = False
        if self._secret is None:
            self._dead = None
            self._failed(error)
