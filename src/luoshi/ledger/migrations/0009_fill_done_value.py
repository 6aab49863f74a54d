"""The value reported last on each task, kept from now on in the task's own row."""

from django.db import migrations


def fill(apps, schema_editor):
    """Each task's last reported value; the reports are read once."""
    Task = apps.get_model("ledger", "Task")
    reports = apps.get_model("ledger", "ProgressReport").objects.filter(value__isnull=False)
    said = dict(reports.order_by("pk").values_list("task_id", "value"))
    rows = list(Task.objects.filter(pk__in=reports.values("task"), is_leaf=True).only("pk"))
    for row in rows:
        row.done_value = said[row.pk]
    Task.objects.bulk_update(rows, ["done_value"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0008_roll_up")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
