"""Which task shows what on the day of the demonstration: realistic shares, every state once."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from luoshi.config.demo import clock
from luoshi.config.demo.shapes import TODAY, DemoMilestone, DemoTask, Fate

SETTLED = clock.add(TODAY, -1)
"""A deadline before this day is over for the story."""
SPRING = date(2026, 4, 24)
RECENT = clock.add(TODAY, -3)

Nodes = dict[str, list[DemoMilestone]]
Test = Callable[[DemoTask], bool]


def fates(rng: random.Random, tasks: list[DemoTask], nodes: Nodes) -> dict[str, Fate]:
    """A fate for every task; parts are dealt first, a whole follows from its parts."""
    parents = {task.parent for task in tasks if task.parent}
    leaves = [task for task in tasks if task.key not in parents]
    dealt: dict[str, Fate] = {}
    for task in leaves:
        if task.year < TODAY.year:
            dealt[task.key] = "cancelled" if task.outcome in {"cancelled", "carried"} else "done"
        elif task.start_on > TODAY:
            dealt[task.key] = "not_started"
    fresh = [task for task in leaves if task.key not in dealt and task.registered_on >= RECENT]
    _deal_fresh(dealt, fresh)
    rest = [task for task in leaves if task.key not in dealt]
    over = [task for task in rest if task.due_on is not None and task.due_on < SETTLED]
    running = [task for task in rest if task not in over]
    _deal_over(rng, dealt, over)
    _deal_running(rng, dealt, running, nodes)
    for task in tasks:
        if task.key in parents:
            dealt[task.key] = _whole(task, [t for t in tasks if t.parent == task.key], dealt)
    return dealt


def _deal_fresh(dealt: dict[str, Fate], fresh: list[DemoTask]) -> None:
    """What came in these days: not signed for yet, registered, a draft; the rest is started."""
    order: list[Fate] = ["to_sign", "registered", "draft"]
    tiny = [task for task in fresh if task.source_kind == "recurring"]
    for task in tiny:
        dealt[task.key] = "ok"
    newest = sorted((t for t in fresh if t not in tiny), key=lambda t: (t.registered_on, t.key))
    for place, task in enumerate(newest):
        late = task.registered_on == TODAY
        dealt[task.key] = order[1 + place % 2] if late else "to_sign"


def _whole(task: DemoTask, parts: list[DemoTask], dealt: dict[str, Fate]) -> Fate:
    ready = task.due_on is not None and task.due_on < SETTLED - timedelta(days=20)
    return "done" if ready and all(dealt[part.key] == "done" for part in parts) else "container"


def _deal_over(rng: random.Random, dealt: dict[str, Fate], over: list[DemoTask]) -> None:
    """Deadlines that are past: most closed, a few in every later state, a few not done."""
    pool = _shuffled(rng, over)
    take = _taker(dealt, pool)
    take("submitted", 4, lambda t: t.from_above)
    take("reported_done", len(over) * 5 // 100, _near)
    take("verified", len(over) * 3 // 100, _near)
    take("rework", len(over) * 2 // 100, _near)
    take("extended", len(over) * 3 // 100, lambda t: _extendable(t) and _since(t, SPRING))
    take("late", len(over) * 3 // 100, lambda t: _planned(t) and _since(t, SPRING))
    take("silent", len(over) * 2 // 100, lambda _t: True)
    take("reopened", 2, lambda t: _extendable(t) and not _since(t, SPRING))
    for task in pool:
        dealt[task.key] = "done"


def _deal_running(
    rng: random.Random, dealt: dict[str, Fate], running: list[DemoTask], nodes: Nodes
) -> None:
    """Deadlines still to come: most in time; the scarce fates choose first."""
    pool = _shuffled(rng, running)
    take = _taker(dealt, pool)
    share = len(running)
    take("disputed", 1, lambda t: t.title.startswith("旧供销社"))
    take("returned", 1, lambda t: t.title.startswith("集镇共享单车"))
    take("silent", share * 7 // 100, lambda t: _node_passed(t, nodes))
    take("late", share * 6 // 100, lambda t: _life(t) >= 50)
    take("slow", share * 15 // 100, lambda t: _life(t) >= 35)
    take("extension_asked", 3, lambda t: _extendable(t) and _life(t) >= 20)
    take("suspended", 2, lambda t: _own(t) and _planned(t) and _life(t) >= 20)
    take("cancelled", 2, lambda t: _own(t) and t.plan is not None and _life(t) >= 20)
    take("idle", share * 3 // 100, _just_begun)
    take("reported_done", share * 4 // 100, lambda t: _life(t) >= 75)
    take("done", share * 5 // 100, lambda t: _life(t) >= 70)
    for task in pool:
        dealt[task.key] = "ok"


def _shuffled(rng: random.Random, tasks: list[DemoTask]) -> list[DemoTask]:
    pool = list(tasks)
    rng.shuffle(pool)
    return pool


def _taker(dealt: dict[str, Fate], pool: list[DemoTask]) -> Callable[[Fate, int, Test], None]:
    """Deals a fate to the first so many of the pool that fit, and takes them out of it."""

    def take(fate: Fate, count: int, fits: Test) -> None:
        chosen = [task for task in pool if fits(task)][:count]
        for task in chosen:
            dealt[task.key] = fate
            pool.remove(task)

    return take


def _own(task: DemoTask) -> bool:
    return not task.from_above


def _since(task: DemoTask, day: date) -> bool:
    """Due on the day or later: what is older has long been settled."""
    return task.due_on is not None and task.due_on >= day


def _planned(task: DemoTask) -> bool:
    return task.source_kind != "recurring"


def _near(task: DemoTask) -> bool:
    """Due in the last weeks: what is older would have been verified long ago."""
    return _since(task, date(2026, 5, 20)) and _planned(task)


def _extendable(task: DemoTask) -> bool:
    return _own(task) and task.plan is not None and task.due_on is not None


def _just_begun(task: DemoTask) -> bool:
    """Should have begun in the last weeks: nobody is months late without a word."""
    return _planned(task) and date(2026, 5, 6) <= task.start_on <= date(2026, 6, 10)


def _node_passed(task: DemoTask, nodes: Nodes) -> bool:
    return any(task.start_on < node.due_on < RECENT for node in nodes.get(task.key, ()))


def _life(task: DemoTask) -> int:
    """The share of the task's life that has passed, in percent."""
    if task.due_on is None or task.start_on >= TODAY:
        return 0
    return (TODAY - task.start_on).days * 100 // max(1, (task.due_on - task.start_on).days)
