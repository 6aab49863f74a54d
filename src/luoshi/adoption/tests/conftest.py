"""A speech pasted by Lin and read by the worker, and what tests do with it."""

import pytest
from django.utils import timezone

from luoshi.documents.models import Document, DraftItem
from luoshi.jobs import actions as jobs

SPEECH = """在全镇2026年工作会议上的讲话
同志们：
今天我们召开全镇工作会议，主要任务是总结去年工作，部署今年任务。
一、过去一年的工作
2025年，全镇一般公共预算收入完成1.2亿元，增长6%。农村公路建设取得明显成效，但村级养护不到位的问题仍然突出。
二、今年的工作任务
（一）抓项目。9月底前，由经发办牵头，东村、西村配合，完成标准厂房一期建设，同步完成园区道路改造。年底前新签约项目不少于5个。
（二）抓环境。各村（社区）要在10月底前完成生活污水治理。由党政办负责做好督促检查。3月底前完成河道清理。
（三）抓收入。全年一般公共预算收入增长8%以上。招引到位资金*亿元。
（四）抓党建。要牢固树立以人民为中心的发展思想。
同志们，让我们携起手来，为建设美丽家乡而努力奋斗！
"""


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def document(cast, signed_in):
    answer = signed_in("lin").post(
        "/documents/document/new/", {"text": SPEECH, "disclosure": "closed"}
    )
    assert answer.status_code == 302
    jobs.run_waiting(timezone.now)
    document = Document.objects.select_related("unit").get()
    assert document.state == "read"
    return document


@pytest.fixture
def at(document):
    """`at("words")`: the draft that is not merged away and whose passage holds the words."""

    def find(words):
        place = document.text.index(words)
        return (
            DraftItem.objects.select_related("passage")
            .exclude(state="merged")
            .get(document=document, passage__start__lte=place, passage__end__gt=place)
        )

    return find


@pytest.fixture
def plan(cast, today):
    from luoshi.goals import actions as goals
    from luoshi.goals.models import Plan

    goals.create_plan(actor=cast.actor("lin"), today=today, unit=cast.town, year=2026)
    return Plan.objects.select_related("unit").get()


@pytest.fixture
def send(document, signed_in):
    """`send(do="adopt", pick=[…])`: press a button of the reader's table as Lin."""

    def press(who="lin", **fields):
        pairs = {
            name: [str(getattr(v, "pk", v)) for v in value]
            if isinstance(value, (list, tuple))
            else str(getattr(value, "pk", value))
            for name, value in fields.items()
        }
        return signed_in(who).post(f"/adoption/document/{document.pk}/decide/", pairs, follow=True)

    return press
