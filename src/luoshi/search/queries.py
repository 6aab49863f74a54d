"""Find rows by any part of their words; the caller narrows to what the actor may read."""

from __future__ import annotations

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from luoshi.domain.access import Actor
from luoshi.search.models import Indexed
from luoshi.search.pieces import asked

MOST_ASKED = 60


def matching(actor: Actor, text: str) -> QuerySet[Indexed]:
    """Rows of the actor's jurisdiction in which every word asked for stands, title hits first.

    Recall is complete for any part of a text, two characters or more (or one). Not yet narrowed
    to what the actor may read: whoever calls joins the subject's own scope.
    """
    pieces = asked(text[:MOST_ASKED])
    rows = Indexed.objects.filter(jurisdiction=actor.jurisdiction_id)
    if not pieces:
        return rows.none()
    found = (
        rows.filter(docid__in=_sqlite(pieces))
        if connection.vendor == "sqlite"
        else rows.filter(pk__in=_postgres(pieces))
    )
    return found.annotate(
        rank=Case(
            When(title__icontains=text.strip(), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
    ).order_by("rank", "-id")


def _sqlite(pieces: list[str]) -> RawSQL:
    statement = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"
    return RawSQL(statement, [" ".join(pieces)])  # noqa: S611 - pieces are ASCII words of ours


def _postgres(pieces: list[str]) -> RawSQL:
    statement = "SELECT id FROM search_indexed WHERE tsv @@ %s::tsquery"
    return RawSQL(statement, [" & ".join(pieces)])  # noqa: S611 - the same
