"""The way to the service."""

from __future__ import annotations

from download_client.errors.base import Fate, MirError


class NetworkError(MirError):
    """The way to the service."""

    title = "The network failed"
    advice = "Check the connection; the run goes on where it stopped."
    fate = Fate.AGAIN
    code = "network"


class Offline(NetworkError):
    """No route, no name, nobody listening. Nothing is marked failed for it."""

    title = "The service cannot be reached"
    advice = "Check the network and the service address; the run goes on where it stopped."
    code = "offline"


class ConnectionLost(NetworkError):
    """The connection broke in the middle of an answer."""

    title = "The connection was lost"
    code = "connection_lost"


class TimedOut(NetworkError):
    """No answer, or no progress, within the deadline."""

    title = "The service did not answer in time"
    code = "timed_out"


class CertificateRejected(NetworkError):
    """The certificate is expired, for another host, or signed by nobody known. No token was sent."""

    title = "The service's certificate is not trusted"
    advice = "Have IT add the signing authority to the system's store (or set network.ca_file); check the clock."
    fate = Fate.STOP
    code = "certificate_rejected"


class ProxyRejected(NetworkError):
    """The proxy wants to know who we are (407), or cannot be used."""

    title = "The proxy refused the connection"
    advice = "Ask IT for the proxy's address and sign-in; `mir-download doctor` shows what is used now."
    fate = Fate.STOP
    code = "proxy_rejected"


class InsecureAddress(NetworkError):
    """Plain HTTP is for loopback addresses alone."""

    title = "The address is not secure"
    advice = "Use an https:// address. Plain http is accepted for this computer itself only."
    fate = Fate.STOP
    code = "insecure_address"
