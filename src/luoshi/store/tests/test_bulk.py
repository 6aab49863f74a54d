"""Many rows at once are the rows that Django writes one by one, field by field, or none at all."""

import gc
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from luoshi.journal.models import Entry
from luoshi.ledger.models import Assignment, Task
from luoshi.store.bulk import insert_many, no_collecting
from tests.cast import TODAY


def task(cast, n, **more):
    return Task(
        jurisdiction=cast.county.pk, unit=cast.office, number=f"x{n}", tree=f"{n:04x}/", depth=0,
        title=f"修路{n}'\"%s", state_since=TODAY, quarter_states=["甲", {"乙": None}],
        due_on=TODAY if n % 2 else None, due_at=datetime(2026, 6, 18, 9, 30, 0, 7, tzinfo=UTC),
        target_value=Decimal("3.5000") if n % 3 else None, weight=n, urgency=Task.Urgency.URGENT,
        is_project=bool(n % 2), **more,
    )  # fmt: skip


def told(row):
    """Every field as it comes back, but for the key and what must differ."""
    apart = {"id", "number", "tree"}
    return {
        f.name: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in apart
    }


def test_rows_are_what_django_writes(cast):
    pairs = [(task(cast, n), task(cast, n + 100)) for n in range(30)]
    for one, other in pairs:
        other.title, other.weight = one.title, one.weight
        other.due_on, other.target_value, other.is_project = (
            one.due_on,
            one.target_value,
            one.is_project,
        )
    insert_many([one for one, _ in pairs])
    Task.objects.bulk_create([other for _, other in pairs])
    for one, other in pairs:
        assert not one._state.adding
        assert told(Task.objects.get(pk=one.pk)) == told(Task.objects.get(pk=other.pk))
    one.title = "改过"
    one.save()  # an update: the row knows that it stands
    assert Task.objects.get(pk=one.pk).title == "改过"


def test_json_is_kept_as_it_was_said(cast):
    changes = [None, "x", 3, True, {"a": [None, "“甲”", 1.5]}, []]
    rows = [
        Entry(
            jurisdiction=cast.county.pk, at=datetime.now(UTC), verb="x", subject_kind="x",
            subject_id=UUID(int=n), changes={"f": [None, changes[n % 6]]}, reason="", key="",
        )
        for n in range(24)
    ]  # fmt: skip
    insert_many(rows)
    kept = dict(Entry.objects.values_list("subject_id", "changes"))
    assert [kept[UUID(int=n)]["f"][1] for n in range(24)] == [changes[n % 6] for n in range(24)]


def test_one_bad_row_stops_all(cast):
    rows = [task(cast, n) for n in range(25)]
    rows[20].id = rows[3].id
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(rows)
    assert not Task.objects.filter(number__startswith="x").exists()


def test_a_related_row_without_a_key_is_told(cast):
    rows = [
        Assignment(jurisdiction=cast.county.pk, task=task(cast, n), role="owner", from_on=TODAY)
        for n in range(25)
    ]
    for row in rows:
        row.task_id = None
        row._state.fields_cache["task"] = Task()
    with pytest.raises((ValueError, IntegrityError)), transaction.atomic():
        insert_many(rows)


def test_none_is_nothing():
    insert_many([])


def test_collector_runs_again_after_the_last_who_held_it_off():
    with no_collecting():
        with pytest.raises(ZeroDivisionError), no_collecting():
            raise ZeroDivisionError
        assert not gc.isenabled()
    assert gc.isenabled()
