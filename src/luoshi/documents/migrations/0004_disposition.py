"""What became of a sentence that is no task: 传达学习, 建机制 or 不采纳."""

from typing import Any

from django.db import migrations, models

CHOICES = [("study", "传达学习"), ("mechanism", "建机制"), ("declined", "不采纳")]


def from_reasons(apps: Any, schema_editor: Any) -> None:  # noqa: ANN401
    """Drafts set aside before: the reason says which it was."""
    del schema_editor
    aside = apps.get_model("documents", "DraftItem").objects.filter(state="set_aside")
    aside.filter(why_not="传达学习").update(disposition="study")
    aside.filter(disposition="").update(disposition="declined")


class Migration(migrations.Migration):
    atomic = False  # the constraint needs the rows filled and committed (PostgreSQL)
    dependencies = (("documents", "0003_dismissal"),)
    operations = (
        migrations.AddField(
            model_name="draftitem",
            name="disposition",
            field=models.CharField(
                blank=True, choices=CHOICES, default="", max_length=10, verbose_name="处理方式"
            ),
        ),
        migrations.RunPython(from_reasons, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="draftitem",
            constraint=models.CheckConstraint(
                condition=~models.Q(state="set_aside") | ~models.Q(disposition=""),
                name="documents_draft_set_aside_how",
            ),
        ),
    )
