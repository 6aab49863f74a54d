"""Why a step is not earlier: what it waits for, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from luoshi.domain.base import Sentence, say
from luoshi.engines.core import Answer, Arc, Core, first_start


def reasons(core: Core, answer: Answer) -> Mapping[int, Sentence]:
    """For each activity the predecessor or the resource that keeps it from starting a day earlier.

    An activity that could start earlier (a search need not push everything to the left) says so.
    Resources are numbered from 1 as in the file.
    """
    ends = [core.end(i, answer.ways[i], start) for i, start in enumerate(answer.starts)]
    return {i: _reason(core, i, answer, ends) for i in range(core.size)}


def _reason(core: Core, i: int, answer: Answer, ends: Sequence[int]) -> Sentence:
    start = answer.starts[i]
    earliest = first_start(core, i, answer.ways[i], answer.starts, ends)
    if start <= core.opens(i, answer.ways[i], core.floor[i]):
        return say("exchange.why.first")
    if earliest >= start:
        return say("exchange.why.after", before=_waited_for(core, i, answer, ends))
    lacking = _lacking(core, i, start - 1, answer, ends)
    if lacking is None:
        return say("exchange.why.could", day=earliest)
    resource, day, others = lacking
    return say("exchange.why.resource", number=resource + 1, day=day, others=others)


def _waited_for(core: Core, i: int, answer: Answer, ends: Sequence[int]) -> str:
    """The predecessor that asks for the latest day."""

    def reached(arc: Arc) -> int:
        return arc.lag + (ends[arc.tail] if arc.from_end else answer.starts[arc.tail])

    return _name(core, max(core.into[i], key=reached).tail)


def _lacking(
    core: Core, i: int, start: int, answer: Answer, ends: Sequence[int]
) -> tuple[int, int, tuple[str, ...]] | None:
    """The resource that lacks on some day if the activity started there, the day, who holds it."""
    way = answer.ways[i]
    for day in range(start, core.end(i, way, start)):
        holders = [j for j in range(core.size) if j != i and answer.starts[j] <= day < ends[j]]
        for k, need in core.ways[i][way].needs:
            held = {j: dict(core.ways[j][answer.ways[j]].needs).get(k, 0) for j in holders}
            if sum(held.values()) + need > core.amounts[k]:
                return k, day, tuple(_name(core, j) for j, amount in held.items() if amount)
    return None


def _name(core: Core, i: int) -> str:
    return core.names[i] if core.names else str(i + 1)
