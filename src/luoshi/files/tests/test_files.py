"""Attachments: nothing marked is kept, nothing is shown inline, nobody reads beyond the subject."""

import hashlib
import io
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from luoshi.domain.base import Refused
from luoshi.files import actions, queries
from luoshi.files.models import Attachment
from luoshi.files.registry import READERS, may_read
from luoshi.journal.models import Entry
from luoshi.office.tests.pictures import PNG, exif, jpeg
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def storage(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def subject(monkeypatch):
    """A kind of subject that only Lin may read, registered for one test."""
    lin = []

    def reads(actor, today, subject_id):
        return actor.account_id in lin

    monkeypatch.setitem(READERS, "tests.subject", reads)
    return lin


def store(cast, data=PNG, name="现场照片.png", subject_id=None):
    actor = cast.actor("lin")
    screened = actions.screen(actor=actor, today=TODAY, unit_id=cast.town.pk, name=name, data=data)
    written = actions.store(
        actor=actor,
        today=TODAY,
        now=timezone.now(),
        unit_id=cast.town.pk,
        subject_kind="tests.subject",
        subject_id=subject_id or uuid.uuid4(),
        screened=screened,
    )
    return Attachment.objects.get(pk=written.id)


def kept():
    root = Path(settings.MEDIA_ROOT)
    found = [path for path in root.rglob("*") if path.is_file()] if root.exists() else []
    return [path for path in found if "thumbs" not in path.parts]


def test_stored_bytes_stand_under_their_digest(cast):
    row = store(cast)
    [path] = kept()
    digest = row.sha256
    assert path.relative_to(settings.MEDIA_ROOT).as_posix() == (
        f"{digest[:2]}/{digest[2:4]}/{digest}"
    )
    assert path.read_bytes() == PNG
    assert (row.state, row.size, row.media_type) == ("ok", len(PNG), "image/png")


def test_same_bytes_for_the_same_subject_are_kept_once(cast):
    subject_id = uuid.uuid4()
    first = store(cast, subject_id=subject_id)
    assert store(cast, subject_id=subject_id) == first
    store(cast)
    assert (Attachment.objects.count(), len(kept())) == (2, 1)


@pytest.mark.parametrize("head", ["绝密★1年", "机密", "秘密★长期", "内部资料 注意保存", "工作秘密"])
def test_marked_file_leaves_only_its_kind_of_marking(cast, head):
    words = f"{head}\n关于柳湾项目的请示\n正文。".encode()
    with pytest.raises(Refused) as refused:
        store(cast, words, "柳湾项目请示.txt")
    assert refused.value.why.code == "office.marking"
    assert kept() == []
    assert not Attachment.objects.exists()
    entry = Entry.objects.get(verb="files.upload.refuse")
    assert entry.person_id == cast.people["lin"].pk
    assert set(entry.changes) == {"marking"}
    row = "".join(str(getattr(entry, field.attname)) for field in entry._meta.fields)
    assert "柳湾" not in row

    assert hashlib.sha256(words).hexdigest() not in row


def test_refused_file_without_marking_is_not_journalled(cast):
    with pytest.raises(Refused):
        store(cast, b"", "空.txt")
    assert not Entry.objects.exists()
    assert kept() == []


def test_unknown_kind_of_subject_is_closed(cast):
    assert not may_read(cast.actor("lin"), TODAY, "nobody.registered", uuid.uuid4())


def test_download_is_an_attachment_and_never_inline(cast, subject, signed_in):
    row = store(cast)
    subject.append(cast.account("lin").pk)
    answer = signed_in("lin").get(f"/files/attachment/{row.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == PNG


def test_download_of_text_is_told_as_bytes(cast, subject, signed_in):
    row = store(cast, "<script>alert(1)</script> 进展说明".encode(), "说明.txt")
    subject.append(cast.account("lin").pk)
    answer = signed_in("lin").get(f"/files/attachment/{row.pk}/")
    assert answer["Content-Type"] == "application/octet-stream"
    answer.close()


@pytest.mark.parametrize("who", ["wang", "fang", "zhao", "gao"])
def test_download_is_not_found_for_who_may_not_read_the_subject(cast, subject, signed_in, who):
    row = store(cast)
    subject.append(cast.account("lin").pk)
    assert signed_in(who).get(f"/files/attachment/{row.pk}/").status_code == 404
    assert queries.attachment(cast.actor(who), TODAY, row.pk) is None


def test_download_asks_a_stranger_to_sign_in(cast, client, today):
    row = store(cast)
    answer = client.get(f"/files/attachment/{row.pk}/")
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


def test_attachments_of_subjects_come_by_subject(cast, subject):
    subject.append(cast.account("lin").pk)
    row, other = store(cast), store(cast, PNG + b"2")
    found = queries.attachments(
        cast.actor("lin"), TODAY, "tests.subject", [row.subject_id, other.subject_id]
    )
    assert found == {row.subject_id: [row], other.subject_id: [other]}
    assert queries.attachments(cast.actor("wang"), TODAY, "tests.subject", [row.subject_id]) == {}


def test_name_is_kept_short_and_without_folders(cast):
    row = store(cast, name="C:\\桌面\\" + "长" * 300 + ".png")
    assert len(row.name) <= 200
    assert row.name.endswith(".png")
    assert "\\" not in row.name


def test_zip_with_macros_is_refused(cast):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<w/>")
        package.writestr("word/vbaProject.bin", b"x")
    with pytest.raises(Refused) as refused:
        store(cast, data.getvalue(), "带宏.docx")
    assert refused.value.why.code == "office.macros"
    assert kept() == []


def test_photograph_is_kept_without_its_maker_and_shown_small(cast, subject, client, monkeypatch):
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: TODAY)
    row = store(cast, jpeg(exif(1), size=(600, 300)), "现场.jpg")
    assert row.has_thumb
    assert not any(b"GPS 113.2E" in path.read_bytes() for path in kept())
    subject.append(cast.account("lin").pk)
    client.force_login(cast.account("lin"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/files/attachment/{row.pk}/small/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.getvalue().startswith(b"\xff\xd8")
    subject.clear()
    assert client.get(f"/files/attachment/{row.pk}/small/").status_code == 404


def test_a_day_has_its_limit_of_files_and_of_bytes(cast, settings):
    settings.UPLOADS_A_DAY, settings.UPLOAD_MEGABYTES_A_DAY = 2, 1
    store(cast, b"one", "1.txt")
    store(cast, b"two", "2.txt")
    with pytest.raises(Refused) as refused:
        store(cast, b"three", "3.txt")
    assert refused.value.why.code == "files.too_many"
    assert len(kept()) == 2
    settings.UPLOADS_A_DAY = 0
    with pytest.raises(Refused) as refused:
        store(cast, ("字" * 400_000).encode(), "4.txt")
    assert refused.value.why.code == "files.too_much"
    Attachment.objects.update(added_at=timezone.now() - timedelta(days=400))
    store(cast, b"tomorrow", "5.txt")


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "..\\..\\windows.txt",
        "发票\u202egpj.txt",
        "a\x00b.txt",
        "长" * 400 + ".txt",
    ],
)
def test_a_name_is_never_a_path_nor_a_trick(cast, name):
    row = store(cast, b"words", name)
    assert not set(row.name) & set("/\\\x00\u202e")
    assert len(row.name) <= 200
    assert row.name.endswith(".txt")
    assert all(len(path.name) == 64 for path in kept())


def test_document_is_kept_without_its_maker_under_the_digest_of_what_is_kept(cast):
    from luoshi.office.tests.test_properties import MAKERS, parts, word

    data = word()
    row = store(cast, data, "厂房进展.docx")
    [path] = kept()
    found = path.read_bytes()
    assert row.sha256 == path.name == hashlib.sha256(found).hexdigest()
    assert row.sha256 != hashlib.sha256(data).hexdigest()
    assert row.size == len(found)
    assert not any(name.encode() in part for name in MAKERS for part in parts(found).values())


def test_who_sends_a_file_is_told_what_was_taken_out(cast):
    from luoshi.office.tests.test_properties import word

    def told(name, data, **more):
        screened = actions.screen(
            actor=cast.actor("lin"),
            today=TODAY,
            unit_id=cast.town.pk,
            name=name,
            data=data,
            **more,
        )
        return [one.code for one in screened.told], screened.data

    assert told("a.docx", word())[0] == ["office.properties_removed"]
    assert told("a.jpg", jpeg(exif(1)))[0] == ["office.picture_cleaned"]
    assert told("a.txt", b"words") == ([], b"words")
    source = word()
    assert told("a.docx", source, text=True) == ([], source)


def test_package_with_a_way_out_leaves_nothing(cast):
    from luoshi.office.tests.build import docx_parts, p, zip_of

    with pytest.raises(Refused) as refused:
        store(cast, zip_of(docx_parts(p("正文")) | {"../../x": "x"}), "a.docx")
    assert refused.value.why.code == "office.zip_slip"
    assert kept() == []
    assert not Attachment.objects.exists()


def test_pdf_is_served_only_as_a_download(cast, subject, signed_in):
    from luoshi.office.tests.build import pdf

    row = store(cast, pdf("一、抓项目。") + b"\n<script>alert(1)</script>", "a.pdf")
    subject.append(cast.account("lin").pk)
    answer = signed_in("lin").get(f"/files/attachment/{row.pk}/")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    answer.close()
