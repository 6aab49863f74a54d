"""The roadmap: the timetable's tasks as a map of what waits for what, laid out in layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from luoshi.ledger.bars import Bar, Timetable

WIDE, HIGH, GAP_X, GAP_Y, EDGE = 208, 46, 44, 10, 8
SHEET, SHEET_HIGH = 1520, 1000
"""Pixels of an A3 sheet; what hangs together is never parted to fit one."""
MOST_BOXES = 160
"""More boxes than these nobody reads on one sheet; a project at a time is drawn whole."""


@dataclass(frozen=True, slots=True)
class Box:
    """One task on the map, at its place in pixels."""

    bar: Bar
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one page of paper: boxes, arrows as paths, and its height."""

    boxes: Sequence[Box]
    arrows: Sequence[str]
    height: int


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Sheets one under the other, all of one width; no box and no arrow crosses their edges."""

    sheets: Sequence[Sheet]
    width: int
    left_out: int

    @property
    def boxes(self) -> Sequence[Box]:
        """All boxes in order of reading."""
        return [box for sheet in self.sheets for box in sheet.boxes]

    @property
    def arrows(self) -> Sequence[str]:
        """All arrows."""
        return [arrow for sheet in self.sheets for arrow in sheet.arrows]


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
    shelves = _places(known, links, layer)
    places = {key: place for shelf in shelves for key, place in shelf.items()}
    width = EDGE + max((x for x, _y in places.values()), default=0) + WIDE
    sheets = [_sheet(known, links, part) for part in _sheets(shelves)]
    return Roadmap(sheets, width, len(bars) - len(shown))


Place = tuple[int, int]


def _sheets(shelves: Sequence[Mapping[UUID, Place]]) -> list[dict[UUID, Place]]:
    """Shelves gathered while they fit on one sheet; each sheet counts its height from its top."""
    sheets: list[dict[UUID, Place]] = []
    top = 0
    for shelf in shelves:
        low = min(y for _x, y in shelf.values())
        high = max(y for _x, y in shelf.values()) + HIGH
        if not sheets or high - top > SHEET_HIGH:
            sheets.append({})
            top = low - EDGE
        sheets[-1] |= {key: (x, y - top) for key, (x, y) in shelf.items()}
    return sheets


def _sheet(
    bars: Mapping[UUID, Bar], links: Sequence[tuple[UUID, UUID]], places: Mapping[UUID, Place]
) -> Sheet:
    boxes = [Box(bars[key], *place) for key, place in places.items()]
    arrows = [_arrow(places[one], places[two]) for one, two in links if one in places]
    height = max(y for _x, y in places.values()) + HIGH + EDGE
    return Sheet(boxes, arrows, height)


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
) -> list[dict[UUID, Place]]:
    """Shelves of groups that hang together, side by side while the sheet is wide enough."""
    before: dict[UUID, list[UUID]] = {}
    for one, two in links:
        before.setdefault(two, []).append(one)
    shelves: list[dict[UUID, Place]] = []
    left, top, shelf = EDGE, EDGE, 0
    for group in _groups(bars, links):
        columns: dict[int, list[UUID]] = {}
        for key in group:
            columns.setdefault(layer[key], []).append(key)
        first = min(columns)
        wide = (max(columns) - first + 1) * (WIDE + GAP_X)
        if left > EDGE and left + wide > SHEET:
            left, top, shelf = EDGE, top + shelf, 0
        if left == EDGE:
            shelves.append({})
        places = shelves[-1]
        for number in sorted(columns):
            column = columns[number]
            column.sort(key=lambda key: _height_of(before.get(key, ()), places))
            for row, key in enumerate(column):
                x = left + (number - first) * (WIDE + GAP_X)
                places[key] = (x, top + row * (HIGH + GAP_Y))
        left += wide
        shelf = max(shelf, max(map(len, columns.values())) * (HIGH + GAP_Y))
    return shelves


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
