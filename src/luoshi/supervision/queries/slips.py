"""交办单: what goes out on paper, and whose receipt has not come back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Row, rows_of, sign_until, visible_tasks
from luoshi.org.models import Person
from luoshi.supervision.models import Intake

MOST = 100


@dataclass(frozen=True, slots=True)
class SlipShown:
    """One item that a unit has yet to sign for: by when, who asked."""

    row: Row
    asked_by: str
    sign_by: datetime | None

    @property
    def task(self) -> Task:
        """The task."""
        return self.row.task


def may_print_slips(actor: Actor) -> bool:
    """The office and the leaders hand out; an auditor may look."""
    return actor.has("assign") or "auditor" in actor.roles


def slips(actor: Actor, today: date, only: Collection[UUID] | None = None) -> Sequence[SlipShown]:
    """Items in view that wait for a signature, the longest first; `only` keeps those named.

    At most a hundred; a constant number of queries.
    """
    rows = visible_tasks(actor, today).filter(state=Task.State.ASSIGNED)
    if only is not None:
        rows = rows.filter(pk__in=list(only)[:MOST])
    keys = list(rows.order_by("assigned_at", "id").values_list("pk", flat=True)[:MOST])
    found = rows_of(actor, today, keys)
    asked = dict(Intake.objects.filter(task__in=keys).values_list("task", "asked_by"))
    people = {row.task.assigned_by_id for row in found}
    names: dict[UUID | None, str] = dict(
        Person.objects.filter(pk__in=people - {None}).values_list("pk", "name")
    )
    return [
        SlipShown(
            row,
            asked.get(row.task.pk) or names.get(row.task.assigned_by_id, ""),
            sign_until(row.task),
        )
        for row in found
    ]


def slip_pages(
    actor: Actor, found: Sequence[SlipShown]
) -> list[tuple[str, list[tuple[str, str]], str, str, list[tuple[str, str]]]]:
    """The words of each slip and its receipt, always Chinese: the paper's readers are cadres."""
    del actor
    return [_page(one) for one in found]


def _page(one: SlipShown) -> tuple[str, list[tuple[str, str]], str, str, list[tuple[str, str]]]:
    task, carriers = one.task, one.row.carriers
    unit = (carriers.lead_unit or task.unit).name
    person = carriers.person.name if carriers.person else "（待明确）"
    due = _due(task)
    facts = [
        ("编号", task.number),
        ("事项", task.title),
        ("承办单位", unit),
        ("责任人", person),
        ("完成时限", due),
        ("完成标准", task.acceptance or "按事项要求完成并报送结果"),
        ("交办人", one.asked_by),
        ("交办时间", _instant(task.assigned_at)),
    ]
    by = _instant(one.sign_by) if one.sign_by else ""
    note = f"请于{by}前签收，填写下方回执交党政办。" if by else "请签收后填写下方回执交党政办。"
    receipt = [
        ("编号、事项", f"{task.number}　{task.title}"),
        ("承办单位", unit),
        ("签收人、时间", ""),
        ("办理意见", "□按时办理　□不属本单位职责，应由（　　　　　）承办"),
        ("困难和需要", ""),
    ]
    return "交 办 单", facts, note, "回　执", receipt


def _due(task: Task) -> str:
    at = task.due_at or task.internal_due_at
    if at is not None:
        return _instant(at)
    day = task.due_on
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _instant(at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone(SHANGHAI)
    return f"{local.year}年{local.month}月{local.day}日{local:%H:%M}"
