"""What must add up: C05 weights, C06 targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

from luoshi.domain.base import Finding, Remedy, Sentence, Where, say
from luoshi.domain.cascade.facts import TargetRule, TaskFacts
from luoshi.domain.cascade.rollup import WHOLE
from luoshi.domain.cascade.tree import Tree, at_task


def weights(tree: Tree) -> Iterator[Finding]:
    """C05: weights under one parent, or on one work line, that do not make 100.

    A group in which nobody has a weight is not weighted, and legal; once one has, all must.
    A parent that rolls up by another rule than weights asks for none.
    """
    for task in tree.tasks:
        if task.roll_up != "weighted":
            continue
        why = _weights_of(tree.children.get(task.id, ()))
        if why is not None:
            yield at_task("C05", "error", task, why, "even_weights")
    lines: dict[UUID, list[TaskFacts]] = {}
    for task in tree.tasks:
        if task.line_id is not None and task.parent_id not in tree.by_id:
            lines.setdefault(task.line_id, []).append(task)
    for line_id, tops in lines.items():
        why = _weights_of(tops)
        if why is not None:
            where = Where("work_line", line_id, tops[0].line_label)
            yield Finding(
                "C05", "error", where, why, Remedy("even_weights", {"line": str(line_id)})
            )


def _weights_of(group: Sequence[TaskFacts]) -> Sentence | None:
    known = [task.weight for task in group if task.weight is not None]
    if not known:
        return None
    missing = tuple(task.label for task in group if task.weight is None)
    if missing:
        return say("cascade.C05.missing", who=missing)
    if sum(known) != WHOLE:
        return say("cascade.C05.not_whole", total=Decimal(sum(known)) / 100)
    return None


def targets(tree: Tree) -> Iterator[Finding]:
    """C06: the children's targets do not answer for the parent's.

    Children in the parent's unit are compared, by the parent's rule: they add up to it, or each
    is the same (a ratio). A child without a figure is named, never counted as zero.
    """
    for task in tree.tasks:
        group = tree.children.get(task.id, ())
        if task.target_value is None or task.target_rule == "none" or not group:
            continue
        why = _targets_of(task, group)
        if why is not None:
            yield at_task("C06", "error", task, why, "edit_shares")


def _targets_of(parent: TaskFacts, group: Sequence[TaskFacts]) -> Sentence | None:
    assert parent.target_value is not None
    named = [(t.label, t.target_value) for t in group if t.target_unit == parent.target_unit]
    return answering(parent.target_value, parent.target_unit, parent.target_rule, named)


def answering(
    whole: Decimal, unit: str, rule: TargetRule, named: Sequence[tuple[str, Decimal | None]]
) -> Sentence | None:
    """Why the parts of a target do not answer for it (C06), or None where they do.

    By "sum" they add up to the whole exactly; by "same" each is the whole (a ratio); "none" asks
    nothing. A part without a figure is named, never counted as zero; where no part has one, the
    target is not divided yet and there is nothing to compare.
    """
    whole, figures = _bare(whole), {at: figure for at, figure in named if figure is not None}
    if not figures or rule == "none":
        return None
    if rule == "same":
        other = tuple(label for label, figure in figures.items() if figure != whole)
        return say("cascade.C06.not_same", whole=whole, unit=unit, who=other) if other else None
    missing = tuple(label for label, figure in named if figure is None)
    total = _bare(sum((figure for _, figure in named if figure is not None), Decimal(0)))
    if missing:
        return say("cascade.C06.missing", total=total, whole=whole, unit=unit, who=missing)
    if total == whole:
        return None
    gap = _bare(total - whole)
    if gap > 0:
        return say("cascade.C06.over", total=total, whole=whole, unit=unit, gap=gap)
    return say("cascade.C06.short", total=total, whole=whole, unit=unit, gap=-gap)


def _bare(figure: Decimal) -> Decimal:
    """A figure as it is read: 9.1 and 1200, not the four places that it is kept with."""
    bare = figure.normalize()
    return bare.quantize(Decimal(1)) if bare == bare.to_integral_value() else bare
