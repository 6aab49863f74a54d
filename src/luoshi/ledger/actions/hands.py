"""Hands and estimates of a plan, studies asked of the worker, a levelled plan taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.domain.schedule import Plan as DaysOf
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.ledger.actions.rescheduling import reschedule
from luoshi.ledger.hands import faults_of
from luoshi.ledger.models import Task
from luoshi.ledger.models.hands import Estimate, Hand, Need
from luoshi.ledger.moves import Moves
from luoshi.ledger.queries.hands import footing_of, hands_of
from luoshi.ledger.queries.scope import visible_tasks
from luoshi.ledger.studies import (
    DRAWS,
    LEVEL_JOB,
    ODDS_JOB,
    SECONDS,
    SEED,
    GivenHand,
    GivenNeed,
    GivenPoints,
)
from luoshi.org import queries as org
from luoshi.org.models import Post
from luoshi.store.rows import Stale, save


@write("ledger.hands.set")
def set_hands(
    *, actor: Actor, today: date, now: datetime, plan: Plan, hands: Sequence[GivenHand]
) -> Written:
    """Say how many people, how much of a person's time, how many machines a plan can count on.

    Each line stands for itself: a line without an amount is no limit, and what stood there goes.
    By whoever plans the unit of the plan; all lines or none. `Stale` where somebody else saved a
    line in between.
    """
    goals.demand_right(actor, "plan", plan.unit.path)
    known = {hand.pk: hand for hand in Hand.objects.select_for_update().filter(plan=plan)}
    places = {(hand.kind, hand.unit_id or hand.post_id or hand.pk): hand for hand in known.values()}
    changed = 0
    for given in hands:
        row = places.get((given.kind, given.key)) if given.key else None
        if row is not None:
            changed += _change_hand(plan, row, given, now)
        elif given.amount is not None:
            changed += _make_hand(actor, today, plan, given, now)
    if not changed:
        return nothing("goals.plan", plan.pk)
    return Written("goals.plan", plan.pk, plan.version, {"n": changed})


def _change_hand(plan: Plan, row: Hand, given: GivenHand, now: datetime) -> bool:
    if given.version != row.version:
        values = {"amount": given.amount, "each": given.each}
        raise Stale(row, values, {name: getattr(row, name) for name in values})
    if given.amount is None:
        record(row, {"amount": (row.amount, None)}, unit_id=plan.unit_id, at=now)
        row.delete()
        return True
    changes = save(row, given.version, amount=given.amount, each=given.each)
    if changes:
        record(row, changes, unit_id=plan.unit_id, at=now)
    return bool(changes)


def _make_hand(actor: Actor, today: date, plan: Plan, given: GivenHand, now: datetime) -> bool:
    inside: dict[str, Any] = {"jurisdiction": plan.jurisdiction, "pk": given.key}
    unit = post = None
    if given.kind == Hand.Kind.UNIT:
        unit = org.visible_units(actor, today).filter(**inside).first()
    elif given.kind == Hand.Kind.POST:
        units = org.visible_units(actor, today).values("pk")
        post = Post.objects.filter(**inside, unit__in=units).first()
    if given.kind != Hand.Kind.MACHINE and unit is None and post is None:
        raise Refused(say("level.no_such_hand"))
    name = given.name if given.kind == Hand.Kind.MACHINE else ""
    if given.kind == Hand.Kind.MACHINE and not name:
        raise Refused(say("level.no_name"))
    if name and Hand.objects.filter(plan=plan, name=name).exists():
        raise Refused(say("level.named_twice", name=name))
    assert given.amount is not None
    row = Hand.objects.create(
        jurisdiction=plan.jurisdiction, plan=plan, kind=given.kind, unit=unit, post=post,
        name=name, amount=given.amount, each=0 if name else given.each,
    )  # fmt: skip
    record(row, created(row), unit_id=plan.unit_id, at=now)
    return True


@write("ledger.estimates.set")
def set_estimates(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    points: Sequence[GivenPoints],
    needs: Sequence[GivenNeed],
) -> Written:
    """Say how short and how long items may turn out, and what they take of hands; all or none.

    The likely length stays the item's duration. By whoever plans the item's unit; refused where the
    longest is shorter than the shortest, or only one of them is given. `Stale` where somebody else
    said otherwise in between.
    """
    keys = {given.task for given in points} | {given.task for given in needs}
    rows = {
        task.pk: task
        for task in visible_tasks(actor, today)
        .filter(pk__in=keys, plan=plan)
        .select_related("unit")
    }
    known = {row.task_id: row for row in Estimate.objects.filter(task__in=rows).select_for_update()}
    changed = sum(
        _set_points(actor, rows[given.task], known.get(given.task), given, now)
        for given in points
        if given.task in rows
    )
    said = {
        (row.task_id, row.hand_id): row
        for row in Need.objects.filter(task__in=rows).select_for_update()
    }
    hands = {hand.pk: hand for hand in hands_of(actor, plan).rows}
    for need in needs:
        if need.task in rows and need.hand in hands:
            row = said.get((need.task, need.hand))
            changed += _set_need(actor, rows[need.task], hands[need.hand], row, need.amount, now)
    if not changed:
        return nothing("goals.plan", plan.pk)
    return Written("goals.plan", plan.pk, plan.version, {"n": changed})


def _set_points(
    actor: Actor, task: Task, row: Estimate | None, given: GivenPoints, now: datetime
) -> bool:
    if given.version != (row.version if row else 0):
        values = {"best_days": given.best, "worst_days": given.worst}
        raise Stale(row or task, values, {})
    if (given.best, given.worst) == ((row.best_days, row.worst_days) if row else (None, None)):
        return False
    goals.demand_right(actor, "plan", task.unit.path)
    if given.best is None and given.worst is None:
        assert row is not None
        record(task, {"estimate": ([row.best_days, row.worst_days], None)}, at=now)
        row.delete()
        return True
    if given.best is None or given.worst is None or given.best > given.worst:
        raise Refused(say("level.bad_points", title=task.title))
    values = {"best_days": given.best, "worst_days": given.worst}
    before = [row.best_days, row.worst_days] if row else None
    if row is None:
        Estimate.objects.create(jurisdiction=task.jurisdiction, task=task, **values)
    else:
        save(row, None, **values)
    record(task, {"estimate": (before, [given.best, given.worst])}, at=now)
    return True


def _set_need(
    actor: Actor, task: Task, hand: Hand, row: Need | None, amount: int | None, now: datetime
) -> bool:
    before = row.amount if row else None
    if before == amount:
        return False
    goals.demand_right(actor, "plan", task.unit.path)
    if amount is not None and amount > hand.amount:
        raise Refused(say("level.more_than_there_is", title=task.title))
    if amount is None:
        assert row is not None
        row.delete()
    elif row is not None:
        save(row, None, amount=amount)
    else:
        Need.objects.create(jurisdiction=task.jurisdiction, task=task, hand=hand, amount=amount)
    record(task, {"need": (before, amount)}, at=now)
    return True


@write("ledger.study.ask")
def ask_study(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    kind: str,
    root: Task | None = None,
    wishes: Mapping[str, Any],
) -> Written:
    """Ask the worker to level a plan by its hands, or to reckon the odds of its deadlines.

    Nothing of the plan changes by it. By whoever plans the unit; refused while one of the kind is
    under way for the same person and plan, and levelling where no hand was ever named.
    """
    goals.demand_right(actor, "plan", (root.unit if root else plan.unit).path)
    if kind not in {LEVEL_JOB, ODDS_JOB}:
        raise Refused(say("level.no_such_study"))
    going = Job.objects.filter(
        jurisdiction=plan.jurisdiction,
        account_id=actor.account_id,
        kind=kind,
        payload__plan_id=str(plan.pk),
        finished_at__isnull=True,
    )
    if going.exists():
        raise Refused(say("level.going"))
    if kind == LEVEL_JOB and not Hand.objects.filter(plan=plan).exists():
        raise Refused(say("level.no_hands"))
    job = jobs.start(kind=kind, actor=actor, payload=_asked(plan, root, today, wishes), now=now)
    record(plan, {"study": (None, kind)}, at=now)
    return Written("jobs.job", job.pk)


def _asked(plan: Plan, root: Task | None, today: date, wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The wishes that the worker knows, within their limits."""
    seconds = SECONDS.get(str(wishes.get("time")), SECONDS["short"])
    return {
        "plan_id": str(plan.pk),
        "root_id": str(root.pk) if root else None,
        "today": today.isoformat(),
        "seconds": seconds,
        "earlier": bool(wishes.get("earlier")),
        "together": bool(wishes.get("together")),
        "seed": SEED,
        "draws": DRAWS,
    }


@write("ledger.plan.level")
def take_levelled(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    proposal: DaysOf,
    moves: Moves,
    versions: Mapping[UUID, int],
    earlier: bool,
    reason: str = "",
) -> Written:
    """Take a levelled plan over: every start it moves, in one act, after the law has judged it.

    Judged again at this moment, with hands, calendar and order as they are now: what broke since it
    was reckoned refuses it, with the first fault. The rest is `reschedule`.
    """
    problem = footing_of(actor, today, plan).problem(today, earlier=earlier)
    if faults := faults_of(problem, proposal):
        raise Refused(faults[0].why)
    told = {"actor": actor, "today": today, "now": now, "plan": plan, "moves": moves}
    done = reschedule(**told, versions=versions, reason=reason)  # type: ignore[arg-type]
    record(plan, {"levelled": (None, done.facts["n"])}, reason=reason, at=now)
    return Written("goals.plan", plan.pk, plan.version, done.facts)
