"""Put texts into the index and take them out; called by the actions of the rooms that own them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from uuid6 import uuid7

from luoshi.search.models import Indexed
from luoshi.search.pieces import pieces_of
from luoshi.store.bulk import insert_many

BATCH = 500
DOCID = (1 << 62) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What can be found of a row: its title, and further text that leads to it.

    `kind` is the model's label in lower case ("ledger.task"); the page that shows results asks
    the row's own room whether the reader may see it.
    """

    jurisdiction: UUID
    unit_id: UUID
    kind: str
    id: UUID
    title: str
    text: str = ""


def index(found: Text) -> None:
    """Make one row findable under its present words, and under no others."""
    index_many([found])


def index_many(found: Iterable[Text]) -> None:
    """The same for many rows; statements grow with batches of 500 only. Joins the transaction."""
    rows = list(found)
    for start in range(0, len(rows), BATCH):
        _put(rows[start : start + BATCH])


def _put(rows: Sequence[Text]) -> None:
    with transaction.atomic():
        for kind in sorted({row.kind for row in rows}):
            _drop(kind, [row.id for row in rows if row.kind == kind])
        made, row_pieces = [], {}
        for row in rows:
            key = uuid7()
            pieces = " ".join(sorted(pieces_of(f"{row.title} {row.text}")))
            made.append(
                Indexed(
                    id=key,
                    jurisdiction=row.jurisdiction,
                    unit_id=row.unit_id,
                    subject_kind=row.kind,
                    subject_id=row.id,
                    title=row.title[:400],
                    pieces="" if connection.vendor == "sqlite" else pieces,
                    docid=key.int & DOCID,
                )
            )
            row_pieces[key.int & DOCID] = pieces
        insert_many(made)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO search_fts (rowid, pieces) VALUES (%s, %s)",
                    list(row_pieces.items()),
                )


def forget(kind: str, keys: Sequence[UUID]) -> None:
    """Rows that are no more are found no more."""
    with transaction.atomic():
        for start in range(0, len(keys), BATCH):
            _drop(kind, keys[start : start + BATCH])


def _drop(kind: str, keys: Sequence[UUID]) -> None:
    old = Indexed.objects.filter(subject_kind=kind, subject_id__in=keys)
    if connection.vendor == "sqlite":
        docids = list(old.values_list("docid", flat=True))
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_fts WHERE rowid = %s", [(n,) for n in docids])
    old.delete()
