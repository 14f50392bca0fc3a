"""One page of the web, because a user asked for it: fetched once, from public addresses only.

In: an address. Out: its bytes and where they came from in the end. Every address, that of each redirect too, is resolved first, and the
connection goes to the address that was checked: a name cannot lead to this machine or to the network that it stands in.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from quotes.web.errors import Refused

LARGEST = 10 << 20  # bytes
REDIRECTS = 5
PATIENCE = 15.0  # seconds
PORTS = {"http": 80, "https": 443}
TYPES = ("text/html", "application/xhtml+xml", "text/plain")
AGENT = "quotes (fetched once, at the request of a reader)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """The answer of a server: the content type without its parameters, and the content."""

    content_type: str
    data: bytes


def fetch(address: str, *, private: bool = False) -> Fetched:
    """What stands at the address. Raises Refused with the reason. `private` allows addresses of this machine and its network."""
    for _ in range(REDIRECTS + 1):
        parts = checked(address)
        status, headers, data = _asked(parts, public_address(parts.hostname or "", parts.port or PORTS[parts.scheme], private=private))
        if status in (301, 302, 303, 307, 308) and headers.get("location"):
            address = urljoin(address, headers["location"])
            continue
        if status != 200:
            raise Refused(400, f"{address[:200]}: the server answered with status {status}: open it in a browser and paste its text")
        return Fetched(headers.get("content-type", "").partition(";")[0].strip().lower(), data)
    raise Refused(400, f"{address[:200]}: leads on and on to other addresses")


def checked(address: str) -> SplitResult:
    """The parts of an address that may be fetched. Raises Refused."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Refused(400, f"{address[:200]!r} is no address of the web") from None
    if parts.scheme not in PORTS or not parts.hostname or any(ord(c) <= 32 or ord(c) == 127 for c in address):
        raise Refused(400, f"{address[:200]!r} is no address of the web: it begins with http:// or https://")
    if parts.username or parts.password or (port is not None and port != PORTS[parts.scheme]):
        raise Refused(400, f"{address[:200]!r}: addresses with a name, a password or a port are not fetched")
    return parts


def public_address(host: str, port: int, *, private: bool = False) -> str:
    """The IP address of a host. Raises Refused where any of its addresses is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Refused(400, f"{host[:200]}: no such server is known") from None
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not private and not is_public(address):
            raise Refused(403, f"{host[:200]}: leads to a private address: only public pages are fetched")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # IPv4 behind a translator
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def _asked(parts: SplitResult, address: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and at most LARGEST bytes, from the address that was checked."""
    connection = _Connection(parts.hostname or "", address, secure=parts.scheme == "https")
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"User-Agent": AGENT, "Accept": ", ".join(TYPES), "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        data = answer.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
        raise Refused(400, f"{(parts.hostname or '')[:200]}: could not be reached ({type(error).__name__})") from error
    finally:
        connection.close()
    if len(data) > LARGEST:
        raise Refused(413, f"{(parts.hostname or '')[:200]}: the page is larger than {LARGEST >> 20} MB")
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was checked, under the name that was asked for."""

    def __init__(self, host: str, address: str, *, secure: bool) -> None:
        super().__init__(host, PORTS["https" if secure else "http"], timeout=PATIENCE)
        self._address, self._secure = address, secure

    def connect(self) -> None:
        self.sock: Any = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
