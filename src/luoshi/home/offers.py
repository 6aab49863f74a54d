"""What the coverage page offers for each finding: its control, and what one click would take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from luoshi.domain.base import Finding, Period, Value
from luoshi.domain.cascade import Part, divide
from luoshi.domain.text import pairs
from luoshi.goals.models import Plan
from luoshi.home.mending import CONTROLS, OF_TASKS, Control
from luoshi.indicators.queries import Again
from luoshi.ledger.models import Task
from luoshi.org.models import DutyItem, Post

if TYPE_CHECKING:
    from luoshi.ledger.queries.choosing import Choice

LIKE = 8
"""An item is proposed for a passage where so many percent of the passage's pairs are its own."""


STAGE = "第{quarter}季度阶段性成果"
"""The name proposed for a node in a bare quarter: data, to be typed over."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a target as the form shows it: what it has, and what would make the whole."""

    key: UUID
    title: str
    now: Decimal | None
    proposed: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A finding as the page shows it: its control, the row's version, what is proposed.

    `proposed` is a key that one click takes; `day` a date filled in; `quarters` those asked for.
    """

    finding: Finding
    control: Control
    verb: str
    subject: UUID | None
    version: int
    proposed: str = ""
    proposed_name: str = ""
    day: date | None = None
    quarters: Sequence[str] = ()
    shares: Sequence[Share] = ()
    again: Again | None = None

    @property
    def needs_reason(self) -> bool:
        """Whether the act changes a task, which a plan in force wants a reason for."""
        return self.verb not in {"write_routine", "adopt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the offers of one page are made from, read once."""

    plan: Plan
    tasks: Mapping[UUID, Task]
    posts: Mapping[UUID, Post]
    parts: Mapping[UUID, Sequence[Task]]
    names: Mapping[str, str]
    items: Sequence[Task] = ()
    words: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    again: Mapping[UUID, Again] = field(default_factory=dict)


def read(plan: Plan, found: Sequence[Finding], tasks: Mapping[UUID, Task]) -> dict[str, object]:
    """The rows behind a page's findings that are not tasks of their own: posts, parts, items."""
    posts = [one.where.id for one in found if one.where.kind == "post" and one.where.id]
    wholes = [one.where.id for one in found if one.code == "C06" and one.where.id]
    parts: dict[UUID, list[Task]] = {}
    if wholes:
        rows = Task.objects.filter(parent__in=wholes, plan=plan).exclude(state="cancelled")
        for row in rows.order_by("tree"):
            assert row.parent_id is not None
            parts.setdefault(row.parent_id, []).append(row)
    items: list[Task] = []
    if any(one.code in {"C08", "C11", "C14"} for one in found):
        items = list(open_items(plan))
    return {
        "plan": plan,
        "tasks": tasks,
        "posts": Post.objects.in_bulk(posts) if posts else {},
        "parts": parts,
        "items": items,
        "words": {
            item.pk: pairs(f"{item.title}{item.measures}{item.acceptance}") for item in items
        },
    }


def open_items(plan: Plan) -> Iterable[Task]:
    """The plan's items that may still take something up, in the order of the ledger."""
    rows = Task.objects.filter(plan=plan).exclude(state__in=["cancelled", "archived"])
    return rows.only("number", "title", "measures", "acceptance", "plan", "version").order_by(
        "tree"
    )


def item_choices(items: Sequence[Task]) -> list[Choice]:
    """Items as a form offers them: number and title."""
    return [(str(item.pk), name_of(item)) for item in items]


def name_of(item: Task) -> str:
    """Number and title, as typed and as shown."""
    return f"{item.number} {item.title}"


def duty_choices(plan: Plan) -> list[Choice]:
    """The lines of the town's own lists, under which an item may fall."""
    lines = DutyItem.objects.filter(unit=plan.unit, jurisdiction=plan.jurisdiction)
    own = lines.exclude(list=DutyItem.List.WITHDRAWN).order_by("list", "position")
    return [
        (str(line.pk), f"{line.get_list_display()} {line.position} {line.text}") for line in own
    ]


def offer(found: Finding, known: Known) -> Offer:
    """What the page can do about a finding in one click."""
    remedy = found.remedy
    verb = remedy.verb if remedy else ""
    params: Mapping[str, Value] = remedy.params if remedy else {}
    if verb == "set_due_on" and found.code == "C07" and known.plan.state == Plan.State.IN_FORCE:
        verb = "follow_parts"  # in force a deadline is never taken back, only extended in the open
    subject = found.where.id
    if verb == "hand_item":
        subject = UUID(str(params["task"])) if "task" in params else None
    task = known.tasks.get(subject) if subject else None
    control = CONTROLS.get(verb, "link")
    if (control in OF_TASKS and task is None) or subject is None:
        control = "link"
    again = known.again.get(subject) if control == "again" and subject else None
    if control == "again" and again is None:
        control = "link"
    due, asked = params.get("due_on"), _quarters(params)
    day = due if isinstance(due, date) else None
    if control == "node" and asked:
        day = Period.quarter(known.plan.year, int(asked[0])).end
    proposed = _proposed(found, verb, params, known)
    return Offer(
        found,
        control,
        verb,
        subject,
        again.target.version if again else _version(verb, subject, task, known),
        proposed,
        str(params.get("title", "")) if verb == "hand_item" else known.names.get(proposed, ""),
        day,
        asked,
        _shares(task, known) if verb == "edit_shares" and task else (),
        again,
    )


def _version(verb: str, subject: UUID | None, task: Task | None, known: Known) -> int:
    if verb == "write_routine" and subject is not None and subject in known.posts:
        return known.posts[subject].version
    return task.version if task else 0


def _proposed(found: Finding, verb: str, params: Mapping[str, Value], known: Known) -> str:
    match verb:
        case "drop_dependency":
            return str(params.get("before", ""))
        case "add_milestone":
            return STAGE.format(quarter=_quarters(params)[0]) if _quarters(params) else ""
        case "adopt" | "answer_problem":
            return _nearest(found.where.label, known)
        case _:
            return str(params.get("propose", ""))


def _quarters(params: Mapping[str, Value]) -> tuple[str, ...]:
    quarters = params.get("quarters")
    return quarters if isinstance(quarters, tuple) else ()


def _nearest(text: str, known: Known) -> str:
    """The item whose words share most with a passage; nothing where none is near."""
    asked = pairs(text)
    if not asked:
        return ""
    best, nearest = 0, ""
    for item in known.items:
        share = 100 * len(asked & known.words[item.pk]) // len(asked)
        if share > best:
            best, nearest = share, str(item.pk)
    return nearest if best >= LIKE else ""


def _shares(whole: Task, known: Known) -> tuple[Share, ...]:
    """The parts of a target with figures that make the whole: what lacks is shared by proportion.

    Parts without a figure get what is left; where all have one, all move in proportion.
    """
    parts = [
        part for part in known.parts.get(whole.pk, ()) if part.target_unit == whole.target_unit
    ]
    total = whole.target_value
    if total is None or not parts:
        return ()
    figures = [part.target_value for part in parts]
    digits = [-int(f.normalize().as_tuple().exponent) for f in (total, *figures) if f is not None]
    step = Decimal(1).scaleb(-max(0, *digits))
    some_missing = None in figures
    asked = [
        Part(
            part.pk,
            part.title,
            weight=Decimal(1) if some_missing else part.target_value,
            fixed=part.target_value if some_missing else None,
        )
        for part in parts
    ]
    division = divide(total, asked, "weight", step)
    if isinstance(division, Finding):
        division = divide(
            total, [Part(p.pk, p.title, weight=Decimal(1)) for p in parts], "equal", step
        )
    if isinstance(division, Finding):
        return ()
    return tuple(
        Share(part.pk, part.title, part.target_value, one.value, part.target_unit)
        for part, one in zip(parts, division.slices, strict=True)
    )
