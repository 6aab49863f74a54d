"""Which rows a pressed button of the reader's table means, and what to do with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import QueryDict

from luoshi.adoption import forms
from luoshi.adoption.page import ADOPTABLE, Section, sure
from luoshi.documents.models import DraftItem
from luoshi.domain.base import Refused, say

Drafts = Mapping[UUID, DraftItem]


@dataclass(frozen=True, slots=True)
class Meant:
    """A verb and the rows it is for."""

    verb: str
    chosen: Sequence[UUID]


def meant(post: QueryDict, drafts: Drafts, sections: Sequence[Section], today: date) -> Meant:
    """One row (`one`, `one_study`, …), a section (`all_of`, `study_of`), or by rule, or ticked.

    What is meant by a whole section or by a rule is only what stood on the page: rows that a
    filter hid are never decided unseen.
    """
    for name, verb in ONE.items():
        if key := post.get(name):
            return Meant(verb, [row for row in drafts if str(row) == key])
    seen = {row.draft_id for row in forms.rows(post)} or set(drafts)
    waiting = [
        draft
        for draft in drafts.values()
        if draft.state == DraftItem.State.DRAFT and draft.pk in seen
    ]
    for name, (verb, wanted) in SECTION.items():
        if name in post:
            section = _section(post.get(name, ""), sections)
            return Meant(verb, [d.pk for d in waiting if wanted(d) and section.holds(d)])
    verb = post.get("do", "")
    if verb == "adopt_sure":
        return Meant("adopt", [d.pk for d in waiting if sure(d, today)])
    if verb == "study_principles":
        return Meant("study", [d.pk for d in waiting if d.kind == DraftItem.Kind.PRINCIPLE])
    if verb == "as_proposed":
        return Meant(verb, [d.pk for d in waiting if d.disposition])
    return Meant(verb, [key for key in forms.picked(post) if key in drafts])


def _section(text: str, sections: Sequence[Section]) -> Section:
    number = forms.number(text)
    if number is None or number >= len(sections):
        raise Refused(say("adoption.nothing_chosen"))
    return sections[number]


ONE = {"one": "adopt", "one_measures": "adopt", "one_study": "study", "one_mechanism": "mechanism"}
SECTION: Mapping[str, tuple[str, Callable[[DraftItem], bool]]] = {
    "all_of": ("adopt", lambda draft: draft.kind in ADOPTABLE),
    "study_of": ("study", lambda draft: draft.kind == DraftItem.Kind.PRINCIPLE),
}
