"""Eight at one row and at two hundred, through real HTTP and real forms: no lost update.

Short in-process forms stand in `tests/house/test_together.py`.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from uuid6 import uuid7

from tests.office import ON_POSTGRES, Office, new_database
from tests.proofs.claims import keep
from tests.proofs.counting import TITLE
from tests.proofs.desk import Desk, form_with
from tests.proofs.serving import ROOT, served, staged

pytestmark = pytest.mark.prove
BASE = "postgresql" if ON_POSTGRES else "sqlite"
SECONDS = float(os.environ.get("PROVE_SECONDS", "60"))
HANDS, SEED = 8, 20261201


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    made = Office(tmp_path_factory.mktemp("counting") / "var", new_database(f"prove_{uuid7().hex}"))
    made.facts = staged(made, 200)
    return made


@pytest.fixture(scope="module")
def base(office):
    with served(office) as address:
        yield address


def eight(office, base, rows, seconds):
    """The tallies of eight processes that count on the rows."""
    hands = []
    for k in range(HANDS):
        orders = {
            "base": base, "session": office.facts["sessions"][k], "who": f"手{k}",
            "rows": rows, "seconds": seconds, "seed": SEED + k,
        }  # fmt: skip
        hand = subprocess.Popen(
            [sys.executable, "-m", "tests.proofs.counting", json.dumps(orders)], cwd=ROOT,
            text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        hands.append(hand)
    told = []
    for hand in hands:
        out, err = hand.communicate()
        assert hand.returncode == 0, err[-2000:]
        told.append(json.loads(out))
    return told


@pytest.mark.parametrize("rows", [1, 200])
def test_eight_processes_lose_no_update(office, base, rows):
    chosen = office.facts["rows"][:1] if rows == 1 else office.facts["rows"][1:]
    edits = (
        "SELECT count(*) FROM journal_entry WHERE verb = 'ledger.task.edit' AND subject_id IN "
        f"({', '.join(repr(_stored(office, row)) for row in chosen)})"
    )
    before, cpu, wall = office.sql(edits)[0][0], _cpu(), time.monotonic()
    tallies = eight(office, base, chosen, SECONDS)
    spent = {"wall_s": round(time.monotonic() - wall, 1), "hands_cpu_s": round(_cpu() - cpu, 1)}
    acknowledged = sum((Counter(told["acknowledged"]) for told in tallies), Counter())
    odd = [fault for told in tallies for fault in told["odd"]]
    titles = dict(office.sql("SELECT id, title FROM ledger_task"))
    counted = {row: int(TITLE.search(titles[_key(office, row)])[1]) for row in chosen}
    lost = {
        row: (counted[row], acknowledged[row])
        for row in chosen
        if counted[row] != acknowledged[row]
    }
    entries = office.sql(edits)[0][0] - before
    keep(
        f"no-lost-update-{BASE}-{rows}", seed=SEED, hands=HANDS, seconds=SECONDS, rows=len(chosen),
        acknowledged=acknowledged.total(), journal_entries=entries, lost=len(lost),
        stale_told_with_both_values=sum(told["stale"] for told in tallies), odd=odd[:5],
        worst_wait_s=max(told["worst"] for told in tallies), **spent,
    )  # fmt: skip
    assert odd == []
    assert lost == {}
    assert entries == acknowledged.total() > 0
    if rows == 1:
        assert sum(told["stale"] for told in tallies) > 0, "nobody met anybody: nothing was proved"
    assert max(told["worst"] for told in tallies) <= 2


def _stored(office, row):
    return row if office.database else row.replace("-", "")


def _key(office, row):
    from uuid import UUID

    return UUID(row) if office.database else row.replace("-", "")


def _cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def send(desk, fields):
    return desk.ask("POST", "/ledger/task/new/", fields)


def test_three_hundred_forms_sent_eight_times_are_three_hundred_rows(office, base):
    desks = [Desk(base).sit_down(office.facts["sessions"][0]) for _ in range(8)]
    desks[0].ask("GET", "/ledger/task/new/")
    for desk in desks[1:]:
        desk.cookies = dict(desks[0].cookies)
    before = office.sql("SELECT count(*) FROM ledger_task")[0][0]
    odd, begun = [], time.monotonic()
    forms = int(os.environ.get("PROVE_FORMS", "300"))
    with ThreadPoolExecutor(8) as pool:
        for k in range(forms):
            status, page, _ = desks[0].ask("GET", "/ledger/task/new/")
            assert status == 200
            sent = form_with(page, "title") | {
                "title": f"表单{k}", "due_on": "2026-12-31", "source_kind": "annual_focus",
            }  # fmt: skip
            answers = list(pool.map(partial(send, fields=sent), desks))
            if {status for status, _, _ in answers} != {302} or len(
                {to for *_, to in answers}
            ) != 1:
                odd.append([(status, to) for status, _, to in answers])
    for desk in desks:
        desk.hang_up()
    worst = max(desk.worst for desk in desks)
    made = office.sql("SELECT count(*) FROM ledger_task")[0][0] - before
    keep(
        f"double-submit-{BASE}", seed=0, forms=forms, submits=8 * forms, rows=made, odd=odd[:3],
        worst_wait_s=round(worst, 3), wall_s=round(time.monotonic() - begun, 1),
    )  # fmt: skip
    assert odd == []
    assert made == forms
