"""`luoshi check`: the pages' findings, told like a compiler."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.config.commands.check import check
from luoshi.goals.models import Plan
from luoshi.ledger.models import Task


@pytest.fixture
def plan(cast, today) -> Plan:
    return Plan.objects.create(
        jurisdiction=cast.county.jurisdiction, unit=cast.town, year=2026, title="青榆镇2026年度计划"
    )


def test_check_of_a_plan_with_errors_exits_1_and_names_place_and_rule(plan, today, capsys):
    Task.objects.create(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        unit=plan.unit,
        number="2026-001",
        tree="0001/",
        title="修路",
        state="registered",
        state_since=today,
    )
    assert check(today, None, None, "zh-hans") == 1
    out = capsys.readouterr().out
    assert "青榆镇2026年度计划: 修路: 错误 C02:" in out
    assert check(today, 2026, "青榆镇", "en") == 1
    assert "青榆镇2026年度计划: 修路: error C02: No deadline." in capsys.readouterr().out


def test_check_of_a_plan_without_errors_exits_0(plan, today, capsys):
    assert check(today, None, None, "en") == 0
    assert "error 0" in capsys.readouterr().out


def test_check_without_a_plan_is_a_wrong_call(cast, capsys):
    assert check(date(2031, 1, 1), None, None, "en") == 2
    assert "2031" in capsys.readouterr().err
