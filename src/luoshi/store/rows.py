"""Abstract rows: a key that orders by time, the jurisdiction, and an optimistic lock."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from uuid6 import uuid7


class Row(models.Model):
    """A row of one jurisdiction. `jurisdiction` is kept by value: it is the distribution key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    jurisdiction = models.UUIDField(_("辖区"), editable=False)

    class Meta:
        abstract = True


class Editable(Row):
    """A row that people edit; every save names the version it was made from."""

    version = models.PositiveIntegerField(_("版次"), default=1, editable=False)

    class Meta:
        abstract = True


class Stale(Exception):  # noqa: N818 - an answer to show, with both values
    """Somebody else saved first; carries what was tried and what now stands."""

    def __init__(self, row: Editable, tried: dict[str, Any], current: dict[str, Any]) -> None:
        super().__init__(f"{row._meta.label} {row.pk}")
        self.row, self.tried, self.current = row, tried, current


def save(row: Editable, expected: int | None, **changes: Any) -> dict[str, tuple[Any, Any]]:  # noqa: ANN401
    """Write the named fields if the row still has the expected version; return before and after.

    `expected` None means "the version I hold" (a row read under lock in this transaction). Raises
    `Stale` when another save came between; then nothing is written.
    """
    expected = row.version if expected is None else expected
    before = {name: getattr(row, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    if not changed and expected == row.version:
        return {}
    written = (
        type(row)
        ._base_manager.filter(pk=row.pk, version=expected)
        .update(**changed, version=expected + 1)
    )
    if not written:
        current = type(row)._base_manager.get(pk=row.pk)
        raise Stale(current, changes, {name: getattr(current, name) for name in changes})
    for name, value in changed.items():
        setattr(row, name, value)
    row.version = expected + 1
    return {name: (before[name], value) for name, value in changed.items()}
