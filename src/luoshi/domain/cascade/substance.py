"""What exactly: C04 no acceptance rule, C11 obligations, C14 problems nobody took up."""

from __future__ import annotations

from collections.abc import Iterator

from luoshi.domain.base import Finding, Remedy, Where, say
from luoshi.domain.cascade.tree import Tree, at_task


def acceptance(tree: Tree) -> Iterator[Finding]:
    """C04: no acceptance rule, or one that only repeats the task: a slogan.

    A task says what for (目标, its completion standard) and how (举措); without measures it is
    half a task, and that is a warning.
    """
    for task in tree.open():
        rule = task.acceptance_rule.strip()
        if not rule:
            yield at_task("C04", "error", task, say("cascade.C04.none"), "set_acceptance_rule")
        elif rule.rstrip("。.") == task.label.strip().rstrip("。."):
            yield at_task("C04", "error", task, say("cascade.C04.slogan"), "set_acceptance_rule")
        if not task.measures.strip() and tree.is_leaf(task):
            yield at_task("C04", "warning", task, say("cascade.C04.measures"), "set_measures")


def untaken(tree: Tree) -> Iterator[Finding]:
    """C11: an obligation in the source that nobody took up and nobody gave a reason for."""
    for duty in tree.plan.obligations:
        if not duty.taken_up and not duty.dismissed.strip():
            where = Where("passage", duty.id, duty.label)
            remedy = Remedy("adopt", {"passage": str(duty.id)})
            yield Finding("C11", "warning", where, say("cascade.C11.untaken"), remedy)


def unanswered(tree: Tree) -> Iterator[Finding]:
    """C14: a listed problem without a task and without a stated reason why none follows."""
    for problem in tree.plan.problems:
        if not problem.tasks and not problem.reason.strip():
            where = Where("problem", problem.id, problem.label)
            remedy = Remedy("answer_problem", {"problem": str(problem.id)})
            yield Finding("C14", "warning", where, say("cascade.C14.unanswered"), remedy)
