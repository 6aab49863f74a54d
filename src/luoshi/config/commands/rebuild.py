"""`luoshi rebuild [--year N]`: count what is stored again; on sound data nothing changes.

One line a plan: how many sums were mended; one line for the lights, one for what indicators come
to above their readings. Exit 0 where nothing differed,
1 where something did (it is mended then, and journalled).
"""

from __future__ import annotations

import argparse
from datetime import date, datetime


def main(argv: list[str]) -> int:
    """Rebuild the sums of all plans, or of one year's, all lights and all totals of indicators."""
    parser = argparse.ArgumentParser("luoshi rebuild", description=__doc__)
    parser.add_argument("--year", type=int, help="only the plans of this year")
    options = parser.parse_args(argv)
    from luoshi.config.commands.setup import prepare

    prepare()
    return rebuild(options.year)


def rebuild(year: int | None) -> int:
    """Rebuild and tell; each plan in its own transaction, linear in its items."""
    from django.utils import timezone

    from luoshi.config.middleware import today
    from luoshi.domain.access import Actor
    from luoshi.goals.models import Plan
    from luoshi.ledger.actions import rebuild_sums

    plans = Plan.objects.select_related("unit").order_by("unit__path", "year")
    wrong = 0
    for plan in plans.filter(year=year) if year else plans:
        answer = rebuild_sums(
            actor=Actor.system(plan.jurisdiction), today=today(), now=timezone.now(), plan=plan
        )
        mended = int(answer.facts.get("changed", 0))
        wrong += mended
        print(f"{plan.title}: {mended} mended")
    lights = rebuild_lights(today(), timezone.now())
    print(f"lights: {lights} mended")
    totals = rebuild_totals(today(), timezone.now())
    print(f"indicators: {totals} mended")
    print(f"total: {wrong + lights + totals} mended")
    return int(wrong + lights + totals > 0)


def rebuild_lights(today: date, now: datetime) -> int:
    """Judge every stored light again, one jurisdiction after the other; how many were wrong."""
    from luoshi.domain.access import Actor
    from luoshi.ledger import actions
    from luoshi.org.models import Unit

    roots = Unit.objects.filter(parent__isnull=True).values_list("jurisdiction", flat=True)
    answers = [
        actions.rebuild_lights(actor=Actor.system(jurisdiction), today=today, now=now)
        for jurisdiction in sorted(set(roots))
    ]
    return sum(int(answer.facts["changed"]) for answer in answers)


def rebuild_totals(today: date, now: datetime) -> int:
    """Count again what indicators come to above their readings, a register after the other."""
    from luoshi.domain.access import Actor
    from luoshi.indicators import actions
    from luoshi.indicators.models import Indicator
    from luoshi.org.models import Unit

    keepers = Unit.objects.filter(pk__in=Indicator.objects.values("unit")).order_by("path", "pk")
    answers = [
        actions.rebuild_totals(
            actor=Actor.system(unit.jurisdiction), today=today, now=now, unit=unit
        )
        for unit in keepers
    ]
    return sum(int(answer.facts.get("changed", 0)) for answer in answers)
