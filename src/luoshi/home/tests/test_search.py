"""The search page finds what actions wrote, for those who may read it."""

from luoshi.goals import actions as goals
from luoshi.goals.models import Goal
from luoshi.home import actions
from luoshi.home.queries.search import search
from luoshi.ledger import actions as ledger
from luoshi.ledger.queries import Roles
from luoshi.search.actions import forget
from tests.cast import TODAY

from .conftest import NOW


def titles(cast, who, text):
    return [row.title for part in search(cast.actor(who), TODAY, text) for row in part.rows]


def test_item_is_found_by_any_two_characters_of_its_words(cast, plan, new):
    new("榆湾冷链物流园开工", measures="先批用地", roles=Roles(lead_unit=cast.east.pk))
    for text in ("冷链", "园开", "用地", "榆湾 物流"):
        assert titles(cast, "lin", text) == ["榆湾冷链物流园开工"], text
    assert titles(cast, "wang", "冷链") == ["榆湾冷链物流园开工"]


def test_what_one_may_not_read_is_not_found(cast, plan, new):
    new("榆湾冷链物流园开工", roles=Roles(lead_unit=cast.east.pk))
    for who in ("xu", "fang", "shi", "gao"):
        assert titles(cast, who, "冷链") == []


def test_changed_and_withdrawn_words_follow(cast, plan, new):
    task = new("修路")
    told = {"actor": cast.actor("lin"), "today": TODAY, "now": NOW}
    ledger.edit_task(**told, task=task, version=task.version, title="架桥", reason="改")
    assert (titles(cast, "lin", "修路"), titles(cast, "lin", "架桥")) == ([], ["架桥"])
    task.refresh_from_db()
    ledger.withdraw_task(**told, task=task)
    assert titles(cast, "lin", "架桥") == []


def test_goals_are_found_and_lead_to_their_plan(cast, plan, signed_in):
    told = {"actor": cast.actor("lin"), "today": TODAY}
    made = goals.add_goal(**told, plan=plan, title="财政收入增长百分之八")
    page = signed_in("lin").get("/home/search/?q=财政").content.decode()
    assert f"/goals/plan/{plan.pk}/" in page
    goals.withdraw_goal(**told, goal=Goal.objects.get(pk=made.id))
    assert titles(cast, "lin", "财政") == []


def test_index_made_anew_finds_everything_again(cast, plan, new):
    task = new("修路")
    forget("ledger.task", [task.pk])
    assert titles(cast, "lin", "修路") == []
    actions.rebuild_search(actor=cast.actor("lin"), today=TODAY)
    assert titles(cast, "lin", "修路") == ["修路"]


def test_odd_questions_answer_kindly(signed_in):
    client = signed_in("lin")
    for text in ("", "%22", "%00", "'--", "x" * 500, "&|!()"):
        assert client.get("/home/search/", {"q": text}).status_code == 200
