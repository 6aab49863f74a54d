"""代录: a pasted chat becomes reports in one act; the person says a word."""

import io
import re

import pytest

from luoshi.domain.base import Refused
from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import ProgressReport
from luoshi.ledger.queries import Roles
from luoshi.org.models import Term
from luoshi.supervision import actions, queries
from luoshi.supervision.actions import Relayed
from luoshi.supervision.models import Confirmation

from .conftest import TODAY

CHAT = "/supervision/chat/"
TEXT = """党政办 林主任 9:02
请各村报一下进展
王书记 9:05
东村产业路铺到二组了，完成80%
许书记 9:10
收到
马文书：路不知道铺了多少
1. 西村 许书记 河道清淤 *%
"""


@pytest.fixture
def west(cast, new, act):
    """西村's item, which nobody has signed for."""
    row = new(title="西村河道清淤")
    act("lin", ledger.assign, task=row, roles=Roles(lead_unit=cast.west.pk))
    row.refresh_from_db()
    return row


def fields(page):
    """What the preview would send: hidden fields, ticked boxes, chosen options, figures."""
    text = page.content.decode()
    sent = dict(re.findall(r'<input class="in num" name="([^"]+)"[^>]*value="([^"]*)"', text))
    sent |= dict.fromkeys(re.findall(r'type="checkbox" name="([^"]+)"[^>]* checked', text), "on")
    for name, inner in re.findall(r'<select class="in" name="(n\d+-\w+)".*?>(.*?)</select>', text):
        chosen = re.search(r'value="([^"]+)"[^>]* selected', inner)
        sent[name] = chosen.group(1) if chosen else ""
    sent["key"] = re.search(r'name="key" value="([^"]+)"', text).group(1)
    return sent


def test_a_chat_is_matched_looked_at_and_written_in_one_act(cast, signed_in, task, west):
    client = signed_in("lin")
    page = client.post(CHAT, {"text": TEXT, "channel": "wechat", "step": "read"})
    text = page.content.decode()
    assert "认准2条，待核对1条" in text
    assert "按待补处理" in text
    sent = fields(page) | {"text": TEXT, "channel": "wechat", "step": "write"}
    assert client.post(CHAT, sent).status_code == 302
    told = {report.task_id: report for report in ProgressReport.objects.all()}
    assert set(told) == {task.pk, west.pk}
    one = told[task.pk]
    assert (one.person_id, one.typed_by_id) == (cast.people["wang"].pk, cast.people["lin"].pk)
    assert (one.progress, one.channel) == (8000, "wechat")
    assert told[west.pk].progress is None
    west.refresh_from_db()
    assert west.state == "under_way"  # signed for by the word of who carries it
    client.post(CHAT, sent)
    assert ProgressReport.objects.count() == 2
    assert Entry.objects.filter(verb="supervision.chat.relay").count() == 1


def test_one_line_that_cannot_be_written_stops_all(cast, task, west, act):
    lines = [
        Relayed(
            number=1, task_id=task.pk, person_id=cast.people["wang"].pk, text="好", progress=8000
        ),
        Relayed(
            number=2, task_id=west.pk, person_id=cast.people["wang"].pk, text="不归他", progress=10
        ),
    ]
    with pytest.raises(Refused) as caught:
        act("lin", actions.relay, lines=lines)
    assert caught.value.why.code == "intake.chat.line_refused"
    assert caught.value.why.params["n"] == 2
    assert not ProgressReport.objects.exists()
    west.refresh_from_db()
    assert west.state == "assigned"


def test_a_person_who_left_is_not_spoken_for(cast, task, act, signed_in):
    Term.objects.filter(person=cast.people["wang"]).update(to_on="2026-06-17")
    line = Relayed(number=1, task_id=task.pk, person_id=cast.people["wang"].pk, text="完成")
    with pytest.raises(Refused):
        act("lin", actions.relay, lines=[line])
    page = signed_in("lin").post(CHAT, {"text": TEXT, "channel": "wechat", "step": "read"})
    assert "名册里没有，或已离岗" in page.content.decode()


def test_done_is_reported_and_never_verified(cast, task, act):
    line = Relayed(
        number=1, task_id=task.pk, person_id=cast.people["wang"].pk, text="已完成", done=True
    )
    act("lin", actions.relay, lines=[line])
    task.refresh_from_db()
    assert (task.state, task.done_by_id, task.verified_by_id) == (
        "reported_done",
        cast.people["wang"].pk,
        None,
    )


@pytest.mark.parametrize("who", ["wang", "chen", "fang"])
def test_nobody_but_the_town_s_office_types_for_others(cast, task, act, who):
    line = Relayed(number=1, task_id=task.pk, person_id=cast.people["wang"].pk, text="完成")
    with pytest.raises(Refused):
        act(who, actions.relay, lines=[line])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"n4-progress": "180"}, "应在0到100之间"), ({"n4-progress": "abc"}, "应在0到100之间"),
        ({"n4-item": "x"}, "还没有选定"), ({"n4-person": ""}, "还没有选定"),
    ],
)  # fmt: skip
def test_what_was_typed_is_kept_where_a_line_is_refused(signed_in, task, west, change, said):
    client = signed_in("lin")
    page = client.post(CHAT, {"text": TEXT, "channel": "wechat", "step": "read"})
    sent = fields(page) | {"text": TEXT, "channel": "wechat", "step": "write"} | change
    page = client.post(CHAT, sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert said in text
    assert "东村产业路铺到二组了" in text
    assert not ProgressReport.objects.exists()


def test_a_marked_text_is_refused_and_a_long_one_too(signed_in, task):
    client = signed_in("lin")
    marked = client.post(CHAT, {"text": "机密★1年\n" + TEXT, "channel": "wechat", "step": "read"})
    assert marked.status_code == 422
    long = client.post(CHAT, {"text": "好\n" * 2100, "channel": "wechat", "step": "read"})
    assert long.status_code == 422
    assert "2000行" in long.content.decode()
    nothing = client.post(CHAT, {"text": TEXT, "channel": "wechat", "step": "write", "key": "z"})
    assert "没有勾选" in nothing.content.decode()


def test_a_thousand_lines_are_read_and_the_first_two_hundred_offered(signed_in, task):
    text = "\n".join(f"{n}. 东村 王书记 产业路完成{n % 100}%" for n in range(1, 1001))
    page = signed_in("lin").post(CHAT, {"text": text, "channel": "wechat", "step": "read"})
    assert page.status_code == 200
    assert "还有800条没有列出" in page.content.decode()


@pytest.fixture
def typed(cast, task, act):
    line = Relayed(
        number=1, task_id=task.pk, person_id=cast.people["wang"].pk, text="完成八成", progress=8000
    )
    act("lin", actions.relay, lines=[line])
    return ProgressReport.objects.get()


def test_the_person_confirms_in_one_tap(cast, signed_in, typed, task):
    client = signed_in("wang")
    assert "完成八成" in client.get("/supervision/said/").content.decode()
    url = f"/supervision/said/{typed.pk}/confirm/"
    for _twice in range(2):
        assert client.post(url, {"agrees": "1", "key": "same"}).status_code == 302
    assert Confirmation.objects.get().agrees
    assert "完成八成" not in client.get("/supervision/said/").content.decode()
    assert "本人已确认" in signed_in("lin").get(f"/supervision/task/{task.pk}/").content.decode()


def test_the_person_says_that_it_is_not_so(act, signed_in, typed, task):
    with pytest.raises(Refused):
        act("wang", actions.confirm, report=typed, agrees=False)
    act("wang", actions.confirm, report=typed, agrees=False, note="是六成")
    assert "是六成" in signed_in("lin").get(f"/supervision/task/{task.pk}/").content.decode()
    with pytest.raises(Refused):
        act("wang", actions.confirm, report=typed, agrees=True)


@pytest.mark.parametrize("who", ["ma", "lin", "chen", "fang"])
def test_nobody_confirms_for_another(act, signed_in, typed, who):
    assert (
        signed_in(who).post(f"/supervision/said/{typed.pk}/confirm/", {"agrees": "1"}).status_code
        == 404
    )
    with pytest.raises(Refused):
        act(who, actions.confirm, report=typed, agrees=True)


def test_one_s_own_report_needs_no_confirmation(cast, act, task):
    act("wang", ledger.report, task=task, said=Said(text="自己报的"))
    report = ProgressReport.objects.get()
    with pytest.raises(Refused):
        act("wang", actions.confirm, report=report, agrees=True)
    assert queries.typed_for(cast.actor("wang"), TODAY) == []


@pytest.fixture
def assigned(new, act, roles):
    row = new(title="东村河道清淤", acceptance="河道见底、两岸清运干净")
    act("lin", ledger.assign, task=row, roles=roles)
    row.refresh_from_db()
    return row


def test_a_slip_is_one_a4_page_with_a_receipt(signed_in, assigned):
    from docx import Document

    client = signed_in("lin")
    assert assigned.title in client.get("/supervision/slip/").content.decode()
    answer = client.get(f"/supervision/slip/print/?task={assigned.pk}")
    document = Document(io.BytesIO(answer.content))
    words = "\n".join(p.text for p in document.paragraphs)
    assert "交 办 单" in words
    assert "沿 此 线 撕 下" in words
    above, below = document.tables
    cells = {row.cells[0].text: row.cells[1].text for row in above.rows}
    assert cells["事项"] == "东村河道清淤"
    assert cells["完成时限"] == "2026年10月31日"
    assert cells["交办人"] == "林主任"
    assert [row.cells[0].text for row in below.rows][2] == "签收人、时间"
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.2)


def test_the_receipt_that_came_back_is_entered_in_the_name_of_who_signed(cast, signed_in, assigned):
    client = signed_in("lin")
    url = f"/supervision/slip/{assigned.pk}/receipt/"
    sent = {
        "person": str(cast.people["ma"].pk),
        "note": "缺一台挖机",
        "key": "k",
        "version": str(assigned.version),
    }
    assert client.get(url).status_code == 200
    assert client.post(url, sent).status_code == client.post(url, sent).status_code == 302
    assigned.refresh_from_db()
    assert assigned.state == "under_way"
    told = ProgressReport.objects.get()
    assert (told.person_id, told.channel, told.text) == (
        cast.people["ma"].pk,
        "paper",
        "缺一台挖机",
    )
    assert (
        client.post(url, sent | {"key": "k2", "version": str(assigned.version)}).status_code == 422
    )


def test_who_has_left_cannot_have_signed(cast, act, assigned):
    Term.objects.filter(person=cast.people["ma"]).update(to_on="2026-06-17")
    with pytest.raises(Refused):
        act("lin", actions.receive_slip, task=assigned, person_id=cast.people["ma"].pk)
    with pytest.raises(Refused):
        act("lin", actions.receive_slip, task=assigned, person_id=cast.people["xu"].pk)
