"""CP-SAT behind the engine's words: it starts from a plan, improves it, and proves what it can.

Imported only in a process that searches, never in a web process. CP-SAT counts wall clock; here a
watching thread counts the CPU of this process and stops it when the budget is spent.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from luoshi.engines.core import FAR, Answer, Core, answer_of, earliest

LOOK_S = 0.02
MOVED = 1 << 16
"""One step more that is moved weighs more than all the days it is moved by."""

Bound = tuple[int, int]
Told = Callable[[Answer, Bound], bool]


@dataclass(frozen=True, slots=True)
class Proof:
    """The best answer, and lateness and length that no plan can go below."""

    answer: Answer
    bound: Bound
    proved: bool


def available() -> bool:
    """Whether the extra `luoshi[solver]` is installed; nothing is imported to tell."""
    return find_spec("ortools") is not None


def search(
    core: Core,
    *,
    cpu_s: float,
    workers: int,
    seed: int,
    warm: Answer,
    bound: Bound,
    told: Told | None = None,
) -> Proof:
    """Shorten lateness, or the length where nothing is due, from `warm`; prove it where possible.

    `bound` is what is known already; a better one is answered. `told` hears each better plan and
    bound, and cancels by answering False.
    """
    model = _Model(core, warm)
    model.aim_at(model.lateness if core.has_due else model.length)
    status, found = model.run(cpu_s, workers, seed, warm, bound, told)
    low = model.low
    known = (max(bound[0], low), bound[1])
    least = known if core.has_due else (bound[0], max(bound[1], low))
    best = found if found is not None and found.value <= warm.value else warm
    return Proof(best, least, proved=status)


def settle(
    core: Core,
    *,
    cpu_s: float,
    workers: int,
    seed: int,
    best: Answer,
    near: Sequence[int | None] | None = None,
) -> Answer:
    """Of the plans as good as `best`: the least peaks, then the fewest moves from `near`.

    Peaks: the highest daily load of every resource in hundredths of what there is, summed.
    """
    half = cpu_s / 2 if near is not None else cpu_s
    model = _Model(core, best)
    model.hold(best)
    model.aim_at(model.peaks())
    _, found = model.run(half, workers, seed, best, (0, 0), None)
    chosen = found or best
    if near is None:
        return chosen
    again = _Model(core, chosen)
    again.hold(chosen)
    again.hold_peaks(chosen)
    again.aim_at(again.moves(near))
    _, nearer = again.run(cpu_s - half, workers, seed, chosen, (0, 0), None)
    return nearer or chosen


class _Model:
    """The variables of one problem; days from the earliest starts to the warm plan's horizon."""

    def __init__(self, core: Core, warm: Answer) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - 188 MB, where it is used

        self.cp, self.core, self.low = cp_model, core, 0
        self.model: Any = cp_model.CpModel()
        dues = [due for due in core.due if due < FAR]
        # A better plan may end later where deadlines decide; else it is never longer than `warm`.
        self.horizon = max([warm.length, core.reach, *dues]) if core.has_due else warm.length
        first = earliest(core)
        self.start: list[Any] = []
        self.end: list[Any] = []
        self.size: list[Any] = []
        self.picked: list[list[Any]] = []
        for i in range(core.size):
            self._activity(i, first[i])
        for arc in core.arcs:
            self._arc(arc)
        self._limits()
        self.length = self.model.new_int_var(0, self.horizon, "length")
        self.model.add_max_equality(self.length, self.end) if core.size else None
        self.lateness = self.model.new_int_var(0, self.horizon * max(1, len(dues)), "late")
        late = []
        for i, due in enumerate(core.due):
            if due < FAR:
                over = self.model.new_int_var(0, self.horizon, "")
                self.model.add(over >= self.end[i] - due)
                late.append(over)
        self.model.add(self.lateness == sum(late))

    def _activity(self, i: int, first: int) -> None:
        model, core = self.model, self.core
        ways = core.ways[i]
        curve = core.curves[i] if core.curves else None
        shortest = min(way.length for way in ways) if curve is None else 1
        start = model.new_int_var(first, max(first, self.horizon - min(shortest, 1)), f"s{i}")
        end = model.new_int_var(first, self.horizon, f"e{i}")
        picked = (
            [model.new_bool_var(f"w{i}.{n}") for n in range(len(ways))] if len(ways) > 1 else []
        )
        if picked:
            model.add_exactly_one(picked)
        self.start.append(start)
        self.end.append(end)
        self.picked.append(picked)
        if curve is None:
            if picked:
                size = model.new_int_var(shortest, max(w.length for w in ways), "")
                model.add(size == sum(p * w.length for p, w in zip(picked, ways, strict=True)))
            else:
                size = ways[0].length
            model.add(end == start + size)
        else:
            size = model.new_int_var(0, self.horizon, "")
            model.add(end == start + size)
            for n in range(len(ways)):
                pairs = [
                    (day, core.end(i, n, day))
                    for day in range(first, self.horizon)
                    if core.opens(i, n, day) == day and core.end(i, n, day) <= self.horizon
                ]
                table = model.add_allowed_assignments([start, end], pairs)
                if picked:
                    table.only_enforce_if(picked[n])
        self.size.append(size)

    def _arc(self, arc: Any) -> None:  # noqa: ANN401
        anchor = self.end[arc.tail] if arc.from_end else self.start[arc.tail]
        reached = self.end[arc.head] if arc.to_end else self.start[arc.head]
        if arc.bend is None:
            self.model.add(reached >= anchor + arc.lag)
            return
        image = self.model.new_int_var(-self.horizon, 4 * self.horizon, "")
        values = [arc.bend(day) for day in range(self.horizon + 1)]
        self.model.add_element(anchor, values, image)
        self.model.add(reached >= image)

    def _limits(self) -> None:
        """Capacities as cumulative rules; stores as sums."""
        core, model = self.core, self.model
        self.held: list[tuple[list[Any], list[int]]] = []
        for k in range(len(core.amounts)):
            intervals, demands = [], []
            for i, ways in enumerate(core.ways):
                for n, way in enumerate(ways):
                    need = sum(amount for key, amount in way.needs if key == k)
                    if not need:
                        continue
                    intervals.append(self._interval(i, n))
                    demands.append(need)
            self.held.append((intervals, demands))
            if intervals:
                model.add_cumulative(intervals, demands, core.amounts[k])
        for k, amount in enumerate(core.stores):
            parts = []
            for i, ways in enumerate(core.ways):
                for n, way in enumerate(ways):
                    used = sum(u for key, u in way.uses if key == k)
                    if used:
                        parts.append(used * self.picked[i][n] if self.picked[i] else used)
            model.add(sum(parts) <= amount)

    def _interval(self, i: int, n: int) -> Any:  # noqa: ANN401
        start, size, end = self.start[i], self.size[i], self.end[i]
        if not self.core.curves or self.core.curves[i] is None:
            length = self.core.ways[i][n].length
            if self.picked[i]:
                return self.model.new_optional_fixed_size_interval_var(
                    start, length, self.picked[i][n], ""
                )
            return self.model.new_fixed_size_interval_var(start, length, "")
        if self.picked[i]:
            return self.model.new_optional_interval_var(start, size, end, self.picked[i][n], "")
        return self.model.new_interval_var(start, size, end, "")

    def aim_at(self, what: Any) -> None:  # noqa: ANN401
        """Minimise."""
        self.model.minimize(what)

    def hold(self, answer: Answer) -> None:
        """Nothing worse than this answer; what has no deadline ends with the rest."""
        if self.core.has_due:
            self.model.add(self.lateness <= answer.lateness)
            self.model.add(self.length <= max(answer.length, self.core.last_due))
        else:
            self.model.add(self.length <= answer.length)

    def peaks(self) -> Any:  # noqa: ANN401
        """The sum of the highest loads, in hundredths of each resource's amount."""
        terms = []
        for k, (intervals, demands) in enumerate(self.held):
            if intervals and self.core.amounts[k]:
                top = self.model.new_int_var(
                    max(demands) if not self.core.curves else 0, self.core.amounts[k], ""
                )
                self.model.add_cumulative(intervals, demands, top)
                share = self.model.new_int_var(0, 100, "")
                self.model.add(share * self.core.amounts[k] >= 100 * top)
                terms.append(share)
        return sum(terms) if terms else 0

    def hold_peaks(self, answer: Answer) -> None:
        """No resource above the highest load it has in this answer."""
        for k, top in enumerate(peak_loads(self.core, answer)):
            intervals, demands = self.held[k]
            if intervals:
                self.model.add_cumulative(intervals, demands, top)

    def moves(self, near: Sequence[int | None]) -> Any:  # noqa: ANN401
        """How many starts differ from `near`, then by how many days."""
        terms: list[Any] = []
        for start, wanted in zip(self.start, near, strict=True):
            if wanted is None:
                continue
            away = self.model.new_int_var(0, 2 * self.horizon + abs(wanted), "")
            self.model.add_abs_equality(away, start - wanted)
            moved = self.model.new_bool_var("")
            self.model.add(away == 0).only_enforce_if(~moved)
            terms += [moved * MOVED, away]
        return sum(terms) if terms else 0

    def run(
        self, cpu_s: float, workers: int, seed: int, warm: Answer, bound: Bound, told: Told | None
    ) -> tuple[bool, Answer | None]:
        """Search until the budget of all workers is spent; whether it is proved, and the answer."""
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = max(1, workers)
        solver.parameters.random_seed = seed
        solver.parameters.max_time_in_seconds = 20 * cpu_s + 10  # the CPU watch stops long before
        for i, (start, way) in enumerate(zip(warm.starts, warm.ways, strict=True)):
            self.model.add_hint(self.start[i], start)
            for n, picked in enumerate(self.picked[i]):
                self.model.add_hint(picked, n == way)
        watch = _Watch(solver, cpu_s * max(1, workers))
        listener = _listener(self, warm, bound, told)
        with watch:
            status = solver.solve(self.model, listener)
        self.low = max(0, int(-(-solver.best_objective_bound // 1)))
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return False, None
        return status == self.cp.OPTIMAL, self._answer(solver.value)

    def _answer(self, value: Callable[[Any], int]) -> Answer:
        starts = [int(value(start)) for start in self.start]
        ways = [
            next((n for n, picked in enumerate(some) if value(picked)), 0) for some in self.picked
        ]
        return answer_of(self.core, starts, ways)


def peak_loads(core: Core, answer: Answer) -> list[int]:
    """The highest daily load of every resource."""
    changes: list[dict[int, int]] = [{} for _ in core.amounts]
    for i, (start, way) in enumerate(zip(answer.starts, answer.ways, strict=True)):
        end = core.end(i, way, start)
        for k, need in core.ways[i][way].needs:
            if end > start:
                changes[k][start] = changes[k].get(start, 0) + need
                changes[k][end] = changes[k].get(end, 0) - need
    tops = []
    for change in changes:
        load = top = 0
        for day in sorted(change):
            load += change[day]
            top = max(top, load)
        tops.append(top)
    return tops


class _Watch:
    """Stops a solver when the CPU of this process has grown by the budget."""

    def __init__(self, solver: Any, cpu_s: float) -> None:  # noqa: ANN401
        self.solver, self.end = solver, time.process_time() + cpu_s
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _look(self) -> None:
        while not self.over.wait(LOOK_S):
            if time.process_time() >= self.end:
                self.solver.stop_search()


def _listener(model: _Model, warm: Answer, bound: Bound, told: Told | None) -> Any:  # noqa: ANN401
    """Hands each better plan on, with the bound of that moment."""
    base = model.cp.CpSolverSolutionCallback

    class Listener(base):  # type: ignore[misc, valid-type]
        def on_solution_callback(self) -> None:
            answer = model._answer(self.value)  # noqa: SLF001
            low = max(0, int(-(-self.best_objective_bound // 1)))
            now = (
                (max(bound[0], low), bound[1])
                if model.core.has_due
                else (bound[0], max(bound[1], low))
            )
            if told is not None and answer.value < warm.value and not told(answer, now):
                self.stop_search()

    return Listener()
