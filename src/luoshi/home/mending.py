"""One-click remedies: which control a finding's remedy needs, and the ledger's action behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.utils.dateparse import parse_date

from luoshi.adoption import actions as adoption_actions
from luoshi.adoption import queries as adoption
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.text import canon
from luoshi.goals.models import Plan, WorkLine
from luoshi.indicators import actions as indicators
from luoshi.indicators import queries as targets
from luoshi.journal.actions import Written
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone
from luoshi.ledger.carrying import NOBODY, roles_of
from luoshi.ledger.models import Dependency, Task
from luoshi.ledger.planfacts import counted
from luoshi.ledger.queries import visible_tasks
from luoshi.org import actions as org
from luoshi.org.models import DutyItem

Control = Literal[
    "leader", "unit", "owner", "date", "text", "node", "quarters", "button", "shares", "give",
    "item", "duty", "again", "link",
]  # fmt: skip
CONTROLS: Mapping[str, Control] = {
    "name_lead_leader": "leader",
    "name_lead_unit": "unit",
    "name_owner": "owner",
    "set_due_on": "date",
    "follow_parts": "button",
    "set_check_rhythm": "text",
    "set_quarter_states": "quarters",
    "add_milestone": "node",
    "set_acceptance_rule": "text",
    "set_measures": "text",
    "write_routine": "text",
    "even_weights": "button",
    "drop_dependency": "button",
    "edit_shares": "shares",
    "divide_again": "again",
    "assign_to_unit": "give",
    "hand_item": "button",
    "adopt": "item",
    "answer_problem": "item",
    "name_duty": "duty",
}
"""By the law's verb; what is not here is mended on the page that the finding leads to."""
OF_TASKS: frozenset[Control] = frozenset(
    {"leader", "unit", "owner", "date", "node", "quarters", "shares", "duty"}
)
"""Controls that need the task they stand at."""

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
    """Do what the remedy says by the room's own action; refusals are that room's sentences."""
    if sent.verb in _ELSEWHERE:
        return _ELSEWHERE[sent.verb](asking, sent)
    doing = _DOING.get(sent.verb)
    if doing is None:
        raise Refused(say("home.no_remedy"))
    return doing(asking, sent, task_of(asking, sent.subject))


def task_of(asking: Asking, key: UUID) -> Task:
    """A task of the plan in the actor's view; refused in words where it is none."""
    task = visible_tasks(asking.actor, asking.today).filter(pk=key, plan=asking.plan).first()
    if task is None:
        raise Refused(say("home.no_remedy"))
    return task


def _name(asking: Asking, sent: Mend, task: Task) -> Written:
    """Name who carries the item, or leave it open until a day (待定, legal with a date)."""
    if sent.values.get("open"):
        return _edit(asking, sent, task, undecided_until=sent.day())
    named: dict[str, Any] = {sent.verb.removeprefix("name_"): sent.row()}
    roles = replace(roles_of([task.pk]).get(task.pk, NOBODY), **named)
    return ledger.name_roles(
        **asking.by(sent), task=task, roles=roles, version=sent.version, reason=sent.reason
    )


def _hand(asking: Asking, sent: Mend, task: Task) -> Written:
    return _name(asking, replace(sent, verb="name_owner"), task)


def _follow(asking: Asking, sent: Mend, task: Task) -> Written:
    """The whole above a late part moves with it; `sent` stands at the part."""
    if task.parent is None:
        raise Refused(say("home.no_remedy"))
    return ledger.follow_parts(**asking.by(sent), task=task.parent, reason=sent.reason)


def _duty(asking: Asking, sent: Mend, task: Task) -> Written:
    line = DutyItem.objects.filter(
        pk=sent.row(), unit=asking.plan.unit, jurisdiction=asking.plan.jurisdiction
    ).exclude(list=DutyItem.List.WITHDRAWN)
    if not line.exists():
        raise Refused(say("home.no_value"))
    return _edit(asking, sent, task, duty_id=sent.row())


def _shares(asking: Asking, sent: Mend, task: Task) -> Written:
    """The figures typed for the parts, by their keys; what is no number is refused in words."""
    values = {}
    for name, text in sent.values.items():
        if name.startswith("share-"):
            values[UUID(name.removeprefix("share-"))] = _figure(text)
    return ledger.share_target(**asking.by(sent), task=task, values=values, reason=sent.reason)


def _figure(text: str) -> Decimal:
    try:
        return Decimal(canon(text).replace(",", "").strip())
    except ArithmeticError:
        raise Refused(say("home.no_figure", text=text[:20] or "—")) from None


def _give(asking: Asking, sent: Mend) -> Written:
    """A unit with nothing supports an item that was chosen (配合单位)."""
    task = task_of(asking, sent.row())
    held = roles_of([task.pk]).get(task.pk, NOBODY)
    roles = replace(held, supporting=(*held.supporting, sent.subject))
    return ledger.name_roles(**asking.by(sent), task=task, roles=roles, reason=sent.reason)


def _routine(asking: Asking, sent: Mend) -> Written:
    return org.write_routine(
        actor=asking.actor,
        today=asking.today,
        key=sent.key,
        post_id=sent.subject,
        version=sent.version,
        routine=sent.text(),
    )


def _again(asking: Asking, sent: Mend) -> Written:
    """Divide a target of the plan again by its own rule, as the page has shown it."""
    known = targets.divided_again(asking.actor, asking.today, [sent.subject])
    again = known.get(sent.subject)
    if again is None or again.target.plan_id != asking.plan.pk:
        raise Refused(say("home.no_remedy"))
    return indicators.divide_again(
        actor=asking.actor,
        today=asking.today,
        key=sent.key,
        target=again.target,
        version=sent.version,
        reason=sent.reason,
    )


def _take_up(asking: Asking, sent: Mend) -> Written:
    """An item that exists takes up what the text asks, or a person says why nothing follows."""
    draft = adoption.draft(asking.actor, asking.today, sent.subject)
    if draft is None:
        raise Refused(say("home.no_remedy"))
    task = task_of(asking, sent.row())
    return adoption_actions.tie(**asking.by(sent), draft=draft, task=task)


def _answer(asking: Asking, sent: Mend) -> Written:
    """An item that exists works on the problem; no item is made, and none leaves another one."""
    note = adoption.problem(asking.actor, asking.today, sent.subject)
    if note is None or note.plan_id != asking.plan.pk:
        raise Refused(say("home.no_remedy"))
    task = task_of(asking, sent.row())
    if task.problem_id not in {None, note.pk}:
        raise Refused(say("home.works_on_another", title=task.title))
    return ledger.edit_task(
        **asking.by(sent), task=task, version=task.version, reason=sent.reason, problem_id=note.pk
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
    if any(node.title == new.title for node in known):
        raise Refused(say("home.node_twice", title=new.title))
    nodes = sorted([*known, new], key=lambda node: node.due_on)
    return ledger.set_milestones(**asking.by(sent), task=task, nodes=nodes, version=sent.version)


def _drop(asking: Asking, sent: Mend, task: Task) -> Written:
    link = Dependency.objects.filter(task=task, predecessor=sent.row()).first()
    if link is None:
        raise Refused(say("home.no_remedy"))
    return ledger.drop_dependency(**asking.by(sent), dependency=link)


def _even(asking: Asking, sent: Mend) -> Written:
    """Siblings (or the tops of a line) make 100 again, in the proportions they have."""
    rows = visible_tasks(asking.actor, asking.today).filter(plan=asking.plan)
    group = rows.filter(parent=sent.subject)
    if WorkLine.objects.filter(pk=sent.subject, plan=asking.plan).exists():
        group = rows.filter(parent__isnull=True, line=sent.subject)
    tasks = [task for task in group if task.state != Task.State.CANCELLED and counted(task)]
    return ledger.balance_weights(**asking.by(sent), tasks=tasks, reason=sent.reason)


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
    "follow_parts": _follow,
    "edit_shares": _shares,
    "hand_item": _hand,
    "name_duty": _duty,
}
_ELSEWHERE: Mapping[str, Callable[[Asking, Mend], Written]] = {
    "even_weights": _even,
    "assign_to_unit": _give,
    "write_routine": _routine,
    "divide_again": _again,
    "adopt": _take_up,
    "answer_problem": _answer,
}
