"""The command line as an office runs it: the journal proved, a backup put back while people write."""

from __future__ import annotations

import shutil
import threading

import pytest
from uuid6 import uuid7

from tests.office import Office, new_database

pytestmark = pytest.mark.tables


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
LONG_AGO = COLUMNS.replace(" at,", " '2020-01-01 00:00:00',")
UNSEAL = "UPDATE journal_entry SET seq = NULL, seal = '', previous = ''"
# What somebody with the database does, in raw SQL, and the words that `verify` answers with.
ATTACKS = {
    "change": (["UPDATE journal_entry SET reason = '改过' WHERE seq = 3"], "第3条被改动"),
    "delete": (["DELETE FROM journal_entry WHERE seq = 3"], "第3条被删除"),
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
        "第4条是事后插入的",
    ),
    "reorder": (
        [
            "UPDATE journal_entry SET seq = 1000 WHERE seq = 2",
            "UPDATE journal_entry SET seq = 2 WHERE seq = 3",
            "UPDATE journal_entry SET seq = 3 WHERE seq = 1000",
        ],
        "第2条的次序被调换",
    ),
    "cut the tail": (["DELETE FROM journal_entry WHERE seq > 3"], "第4条及以后的日志被截去"),
    "rewrite with the key": (
        [f"{UNSEAL}, reason = '改过' WHERE seq > 0", "seal"],
        "与留存的锚点不符，日志链被整体改写",
    ),
    "stop the sealing": (
        [
            (
                f"INSERT INTO journal_entry (id, {COLUMNS}, algorithm, previous, seal) "
                f"SELECT '{{id}}', {LONG_AGO}, '', '', '' FROM journal_entry WHERE seq = 3"
            )
        ],
        "封印已停止",
    ),
}  # fmt: skip


@pytest.fixture
def attacked(office):
    """The office, put back as it was once the attack was told."""
    outside = ("journal.ends.json", "anchors")
    office.sql("CREATE TABLE kept AS SELECT * FROM journal_entry")
    ends = (office.data / outside[0]).read_text()
    yield office
    office.sql(
        "DELETE FROM journal_entry",
        "INSERT INTO journal_entry SELECT * FROM kept",
        "DROP TABLE kept",
    )
    shutil.rmtree(office.data / outside[1], ignore_errors=True)
    (office.data / outside[0]).write_text(ends)


@pytest.mark.parametrize("attack", ATTACKS)
def test_journal_verify_names_the_attack(attacked, attack):
    new = uuid7() if attacked.database else uuid7().hex
    act, named = ATTACKS[attack]
    for statement in act:
        if statement == "seal":
            assert attacked.run("journal", "anchor").returncode == 0
        else:
            attacked.sql(statement.format(id=new))
    found = attacked.run("journal", "verify")
    assert found.returncode == 1, found.stdout + found.stderr
    assert named in found.stdout
    assert "Traceback" not in found.stderr


def test_untouched_journal_is_intact_and_holds_to_an_anchor(office, tmp_path):
    told = office.run("journal", "verify")
    assert told.returncode == 0, told.stdout + told.stderr
    (tmp_path / "a.json").write_text(office.run("journal", "anchor").stdout)
    held = office.run("journal", "verify", "--anchor", str(tmp_path / "a.json"))
    assert held.returncode == 0, held.stdout + held.stderr
    (tmp_path / "b.json").write_text("no anchor")
    assert office.run("journal", "verify", "--anchor", str(tmp_path / "b.json")).returncode == 2


def test_journal_kept_for_less_than_400_days_is_refused_at_start(office):
    told = office.run("journal", "verify", LUOSHI_JOURNAL_DAYS="399")
    assert told.returncode == 1
    assert "至少保存400天" in told.stderr
    assert "Traceback" not in told.stderr


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
