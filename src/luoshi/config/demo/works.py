"""The works of the plan and of the day, read from the tables into tasks not yet told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from luoshi.config.demo import clock
from luoshi.config.demo.lines import line_key
from luoshi.config.demo.shapes import DemoQuantity, DemoTask, SourceKind
from luoshi.config.demo.tables import day, moment, names, quantity, rows
from luoshi.config.demo.units import TOWN, VILLAGES
from luoshi.domain.closing import SubjectKind, Urgency

PLANNED_ON = {2025: date(2025, 1, 13), 2026: date(2026, 1, 12)}
VILLAGES_PLANNED_ON = date(2026, 1, 19)
PLAN_TABLES = ("works_2026.txt", "works_2026_b.txt", "works_2026_c.txt", "projects_2026.txt")
ABOVE: frozenset[SourceKind] = frozenset({"county_assigned", "superior_paper", "rectification"})
URGENCIES = {"特急": Urgency.MOST_URGENT, "加急": Urgency.URGENT, "平件": Urgency.ORDINARY}
MONTHS = {2025: range(1, 13), 2026: range(1, 7)}

DESK_UNIT, STAND_IN = "党政办", "党建办"


@dataclass(frozen=True, slots=True)
class Sprout:
    """A task with its units and the nodes that the plan names; people and fate come later."""

    task: DemoTask
    lead: str
    support: tuple[str, ...] = ()
    nodes: tuple[tuple[date, str], ...] = ()


def sprouts() -> list[Sprout]:
    """Every task of both years, parents before parts, keys counted in the order of the tables."""
    found = [*_planned(), *_villages(), *_arrived(), *_closed_year()]
    found.extend(_spreads(found))
    for year in MONTHS:
        found.extend(_recurring(year))
    return [_checkable(sprout) for sprout in _weighted(found)]


def _checkable(sprout: Sprout) -> Sprout:
    """The town office verifies what others did, so it supports a task and does not lead it."""
    if sprout.lead != DESK_UNIT:
        return sprout
    lead, *others = [*sprout.support, STAND_IN]
    rest = tuple(unit for unit in others if unit not in {lead, STAND_IN})
    return replace(sprout, lead=lead, support=(DESK_UNIT, *rest))


def _task(
    key: str, year: int, title: str, aim: str, done_when: str, start: date, due: date | None
) -> DemoTask:
    """A planned own matter; what differs is replaced by the caller."""
    return DemoTask(
        key=key,
        year=year,
        plan=year,
        parent=None,
        line=None,
        project=None,
        title=title,
        aim=aim,
        measure="",
        done_when=done_when,
        source_kind="annual_focus",
        source_text=f"{year}年重点工作谋划会讲话",
        from_above=False,
        subject_kind="matter",
        urgency=Urgency.ORDINARY,
        assigner="",
        registered_on=PLANNED_ON[year],
        start_on=start,
        due_on=due,
        weight=0,
        quantity=None,
        passage=None,
        tone="",
        fate="draft",
    )


def _planned() -> Iterator[Sprout]:
    """The works of the speech of 2026 with their nodes and parts."""
    number = 0
    for name in PLAN_TABLES:
        block: list[Sprout] = []
        for row in rows(name, "=@>*-"):
            if row.mark == "=":
                yield from block
                number += 1
                block = [_work(f"2026-{number:03d}", row.cells)]
            elif row.mark == "-":
                block.append(_part(block[0], len(block), row.cells))
            else:
                block[0] = _amended(block[0], row.mark, row.cells)
                block[1:] = [_follow(block[0], part) for part in block[1:]]
        yield from block


def _work(key: str, cells: tuple[str, ...]) -> Sprout:
    line, title, aim, measure, done, lead, support, start, due, weight, tone, target = cells
    task = _task(key, 2026, title, aim, done, day(2026, start), day(2026, due))
    task = replace(
        task,
        line=line_key(2026, int(line)),
        measure=measure,
        weight=int(weight),
        tone=tone,
        quantity=quantity(target),
    )
    return Sprout(task, lead, names(support))


def _part(parent: Sprout, number: int, cells: tuple[str, ...]) -> Sprout:
    title, measure, done, lead, start, due, *target = cells
    task = replace(
        parent.task,
        key=f"{parent.task.key}.{number}",
        parent=parent.task.key,
        project=parent.task.project,
        title=title,
        measure=measure,
        done_when=done,
        start_on=day(2026, start),
        due_on=day(2026, due),
        weight=10,
        quantity=quantity(target[0] if target else ""),
        passage=None,
    )
    support = (parent.lead,) if lead != parent.lead else ()
    return Sprout(task, lead, support)


def _amended(work: Sprout, mark: str, cells: tuple[str, ...]) -> Sprout:
    """A project number, the words of the speech, or a node added to a work."""
    match mark:
        case "@":
            return replace(work, task=replace(work.task, project=int(cells[0])))
        case ">":
            return replace(work, task=replace(work.task, passage=cells[0]))
        case _:
            return replace(work, nodes=(*work.nodes, (day(2026, cells[0]), cells[1])))


def _follow(parent: Sprout, part: Sprout) -> Sprout:
    return replace(part, task=replace(part.task, project=parent.task.project))


def _villages() -> Iterator[Sprout]:
    """What a village or community plans of its own accord."""
    for number, row in enumerate(rows("villages_2026.txt", "~"), start=1):
        unit, line, title, aim, measure, done, start, due, tone, target = row.cells
        task = _task(f"2026-v{number:02d}", 2026, title, aim, done, day(2026, start), None)
        task = replace(
            task,
            line=line_key(2026, None if line == "-" else int(line)),
            measure=measure,
            due_on=day(2026, due),
            source_text=f"{unit}2026年自定工作",
            registered_on=VILLAGES_PLANNED_ON,
            weight=3,
            tone=tone,
            quantity=quantity(target),
        )
        yield Sprout(task, unit)


def _arrived() -> Iterator[Sprout]:
    """What arrived during the year: from above, from meetings, by word of mouth, from residents."""
    for number, row in enumerate(rows("daily_2026.txt", "+%"), start=1):
        if row.mark == "%":
            continue
        kind, title, source, aim, done, lead, received, due, urgency, subject, tone = row.cells
        source_kind = _source(kind)
        on = day(2026, received)
        limit = day(2026, due.split(" ")[0])
        above = source_kind in ABOVE
        task = _task(f"2026-d{number:02d}", 2026, title, aim, done, on, limit)
        yield Sprout(
            replace(
                task,
                plan=None,
                measure=f"{lead}拟定办理安排，按完成标准逐项落实",
                source_kind=source_kind,
                source_text=source,
                from_above=above,
                subject_kind=_subject(subject),
                urgency=URGENCIES[urgency],
                registered_on=on,
                due_at=moment(2026, due),
                internal_due_on=clock.add(limit, -2) if above else None,
                tone=tone,
            ),
            lead,
        )


def _source(text: str) -> SourceKind:
    kinds: dict[str, SourceKind] = {
        "county_assigned": "county_assigned",
        "superior_paper": "superior_paper",
        "meeting_decision": "meeting_decision",
        "instruction": "instruction",
        "rectification": "rectification",
        "resident_request": "resident_request",
        "temporary": "temporary",
    }
    return kinds[text]


def _subject(text: str) -> SubjectKind:
    return "problem" if text == "problem" else "matter"


def _recurring(year: int) -> Iterator[Sprout]:
    """The monthly duties, one task a month, due on the table's day or the working day before."""
    for row in rows("daily_2026.txt", "+%"):
        if row.mark == "+":
            continue
        title, aim, done, lead, on, tone = row.cells
        for month in MONTHS[year]:
            due = clock.on_or_before(date(year, month, int(on)))
            start = max(clock.add(due, -5), clock.on_or_after(date(year, 1, 2)))
            name = title.replace("{m}", f"{month}月")
            key = f"{year}-r{lead}-{month:02d}"
            yield Sprout(
                replace(
                    _task(key, year, name, aim, done, start, due),
                    plan=None,
                    measure="按上月做法办理，数据从台账取，不另行收表",
                    source_kind="recurring",
                    source_text="周期性工作",
                    registered_on=start,
                    tone=tone,
                ),
                lead,
            )


def _spreads(found: list[Sprout]) -> Iterator[Sprout]:
    """Parts that every village has: the total is divided by largest remainder, so it adds up."""
    by_title = {sprout.task.title: sprout for sprout in found if sprout.task.year == 2026}
    for row in rows("spreads_2026.txt", "&"):
        parent_title, title, measure, done, start, due, target, _rule = row.cells
        parent = by_title[parent_title]
        count = sum(sprout.task.parent == parent.task.key for sprout in found)
        whole = quantity(target)
        shares = divide(int(whole.value), VILLAGES.values()) if whole else []
        for number, village in enumerate(VILLAGES):
            cells = (title.replace("{unit}", village), measure, done, village, start, due)
            part = _part(parent, count + number + 1, cells)
            share = replace(whole, value=Decimal(shares[number])) if whole else None
            yield replace(part, task=replace(part.task, quantity=share))


def divide(whole: int, weights: Iterable[int]) -> list[int]:
    """Divide a whole number by weights with largest remainders: the parts add up exactly."""
    given = list(weights)
    total = sum(given)
    parts = [whole * weight // total for weight in given]
    rest = sorted(range(len(given)), key=lambda n: (-(whole * given[n] % total), n))
    for n in rest[: whole - sum(parts)]:
        parts[n] += 1
    return parts


def _closed_year() -> Iterator[Sprout]:
    """The plan of 2025 with its results."""
    for number, row in enumerate(rows("works_2025.txt", "="), start=1):
        line, title, aim, measure, done, lead, support, *rest = row.cells
        start, due, weight, tone, target, result, outcome = rest
        task = _task(f"2025-{number:03d}", 2025, title, aim, done, day(2025, start), None)
        aimed: DemoQuantity | None = quantity(target)
        task = replace(
            task,
            plan=None if line == "-" else 2025,
            line=line_key(2025, None if line == "-" else int(line)),
            source_kind="temporary" if line == "-" else "annual_focus",
            measure=measure,
            due_on=day(2025, due),
            weight=int(weight),
            tone=tone,
            quantity=aimed,
            result=Decimal(result) if result else None,
            outcome=outcome,
        )
        yield Sprout(task, lead, names(support))


def _heft(task: DemoTask) -> int:
    """A work's points: what comes to its end late in the year is the bulk of the year's work."""
    month = task.due_on.month if task.due_on else 12
    return task.weight * (2 if month < 6 else 3 if month < 8 else 7)


def _weighted(found: list[Sprout]) -> list[Sprout]:
    """Make the weights of every family add up to 100: a line's works, a work's parts."""
    families: dict[str, list[int]] = {}
    for place, sprout in enumerate(found):
        if sprout.task.plan is None:
            continue
        home = sprout.task.parent or sprout.task.line or f"{sprout.task.year}-{TOWN}"
        families.setdefault(home, []).append(place)
    for places in families.values():
        parts = divide(100, [_heft(found[place].task) for place in places])
        for place, weight in zip(places, parts, strict=True):
            found[place] = replace(found[place], task=replace(found[place].task, weight=weight))
    return found
