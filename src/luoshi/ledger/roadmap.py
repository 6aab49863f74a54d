"""The roadmap: the timetable's tasks as a map of what waits for what, laid out in layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from luoshi.ledger.bars import Bar, Timetable

WIDE, HIGH, GAP_X, GAP_Y, EDGE = 208, 46, 44, 10, 8
SHEET = 1520  # pixels across A3; what hangs together is never parted to fit
MOST_BOXES = 160
"""More boxes than these nobody reads on one sheet; a project at a time is drawn whole."""


@dataclass(frozen=True, slots=True)
class Box:
    """One task on the map, at its place in pixels."""

    bar: Bar
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Boxes in order of reading, arrows as paths, and the size of the sheet."""

    boxes: Sequence[Box]
    arrows: Sequence[str]
    width: int
    height: int
    left_out: int


def roadmap_of(table: Timetable) -> Roadmap:
    """Lay a timetable out: a task stands right of all it waits for, groups stay together.

    A project shows all its parts; a whole plan only what waits for something or is waited for. The
    days in the boxes are those of the timetable, so that both agree.
    """
    tied = {key for pair in table.links for key in pair}
    bars = [bar for bar in table.bars if bar.task.pk in tied or (table.root and bar.task.is_leaf)]
    shown = bars[:MOST_BOXES]
    known = {bar.task.pk: bar for bar in shown}
    links = [pair for pair in table.links if pair[0] in known and pair[1] in known]
    layer = _layers(known, links)
    places, height = _places(known, links, layer)
    boxes = [Box(bar, *places[key]) for key, bar in known.items()]
    width = EDGE + max((x for x, _y in places.values()), default=0) + WIDE
    arrows = [_arrow(places[before], places[after]) for before, after in links]
    return Roadmap(boxes, arrows, width, height + EDGE, len(bars) - len(shown))


def _layers(keys: Iterable[UUID], links: Sequence[tuple[UUID, UUID]]) -> dict[UUID, int]:
    """The longest way from a beginning, then each as near to what waits for it as that allows.

    What stands in a circle stays where it is first met.
    """
    layer = dict.fromkeys(keys, 0)
    waiting = dict.fromkeys(layer, 0)
    out: dict[UUID, list[UUID]] = {}
    for before, after in links:
        out.setdefault(before, []).append(after)
        waiting[after] += 1
    free = [key for key, count in waiting.items() if not count]
    for key in free:  # grows while it is read
        for after in out.get(key, ()):
            layer[after] = max(layer[after], layer[key] + 1)
            waiting[after] -= 1
            if not waiting[after]:
                free.append(after)
    for key in reversed(free):
        if key in out:
            layer[key] = min(layer[after] for after in out[key]) - 1
    return layer


def _places(
    bars: Mapping[UUID, Bar], links: Sequence[tuple[UUID, UUID]], layer: Mapping[UUID, int]
) -> tuple[dict[UUID, tuple[int, int]], int]:
    """Places by groups that hang together, side by side while the sheet is wide enough for them."""
    before: dict[UUID, list[UUID]] = {}
    for one, two in links:
        before.setdefault(two, []).append(one)
    places: dict[UUID, tuple[int, int]] = {}
    left, top, shelf = EDGE, EDGE, 0
    for group in _groups(bars, links):
        columns: dict[int, list[UUID]] = {}
        for key in group:
            columns.setdefault(layer[key], []).append(key)
        first = min(columns)
        wide = (max(columns) - first + 1) * (WIDE + GAP_X)
        if left > EDGE and left + wide > SHEET:
            left, top, shelf = EDGE, top + shelf, 0
        for number in sorted(columns):
            column = columns[number]
            column.sort(key=lambda key: _height_of(before.get(key, ()), places))
            for row, key in enumerate(column):
                x = left + (number - first) * (WIDE + GAP_X)
                places[key] = (x, top + row * (HIGH + GAP_Y))
        left += wide
        shelf = max(shelf, max(map(len, columns.values())) * (HIGH + GAP_Y))
    return places, top + shelf


def _height_of(before: Sequence[UUID], places: Mapping[UUID, tuple[int, int]]) -> float:
    """Where the predecessors stand on average: beside them fewer lines cross."""
    rows = [places[key][1] for key in before if key in places]
    return sum(rows) / len(rows) if rows else 0


def _groups(keys: Iterable[UUID], links: Sequence[tuple[UUID, UUID]]) -> list[list[UUID]]:
    """Tasks that hang together by links, in the order of the tree."""
    head = {key: key for key in keys}

    def top(key: UUID) -> UUID:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for before, after in links:
        head[top(after)] = top(before)
    groups: dict[UUID, list[UUID]] = {}
    for key in head:
        groups.setdefault(top(key), []).append(key)
    return list(groups.values())


def _arrow(one: tuple[int, int], two: tuple[int, int]) -> str:
    """A path from the right side of one box to the left side of the other."""
    x1, y1 = one[0] + WIDE, one[1] + HIGH // 2
    x2, y2 = two[0], two[1] + HIGH // 2
    return f"M{x1} {y1}C{x1 + GAP_X // 2} {y1} {x2 - GAP_X // 2} {y2} {x2} {y2}"
