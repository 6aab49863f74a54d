"""A full disk, a database that is away, a clock that jumps: clear pages, and nothing lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from uuid6 import uuid7

from luoshi.config.failing import out_of_reach
from luoshi.journal import proving, sealer
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from tests.cast import make_cast
from tests.office import ON_POSTGRES, Office
from tests.proofs.claims import keep
from tests.proofs.counting import TITLE
from tests.proofs.desk import form_with
from tests.proofs.serving import ROOT, free_port, served, staged
from tests.proofs.test_kills import born, client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for tests")


def new_form(client, title):
    fields = form_with(client.get("/ledger/task/new/").content.decode(), "title")
    return fields | {
        "title": title, "due_on": "2026-12-31", "source_kind": "annual_focus", "key": uuid7().hex,
    }  # fmt: skip


@pytest.mark.skipif(ON_POSTGRES, reason="only SQLite writes from the web process")
def test_full_disk_is_told_clearly_and_the_same_form_goes_through_later(today):
    client = client_of(make_cast().account("lin"))
    sent = new_form(client, "磁盘满时")
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    read, line = os.pipe()

    def send():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        room = log.stat().st_size if log.exists() else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        answer = client.post("/ledger/task/new/", sent)
        os.write(line, f"{answer.status_code} {answer.content.decode()}".encode())

    os.waitpid(born(send), 0)
    os.close(line)
    with os.fdopen(read, encoding="utf-8") as told:
        page = told.read()
    assert page.startswith("503 "), page[:400]
    assert "系统暂时不可用" in page
    assert "不会重复登记" in page
    assert not Task.objects.filter(title="磁盘满时").exists()
    assert client.post("/ledger/task/new/", sent).status_code == 302
    assert client.post("/ledger/task/new/", sent).status_code == 302
    assert Task.objects.filter(title="磁盘满时").count() == 1


def test_database_away_is_a_clear_page_in_both_languages(cast, today, monkeypatch):
    client = client_of(cast.account("lin"))

    def away(*args, **kwargs):
        raise OperationalError

    with monkeypatch.context() as down:
        down.setattr("luoshi.org.queries.actor_for", away)
        answer = client.get("/ledger/")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "系统暂时不可用" in answer.content.decode()
        client.cookies["django_language"] = "en"
        assert "not available" in client.get("/ledger/").content.decode()
    assert client.get("/ledger/").status_code == 200


def test_fault_of_ours_is_not_called_trouble_that_passes():
    assert not out_of_reach(ValueError())
    assert not out_of_reach(None)
    assert out_of_reach(OSError(28, "No space left on device"))
    behind = KeyError()
    behind.__context__ = OperationalError()
    assert out_of_reach(behind)


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_clock_that_jumps_a_day_loses_nothing_and_breaks_no_chain(cast, today, monkeypatch, jump):
    client = client_of(cast.account("lin"))
    right = timezone.now

    def save(title):
        sent = new_form(client, title)
        answers = [client.post("/ledger/task/new/", sent).status_code for _ in range(2)]
        sealer.seal_waiting()
        return answers

    assert save("之前") == [302, 302]
    with monkeypatch.context() as wrong:
        wrong.setattr("django.utils.timezone.now", lambda: right() + jump)
        client = client_of(cast.account("lin"))
        assert save("跳钟") == [302, 302]
    client = client_of(cast.account("lin"))
    assert save("之后") == [302, 302]
    titles = Counter(Task.objects.values_list("title", flat=True))
    assert titles == {"之前": 1, "跳钟": 1, "之后": 1}
    jurisdiction = cast.county.jurisdiction
    assert proving.verify(jurisdiction, right()).broken is None
    assert Entry.objects.filter(seq=None).count() == 0


@pytest.mark.skipif(ON_POSTGRES, reason="a matter of SQLite")
def test_sqlite_waits_for_the_disk_at_every_commit():
    """With NORMAL a cut of power lost 75 of 100 acknowledged commits, with FULL none."""
    with connection.cursor() as cursor:
        told = {}
        for pragma in ("synchronous", "journal_mode", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            told[pragma] = cursor.fetchone()[0]
    assert told == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1}


# --- PostgreSQL stopped and started under eight people --------------------------------------


class Cluster:
    """A PostgreSQL of the test's own, that can be stopped and started; durable, unlike others."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.as_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        folder.chmod(0o777)
        for parent in folder.parents:
            if parent == Path("/tmp"):
                break
            parent.chmod(parent.stat().st_mode | 0o055)
        self.call("initdb", "-D", str(folder / "data"), "-U", "luoshi", "-A", "trust", "-E", "UTF8", "--locale=C")  # fmt: skip
        self.start()

    def call(self, tool: str, *words: str) -> None:
        subprocess.run(
            [*self.as_user, str(self.bin / tool), *words], check=True, stdout=subprocess.DEVNULL
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", options, "start")  # fmt: skip

    def stop(self) -> None:
        self.call("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    @property
    def url(self) -> str:
        return f"postgres://luoshi@127.0.0.1:{self.port}/postgres"


@pytest.mark.prove
def test_database_down_for_thirty_seconds_under_four_hands(tmp_path_factory):
    down = float(os.environ.get("PROVE_DOWN", "30"))
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        office = Office(tmp_path_factory.mktemp("down") / "var", cluster.url)
        facts = staged(office, 40)
        with served(office) as base:
            hands = []
            for k in range(4):
                orders = {
                    "base": base, "session": facts["sessions"][k], "who": f"手{k}",
                    "rows": facts["rows"][k::4], "seconds": down + 25, "seed": k, "away": True,
                }  # fmt: skip
                hands.append(
                    subprocess.Popen(
                        [sys.executable, "-m", "tests.proofs.counting", json.dumps(orders)],
                        cwd=ROOT, text=True, stdout=subprocess.PIPE,
                    )
                )  # fmt: skip
            time.sleep(8)
            cluster.stop()
            stopped = time.monotonic()
            time.sleep(down)
            cluster.start()
            up = time.monotonic()
            told = [json.loads(hand.communicate()[0]) for hand in hands]
            acknowledged = sum((Counter(each["acknowledged"]) for each in told), Counter())
            maybe = sum((Counter(each["maybe"]) for each in told), Counter())
            titles = {
                str(pk): title for pk, title in office.sql("SELECT id, title FROM ledger_task")
            }
            counted = {row: int(TITLE.search(titles[row])[1]) for row in facts["rows"]}
            lost = [row for row in counted if counted[row] < acknowledged[row]]
            more = [row for row in counted if counted[row] > acknowledged[row] + maybe[row]]
            back = max(each["back_at"] for each in told) - up
            sealed = _sealed_within(office, 60)
    finally:
        cluster.stop()
    odd = [fault for each in told for fault in each["odd"]]
    keep(
        "database-down-postgresql", seed=0, down_s=round(up - stopped, 1), hands=4,
        acknowledged=acknowledged.total(), answered_503=sum(each["away"] for each in told),
        lost=len(lost), written_without_request=len(more), normal_after_s=round(back, 1), odd=odd[:5],
    )  # fmt: skip
    assert odd == []
    assert lost == more == []
    assert sum(each["away"] for each in told) > 0
    assert sealed
    assert back <= 5


def _sealed_within(office: Office, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if office.sql("SELECT count(*) FROM journal_entry WHERE seq IS NULL") == [(0,)]:
            return True
        time.sleep(0.5)
    return False
