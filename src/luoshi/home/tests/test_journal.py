"""The journal's page: words, scope, export without formulas, proof."""

import pytest
from django.db import connection

from luoshi.home.verbs import WORDS
from luoshi.journal import sealer
from luoshi.journal.actions import VERBS
from luoshi.journal.models import Entry


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
    text = signed_in("zhou").get("/home/journal/export/").content.decode("utf-8-sig")
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
