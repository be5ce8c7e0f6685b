"""What the service said or did."""

from __future__ import annotations

from download_client.errors.base import Fate, MirError


class ServiceError(MirError):
    """What the service said or did."""

    title = "The service answered with an error"
    advice = "Try again later; if it stays, give the request id to the service's operator."
    code = "service"


class RateLimited(ServiceError):
    """429, or `concurrency_limited`: the shared gate closes until `retry_after`."""

    title = "The service limits the rate"
    advice = "Nothing to do: the run waits and goes on by itself."
    fate = Fate.AGAIN
    code = "rate_limited"


class ServiceUnavailable(ServiceError):
    """408, 425, 5xx, maintenance."""

    title = "The service is not available"
    fate = Fate.AGAIN
    code = "service_unavailable"


class RequestRejected(ServiceError):
    """400 and its kin: the service does not understand what we sent. Trying again would say the same."""

    title = "The service rejected the request"
    code = "request_rejected"


class NotFound(ServiceError):
    """404 for something that is not a recording."""

    title = "The service does not know it"
    code = "not_found"


class ProtocolBroken(ServiceError):
    """The answer breaks HTTP or the contract: wrong type, too large, too deep, fields missing."""

    title = "The service's answer cannot be understood"
    fate = Fate.AGAIN
    code = "protocol_broken"


class ListingBroken(ServiceError):
    """A listing repeats a page, loops its cursor, repeats an id with other data or is cut off: it is not complete."""

    title = "The service's listing is not consistent"
    advice = "Run again; nothing was counted as complete. If it stays, tell the service's operator."
    code = "listing_broken"


class WindowTooLarge(ServiceError):
    """The time window is above the service's maximum; the client slices."""

    title = "The time window is too large for the service"
    code = "window_too_large"


class PageTokenExpired(ServiceError):
    """The page token died; this window begins again."""

    title = "The listing took too long and begins again"
    fate = Fate.AGAIN
    code = "page_token_expired"


class CursorExpired(ServiceError):
    """The change cursor died; the windows are listed again."""

    title = "The service has forgotten where the last pull stopped"
    advice = "Nothing to do: everything is listed again, nothing is fetched twice."
    fate = Fate.AGAIN
    code = "cursor_expired"
