"""Which proxies are believed about who asks: so many of them, and only from the addresses named (C-44, A-36).

A count alone would believe anybody who reaches the house directly.
"""

from __future__ import annotations

import threading
from ipaddress import ip_address
from typing import TYPE_CHECKING

import structlog
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from collections.abc import Iterable
    from ipaddress import IPv4Network, IPv6Network
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from kinkeeper.kernel.config import Settings

log = structlog.get_logger(__name__)

CLAIMS = (
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT"),
    *("HTTP_X_FORWARDED_PREFIX", "HTTP_X_REAL_IP", "HTTP_FORWARDED"),
)
"""What proxies say about a request, and anybody else could."""


class TrustedProxies:
    """Believes what the named proxies say, and takes it away where anybody else said it."""

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        hops = settings.trusted_proxies
        self._plain, self._networks = app, settings.proxy_networks
        self._believing = ProxyFix(app, x_for=hops, x_proto=hops, x_host=hops)
        self._expects_proxies, self._has_said = hops > 0, threading.Event()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        peer = environ.get("REMOTE_ADDR", "")
        if self._expects_proxies and _is_among(peer, self._networks):
            return self._believing(environ, start_response)
        claims = [name for name in CLAIMS if environ.pop(name, None) is not None]
        if claims and self._expects_proxies and not self._has_said.is_set():
            self._has_said.set()
            log.warning("forwarded headers from an address that is no trusted proxy", peer=peer)
        return self._plain(environ, start_response)


def _is_among(peer: str, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    try:
        address = ip_address(peer)
    except ValueError:  # a socket of this machine has none
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in networks)
