"""Indicators adopted as tasks, before their room stood, have their row in the register."""

from decimal import Decimal
from importlib import import_module

from django.apps import apps

from luoshi.documents.models import DraftItem
from luoshi.indicators.models import Target
from luoshi.ledger.models import Task


def test_adopted_indicator_of_old_gets_its_target_and_keeps_its_task(at, send, plan):
    draft = at("标准厂房")  # a task with a figure, as an indicator was before
    send(one=draft, plan=plan)
    draft.refresh_from_db()
    task = Task.objects.get(pk=draft.adopted_id)
    DraftItem.objects.filter(pk=draft.pk).update(
        kind="indicator", quantities=[{"name": "标准厂房", "value": "5", "unit": "万平方米"}]
    )
    Task.objects.filter(pk=task.pk).update(target_value=Decimal(5), target_unit="万平方米")
    move = import_module("luoshi.adoption.migrations.0003_indicators_of_tasks")
    for _again in range(2):
        move.enter(apps, None)
    target = Target.objects.get()
    assert (target.value, target.passage_id) == (Decimal(5), draft.passage_id)
    assert (target.indicator.name, target.plan_id) == ("标准厂房", plan.pk)
    assert Task.objects.filter(pk=task.pk).exists()
