"""`luoshi rebuild [--year N]`: count every stored sum again; on sound data nothing changes.

One line a plan: how many rows were mended. Exit 0 where nothing differed, 1 where something did (it
is mended then, and journalled).
"""

from __future__ import annotations

import argparse


def main(argv: list[str]) -> int:
    """Rebuild the sums of all plans, or of one year's."""
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
    print(f"total: {wrong} mended")
    return int(wrong > 0)
