"""Lists by cursor: the next page starts after the last row's values, whatever was added since."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

M = TypeVar("M", bound=Model)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page: its rows, the cursor it was asked for, the cursor that follows ("" at the end)."""

    rows: Sequence[M]
    cursor: str
    following: str


def page_of(rows: QuerySet[M], order: Sequence[str], cursor: str = "", size: int = SIZE) -> Page[M]:
    """The page of `rows` after `cursor`.

    `order`: field names, "-" for descending, ending in "id"; none of them may be null. A cursor
    that is not ours is taken as the first page.
    """
    values = _read(rows.model, order, cursor)
    if values is not None:
        rows = rows.filter(_after(order, values))
    found = list(rows.order_by(*order)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(
        found, cursor if values is not None else "", _write(found[-1], order) if more else ""
    )


def _after(order: Sequence[str], values: Sequence[object]) -> Q:
    """Rows strictly after the values: (a > x) or (a = x and b > y) or …."""
    condition, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        plain = name.lstrip("-")
        condition |= same & Q(**{f"{plain}__{'lt' if name[0] == '-' else 'gt'}": value})
        same &= Q(**{plain: value})
    return condition


def _write(row: Model, order: Sequence[str]) -> str:
    values = [str(getattr(row, name.lstrip("-"))) for name in order]
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(model: type[Model], order: Sequence[str], cursor: str) -> list[object] | None:
    """The cursor's values as the model's fields understand them, or None."""
    if not cursor:
        return None
    try:
        texts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [
            _value(model, name.lstrip("-"), text) for name, text in zip(order, texts, strict=True)
        ]
    except (ValueError, TypeError, ValidationError, FieldDoesNotExist):
        return None


def _value(model: type[Model], name: str, text: str) -> object:
    field = model._meta.get_field(name)
    kind = field.get_internal_type() if isinstance(field, Field) else ""
    parsed: date | datetime | None
    if kind == "DateTimeField":
        parsed = parse_datetime(text)
    elif kind == "DateField":
        parsed = parse_date(text)
    else:
        return field.to_python(text)  # type: ignore[union-attr]
    if parsed is None:
        message = "not a date"
        raise ValueError(message)
    return parsed
