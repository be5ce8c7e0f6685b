"""Which proxy leads to the service, resolved once from the setting or the system; it knows no proxy scripts (PAC).

`requests` would look anew for every request (210 µs), and would take passwords from `.netrc` on the way.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from download_client.api.address import is_loopback
from download_client.errors import ProxyRejected

SYSTEM = ""
"""Setting: what the system says (environment; on Windows and macOS its settings)."""
DIRECT = "direct"
"""Setting: no proxy."""


def resolve_proxy(setting: str, *, url: str) -> str:
    """The proxy for `url` as `http://host:port`; empty: none. A loopback address never goes through one.

    Raises:
        ProxyRejected: the proxy is of a kind that is not supported, or its address makes no sense.

    """
    host = urlsplit(url).hostname or ""
    if setting == DIRECT or is_loopback(host):
        return ""
    return _checked(_of_system(url, host=host) if setting == SYSTEM else setting)


def shown_proxy(proxy: str) -> str:
    """A proxy's address as it may be shown: without the user and password that the environment may hold."""
    scheme, _, rest = proxy.rpartition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}" if proxy else ""


def _of_system(url: str, *, host: str) -> str:
    from urllib.request import getproxies, proxy_bypass

    # proxy_bypass exists on every platform; the type stubs know it by platform only.
    if proxy_bypass(host):
        return ""
    proxies = getproxies()
    return proxies.get(urlsplit(url).scheme) or proxies.get("all") or ""


def _checked(untrusted: str) -> str:
    if not untrusted:
        return ""
    text = untrusted if "://" in untrusted else f"http://{untrusted}"
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.scheme != "http":
        raise ProxyRejected("only http:// proxies can be used")
    return text
