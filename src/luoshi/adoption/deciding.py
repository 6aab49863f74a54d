"""Which act a pressed button of the reader's table asks for; asks back where a yes is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from luoshi.adoption import actions, choosing, forms, queries
from luoshi.adoption.actions.taking import TASKS
from luoshi.adoption.page import sections_of
from luoshi.documents import queries as documents
from luoshi.documents.models import Document, DraftItem
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.actions import Written

NEW = "new"


@dataclass(frozen=True, slots=True)
class Asked:
    """A pressed button with everything that stood in the form."""

    actor: Actor
    today: date
    now: datetime
    document: Document
    post: QueryDict

    @property
    def key(self) -> str:
        """The form's once-only key."""
        return self.post.get("key", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What was done, in words; or what must be asked first (`ask`: "plan", "late")."""

    told: str = ""
    ask: frozenset[str] = frozenset()
    year: int | None = None
    late: tuple[DraftItem, ...] = ()
    count: int = 0
    carried: list[tuple[str, str]] = field(default_factory=list)


def decide_on(asked: Asked) -> Answer:
    """Save what was typed in the rows, then do what the button says."""
    drafts = {
        draft.pk: draft for draft in documents.drafts(asked.actor, asked.today, asked.document.pk)
    }
    edits = forms.edits(asked.post, drafts)
    sections = sections_of(asked.document.outline, len(asked.document.text))
    meant = choosing.meant(asked.post, drafts, sections, asked.today)
    chosen = list(meant.chosen)
    if meant.verb == "adopt":
        edited = {key: fields for key, _version, fields in edits}
        if answer := _must_ask(asked, [drafts[key] for key in chosen if key in drafts], edited):
            return answer
    count = save_typed(asked)
    if meant.verb in VERBS:
        return VERBS[meant.verb](asked, chosen)
    if count:
        return Answer(_("已保存 %(n)d 条修改。") % {"n": count})
    raise Refused(say("adoption.nothing_chosen"))


def save_typed(asked: Asked) -> int:
    """Save what was typed in any row of the table; how many rows that were."""
    drafts = documents.drafts(asked.actor, asked.today, asked.document.pk)
    edits = forms.edits(asked.post, {draft.pk: draft for draft in drafts})
    if edits:
        actions.change(
            actor=asked.actor,
            today=asked.today,
            now=asked.now,
            document=asked.document,
            edits=edits,
            key=f"{asked.key}:edits" if asked.key else "",
        )
    return len(edits)


def _must_ask(
    asked: Asked, chosen: list[DraftItem], edited: Mapping[UUID, dict[str, object]]
) -> Answer | None:
    """A new plan needs a yes, and a due date that has passed a reason; both are asked at once."""
    missing: set[str] = set()
    if asked.post.get("plan") == NEW and not asked.post.get("confirm_plan"):
        missing.add("plan")
    late = tuple(draft for draft in chosen if _is_late(draft, edited, asked.today))
    if late and not asked.post.get("reason", "").strip():
        missing.add("late")
    if not chosen or not missing:
        return None
    year = (
        queries.year_to_open(asked.actor, asked.today, asked.document)
        if "plan" in missing
        else None
    )
    without = ("csrfmiddlewaretoken", "reason", "confirm_plan", "plan_year", "plan_title")
    return Answer(
        ask=frozenset(missing),
        year=year,
        late=late,
        count=len(chosen),
        carried=forms.carried(asked.post, without),
    )


def _is_late(draft: DraftItem, edited: Mapping[UUID, dict[str, object]], today: date) -> bool:
    fields = edited.get(draft.pk, {})
    due, kind = fields.get("due_on", draft.due_on), fields.get("kind", draft.kind)
    return isinstance(due, date) and due < today and kind in TASKS


def _adopt(asked: Asked, chosen: list[UUID]) -> Answer:
    plan, line = _plan(asked), None
    if key := asked.post.get("line"):
        line = WorkLine.objects.filter(plan=plan, pk=key).first()
        if line is None:
            raise Refused(say("adoption.line_of_other_plan", line=""))
    written = actions.adopt(
        actor=asked.actor,
        today=asked.today,
        now=asked.now,
        document=asked.document,
        draft_ids=chosen,
        plan=plan,
        line=line,
        ticks=forms.ticks(asked.post, queries.names(asked.actor, asked.today, asked.document)),
        remedies=bool(asked.post.get("remedies")),
        reason=asked.post.get("reason", "").strip(),
        key=asked.key,
    )
    told = _("已立项 %(n)d 项，列入《%(plan)s》。") % {"n": written.facts["n"], "plan": plan.title}
    if written.facts["left"]:
        told += _("另有 %(n)d 项是原则要求或套语，未立项。") % {"n": written.facts["left"]}
    return Answer(told)


def _plan(asked: Asked) -> Plan:
    """The chosen plan, or the new one that the person confirmed."""
    open_plans = queries.plans(asked.actor, asked.today, asked.document)
    chosen = asked.post.get("plan", "")
    if chosen != NEW:
        found = next((plan for plan in open_plans if str(plan.pk) == chosen), None)
        if found is None:
            raise Refused(say("adoption.no_plan"))
        return found
    year = forms.number(asked.post.get("plan_year", "")) or queries.year_to_open(
        asked.actor, asked.today, asked.document
    )
    if not 2000 <= year <= 2100:
        raise Refused(say("adoption.no_plan"))
    known = next((plan for plan in open_plans if plan.year == year), None)
    if known is not None:
        return known
    written = goals.create_plan(
        actor=asked.actor,
        today=asked.today,
        unit=asked.document.unit,
        year=year,
        title=asked.post.get("plan_title", "").strip()[:200],
        documents=[asked.document],
    )
    return Plan.objects.select_related("unit").get(pk=written.id)


def _set_aside(asked: Asked, chosen: list[UUID], how: str = "") -> Answer:
    """A reason that is a way of disposing by itself (传达学习) counts as that way."""
    reason = asked.post.get("why_not", "") or asked.post.get("why_not_other", "")
    if not how:
        how = "study" if reason == "传达学习" else "declined"
    elif how != "declined":
        reason = asked.post.get("why_not_other", "")
    written = actions.set_aside(
        actor=asked.actor,
        today=asked.today,
        now=asked.now,
        document=asked.document,
        draft_ids=chosen,
        reason=reason,
        disposition=how,
        key=f"{asked.key}:{how}" if asked.key else "",
    )
    told = {"study": _("传达学习"), "mechanism": _("建机制"), "declined": _("不采纳")}[how]
    return Answer(_("%(n)d 条已注明：%(how)s。") % {"n": written.facts["n"], "how": told})


def _as_proposed(asked: Asked, chosen: list[UUID]) -> Answer:
    """Set aside what local rules propose to, each as its rule says."""
    rows = documents.drafts(asked.actor, asked.today, asked.document.pk).filter(pk__in=chosen)
    told = [
        _set_aside(asked, [row.pk for row in rows if row.disposition == how], how).told
        for how in ("study", "mechanism")
        if any(row.disposition == how for row in rows)
    ]
    if not told:
        raise Refused(say("adoption.nothing_chosen"))
    return Answer(" ".join(told))


def _merge(asked: Asked, chosen: list[UUID]) -> Answer:
    written = actions.merge(
        actor=asked.actor,
        today=asked.today,
        now=asked.now,
        document=asked.document,
        draft_ids=chosen,
        key=asked.key,
    )
    return Answer(_("已将 %(n)d 条合并为一条。") % {"n": written.facts["n"]})


def _change_kind(asked: Asked, chosen: list[UUID]) -> Answer:
    kind = asked.post.get("to_kind", "")
    if kind not in DraftItem.Kind.values:
        raise Refused(say("adoption.no_kind"))
    written: Written = actions.change_kind(
        actor=asked.actor,
        today=asked.today,
        now=asked.now,
        document=asked.document,
        draft_ids=chosen,
        kind=kind,
        key=asked.key,
    )
    return Answer(_("已改 %(n)d 条的类别。") % {"n": written.facts.get("n", 0)})


VERBS: Mapping[str, Callable[[Asked, list[UUID]], Answer]] = {
    "adopt": _adopt,
    "set_aside": _set_aside,
    "study": partial(_set_aside, how="study"),
    "mechanism": partial(_set_aside, how="mechanism"),
    "as_proposed": _as_proposed,
    "merge": _merge,
    "change_kind": _change_kind,
}
