"""`luoshi check [--year N] [--unit NAME] [--lang en]`: what is missing in a plan, like a compiler.

One line a finding: plan, severity, code, place, reason. Exit 0 without errors, 1 with some.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luoshi.domain.base import Finding
    from luoshi.goals.models import Plan

ORDER = ("error", "warning", "info")
WORDS = {"zh-hans": ("错误", "提醒", "说明"), "en": ORDER}


def main(argv: list[str]) -> int:
    """Check every plan of the year, or the plans of one unit."""
    parser = argparse.ArgumentParser("luoshi check", description=__doc__)
    parser.add_argument("--year", type=int, help="the plans' year; without it, today's")
    parser.add_argument("--unit", help="short name of the unit whose plan is checked")
    parser.add_argument("--lang", choices=sorted(WORDS), default="zh-hans")
    options = parser.parse_args(argv)
    from luoshi.config.commands.setup import prepare_read_only

    prepare_read_only()
    from luoshi.config.middleware import today

    return check(today(), options.year, options.unit, options.lang)


def check(today: date, year: int | None, unit: str | None, language: str) -> int:
    """Print the findings of the plans, a line each, and the sum; the exit code."""
    from luoshi.goals.models import Plan

    plans = Plan.objects.filter(year=year or today.year).select_related("unit")
    if unit:
        plans = plans.filter(unit__short_name=unit)
    if not plans:
        print(f"no plan for {unit or 'any unit'} in {year or today.year}", file=sys.stderr)
        return 2
    seen: Counter[str] = Counter()
    for plan in plans.order_by("unit__path"):
        for finding in findings(today, plan):
            seen[finding.severity] += 1
            print(line(plan, finding, language))
    words = dict(zip(ORDER, WORDS[language], strict=True))
    print(", ".join(f"{words[severity]} {seen[severity]}" for severity in ORDER))
    return 1 if seen["error"] else 0


def findings(today: date, plan: Plan) -> list[Finding]:
    """What the coverage page tells of the plan, errors first."""
    from luoshi.domain.access import Actor
    from luoshi.home.queries.coverage import gathered

    found = gathered(Actor.system(plan.jurisdiction), today, plan)
    return sorted(found, key=lambda finding: ORDER.index(finding.severity))


def line(plan: Plan, finding: Finding, language: str) -> str:
    """A finding as a compiler tells it: where, how bad, which rule, why."""
    from luoshi.ui.sentences import tell

    word = WORDS[language][ORDER.index(finding.severity)]
    place = f"{plan.title}: {finding.where.label}" if finding.where.label else plan.title
    return f"{place}: {word} {finding.code}: {tell(finding.why, language)}"
