"""The floor: bare Django over the same tables. It shows the same rows with the same filter, order, scope,
tree column and languages in a plain template; it knows no law, no light, no frame and no receipt.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from uuid import uuid4

import environ
from django.conf import settings

LIST = """{% load i18n %}<html lang="{{ LANGUAGE_CODE }}"><body><h1>{% translate "台账" %}</h1><form>{% csrf_token %}<input name="q" value="{{ q }}">
<select name="unit"><option value="">{% translate "全部单位" %}</option>{% for u in units %}<option value="{{ u.pk }}">{{ u.short_name }}</option>{% endfor %}</select>
<select name="line"><option value="">{% translate "全部专线" %}</option>{% for l in lines %}<option value="{{ l.pk }}">{{ l.name }}</option>{% endfor %}</select></form>
<table><tr><th>{% translate "目标任务" %}</th><th>{% translate "责任" %}</th><th>{% translate "完成时限" %}</th><th>{% translate "状态" %}</th><th>{% translate "完成" %}</th></tr>
{% for t in tasks %}<tr class="d{{ t.depth }}{% if t.due_on < today %} late{% endif %}"><td><input type="checkbox" name="row" value="{{ t.pk }}:{{ t.version }}"></td><td>{{ t.number }} <a href="{% url 'task' t.pk %}">{{ t.title }}</a></td>
<td>{{ t.unit.short_name }} {{ t.who }}</td><td>{{ t.due_on|date:"Y-m-d" }}</td><td>{% translate "办理中" %}</td><td>{{ t.share }}%</td></tr>{% endfor %}</table>{{ total }}</body></html>"""
TASK = """{% load i18n %}<html lang="{{ LANGUAGE_CODE }}"><body><h1>{{ t.title }}</h1><p>{{ t.unit.name }} {{ t.who }} {{ t.due_on|date:"Y-m-d" }} {{ t.share }}%</p>
<p>{{ t.parent.title }}</p><p>{{ t.measures|linebreaks }}</p><ul>{% for c in kids %}<li>{{ c.title }} {{ c.share }}%</li>{% endfor %}</ul>
{% for r in reports %}<div>{{ r.reported_on|date:"Y-m-d" }} {{ r.text }}</div>{% endfor %}
{% for e in entries %}<div>{{ e.at|date:"Y-m-d H:i" }} {{ e.verb }} {% for k, v in e.changes.items %}{{ k }}: {{ v.0 }} &rarr; {{ v.1 }} {% endfor %}</div>{% endfor %}</body></html>"""
ROLLUP = """<html><body><table>{% for u in rows %}<tr><td>{{ u.unit__short_name }}</td><td>{{ u.n }}</td><td>{{ u.done }}</td><td>{{ u.late }}</td><td>{{ u.weight }}</td></tr>{% endfor %}</table></body></html>"""

url = os.environ.get("DATABASE_URL", f"sqlite:///{os.environ['LUOSHI_DATA']}/luoshi.sqlite3")
database = environ.Env.db_url_config(url)
if database["ENGINE"].endswith("sqlite3"):
    from luoshi.store.sqlite import use_safe_driver

    use_safe_driver()
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    database["CONN_MAX_AGE"] = 60
settings.configure(
    DEBUG=False,
    SECRET_KEY=Path(os.environ["LUOSHI_DATA"], "secret.key").read_text("ascii").strip(),
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    LANGUAGE_CODE="zh-hans",
    LANGUAGES=[("zh-hans", "简体中文"), ("en", "English")],
    TIME_ZONE="Asia/Shanghai",
    AUTH_USER_MODEL="floor.Account",
    DATABASES={"default": database},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "benchmarks.pages.floor"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"context_processors": ["django.template.context_processors.i18n"], "loaders": [
            ("django.template.loaders.cached.Loader", [
                ("django.template.loaders.locmem.Loader", {"list": LIST, "task": TASK, "rollup": ROLLUP}),
            ])
        ]},
    }],
)  # fmt: skip
import django  # noqa: E402

django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models import Count, F, Q, Sum  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import get_object_or_404, redirect, render  # noqa: E402
from django.urls import path  # noqa: E402

from benchmarks.pages.floor.models import (  # noqa: E402
    Assignment,
    Entry,
    Line,
    Report,
    Task,
    Term,
    Unit,
)

TODAY = dt.date(2026, 6, 18)


def seen(request: HttpRequest):
    """Units in the person's scope, and the tasks in them or carried by the own posts."""
    terms = list(
        Term.objects.filter(person=request.user.person_id, to_on=None).select_related("post__unit")
    )
    top = terms[0].post.unit
    if terms[0].post.role == "town_office":
        top = Unit.objects.filter(pk=top.parent_id).get()
    units = Unit.objects.filter(jurisdiction=request.user.jurisdiction, path__startswith=top.path)
    carried = Assignment.objects.filter(
        Q(post__in=[t.post_id for t in terms]) | Q(unit__in=[t.post.unit_id for t in terms]),
        to_on=None,
    )
    tasks = Task.objects.filter(
        Q(unit__in=units.values("pk")) | Q(pk__in=carried.values("task")),
        jurisdiction=request.user.jurisdiction,
    )
    return units, tasks


def named(tasks):
    """Give each task the name of whoever holds its owner's post."""
    owners = dict(
        Assignment.objects.filter(
            task__in=[t.pk for t in tasks], role="owner", to_on=None
        ).values_list("task_id", "post_id")
    )
    people = dict(
        Term.objects.filter(post__in=set(owners.values()), to_on=None).values_list(
            "post_id", "person__name"
        )
    )
    for task in tasks:
        task.who = people.get(owners.get(task.pk), "")
    return tasks


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    units, tasks = seen(request)
    tasks = tasks.filter(
        state__in=("registered", "assigned", "signed", "under_way", "suspended"), plan__year=2026
    )
    rows = named(
        list(
            tasks.select_related("unit").order_by(F("due_on").asc(nulls_last=True), "tree", "id")[
                :50
            ]
        )
    )
    context = {"tasks": rows, "total": tasks.count(), "today": TODAY, "q": "", "units": units.order_by("path"),
               "lines": Line.objects.filter(jurisdiction=request.user.jurisdiction).order_by("number")}  # fmt: skip
    return render(request, "list", context)


@login_required
def task(request: HttpRequest, pk) -> HttpResponse:
    _units, tasks = seen(request)
    row = get_object_or_404(tasks.select_related("unit", "parent"), pk=pk)
    named([row])
    context = {
        "t": row,
        "kids": Task.objects.filter(parent=pk).order_by("tree"),
        "reports": Report.objects.filter(task=pk).order_by("-reported_at"),
        "entries": Entry.objects.filter(
            jurisdiction=row.jurisdiction, subject_kind="ledger.task", subject_id=pk
        ).order_by("at"),
    }
    return render(request, "task", context)


@login_required
def rollup(request: HttpRequest) -> HttpResponse:
    _units, tasks = seen(request)
    rows = tasks.values("unit__short_name").annotate(
        n=Count("id"), done=Count("id", filter=Q(state="completed")), late=Count("id", filter=Q(due_on__lt=TODAY)),
        weight=Sum("weight", filter=Q(is_leaf=True)))  # fmt: skip
    return render(request, "rollup", {"rows": rows.order_by("unit__path")})


@login_required
def write(request: HttpRequest, pk) -> HttpResponse:
    """A leaf, its ancestors' sums, a report and a journal entry, in one transaction under row locks."""
    _units, tasks = seen(request)
    get_object_or_404(tasks, pk=pk)
    now, value = dt.datetime.now(dt.UTC), int(request.POST["progress"]) * 100
    with transaction.atomic():
        row = Task.objects.select_for_update().get(pk=pk)
        old, row.progress = row.progress, value
        trees = [row.tree[:end] for end in range(5, len(row.tree) + 1, 5)]
        by = row.weight * (value - (old or 0))
        missing = -row.weight if old is None else 0
        path_rows = (
            Task.objects.select_for_update()
            .filter(plan=row.plan_id, tree__in=trees)
            .order_by("-depth", "id")
        )
        Task.objects.filter(pk__in=[r.pk for r in path_rows]).update(
            done_sum=F("done_sum") + by, missing_sum=F("missing_sum") + missing, last_report_on=TODAY)  # fmt: skip
        Task.objects.filter(pk=pk).update(progress=value, version=F("version") + 1)
        own = {
            "jurisdiction": row.jurisdiction,
            "unit_id": row.unit_id,
            "person_id": request.user.person_id,
        }
        Report.objects.create(
            id=uuid4(),
            task=row,
            reported_on=TODAY,
            reported_at=now,
            text=request.POST["text"],
            progress=value,
            **own,
        )
        Entry.objects.create(
            id=uuid4(),
            at=now,
            verb="write",
            subject_kind="ledger.task",
            subject_id=pk,
            changes={"progress": [old, value]},
            **own,
        )
    return redirect("task", pk)


urlpatterns = [path("ledger/", listing, name="list"), path("ledger/task/<uuid:pk>/", task, name="task"),
               path("home/wall/", rollup), path("ledger/task/<uuid:pk>/report/", write)]  # fmt: skip
