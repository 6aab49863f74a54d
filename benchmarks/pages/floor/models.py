# ruff: noqa: DJ008 - nobody reads the name of a row here
"""The product's tables as a plain site would declare them: only the columns that it shows."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Row(models.Model):
    id = models.UUIDField(primary_key=True)
    jurisdiction = models.UUIDField()

    class Meta:
        abstract = True
        app_label = "floor"


class Unit(Row):
    parent = models.ForeignKey("self", models.CASCADE, null=True)
    path = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "org_unit"


class Person(Row):
    name = models.CharField(max_length=40)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "org_person"


class Post(Row):
    unit = models.ForeignKey(Unit, models.CASCADE)
    role = models.CharField(max_length=20)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "org_post"


class Term(Row):
    person = models.ForeignKey(Person, models.CASCADE)
    post = models.ForeignKey(Post, models.CASCADE)
    to_on = models.DateField(null=True)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "org_term"


class Account(AbstractBaseUser):
    id = models.UUIDField(primary_key=True)
    jurisdiction = models.UUIDField()
    login = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True)
    is_active = models.BooleanField()
    objects = BaseUserManager()
    USERNAME_FIELD = "login"

    class Meta:
        app_label = "floor"
        managed = False
        db_table = "org_account"


class Plan(Row):
    year = models.IntegerField()

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "goals_plan"


class Line(Row):
    number = models.IntegerField()
    name = models.CharField(max_length=60)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "goals_workline"


class Task(Row):
    version = models.IntegerField()
    plan = models.ForeignKey(Plan, models.CASCADE)
    parent = models.ForeignKey("self", models.CASCADE, null=True)
    unit = models.ForeignKey(Unit, models.CASCADE)
    number = models.CharField(max_length=80)
    tree = models.CharField(max_length=120)
    depth = models.IntegerField()
    is_leaf = models.BooleanField()
    title = models.CharField(max_length=400)
    measures = models.TextField()
    due_on = models.DateField(null=True)
    weight = models.IntegerField()
    progress = models.IntegerField(null=True)
    weight_sum = models.BigIntegerField()
    done_sum = models.BigIntegerField()
    missing_sum = models.BigIntegerField()
    state = models.CharField(max_length=14)
    last_report_on = models.DateField(null=True)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "ledger_task"

    @property
    def share(self):
        known = self.weight_sum - self.missing_sum
        return round(self.done_sum / known / 100, 1) if known else ""


class Assignment(Row):
    task = models.ForeignKey(Task, models.CASCADE)
    role = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True)
    post = models.ForeignKey(Post, models.CASCADE, null=True)
    to_on = models.DateField(null=True)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "ledger_assignment"


class Report(Row):
    task = models.ForeignKey(Task, models.CASCADE)
    unit_id = models.UUIDField()
    reported_on = models.DateField()
    reported_at = models.DateTimeField()
    person_id = models.UUIDField(null=True)
    channel = models.CharField(max_length=8, default="page")
    text = models.CharField(max_length=1000)
    progress = models.IntegerField(null=True)
    says_done = models.BooleanField(default=False)
    warns = models.BooleanField(default=False)

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "ledger_progressreport"


class Entry(Row):
    unit_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    changes = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, default="")
    key = models.CharField(max_length=80, default="")
    request_id = models.CharField(max_length=40, default="")
    algorithm = models.CharField(max_length=20, default="")
    previous = models.CharField(max_length=64, default="")
    seal = models.CharField(max_length=64, default="")

    class Meta(Row.Meta):
        abstract = False
        managed = False
        db_table = "journal_entry"
