"""C12: an item that the three duty lists (履职事项清单) keep from the town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from luoshi.domain.base import Finding, say
from luoshi.domain.cascade.facts import DutyLine
from luoshi.domain.cascade.tree import Tree, at_task
from luoshi.domain.text import pairs

LIKE = 60
"""An item reads like a line if at least so many percent of the line's pairs of characters agree."""


def outside(tree: Tree) -> Iterator[Finding]:
    """C12: an open item reads like a line that the superiors took back (上级收回事项).

    The line is quoted. It is settled where the item names the line of the basic or the assisting
    list that it falls under. Without lists nothing is told.
    """
    if not any(line.list == "withdrawn" for line in tree.plan.duties):
        return
    by_id = {line.id: line for line in tree.plan.duties}
    for task in tree.open():
        named = by_id.get(task.duty_id) if task.duty_id else None
        if named is not None and named.list != "withdrawn":
            continue
        line = withdrawn_line(task.label, tree.plan.duties)
        if line is not None:
            why = say("cascade.C12.withdrawn", line=line.text, department=line.department or "—")
            yield at_task("C12", "warning", task, why, "name_duty")


def withdrawn_line(title: str, lines: Sequence[DutyLine]) -> DutyLine | None:
    """The line of the withdrawn list that a title reads like, where no own duty is as like.

    An exact answer in whole percents of shared pairs of characters; the earlier line wins a tie.
    """
    said = pairs(title)
    best: dict[bool, tuple[int, DutyLine | None]] = {True: (0, None), False: (0, None)}
    for line in lines:
        asked = pairs(line.text)
        share = 100 * len(asked & said) // len(asked) if asked else 0
        own = line.list != "withdrawn"
        if share > best[own][0]:
            best[own] = share, line
    share, found = best[False]
    return found if share >= LIKE and share > best[True][0] else None


NEAR = 30
"""A title falls under a line if so many percent of the shorter one's pairs agree with the other."""

Placing = Literal["listed", "withdrawn", "outside", "unknown"]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an arriving item stands to the three lists; `line` is the one it is nearest to."""

    placing: Placing
    line: DutyLine | None = None


def place_item(title: str, lines: Sequence[DutyLine]) -> Placed:
    """Hold an arriving item against the three lists: listed, taken back, outside, or no lists.

    Taken back (上级收回事项) as C12 says it. Outside: no line of the two other lists is near.
    It is a flag for a person, who may know better, and refuses nothing.
    """
    if not lines:
        return Placed("unknown")
    withdrawn = withdrawn_line(title, lines)
    if withdrawn is not None:
        return Placed("withdrawn", withdrawn)
    said = pairs(title)
    best, nearest = 0, None
    for line in (line for line in lines if line.list != "withdrawn"):
        asked = pairs(line.text)
        shorter = min(len(asked), len(said))
        share = 100 * len(asked & said) // shorter if shorter else 0
        if share > best:
            best, nearest = share, line
    return Placed("listed" if best >= NEAR else "outside", nearest)
