"""C15: circles, in what waits for what and in what hangs under what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from luoshi.domain.base import Finding, Sentence, say
from luoshi.domain.cascade.tree import Tree, at_task


def loops(tree: Tree) -> Iterator[Finding]:
    """C15: a dependency circle, told step by step; every circle found once, in linear time."""
    waits: dict[UUID, list[UUID]] = {}
    for link in tree.plan.dependencies:
        if link.before in tree.by_id and link.after in tree.by_id:
            waits.setdefault(link.before, []).append(link.after)
    for circle in _circles(tree, waits):
        why = say("cascade.C15.circle", path=_path(tree, circle))
        yield _told(tree, circle, why, "drop_dependency")
    hangs = {t.id: [t.parent_id] for t in tree.tasks if t.parent_id in tree.by_id and t.parent_id}
    for circle in _circles(tree, hangs):
        why = say("cascade.C15.own_ancestor", path=_path(tree, circle))
        yield _told(tree, circle, why, "move_to_root")


def _told(tree: Tree, circle: Sequence[UUID], why: Sentence, verb: str) -> Finding:
    first, last = circle[0], circle[-1]
    task = tree.by_id[first]
    return at_task("C15", "error", task, why, verb, before=str(last), after=str(first))


def _path(tree: Tree, circle: Sequence[UUID]) -> tuple[str, ...]:
    return tuple(tree.by_id[node].label for node in (*circle, circle[0]))


def _circles(tree: Tree, edges: Mapping[UUID, Sequence[UUID]]) -> Iterator[list[UUID]]:
    """One circle for each backward edge of a depth-first walk that closes on the open path.

    The walk keeps its own stack, so that a chain of any length is safe. A circle whose nodes were
    all told already is not told again.
    """
    done: set[UUID] = set()
    told: set[UUID] = set()
    for task in tree.tasks:
        if task.id in done:
            continue
        path: list[UUID] = [task.id]
        place = {task.id: 0}
        walks = [iter(edges.get(task.id, ()))]
        while walks:
            following = next(walks[-1], None)
            if following is None:
                walks.pop()
                left = path.pop()
                del place[left]
                done.add(left)
            elif following in place:
                circle = path[place[following] :]
                if following not in told:
                    told.update(circle)
                    yield circle
            elif following not in done:
                place[following] = len(path)
                path.append(following)
                walks.append(iter(edges.get(following, ())))
