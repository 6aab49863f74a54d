"""Timings without a person, asks outside the system, opinions and their answers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from uuid6 import uuid7

from luoshi.burden import actions, queries
from luoshi.burden.models import FormTiming, Opinion, OutsideAsk
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused
from luoshi.journal.models import Entry, Receipt
from tests.cast import make

from .conftest import TODAY


def system(cast):
    return Actor.system(cast.county.jurisdiction)


def note(cast, **facts):
    told = {"form": "ledger.report", "fields": 2, "seconds": "21"} | facts
    return actions.note_timing(actor=system(cast), today=TODAY, **told)


def refusal(call, *args, **facts):
    with pytest.raises(Refused) as caught:
        call(*args, **facts)
    return caught.value.why.code


# --- Timings --------------------------------------------------------------------------------


def test_a_timing_is_a_count_that_knows_nobody(cast):
    before = Entry.objects.count()
    note(cast)
    note(cast, seconds="24")
    row = FormTiming.objects.get()
    assert (row.seconds, row.times, row.month) == (25, 2, date(2026, 6, 1))
    assert Entry.objects.count() == before
    assert Receipt.objects.count() == 0
    names = {field.name for field in FormTiming._meta.fields}
    assert names == {"id", "jurisdiction", "form", "month", "fields", "seconds", "times"}
    assert row.pk.version == 4  # by lot: a key of ours would tell the instant


@pytest.mark.parametrize(
    "facts",
    [
        {"seconds": "-1"}, {"seconds": "1e9"}, {"seconds": "999999"}, {"seconds": "abc"},
        {"seconds": "0"}, {"fields": 0}, {"fields": 900}, {"form": "ledger.unknown"}, {"times": 0},
    ],
)  # fmt: skip
def test_nonsense_timings_are_refused_and_leave_nothing(cast, facts):
    assert refusal(note, cast, **facts) == "burden.timing_odd"
    assert not FormTiming.objects.exists()


def test_median_needs_five_measurements_and_spans_twelve_months(cast):
    actor = cast.actor("lin")
    for _ in range(4):
        note(cast, seconds="20")
    assert queries.measured(actor, TODAY)["ledger.report"].pace is None
    note(cast, seconds="40")
    assert queries.measured(actor, TODAY)["ledger.report"].pace == Decimal("10.00")
    later = date(2027, 7, 1)
    assert queries.measured(actor, later)["ledger.report"].times == 0


def test_a_timing_of_another_jurisdiction_is_not_counted(cast):
    actions.note_timing(
        actor=Actor.system(uuid7()), today=TODAY, form="ledger.report", fields=1, seconds=5, times=9
    )
    assert queries.measured(cast.actor("lin"), TODAY)["ledger.report"].times == 0


def send(client, **facts):
    data = {
        "channel": "group",
        "what": "省厅直报系统补录",
        "minutes": "20",
        "asked_on": "2026-06-18",
    }
    data |= {"key": uuid7().hex, "asked": "burden.outside", "asked_seconds": "9"}
    return client.post(reverse("burden:outside"), data | facts)


def test_a_form_that_went_through_is_measured(signed_in):
    assert send(signed_in("wang")).status_code == 302
    row = FormTiming.objects.get()
    assert (row.form, row.fields, row.seconds) == ("burden.outside", 4, 10)


@pytest.mark.parametrize("seconds", ["-5", "1e9", "", "NaN", "999999"])
def test_a_form_with_a_nonsense_time_goes_through_unmeasured(signed_in, seconds):
    assert send(signed_in("wang"), asked_seconds=seconds).status_code == 302
    assert OutsideAsk.objects.count() == 1
    assert not FormTiming.objects.exists()


def test_a_refused_form_is_not_measured(signed_in):
    assert send(signed_in("wang"), minutes="0").status_code == 422
    assert not FormTiming.objects.exists()


def test_an_invented_form_is_not_measured(signed_in):
    send(signed_in("wang"), asked="ledger.nothing")
    assert not FormTiming.objects.exists()


# --- Outside the system ---------------------------------------------------------------------


def test_an_ask_outside_is_logged_once_for_oneself(cast, signed_in):
    client, key = signed_in("ma"), uuid7().hex
    send(client, key=key)
    send(client, key=key)
    row = OutsideAsk.objects.get()
    assert (row.unit, row.person_id, row.minutes) == (cast.east, cast.people["ma"].pk, 20)
    assert Entry.objects.filter(verb="burden.outside.log").count() == 1
    assert list(queries.my_outside(cast.actor("ma"))) == [row]
    assert not queries.my_outside(cast.actor("wang")).exists()
    assert (
        "省厅直报系统补录" not in signed_in("wang").get(reverse("burden:outside")).content.decode()
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"minutes": 0}, "burden.minutes_odd"),
        ({"minutes": 601}, "burden.minutes_odd"),
        ({"what": "  "}, "burden.no_what"),
        ({"asked_on": TODAY + timedelta(days=1)}, "burden.asked_ahead"),
    ],
)
def test_an_unsound_ask_is_refused(act, facts, code):
    told = {"channel": "phone", "what": "报数", "minutes": 5, "asked_on": TODAY} | facts
    assert refusal(act, "wang", actions.log_outside, **told) == code


def test_minutes_outside_are_sums_of_a_place_and_month(cast, act):
    for who, minutes in (("wang", 10), ("ma", 20), ("xu", 40)):
        told = {"channel": "group", "what": "报数", "minutes": minutes, "asked_on": TODAY}
        act(who, actions.log_outside, **told)
    month = Period.month(2026, 6)
    rows = queries.outside(cast.actor("wang"), cast.east, month)
    assert sum(row.minutes for row in rows) == 30
    assert queries.outside(cast.actor("lin"), cast.town, month).count() == 3


# --- Opinions -------------------------------------------------------------------------------


def give(client, **facts):
    data = {"kind": "burden", "text": "同一张表填了三遍", "named": "no", "key": uuid7().hex}
    return client.post(reverse("burden:opinions"), data | facts, follow=True)


def test_an_opinion_without_a_name_leaves_no_trace_of_who(cast, signed_in):
    page = give(signed_in("ma")).content.decode()
    row = Opinion.objects.get()
    assert "编号 1" in page
    assert (row.number, row.unit, row.person_id) == (1, cast.town, None)
    entry = Entry.objects.get(verb="burden.opinion.give")
    assert (entry.account_id, entry.person_id, entry.unit_id) == (None, None, cast.town.pk)
    receipt = Receipt.objects.get(verb="burden.opinion.give")
    assert receipt.account_id is None
    everything = f"{entry.changes}{receipt.answer}"
    assert str(cast.people["ma"].pk) not in everything
    assert str(cast.account("ma").pk) not in everything


def test_an_opinion_sent_twice_is_one(signed_in):
    client, key = signed_in("ma"), uuid7().hex
    give(client, key=key)
    give(client, key=key)
    assert Opinion.objects.count() == 1


def test_a_named_opinion_is_seen_by_its_giver_and_the_office_only(cast, signed_in):
    give(signed_in("ma"), named="yes")
    row = Opinion.objects.get()
    assert row.person_id == cast.people["ma"].pk
    address = reverse("burden:answer", args=[row.pk])
    assert signed_in("ma").get(address).status_code == 200
    assert signed_in("lin").get(address).status_code == 200
    for other in ("wang", "xu", "fang", "zhao"):
        assert signed_in(other).get(address).status_code == 404


def test_the_office_answers_once_and_everybody_reads_it_by_number(cast, signed_in):
    give(signed_in("ma"), text="合并两张表")
    row = Opinion.objects.get()
    address = reverse("burden:answer", args=[row.pk])
    sent = {"text": "七月起合并为一张", "version": "1", "key": uuid7().hex}
    assert signed_in("lin").post(address, sent).status_code == 302
    page = signed_in("xu").get(reverse("burden:opinions")).content.decode()
    assert "七月起合并为一张" in page
    assert "合并两张表" not in page  # the words stay with the office
    assert (
        "七月起合并为一张" not in signed_in("fang").get(reverse("burden:opinions")).content.decode()
    )
    again = signed_in("he").post(address, sent | {"key": uuid7().hex, "text": "不合并"})
    assert again.status_code == 422
    row.refresh_from_db()
    assert row.answer == "七月起合并为一张"


@pytest.mark.parametrize("who", ["wang", "ma", "fang", "zhou"])
def test_others_do_not_answer(cast, act, who):
    row = make(Opinion, cast, unit=cast.town, number=1, kind="work", text="建议", given_on=TODAY)
    assert refusal(act, who, actions.answer, opinion=row, text="好") == "burden.not_yours"


def test_the_database_refuses_half_an_answer(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(
            Opinion, cast, unit=cast.town, number=1, kind="work", text="建议", given_on=TODAY,
            answer="好",
        )  # fmt: skip
