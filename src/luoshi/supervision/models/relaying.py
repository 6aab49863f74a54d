"""Reports typed for others (代录), and what they say of them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import ProgressReport
from luoshi.store.rows import Row


class Confirmation(Row):
    """代录确认: the person for whom the office typed a report says that it is so, or is not.

    It is no verification: whoever confirms is the doer.
    """

    report = models.OneToOneField(ProgressReport, models.PROTECT, related_name="confirmation")
    unit_id = models.UUIDField(_("单位"))
    agrees = models.BooleanField(_("属本人所报"))
    note = models.CharField(_("更正"), max_length=300, blank=True, default="")
    person_id = models.UUIDField(_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"))

    class Meta:
        verbose_name = _("代录确认")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(agrees=True) | ~models.Q(note=""),
                name="supervision_confirmation_says_what_is_wrong",
            ),
        )
