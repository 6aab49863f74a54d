"""Who may take a share of a target, how it is shared now, and whether the parts still answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Remedy, Sentence, Where
from luoshi.domain.cascade import TargetRule, answering
from luoshi.goals.models import Plan
from luoshi.indicators import tallying
from luoshi.indicators.models import Division, Indicator, Share, Target
from luoshi.indicators.queries.scope import indicators, reporters, targets
from luoshi.org.models import CARRYING_KINDS, Post, Unit, subtree
from luoshi.org.queries import holds


def units_below(actor: Actor, target: Target, today: date) -> QuerySet[Unit]:
    """Units that may take a share: of a county its towns, of a town its offices and villages."""
    rows = Unit.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, **subtree(target.unit.path)
    ).exclude(pk=target.unit_id)
    if target.unit.kind == Unit.Kind.COUNTY:
        rows = rows.filter(kind=Unit.Kind.TOWN)
    else:
        rows = rows.filter(kind__in=CARRYING_KINDS)
    return rows.order_by("path")


def sees_parts(actor: Actor, target: Target) -> bool:
    """Whether the actor may see who has which part of a target: the whole of its unit is in scope.

    A village reads its town's target, never the share of the village beside it; a county's
    supervisor sees the next level only.
    """
    path = target.unit.path
    return actor.is_system or any(
        post.role == "auditor"
        or (
            post.role in ("leader", "town_office", "unit_head") and path.startswith(post.scope_path)
        )
        or (post.role == "staff" and path == post.unit_path)
        for post in actor.posts
    )


def reporting_units(actor: Actor, today: date, target: Target) -> frozenset[UUID]:
    """Units that report the target's indicator: the likeliest to take a share. One query."""
    rows = reporters(actor, today, [target.indicator_id]).filter(holds(today))
    return frozenset(rows.values_list("unit_id", flat=True))


def posts_of(actor: Actor, unit: Unit, today: date) -> QuerySet[Post]:
    """Posts of the unit that may take a share of its target."""
    return Post.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, unit=unit
    ).order_by("position", "id")


def base_choices(actor: Actor, today: date, target: Target) -> Sequence[Indicator]:
    """Indicators a base figure may come from: the target's own (last year), then figures that add.

    One query: flows and levels of the same register, in its order; a ratio is no base.
    """
    rows = indicators(actor, today).filter(
        unit=target.indicator.unit_id, kind__in=(Indicator.Kind.FLOW, Indicator.Kind.LEVEL)
    )
    own = [row for row in rows if row.pk == target.indicator_id]
    return [*own, *(row for row in rows if row.pk != target.indicator_id)]


def division_of(actor: Actor, target: Target) -> Division | None:
    """How the target is divided now, or None."""
    return (
        Division.objects.filter(jurisdiction=actor.jurisdiction_id, target=target)
        .select_related("base")
        .first()
    )


def my_shares(actor: Actor, today: date, year: int) -> Sequence[Share]:
    """Shares of targets that the posts the actor holds carry in a year; one query."""
    del today
    rows = Share.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        post__in=list(actor.post_ids),
        division__target__ends_on__year=year,
    ).exclude(division__target__state=Target.State.WITHDRAWN)
    return list(
        rows.select_related(
            "division__target__indicator", "division__target__unit", "post"
        ).order_by("division__target__indicator__position", "id")
    )


@dataclass(frozen=True, slots=True)
class Shared:
    """A divided target: who has which part, and why they no longer answer for it, if so."""

    target: Target
    division: Division
    why: Sentence | None


def shared(actor: Actor, rows: Iterable[Target]) -> Mapping[UUID, Shared]:
    """Of targets already scoped those that are divided, each with its answer (C06); four queries.

    Children are compared with the parent as it stands today: by sum, or each the same.
    """
    asked = {row.pk: row for row in rows}
    divisions = Division.objects.filter(
        jurisdiction=actor.jurisdiction_id, target__in=list(asked)
    ).prefetch_related("shares__child__unit", "shares__post")
    known = tallying.definitions({row.indicator_id for row in asked.values()})
    found = {}
    for division in divisions:
        target = asked[division.target_id]
        definition = tallying.on(known[target.indicator_id], target.ends_on)
        named = [_named(share) for share in division.shares.all()]
        rule: TargetRule = "same" if division.rule == Division.Rule.SAME else "sum"
        measure = definition.measure if definition else ""
        why = answering(target.value, measure, rule, named)
        found[target.pk] = Shared(target, division, why)
    return found


def _named(share: Share) -> tuple[str, Decimal | None]:
    if share.child is None:
        return share.post.title if share.post else "", share.value
    gone = share.child.state == Target.State.WITHDRAWN
    return share.child.unit.short_name, None if gone else share.child.value


def findings(actor: Actor, today: date, plan: Plan) -> list[Finding]:
    """C06: divided targets of a plan whose parts no longer answer for the whole.

    The remedy is to divide again by the same rule; the page of the division does it.
    """
    rows = targets(actor, today).filter(plan=plan, division__isnull=False)
    return [
        Finding(
            "C06",
            "error",
            Where("target", one.target.pk, one.target.indicator.name),
            one.why,
            Remedy("divide_again", {"version": one.target.version}),
        )
        for one in shared(actor, rows).values()
        if one.why is not None
    ]


def own_targets(actor: Actor, today: date, year: int, unit: Unit) -> Sequence[Target]:
    """A unit's own targets of a whole year, in the register's order; one query."""
    rows = targets(actor, today).filter(
        unit=unit, basis=Target.Basis.OWN, starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)
    )
    return list(rows)
