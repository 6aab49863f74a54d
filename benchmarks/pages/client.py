"""One server process without a socket: requests go straight through the WSGI handler.

`python -m benchmarks.pages.client luoshi|floor town.json` answers one JSON line for each on its standard input:
{"page": …, "n": …, "town": "town"|"hamlet"} with CPU milliseconds a request of this process and of its PostgreSQL back end.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zlib
from itertools import count
from pathlib import Path
from time import process_time
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = "b" * 32
FILTER = "state=open&sort=due"
TICK = os.sysconf("SC_CLK_TCK")
turn = count()


def start(side: str):
    """The WSGI handler of the product or of the floor."""
    if side == "floor":
        import benchmarks.pages.plain  # noqa: F401 - configures Django
    else:
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
    from django.core.wsgi import get_wsgi_application

    handler = get_wsgi_application()
    if side == "luoshi":
        from benchmarks.pages.town import TODAY
        from luoshi.config import middleware

        middleware.today = lambda: TODAY
    return handler


def environ_of(
    address: str, session: str, body: bytes | None = None, language: str = "zh-hans"
) -> dict:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET" if body is None else "POST",
        "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost", "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
        "HTTP_COOKIE": f"sessionid={session}; csrftoken={TOKEN}; django_language={language}",
        "HTTP_X_CSRFTOKEN": TOKEN,
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body or b"")),
        "wsgi.input": io.BytesIO(body or b""), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


def request_of(page: str, town: dict) -> dict:  # noqa: PLR0911 - one page a line
    """The next request for a page: tasks take turns, so that nothing is warmer than it would be."""
    n = next(turn)
    match page:
        case "list":
            return environ_of(f"/ledger/?{FILTER}", town["office"])
        case "list-en":
            return environ_of(f"/ledger/?{FILTER}", town["office"], language="en")
        case "light":
            return environ_of("/ledger/?light=late", town["office"])
        case "task":
            return environ_of(
                f"/ledger/task/{town['task'][n % len(town['task'])]}/", town["office"]
            )
        case "wall":
            return environ_of("/home/wall/", town["office"])
        case "timetable":
            return environ_of("/ledger/timetable/", town["office"])
        case "week":
            return environ_of("/ledger/my-week/", town["head"])
        case "write":
            body = {
                "text": "已完成前期手续。",
                "progress": str(1 + n % 98),
                "channel": "page",
                "key": str(uuid4()),
            }
            task = town["write"][n % len(town["write"])]
            return environ_of(
                f"/ledger/task/{task}/report/", town["head"], urlencode(body).encode()
            )
    raise ValueError(page)


def ask(handler, environ: dict) -> tuple[int, bytes]:
    """Status and body of one answer."""
    told = []
    answer = handler(environ, lambda status, _headers: told.append(int(status[:3])))
    body = b"".join(answer)
    answer.close()
    if told[0] not in ((302,) if environ["REQUEST_METHOD"] == "POST" else (200,)):
        message = f"{environ['PATH_INFO']} answered {told[0]}"
        raise RuntimeError(message)
    return told[0], body


def backend_cpu(pid: int | None) -> float:
    """CPU seconds of the PostgreSQL process that serves this connection, where it is on this machine."""
    if pid is None or not Path(f"/proc/{pid}/stat").exists():
        return 0.0
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def backend() -> int | None:
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        return int(cursor.fetchone()[0])


def counted(handler, environ: dict) -> int:
    """Statements of one request."""
    from django.core.signals import request_started
    from django.db import connection, reset_queries

    request_started.disconnect(reset_queries)
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    ask(handler, environ)
    connection.force_debug_cursor = False
    return len(connection.queries_log)


def sealed() -> float:
    """CPU milliseconds an entry of the sealer, over what waits now."""
    from luoshi.journal.sealer import seal_waiting

    begun = process_time()
    count_ = seal_waiting()
    return 1000 * (process_time() - begun) / max(1, count_)


def main() -> None:
    side, towns = sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8"))
    handler = start(side)
    from django.db import connection

    for line in sys.stdin:
        wish = json.loads(line)
        town, page = towns[wish.get("town", "town")], wish["page"]
        if page == "seal":
            print(json.dumps({"ms": sealed()}), flush=True)
            continue
        ask(handler, request_of(page, town))
        if wish.get("count"):
            print(json.dumps({"queries": counted(handler, request_of(page, town))}), flush=True)
            continue
        wishes = [request_of(page, town) for _ in range(wish["n"])]
        connection.ensure_connection()
        pid = backend()
        server, begun = backend_cpu(pid), process_time()
        body = [ask(handler, environ)[1] for environ in wishes][-1]
        own = process_time() - begun
        print(
            json.dumps(
                {
                    "ms": 1000 * own / wish["n"],
                    "pg": 1000 * (backend_cpu(pid) - server) / wish["n"],
                    "bytes": len(body),
                    "packed": len(zlib.compress(body)),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
