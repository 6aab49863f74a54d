"""Make a row of each blocker: its text, unit and day as they are, nothing guessed.

Of an item that is done the row is cleared, and the item no longer says that it waits.
"""

from datetime import date

from django.db import migrations

BATCH = 500


def fill(apps, schema_editor):
    Task = apps.get_model("ledger", "Task")
    Blocker = apps.get_model("ledger", "Blocker")
    Report = apps.get_model("ledger", "ProgressReport")
    rows, ended = [], []
    for task in Task.objects.exclude(blocker="").order_by("id").iterator(chunk_size=BATCH):
        if Blocker.objects.filter(task=task).exists():
            continue
        day = task.blocked_on or task.last_report_on or task.state_since or date(2000, 1, 1)
        told = Report.objects.filter(task=task, warns=True, reported_on__lte=day)
        who = told.order_by("-reported_at", "-id").values_list("person_id", flat=True).first()
        over = task.state in {"reported_done", "verified", "submitted", "completed", "cleared",
                              "archived", "cancelled"}
        rows.append(
            Blocker(
                jurisdiction=task.jurisdiction, task=task, unit_id=task.unit_id, reason="other",
                text=task.blocker, needs_unit_id=task.blocker_needs_id, raised_on=day,
                raised_by_id=who, state="cleared" if over else "open", state_since=day,
                cleared_on=task.state_since if over else None,
            )
        )
        if over:
            ended.append(task.pk)
    Blocker.objects.bulk_create(rows, batch_size=BATCH)
    for first in range(0, len(ended), BATCH):
        Task.objects.filter(pk__in=ended[first : first + BATCH]).update(
            blocker="", blocker_needs=None, blocked_on=None
        )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0012_blockers")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
