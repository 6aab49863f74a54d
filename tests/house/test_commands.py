"""The command line as an office runs it: the journal proved, a backup put back while people write."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from uuid6 import uuid7

pytestmark = pytest.mark.tables
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
LUOSHI = Path(sys.executable).parent / "luoshi"


class Office:
    """A data folder with its database, used through `luoshi` in processes of their own."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data, self.database = data, database

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
        kept |= {"LUOSHI_DATA": str(self.data), "PYTHONUTF8": "1"}
        return kept | ({"DATABASE_URL": self.database} if self.database else {})

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(LUOSHI), *words], env=self.env, cwd=self.data.parent, capture_output=True,
            text=True, check=False, timeout=240,
        )  # fmt: skip

    def sql(self, *statements: str) -> list[tuple]:
        """Behind the product's back; the rows of the last statement."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database, autocommit=True) as connection:
                for statement in statements:
                    cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        import pysqlite3

        connection = pysqlite3.connect(str(self.data / "luoshi.sqlite3"), timeout=20)
        try:
            with connection:
                for statement in statements:
                    cursor = connection.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()


def new_database(name: str) -> str:
    """An empty database in the test cluster; "" where the product makes its own file."""
    if not ON_POSTGRES:
        return ""
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    made = Office(tmp_path_factory.mktemp("office") / "var", new_database(f"cli_{uuid7().hex}"))
    answer = made.run("setup", "--jurisdiction", "临禾县", "--admin", "gao")
    assert answer.returncode == 0, answer.stderr
    answer = made.run("journal", "anchor")
    assert answer.returncode == 0, answer.stderr
    return made


COLUMNS = (
    "jurisdiction, unit_id, account_id, person_id, on_behalf_of, at, verb, subject_kind, subject_id, "
    "changes, reason, key, request_id"
)
ATTACKS = {
    "change": (
        ["UPDATE journal_entry SET reason = '改过' WHERE seq = 3"],
        ["UPDATE journal_entry SET reason = '' WHERE seq = 3"],
        "第3条被改动",
    ),
    "reorder": (
        [
            "UPDATE journal_entry SET seq = 1000 WHERE seq = 2",
            "UPDATE journal_entry SET seq = 2 WHERE seq = 3",
            "UPDATE journal_entry SET seq = 3 WHERE seq = 1000",
        ],
        [
            "UPDATE journal_entry SET seq = 1000 WHERE seq = 2",
            "UPDATE journal_entry SET seq = 2 WHERE seq = 3",
            "UPDATE journal_entry SET seq = 3 WHERE seq = 1000",
        ],
        "第2条的次序被调换",
    ),
    "insert": (
        [
            "UPDATE journal_entry SET seq = seq + 1000 WHERE seq > 3",
            "UPDATE journal_entry SET seq = seq - 999 WHERE seq > 1000",
            (
                f"INSERT INTO journal_entry (id, {COLUMNS}, seq, algorithm, previous, seal) "
                f"SELECT '{{id}}', {COLUMNS}, 4, algorithm, seal, 'ff' || substr(seal, 3) "
                "FROM journal_entry WHERE seq = 3"
            ),
        ],
        [
            "DELETE FROM journal_entry WHERE seq = 4",
            "UPDATE journal_entry SET seq = seq + 1000 WHERE seq > 4",
            "UPDATE journal_entry SET seq = seq - 1001 WHERE seq > 1000",
        ],
        "第4条是事后插入的",
    ),
    "delete": (["DELETE FROM journal_entry WHERE seq = 3"], [], "第3条被删除"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_journal_verify_names_the_attack(office, attack):
    new = uuid7() if office.database else uuid7().hex
    before = office.run("journal", "verify")
    assert before.returncode == 0, before.stdout + before.stderr
    act, back, named = ATTACKS[attack]
    office.sql(*(statement.format(id=new) for statement in act))
    found = office.run("journal", "verify")
    office.sql(*back, "SELECT 1")
    assert found.returncode == 1, found.stdout + found.stderr
    assert named in found.stdout
    assert "Traceback" not in found.stderr


def test_backup_under_a_writer_is_restored_whole(tmp_path):
    office = Office(tmp_path / "var", new_database(f"cli_{uuid7().hex}"))
    assert office.run("setup", "--jurisdiction", "临禾县", "--admin", "gao").returncode == 0
    stored = office.data / "files" / "ab" / "cd" / ("ab" * 32)
    stored.parent.mkdir(parents=True)
    stored.write_bytes(b"evidence")
    office.sql("CREATE TABLE witness (n integer primary key, twice integer)")
    stop, written = threading.Event(), []

    def keep_writing():
        while not stop.is_set():
            n = len(written) + 1
            office.sql(f"INSERT INTO witness VALUES ({n}, {2 * n})")
            written.append(n)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        done = office.run("backup", str(tmp_path / "office.backup"))
    finally:
        stop.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    assert written, "nobody wrote while the backup ran"

    other = Office(tmp_path / "second", new_database(f"cli_{uuid7().hex}"))
    answer = other.run("restore", str(tmp_path / "office.backup"))
    assert answer.returncode == 0, answer.stderr
    rows = other.sql("SELECT n, twice FROM witness ORDER BY n")
    assert rows == [(n, 2 * n) for n in range(1, len(rows) + 1)]  # a moment of the writing, whole
    for table, column in (
        ("org_unit", "name"),
        ("journal_entry", "seal"),
        ("org_account", "login"),
    ):
        text = f"SELECT id, {column} FROM {table} ORDER BY id"
        assert other.sql(text) == office.sql(text)
    for key in ("secret.key", "journal.key"):
        assert (other.data / key).read_bytes() == (office.data / key).read_bytes()
    assert (other.data / "files" / "ab" / "cd" / ("ab" * 32)).read_bytes() == b"evidence"
    assert other.run("journal", "verify").returncode == 0
    again = other.run("restore", str(tmp_path / "office.backup"))
    assert again.returncode == 1  # data that is there is not covered
    assert "Traceback" not in again.stderr


def test_damaged_backup_is_refused_and_touches_nothing(tmp_path):
    office = Office(tmp_path / "var")
    broken = tmp_path / "broken.backup"
    broken.write_bytes(b"no backup at all")
    answer = office.run("restore", str(broken))
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert not (office.data / "secret.key").exists()
