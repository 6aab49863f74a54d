"""Many new rows at once: on SQLite one prepared statement, run for every row.

Django compiles SQL for every 999 values and prepares each value through five calls; of an import of
10,000 rows that was half the work. PostgreSQL takes many rows in one statement: there Django's own
way stands.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from operator import attrgetter
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.fields.json import JSONField

FEW = 20
"""So many rows are no trouble to anyone."""


class _Collecting:
    """How many hold the collector off, and whether it ran before the first of them came."""

    lock, holders, ran = Lock(), 0, True


@contextmanager
def no_collecting() -> Iterator[None]:
    """Hold off the search for circles of garbage while many rows are made and kept.

    Half a million objects that all stay are searched through again and again for nothing: a quarter
    of an import. What no longer has a name is freed all the same. Threads may nest; the last one
    out lets the collector run again, if it ran before.
    """
    with _Collecting.lock:
        if not _Collecting.holders:
            _Collecting.ran = gc.isenabled()
            gc.disable()
        _Collecting.holders += 1
    try:
        yield
    finally:
        with _Collecting.lock:
            _Collecting.holders -= 1
            if not _Collecting.holders and _Collecting.ran:
                gc.enable()


def insert_many(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model, in the caller's transaction; nothing is read back.

    The values are those that `bulk_create` would write. Raises IntegrityError as it does; the
    caller's transaction is then lost as a whole.
    """
    if not rows:
        return
    model = type(rows[0])
    if connection.vendor != "sqlite" or len(rows) < FEW:
        model._base_manager.bulk_create(rows, batch_size=500)
        return
    columns = [_values(field, rows) for field in model._meta.local_concrete_fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in model._meta.local_concrete_fields)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of columns
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*columns, strict=True)))
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as Django does


def _values(field: models.Field[Any, Any], rows: Sequence[models.Model]) -> list[Any]:
    """One column of the rows, as the database keeps it."""
    if type(field).pre_save is models.Field.pre_save:
        values = list(map(attrgetter(field.attname), rows))
    else:
        values = [field.pre_save(row, add=True) for row in rows]
    if isinstance(field, models.ForeignKey):
        _demand_keys(field, values, rows)
    base = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(base, models.UUIDField):
        return [_hex(field, value) for value in values]
    if type(base) in _AS_IT_IS:
        same = _AS_IT_IS[type(base)]
        return [v if v is None or type(v) is same else _prepared(field, v) for v in values]
    if isinstance(base, JSONField):
        return [_prepared(field, value) for value in values]
    known: dict[Any, Any] = {}
    for value in set(values):
        known[value] = _prepared(field, value)
    return [known[value] for value in values]


def _demand_keys(
    field: models.ForeignKey[Any, Any], values: Sequence[object], rows: Sequence[models.Model]
) -> None:
    """A related row set before it had its key would be lost in silence."""
    for row, value in zip(rows, values, strict=True):
        if value is None and field.is_cached(row) and field.get_cached_value(row) is not None:
            message = f"{field}: the related row had no key when it was set"
            raise ValueError(message)


_AS_IT_IS: dict[type, type] = {
    models.CharField: str,
    models.TextField: str,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.SmallIntegerField: int,
    models.BigIntegerField: int,
    models.BooleanField: bool,
}
"""Fields that write a value of just this type unchanged."""


def _hex(field: models.Field[Any, Any], value: object) -> object:
    return value.hex if isinstance(value, UUID) else _prepared(field, value)


def _prepared(field: models.Field[Any, Any], value: object) -> object:
    return field.get_db_prep_save(value, connection)
