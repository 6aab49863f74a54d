"""Rows of tasks: how they roll up, and that they forget their light when they are written."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

Row = TypeVar("Row", bound=Model)


class RollUpChoices(models.TextChoices):
    """How far a node is, by its parts; declared per node, by weight unless said."""

    WEIGHTED = "weighted", _("按权重")
    SUM = "sum", _("完成值相加")
    MEAN = "mean", _("取平均")
    MIN = "min", _("取最低")
    LATEST = "latest", _("取最近一次报告")
    MILESTONES = "milestones", _("按节点完成数")


class TaskRows(QuerySet[Row]):
    """Every UPDATE of tasks passes here: it forgets the stored light, unless it names one.

    So no action can leave a light behind that no longer fits its facts; reading judges what has
    been forgotten, and the worker soon stores it again.
    """

    def update(self, **values: Any) -> int:  # noqa: ANN401 - any field's value
        """Write the values, and forget until when the light holds."""
        return super().update(**{"light_until": None} | values)
