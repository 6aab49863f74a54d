"""Fields that several forms of the ledger share: a day, a chosen row, choices looked up late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms

Choices = Sequence[tuple[str, Any]]
"""Values with their labels; a label that is a list is a group of choices."""
EMPTY = ("", "—")


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def date_field(label: Any, *, required: bool = False) -> forms.DateField:  # noqa: ANN401 - lazy text
    """A day, as the browser's calendar gives it."""
    return forms.DateField(label=label, required=required, widget=DateInput())


def key_or_none(value: Any) -> UUID | None:  # noqa: ANN401 - a cleaned choice
    """A chosen row's key; nothing chosen is None."""
    return UUID(value) if value else None


def offer(form: forms.Form, name: str, choices: Choices | Callable[[], Choices]) -> None:
    """Offer the choices; given as a function, they are only looked up where they are needed."""

    def offered() -> list[Any]:
        return [EMPTY, *(choices() if callable(choices) else choices)]

    form.fields[name].choices = offered if callable(choices) else offered()  # type: ignore[attr-defined]
