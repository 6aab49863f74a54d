"""Serial schedule generation by searching bytes: for plans in which few amounts are asked for.

Where people are held wholly or by halves (and not 1 to 10 of a gang), the days on which a resource
cannot give a certain amount are kept as a line of bytes, 1 where it cannot. The first run of free
days is then one search in the line, not a look at every day. Same answer as `plain.schedule`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from luoshi.domain.base import Refused, say
from luoshi.engines.core import Answer, Core, Need, answer_of


def schedule(core: Core, order: Sequence[int]) -> Answer:
    """Each activity in turn, as early as predecessors and what is left of each resource allow."""
    starts, ends = [0] * core.size, [0] * core.size
    board = _Board(core)
    floor, into, ways, limit = core.floor, core.into, core.ways, core.limit
    for i in order:
        way = ways[i][0]
        day, length = floor[i], way.length
        for arc in into[i]:
            bound = (ends if arc.from_end else starts)[arc.tail] + arc.lag
            if arc.to_end:
                bound -= length
            if bound > day:  # noqa: PLR1730 - a call of max() here is half of the loop
                day = bound
        if length and way.needs:
            day = board.place(way.needs, day, length)
        starts[i], ends[i] = day, day + length
        if day + length > limit:
            raise beyond(core, i)
    return answer_of(core, starts, (0,) * core.size)


def beyond(core: Core, i: int) -> Refused:
    """The calendar ends before the activity."""
    return Refused(say("schedule.beyond", step=core.names[i] if core.names else str(i + 1)))


class _Board:
    """What is left of each resource, and a line for each amount that somebody asks of it."""

    def __init__(self, core: Core) -> None:
        self.amounts = core.amounts
        self.asked = core.asked
        self.lines = {(k, n): bytearray() for k, some in enumerate(core.asked) for n in some}
        self.free: list[list[int]] = [[] for _ in core.amounts]

    def place(self, needs: Sequence[Need], day: int, length: int) -> int:
        """The first day on or after a day from which all needs are left; they are taken."""
        run = _free(length)
        while True:
            first = day
            for asked in needs:
                line = self.lines[asked]
                missing = day + length - len(line)
                if missing > 0:
                    line.extend(bytes(missing + 64))
                found = line.find(run, day)
                if found < 0:  # the free end of the line is too short
                    found = len(line.rstrip(b"\0"))
                    found = max(day, found)
                    line.extend(bytes(length))
                day = found
            if day == first or len(needs) == 1:
                break
        for k, need in needs:
            self._take(k, need, day, day + length)
        return day

    def _take(self, k: int, need: int, day: int, end: int) -> None:
        free, amount = self.free[k], self.amounts[k]
        if end > len(free):
            free.extend([amount] * (end - len(free) + 64))
        rest = [left - need for left in free[day:end]]
        free[day:end] = rest
        for n in self.asked[k]:
            line = self.lines[k, n]
            if end > len(line):
                line.extend(bytes(end - len(line) + 64))
            line[day:end] = bytes([left < n for left in rest])


@cache
def _free(length: int) -> bytes:
    return bytes(length)
