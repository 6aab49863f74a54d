"""The reader page, clicked through as a browser without scripts would."""

from datetime import date

import pytest
from django.utils import timezone

from luoshi.documents.models import Document, DraftItem
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.ledger.models import Task

SPEECH = """在全镇2026年工作会议上的讲话
同志们：
今天我们召开全镇工作会议，主要任务是总结去年工作，部署今年任务。
一、过去一年的工作
2025年，全镇一般公共预算收入完成1.2亿元，增长6%。农村公路建设取得明显成效，但村级养护不到位的问题仍然突出。
二、今年的工作任务
（一）抓项目。6月底前，由经发办牵头，东村、西村配合，完成标准厂房一期建设。年底前新签约项目不少于5个。
（二）抓环境。各村（社区）要在9月底前完成生活污水治理，各部门要加强督促检查。
（三）抓收入。全年一般公共预算收入增长8%以上。
同志们，让我们携起手来，为建设美丽家乡而努力奋斗！
"""


@pytest.fixture
def document(cast, signed_in):
    """The speech pasted by Lin and read by the worker."""
    client = signed_in("lin")
    answer = client.post("/documents/document/new/", {"text": SPEECH, "disclosure": "closed"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert jobs.run_waiting(timezone.now) >= 1
    document = Document.objects.get()
    assert document.state == "read"
    return document


def at(document, words):
    """The waiting draft whose passage holds the words."""
    place = document.text.index(words)
    return DraftItem.objects.get(
        document=document, passage__start__lte=place, passage__end__gt=place, state="draft"
    )


def send(client, document, **fields):
    return client.post(f"/adoption/document/{document.pk}/decide/", fields, follow=True)


def test_pasted_speech_becomes_a_registered_task(document, signed_in):
    client = signed_in("lin")
    page = client.get(f"/adoption/document/{document.pk}/")
    assert page.status_code == 200
    draft = at(document, "标准厂房")
    answer = send(client, document, one=str(draft.pk), plan="new")
    assert "确认立项" in answer.content.decode()
    answer = send(
        client, document, one=str(draft.pk), plan="new", confirm_plan="1", plan_year="2026"
    )
    assert answer.status_code == 200
    task = Task.objects.get()
    assert task.passage_id == draft.passage_id
    assert task.state == "registered"
    assert task.due_on == date(2026, 6, 30)
    assert task.plan == Plan.objects.get(year=2026)
    draft.refresh_from_db()
    assert (draft.state, draft.adopted_id) == ("adopted", task.pk)
