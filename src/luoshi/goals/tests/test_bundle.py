"""A meeting's bundle: many files at once, each with its word; progress, cancel, resume."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from luoshi.documents.models import Document, DraftItem
from luoshi.domain.base import Refused
from luoshi.files.models import Attachment
from luoshi.goals import actions
from luoshi.goals.models import Meeting, MeetingText
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.models import Entry
from luoshi.office.tests.build import docx, p, xlsx

from .test_plans import TODAY

REPORT = "一、抓项目。加快推进标准厂房一期建设，6月底前由经发办牵头完成主体工程。"
SPEECH = "同志们：标准厂房一期建设要抓紧，年底前完成。"
ROWS = [
    ["序号", "任务", "责任单位", "完成时限"],
    ["1", "标准厂房一期建设，完成主体工程", "经发办", "2026年9月底"],
]


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.LUOSHI_DATA = tmp_path


def sheet(rows):
    lines = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{"ABCDEFGH"[c]}{n}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for c, cell in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    return xlsx(f"<worksheet><sheetData>{lines}</sheetData></worksheet>")


BUNDLE = [
    ("工作报告.docx", docx(p(REPORT))),
    ("书记讲话.txt", SPEECH.encode()),
    ("任务分解表.xlsx", sheet(ROWS)),
]


def give(client, papers, **fields):
    sent = {
        "title": "全镇工作会议",
        "held_on": "2026-01-08",
        "disclosure": "closed",
        "year": "2026",
    }
    sent |= fields
    sent["papers"] = [SimpleUploadedFile(name, data) for name, data in papers]
    return client.post(reverse("goals:new_meeting"), sent)


def work():
    jobs.run_waiting(timezone.now)


def test_bundle_is_taken_at_once_and_each_paper_is_known(signed_in):
    client = signed_in("lin")
    answer = give(client, BUNDLE)
    assert answer.status_code == 302
    work()
    meeting = Meeting.objects.get()
    roles = dict(MeetingText.objects.values_list("document__title", "role"))
    assert roles == {"工作报告": "report", "书记讲话": "speech", "任务分解表": "table"}
    assert set(Document.objects.values_list("state", flat=True)) == {"read"}
    table = Document.objects.get(title="任务分解表")
    assert table.text.split("\n")[1] == "1|标准厂房一期建设，完成主体工程|经发办|2026年9月底"
    assert DraftItem.objects.filter(document=table, kind="task").exists()
    assert Attachment.objects.count() == 3
    page = client.get(reverse("goals:meeting", args=[meeting.pk])).content.decode()
    assert "已读 3 / 3 份" in page
    assert reverse("adoption:same", args=[meeting.pk]) in page
    assert {"goals.meeting.create", "goals.meeting.add_text"} <= set(
        Entry.objects.values_list("verb", flat=True)
    )


def test_refused_file_does_not_stop_the_others_and_has_its_word(signed_in):
    client = signed_in("lin")
    papers = [*BUNDLE[:1], ("空.txt", b""), ("坏.docx", b"PK\x03\x04"), *BUNDLE[1:2]]
    page = client.get(give(client, papers)["Location"]).content.decode()
    assert "第 2 份《空.txt》" in page
    assert "0 字节" in page
    assert "第 3 份《坏.docx》" in page
    assert "已收下 2 份材料" in page
    assert MeetingText.objects.count() == 2


def test_marked_file_in_a_bundle_is_known_by_its_number_only(signed_in, tmp_path):
    client = signed_in("lin")
    secret = "机密★1年\n甲方案细则"
    page = client.get(
        give(client, [*BUNDLE[:1], ("甲方案.txt", secret.encode())])["Location"]
    ).content.decode()
    assert "第 2 份：文件标有“机密”" in page
    assert "甲方案" not in page
    kept = [path.read_bytes() for path in Path(tmp_path).rglob("*") if path.is_file()]
    assert not any("甲方案".encode() in data for data in kept)
    assert not Document.objects.filter(text__contains="甲方案").exists()
    [entry] = Entry.objects.filter(verb="files.upload.refuse")
    assert entry.changes == {"marking": [None, "机密"]}


def test_bundle_of_refused_files_keeps_nothing(signed_in):
    answer = give(signed_in("lin"), [("空.txt", b""), ("坏.docx", b"PK\x03\x04")])
    assert answer.status_code == 422
    assert "第 1 份《空.txt》" in answer.content.decode()
    assert not Meeting.objects.exists()
    assert not Document.objects.exists()


def test_double_click_makes_one_meeting(signed_in):
    client = signed_in("lin")
    page = client.get(reverse("goals:new_meeting")).content.decode()
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert give(client, BUNDLE, key=key).status_code == 302
    assert Meeting.objects.count() == 1
    assert MeetingText.objects.count() == 3


def test_reading_is_cancelled_and_gone_on_with(signed_in):
    client = signed_in("lin")
    give(client, BUNDLE)
    meeting = Meeting.objects.get()
    page, reading = (reverse(f"goals:{name}", args=[meeting.pk]) for name in ("meeting", "reading"))
    assert "取消读取" in client.get(page).content.decode()
    client.post(reading, {"go": "cancel"})
    work()
    assert set(Job.objects.values_list("state", flat=True)) == {"cancelled"}
    assert "继续读取其余 3 份" in client.get(page).content.decode()
    client.post(reading, {"go": "on"})
    work()
    assert set(Document.objects.values_list("state", flat=True)) == {"read"}


def test_more_papers_are_added_and_a_known_text_is_not_kept_twice(signed_in):
    client = signed_in("lin")
    give(client, BUNDLE[:1])
    page = reverse("goals:meeting", args=[Meeting.objects.get().pk])
    papers = [SimpleUploadedFile(name, data) for name, data in BUNDLE]
    assert client.post(page, {"papers": papers, "disclosure": "closed"}).status_code == 302
    assert MeetingText.objects.count() == Document.objects.count() == 3


def test_hundred_documents_are_one_batch(signed_in, django_assert_num_queries):
    client = signed_in("lin")
    papers = [
        (f"材料{n:03d}.txt", f"一、第{n}项工作。6月底前完成道路{n}公里。".encode())
        for n in range(99)
    ]
    assert give(client, [*papers, ("坏.docx", b"PK\x03\x04")]).status_code == 302
    assert Document.objects.count() == 99
    page = reverse("goals:meeting", args=[Meeting.objects.get().pk])
    client.get(page)
    with django_assert_num_queries(QUERIES):
        assert "已读 0 / 99 份" in client.get(page).content.decode()
    work()
    assert set(Document.objects.values_list("state", flat=True)) == {"read"}
    with django_assert_num_queries(QUERIES):
        assert "已读 99 / 99 份" in client.get(page).content.decode()


QUERIES = 11


@pytest.mark.parametrize("who", ["wang", "sun", "zhao", "zhou"])
def test_who_may_not_draft_brings_no_bundle(signed_in, who):
    assert give(signed_in(who), BUNDLE).status_code == 404
    assert not Meeting.objects.exists()


def test_text_is_added_by_who_may_draft_only(cast):
    made = actions.create_meeting(
        actor=cast.actor("lin"), today=TODAY, unit=cast.town, title="会", held_on=TODAY
    )
    meeting = Meeting.objects.get(pk=made.id)
    document = Document.objects.create(
        jurisdiction=cast.town.jurisdiction, unit=cast.town, title="甲", origin="pasted", text="甲",
        sha256="0" * 64, added_at=timezone.now(),
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.add_text(
            actor=cast.actor("zhou"), today=TODAY, meeting=meeting, document=document, role="report"
        )
    for _ in range(2):
        actions.add_text(
            actor=cast.actor("lin"), today=TODAY, meeting=meeting, document=document, role="report"
        )
    assert MeetingText.objects.count() == 1
