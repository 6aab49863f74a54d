"""Rows of tasks that forget their light as soon as anything about them is written."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class TaskRows(QuerySet[Row]):
    """Every UPDATE of tasks passes here: it forgets the stored light, unless it names one.

    So no action can leave a light behind that no longer fits its facts; reading judges what has
    been forgotten, and the worker soon stores it again.
    """

    def update(self, **values: Any) -> int:  # noqa: ANN401 - any field's value
        """Write the values, and forget until when the light holds."""
        return super().update(**{"light_until": None} | values)
