"""回头看抽查: who draws what, who looks, what a false one does, and who sees it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.domain.access import Actor
from luoshi.domain.base import Period
from luoshi.journal.actions import on_behalf
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task
from luoshi.ledger.queries import visible_tasks
from luoshi.org.models import Term
from luoshi.store.rows import Stale
from luoshi.supervision import actions, queries
from luoshi.supervision.models import SampleDraw, SampleItem
from luoshi.ui.sentences import tell
from tests.cast import make

from .conftest import NOW, TODAY
from .test_checks import refusal, together
from .test_pages import form

Q1 = Period.quarter(2026, 1)
YEAR = Period.year(2026)
FEW = {"confidence": 80, "rate": 20}


@pytest.fixture
def closed(cast, plan):
    """`closed(unit, n)`: n items of a unit, done by its head, verified by 何, closed in March."""

    def rows(unit, count, who="wang", **fields):
        common = {
            "plan": plan, "unit": unit, "state": "completed", "state_since": date(2026, 3, 20),
            "closed_on": date(2026, 3, 20), "done_on": date(2026, 3, 10), "progress": 10_000,
            "due_on": date(2026, 3, 31), "done_by_id": cast.people[who].pk,
            "verified_by_id": cast.people["he"].pk, "assigned_by_id": cast.people["lin"].pk,
            "weight_sum": 100, "done_sum": 1_000_000,
        }  # fmt: skip
        start = Task.objects.count() + 1
        return [
            make(
                Task, cast, **(common | fields), title=f"{unit.name}{n}号", number=str(n),
                tree=f"{n:04d}/",
            )
            for n in range(start, start + count)
        ]  # fmt: skip

    return rows


@pytest.fixture
def office(cast, closed):
    """30 items of 东村, 20 of 西村, 10 of 经发办: seven are drawn, 4 + 2 + 1 by share."""
    closed(cast.east, 30)
    closed(cast.west, 20, who="xu")
    closed(cast.economy, 10, who="qian")
    return cast


def drawn(act, who="lin", period=Q1, **more):
    made = act(who, actions.draw, period=period, **(FEW | more))
    return SampleDraw.objects.select_related("unit").get(pk=made.id)


def items_of(row):
    return list(row.items.select_related("draw__unit", "task__unit").order_by("position"))


def of_east(row):
    return next(item for item in items_of(row) if item.stratum.name == "东村")


def look(act, item, who="lin", outcome="true", **more):
    item.refresh_from_db()
    note = {"note": "看了验收单和照片"} | more
    return act(who, actions.check, item=item, outcome=outcome, **note)


def test_a_draw_takes_its_share_of_each_unit_and_is_drawn_again_from_what_is_kept(office, act):
    row = drawn(act)
    units = [item.stratum.name for item in items_of(row)]
    assert (row.population, row.size, row.must_count) == (60, 7, 0)
    assert (units.count("东村"), units.count("西村"), len(units)) == (4, 2, 7)
    lin = office.actor("lin")
    assert queries.shown(lin, TODAY, row).redrawn
    entry = Entry.objects.get(verb="supervision.sample.draw")
    assert entry.subject_id == row.pk
    assert len(entry.changes["tasks"][1]) == 7
    assert "frame" not in entry.changes
    one = row.items.first()
    other = Task.objects.exclude(samplings__draw=row).first()
    SampleItem.objects.filter(pk=one.pk).update(task=other)
    assert not queries.shown(lin, TODAY, row).redrawn


def test_nobody_draws_a_period_twice_or_chooses_its_days(office, act):
    drawn(act)
    assert refusal(lambda: drawn(act)) == "sampling.drawn_already"
    for bad in (
        {"period": Period(date(2026, 1, 2), date(2026, 3, 31))},
        {"period": Period.quarter(2026, 3)},
        {"confidence": 50},
        {"rate": 50},
    ):
        assert refusal(lambda bad=bad: drawn(act, **bad)) == "sampling.not_offered"
    row = SampleDraw.objects.get()
    row.pk = row.jurisdiction
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_one_key_sent_twice_is_one_draw(office, act):
    sent = {"period": Q1, "key": "twice", **FEW}
    assert not act("lin", actions.draw, **sent).repeated
    assert act("lin", actions.draw, **sent).repeated
    assert SampleDraw.objects.count() == 1


@pytest.mark.parametrize("who", ["chen", "liu", "wang", "ma", "zhou", "gao"])
def test_only_the_office_and_the_county_draw(office, act, who):
    assert refusal(lambda: drawn(act, who)) == "sampling.not_yours"


def test_another_town_draws_from_its_own_items_only(office, act):
    assert refusal(lambda: drawn(act, "fang")) == "sampling.none"


def test_what_must_be_checked_is_apart_from_the_draw(cast, closed, act):
    closed(cast.east, 5)
    closed(cast.east, 1, source_kind="county_assigned")
    closed(cast.west, 1, who="xu", source_kind="resident_request")
    closed(cast.west, 1, who="xu", done_on=date(2026, 4, 1), closed_on=date(2026, 3, 31))
    closed(cast.east, 1, closed_on=date(2026, 4, 1))  # of another quarter
    closed(cast.east, 1, is_leaf=False)  # its parts are looked at, not their sum
    row = drawn(act)
    must = {item.must for item in items_of(row)} - {""}
    assert must == {"above", "livelihood", "late"}
    assert (row.population, row.must_count, len(items_of(row))) == (5, 3, 3 + row.size)
    tally = queries.draws(cast.actor("lin"), TODAY)[0]
    assert tell(tally.must_result, "zh-hans") == "必查3件，已查0件、属实0件"


def test_items_of_a_closed_year_are_not_drawn(office, plan, act):
    type(plan).objects.filter(pk=plan.pk).update(state="closed")
    assert refusal(lambda: drawn(act)) == "sampling.none"


def test_the_result_in_words_with_an_interval_for_a_year_only(office, act):
    row, year = drawn(act), drawn(act, period=YEAR)
    for item in items_of(row)[:6]:
        look(act, item)
    assert tell(queries.draws(office.actor("lin"), TODAY)[1].result, "zh-hans") == (
        "抽查7件，已查6件、属实6件"
    )
    look(act, items_of(row)[6], outcome="false", note="现场没有见到")
    for item in items_of(year):
        if Task.objects.get(pk=item.task_id).state == "completed":
            look(act, item)
        else:
            look(act, item, outcome="false")
    quarter, whole = (
        next(t for t in queries.draws(office.actor("lin"), TODAY) if t.row.pk == one.pk)
        for one in (row, year)
    )
    assert tell(quarter.result, "zh-hans") == "抽查7件、属实6件"
    assert quarter.row.state == "done"
    assert quarter.estimate is None
    assert whole.estimate.code == "sampling.estimate"


def test_a_false_one_is_reopened_with_its_history(office, act):
    row = drawn(act)
    item = of_east(row)
    look(act, item, outcome="false", note="现场没有见到路灯")
    task = Task.objects.get(pk=item.task_id)
    assert (task.state, task.closed_on, task.verified_by_id) == ("under_way", None, None)
    item.refresh_from_db()
    assert (item.done_by_id, item.verified_by_id) == (
        office.people["wang"].pk, office.people["he"].pk,
    )  # fmt: skip
    assert Entry.objects.get(verb="ledger.task.reopen").reason == "现场没有见到路灯"
    assert Entry.objects.get(verb="supervision.sample.check").subject_id == item.pk
    told = queries.panel(office.actor("wang"), TODAY, task).samples[0]
    assert (told.row.outcome, told.row.note, told.person) == ("false", "现场没有见到路灯", "林主任")


def test_a_false_one_comes_back_from_the_archive_and_what_is_open_stays(office, act):
    row = drawn(act)
    archived, moved = items_of(row)[:2]
    Task.objects.filter(pk=archived.task_id).update(state="archived")
    Task.objects.filter(pk=moved.task_id).update(state="under_way", closed_on=None)
    for item in (archived, moved):
        look(act, item, outcome="false")
    states = Task.objects.filter(pk__in=[archived.task_id, moved.task_id])
    assert set(states.values_list("state", flat=True)) == {"under_way"}
    assert Entry.objects.filter(verb="ledger.task.reopen").count() == 1


def test_who_did_or_verified_it_or_was_not_drawn_does_not_look(office, act):
    item = of_east(drawn(act))
    assert refusal(lambda: look(act, item, "he")) == "sampling.checker_is_verifier"
    assert refusal(lambda: look(act, item, "wang")) == "sampling.checker_is_doer"
    assert refusal(lambda: look(act, item, "liu")) == "sampling.checker_not_drawn"
    typing = on_behalf(office.actor("lin"), office.people["liu"].pk)
    assert refusal(lambda: look(act, item, typing)) == "sampling.on_behalf"
    assert refusal(lambda: look(act, item, note=" ")) == "supervision.no_note"
    for barred in ("wang", "he"):
        with pytest.raises(IntegrityError), transaction.atomic():
            SampleItem.objects.filter(pk=item.pk).update(
                outcome="true", note="x", checked_on=TODAY, checked_by_id=office.people[barred].pk
            )
    look(act, item)
    assert refusal(lambda: look(act, item)) == "sampling.checked_already"


def test_where_the_office_has_nobody_left_the_leader_in_charge_looks(office, line, act):
    row = drawn(act)
    item, other = items_of(row)[:2]
    Task.objects.filter(pk=item.task_id).update(line=line)
    Term.objects.filter(person=office.people["lin"]).update(to_on=date(2026, 6, 17))
    told = queries.shown(office.actor("he"), TODAY, row).groups
    people = {one.row.pk: one.checker for group in told for one in group.items}
    assert (people[item.pk], people[other.pk]) == (office.people["liu"], None)
    assert refusal(lambda: look(act, item, "chen")) == "sampling.checker_not_drawn"
    look(act, item, "liu", outcome="false")
    assert Task.objects.get(pk=item.task_id).state == "under_way"


def test_an_older_version_is_stale_and_one_key_is_one_answer(office, act):
    item = items_of(drawn(act))[0]
    with pytest.raises(Stale):
        look(act, item, version=item.version + 1)
    assert not look(act, item, key="twice").repeated
    assert look(act, item, key="twice").repeated


def test_a_draw_is_ended_early_with_a_reason_by_who_draws(office, act):
    row = drawn(act)
    item = items_of(row)[0]
    assert refusal(lambda: act("lin", actions.end, draw=row, reason=" ")) == "closing.needs.reason"
    for who in ("chen", "fang", "zhao"):
        code = refusal(lambda who=who: act(who, actions.end, draw=row, reason="换人"))
        assert code == "sampling.not_yours"
    act("lin", actions.end, draw=row, reason="机构调整")
    assert refusal(lambda: look(act, item)) == "sampling.not_open"
    assert refusal(lambda: act("lin", actions.end, draw=row, reason="再来")) == "sampling.not_open"
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("ended", TODAY)


def test_the_county_draws_by_town_sees_what_is_open_and_reopens_what_is_false(office, act):
    zhao = office.actor("zhao")
    assert not visible_tasks(zhao, TODAY).filter(unit=office.east).exists()
    row = drawn(act, "zhao", confidence=95, rate=10)
    items = items_of(row)
    assert {item.stratum.name for item in items} == {"青榆镇"}
    keys = {item.task_id for item in items}
    assert set(visible_tasks(zhao, TODAY).values_list("pk", flat=True)) == keys
    assert not visible_tasks(office.actor("fang"), TODAY).exists()
    look(act, items[0], "zhao", outcome="false")
    assert Task.objects.get(pk=items[0].task_id).state == "under_way"
    assert refusal(lambda: look(act, items[1], "lin")) == "sampling.checker_not_drawn"
    act("zhao", actions.end, draw=row, reason="另行安排")
    assert not visible_tasks(zhao, TODAY).filter(unit=office.east).exists()


PAGES = ("samples", "draw_sample", "sample", "end_sample", "check_sample")


def url(name, row):
    keys = {"sample": [row.pk], "end_sample": [row.pk], "check_sample": [row.items.first().pk]}
    return reverse(f"supervision:{name}", args=keys.get(name, []))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_in_both_languages(signed_in, office, act, language):
    row = drawn(act)
    client = signed_in("lin")
    client.cookies["django_language"] = language
    for name in PAGES:
        assert client.get(url(name, row)).status_code == 200, name
    desk = client.get("/supervision/").content.decode()
    assert f"/supervision/sample/{row.pk}/" in desk


@pytest.mark.parametrize(("who", "status"), [("fang", 404), ("wang", 403), ("sun", 403)])
def test_another_town_s_draw_does_not_exist(signed_in, office, act, who, status):
    row = drawn(act)
    client = signed_in(who)
    for name in ("sample", "end_sample", "check_sample"):
        assert client.get(url(name, row)).status_code == status
        assert client.post(url(name, row), {"reason": "x"}).status_code in {status, 405}


def test_a_period_is_weighed_drawn_looked_at_and_told(signed_in, office):
    client = signed_in("lin")
    page = client.get("/supervision/sample/new/")
    assert "抽7件至少查出1件的把握为80.93%" in page.content.decode()
    wider = client.get(
        "/supervision/sample/new/?period=20260101-20261231&confidence=95&rate=10"
    ).content.decode()
    assert "达到95%" in wider
    asked = {"period": "20260101-20260331", "confidence": "80", "rate": "20", "key": "k1"}
    answer = client.post("/supervision/sample/new/", asked)
    row = SampleDraw.objects.get()
    assert answer.url == url("sample", row)
    again = client.post("/supervision/sample/new/", asked | {"key": "k2"})
    assert again.status_code == 422
    item = row.items.first()
    page = client.get(url("check_sample", row))
    assert page.status_code == 200
    sent = form(page) | {"outcome": "false", "method": "on_site", "note": "没有见到"}
    assert client.post(url("check_sample", row), sent).status_code == 302
    told = client.get(url("sample", row)).content.decode()
    assert "抽查7件，已查1件、属实0件" in told
    assert Task.objects.get(pk=item.task_id).state == "under_way"
    sent = form(client.get(url("end_sample", row))) | {"reason": "另行安排"}
    assert client.post(url("end_sample", row), sent).status_code == 302
    assert SampleDraw.objects.get().state == "ended"


def queries_of(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_the_same_number_of_queries_for_any_size(signed_in, office, closed, act):
    small = drawn(act, period=Period.month(2026, 3))
    client = signed_in("lin")
    counted = {name: queries_of(client, url(name, small)) for name in ("sample", "samples")}
    desk, new = (
        queries_of(client, "/supervision/"),
        "/supervision/sample/new/?confidence=80&rate=20",
    )
    offered = queries_of(client, f"{new}&period=20260101-20261231")
    closed(office.east, 60)
    large = drawn(act, confidence=99, rate=5)
    assert large.size > 3 * small.size
    for name, count in counted.items():
        assert queries_of(client, url(name, large)) == count, name
    assert queries_of(client, "/supervision/") == desk
    assert queries_of(client, f"{new}&period=20260101-20261231") == offered


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_draw_and_one_finding(office):
    common = {"today": TODAY, "now": NOW}
    draws = [{"actor": office.actor(who), "period": Q1} | FEW | common for who in ("lin", "he")]
    errors = together([lambda sent=sent: actions.draw(**sent) for sent in draws])
    assert [error.why.code for error in errors] == ["sampling.drawn_already"]
    item = of_east(SampleDraw.objects.get())
    sent = {"actor": office.actor("lin"), "item": item, "note": "看过"} | common
    errors = together(
        [lambda told=told: actions.check(**sent, outcome=told) for told in ("true", "false")]
    )
    assert [error.why.code for error in errors] == ["sampling.checked_already"]
    item.refresh_from_db()
    assert (Task.objects.get(pk=item.task_id).state == "under_way") is (item.outcome == "false")


def test_spot_check_is_owed_by_whoever_was_drawn_to_look(cast, office, act):
    row = drawn(act)
    lots = queries.checkers_for(cast.actor("lin"), TODAY, items_of(row))
    expected = {"lin": set(), "he": set()}
    for item in items_of(row):
        person = lots[item.pk].person
        expected["lin" if person == cast.people["lin"] else "he"].add(item.pk)
    for name, items in expected.items():
        owed = [one for one in queries.owed(cast.actor(name), TODAY) if one.kind == "look"]
        assert {one.subject_id for one in owed} == items
        assert {one.by for one in owed} <= {row.drawn_on}
        assert all("回头看" in tell(one.why) for one in owed)
        assert {one.subject_kind for one in owed} <= {"supervision.sampleitem"}
    assert sum(map(len, expected.values())) == 7
    for name in ("wang", "liu", "gao"):
        assert not [one for one in queries.owed(cast.actor(name), TODAY) if one.kind == "look"]


def test_spot_check_looked_at_or_of_a_draw_that_ended_is_owed_by_nobody(cast, office, act):
    row = drawn(act)
    first = items_of(row)[0]
    who = (
        "lin"
        if queries.checkers_for(cast.actor("lin"), TODAY, [first])[first.pk].person
        == cast.people["lin"]
        else "he"
    )
    look(act, first, who=who)
    assert first.pk not in {one.subject_id for one in queries.owed(cast.actor(who), TODAY)}
    row.refresh_from_db()
    act("lin", actions.end, draw=row, reason="其余事项已由县督查看过")
    assert not [
        one
        for n in ("lin", "he")
        for one in queries.owed(cast.actor(n), TODAY)
        if one.kind == "look"
    ]


def test_what_many_people_owe_is_what_each_owes(cast, office, act):
    drawn(act)
    people = {row.pk: cast.actor(name) for name, row in cast.people.items()}
    system = Actor.system(cast.county.jurisdiction)
    many = queries.owed_of_many(system, TODAY, people)
    for key, actor in people.items():
        one = [(o.kind, o.subject_id) for o in queries.owed(actor, TODAY)]
        assert sorted(one) == sorted((o.kind, o.subject_id) for o in many.get(key, ()))
    assert sum(map(len, many.values())) == 7
