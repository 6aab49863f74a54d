"""The desk, the panel and the forms as people use them."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.domain.closing import Verb
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewMilestone, Said
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles
from luoshi.ledger.tests.test_reads import many
from luoshi.supervision import actions
from luoshi.supervision.models import Extension, Verification
from luoshi.supervision.queries import desk, owed
from luoshi.supervision.urls import urlpatterns

from .conftest import TODAY

DESK = "/supervision/"


def form(page, action=None):
    """The hidden guard of a form on a page: version and key."""
    text = page.content.decode()
    if action:
        start = text.index(f'action="{action}"')
        text = text[start : text.index("</form>", start)]
    else:
        text = text[text.index('<form class="form top"') :]
    return {
        name: found.group(1)
        for name in ("version", "key")
        if (found := re.search(f'name="{name}" value="([^"]*)"', text))
    }


def url(name, task):
    return reverse(f"supervision:{name}", args=[task.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("lin", 200), ("chen", 200), ("zhao", 200), ("zhou", 200), ("fang", 200),
        ("wang", 403), ("ma", 403), ("sun", 403), ("gao", 403),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_desk_is_for_who_supervises(signed_in, done, who, status, language):
    client = signed_in(who)
    client.cookies["django_language"] = language
    page = client.get(DESK)
    assert page.status_code == status
    assert ("修通东村产业路" in page.content.decode()) is (who in {"lin", "chen", "zhou"})


def test_a_stranger_is_led_to_the_door(client, db, today):
    page = client.get(DESK)
    assert page.status_code == 302
    assert "/account/login/" in page.url


FORMS = (
    "of_task", "verify", "return_for_rework", "ask_extension", "agree_extension",
    "approve_extension", "refuse_extension",
)  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("who", ["fang", "deng", "shi", "xu", "gao"])
def test_another_town_s_task_does_not_exist(signed_in, done, name, who):
    client = signed_in(who)
    assert client.get(url(name, done)).status_code == 404
    if name != "of_task":
        assert client.post(url(name, done), {"reason": "x"}).status_code == 404


def test_the_desk_tells_each_thing_once_with_its_days_and_its_mover(cast, new, act, roles):
    def carried(title, **fields):
        row = new(title, **fields)
        act("lin", ledger.assign, task=row, roles=roles)
        return row

    def signed(title, **fields):
        row = carried(title, **fields)
        act("wang", ledger.sign_for, task=row)
        return row

    node = (NewMilestone(title="路基", due_on=TODAY - timedelta(days=9)),)
    silent = signed("到点没说话", milestones=node, starts_on=date(2026, 1, 1))
    soon = signed("下周到期", due_on=TODAY + timedelta(days=5))
    late = signed("已经超期", due_on=TODAY - timedelta(days=4), reason="补录")
    said = Said(text="还差一点", blocker="用地未批", blocker_needs_id=cast.economy.pk)
    act("wang", ledger.report, task=late, said=said)
    unsigned = carried("没人签收")
    Task.objects.filter(pk=unsigned.pk).update(assigned_at="2026-06-10T02:00:00Z")
    quiet = signed("还早着呢")
    page = desk(cast.actor("lin"), TODAY)
    assert [(i.task.pk, i.why, i.days) for i in page.chase] == [
        (silent.pk, "silent", 9), (unsigned.pk, "unsigned", 7), (late.pk, "overdue", 4),
    ]  # fmt: skip
    assert [(i.task.pk, i.why, i.days) for i in page.soon] == [(soon.pk, "soon", 5)]
    assert page.chase[0].row.carriers.person == cast.people["wang"]
    assert page.chase[2].blocked_by == cast.economy
    assert (page.counts["silent"], page.counts["unsigned"], page.counts["overdue"]) == (1, 1, 1)
    assert quiet.pk not in {item.task.pk for item in (*page.chase, *page.soon)}
    assert desk(cast.actor("fang"), TODAY).chase == []


def test_the_chase_list_is_plain_text_in_chinese(signed_in, new, act, roles):
    row = new("修 <路> & 桥", due_on=TODAY - timedelta(days=4), reason="补录")
    act("lin", ledger.assign, task=row, roles=roles)
    act("wang", ledger.sign_for, task=row)
    act("wang", ledger.report, task=row, said=Said(text="还差一点"))
    client = signed_in("lin")
    client.cookies["django_language"] = "en"
    page = client.get(DESK)
    assert page.context["text"] == (
        "督办提醒（2026-06-18）\n"
        "1. 东村 王书记：修 <路> & 桥（2026-001），时限2026-06-14，超期4天。"
    )
    text = page.content.decode()
    assert "修 &lt;路&gt; &amp; 桥（2026-001）" in text
    assert 'readonly lang="zh-Hans"' in text


def test_the_desk_costs_the_same_with_ten_thousand(signed_in, plan, line, done, act):
    client = signed_in("lin")
    client.get(DESK)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(DESK).status_code == 200
        return len(caught)

    def fill(n):
        Task.objects.filter(number__startswith="B-").delete()
        many(plan, line, n)
        rows = Task.objects.filter(number__startswith="B-", is_leaf=True)
        rows.update(state="under_way", due_on=TODAY - timedelta(days=3))
        waits = list(rows.values_list("pk", flat=True)[: n // 10])
        Task.objects.filter(pk__in=waits).update(state="reported_done")

    fill(60)
    few = cost()
    fill(10_000)
    assert cost() == few
    assert few <= 40


def test_the_verifier_sees_the_evidence_and_the_form_works(signed_in, cast, task, act, drawn):
    client = signed_in("wang")
    page = client.get(reverse("ledger:report", args=[task.pk]))
    evidence = SimpleUploadedFile("验收单.txt", "路面验收合格".encode())
    key = re.search(r'name="key" value="([^"]*)"', page.content.decode()).group(1)
    data = {"text": "路已通车", "says_done": "on", "key": key, "evidence": evidence}
    assert client.post(reverse("ledger:report", args=[task.pk]), data).status_code == 302
    task.refresh_from_db()
    assert task.state == "reported_done"
    chosen, other = drawn(task)
    assert signed_in(other).get(url("verify", task)).status_code == 422
    client = signed_in(chosen)
    assert url("verify", task) in client.get(DESK).content.decode()
    page = client.get(url("verify", task) + "?next=/supervision/")
    text = page.content.decode()
    assert "验收单.txt" in text
    link = re.search(r'href="(/files/[^"]*)"', text).group(1)
    download = client.get(link)
    assert b"".join(download.streaming_content) == "路面验收合格".encode()
    empty = client.post(url("verify", task), form(page) | {"outcome": "true", "method": "call"})
    assert empty.status_code == 422
    sent = form(page) | {
        "outcome": "true", "method": "on_site", "note": "看过", "next": "/supervision/",
    }  # fmt: skip
    for _twice in range(2):
        answer = client.post(url("verify", task), sent)
        assert (answer.status_code, answer["Location"]) == (302, "/supervision/")
    assert Verification.objects.get().method == "on_site"


def test_the_panel_offers_what_the_law_allows_and_works(signed_in, cast, done, drawn):
    chosen, other = drawn(done)
    fragment = {"HTTP_HX_REQUEST": "true"}
    for who in (other, "wang", "ma", "zhou"):
        text = signed_in(who).get(url("of_task", done), **fragment).content.decode()
        assert cast.people[chosen].name in text
        assert f'action="{url("verify", done)}"' not in text
    client = signed_in(chosen)
    page = client.get(url("of_task", done), **fragment)
    assert "<html" not in page.content.decode()
    guard = form(page, url("verify", done))
    sent = guard | {"outcome": "true", "method": "papers", "note": "材料齐全"}
    answer = client.post(url("verify", done), sent)
    assert answer["Location"] == reverse("ledger:task", args=[done.pk])
    page = client.get(url("of_task", done))
    assert "材料齐全" in page.content.decode()
    close = reverse("ledger:move", args=[done.pk, "close"])
    client = signed_in("lin")
    page = client.get(url("of_task", done), **fragment)
    assert client.post(close, form(page, close)).status_code == 302
    done.refresh_from_db()
    assert done.state == "completed"


def test_the_task_page_fetches_the_panel_and_leads_to_the_forms(signed_in, done, drawn):
    chosen, _other = drawn(done)
    text = signed_in(chosen).get(reverse("ledger:task", args=[done.pk])).content.decode()
    assert f'hx-get="{url("of_task", done)}"' in text
    assert f'href="{url("verify", done)}"' in text


def test_the_second_verifier_is_told_and_what_was_typed_is_kept(signed_in, done, drawn):
    client = signed_in(drawn(done)[0])
    pages = [client.get(url("verify", done)) for _ in range(2)]
    first, second = (
        form(page) | {"outcome": "true", "method": "papers", "note": note}
        for page, note in zip(pages, ("先看的", "后看的"), strict=True)
    )
    assert client.post(url("verify", done), first).status_code == 302
    answer = client.post(url("verify", done), second)
    assert answer.status_code == 422
    assert "事项已复核，待办结" in answer.content.decode()
    assert "后看的" in answer.content.decode()
    assert Verification.objects.count() == 1


def test_an_extension_goes_its_way_on_the_pages(signed_in, task):
    asker, leader, assigner = (signed_in(who) for who in ("wang", "liu", "lin"))
    there = url("ask_extension", task)
    page = asker.get(there)
    early = form(page) | {"new_due_on": "2026-10-01", "reason": "汛期"}
    answer = asker.post(there, early)
    assert answer.status_code == 422
    assert "新的时限应晚于现时限2026-10-31" in answer.content.decode()
    sent = form(page) | {"new_due_on": "2026-11-30", "reason": "汛期停工"}
    for _twice in range(2):
        assert asker.post(there, sent).status_code == 302
    assert Extension.objects.count() == 1
    assert asker.get(there).status_code == 422
    assert url("agree_extension", task) in leader.get(DESK).content.decode()
    page = leader.get(url("agree_extension", task))
    assert "汛期停工" in page.content.decode()
    assert leader.post(url("agree_extension", task), form(page)).status_code == 302
    page = assigner.get(url("of_task", task), HTTP_HX_REQUEST="true")
    there = url("approve_extension", task)
    assert assigner.post(there, form(page, there)).status_code == 302
    task.refresh_from_db()
    assert task.due_on == date(2026, 11, 30)
    assert "已批准" in assigner.get(url("of_task", task)).content.decode()


def test_one_approval_is_told_before_it_is_given(signed_in, new, act, roles):
    row = new()
    act("liu", ledger.assign, task=row, roles=roles)
    act("wang", ledger.sign_for, task=row)
    act("wang", actions.ask_extension, task=row, new_due_on=date(2026, 11, 30), reason="汛期")
    client, there = signed_in("liu"), url("agree_extension", row)
    page = client.get(there)
    assert "分管领导与交办人为同一人，一次审批生效" in page.content.decode()
    assert "王书记" in page.content.decode()
    assert client.post(there, form(page)).status_code == 302
    assert Extension.objects.get().state == "approved"


def test_a_refusal_on_the_page_needs_its_reason(signed_in, task, act):
    act("wang", actions.ask_extension, task=task, new_due_on=date(2026, 11, 30), reason="汛期")
    client, there = signed_in("liu"), url("refuse_extension", task)
    page = client.get(there)
    assert client.post(there, form(page)).status_code == 422
    assert client.post(there, form(page) | {"reason": "够用"}).status_code == 302
    assert Extension.objects.get().answer == "够用"


def test_the_office_asks_on_behalf_on_the_page(signed_in, cast, task):
    client, there = signed_in("lin"), url("ask_extension", task)
    page = client.get(there)
    sent = form(page) | {"new_due_on": "2026-11-30", "reason": "来电申请"}
    assert client.post(there, sent).status_code == 422
    sent["on_behalf"] = str(cast.people["wang"].pk)
    assert client.post(there, sent).status_code == 302
    assert Extension.objects.get().asked_by_id == cast.people["wang"].pk


def test_a_return_on_the_page(signed_in, done):
    client, there = signed_in("liu"), url("return_for_rework", done)
    page = client.get(there)
    assert client.post(there, form(page) | {"reason": "缺验收单"}).status_code == 302
    assert Verification.objects.get().outcome == "rework"
    assert signed_in("wang").get(there).status_code == 422


def test_what_waits_is_owed_to_whose_move_it_is(cast, new, done, act, drawn):
    def kinds(who):
        return [item.kind for item in owed(cast.actor(who), TODAY)]

    chosen, other = drawn(done)
    assert (kinds(chosen), kinds(other), kinds("wang"), kinds("ma")) == (["verify"], [], [], [])
    act(chosen, actions.verify, task=done, note="属实")
    assert (kinds("lin"), kinds("he")) == (["close"], [])
    row = new("两次退回")
    for unit, who in (("east", "wang"), ("west", "xu")):
        roles = Roles(lead_unit=getattr(cast, unit).pk, lead_leader=cast.posts["liu"].pk)
        act("lin", ledger.assign, task=row, roles=roles)
        act(who, ledger.return_to_assigner, task=row, reason="不属本村", competent_unit=cast.west)
    assert kinds("liu") == ["rule"]
    page = desk(cast.actor("chen"), TODAY)
    assert [item.task.pk for item in page.rulings] == [row.pk]
    assert page.rulings[0].person == cast.people["liu"]


def test_nobody_who_typed_the_report_is_owed_its_closing(cast, done, act, drawn):
    """Lin assigned it, but also typed a report for Wang: the rest of the office closes it."""
    from luoshi.journal.actions import on_behalf

    act(drawn(done)[0], actions.return_for_rework, task=done, reason="再看")
    typing = on_behalf(cast.actor("lin"), cast.people["wang"].pk)
    act(typing, ledger.report_done, task=done, said=Said(text="电话报来"))
    act("he", actions.verify, task=done, note="属实")
    assert [item.kind for item in owed(cast.actor("he"), TODAY)] == ["close"]
    assert owed(cast.actor("lin"), TODAY) == []


def test_the_chase_list_is_parted_by_unit_and_by_person(signed_in, task, new, act, roles, cast):
    """Each unit and each person gets an own text; what bears a mark is named in none."""
    late = {"due_on": TODAY - timedelta(days=5), "reason": "补录"}
    for title, unit in (("西村清淤", cast.west), ("东村修渠", cast.east), ("秘密★1年", cast.west)):
        row = new(title=title, **late)
        act("lin", ledger.assign, task=row, roles=Roles(lead_unit=unit.pk))
    row = new(title="东村补种", **late)
    act("lin", ledger.assign, task=row, roles=roles)
    Task.objects.update(assigned_at="2026-06-01T00:00:00+00:00")
    client = signed_in("lin")
    texts = re.findall(
        r"<textarea[^>]*>(.*?)</textarea>",
        client.get("/supervision/chase/").content.decode(),
        re.DOTALL,
    )
    assert ["西村清淤" in text for text in texts] == [False, True]
    assert ["东村修渠" in text and "东村补种" in text for text in texts] == [True, False]
    page = client.get("/supervision/chase/?by=person").content.decode()
    assert "东村 王书记" in page
    assert "秘密★1年" not in page
    assert "有1件标题带密级或内部标识" in page
    assert "秘密★1年" not in re.search(
        r"<textarea[^>]*>(.*?)</textarea>", client.get(DESK).content.decode(), re.DOTALL
    ).group(1)
    assert signed_in("wang").get("/supervision/chase/").status_code == 403


def test_who_carries_an_item_is_led_to_the_form_of_a_report(signed_in, task):
    page = signed_in("wang").get(reverse("ledger:task", args=[task.pk])).content.decode()
    assert f'href="{reverse("ledger:report", args=[task.pk])}' in page


def test_an_address_named_as_a_move_is_that_moves_page_of_an_item():
    for pattern in urlpatterns:
        if pattern.name in set(Verb):
            assert str(pattern.pattern).startswith("task/<uuid:task_id>/"), pattern


@pytest.mark.parametrize("there", ["orders", "weeks", "works"])
def test_the_way_back_to_the_desk_is_shown_to_whom_it_is_open(signed_in, task, there):
    address = reverse(f"supervision:{there}")
    back = f'<a class="btn l" href="{DESK}">'
    assert back in signed_in("lin").get(address).content.decode()
    assert back not in signed_in("wang").get(address).content.decode()


def test_pasting_a_chat_is_offered_to_the_office_alone(signed_in, task):
    chat = f'href="{reverse("supervision:chat")}"'
    assert chat in signed_in("lin").get(DESK).content.decode()
    assert chat not in signed_in("chen").get(DESK).content.decode()
