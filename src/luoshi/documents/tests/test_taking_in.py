"""A text comes in: pasted or as a file, whole or not at all, once."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luoshi.documents.models import Document, DraftItem, Passage
from luoshi.documents.tests import files
from luoshi.files.models import Attachment
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.models import Entry
from luoshi.office import convert
from luoshi.office.tests.build import docx, p, part, pdf

NEW = "/documents/document/new/"


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.LUOSHI_DATA = tmp_path


def give(client, data=None, name="讲话.txt", text="", **fields):
    sent = {"text": text, "disclosure": "closed", **fields}
    if data is not None:
        sent["file"] = SimpleUploadedFile(name, data)
    return client.post(NEW, sent)


def work():
    jobs.run_waiting(timezone.now)


def nothing_kept():
    root = Path(live.MEDIA_ROOT)
    return (
        not Document.objects.exists()
        and not Attachment.objects.exists()
        and not Job.objects.exists()
        and not (root.exists() and any(path.is_file() for path in root.rglob("*")))
    )


BAD = {
    "empty": (b"", "空.txt", "0 字节"),
    "blank": ("　\n \n".encode(), "空白.txt", "没有文字"),
    "binary as txt": (bytes(range(256)) * 40, "二进制.txt", "不是文本"),
    "too long": ("要完成任务。".encode() * 60_000, "长.txt", "拆分"),
    "nul": (b"abc\0def plain text", "空字符.txt", "空字符"),
    "macros": (files.with_macros, "带宏.docx", "宏"),
    "external entities": (files.with_entities, "实体.docx", "实体声明"),
    "bomb": (files.bomb, "炸弹.docx", "异常"),
    "password": (files.with_password, "加密.docx", "密码"),
    "half a docx": (lambda: files.docx_of()[:900], "半个.docx", "损坏"),
    "old page": (b"<html><body>x</body></html>", "旧.doc", "另存为 docx"),
    "sheet": (b"a,b\n1,2\n", "表.csv", "此处不收"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "图.png", "此处不收"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_file_is_refused_in_words_and_nothing_is_kept(cast, signed_in, case):
    data, name, words = BAD[case]
    answer = give(signed_in("lin"), data() if callable(data) else data, name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Traceback" not in page
    assert nothing_kept()
    assert not Entry.objects.exists()


def test_file_over_the_limit_is_refused_before_it_is_read(cast, signed_in, settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    answer = give(signed_in("lin"), b"a" * (1024 * 1024 + 2), "大.txt")
    assert answer.status_code == 413
    assert nothing_kept()


def test_fifty_megabytes_of_text_are_refused_in_words(cast, signed_in):
    answer = give(signed_in("lin"), b"a" * (50 * 1024 * 1024 + 1), "大.txt")
    assert answer.status_code in {413, 422}
    assert "50" in answer.content.decode()
    assert nothing_kept()


@pytest.mark.parametrize(
    ("codec", "bom"), [("utf-8", b""), ("gb18030", b""), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")]
)  # fmt: skip
def test_text_of_any_usual_encoding_is_kept_exactly(cast, signed_in, codec, bom):
    text = "一、工作任务\r\n6月底前完成标准厂房一期建设。\r\n各村要抓好生活污水治理。\r\n"
    answer = give(signed_in("lin"), bom + text.encode(codec), "讲话.txt")
    assert answer.status_code == 302
    assert Document.objects.get().text == text.replace("\r\n", "\n")


def test_docx_is_kept_with_its_bytes_and_read(cast, signed_in):
    data = files.docx_of()
    answer = give(signed_in("lin"), data, "讲话稿.docx", year="2026")
    assert answer.status_code == 302
    work()
    document = Document.objects.get()
    assert (document.state, document.origin, document.title) == ("read", "uploaded", "讲话稿")
    assert DraftItem.objects.filter(document=document).exists()
    attachment = Attachment.objects.get()
    assert (attachment.subject_kind, attachment.subject_id) == (
        "documents.document",
        document.pk,
    )
    answer = signed_in("lin").get(f"/files/attachment/{attachment.pk}/")
    assert b"".join(answer.streaming_content) == data
    assert signed_in("fang").get(f"/files/attachment/{attachment.pk}/").status_code == 404


def test_pdf_is_kept_with_its_bytes_and_its_text(cast, signed_in):
    data = pdf("一、抓项目。6月底前由经发办牵头完成标准厂房建设。")
    assert give(signed_in("lin"), data, "讲话.pdf", year="2026").status_code == 302
    work()
    document = Document.objects.get()
    assert document.text == "一、抓项目。6月底前由经发办牵头完成标准厂房建设。"
    assert DraftItem.objects.filter(document=document).exists()
    assert Attachment.objects.get().media_type == "application/pdf"


@pytest.mark.parametrize("kind", ["pdf", "pdf margin", "docx header", "rtf"])
def test_marked_file_of_any_kind_is_found_nowhere(cast, signed_in, kind, tmp_path):
    if kind == "rtf" and convert.program() is None:
        pytest.skip("LibreOffice is not installed")
    secret = "甲方案细则"
    rich = "".join(rf"\u{ord(char)} " for char in f"机密★1年\n{secret}").replace("\\u10 ", r"\par ")
    name, data = {
        "pdf": ("讲话.pdf", pdf(f"机密★1年\n{secret}")),
        "pdf margin": ("讲话.pdf", pdf([(400, 810, 12, "机密★1年"), (80, 500, 16, secret)])),
        "docx header": ("讲话.docx", docx(p(secret), header1=part("hdr", p("机密★1年")))),
        "rtf": ("讲话.rtf", (r"{\rtf1\ansi\uc0 " + rich + "}").encode()),
    }[kind]
    answer = give(signed_in("lin"), data, name)
    assert answer.status_code == 422
    assert "机密" in answer.content.decode()
    assert nothing_kept()
    assert Entry.objects.get().changes == {"marking": [None, "机密"]}
    told = [str(row) for model in apps.get_models() for row in model.objects.values()]
    told += [path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file()]
    for trace in (secret, "讲话", data[:64].decode("latin-1")):
        assert not any(trace in row for row in told)


def test_same_text_twice_leads_to_the_one_that_is_there(cast, signed_in):
    client = signed_in("lin")
    first = give(client, text=files.SPEECH)
    again = client.post(
        NEW, {"text": files.SPEECH, "title": "另一个名字", "disclosure": "closed"}, follow=True
    )
    assert Document.objects.count() == 1
    assert Job.objects.count() == 1
    assert "已在系统中" in again.content.decode()
    assert again.redirect_chain[0][0] == first["Location"]


def test_double_click_keeps_one_text(cast, signed_in):
    client = signed_in("lin")
    for _ in range(2):
        give(client, text=files.SPEECH, key="11111111-1111-1111-1111-111111111111")
    assert (Document.objects.count(), Job.objects.count()) == (1, 1)


def test_neither_text_nor_file_is_asked_for(cast, signed_in):
    answer = give(signed_in("lin"))
    assert answer.status_code == 422
    assert "请粘贴正文" in answer.content.decode()


def test_speech_that_opens_with_its_salutation_is_named_by_the_day(cast, signed_in):
    give(signed_in("lin"), text="同志们:\n大家上午好!要修通产业路。")
    assert Document.objects.get().title == "讲话（2026-06-18录入）"


def test_text_and_file_together_are_asked_back_and_the_text_stays(cast, signed_in):
    answer = give(signed_in("lin"), b"abc", text="我已经粘贴的正文")
    page = answer.content.decode()
    assert "只能选一种" in page
    assert "我已经粘贴的正文" in page


def test_marked_text_is_refused_and_its_words_are_found_nowhere(cast, signed_in):
    answer = give(signed_in("lin"), text="机密★1年\n柳湾工程方案\n一、完成征地。")
    assert answer.status_code == 422
    assert "未接收" in answer.content.decode()
    assert nothing_kept()
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes) == ("files.upload.refuse", {"marking": [None, "机密"]})


def test_page_says_that_secrets_must_not_be_entered(cast, signed_in):
    page = signed_in("lin").get(NEW).content.decode()
    assert "严禁录入国家秘密、工作秘密和内部敏感信息" in page


@pytest.mark.parametrize("who", ["wang", "sun", "zhao", "zhou", "gao"])
def test_who_may_not_draft_cannot_add(cast, signed_in, who):
    answer = give(signed_in(who), text=files.SPEECH)
    assert answer.status_code in {403, 404}
    assert nothing_kept()


def test_list_shows_own_town_only_at_a_constant_number_of_queries(
    cast, signed_in, django_assert_max_num_queries
):
    client = signed_in("lin")
    for number in range(12):
        give(client, text=f"{files.SPEECH}\n第{number}份")
    with django_assert_max_num_queries(14):
        page = client.get("/documents/document/").content.decode()
    assert page.count("抓项目") >= 12
    assert "抓项目" not in signed_in("fang").get("/documents/document/").content.decode()


def test_reading_writes_passages_that_are_the_words_of_the_text(cast, signed_in):
    give(signed_in("lin"), text=files.SPEECH, year="2026")
    work()
    document = Document.objects.get()
    assert Passage.objects.exists()
    for draft in DraftItem.objects.select_related("passage"):
        words = document.text[draft.passage.start : draft.passage.end]
        assert draft.title == " ".join(words.split())


TEXTS = {
    "no numbering": "今年要完成标准厂房建设。各村要抓好环境整治，年底前验收。",
    "broken numbering": "一、抓项目。\n三、抓环境。要完成治理。\n（二）抓收入。\n1.一要落实责任。3、要按时报送。",
    "one word": "好",
    "letters only": "lorem ipsum dolor sit amet",
}


@pytest.mark.parametrize("case", TEXTS)
def test_unusual_text_is_read_without_a_fault(cast, signed_in, case):
    client = signed_in("lin")
    answer = give(client, text=TEXTS[case])
    work()
    document = Document.objects.get()
    assert document.state == "read"
    assert client.get(answer["Location"], follow=True).status_code == 200


SEEDS = Path(__file__).resolve().parents[4].parent / "shared" / "samples" / "seeds"


@pytest.mark.parametrize("name", ["seed000.txt", "seed002.txt"])
def test_seed_truncated_or_masked_is_read_and_keeps_its_masks(cast, signed_in, name):
    if not SEEDS.exists():
        pytest.skip("…/shared/samples is not here")
    client = signed_in("lin")
    give(client, (SEEDS / name).read_bytes(), name)
    work()
    document = Document.objects.get()
    assert document.state == "read"
    drafts = list(DraftItem.objects.filter(document=document).select_related("passage"))
    assert len(drafts) > 20
    for draft in drafts:
        masked = "*" in document.text[draft.passage.start : draft.passage.end]
        for quantity in draft.quantities:
            assert masked or quantity["value"] is not None
    page = client.get(f"/adoption/document/{document.pk}/")
    assert page.status_code == 200


class TestWaiting:
    """The page that waits for the job."""

    @pytest.fixture
    def document(self, cast, signed_in):
        give(signed_in("lin"), text=files.SPEECH)
        return Document.objects.get()

    def test_looks_again_by_itself_after_half_a_second(self, document, signed_in):
        page = signed_in("lin").get(f"/documents/document/{document.pk}/").content.decode()
        assert 'hx-trigger="load delay:500ms"' in page

    def test_leads_to_the_reader_when_it_is_read(self, document, signed_in):
        work()
        answer = signed_in("lin").get(f"/documents/document/{document.pk}/progress/")
        assert answer["HX-Redirect"] == f"/adoption/document/{document.pk}/"

    def test_says_when_no_worker_runs(self, document, signed_in):
        client = signed_in("lin")
        address = f"/documents/document/{document.pk}/"
        assert "后台服务没有运行" not in client.get(address).content.decode()
        Job.objects.update(created_at=timezone.now() - timezone.timedelta(seconds=30))
        assert "后台服务没有运行" in client.get(address).content.decode()
        (Path(live.LUOSHI_DATA) / "worker.beat").touch()
        assert "后台服务没有运行" not in client.get(address).content.decode()

    def test_can_be_cancelled_and_read_again(self, document, signed_in):
        client = signed_in("lin")
        address = f"/documents/document/{document.pk}/"
        client.post(f"{address}cancel/")
        work()
        assert "读取已取消" in client.get(address).content.decode()
        assert not DraftItem.objects.exists()
        client.post(f"{address}read/", {"key": "k"})
        work()
        document.refresh_from_db()
        assert document.state == "read"

    def test_running_the_job_twice_writes_once(self, document):
        work()
        count = DraftItem.objects.count()
        Job.objects.update(state="queued", finished_at=None)
        work()
        assert DraftItem.objects.count() == count

    def test_fault_while_reading_keeps_the_text_and_says_so(
        self, document, signed_in, monkeypatch, caplog
    ):
        def breaks(text, *, year=None):
            message = "a fault of ours"
            raise ValueError(message)

        monkeypatch.setattr("luoshi.documents.tasks.read_text", breaks)
        for _ in range(3):
            work()
        document.refresh_from_db()
        assert (document.state, document.text) == ("failed", files.SPEECH)
        page = signed_in("lin").get(f"/documents/document/{document.pk}/").content.decode()
        assert "未能读取" in page
        assert "a fault of ours" not in page
