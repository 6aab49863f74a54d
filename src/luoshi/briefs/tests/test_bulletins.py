"""通报: drafted from facts, shown to the units named, issued by another than who drafted it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from luoshi.briefs import actions
from luoshi.briefs.kept import facts_of, paragraphs_of
from luoshi.briefs.models import Bulletin, BulletinReply
from luoshi.domain.base import Period, Refused
from luoshi.domain.brief import check
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.office.docx_in import read_docx
from luoshi.office.paper import paper_of_pieces
from luoshi.supervision import actions as supervision
from luoshi.supervision.actions import NewOrder
from luoshi.supervision.models import Order
from luoshi.supervision.queries import drawn_for

START, TODAY = date(2026, 6, 1), date(2026, 6, 18)
NOW = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
JUNE = Period(START, TODAY)


@pytest.fixture
def act(cast):
    def acting(who, action, *, day=TODAY, **facts):
        return action(actor=cast.actor(who, day), today=day, now=NOW, **facts)

    return acting


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.why.code


@pytest.fixture
def worked(cast, act):
    """东村 closed an order in time; 西村 is late with one."""

    def ordered(title, unit, owner, **more):
        roles = Roles(lead_unit=unit.pk, owner=cast.posts[owner].pk)
        told = NewOrder(source="meeting", requirement="限期办结", title=title, roles=roles, **more)
        made = act("lin", supervision.register_order, new=told)
        return Order.objects.select_related("task").get(pk=made.id)

    good = ordered("疏通东村排水沟", cast.east, "wang")
    act("wang", ledger.sign_for, task=good.task)
    act("wang", ledger.report_done, task=good.task, said=Said(text="已疏通"))
    task = Task.objects.get(pk=good.task_id)
    drawn = drawn_for(cast.actor("lin"), TODAY, [task])[task.pk]
    name = next(key for key in ("lin", "he") if cast.people[key] == drawn)
    act(name, supervision.verify, task=task, note="看过")
    act("lin", ledger.close, task=task)
    late = ordered("清理西村垃圾点", cast.west, "xu")
    act("xu", ledger.sign_for, task=late.task)
    Task.objects.filter(pk=late.task_id).update(due_on=date(2026, 6, 10))
    return good, late


@pytest.fixture
def bulletin(worked, act):
    made = act("he", actions.draft_bulletin, kind="bulletin", period=JUNE)
    return Bulletin.objects.select_related("unit").get(pk=made.id)


def text(row):
    return "\n".join(paragraph.text for paragraph in paragraphs_of(row))


def reread(row):
    return Bulletin.objects.select_related("unit").get(pk=row.pk)


def test_praise_and_problems_stand_with_their_figures(bulletin, worked):
    told = text(bulletin)
    assert "东村按时办结1项" in told
    assert "西村到期未办结1项" in told
    assert "清理西村垃圾点”已超期8天" in told
    assert "许书记" not in told
    assert check(paragraphs_of(bulletin), facts_of(bulletin), ["许书记", "王书记"]) == ()
    rows = {data["id"]: data["rows"] for data in bulletin.facts}
    assert rows["all.overdue"] == [str(worked[1].task_id)]


def test_a_figure_without_its_fact_is_refused(bulletin, cast):
    number = next(n for n, one in enumerate(paragraphs_of(bulletin)) if "西村到期" in one.text)
    told = {"bulletin": bulletin, "number": number}

    def by(who, words):
        actor = cast.actor(who)
        return actions.edit_bulletin(actor=actor, today=TODAY, **told, text=words)

    assert refusal(lambda: by("he", "西村到期未办结3项。")) == "brief.figure_without_fact"
    assert refusal(lambda: by("xu", "西村没有问题。")) == "bulletin.town_only"
    by("he", "西村到期未办结1项，要抓紧。")
    assert "要抓紧" in text(reread(bulletin))


def shown(act, row, **more):
    act("he", actions.show_bulletin, bulletin=row, days=3, **more)
    return reread(row)


def test_nobody_issues_before_the_units_named_were_heard(bulletin, act):
    issue = lambda who, row, **m: refusal(  # noqa: E731
        lambda: act(who, actions.issue_bulletin, bulletin=row, **m)
    )
    assert issue("chen", bulletin) == "bulletin.not_shown"
    row = shown(act, bulletin)
    assert row.reply_until == date(2026, 6, 24)  # 6月19日 is a holiday
    assert [one.unit.short_name for one in row.replies.all()] == ["西村"]
    assert issue("chen", row) == "bulletin.reply_time"
    over = row.reply_until + timedelta(days=1)
    assert issue("lin", row, day=over) == "bulletin.leader_signs"
    act("chen", actions.issue_bulletin, bulletin=row, day=over)
    assert reread(row).serial == "督办通报〔2026〕1号"


def test_a_reply_is_kept_and_settled_before_issue(bulletin, act, worked):
    row = shown(act, bulletin)
    reply = {"bulletin": row, "text": "垃圾点已于6月17日清完，正在报办结"}
    assert refusal(lambda: act("wang", actions.reply_bulletin, **reply)) == (
        "bulletin.no_reply_asked"
    )
    assert refusal(lambda: act("xu", actions.reply_bulletin, **reply | {"text": " "})) == (
        "bulletin.no_words"
    )
    act("xu", actions.reply_bulletin, **reply)
    assert refusal(lambda: act("chen", actions.issue_bulletin, bulletin=row)) == (
        "bulletin.unsettled"
    )
    one = BulletinReply.objects.select_related("bulletin").get()
    settle = lambda what: act("he", actions.settle_reply, reply=one, outcome=what)  # noqa: E731
    assert refusal(lambda: settle("taken")) == "bulletin.not_changed"
    settle("printed")
    again = {"bulletin": row, "text": "再说一次"}
    assert refusal(lambda: act("xu", actions.reply_bulletin, **again)) == "bulletin.reply_settled"
    act("chen", actions.issue_bulletin, bulletin=row)
    told = {order.pk: order.told.get().praised for order in Order.objects.all()}
    assert told == {worked[0].pk: True, worked[1].pk: False}


def test_a_reply_after_its_time_is_refused(bulletin, act):
    row = shown(act, bulletin)
    late = row.reply_until + timedelta(days=1)
    code = refusal(lambda: act("xu", actions.reply_bulletin, bulletin=row, text="已清完", day=late))
    assert code == "bulletin.reply_over"


def test_the_drafter_does_not_sign_and_an_issued_one_stays(worked, act):
    made = act("chen", actions.draft_bulletin, kind="report", period=JUNE)
    row = shown(act, Bulletin.objects.select_related("unit").get(pk=made.id))
    over = row.reply_until + timedelta(days=1)
    sign = lambda who: act(who, actions.issue_bulletin, bulletin=row, day=over)  # noqa: E731
    assert refusal(lambda: sign("chen")) == "bulletin.drafter_signs"
    sign("liu")
    row = reread(row)
    assert row.serial == "工作通报〔2026〕1号"
    assert refusal(lambda: sign("liu")) == "bulletin.issued_stays"
    assert refusal(lambda: shown(act, row)) == "bulletin.issued_stays"
    with pytest.raises(IntegrityError), transaction.atomic():
        Bulletin.objects.filter(pk=row.pk).update(approved_by_id=row.written_by_id)
    fresh = act("he", actions.draft_bulletin, kind="report", period=JUNE, corrects=row)
    assert Bulletin.objects.get(pk=fresh.id).corrects == row


@pytest.mark.parametrize("who", ["wang", "zhao", "zhou", "gao"])
def test_only_a_town_s_office_drafts(act, worked, who):
    code = refusal(lambda: act(who, actions.draft_bulletin, kind="bulletin", period=JUNE))
    assert code == "bulletin.town_only"


def test_a_period_ends_by_today(act, worked):
    later = replace(JUNE, end=date(2026, 6, 30))
    code = refusal(lambda: act("he", actions.draft_bulletin, kind="bulletin", period=later))
    assert code == "bulletin.period"


def test_the_pages_of_the_office_the_unit_and_the_leader(signed_in, worked, monkeypatch, cast):
    where = "luoshi.briefs.views.bulletins.pieces_in_child"
    monkeypatch.setattr(where, paper_of_pieces)
    office = signed_in("he")
    sent = {"kind": "bulletin", "from_on": "2026-06-01", "to_on": "2026-06-18"}
    page = office.post("/briefs/bulletin/new/", sent)
    row = Bulletin.objects.get()
    here = reverse("briefs:bulletin", args=[row.pk])
    assert page.url == here
    assert signed_in("xu").get(here).status_code == 404  # not shown yet
    assert signed_in("fang").get(here).status_code == 404
    assert office.get(reverse("briefs:figure", args=[row.pk, "all.overdue"])).status_code == 200
    edit = reverse("briefs:bulletin_paragraph", args=[row.pk, 1])
    assert office.get(edit).status_code == 200
    assert office.post(edit, {"text": "其间办结99项。"}).status_code == 422
    office.post(reverse("briefs:circulate", args=[row.pk]), {"days": "3"})
    unit = signed_in("xu")
    assert "请在期限前答复" in unit.get("/briefs/bulletin/").content.decode()
    assert "本单位答复" in unit.get(here).content.decode()
    unit.post(reverse("briefs:bulletin_reply", args=[row.pk]), {"text": "已清完"})
    one = BulletinReply.objects.get()
    leader = signed_in("chen")
    assert "还不能签发" in leader.get(here).content.decode()
    office.post(reverse("briefs:settle_reply", args=[one.pk]), {"outcome": "printed"})
    page = leader.post(reverse("briefs:issue_bulletin", args=[row.pk]), follow=True)
    assert "督办通报〔2026〕1号" in page.content.decode()
    assert signed_in("wang").get(here).status_code == 200  # issued: every unit reads it
    paper = read_docx(leader.get(reverse("briefs:bulletin_docx", args=[row.pk])).content).text
    for words in ("督办通报〔2026〕1号", "东村按时办结1项", "已清完", "青榆镇"):
        assert words in paper
    assert "拟更正通报" in office.get(here).content.decode()
