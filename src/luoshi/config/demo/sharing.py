"""The year's targets are shared out to villages and posts, and their courses set, as offices do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from luoshi.config.demo.measuring import FIRST, VILLAGE_INCOME
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN, VILLAGES
from luoshi.domain.workdays import SHANGHAI
from luoshi.indicators import actions
from luoshi.indicators.actions import Dividing, Handing
from luoshi.indicators.models import Indicator, Target
from luoshi.indicators.sharing import Taker
from luoshi.org.models import Post, Unit

FIXED = {"鹿鸣村": Decimal("26.0")}
"""Its solar roof comes into use in spring: agreed by hand, the others share the rest."""
COURSES: tuple[tuple[str, str, list[list[str]]], ...] = (
    ("规上工业总产值", "curve", []),
    ("农村居民人均可支配收入", "curve", []),
    ("一般公共预算收入", "quarters", [["1", "23"], ["2", "26"], ["3", "24"], ["4", "27"]]),
    ("新签约亿元以上项目", "milestones", [["2026-03-31", "1"], ["2026-11-30", "3"]]),
)
HANDED = "城乡居民医保参保率"
VILLAGE = "柏溪村"


def steps(
    stage: Stage, year: int, approved_on: date
) -> Iterator[tuple[datetime, Callable[[], object]]]:
    """Two days after the plan is approved, once its targets stand; the closed year has none."""
    if year > FIRST:
        day = approved_on + timedelta(days=2)
        yield datetime.combine(day, time(15, 20), SHANGHAI), lambda: _share(stage, day)


def _share(stage: Stage, day: date) -> None:
    villages = [stage.unit(name) for name in VILLAGES]
    takers = [Taker(unit=one, fixed=FIXED.get(one.short_name)) for one in villages]
    income = _target(stage, VILLAGE_INCOME)
    whole = Dividing(rule="base", takers=takers, base=income.indicator)
    _divide(stage, day, income, whole)
    insured = _target(stage, HANDED)
    same = Dividing(rule="same", takers=[replace(one, fixed=None) for one in takers])
    actions.hand_out(
        actor=stage.system,
        today=day,
        place=stage.unit(TOWN),
        set_of=[Handing(target=insured, version=insured.version, dividing=same)],
    )
    village = stage.unit(VILLAGE)
    _divide(stage, day, _target(stage, VILLAGE_INCOME, village), _posts(village))
    for name, profile, weights in COURSES:
        actions.set_course(
            actor=stage.system,
            today=day,
            indicator=_target(stage, name).indicator,
            year=day.year,
            profile=profile,
            weights=weights,
        )


def _posts(village: Unit) -> Dividing:
    """Sixty to forty between the secretary and the clerk of a village."""
    posts = list(Post.objects.filter(unit=village).order_by("position", "id")[:2])
    parts = (60, 40) if len(posts) == 2 else (100,)
    takers = [
        Taker(unit=village, post=post, weight=Decimal(part))
        for post, part in zip(posts, parts, strict=True)
    ]
    return Dividing(rule="weight", takers=takers)


def _divide(stage: Stage, day: date, target: Target, dividing: Dividing) -> None:
    actions.divide_target(
        actor=stage.system, today=day, target=target, version=target.version, dividing=dividing
    )


def _target(stage: Stage, name: str, unit: Unit | None = None) -> Target:
    """The own target of the second year."""
    indicator = Indicator.objects.get(jurisdiction=stage.jurisdiction, name=name)
    return Target.objects.select_related("indicator", "unit", "plan").get(
        indicator=indicator,
        unit=unit or stage.unit(TOWN),
        basis=Target.Basis.OWN,
        starts_on=date(FIRST + 1, 1, 1),
        ends_on=date(FIRST + 1, 12, 31),
    )
