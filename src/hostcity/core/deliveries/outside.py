"""The one door to the outside: posts to an address that somebody typed in, without being led into the house's network.

The name is resolved once and the connection goes to the very address that was examined, so that no second answer of a
name server leads elsewhere. No redirects, no proxies, ports 80 and 443 only, little time, a short answer.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused

CONNECT_S = 5.0
MOST_S = 15.0  # for everything together, however slowly the other side speaks
MOST_BYTES = 65_536
USUAL_PORTS = {"http": 80, "https": 443}
#: Public by their number, but answered by the machine's own provider.
OF_PROVIDERS = frozenset({ipaddress.ip_address("168.63.129.16")})
TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: the name for the other side, the address for the socket."""

    scheme: str
    host: str
    port: int
    path: str
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said."""

    status: int
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it took the message."""
        return 200 <= self.status < 300


def find_target(url: str, *, inside: Collection[str] = ()) -> Target:
    """Resolve an address. ``inside`` lists HOST:PORT of gateways in the house's own network, which are let through.

    Raises `Refused` [webhook.address] for what is no address, [webhook.host] for a name that is not known,
    [webhook.inside] for a host or port that may not be reached.
    """
    scheme, host, port, path = _parts_of(url)
    is_inside = _place(host, port) in inside
    if port != USUAL_PORTS[scheme] and not is_inside:
        raise _not_reached(host, port)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        what = format_lazy(_("The host {host} is not known."), host=host)
        raise Refused("webhook.host", what, _("Check the address."), field="url") from None
    addresses = [str(each[4][0]).partition("%")[0] for each in found]
    if not is_inside and not all(is_public(each) for each in addresses):
        raise _not_reached(host, port)
    return Target(scheme, host, port, path, addresses[0])


def _parts_of(url: str) -> tuple[str, str, int, str]:
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        parts, host, port = urlsplit(""), "", None
    has_odd_signs = any(ord(sign) <= 32 or ord(sign) == 127 for sign in url.strip())
    if parts.scheme not in USUAL_PORTS or not host or parts.username or parts.password or has_odd_signs:
        what = _("This is no address of the web.")
        raise Refused("webhook.address", what, _("Give https://HOST/PATH, without a user's name."), field="url")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        what = _("The address holds characters that are not of the web.")
        raise Refused("webhook.address", what, _("Write them with %-signs."), field="url")
    return parts.scheme, host, port or USUAL_PORTS[parts.scheme], path


def _place(host: str, port: int) -> str:
    """HOST:PORT, with an address of version 6 in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _not_reached(host: str, port: int) -> Refused:
    what = format_lazy(_("{place} is not a public address on port 80 or 443."), place=_place(host, port))
    mend = _("Give a public one, or have whoever runs the site put this one into HOSTCITY_WEBHOOK_HOSTS.")
    return Refused("webhook.inside", what, mend, field="url")


def is_public(address: str) -> bool:
    """Whether an address is of the public network, in every disguise of version 6."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if any(ip in network for network in TRANSLATED):
            return False
        within = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if within:
            return is_public(str(within))
    is_odd = ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local or ip.is_loopback
    return ip.is_global and not is_odd and ip not in OF_PROVIDERS


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send it. Raises OSError or ``http.client.HTTPException`` when nobody answers properly in time."""
    way = _Way(target)
    end = threading.Timer(MOST_S, way.cut)
    end.daemon = True
    try:
        end.start()
        way.request("POST", target.path, body, {"User-Agent": "hostcity", "Connection": "close", **headers})
        answer = way.getresponse()
        return Answer(answer.status, answer.read(MOST_BYTES))
    finally:
        end.cancel()
        way.close()


class _Way(http.client.HTTPConnection):
    """A connection to the address that was examined, under the name of its host."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=CONNECT_S)
        self.default_port = USUAL_PORTS[target.scheme]  # left out of the Host header
        self._target = target
        self._held: Any = None  # the library lets go of the socket before the answer is read

    def connect(self) -> None:
        """Connect."""
        self.sock = self._held = socket.create_connection((self._target.address, self._target.port), timeout=CONNECT_S)
        if self._target.scheme == "https":
            context = ssl.create_default_context()
            host = self._target.host
            self.sock = self._held = context.wrap_socket(self.sock, server_hostname=host, do_handshake_on_connect=False)
            self._held.do_handshake()

    def cut(self) -> None:
        """Cut it off, from another thread, whatever it waits for."""
        if self._held is not None:
            with contextlib.suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)
