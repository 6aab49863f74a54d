"""The same item in two texts of a meeting, as the page shows it. No writing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.adoption.models import Apart
from luoshi.documents import queries as documents
from luoshi.documents.models import DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.likeness import Asked, Difference, Likeness, Role, alike, differences
from luoshi.goals import queries as goals
from luoshi.goals.models import Meeting, MeetingText

COMPARED = (
    DraftItem.Kind.GOAL,
    DraftItem.Kind.INDICATOR,
    DraftItem.Kind.TASK,
    DraftItem.Kind.PROBLEM,
)


FIELD_WORDS = {"due_on": _("时限"), "units": _("责任单位"), "figures": _("指标数值")}


@dataclass(frozen=True, slots=True)
class Told:
    """A field in which two papers differ, in words: what holds, and what gives way."""

    word: str
    kept: str
    kept_word: str
    other: str
    other_word: str


@dataclass(frozen=True, slots=True)
class Same:
    """Two drafts that seem to be one item: of which papers, why, and where they differ."""

    first: DraftItem
    second: DraftItem
    first_text: MeetingText
    second_text: MeetingText
    likeness: Likeness
    differences: tuple[Difference, ...]

    @property
    def shown(self) -> list[Told]:
        """The differences as the page words them."""
        label = {role.value: str(role.label) for role in MeetingText.Role}
        return [
            Told(
                str(FIELD_WORDS[one.field]),
                one.kept,
                label[one.kept_of],
                one.other,
                label[one.other_of],
            )
            for one in self.differences
        ]


@dataclass(frozen=True, slots=True)
class Compared:
    """A meeting's texts beside each other: pairs that seem to be one item, and pairs told apart."""

    pairs: tuple[Same, ...]
    apart: tuple[Apart, ...]


def compared(actor: Actor, today: date, meeting: Meeting) -> Compared:
    """What of a meeting's waiting drafts seems to be said twice, the surest first.

    A pair that somebody said is two matters is not proposed again; it is listed, latest first.
    """
    texts = {text.document_id: text for text in goals.texts(actor, today, meeting)}
    drafts = waiting(actor, today, list(texts))
    by_key = {str(draft.pk): draft for draft in drafts}
    apart = _told_apart(actor, texts)
    two = {frozenset((str(row.first_id), str(row.second_id))) for row in apart}
    pairs = tuple(
        _same(by_key[found.first], by_key[found.second], texts, found)
        for found in alike([asked(draft) for draft in drafts])
        if frozenset((found.first, found.second)) not in two
    )
    return Compared(pairs, apart)


def _told_apart(actor: Actor, document_ids: Iterable[UUID]) -> tuple[Apart, ...]:
    """The pairs told apart among the waiting drafts of texts that the actor reads; one query."""
    keys = list(document_ids)
    return tuple(
        Apart.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            first__document__in=keys,
            second__document__in=keys,
            first__state=DraftItem.State.DRAFT,
            second__state=DraftItem.State.DRAFT,
        )
        .select_related("first__document__unit", "second__document__unit")
        .order_by("-at", "id")
    )


def waiting(actor: Actor, today: date, document_ids: Sequence[UUID]) -> list[DraftItem]:
    """The drafts of some texts that ask for something and are not decided; one query."""
    return list(
        DraftItem.objects.filter(
            jurisdiction=actor.jurisdiction_id,
            document__in=documents.documents(actor, today)
            .order_by()
            .filter(pk__in=document_ids)
            .values("pk"),
            state=DraftItem.State.DRAFT,
            kind__in=COMPARED,
        )
        .select_related("passage")
        .order_by("id")
    )


def asked(draft: DraftItem) -> Asked:
    """A draft as the law compares it; a masked figure is no figure."""
    figures = {
        (value if isinstance(value, str) else "-".join(value), one["unit"])
        for one in draft.quantities
        if (value := one["value"]) is not None
    }
    return Asked(
        str(draft.pk),
        str(draft.document_id),
        draft.title,
        frozenset(figures),
        frozenset(part["name"] for part in draft.responsible),
    )


def stated(draft: DraftItem) -> Mapping[str, str]:
    """What a draft says in each field, in words; what it does not say is empty."""
    figures = (
        f"{one['name']}{one['value'] if isinstance(one['value'], str) else '-'.join(one['value'])}"
        f"{one['unit']}"
        for one in draft.quantities
        if one["value"] is not None
    )
    return {
        "due_on": draft.due_on.isoformat() if draft.due_on else draft.deadline_text,
        "units": "、".join(part["name"] for part in draft.responsible),
        "figures": "、".join(figures),
    }


def _same(
    first: DraftItem, second: DraftItem, texts: Mapping[UUID, MeetingText], found: Likeness
) -> Same:
    one, other = texts[first.document_id], texts[second.document_id]
    here, there = stated(first), stated(second)
    roles = cast("tuple[Role, Role]", (one.role, other.role))
    told = differences(roles, {name: (here[name], there[name]) for name in here})  # type: ignore[misc]
    return Same(first, second, one, other, found, told)
