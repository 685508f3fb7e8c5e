"""Who may write: requests of this very page, to this very server, and of no other.

A page of another site that is open in the author's browser can send requests here; a name of another site can be made
to lead here (DNS rebinding). So a request must name this server (`Host`), come from a page of it (`Origin`,
`Sec-Fetch-Site`), be no form (`Content-Type`) and hold the token that only such a page has.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Collection, Mapping
from dataclasses import dataclass

MAX_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Refused:
    """Why a request is not looked at: the status of the answer (RFC 9110) and words for a person."""

    status: str
    message: str


ANY_ADDRESS = "*"  # stands for every address in numbers: no name of another site is one


def is_loopback(address: str) -> bool:
    """Whether an address that a server is bound to is reached from this machine only."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def hosts(address: str, port: int) -> frozenset[str]:
    """The values of `Host` under which a server is meant.

    Args:
        address: the address that the server is bound to; one that others reach adds all addresses in numbers.
        port: its port.
    """
    names = {"localhost", "127.0.0.1", "[::1]"} | ({address} if is_loopback(address) else {ANY_ADDRESS})
    return frozenset({f"{name}:{port}" for name in names} | (names if port == 80 else set()))


def is_known(host: str, known: Collection[str]) -> bool:
    """Whether a request is meant for this server."""
    name, _, port = host.lower().rpartition(":") if not host.endswith("]") else (host, "", "")
    try:
        ipaddress.ip_address((name or host).strip("[]"))
    except ValueError:
        return host.lower() in known
    return host.lower() in known or (f"{ANY_ADDRESS}:{port}" if port else ANY_ADDRESS) in known


def check(method: str, headers: Mapping[str, str], size: int, known: Collection[str], token: str) -> Refused | None:
    """Whether a request that writes may be looked at.

    Args:
        method: of HTTP.
        headers: by small name: `host`, `origin`, `sec-fetch-site`, `content-type`, `postil-token`.
        size: of the body, in bytes; -1 where it is not told.
        known: see `hosts`.
        token: of this run of the server.

    Returns:
        None where it may.
    """
    host = headers.get("host", "").lower()
    if not is_known(host, known):
        return Refused("421 Misdirected Request", f"this server is not {host or 'meant'}")
    if method != "POST":
        return Refused("405 Method Not Allowed", "only POST")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return Refused("415 Unsupported Media Type", "only JSON")
    if headers.get("origin") != f"http://{host}":
        return Refused("403 Forbidden", "the request comes from another site")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Refused("403 Forbidden", "the request comes from another site")
    if not hmac.compare_digest(headers.get("postil-token", "").encode(), token.encode()):
        return Refused("403 Forbidden", "the page is of an earlier run of the preview; load it again")
    if size < 0:
        return Refused("411 Length Required", "the length is missing")
    if size > MAX_BYTES:
        return Refused("413 Content Too Large", "at most 1 MiB")
    return None
