"""Loaded by every Python process that has this folder on its path: nothing leaves the machine.

Each address that is connected to, sent to, listened at or looked up is written into the file of
`NETWORK_RECORD`; one that is not loopback fails. Libraries that are no Python pass by it: for
those there is the run in a network namespace.
"""

import ipaddress
import os
import sys
from typing import Any

_RECORD = os.environ["NETWORK_RECORD"]
_ADDRESSED = frozenset(
    {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.bind", "socket.getaddrinfo",
     "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}
)  # fmt: skip


def _host(event: str, arguments: tuple[Any, ...]) -> str:
    """The host that an event names; nothing for what has none, as a pair of sockets."""
    given = (
        arguments[1]
        if event.startswith(("socket.connect", "socket.send", "socket.bind"))
        else arguments[0]
    )
    if isinstance(given, tuple):
        given = given[0] if given else ""
    if isinstance(given, bytes):
        given = given.decode(errors="replace")
    return given or "" if isinstance(given, str) else ""


def _is_here(host: str) -> bool:
    if host in ("", "localhost") or host.startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _ADDRESSED:
        return
    host = _host(event, arguments)
    here = _is_here(host)
    with open(_RECORD, "a", encoding="utf-8") as record:  # noqa: PTH123 - nothing more is imported
        record.write(f"{'here' if here else 'ELSEWHERE'} {event} {host} {os.getpid()}\n")
    if not here:
        raise PermissionError(f"not loopback: {event} {host}")


sys.addaudithook(_watch)
