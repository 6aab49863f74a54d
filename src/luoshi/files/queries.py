"""Attachments that the actor may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.files.models import Attachment
from luoshi.files.registry import may_read


def attachment(actor: Actor, today: date, attachment_id: UUID) -> Attachment | None:
    """One attachment, if it passed its check and the subject's room lets the actor read it."""
    row = Attachment.objects.filter(
        pk=attachment_id, jurisdiction=actor.jurisdiction_id, state=Attachment.State.OK
    ).first()
    if row is None or not may_read(actor, today, row.subject_kind, row.subject_id):
        return None
    return row


def attachments(
    actor: Actor, today: date, kind: str, subject_ids: Sequence[UUID]
) -> Mapping[UUID, list[Attachment]]:
    """The attachments of subjects of one kind, by subject; none of those the actor may not read.

    One query for the rows, and the room's own check for each subject that has any.
    """
    found: dict[UUID, list[Attachment]] = {}
    rows = Attachment.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        subject_kind=kind,
        subject_id__in=list(subject_ids),
        state=Attachment.State.OK,
    ).order_by("added_at", "id")
    for row in rows:
        found.setdefault(row.subject_id, []).append(row)
    return {key: rows for key, rows in found.items() if may_read(actor, today, kind, key)}
