"""周期性工作: each time once, also after a standstill; skipped with a reason; ended on a day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from luoshi.domain.base import Refused
from luoshi.ledger.models import Task
from luoshi.ledger.queries import roles_of
from luoshi.org.models import Post, Term
from luoshi.supervision import actions, queries
from luoshi.supervision.actions import NewWork
from luoshi.supervision.models import RecurringItem, RecurringWork

from .conftest import NOW, TODAY
from .test_weeks import refusal


@pytest.fixture
def add(cast, act):
    def added(who="lin", **fields):
        new = {
            "name": "月度统计", "what": "上报月度统计报表", "lead_unit": cast.economy.pk,
            "rhythm": "monthly", "day": 25, "shift": "before", "lead_days": 5, "from_on": TODAY,
        } | fields  # fmt: skip
        made = act(who, actions.add_recurring, unit=cast.town, new=NewWork(**new))
        return RecurringWork.objects.get(pk=made.id)

    return added


def sweep(day):
    return actions.sweep(day, NOW)


def test_an_item_is_made_ahead_of_its_day_once(add, cast):
    add(post=cast.posts["qian"].pk)
    assert sweep(TODAY) == 0
    assert sweep(date(2026, 6, 20)) == 1
    assert sweep(date(2026, 6, 20)) == sweep(date(2026, 6, 21)) == 0
    task = Task.objects.get()
    assert task.title == "上报月度统计报表（6月25日）"
    assert (task.state, task.source_kind, task.due_on) == (
        "assigned", "recurring", date(2026, 6, 25),
    )  # fmt: skip
    roles = roles_of([task.pk])[task.pk]
    assert (roles.lead_unit, roles.owner) == (cast.economy.pk, cast.posts["qian"].pk)


def test_a_machine_that_stood_still_misses_nothing(add):
    add(rhythm="daily", day=None, shift="none", lead_days=0, what="防汛值班")
    assert sweep(TODAY) == 1
    assert sweep(TODAY + timedelta(days=6)) == 6
    days = list(RecurringItem.objects.order_by("nominal_on").values_list("due_on", flat=True))
    assert days == [TODAY + timedelta(days=n) for n in range(7)]


def test_the_database_keeps_a_time_to_one_item(add):
    work = add(rhythm="daily", day=None, shift="none", lead_days=0)
    sweep(TODAY)
    kept = RecurringItem.objects.get()
    again = {"work": work, "nominal_on": kept.nominal_on, "due_on": TODAY, "unit_id": kept.unit_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        RecurringItem.objects.create(jurisdiction=work.jurisdiction, **again, skip_reason="又一次")


def test_30_february_is_refused_in_words(add):
    with pytest.raises(Refused) as caught:
        add(rhythm="yearly", month=2, day=30)
    assert caught.value.why.params == {"month": 2, "day": 30}
    assert refusal(add, season_from="02-30", season_to="03-01") == "recurring.no_such_season"
    assert refusal(add, season_from="五月", season_to="九月") == "recurring.no_such_season"
    assert refusal(add, season_from="05-01") == "recurring.no_such_season"
    assert not RecurringWork.objects.exists()


def test_a_rule_is_not_entered_for_the_past_nor_by_a_village(add, cast):
    yesterday = TODAY - timedelta(days=1)
    assert refusal(add, from_on=yesterday) == "supervision.recurring.begins_before"
    assert refusal(add, who="wang") == "access.no_right"
    assert refusal(add, lead_unit=cast.other_village.pk) == "supervision.recurring.no_unit"
    other = {"post": cast.posts["wang"].pk}
    assert refusal(add, **other) == "supervision.recurring.other_post"
    assert refusal(add, name=" ") == "supervision.recurring.no_words"


def test_one_time_is_skipped_with_its_reason(add, act):
    work = add()
    skip = {"work": work, "nominal_on": date(2026, 7, 25), "reason": "县里合并上报"}
    assert refusal(act, "lin", actions.skip_occurrence, **skip | {"reason": ""})
    wrong = skip | {"nominal_on": date(2026, 7, 26)}
    code = "supervision.recurring.not_to_come"
    assert refusal(act, "lin", actions.skip_occurrence, **wrong) == code
    act("lin", actions.skip_occurrence, **skip)
    again = refusal(act, "lin", actions.skip_occurrence, **skip)
    assert again == "supervision.recurring.skipped_already"
    sweep(date(2026, 8, 24))
    titles = sorted(Task.objects.values_list("due_on", flat=True))
    assert titles == [date(2026, 6, 25), date(2026, 8, 25)]


def test_what_is_made_cannot_be_skipped(add, act):
    work = add()
    sweep(date(2026, 6, 20))
    skip = {"work": work, "nominal_on": date(2026, 6, 25), "reason": "不报了"}
    code = refusal(act, "lin", actions.skip_occurrence, **skip)
    assert code == "supervision.recurring.not_to_come"


def test_a_rule_ends_with_a_date(add, act):
    work = add(rhythm="daily", day=None, shift="none", lead_days=0)
    end = {"work": work, "to_on": TODAY + timedelta(days=1), "version": work.version}
    assert refusal(act, "lin", actions.end_recurring, **end, reason=" ")
    act("lin", actions.end_recurring, **end, reason="汛期提前结束")
    assert sweep(TODAY + timedelta(days=9)) == 2


def test_a_vacant_or_ended_post_does_not_stop_the_work(add, cast):
    add(post=cast.posts["qian"].pk)
    Post.objects.filter(pk=cast.posts["qian"].pk).update(to_on=date(2026, 6, 19))
    shown = queries.works(cast.actor("lin"), date(2026, 6, 19))
    assert not shown[0].vacant
    assert sweep(date(2026, 6, 20)) == 1
    task = Task.objects.get()
    roles = roles_of([task.pk])[task.pk]
    assert (roles.lead_unit, roles.owner) == (cast.economy.pk, None)
    Term.objects.filter(person=cast.people["qian"]).update(to_on=date(2026, 6, 1))
    assert queries.works(cast.actor("lin"), date(2026, 6, 21))[0].vacant


def test_the_preview_shows_twelve_months(add, cast, act):
    work = add()
    act("lin", actions.skip_occurrence, work=work, nominal_on=date(2026, 7, 25), reason="合并")
    page = queries.work_page(cast.actor("wang"), TODAY, work)
    assert len(page.coming) == 12
    july = page.coming[1]
    assert (july.one.due_on, july.moved, july.skip_reason) == (date(2026, 7, 24), True, "合并")
    assert not page.may_write
    assert page.caution is not None, "2027 has no notice yet"


def test_another_town_does_not_see_the_rule(add, cast):
    work = add()
    assert queries.work_for(cast.actor("fang"), TODAY, work.pk) is None
    assert queries.work_for(cast.actor("wang"), TODAY, work.pk) == work
