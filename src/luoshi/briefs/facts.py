"""Rows become facts: each with an id that stays, its part of the review, and the rows behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.briefs.gather import Known
from luoshi.domain.brief import (
    Fact,
    FactKind,
    LineFacts,
    NextStep,
    ReviewFacts,
    date_text,
)
from luoshi.goals.models import Note, WorkLine
from luoshi.ledger.judging import CLOSED, OVER
from luoshi.ledger.models import Task

FINISHED, LATE, FIGURES, STEPS = 3, 2, 3, 6
"""How many closed tasks, late tasks, figures and next steps a line names; notes are all named."""

_AIMS = re.compile(
    "(?:力争|确保|达到|完成|实现|不少于|不低于|突破|稳定在?|[到至在超，,])+$|^(?:力争|确保|完成|实现)+"
)
OTHER = "其他重点工作"
"""The line of tasks that belong to none."""


@dataclass(slots=True)
class Made:
    """Facts as they are made: the rows behind each, and which line and part it speaks of."""

    on: date
    rows: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def fact(
        self,
        key: str,
        kind: FactKind,
        label: str,
        value: str | None,
        *,
        unit: str = "",
        row: tuple[str, UUID] | None = None,
        rows: Iterable[Task] = (),
        part: tuple[str, str] = ("", ""),
    ) -> Fact:
        """One fact of the day, filed under its line and part."""
        self.rows[key] = [str(task.pk) for task in rows]
        self.parts[key] = part
        where, row_id = row or ("", None)
        return Fact(key, kind, label, value, unit, self.on, where, row_id)


@dataclass(frozen=True, slots=True)
class Part:
    """A line with what belongs to it; `line` None holds what belongs to no line."""

    key: str
    name: str
    line: WorkLine | None
    leaves: Sequence[Task]
    tops: Sequence[Task]


def review_facts(known: Known) -> tuple[ReviewFacts, Made]:
    """The facts of a year's review and where each comes from; same rows, same facts."""
    made = Made(known.on)
    plan, place = known.plan, ("goals.plan", known.plan.pk)
    leaves = [task for task in known.tasks if task.is_leaf]
    superior = None
    if known.county:
        words = f"{known.county}委、{known.county[-1]}政府"
        superior = made.fact("superior", "name", "上级", words, row=place)
    checked = [task for task in _done(leaves) if task.verified_by_id]
    counts = _counts(made, "plan", "全镇", leaves, known.on, ("", "count"))
    return (
        ReviewFacts(
            town=made.fact("town", "name", "单位", plan.unit.short_name, row=place),
            year=made.fact("year", "year", "年度", str(plan.year), row=place),
            plan_year=made.fact("plan_year", "year", "计划年度", str(known.plan_year), row=place),
            as_of=made.fact("as_of", "date", "数据截至", date_text(known.on), row=place),
            superior=superior,
            problems=tuple(_problems(known, made)),
            lines=tuple(_line(known, made, part) for part in _parts(known, leaves)),
            total=counts["total"],
            done=counts["done"],
            overdue=counts["overdue"],
            verified=made.fact(
                "plan.verified",
                "count",
                "全镇经复核",
                str(len(checked)),
                unit="项",
                rows=checked,
                part=("", "count"),
            ),
        ),
        made,
    )


def _parts(known: Known, leaves: Sequence[Task]) -> Iterator[Part]:
    for line in known.lines:
        own = [task for task in known.tasks if task.line_id == line.pk]
        tops = [task for task in own if task.depth == 0]
        yield Part(str(line.pk), line.name, line, [t for t in own if t.is_leaf], tops)
    rest = [task for task in leaves if task.line_id is None]
    if rest:
        yield Part("other", OTHER, None, rest, [task for task in rest if task.depth == 0])


def _done(tasks: Iterable[Task]) -> list[Task]:
    return [task for task in tasks if task.state in CLOSED]


def overdue(tasks: Iterable[Task], on: date) -> list[Task]:
    """Tasks past their due date of which nobody has said that they are done; the oldest first."""
    late = [task for task in tasks if task.due_on and task.due_on < on and task.state not in OVER]
    return sorted(late, key=lambda task: (task.due_on or on, task.tree))


def _counts(
    made: Made, key: str, name: str, leaves: Sequence[Task], on: date, part: tuple[str, str]
) -> dict[str, Fact]:
    """Items in all, closed, past their date: each with its rows."""
    groups = {
        "total": ("重点任务", list(leaves)),
        "done": ("已办结", _done(leaves)),
        "overdue": ("到期未办结", overdue(leaves, on)),
    }
    return {
        word: made.fact(
            f"{key}.{word}",
            "count",
            f"{name}{label}",
            str(len(rows)),
            unit="项",
            rows=rows,
            part=part,
        )
        for word, (label, rows) in groups.items()
    }


def _line(known: Known, made: Made, part: Part) -> LineFacts:
    where = ("goals.workline", part.line.pk) if part.line else ("goals.plan", known.plan.pk)
    notes = [note for note in known.notes if note.line_id == (part.line.pk if part.line else None)]
    figures = list(_figures(known, made, part))
    told = {fact.url_id for fact in figures}
    counts = _counts(made, part.key, part.name, part.leaves, known.on, (part.key, "count"))
    return LineFacts(
        name=made.fact(
            f"{part.key}.name", "name", "专线", part.name, row=where, part=(part.key, "name")
        ),
        total=counts["total"],
        done=counts["done"],
        overdue=counts["overdue"],
        indicators=tuple(figures),
        achievements=tuple(_achievements(known, made, part, notes, told)),
        gaps=tuple(_gaps(known, made, part, notes)),
        no_gap=_no_gap(known, made, part),
        next_steps=tuple(_steps(known, made, part)),
    )


def _figures(known: Known, made: Made, part: Part) -> Iterator[Fact]:
    """Targets of the line's own tasks with the last figure told; one nobody told is 待补.

    A task that was closed without a figure is an achievement, not a missing figure.
    """
    seen: set[str] = set()
    aimed = [task for task in part.tops if task.target_value is not None]
    for task in sorted(aimed, key=lambda task: (-task.weight, task.tree)):
        value, label = known.values.get(task.pk), indicator_name(task)
        if not label or label in seen or (value is None and task.state in CLOSED):
            continue
        seen.add(label)
        yield made.fact(
            f"task.{task.pk}.value",
            "figure",
            label,
            None if value is None else plain(value),
            unit=task.target_unit,
            row=("ledger.task", task.pk),
            part=(part.key, "figure"),
        )
        if len(seen) == FIGURES:
            return


def indicator_name(task: Task) -> str:
    """What a target measures: the title up to its figure (到位资金 of 到位资金6亿元以上)."""
    assert task.target_value is not None
    before, figure, after = task.title.partition(f"{plain(task.target_value)}{task.target_unit}")
    if not figure or after not in {"", "以上", "以内", "左右"}:
        return ""
    name = re.sub(
        r"(?:力争|确保|达到|完成|实现|不少于|不低于|突破|稳定在?|[到至在超，,])+$", "", before
    )
    name = re.sub(r"^(?:力争|确保|完成|实现)+", "", name)
    return name if re.fullmatch(r"[^0-9，。；“”（）]{4,24}", name) else ""


def _achievements(
    known: Known, made: Made, part: Part, notes: Sequence[Note], told: set[UUID | None]
) -> Iterator[Fact]:
    """What people noted of the year, then what was closed; what a speech told of last year is not.

    An achievement read from the text that opened the year speaks of the year before.
    """
    for note in notes:
        if note.kind == Note.Kind.ACHIEVEMENT and not of_year_before(note, known.plan.year):
            yield _noted(made, note, part.key, "achievement")
    missed = {task.pk for task in _missed(known, part)}
    closed = [t for t in _done(part.leaves) if t.pk not in told and t.pk not in missed]
    heaviest = sorted(closed, key=lambda task: (task.depth, -task.weight, task.tree))
    for task in heaviest[:FINISHED]:
        words = _finished(task, known.values.get(task.pk))
        yield made.fact(
            f"task.{task.pk}.closed",
            "passage",
            task.number,
            words,
            row=("ledger.task", task.pk),
            part=(part.key, "achievement"),
        )


_BEGUN = re.compile(
    "建成|建设|完成|修通|修建|开展|实施|新增|新建|新签|引进|盘活|打造|推进|建立|组织|改造|整治|举办|制定|培育"
)


def _finished(task: Task, value: Decimal | None) -> str:
    """A closed task as the review tells it: with its figure, else as done (已建成…, 完成…)."""
    if value is not None:
        return f"{task.title}，实际完成{plain(value)}{task.target_unit}"
    if task.title.startswith("完成"):
        return task.title
    return f"已{task.title}" if _BEGUN.match(task.title) else f"完成{task.title}"


def of_year_before(note: Note, year: int) -> bool:
    """Whether a note was read from a text that opened the year."""
    if note.passage is None:
        return False
    written_for = note.passage.document.year
    return written_for is None or written_for <= year


def _missed(known: Known, part: Part) -> list[Task]:
    """Closed tasks whose figure stayed below the target: their place is among the gaps."""
    return [
        task
        for task in _done(part.leaves)
        if task.target_value is not None
        and task.target_op not in {"<=", "<"}
        and known.values.get(task.pk, task.target_value) < task.target_value
    ]


def _gaps(known: Known, made: Made, part: Part, notes: Sequence[Note]) -> Iterator[Fact]:
    """Gaps and problems noted and not solved, targets missed, then the tasks longest late."""
    kinds = (Note.Kind.GAP, Note.Kind.PROBLEM) if part.line else (Note.Kind.GAP,)
    for note in notes:
        if note.kind in kinds and _stands(note, known.on):
            yield _noted(made, note, part.key, "gap")
    for task in _missed(known, part):
        words = f"{_finished(task, known.values[task.pk])}，未达目标"
        yield made.fact(
            f"task.{task.pk}.missed",
            "passage",
            task.number,
            words,
            row=("ledger.task", task.pk),
            part=(part.key, "gap"),
        )
    for task in overdue(part.leaves, known.on)[:LATE]:
        assert task.due_on is not None
        days = (known.on - task.due_on).days
        yield made.fact(
            f"task.{task.pk}.late",
            "passage",
            task.number,
            f"“{task.title}”推进滞后，超期{days}天",
            row=("ledger.task", task.pk),
            part=(part.key, "gap"),
        )


def _stands(note: Note, on: date) -> bool:
    return note.solved_on is None or note.solved_on > on


def _noted(made: Made, note: Note, key: str, word: str) -> Fact:
    row, label = ("goals.note", note.pk), str(note.get_kind_display())
    return made.fact(f"note.{note.pk}", "passage", label, note.text, row=row, part=(key, word))


def _no_gap(known: Known, made: Made, part: Part) -> Fact | None:
    """The sentence of the leader in charge; without it a line with only praise stays 待补."""
    said = known.no_gaps.get(part.line.pk) if part.line else None
    if said is None:
        return None
    row, where = ("briefs.nogap", said.pk), (part.key, "no_gap")
    return made.fact(f"nogap.{said.pk}", "passage", "分管领导意见", said.text, row=row, part=where)


def _problems(known: Known, made: Made) -> Iterator[Fact]:
    """Problems of the town: those that earlier years left, with their age, then this year's."""
    for note in known.carried:
        days = (known.on - note.noted_on).days
        words = f"{note.text.rstrip('。；')}（{note.noted_on.year}年提出，至今{days}天）"
        row, where = ("goals.note", note.pk), ("", "carried")
        yield made.fact(f"note.{note.pk}", "passage", "跨年问题", words, row=row, part=where)
    for note in known.notes:
        if note.kind == Note.Kind.PROBLEM and note.line_id is None and _stands(note, known.on):
            yield _noted(made, note, "", "problem")


def _steps(known: Known, made: Made, part: Part) -> Iterator[NextStep]:
    """The line's open tasks, heaviest first, told in the order of their deadlines."""
    tasks = [t for t in _coming(known, part) if t.depth == 0 and t.state not in OVER]
    heaviest = sorted(tasks, key=lambda task: (-task.weight, task.tree))[:STEPS]
    for task in sorted(heaviest, key=lambda task: (task.due_on or date.max, task.tree)):
        key, row, where = f"task.{task.pk}", ("ledger.task", task.pk), (part.key, "next")
        due = unit = None
        title = task.title
        if task.due_on is not None and task.due_on < known.on:
            title = f"{title}（原定{date_text(task.due_on, known.plan_year)}，抓紧办结）"
        elif task.due_on is not None:
            words = date_text(task.due_on, known.plan_year)
            label = f"{task.number}完成时限"
            due = made.fact(f"{key}.due", "date", label, words, row=row, part=where)
        if task.unit_id != known.plan.unit_id:
            name, label = task.unit.short_name, f"{task.number}责任单位"
            unit = made.fact(f"{key}.unit", "name", label, name, row=row, part=where)
        yield NextStep(
            made.fact(f"{key}.next", "passage", task.number, title, row=row, part=where),
            due,
            unit,
        )


def _coming(known: Known, part: Part) -> list[Task]:
    """The tasks that come next in this line: by its name, else its number, in the next plan."""
    if known.coming is known.tasks or part.line is None:
        return list(part.tops) if known.coming is known.tasks else []
    names = {line.name for line in known.coming_lines.values()}
    same = {
        line.pk
        for line in known.coming_lines.values()
        if line.name == part.name or (part.name not in names and line.number == part.line.number)
    }
    return [task for task in known.coming if task.line_id in same]


def plain(value: Decimal) -> str:
    """A figure as the office writes it: 6, 5.3, never 6.0000 and never 1E+2."""
    return format(value.normalize(), "f")
