"""Days on which word of an item is owed besides its nodes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.store.rows import Row


class AskedDay(Row):
    """A day on which word of an item is owed besides its nodes: a line of a weekly list."""

    task = models.ForeignKey("ledger.Task", models.CASCADE, related_name="asked_days")
    due_on = models.DateField(_("应报日期"))

    class Meta:
        verbose_name = _("应报日")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "task", "due_on"], name="ledger_askedday_once"
            ),
        )
