"""One JSON message to a robot: to the number that was checked, by the standard library.

The name is resolved once and every number it stands for is judged; the connection goes to one of
those numbers, so that a name which changes its mind between look and call (DNS rebinding) changes
nothing. No redirect is followed, no proxy of the environment is used, the whole exchange has one
deadline, and little is read.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.reaching import Reach, is_public, may_declare

SECONDS: Final = 10.0
MOST_BYTES: Final = 64 * 1024
Resolve = Callable[[str, int], list[str]]


class NotSent(Exception):  # noqa: N818 - an answer: nothing left the machine
    """Nothing left; `why` says it, and it may be tried again."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.code)
        self.why = why


class Unclear(Exception):  # noqa: N818 - an answer: something left and nobody knows what came of it
    """It was on its way, and no answer came."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.code)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said: its status, and its JSON where it is an object."""

    status: int
    said: Mapping[str, Any]


def numbers_of(host: str, port: int) -> list[str]:
    """Every number that the name stands for, as the machine's resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def post(reach: Reach, message: Mapping[str, Any], target: str, *, trust: str = "",
         resolve: Resolve = numbers_of) -> Answer:  # fmt: skip
    """Send one message to an address that the law let pass; raises `NotSent` or `Unclear`.

    `target` is the path with the query of this call (a signature may be part of it); `trust` names
    a file of certificates beside the machine's own, for a gateway inside the network.
    """
    sock = _connected(reach, _number(reach, resolve), trust)
    connection = http.client.HTTPSConnection(reach.host, reach.port)
    connection.sock = sock
    late = threading.Event()
    watch = threading.Timer(SECONDS, _cut, (sock, late))
    watch.daemon = True
    watch.start()
    body = json.dumps(message, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "Connection": "close"}
    try:
        connection.request("POST", target, body, headers)
        response = connection.getresponse()
        data = response.read(MOST_BYTES)
    except (OSError, http.client.HTTPException):
        raise Unclear(say("notices.wire.unclear", host=reach.host)) from None
    finally:
        watch.cancel()
        connection.close()
    return Answer(response.status, _object(data))


def _number(reach: Reach, resolve: Resolve) -> str:
    """The number to call. One bad number among the good makes the name unfit."""
    try:
        found = resolve(reach.host, reach.port)
    except (OSError, UnicodeError):
        raise NotSent(say("notices.wire.name", host=reach.host)) from None
    fit = may_declare if reach.declared else is_public
    if not found or not all(map(fit, found)):
        raise NotSent(say("notices.wire.inside", host=reach.host))
    return found[0]


def _connected(reach: Reach, number: str, trust: str) -> ssl.SSLSocket:
    """A checked connection to the number; the certificate must be the name's."""
    try:
        context = ssl.create_default_context()
        if trust:
            context.load_verify_locations(trust)
        plain = socket.create_connection((number, reach.port), timeout=SECONDS)
        try:
            return context.wrap_socket(plain, server_hostname=reach.host)
        except BaseException:
            plain.close()
            raise
    except OSError:
        raise NotSent(say("notices.wire.connect", host=reach.host)) from None


def _cut(sock: socket.socket, late: threading.Event) -> None:
    """At the deadline: however slowly the other side speaks, hang up."""
    late.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        sock.close()


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
