"""A model's server on loopback that behaves, or misbehaves, as a test says."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Model:
    """What was asked of the server, and how it answers: `tell(asked) -> content`, or a manner."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.headers: list[dict] = []
        self.tell: Callable[[dict], str] = lambda _asked: "[]"
        self.manner: Callable[[BaseHTTPRequestHandler], None] | None = None
        self.stop = threading.Event()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def clauses(self) -> list[str]:
        """Every clause that was asked about."""
        return [
            row["text"]
            for asked in self.asked
            for row in json.loads(asked["messages"][1]["content"])
        ]

    def answers(self, **kinds: str) -> None:
        """Answer the clauses that hold a word with a kind."""
        rules = [(re.compile(word), kind) for word, kind in kinds.items()]

        def tell(asked: dict) -> str:
            rows = json.loads(asked["messages"][1]["content"])
            return json.dumps(
                [
                    {"n": row["n"], "kind": kind}
                    for row in rows
                    for word, kind in rules
                    if word.search(row["text"])
                ]
            )

        self.tell = tell


@contextmanager
def serving() -> Iterator[Model]:
    model = Model()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or b"{}")
            model.asked.append(asked | {"path": self.path})
            model.headers.append(dict(self.headers))
            with suppress(OSError):
                if model.manner is not None:
                    model.manner(self)
                    self.close_connection = True
                    return
                content = model.tell(asked)
                body = {"choices": [{"message": {"role": "assistant", "content": content}}]}
                send(self, 200, json.dumps(body).encode())

        do_GET = do_POST  # noqa: N815 - a redirect that is followed comes as GET

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    model.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield model
    finally:
        model.stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def drip(model: Model) -> Callable[[BaseHTTPRequestHandler], None]:
    """A byte now and then, for ever: each read succeeds, the whole never ends."""

    def manner(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        while not model.stop.is_set():
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.1)

    return manner
