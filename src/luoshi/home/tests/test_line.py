"""工作专线: who sees the board, what stands first, and that its cost does not grow."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.goals.models import Note
from luoshi.home.queries.line import board
from luoshi.ledger.queries import Roles
from tests.cast import TODAY

from .conftest import crowd


def test_board_puts_what_needs_a_person_first(cast, plan, line, signed_in):
    crowd(cast, plan, line, 40)
    for kind, text in (("achievement", "新签约项目5个"), ("gap", "开工偏慢")):
        Note.objects.create(
            jurisdiction=plan.jurisdiction, plan=plan, unit=cast.town, line=line, kind=kind,
            text=text, noted_on=TODAY,
        )  # fmt: skip
    found = board(cast.actor("lin"), TODAY, line.pk)
    words = [word for word, _rows in found.columns]
    assert words.index("late") < words.index("ok")
    assert found.total == sum(len(rows) for _word, rows in found.columns)
    page = signed_in("lin").get(reverse("home:line", args=[line.pk])).content.decode()
    assert "新签约项目5个" in page
    assert "开工偏慢" in page
    assert "刘副镇长" in page


def test_village_sees_its_own_items_on_the_board(cast, line, new, signed_in):
    new("东村的事", roles=Roles(lead_unit=cast.east.pk), due_on=date(2026, 9, 1))
    new("西村的事", roles=Roles(lead_unit=cast.west.pk), due_on=date(2026, 9, 1))
    page = signed_in("wang").get(reverse("home:line", args=[line.pk])).content.decode()
    assert "东村的事" in page
    assert "西村的事" not in page
    assert signed_in("fang").get(reverse("home:line", args=[line.pk])).status_code == 404


def test_board_costs_the_same_for_more_items(cast, plan, line, signed_in):
    def cost():
        client = signed_in("lin")
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("home:line", args=[line.pk])).status_code == 200
        return len(caught)

    crowd(cast, plan, line, 20)
    few = cost()
    crowd(cast, plan, line, 200, seed=2)
    assert cost() == few
