"""The service in the name of whoever is signed in now, for one run; it signs nobody in and tries nothing again.

A run that was held because its sign-in had ended goes on with the next one, if the same user signs in.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from download_client.api import Api, ChangePage, Page
from download_client.credentials import Secret
from download_client.engine.account import Account
from download_client.errors import SignInAgain
from download_client.model import Conversation, Criteria, Window
from download_client.retry import Patience


class Signed:
    """What a run asks of the service, until `stop`. Thread-safe. Methods raise as those of `api.Api`."""

    def __init__(self, account: Account, *, user_id: str, stop: threading.Event, patience: Patience) -> None:
        self._account = account
        self._user_id = user_id
        self._stop = stop
        self._patience = patience
        self._last: tuple[Api, Api] | None = None
        """The account's own, and the same until `stop`: exchanged together."""

    def pages(self, criteria: Criteria, window: Window, *, token: str, page_size: int) -> Iterator[Page]:
        """One window, page by page."""
        return self._api().pages(criteria, window, token=token, page_size=page_size)

    def changes(self, cursor: str) -> Iterator[ChangePage]:
        """What became available or changed since the cursor."""
        return self._api().changes(cursor)

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation as it is listed now."""
        return self._api().conversation(conversation_id)

    def content_url(self, conversation_id: str, recording_id: str) -> str:
        """Where the audio lies; asks nobody, also when nobody is signed in any more."""
        api = self._last[1] if self._last is not None else self._api()
        return api.content_place(conversation_id, recording_id).url

    def access_token(self) -> Secret:
        """A token that is good for a little while yet."""
        return self._api().access_token()

    def renew(self, used: Secret) -> Secret:
        """The token after one that was not accepted."""
        return self._api().renew(used)

    def _api(self) -> Api:
        signed_in, last = self._account.api(), self._last
        if last is not None and last[0] is signed_in:
            return last[1]
        api = signed_in.until(self._stop, patience=self._patience)
        if self._account.me(by=api).user.user_id != self._user_id:
            raise SignInAgain("another user has signed in since this run began")
        self._last = (signed_in, api)
        return api
