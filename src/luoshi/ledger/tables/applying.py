"""From a person's yes to the ledger: run again, compare with what was confirmed, write once."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.jobs.actions import Progress
from luoshi.ledger.actions.importing import import_table, return_table
from luoshi.ledger.actions.unimporting import key_of
from luoshi.ledger.models import TableImport
from luoshi.ledger.tables.planning import WRITE_LIMIT, dry_run
from luoshi.ledger.tables.report import Report
from luoshi.ledger.tables.setup import setup_of
from luoshi.office.cells import unpack_grids
from luoshi.store.bulk import no_collecting

AT_ONCE = 500
"""Up to so many rows are written while the page waits; more become a job with progress."""

STEPS = 3


def apply(
    actor: Actor,
    today: date,
    now: datetime,
    table: TableImport,
    progress: Progress | None = None,
) -> Sentence | None:
    """Write a table that its person said yes to; None where it stands written.

    Where the ledger has moved so that the rows would be others than those confirmed, nothing is
    written: the new report waits for its person, and the sentence says so.
    """
    if table.state != TableImport.State.WRITING:
        return None if table.state == TableImport.State.DONE else say("ledger.table_closed")
    with no_collecting():
        return _applied(actor, today, now, table, progress)


def _applied(
    actor: Actor, today: date, now: datetime, table: TableImport, progress: Progress | None
) -> Sentence | None:
    if progress:
        progress(0, STEPS)
    run = dry_run(actor, today, table)
    report = run.report
    count = len(run.items) + len(run.changes)
    if report.digest != table.digest or count > WRITE_LIMIT:
        why = say("ledger.table_moved")
        if count > WRITE_LIMIT:
            why = say("ledger.table_too_long", n=WRITE_LIMIT)
        give_back(actor, today, now, table, report)
        return why
    if progress:
        progress(1, STEPS)
        progress(2, STEPS, writing=True)
    heads = setup_of(unpack_grids(table.content), table.setup).heads()
    try:
        import_table(
            actor=actor, today=today, now=now, table=table, items=run.items, changes=run.changes,
            kept=run.kept, heads=[[one.header, one.field, one.above] for one in heads],
            key=key_of(table),
        )  # fmt: skip
    except Refused as refused:
        give_back(actor, today, now, table, report)
        return refused.why
    return None


def give_back(actor: Actor, today: date, now: datetime, table: TableImport, report: Report) -> None:
    """The table waits for its person again, with the report as it is now."""
    return_table(
        actor=actor, today=today, now=now, table=table, report=report.packed(),
        counts=report.facts, digest=report.digest,
    )  # fmt: skip
