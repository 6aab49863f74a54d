"""Walk every address with every role against every place, and hold the answers to access.toml.

Nothing here asks the product's queries what is right: the expected cells are written by hand. A
cell says what came of one request:

`ok` a page · `go` led on to another page · `done` something was written · `no` refused in words,
nothing written · `in` led to sign-in · a number: that status (404: the row does not exist for
this person) · `a|b`: either, where a draw decides. Each request runs in a transaction of its own that is rolled back.
"""

from __future__ import annotations

import copy
import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from uuid6 import uuid7

from luoshi.jobs.models import Job
from luoshi.journal.models import Entry
from tests.house.world import PLACES, ROLES, World

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("access.toml").read_text("utf-8"))
URLS: dict[str, dict[str, Any]] = TABLE["url"]
MARK = re.compile(r"Z(row|plan)-([a-z_]+)-")


def url_names(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """Every name of the resolver, with its room; an address without a name is given as its text."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from url_names(entry, inner)
        else:
            assert isinstance(entry, URLPattern)
            yield f"{space}{entry.name}" if entry.name else f"{space}{entry.pattern}"


def clients(world: World) -> dict[str, Client]:
    """A client for each role, and a stranger's."""
    found = {"anonymous": Client(raise_request_exception=False)}
    for role, login in world.logins.items():
        from luoshi.org.models import Account

        client = Client(raise_request_exception=False)
        client.force_login(
            Account.objects.get(login=login), backend="django.contrib.auth.backends.ModelBackend"
        )
        found[role] = client
    return found


def expected(row: dict[str, Any], method: str, role: str, place: int) -> str:
    """The hand-written cell: the row's own, or the pattern's that it names."""
    cells = row[method]
    if isinstance(cells, str):
        if cells in TABLE["pattern"]:
            cells = TABLE["pattern"][cells]
        else:
            cells = dict.fromkeys((*ROLES, "anonymous"), cells)
    else:
        cells = TABLE["pattern"].get(cells.get("as", ""), {}) | cells
    words = cells[role].split()
    return words[0] if len(words) == 1 else words[place]


def faults(world: World, people: dict[str, Client], name: str) -> Iterator[str]:
    """Every cell of one row of the table that does not hold, in words."""
    row = URLS[name]
    for role in (*ROLES, "anonymous"):
        for number, place in enumerate(PLACES):
            for method in ("get", "post"):
                if number and not _depends(row, method):
                    continue
                found, body = answer(world, people[role], name, method, place)
                wanted = expected(row, method, role, number)
                where = f"{name} {method} {role} {place}"
                if found not in wanted.split("|"):
                    yield f"{where}: {found}, the table says {wanted}"
                yield from (f"{where}: shows {leak}" for leak in leaks(world, role, body))
            for ask in row.get("ask", ()):
                if number and "{" not in ask:
                    continue
                url = _url(world, name, place) + ask.format(**world.rows[place])
                body = _content(people[role].get(url))
                yield from (f"{url} {role}: shows {leak}" for leak in leaks(world, role, body))


def answer(world: World, client: Client, name: str, method: str, place: str) -> tuple[str, str]:
    """What came of one request, and what it showed."""
    row = URLS[name]
    url = _url(world, name, place)
    cookies = copy.deepcopy(client.cookies)
    if name.startswith("account_"):
        cache.clear()  # this walk is not what the rate limits are about
    with transaction.atomic():
        before = _written()
        if method == "get":
            response = client.get(url)
        else:
            response = client.post(url, _form(world, row, place))
        word = _word(response, wrote=_written() > before)
        body = _content(response) if response.status_code < 300 else ""
        transaction.set_rollback(True)
    client.cookies = cookies  # signing out, or choosing a language, is taken back too
    return word, body


def leaks(world: World, role: str, body: str) -> set[str]:
    """Marks and names in a page that the role may not see."""
    sees = TABLE["sees"]
    found = {
        f"{group} of {place}"
        for group, place in MARK.findall(body)
        if place not in sees[group][role].split()
    }
    for group, names in world.names.items():
        found |= {
            f"{group} {name}"
            for name, place in names.items()
            if name in body and place not in sees[group][role].split()
        }
    return found


def _depends(row: dict[str, Any], method: str) -> bool:
    """Whether the request differs from place to place."""
    sent = " ".join(map(str, row.get("send", {}).values())) if method == "post" else ""
    return "{" in "".join(row.get("args", ())) + sent


def _url(world: World, name: str, place: str) -> str:
    rows = _names(world, place)
    args = [arg.format(**rows) for arg in URLS[name].get("args", ())]
    return reverse(name.split("#", maxsplit=1)[0], args=args)


def _names(world: World, place: str) -> dict[str, Any]:
    """The rows of the place by name, and those of 东村 under `own_…`."""
    return world.rows[place] | {f"own_{key}": value for key, value in world.rows["own"].items()}


def _form(world: World, row: dict[str, Any], place: str) -> dict[str, Any]:
    rows = _names(world, place)
    sent = {"key": uuid7().hex, "version": "1"} | row.get("send", {})
    return {key.format(**rows): str(value).format(**rows) for key, value in sent.items()}


def _written() -> int:
    return (
        Entry.objects.count() + Job.objects.count() + Job.objects.filter(cancel_asked=True).count()
    )


def _word(response: Any, *, wrote: bool) -> str:
    status = response.status_code
    if status in (301, 302) and "/account/login/" in response.url:
        return "in"
    if wrote:
        return "done" if status < 400 else f"wrote and answered {status}"
    if response.request["REQUEST_METHOD"] == "POST" and (status < 400 or status in (409, 422)):
        return "no"
    if status in (301, 302):
        return "go"
    return "ok" if status == 200 else str(status)


def _content(response: Any) -> str:
    """The words of an answer; a workbook or a letter is opened first."""
    if response.status_code >= 300:
        return ""
    data = response.getvalue() if response.streaming else response.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"\n".join(package.read(name) for name in package.namelist())
    return data.decode("utf-8", errors="replace")
