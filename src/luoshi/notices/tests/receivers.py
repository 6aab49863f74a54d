"""A mail server and a robot's host that really listen, on this machine, for the tests."""

from __future__ import annotations

import json
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Mail(socketserver.StreamRequestHandler):
    """Enough of SMTP: every mail is kept; `before_ok` may hold the answer or say another."""

    def handle(self):
        told = self.server
        told.connections += 1
        self._say("220 test")
        to = ""
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line.upper()[:4]
            if verb in {"EHLO", "HELO"}:
                self._say("250 test")
            elif verb == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self._say(told.refusals.get(to, "250 ok"))
            elif verb == "DATA":
                self._say("354 go")
                text = b""
                while (part := self.rfile.readline()) not in {b".\r\n", b""}:
                    text += part
                told.mails.append((to, text.decode("utf-8", "replace")))
                told.arrived.set()
                if told.hang_at and len(told.mails) == told.hang_at:
                    time.sleep(told.hang_for)
                    return
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text):
        with suppress(OSError):
            self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, port=0):
        self.mails, self.refusals = [], {}
        self.arrived = threading.Event()
        self.hang_at, self.hang_for, self.connections = 0, 30.0, 0
        super().__init__(("127.0.0.1", port), Mail)

    def handle_error(self, request, client_address):
        """A client that was killed is what some tests are about."""

    @property
    def port(self):
        return self.server_address[1]


@contextmanager
def running(server) -> Iterator:
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class Robot(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = self.server
        told.calls.append((self.path, json.loads(body)))
        status, data = told.answers.pop(0) if told.answers else (200, {"errcode": 0})
        if status == "slow":
            time.sleep(data)
            return
        raw = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", told.leads_to)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(raw)

    def log_message(self, *args):
        """Quiet."""


class RobotServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, certificate: Path):
        self.calls, self.answers, self.leads_to = [], [], ""
        super().__init__(("127.0.0.1", 0), Robot)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def handle_error(self, request, client_address):
        """A client that hangs up is what some tests are about."""

    @property
    def port(self):
        return self.server_address[1]


def certificate(folder: Path) -> Path:
    """A certificate of our own for gate.test and this machine, made for one run."""
    tool = shutil.which("openssl")
    assert tool, "openssl makes the certificate of the test's own gateway"
    subprocess.run(
        [tool, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", "/CN=gate.test", "-addext", "subjectAltName=DNS:gate.test,IP:127.0.0.1",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


class Listener:
    """A socket that counts who knocks."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.socket.settimeout(0.05)

    def knocks(self):
        found = 0
        while True:
            try:
                self.socket.accept()[0].close()
            except TimeoutError:
                return found
            found += 1
