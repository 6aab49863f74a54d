"""One item of two drafts of a meeting's different texts, or a person's word that they are two."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from luoshi.adoption.actions import keeping
from luoshi.adoption.models import Apart
from luoshi.documents.models import DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.likeness import Role, leading
from luoshi.domain.likeness.precedence import Field
from luoshi.goals.models import Meeting, MeetingText
from luoshi.journal.actions import Written, nothing, record, write

CARRIED: dict[Field, tuple[str, ...]] = {
    "due_on": ("due_on", "deadline_text", "deadline_norm"),
    "units": ("responsible",),
    "figures": ("quantities",),
}
"""Which columns go with each field that the order of the papers decides."""


@write("adoption.drafts.join")
def join(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    meeting: Meeting,
    draft_ids: tuple[UUID, UUID],
    key: str = "",
) -> Written:
    """Make one item of the same item in two texts of a meeting; each keeps its own passage.

    The draft of the leading paper takes the other in. Dates, units and figures are those of the
    paper whose word holds for them; what it leaves open is taken from the other. Only waiting
    drafts of two texts of the meeting; the act is undone like any merge.
    """
    del key
    drafts, roles = _pair(actor, meeting, draft_ids)
    papers = [cast("Role", roles[draft.document_id]) for draft in drafts]
    first = leading("title", papers, (True, True))
    kept, gone = drafts[first], drafts[1 - first]
    acts = [keeping.decide(actor, today, kept, **_united(drafts, papers))]
    acts.append(
        keeping.decide(
            actor, today, gone, state=DraftItem.State.MERGED.value, merged_into_id=kept.pk
        )
    )
    act = keeping.keep(actor, now, kept.document, "merge", acts)
    record(act, keeping.told(act), unit_id=kept.document.unit_id)
    return Written("adoption.act", act.pk, act.version, {"n": 2})


@write("adoption.drafts.apart")
def tell_apart(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    meeting: Meeting,
    draft_ids: tuple[UUID, UUID],
    key: str = "",
) -> Written:
    """Say that two drafts, though alike, are two matters: the pair is not proposed again.

    Neither draft changes. Said twice, it stands once; `compare_again` takes it back.
    """
    del key, today
    drafts, _roles = _pair(actor, meeting, draft_ids)
    first, second = sorted(drafts, key=lambda draft: draft.pk)
    row, made = Apart.objects.get_or_create(
        jurisdiction=meeting.jurisdiction,
        first=first,
        second=second,
        defaults={"person_id": actor.person_id, "at": now},
    )
    if not made:
        return nothing("adoption.apart", row.pk)
    changes = {"first": (None, str(first.pk)), "second": (None, str(second.pk))}
    record(row, changes, unit_id=meeting.unit_id)
    return Written("adoption.apart", row.pk, 0)


@write("adoption.drafts.compare")
def compare_again(*, actor: Actor, today: date, meeting: Meeting, apart: Apart) -> Written:
    """Take back the word that two drafts are two matters; where they are alike they show again."""
    del today
    for draft in (apart.first, apart.second):
        keeping.demand(actor, draft.document)
    changes = {"first": (str(apart.first_id), None), "second": (str(apart.second_id), None)}
    record(apart, changes, unit_id=meeting.unit_id)
    key = apart.pk
    apart.delete()
    return Written("adoption.apart", key, 0)


def _pair(
    actor: Actor, meeting: Meeting, draft_ids: tuple[UUID, UUID]
) -> tuple[list[DraftItem], dict[UUID, str]]:
    """The two waiting drafts, locked, and the role of each text of the meeting."""
    drafts = list(
        DraftItem.objects.select_for_update(of=("self",))
        .filter(jurisdiction=meeting.jurisdiction, pk__in=draft_ids)
        .select_related("passage", "document__unit")
        .order_by("id")
    )
    roles = dict(MeetingText.objects.filter(meeting=meeting).values_list("document_id", "role"))
    sources = {draft.document_id for draft in drafts} & set(roles)
    if len(drafts) != 2 or len(sources) != 2:
        raise Refused(say("adoption.not_of_meeting"))
    for draft in drafts:
        keeping.demand(actor, draft.document)
        if draft.state != DraftItem.State.DRAFT:
            raise Refused(say("adoption.decided", n=1, title=draft.title[:20]))
    return drafts, roles


def _united(drafts: list[DraftItem], papers: list[Role]) -> dict[str, Any]:
    """The columns of the joined draft, each from the paper whose word holds."""
    found: dict[str, Any] = {"masked": any(draft.masked for draft in drafts)}
    for field, columns in CARRIED.items():
        stated = [any(getattr(draft, column) for column in columns) for draft in drafts]
        holds = drafts[leading(field, papers, stated)]
        found |= {column: getattr(holds, column) for column in columns}
    return found
