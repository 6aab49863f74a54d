"""Stored lights: never stale, whatever is done and whatever day it is; the rebuild changes nothing."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.config.commands.rebuild import rebuild_lights
from luoshi.domain.access import Actor
from luoshi.journal.models import Entry
from luoshi.ledger import actions
from luoshi.ledger.actions import NewMilestone, NewTask, Said
from luoshi.ledger.judging import light_of, nodes_of
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Filters
from luoshi.ledger.queries.listing import keys_of
from luoshi.ledger.standing import holds, runs_out, waits, words_of

from .conftest import NOW, TODAY

WORDS = ("ok", "slow", "late", "silent", "not_started", "none", "done")


def said_by_law(day):
    rows = list(Task.objects.select_related("plan"))
    nodes = nodes_of([row.pk for row in rows])
    return {row.pk: light_of(row, day, nodes.get(row.pk, ())).word for row in rows}


def shown(day):
    """What a page shows: the stored word where it holds, else judged now."""
    held = dict(Task.objects.filter(holds(day)).values_list("pk", "light"))
    return held | words_of(Task.objects.filter(waits(day)), day)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9), steps=st.integers(4, 16))
def test_light_shown_is_the_laws_after_any_story_and_on_any_day(
    cast, plan, line, act, roles, seed, steps
):
    rng, day = random.Random(seed), date(2026, 2, 3)
    for _ in range(steps):
        rows = list(Task.objects.filter(plan=plan, is_leaf=True))
        verb = rng.choice(["new", "report", "nodes", "due", "suspend", "judge", "wait", "wait"])
        if verb == "new" or not rows:
            item = NewTask(title="甲", roles=roles, due_on=day + timedelta(days=rng.randrange(200)))
            made = act("lin", actions.register_task, day=day, new=item, plan=plan)
            row = Task.objects.get(pk=made.id)
            act("lin", actions.assign, day=day, task=row)
            act("wang", actions.sign_for, day=day, task=row)
        elif verb == "wait":
            day += timedelta(days=rng.choice([1, 3, 14, 40]))
        elif verb == "judge":
            actions.judge_waiting(day)
            assert not Task.objects.filter(runs_out(day)).exists()
        else:
            row = rng.choice(rows)
            act_on(verb, act, rng, row, day)
        assert shown(day) == said_by_law(day)
    later = day + timedelta(days=rng.randrange(120))
    assert shown(later) == said_by_law(later)
    assert rebuild_lights(day, NOW) == 0


def act_on(verb, act, rng, row, day):
    if verb == "report" and row.state in {"signed", "under_way"}:
        said = Said(text="进展", progress=rng.randint(0, 10_000))
        act("wang", actions.report, day=day, task=row, said=said)
    elif verb == "nodes":
        nodes = [NewMilestone(title="一", due_on=day + timedelta(days=rng.randrange(60)))]
        act("lin", actions.set_milestones, day=day, task=row, nodes=nodes)
    elif verb == "due":
        due = day + timedelta(days=rng.randrange(1, 90))
        act("lin", actions.edit_task, day=day, task=row, version=row.version, due_on=due)
    elif verb == "suspend" and row.state == "under_way":
        act("liu", actions.suspend, day=day, task=row, reason="缓办")


def test_filter_by_light_finds_the_same_stored_or_not(cast, plan, line, new, task):
    new("修渠", due_on=date(2026, 3, 1), reason="补录")
    lin = cast.actor("lin")
    before = {word: keys_of(lin, TODAY, Filters(year=2026, light=word)) for word in WORDS}
    assert actions.judge_waiting(TODAY) == 2
    assert before == {word: keys_of(lin, TODAY, Filters(year=2026, light=word)) for word in WORDS}
    assert actions.judge_waiting(TODAY) == 0


def test_rebuild_mends_a_light_and_says_so(task):
    actions.judge_waiting(TODAY)
    Task.objects.filter(pk=task.pk).update(light="done", light_until=date(2026, 12, 31))
    assert rebuild_lights(TODAY, NOW) == 1
    assert Task.objects.get(pk=task.pk).light == "none"
    assert Entry.objects.filter(verb="ledger.lights.rebuild", subject_id=task.pk).exists()
    assert rebuild_lights(TODAY, NOW) == 0


def test_new_release_judges_everything_again(task):
    actions.judge_waiting(TODAY)
    actions.forget_lights(actor=Actor.system(task.jurisdiction), today=TODAY)
    assert Task.objects.filter(waits(TODAY)).count() == 1


@pytest.mark.parametrize("stored", [True, False])
def test_filter_by_light_asks_a_constant_number_of_questions(cast, plan, line, new, stored):
    lin = cast.actor("lin")

    def cost():
        if stored:
            actions.judge_waiting(TODAY)
        with CaptureQueriesContext(connection) as caught:
            keys_of(lin, TODAY, Filters(year=2026, light="late"))
        return len(caught)

    new("甲")
    few = cost()
    for n in range(12):
        new(f"乙{n}")
    assert cost() == few
