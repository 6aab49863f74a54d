"""What a person says about a division: the rule, who takes part, weights, figures fixed by hand.

One row a taker: its key among the values of `on` says that it takes part, beside `weight-KEY` and
`fixed-KEY`. What cannot be read is a fault at its row; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict

from luoshi.domain.base import Sentence
from luoshi.domain.measuring import read_cell
from luoshi.indicators.models import Division, Indicator
from luoshi.indicators.sharing import Taker

PERCENT_PLACES = 2


@dataclass(frozen=True, slots=True)
class TakerRow:
    """One line of the form: what was typed, and what is wrong with it."""

    taker: Taker
    chosen: bool
    weight: str = ""
    fixed: str = ""
    fault: Sentence | None = None


@dataclass(frozen=True, slots=True)
class DivideForm:
    """The whole form as read; `takers` are those chosen, ready for the law."""

    rule: str
    base: Indicator | None
    rows: tuple[TakerRow, ...]
    takers: tuple[Taker, ...] = field(default=())

    @property
    def faulty(self) -> bool:
        """Whether anything could not be read."""
        return any(row.fault is not None for row in self.rows)


def read(
    data: QueryDict,
    candidates: Sequence[Taker],
    bases: Sequence[Indicator],
    *,
    measure: str,
    decimals: int,
) -> DivideForm:
    """Read what was typed about each candidate, in their order."""
    rule = data.get("rule", "")
    rule = rule if rule in Division.Rule.values else Division.Rule.EQUAL
    base = next((one for one in bases if str(one.pk) == data.get("base")), None)
    if rule == Division.Rule.BASE and base is None and bases:
        base = bases[0]
    chosen = set(data.getlist("on"))
    rows = tuple(
        _row(data, one, rule, measure, decimals, chosen=str(one.key) in chosen)
        for one in candidates
    )
    takers = tuple(row.taker for row in rows if row.chosen)
    return DivideForm(rule, base, rows, takers)


def as_it_stands(
    candidates: Sequence[Taker],
    division: Division | None,
    standing: Sequence[Taker],
    reporting: AbstractSet[UUID] = frozenset(),
) -> DivideForm:
    """The form of a target as it is divided now; not yet divided: who reports it, in equal parts.

    Where none of the candidates reports the indicator, everybody.
    """
    first = {one.key for one in candidates if one.post is not None or one.unit.pk in reporting}
    first = first or {one.key for one in candidates}
    known = {one.key: one for one in standing}
    rule = division.rule if division is not None else Division.Rule.EQUAL
    base = division.base if division is not None else None
    rows = []
    for candidate in candidates:
        one = known.get(candidate.key)
        taker = one or replace(candidate, weight=None)
        rows.append(
            TakerRow(
                taker,
                chosen=one is not None or (division is None and candidate.key in first),
                weight=_plain(taker.weight),
                fixed=_plain(taker.fixed),
            )
        )
    takers = tuple(row.taker for row in rows if row.chosen)
    return DivideForm(rule, base, tuple(rows), takers)


def _row(
    data: QueryDict, candidate: Taker, rule: str, measure: str, decimals: int, *, chosen: bool
) -> TakerRow:
    key: UUID = candidate.key
    weight_text, fixed_text = data.get(f"weight-{key}", ""), data.get(f"fixed-{key}", "")
    weight = read_cell(weight_text, "%", PERCENT_PLACES, negative=True)
    fixed = read_cell(fixed_text, measure, decimals, negative=True)
    fault = fixed.fault or (weight.fault if rule == Division.Rule.WEIGHT else None)
    taker = replace(candidate, weight=weight.value, fixed=fixed.value)
    return TakerRow(taker, chosen, weight_text, fixed_text, fault)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
