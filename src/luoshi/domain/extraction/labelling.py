"""The JSON form of the corpus rules: one dictionary per document, for scoring and exchange."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luoshi.domain.extraction.models import Deadline, Item, QuantityMention, Reading


def to_labelling(reading: Reading, file: str) -> dict[str, Any]:
    """A reading as `{"file", "doc_type", "items": […]}`; values as JSON numbers, masked as null."""
    return {
        "file": file,
        "doc_type": reading.doc_type,
        "items": [_item(item) for item in reading.items],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "start": item.start,
        "end": item.end,
        "numbering_path": list(item.path),
        "deadline": _deadline(item.deadline),
        "responsible": list(item.responsible),
        "quantities": [_quantity(quantity) for quantity in item.quantities],
    }


def _deadline(deadline: Deadline | None) -> dict[str, str | None] | None:
    return None if deadline is None else {"text": deadline.text, "norm": deadline.norm}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _quantity(quantity: QuantityMention) -> dict[str, Any]:
    value = quantity.value
    number: Any = None
    if isinstance(value, tuple):
        number = [_number(part) for part in value]
    elif value is not None:
        number = _number(value)
    return {
        "name": quantity.name,
        "op": quantity.op,
        "value": number,
        "unit": quantity.unit,
        "period": quantity.period,
    }
