"""成套下达: a whole set of targets given to all units or posts of a kind in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.indicators.actions.sharing import Dividing, divide_target
from luoshi.indicators.models import Target
from luoshi.journal.actions import Written, record, write
from luoshi.org.models import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """One target of the set and how it is divided; `version` is the one that was previewed."""

    target: Target
    version: int
    dividing: Dividing


@write("indicators.targets.hand_out")
def hand_out(
    *,
    actor: Actor,
    today: date,
    place: Unit,
    set_of: Sequence[Handing],
    reason: str = "",
    key: str = "",
) -> Written:
    """Give a set of targets to everybody named, all or none, as it was previewed.

    Each target is divided by its own rule; the first that the law refuses refuses all, by name.
    """
    if not set_of:
        raise Refused(say("indicators.set_is_empty"))
    given = 0
    for one in set_of:
        try:
            answer = divide_target(
                actor=actor,
                today=today,
                target=one.target,
                version=one.version,
                dividing=one.dividing,
                reason=reason,
            )
        except Refused as refused:
            raise Refused(
                say(
                    "indicators.set_refused",
                    indicator=one.target.indicator.name,
                    why=refused.why,
                )
            ) from refused
        given += int(answer.facts["parts"])
    record(place, {"targets": (None, [one.target.pk for one in set_of])}, unit_id=place.pk)
    return Written("org.unit", place.pk, 0, {"targets": len(set_of), "shares": given})
