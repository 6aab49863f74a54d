"""走访 and 盯办: what a leader saw and promised on the spot, and what he watches by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.models import Blocker, Task
from luoshi.org.models import Post, Unit
from luoshi.store.rows import Editable, Row


class Visit(Editable):
    """走访记录: which post went, when, where, what was seen; the promise is an item of the ledger.

    `unit` is the town whose leader went. There is no place in coordinates, no clock, no photograph.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits")
    post = models.ForeignKey(Post, models.PROTECT, related_name="visits")
    person_id = models.UUIDField(_("走访人"))
    typed_by_id = models.UUIDField(_("代录人"), null=True)
    visited_on = models.DateField(_("走访日期"))
    place = models.CharField(_("地点"), max_length=100)
    seen = models.CharField(_("看到的情况"), max_length=500)
    promised = models.CharField(_("当场答应的事"), max_length=200, blank=True, default="")
    promise = models.ForeignKey(Task, models.PROTECT, null=True, related_name="promised_in")
    noted_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("走访记录")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(place="") & ~models.Q(seen=""), name="supervision_visit_whole"
            ),
            models.CheckConstraint(
                condition=models.Q(promised="", promise__isnull=True)
                | ~models.Q(promised="") & models.Q(promise__isnull=False),
                name="supervision_visit_promise_is_item",
            ),
            models.CheckConstraint(
                condition=models.Q(typed_by_id__isnull=True)
                | ~models.Q(typed_by_id=models.F("person_id")),
                name="supervision_visit_typed_by_other",
            ),
        )
        indexes = (
            models.Index(
                fields=["jurisdiction", "unit", "-visited_on"], name="supervision_visit_town"
            ),
            models.Index(
                fields=["jurisdiction", "post", "-visited_on"], name="supervision_visit_post"
            ),
        )


class VisitTie(Row):
    """What a visit was about: an item, and the blocker in its way where there was one."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="ties")
    task = models.ForeignKey(Task, models.PROTECT, related_name="visited")
    blocker = models.ForeignKey(Blocker, models.PROTECT, null=True, related_name="visited")
    unit_id = models.UUIDField(_("单位"))

    class Meta:
        verbose_name = _("走访事项")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "visit", "task"],
                condition=models.Q(blocker__isnull=True),
                name="supervision_visittie_task_once",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "visit", "blocker"],
                condition=models.Q(blocker__isnull=False),
                name="supervision_visittie_blocker_once",
            ),
        )
        indexes = (models.Index(fields=["jurisdiction", "task"], name="supervision_visittie_task"),)


class Watch(Editable):
    """盯办: an item that a leader's post follows by hand, with the next step and its day."""

    unit_id = models.UUIDField(_("单位"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="watches")
    task = models.ForeignKey(Task, models.PROTECT, related_name="watches")
    step = models.CharField(_("下一步"), max_length=200)
    step_on = models.DateField(_("下一步日期"))
    since_on = models.DateField(_("开始盯办"))
    ended_on = models.DateField(_("结束盯办"), null=True)

    class Meta:
        verbose_name = _("盯办事项")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "post", "task"],
                condition=models.Q(ended_on__isnull=True),
                name="supervision_watch_once",
            ),
            models.CheckConstraint(condition=~models.Q(step=""), name="supervision_watch_has_step"),
        )
        indexes = (models.Index(fields=["jurisdiction", "task"], name="supervision_watch_task"),)
