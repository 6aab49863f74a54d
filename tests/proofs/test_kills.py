"""Killed at any moment: what was acknowledged stands, a retry writes nothing twice, no half import.

Each kill is a SIGKILL of a process that serves real forms, or of the worker, at a random moment.
The short forms run in `make test`; `make prove` runs the long ones and writes what they found.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from threading import Event

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from uuid6 import uuid7

from luoshi.domain.access import Actor
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.actions import Written, record, write
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.org.models import Post
from tests.cast import TODAY, make_cast
from tests.office import ON_POSTGRES
from tests.proofs.claims import keep
from tests.proofs.desk import form_with

pytestmark = pytest.mark.django_db(transaction=True)
BASE = "postgresql" if ON_POSTGRES else "sqlite"
SEED = 20261201


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for tests")


def born(act):
    """A child process that does something and is gone; its id. It never returns into pytest."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        act()
        code = 0
    finally:
        os._exit(code)


def client_of(account):
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


# --- saves ---------------------------------------------------------------------------------


def killed_saves(cast, kills, seed):
    """Forms sent by processes that are killed; each sent again until it is acknowledged."""
    dice, client = random.Random(seed), client_of(cast.account("lin"))
    page = client.get("/ledger/task/new/").content.decode()
    fields = form_with(page, "title")
    killed, found, forms, span = 0, Counter(), 0, 0.3
    while killed < kills:
        forms += 1
        key, title = uuid7().hex, f"第{forms}张表单"
        sent = fields | {
            "title": title, "due_on": "2026-12-31", "source_kind": "annual_focus", "key": key,
        }  # fmt: skip
        told = ""
        while told != "302":
            read, line = os.pipe()

            def send(line=line, sent=sent):
                answer = client.post("/ledger/task/new/", sent)
                os.write(line, str(answer.status_code).encode())

            begun = time.monotonic()
            child = born(send)
            os.close(line)
            doomed = killed < kills and dice.random() < 0.8
            if doomed:
                time.sleep(dice.uniform(0, span))
                os.kill(child, signal.SIGKILL)
            status = os.waitpid(child, 0)[1]
            told = os.read(read, 10).decode()
            os.close(read)
            killed += os.WIFSIGNALED(status)
            found["killed before it answered"] += os.WIFSIGNALED(status) and not told
            rows = Task.objects.filter(title=title).count()
            if not told and rows:
                found["written but not acknowledged"] += 1
            if told == "302":
                found["acknowledged"] += 1
                found["lost"] += rows == 0
            elif told:
                found[f"answered {told}"] += 1
                assert told == "503", told
            if not doomed:
                span = 0.5 * span + 0.5 * (time.monotonic() - begun)
        found["twice"] += Task.objects.filter(title=title).count() - 1
    titles = Counter(Task.objects.values_list("title", flat=True))
    found["rows"], found["forms"] = len(titles), forms
    found["entries"] = Entry.objects.filter(verb="ledger.task.register").count()
    return found


def sound(found):
    assert found["lost"] == found["twice"] == 0, found
    assert found["acknowledged"] == found["rows"] == found["forms"] == found["entries"], found


def test_killed_saves_lose_nothing_and_write_nothing_twice(today):
    sound(killed_saves(make_cast(), kills=6, seed=1))


@pytest.mark.prove
def test_two_hundred_killed_saves(today):
    kills, begun = int(os.environ.get("PROVE_KILLS", "200")), time.monotonic()
    found = killed_saves(make_cast(), kills, SEED)
    keep(
        f"killed-saves-{BASE}",
        seed=SEED,
        kills=kills,
        **found,
        wall_s=round(time.monotonic() - begun),
    )
    sound(found)


# --- jobs ----------------------------------------------------------------------------------


@write("tests.effect.done")
def effect(*, actor, today, post_id, job_id):
    """One on a counter: what must happen once for each job."""
    row = Post.objects.select_for_update().get(pk=post_id)
    row.position += 1
    row.save(update_fields=["position"])
    record(row, {"job": (None, str(job_id))}, unit_id=row.unit_id)
    return Written("org.post", row.pk)


@jobs.handler("tests.effect")
def do_effect(job, progress):
    effect(
        actor=Actor.system(job.jurisdiction), today=TODAY, post_id=job.payload["post"],
        job_id=job.pk, key=f"effect:{job.pk}",
    )  # fmt: skip
    return {}


def killed_worker(cast, count, kills, seed):
    """The real worker's loop, killed at random moments and begun again, until all is done."""
    from luoshi.config.commands import worker

    dice, post = random.Random(seed), cast.posts["sun"]
    Post.objects.filter(pk=post.pk).update(position=0)
    actor = cast.actor("lin")
    for k in range(count):
        jobs.start(
            kind="tests.effect", actor=actor, payload={"post": str(post.pk)}, now=timezone.now(),
            key=f"tests:{k}",
        )  # fmt: skip
    killed, idle, begun = 0, 0.0, time.monotonic()
    left = Job.objects.exclude(state="done")
    while left.exists() or killed < kills:
        assert time.monotonic() - begun < 600, "the worker does not come to an end"
        child = born(lambda: worker.loop(Event()))
        if killed < kills:
            before = left.count()
            pace = max((time.monotonic() - begun) / max(1, count - before), 0.004)
            span = max(0.05, pace * before / (kills - killed + 1))
            time.sleep(dice.uniform(0.02, 2 * span))
        else:
            idle = time.monotonic()
            while left.exists():
                time.sleep(0.05)
            idle = time.monotonic() - idle
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        killed += 1
    done = Counter(
        entry["job"][1]
        for entry in Entry.objects.filter(verb="tests.effect.done").values_list(
            "changes", flat=True
        )
    )
    return {
        "jobs": count, "kills": killed, "done": Job.objects.filter(state="done").count(),
        "effects": Post.objects.get(pk=post.pk).position, "twice": sum(n > 1 for n in done.values()),
        "taken_again": Job.objects.filter(attempts__gt=1).count(),
        "wall_s": round(time.monotonic() - begun, 1),
    }  # fmt: skip


def each_once(found):
    assert found["twice"] == 0, found
    assert found["done"] == found["effects"] == found["jobs"], found


def test_jobs_of_a_killed_worker_are_done_once(today):
    each_once(killed_worker(make_cast(), count=30, kills=3, seed=3))


@pytest.mark.prove
def test_eight_hundred_jobs_with_thirty_kills(today):
    found = killed_worker(make_cast(), 800, 30, SEED)
    keep(f"killed-worker-{BASE}", seed=SEED, **found)
    each_once(found)
    assert found["kills"] >= 30


def test_job_that_ends_its_worker_again_and_again_fails_at_last(cast):
    job = jobs.start(kind="tests.none", actor=cast.actor("lin"), payload={}, now=timezone.now())
    for _ in range(jobs.MOST_TAKEN):
        assert jobs.take(timezone.now(), "here").pk == job.pk
        jobs.free_held("here")
    assert jobs.take(timezone.now(), "here").state == Job.State.FAILED
    assert jobs.take(timezone.now(), "here") is None


def test_worker_frees_only_what_it_held_itself(cast):
    job = jobs.start(kind="tests.none", actor=cast.actor("lin"), payload={}, now=timezone.now())
    jobs.take(timezone.now(), "there")
    assert jobs.free_held("here") == 0
    assert jobs.take(timezone.now(), "here") is None
    assert jobs.free_held("there") == 1
    assert jobs.take(timezone.now(), "here").pk == job.pk
