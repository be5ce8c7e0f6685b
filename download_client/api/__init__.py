"""The only room that knows the wire contract; it never computes what may be seen, and never fetches audio.

::

    sign_in_password | sign_in_browser | sign_in_client | signed_in → Api
    Api → people, search, searches → caller (token, one loop) → exchange (answer or problem) → connection → transport
                                     └ tokens → sign_in.grants ┘

`wire` the contract's messages as types · `problems` what the service says went wrong · `listing` whether pages agree ·
`address` where it is, https only · `proxies` on which way · `framing`, `foreign` how HTTP may lie and fail.

Importing this room does not import `requests`; the first request does.
"""

from download_client.api.address import ServiceAddress
from download_client.api.caller import PATIENCE, Surroundings
from download_client.api.connection import USER_AGENT, Answer, Connection, ConnectionOptions, Request
from download_client.api.entry import Doorway, sign_in_browser, sign_in_client, sign_in_password, signed_in
from download_client.api.facade import Api, ContentPlace
from download_client.api.proxies import DIRECT, SYSTEM, resolve_proxy, shown_proxy
from download_client.api.reach import clock_of
from download_client.api.search import LARGEST_PAGE
from download_client.api.wire.pages import ChangePage, Page, ParticipationPage, RefusedRow

__all__ = [
    "DIRECT",
    "LARGEST_PAGE",
    "PATIENCE",
    "SYSTEM",
    "USER_AGENT",
    "Answer",
    "Api",
    "ChangePage",
    "Connection",
    "ConnectionOptions",
    "ContentPlace",
    "Doorway",
    "Page",
    "ParticipationPage",
    "RefusedRow",
    "Request",
    "ServiceAddress",
    "Surroundings",
    "clock_of",
    "resolve_proxy",
    "shown_proxy",
    "sign_in_browser",
    "sign_in_client",
    "sign_in_password",
    "signed_in",
]
