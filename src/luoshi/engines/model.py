"""One question to a language model behind an OpenAI-compatible address, by the standard library.

Only the address of the setting is called: no redirect is followed, no proxy of the environment is
used. Whatever goes wrong is a sentence. The whole exchange has one deadline, however slowly the
other side speaks, and at most a megabyte is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from luoshi.domain.base import Refused, say

MOST_BYTES: Final = 1024 * 1024
LONGEST_WAIT: Final = 120
"""Seconds that one question may take at most, whatever the setting says."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model answers: the parts of its address, its name, its key, the wait in seconds."""

    scheme: str
    host: str
    port: int
    path: str
    model: str
    key: str = field(default="", repr=False)
    seconds: int = 60

    @property
    def on_this_machine(self) -> bool:
        """Whether the address is this machine's own, so that nothing leaves it."""
        return self.host == "localhost" or _is(self.host, "is_loopback")

    @property
    def shown(self) -> str:
        """The address as a page names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def endpoint_of(url: str, model: str, key: str = "", seconds: int = 60) -> Endpoint:
    """Read the setting; Refused in words where it is no address that may be called.

    https anywhere; http only on this machine or to a private address: a text does not travel
    readable over the Internet. No user name in the address, no query.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise Refused(say("opinion.bad_address")) from None
    host = parts.hostname or ""
    near = host == "localhost" or _is(host, "is_loopback") or _is(host, "is_private")
    usable = parts.scheme == "https" or (parts.scheme == "http" and near)
    if not usable or not host or parts.username or parts.query or parts.fragment or not model:
        raise Refused(say("opinion.bad_address"))
    return Endpoint(
        parts.scheme,
        host,
        port or (443 if parts.scheme == "https" else 80),
        parts.path.rstrip("/") + "/chat/completions",
        model,
        key,
        max(1, min(seconds, LONGEST_WAIT)),
    )


def ask(endpoint: Endpoint, messages: Sequence[Mapping[str, str]]) -> str:
    """Ask one question and give the answer's text; raises Refused with the sentence to show."""
    body = json.dumps(
        {"model": endpoint.model, "messages": list(messages), "temperature": 0, "stream": False},
        ensure_ascii=False,
    ).encode()
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    connection = _connection(endpoint)
    late = threading.Event()
    watch = threading.Timer(endpoint.seconds, _cut, (connection, late))
    watch.daemon = True
    watch.start()
    try:
        status, data = _exchange(connection, endpoint.path, body, headers)
    except (OSError, http.client.HTTPException) as error:
        if late.is_set() or isinstance(error, TimeoutError):
            raise Refused(say("opinion.too_slow", seconds=endpoint.seconds)) from None
        raise Refused(say("opinion.unreachable", address=endpoint.shown)) from None
    finally:
        watch.cancel()
        connection.close()
    if late.is_set():
        raise Refused(say("opinion.too_slow", seconds=endpoint.seconds))
    if status != http.client.OK:
        raise Refused(say("opinion.status", status=status))
    if len(data) > MOST_BYTES:
        raise Refused(say("opinion.too_long"))
    return _content(data)


def _connection(endpoint: Endpoint) -> http.client.HTTPConnection:
    if endpoint.scheme == "https":
        return http.client.HTTPSConnection(
            endpoint.host,
            endpoint.port,
            timeout=endpoint.seconds,
            context=ssl.create_default_context(),
        )
    return http.client.HTTPConnection(endpoint.host, endpoint.port, timeout=endpoint.seconds)


def _exchange(
    connection: http.client.HTTPConnection, path: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    connection.request("POST", path, body, dict(headers))
    response = connection.getresponse()
    return response.status, response.read(MOST_BYTES + 1)


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """At the deadline: whatever the other side is doing, hang up."""
    late.set()
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            connection.close()


def _content(data: bytes) -> str:
    try:
        answer: Any = json.loads(data)
        text = answer["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        raise Refused(say("opinion.not_as_asked")) from None
    if not isinstance(text, str):
        raise Refused(say("opinion.not_as_asked"))
    return text


def _is(host: str, what: str) -> bool:
    try:
        return bool(getattr(ipaddress.ip_address(host), what))
    except ValueError:
        return False
