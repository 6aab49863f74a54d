"""督查: the county opens, the town answers, the county concludes; no town opens one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from luoshi.journal.models import Entry
from luoshi.supervision import actions
from luoshi.supervision.models import Inspection, Order

from .conftest import TODAY
from .test_checks import refusal

DUE = date(2026, 6, 25)


@pytest.fixture
def asked(cast):
    return {
        "town": cast.town,
        "title": "防汛物资储备",
        "requirement": "报送物资清单和轮换记录",
        "due_on": DUE,
    }


@pytest.fixture
def inspection(act, asked):
    return Inspection.objects.get(pk=act("zhao", actions.open_inspection, **asked).id)


def reread(row):
    return Inspection.objects.get(pk=row.pk)


def test_the_county_opens_one_with_its_own_number(inspection, cast):
    assert inspection.serial == "督查〔2026〕1号"
    assert (inspection.unit, inspection.town) == (cast.supervision_office, cast.town)
    assert Entry.objects.get(verb="supervision.inspection.open").unit_id == cast.town.pk


@pytest.mark.parametrize("who", ["lin", "chen", "wang", "zhou", "gao", "fang"])
def test_nobody_of_a_town_opens_one(act, asked, who):
    code = refusal(lambda: act(who, actions.open_inspection, **asked))
    assert code == "orders.inspection_county_only"
    assert not Inspection.objects.exists()


def test_it_is_of_a_town_never_of_a_village(act, asked, cast):
    code = refusal(lambda: act("zhao", actions.open_inspection, **asked | {"town": cast.east}))
    assert code == "orders.inspection_of_towns"


def test_the_database_itself_keeps_the_classes_apart(inspection):
    for change in ({"issuer_kind": "town"}, {"town_kind": "village"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Inspection.objects.filter(pk=inspection.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "orders.no_title"),
        ({"requirement": ""}, "orders.no_requirement"),
        ({"requirement": "机密★1年\n报送清单"}, "orders.marked"),
        ({"due_on": date(2026, 6, 17)}, "orders.due_passed"),
    ],
)
def test_what_is_not_whole_is_refused(act, asked, change, code):
    assert refusal(lambda: act("zhao", actions.open_inspection, **asked | change)) == code


def test_the_town_answers_and_the_county_concludes(act, inspection):
    said = {"inspection": inspection, "finding": "清单齐全，抽看属实", "result": "rectified"}
    conclude = lambda **f: act("zhao", actions.conclude_inspection, **said | f)  # noqa: E731
    assert refusal(conclude) == "orders.inspection_no_answer"
    for who in ("wang", "fang", "zhao"):
        code = refusal(
            lambda who=who: act(who, actions.answer_inspection, inspection=inspection, answer="好")
        )
        assert code == "orders.inspection_not_yours"
    act("lin", actions.answer_inspection, inspection=inspection, answer="物资齐全，清单附后")
    assert refusal(lambda: conclude(finding=" ")) == "orders.inspection_no_finding"
    conclude()
    row = reread(inspection)
    assert (row.state, row.result, row.answered_on) == ("concluded", "rectified", TODAY)
    assert refusal(conclude) == "orders.inspection_stands"
    again = refusal(
        lambda: act("lin", actions.answer_inspection, inspection=inspection, answer="补充")
    )
    assert again == "orders.inspection_stands"


def test_silence_is_concluded_once_its_time_has_passed(act, inspection):
    told = {"inspection": inspection, "finding": "逾期未答复", "result": "not"}
    act("zhao", actions.conclude_inspection, **told, day=DUE + timedelta(days=1))
    assert reread(inspection).result == "not"


def test_it_is_not_rectified_while_an_order_of_it_is_open(act, inspection, given):
    told = replace(given, source="inspection", inspection=inspection)
    act("lin", actions.register_order, new=told)
    act("lin", actions.answer_inspection, inspection=inspection, answer="正在整改")
    said = {"inspection": inspection, "finding": "属实", "result": "rectified"}
    code = refusal(lambda: act("zhao", actions.conclude_inspection, **said))
    assert code == "orders.inspection_open_orders"
    assert Order.objects.get().inspection == inspection
    other = replace(given, title="另一件", inspection=inspection, asked_by_id=None)
    assert refusal(lambda: act("fang", actions.register_order, new=other)) == "orders.not_yours"


def test_the_pages_of_both_sides(signed_in, inspection):
    here = reverse("supervision:inspection", args=[inspection.pk])
    county, town = signed_in("zhao"), signed_in("lin")
    assert "发起督查" in county.get("/supervision/inspection/").content.decode()
    assert town.get("/supervision/inspection/new/").status_code == 403
    page = town.get(here).content.decode()
    assert "答复督查" in page
    assert "转督办单" in page
    assert town.post(here, {"answer": "物资齐全"}).status_code == 302
    page = county.get(here).content.decode()
    assert "认定结论" in page
    assert "答复督查" not in page
    assert county.post(here, {"result": "rectified", "finding": "属实"}).status_code == 302
    assert "已整改" in town.get("/supervision/inspection/").content.decode()
    assert signed_in("wang").get(here).status_code == 404
    assert signed_in("deng").get(here).status_code == 404
    taken = town.get(f"/supervision/order/new/?inspection={inspection.pk}").content.decode()
    assert "防汛物资储备" in taken
