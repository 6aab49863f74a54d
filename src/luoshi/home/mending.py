"""One-click remedies: which control a finding's remedy needs, and the ledger's action behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.dateparse import parse_date

from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Period, Refused, say
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.actions import Written
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone
from luoshi.ledger.carrying import NOBODY, roles_of
from luoshi.ledger.models import Dependency, Task
from luoshi.ledger.queries import visible_tasks

Control = Literal["leader", "unit", "owner", "date", "text", "node", "quarters", "button", "link"]
CONTROLS: Mapping[str, Control] = {
    "name_lead_leader": "leader",
    "name_lead_unit": "unit",
    "name_owner": "owner",
    "set_due_on": "date",
    "set_check_rhythm": "text",
    "set_quarter_states": "quarters",
    "add_milestone": "node",
    "set_acceptance_rule": "text",
    "set_measures": "text",
    "even_weights": "button",
    "drop_dependency": "button",
}
"""By the law's verb; what is not here is mended on the page that the finding leads to."""

PLAIN_WEIGHT = 100
TEXT_FIELDS = {
    "set_check_rhythm": "check_rhythm",
    "set_acceptance_rule": "acceptance",
    "set_measures": "measures",
}


@dataclass(frozen=True, slots=True)
class Mend:
    """What a person sent to mend one finding. `values` are the form's own texts."""

    verb: str
    subject: UUID
    values: Mapping[str, str]
    version: int
    reason: str = ""
    key: str = ""

    def text(self, name: str = "value") -> str:
        """A value that must be there; refused in words where it is not."""
        said = self.values.get(name, "").strip()
        if not said:
            raise Refused(say("home.no_value"))
        return said

    def day(self) -> date:
        """A day that must be there."""
        try:
            found = parse_date(self.text("day"))
        except ValueError:
            found = None
        if found is None:
            raise Refused(say("home.no_value"))
        return found

    def row(self) -> UUID:
        """The key of a unit or post that was chosen by name."""
        try:
            return UUID(self.text())
        except ValueError:
            raise Refused(say("home.no_value")) from None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who mends, when, in which plan."""

    actor: Actor
    today: date
    now: datetime
    plan: Plan

    def by(self, sent: Mend) -> dict[str, Any]:
        """What every action takes first, and the form's key."""
        return {"actor": self.actor, "today": self.today, "now": self.now, "key": sent.key}


def mend(asking: Asking, sent: Mend) -> Written:
    """Do what the remedy says by the ledger's own action; refusals are the ledger's sentences."""
    if sent.verb == "even_weights":
        return _even(asking, sent)
    task = visible_tasks(asking.actor, asking.today).filter(pk=sent.subject).first()
    if task is None or task.plan_id != asking.plan.pk:
        raise Refused(say("home.no_remedy"))
    doing = _DOING.get(sent.verb)
    if doing is None:
        raise Refused(say("home.no_remedy"))
    return doing(asking, sent, task)


def _name(asking: Asking, sent: Mend, task: Task) -> Written:
    named: dict[str, Any] = {sent.verb.removeprefix("name_"): sent.row()}
    roles = replace(roles_of([task.pk]).get(task.pk, NOBODY), **named)
    return ledger.name_roles(
        **asking.by(sent), task=task, roles=roles, version=sent.version, reason=sent.reason
    )


def _edit(asking: Asking, sent: Mend, task: Task, **changes: Any) -> Written:  # noqa: ANN401
    return ledger.edit_task(
        **asking.by(sent), task=task, version=sent.version, reason=sent.reason, **changes
    )


def _text(asking: Asking, sent: Mend, task: Task) -> Written:
    return _edit(asking, sent, task, **{TEXT_FIELDS[sent.verb]: sent.text()})


def _date(asking: Asking, sent: Mend, task: Task) -> Written:
    return _edit(asking, sent, task, due_on=sent.day())


def _quarters(asking: Asking, sent: Mend, task: Task) -> Written:
    """The state that must be true at each quarter's end; what stood there stays."""
    said = [*task.quarter_states, "", "", "", ""][:4]
    told = [sent.values.get(f"q{number}", "").strip() for number in range(1, 5)]
    if not any(told):
        raise Refused(say("home.no_value"))
    states = [new or old for new, old in zip(told, said, strict=True)]
    return _edit(asking, sent, task, quarter_states=states)


def _node(asking: Asking, sent: Mend, task: Task) -> Written:
    known = [
        NewMilestone(title=row.title, due_on=row.due_on, standard=row.standard, share=row.share)
        for row in task.milestones.order_by("position")
    ]
    new = NewMilestone(title=sent.text(), due_on=sent.day())
    nodes = sorted([*known, new], key=lambda node: node.due_on)
    return ledger.set_milestones(**asking.by(sent), task=task, nodes=nodes, version=sent.version)


def _drop(asking: Asking, sent: Mend, task: Task) -> Written:
    link = Dependency.objects.filter(task=task, predecessor=sent.row()).first()
    if link is None:
        raise Refused(say("home.no_remedy"))
    return ledger.drop_dependency(**asking.by(sent), dependency=link)


def _even(asking: Asking, sent: Mend) -> Written:
    """Siblings (or the tops of a line) weigh the same again: the plain weight, which is legal."""
    rows = visible_tasks(asking.actor, asking.today).filter(plan=asking.plan)
    group = rows.filter(parent=sent.subject)
    if WorkLine.objects.filter(pk=sent.subject, plan=asking.plan).exists():
        group = rows.filter(parent__isnull=True, line=sent.subject)
    group = group.exclude(state=Task.State.CANCELLED)
    return ledger.bulk_edit(
        **asking.by(sent),
        tasks=list(group),
        reason=sent.reason,
        weight=PLAIN_WEIGHT,
    )


_DOING: Mapping[str, Callable[[Asking, Mend, Task], Written]] = {
    "name_lead_leader": _name,
    "name_lead_unit": _name,
    "name_owner": _name,
    "set_due_on": _date,
    "set_check_rhythm": _text,
    "set_acceptance_rule": _text,
    "set_measures": _text,
    "set_quarter_states": _quarters,
    "add_milestone": _node,
    "drop_dependency": _drop,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A finding as the page shows it: its control, the row's version, what is proposed.

    `proposed` is a key that one click takes; `day` a date filled in; `quarters` those asked for.
    """

    finding: Finding
    control: Control
    subject: UUID | None
    version: int
    proposed: str = ""
    proposed_name: str = ""
    day: date | None = None
    quarters: Sequence[str] = ()


def offer(found: Finding, task: Task | None, year: int, names: Mapping[str, str]) -> Offer:
    """What the page can do about a finding in one click."""
    remedy = found.remedy
    verb = remedy.verb if remedy else ""
    params = remedy.params if remedy else {}
    control = CONTROLS.get(verb, "link")
    if control not in {"button", "link"} and task is None:
        control = "link"
    due, quarters = params.get("due_on"), params.get("quarters")
    asked = quarters if isinstance(quarters, tuple) else ()
    day = due if isinstance(due, date) else None
    if control == "node" and asked:
        day = Period.quarter(year, int(asked[0])).end
    proposed = str(params.get("before" if verb == "drop_dependency" else "propose", ""))
    return Offer(
        found,
        control,
        found.where.id,
        task.version if task else 0,
        proposed,
        names.get(proposed, ""),
        day,
        asked,
    )
