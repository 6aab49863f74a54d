"""The journal's page: words, scope, export without formulas, proof."""

import pytest
from django.db import connection
from django.utils import timezone

from luoshi.home.verbs import WORDS
from luoshi.jobs import actions as jobs
from luoshi.journal import anchoring, sealer
from luoshi.journal.actions import VERBS
from luoshi.journal.models import Anchor, Entry
from tests.cast import TODAY


@pytest.fixture(autouse=True)
def key(settings, tmp_path):
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for tests")


def test_page_says_who_did_what_in_words(new, signed_in):
    new("修路")
    page = signed_in("zhou").get("/home/journal/").content.decode()
    assert "林主任" in page
    assert "立项" in page
    assert "修路" in page
    assert "待封印" in page


def test_page_is_for_those_who_read_the_journal(signed_in):
    assert signed_in("ma").get("/home/journal/").status_code == 403
    assert signed_in("lin").get("/home/journal/").status_code == 200


def test_filter_and_days_narrow_the_page(new, signed_in):
    new("修路")
    client = signed_in("zhou")
    assert "修路" in client.get("/home/journal/?verb=ledger.").content.decode()
    assert "修路" not in client.get("/home/journal/?verb=org.").content.decode()
    assert "修路" not in client.get("/home/journal/?to=2020-01-01").content.decode()
    assert client.get("/home/journal/?from=nonsense&after=zz&verb=%27").status_code == 200


def test_export_disarms_formulas(new, signed_in):
    new('=HYPERLINK("x")')
    text = signed_in("zhou").get("/home/journal/export/?format=csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "林主任" in text


def test_verify_tells_an_intact_journal_from_an_altered_one(new, signed_in):
    new("修路")
    sealer.seal_waiting()
    client = signed_in("zhou")
    assert "操作日志完整" in client.post("/home/journal/verify/", follow=True).content.decode()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET reason = 'x' WHERE seq = (SELECT MIN(seq) FROM journal_entry)"
        )
    assert "被改动" in client.post("/home/journal/verify/", follow=True).content.decode()


def test_other_towns_entries_are_not_shown(new, signed_in):
    new("修路")
    assert Entry.objects.exists()
    assert "修路" not in signed_in("fang").get("/home/journal/").content.decode()


def test_every_verb_has_its_word():
    unworded = {verb for verb in VERBS if not verb.startswith("tests.")} - set(WORDS)
    assert unworded == set()


def test_filter_finds_by_person_unit_kind_and_text(cast, new, signed_in):
    new("修路")
    client = signed_in("zhou")

    def found(query):
        return "修路</a>" in client.get(f"/home/journal/?{query}").content.decode()

    assert found("person=林")
    assert not found("person=马")
    assert found("q=修路")
    assert not found("q=架桥")
    assert found("kind=ledger.task")
    assert not found("kind=org.post")
    entry = Entry.objects.filter(verb__startswith="ledger.").latest("at")
    assert found(f"unit={entry.unit_id}")
    assert not found(f"unit={cast.west.pk}")
    assert client.get("/home/journal/?unit=zz&kind=zz&person=%00").status_code == 200


def test_export_is_filtered_scoped_and_a_workbook(new, signed_in):
    new("修路")
    zhou = signed_in("zhou")
    book = zhou.get("/home/journal/export/")
    assert book.content[:2] == b"PK"
    assert "spreadsheetml" in book["Content-Type"]
    text = zhou.get("/home/journal/export/?format=csv&q=架桥").content.decode("utf-8-sig")
    assert len(text.splitlines()) == 1
    fang = signed_in("fang").get("/home/journal/export/?format=csv").content.decode("utf-8-sig")
    assert "修路" not in fang


def test_long_journal_is_checked_by_the_worker_and_the_page_tells(new, signed_in, monkeypatch):
    new("修路")
    sealer.seal_waiting()
    monkeypatch.setattr("luoshi.home.views.journal.CHECKED_AT_ONCE", 0)
    client = signed_in("zhou")
    assert "交后台校验" in client.post("/home/journal/verify/", follow=True).content.decode()
    Entry.objects.filter(seq=1).update(reason="x")
    jobs.run_waiting(timezone.now)
    page = client.get("/home/journal/").content.decode()
    assert "第1条被改动" in page
    assert "最近一次自动校验" in page


def test_anchor_is_listed_printed_taken_and_compared_with_a_paper(new, signed_in, cast):
    new("修路")
    sealer.seal_waiting()
    anchoring.daily(TODAY)
    anchor = Anchor.objects.get()
    client = signed_in("zhou")
    assert "2026-06-18" in client.get("/home/journal/anchors/").content.decode()
    paper = client.get("/home/journal/anchors/2026-06-18/").content.decode()
    assert anchor.seal[:8] in paper
    assert "修路" not in paper
    file = client.get("/home/journal/anchors/2026-06-18/file/")
    assert file.json() == {str(cast.county.jurisdiction): [anchor.seq, anchor.seal]}
    assert client.get("/home/journal/anchors/2026-06-17/").status_code == 404
    assert client.get("/home/journal/anchors/nonsense/").status_code == 404

    def compared(seq, seal):
        return client.get(f"/home/journal/anchors/?seq={seq}&seal={seal}").content.decode()

    assert "相符：" in compared(anchor.seq, anchor.seal[:8].upper())
    assert "不符：" in compared(anchor.seq, "0" * 12)
    assert "没有第999条" in compared(999, anchor.seal)
    assert "或更多" in compared("x", "y")
    assert signed_in("ma").get("/home/journal/anchors/").status_code == 403
    assert signed_in("gao").get("/home/journal/anchors/2026-06-18/").status_code == 403
