"""One index over every room's texts, by two-character pieces."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.store.rows import Row


class Indexed(Row):
    """A row that can be found; the engine's own index stands beside it.

    SQLite: the table `search_fts` (FTS5) under `docid`. PostgreSQL: the column `tsv` made of
    `pieces`, with a GIN index. Both are made by migration 0002.
    """

    unit_id = models.UUIDField(_("单位"))
    subject_kind = models.CharField(_("对象类别"), max_length=40)
    subject_id = models.UUIDField(_("对象"))
    title = models.CharField(_("标题"), max_length=400)
    pieces = models.TextField(_("字对"))
    docid = models.BigIntegerField(_("索引号"), unique=True)

    class Meta:
        verbose_name = _("检索条目")
        constraints = (
            models.UniqueConstraint(
                fields=["jurisdiction", "subject_kind", "subject_id"], name="search_indexed_once"
            ),
        )
