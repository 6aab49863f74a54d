"""目标分解: a target shared out among units or posts in one save, kept with its basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.goals.baseline import demand_not_closed
from luoshi.indicators.models import Division, Indicator, Share, Target
from luoshi.indicators.queries.scope import demand_right
from luoshi.indicators.sharing import (
    Proposal,
    Taker,
    as_divided,
    bases,
    definition_of,
    propose,
    with_bases,
)
from luoshi.journal.actions import Written, created, record, write
from luoshi.store.bulk import insert_many
from luoshi.store.rows import Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Dividing:
    """How a target is divided: the rule, who takes part, and the indicator that bases are from."""

    rule: str
    takers: Sequence[Taker]
    base: Indicator | None = None


@write("indicators.target.divide")
def divide_target(
    *,
    actor: Actor,
    today: date,
    target: Target,
    version: int,
    dividing: Dividing,
    reason: str = "",
    key: str = "",
) -> Written:
    """Share a target out: every child's target is written at once, under the parent's lock.

    Units below the target's unit get a target of their own with the same period, basis and state;
    posts of the unit keep their share in the division. Who is no longer named gives the share
    back. The parts add up exactly by the law, or nothing is written; changing shares in force
    needs a reason. The basis (rule, weights, base figures, what was fixed by hand) is kept and
    journalled. A constant number of queries but for the shares that change.
    """
    demand_right(actor, "plan", target.unit)
    if target.plan is not None:
        demand_not_closed(target.plan)
    parent = _locked(target, version)
    takers = list(dividing.takers)
    _demand_below(parent, takers)
    base = dividing.base if dividing.rule == Division.Rule.BASE else None
    if base is not None:
        takers = with_bases(takers, bases(parent, base, [one.unit for one in takers]))
    proposal = propose(parent, dividing.rule, takers, definition_of(parent))
    _demand_sound(proposal)
    children = _children(actor, today, parent, proposal, reason)
    division = _division(parent, dividing.rule, base, today)
    _shares(division, proposal, children)
    _bump(parent, version)
    record(
        parent,
        {"division": (None, _basis(dividing.rule, base, proposal))},
        reason=reason,
    )
    return Written("indicators.target", parent.pk, version + 1, {"parts": len(takers)})


@write("indicators.target.divide_again")
def divide_again(
    *,
    actor: Actor,
    today: date,
    target: Target,
    version: int,
    reason: str = "",
    key: str = "",
) -> Written:
    """Divide a target again as it was divided: the same rule and weights, what was fixed stays.

    The remedy where the parent's target has changed and its children no longer add up (C06).
    """
    division = Division.objects.filter(target=target).select_related("base").first()
    if division is None:
        raise Refused(say("indicators.not_divided"))
    return divide_target(
        actor=actor,
        today=today,
        target=target,
        version=version,
        dividing=Dividing(rule=division.rule, takers=as_divided(division), base=division.base),
        reason=reason,
    )


def _locked(target: Target, version: int) -> Target:
    """The parent under lock; stale where somebody changed it since it was shown."""
    row = (
        Target.objects.select_for_update(of=("self",))
        .select_related("indicator", "unit", "plan", "parent__unit", "parent__parent")
        .get(pk=target.pk)
    )
    if row.version != version:
        raise Stale(row, {"value": target.value}, {"value": row.value})
    if row.state == Target.State.WITHDRAWN:
        raise Refused(say("indicators.target_withdrawn"))
    return row


def _bump(parent: Target, version: int) -> None:
    """A division is a change of its target: whoever looked at the old one is told."""
    Target.objects.filter(pk=parent.pk).update(version=version + 1)
    parent.version = version + 1


def _demand_below(parent: Target, takers: Sequence[Taker]) -> None:
    """Units stand below the target's unit, posts in it; never both in one division."""
    path = parent.unit.path
    for one in takers:
        if one.post is not None and one.post.unit_id != parent.unit_id:
            raise Refused(say("indicators.post_elsewhere", post=one.label))
        if one.post is None and not (
            one.unit.path.startswith(path)
            and one.unit.pk != parent.unit_id
            and one.unit.jurisdiction == parent.jurisdiction
        ):
            raise Refused(say("indicators.taker_elsewhere", unit=one.label))
    if len({one.post is None for one in takers}) == 2:
        raise Refused(say("indicators.units_or_posts"))


def _demand_sound(proposal: Proposal) -> None:
    if proposal.sound:
        return
    errors = [found for found in proposal.findings if found.severity == "error"]
    raise Refused(errors[0].why)


def _children(
    actor: Actor, today: date, parent: Target, proposal: Proposal, reason: str
) -> Mapping[UUID, Target]:
    """The children's targets as the proposal says: made, changed, given back. By unit."""
    values = proposal.values
    units = {one.unit.pk: one.unit for one in proposal.takers if one.post is None}
    known = _standing(parent, set(units))
    _demand_reason(known, units, values, reason)
    fresh = [
        Target(
            jurisdiction=parent.jurisdiction, indicator=parent.indicator, unit=unit,
            plan=parent.plan, parent=parent, starts_on=parent.starts_on, ends_on=parent.ends_on,
            basis=parent.basis, comparison=parent.comparison, value=values[key],
            state=parent.state, passage_id=parent.passage_id, document_id=parent.document_id,
            source=parent.source or parent.unit.short_name, stated_by_id=actor.person_id,
            stated_on=today,
        )
        for key, unit in units.items() if key not in known
    ]  # fmt: skip
    insert_many(fresh)
    for row in fresh:
        record(row, created(row), verb="indicators.target.set")
    changed = []
    for key, row in known.items():
        if key in units:
            state = parent.state if row.state == Target.State.DRAFT else row.state
            changes = _changes(row, value=values[key], parent_id=parent.pk, state=state)
        else:
            changes = _changes(row, state=Target.State.WITHDRAWN)
        if changes:
            record(row, changes, reason=reason, verb="indicators.target.edit")
            changed.append(row)
    Target.objects.bulk_update(changed, ["value", "parent", "state", "version"], batch_size=500)
    return {row.unit_id: row for row in (*fresh, *known.values())}


def _standing(parent: Target, units: set[UUID]) -> dict[UUID, Target]:
    """Children as they stand, and targets that a taker already has of the same kind; locked.

    Both are one row a unit: a unit has one target an indicator, period and basis.
    """
    rows = (
        Target.objects.filter(
            jurisdiction=parent.jurisdiction,
            indicator=parent.indicator_id,
            starts_on=parent.starts_on,
            ends_on=parent.ends_on,
            basis=parent.basis,
        )
        .exclude(state=Target.State.WITHDRAWN)
        .exclude(pk=parent.pk)
        .order_by("id")
        .select_for_update(of=("self",))
        .select_related("unit")
    )
    return {row.unit_id: row for row in rows if row.parent_id == parent.pk or row.unit_id in units}


def _demand_reason(
    known: Mapping[UUID, Target],
    units: Mapping[UUID, Any],
    values: Mapping[UUID, Decimal],
    reason: str,
) -> None:
    gone = [row.pk for key, row in known.items() if key not in units]
    held = Target.objects.filter(parent__in=gone).exclude(state=Target.State.WITHDRAWN)
    if gone and held.exists():
        raise Refused(say("indicators.target_divided"))
    moved = [
        row
        for key, row in known.items()
        if row.state == Target.State.IN_FORCE and (key not in units or row.value != values[key])
    ]
    if moved and not reason.strip():
        raise Refused(say("indicators.target_says_why"))


def _changes(row: Target, **wanted: Any) -> dict[str, tuple[Any, Any]]:  # noqa: ANN401
    """Set what differs and raise the version; before and after of each field."""
    changes = {
        name: (getattr(row, name), value)
        for name, value in wanted.items()
        if getattr(row, name) != value
    }
    for name, (_, value) in changes.items():
        setattr(row, name, value)
    if changes:
        row.version += 1
    return changes


def _division(parent: Target, rule: str, base: Indicator | None, today: date) -> Division:
    row = Division.objects.filter(target=parent).first()
    if row is None:
        return Division.objects.create(
            jurisdiction=parent.jurisdiction, target=parent, rule=Division.Rule(rule), base=base,
            divided_on=today,
        )  # fmt: skip
    row.rule, row.base, row.divided_on = Division.Rule(rule), base, today
    row.version += 1
    row.save(update_fields=["rule", "base", "divided_on", "version"])
    row.shares.all().delete()
    return row


def _shares(division: Division, proposal: Proposal, children: Mapping[UUID, Target]) -> None:
    values = proposal.values
    insert_many(
        [
            Share(
                jurisdiction=division.jurisdiction, division=division, post=one.post,
                child=None if one.post else children[one.unit.pk],
                weight=one.weight, base=one.base, by_hand=one.fixed is not None,
                value=values[one.key] if one.post else None,
            )  # type: ignore[misc]
            for one in proposal.takers
        ]
    )  # fmt: skip


def _basis(rule: str, base: Indicator | None, proposal: Proposal) -> dict[str, Any]:
    """The basis as the journal keeps it: who got what, by what."""
    values = proposal.values
    return {
        "rule": rule,
        "base": str(base.pk) if base else None,
        "parts": [
            {
                "unit": str(one.unit.pk), "post": str(one.post.pk) if one.post else None,
                "weight": one.weight, "base": one.base, "by_hand": one.fixed is not None,
                "value": values[one.key],
            }
            for one in proposal.takers
        ],
    }  # fmt: skip
