"""Light rules as data: thresholds that counties have published, and who they are from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luoshi.domain.base import Sentence, say

Word = Literal["ok", "none", "not_started", "slow", "silent", "late", "done"]
"""正常, 未到节点, 应启未启, 偏慢, 到期未报, 滞后, 已办结/已销号."""

Measure = Literal["points", "relative"]
"""Shortfall in percentage points, or as a percentage of what was expected."""


@dataclass(frozen=True, slots=True)
class LightRule:
    """When a light turns; every figure is data that a county may set.

    A shortfall of at least `slow_from` (and more than 0) is slow, of more than `late_over` late.
    `late_bottom`: behind and among the last n is late. Not started: slow and late after so many
    whole months. `slow_makes_late` / `slow_makes_talk`: that many slow lights in a row make it
    late / call for a talk. A report counts for a node when it comes at most `early_days` before.
    """

    code: str
    title: Sentence
    measure: Measure = "points"
    slow_from: Decimal = Decimal(0)
    late_over: Decimal | None = None
    late_bottom: int | None = None
    not_started_slow_months: int = 1
    not_started_late_months: int = 3
    slow_makes_late: int | None = None
    slow_makes_talk: int | None = None
    early_days: int = 7


YINCHUAN_2025 = LightRule(
    code="yinchuan-2025",
    title=say("pacing.rule.yinchuan"),
    slow_from=Decimal(10),
    late_over=Decimal(30),
)
SANYA_2022 = LightRule(
    code="sanya-2022",
    title=say("pacing.rule.sanya"),
    measure="relative",
    late_over=Decimal(50),
    slow_makes_talk=2,
)
CANGNAN_2022 = LightRule(
    code="cangnan-2022",
    title=say("pacing.rule.cangnan"),
    late_bottom=3,
)
PRESETS: dict[str, LightRule] = {
    rule.code: rule for rule in (YINCHUAN_2025, SANYA_2022, CANGNAN_2022)
}
DEFAULT_RULE = YINCHUAN_2025
