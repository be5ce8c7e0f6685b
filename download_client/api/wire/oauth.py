"""The messages of OAuth 2 on the wire (RFC 8414, RFC 6749): where to sign in, tokens; it keeps none of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated

import msgspec

from download_client.api.address import ServiceAddress, require_secure
from download_client.api.wire.base import Text, read
from download_client.credentials import Secret
from download_client.errors import MirError, ProtocolBroken

LONGEST_LIFE = 3600.0
"""Seconds. An access token that claims to live longer is renewed after this all the same."""

_UNTOLD_LIFE = 300.0
_BEARER = re.compile(r"[A-Za-z0-9._~+/=-]{1,4096}")
_LONGEST_REFRESH = 2048


class _Metadata(msgspec.Struct):
    issuer: Text
    authorization_endpoint: Text
    token_endpoint: Text
    revocation_endpoint: Text = ""
    grant_types_supported: Annotated[tuple[Text, ...], msgspec.Meta(max_length=100)] = ("authorization_code",)
    authorization_response_iss_parameter_supported: bool = False


class _TokenAnswer(msgspec.Struct):
    access_token: Text
    token_type: Text
    expires_in: Annotated[float, msgspec.Meta(ge=0)] | None = None
    refresh_token: Text = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where to sign in at a service. `grants` are the ways it offers, by their names in RFC 6749."""

    issuer: str
    authorize_url: str
    token_url: str
    revoke_url: str
    grants: frozenset[str]
    names_itself: bool
    """The answer to the browser names the issuer (RFC 9207), which then must be right."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What a token endpoint granted; `seconds` is how long the access token lives."""

    access: Secret
    seconds: float
    refresh: Secret | None


_metadata = msgspec.json.Decoder(_Metadata)
_token_answer = msgspec.json.Decoder(_TokenAnswer)


def read_metadata(body: bytes, *, service: ServiceAddress) -> Metadata:
    """The answer of the well-known address, believed only if it speaks of this very service (RFC 8414 section 3.3).

    Raises:
        ProtocolBroken: it breaks the contract, speaks of another service or names an address that is not secure.

    """
    untrusted = read(_metadata, body, what="sign-in addresses")
    if untrusted.issuer != service.base:
        raise ProtocolBroken("they belong to another service than was asked", subject="sign-in addresses")
    optional = [untrusted.revocation_endpoint] if untrusted.revocation_endpoint else []
    for url in (untrusted.authorization_endpoint, untrusted.token_endpoint, *optional):
        if not _fits(url, service=service):
            raise ProtocolBroken("one of them is not secure", subject="sign-in addresses")
    return Metadata(
        issuer=untrusted.issuer,
        authorize_url=untrusted.authorization_endpoint,
        token_url=untrusted.token_endpoint,
        revoke_url=untrusted.revocation_endpoint,
        grants=frozenset(untrusted.grant_types_supported),
        names_itself=untrusted.authorization_response_iss_parameter_supported,
    )


def _fits(untrusted_url: str, *, service: ServiceAddress) -> bool:
    """Secure by itself, and plain http only where the service itself is on this computer."""
    try:
        require_secure(untrusted_url)
    except MirError:
        return False
    return untrusted_url.startswith("https:") or service.base.startswith("http:")


def read_granted(body: bytes) -> Granted:
    """The answer of the token endpoint (RFC 6749 section 5.1).

    Raises:
        ProtocolBroken: it breaks the contract, or the token may not stand in a header.

    """
    untrusted = read(_token_answer, body, what="tokens")
    refresh = untrusted.refresh_token
    if untrusted.token_type.lower() != "bearer" or not _BEARER.fullmatch(untrusted.access_token):
        raise ProtocolBroken("the access token is not of a kind we know", subject="tokens")
    if len(refresh) > _LONGEST_REFRESH:
        raise ProtocolBroken("the refresh token is too long", subject="tokens")
    told = _UNTOLD_LIFE if untrusted.expires_in is None else untrusted.expires_in
    return Granted(Secret(untrusted.access_token), min(told, LONGEST_LIFE), Secret(refresh) if refresh else None)
