"""What dividing a target again would come to, so that one click may do it in full view."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.indicators.models import Division, Target
from luoshi.indicators.queries.scope import targets
from luoshi.indicators.sharing import as_divided, bases, definition_of, propose, with_bases


@dataclass(frozen=True, slots=True)
class Again:
    """A target, the rule it was divided by, and each part: its name, what it has, what it would."""

    target: Target
    rule: str
    parts: Sequence[tuple[str, Decimal | None, Decimal]]


def divided_again(actor: Actor, today: date, keys: Collection[UUID]) -> Mapping[UUID, Again]:
    """Targets that one click may divide again by their own rule, each with its preview.

    Only where every part still has its target and the law lets the division be saved: no target is
    made or taken back by it, the whole and its dates stay. A few queries a target asked for.
    """
    rows = targets(actor, today).filter(pk__in=keys, division__isnull=False)
    divisions = Division.objects.filter(target__in=keys).select_related("base")
    by_target = {one.target_id: one for one in divisions.prefetch_related("shares__child")}
    found = {}
    for target in rows:
        again = _again(target, by_target[target.pk])
        if again is not None:
            found[target.pk] = again
    return found


def _again(target: Target, division: Division) -> Again | None:
    shares = list(division.shares.all())
    children = [share.child for share in shares if share.child is not None]
    if any(child.state == Target.State.WITHDRAWN for child in children):
        return None
    takers = as_divided(division)
    if division.base is not None:
        takers = with_bases(takers, bases(target, division.base, [one.unit for one in takers]))
    proposal = propose(target, division.rule, takers, definition_of(target))
    if not proposal.sound:
        return None
    now: dict[UUID, Decimal | None] = {child.unit_id: child.value for child in children}
    now |= {share.post_id: share.value for share in shares if share.post_id is not None}
    values = proposal.values
    parts = [(one.label, now.get(one.key), values[one.key]) for one in takers]
    return Again(target, str(Division.Rule(division.rule).label), parts)
