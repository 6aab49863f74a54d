"""Indicators that were adopted before their room stood became tasks with a target quantity.

Each gets its row in the register of the plan's unit, with a target of the own plan and its
passage. The task stays, with its roles, reports and journal: nothing of it is rewritten.
"""

from django.db import migrations

COMPARED = {">": ">=", "<": "<=", "~": "=", "": ">="}


def enter(apps, schema_editor):
    DraftItem = apps.get_model("documents", "DraftItem")
    Task = apps.get_model("ledger", "Task")
    drafts = DraftItem.objects.filter(
        kind="indicator", state="adopted", adopted_kind="ledger.task"
    ).select_related("document")
    for draft in drafts.order_by("pk").iterator():
        task = (
            Task.objects.filter(pk=draft.adopted_id, plan__isnull=False, target_value__isnull=False)
            .exclude(target_unit="")
            .select_related("plan__unit")
            .first()
        )
        name = str((draft.quantities or [{}])[0].get("name") or "").strip()[:80]
        if task is not None and name:
            _enter(apps, draft, task, name)


def _enter(apps, draft, task, name):
    from datetime import date

    Indicator = apps.get_model("indicators", "Indicator")
    Definition = apps.get_model("indicators", "IndicatorDefinition")
    Reporter = apps.get_model("indicators", "Reporter")
    Target = apps.get_model("indicators", "Target")
    plan, mine = task.plan, {"jurisdiction": task.jurisdiction}
    start, end = date(plan.year, 1, 1), date(plan.year, 12, 31)
    if task.due_on is not None and start <= task.due_on <= end:
        end = task.due_on
    own = Indicator.objects.filter(**mine, unit=plan.unit)
    row = own.filter(name=name).first()
    if row is None:
        taken = set(own.values_list("number", flat=True))
        number = next(f"{n:02d}" for n in range(1, 10_000) if f"{n:02d}" not in taken)
        ratio = task.target_unit == "%"
        row = Indicator.objects.create(
            **mine, unit=plan.unit, number=number, position=own.count() + 1, name=name,
            kind="ratio" if ratio else "flow", category="business",
            from_on=date(plan.year - 1, 1, 1),
        )
        Definition.objects.create(
            **mine, indicator=row, from_on=row.from_on, statement=draft.title,
            measure=task.target_unit, decimals=4, source=draft.document.title[:120],
            aggregation="latest" if ratio else "sum", may_be_negative=ratio,
        )
        Reporter.objects.create(**mine, indicator=row, unit=task.unit, from_on=row.from_on)
    Target.objects.get_or_create(
        **mine, indicator=row, unit=plan.unit, starts_on=start, ends_on=end, basis="own",
        defaults={
            "plan": plan, "value": task.target_value, "passage_id": draft.passage_id,
            "comparison": COMPARED.get(task.target_op, task.target_op)
            if COMPARED.get(task.target_op, task.target_op) in (">=", "<=", "=") else ">=",
            "state": "draft" if plan.state in ("draft", "approved") else "in_force",
            "stated_on": task.state_since,
        },
    )


class Migration(migrations.Migration):

    dependencies = [
        ("adoption", "0002_apart"),
        ("documents", "0006_local_rules"),
        ("goals", "0003_meeting_texts"),
        ("indicators", "0001_initial"),
        ("ledger", "0005_stored_lights"),
    ]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
