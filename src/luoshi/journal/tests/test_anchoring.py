"""The daily anchor: made once, kept outside, mailed without naming a matter, and archived behind."""

import json
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from luoshi.domain import sealing
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal import actions, anchoring, archiving, outside, proving, sealer
from luoshi.journal.models import Anchor, ChainStart, Entry
from luoshi.org.models import Unit
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


@actions.write("tests.unit.told")
def _tell(*, actor, today, number):
    east = Unit.objects.get(name="东村")
    actions.record(east, {"name": (number, "修路")}, unit_id=east.pk)
    return actions.Written("org.unit", east.pk)


@pytest.fixture
def chain(cast, settings, tmp_path):
    """Six sealed entries, and the day they were sealed on."""
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for tests")
    for number in range(6):
        _tell(actor=Actor.system(cast.county.jurisdiction), today=TODAY, number=number)
    sealer.seal_waiting()
    return cast.county.jurisdiction


def test_clock_makes_one_anchor_a_day_and_keeps_it_outside(chain):
    assert anchoring.daily(TODAY)
    assert anchoring.daily(TODAY)
    anchor = Anchor.objects.get()
    assert (anchor.on, anchor.seq, anchor.seal) == (TODAY, 6, Entry.objects.get(seq=6).seal)
    file = outside.folder() / "luoshi-anchor-2026-06-18.json"
    assert json.loads(file.read_text()) == {str(chain): [6, anchor.seal]}
    assert anchor.kept_at
    assert Job.objects.filter(kind="journal.verify").count() == 1
    assert anchoring.daily(TODAY + timedelta(days=1))
    assert Anchor.objects.count() == 2


def test_days_check_is_done_by_the_worker_and_kept(chain):
    anchoring.daily(TODAY)
    jobs.run_waiting(timezone.now)
    assert Job.objects.get(kind="journal.verify").result["intact"] is True
    Entry.objects.filter(seq=2).update(reason="改写")
    anchoring.daily(TODAY + timedelta(days=1))
    jobs.run_waiting(timezone.now)
    told = Job.objects.filter(kind="journal.verify").order_by("-id").first().result
    assert (told["code"], told["params"], told["intact"]) == ("journal.changed", {"seq": 2}, False)


@override_settings(LUOSHI_ANCHOR_MAIL=["records@example.org"])
def test_mail_names_no_matter_and_goes_once(chain):
    assert anchoring.daily(TODAY)
    assert anchoring.daily(TODAY)
    (sent,) = mail.outbox
    anchor = Anchor.objects.get()
    assert sent.to == ["records@example.org"]
    assert anchor.seal in sent.body
    assert "第6条" in sent.body
    assert "修路" not in sent.body + sent.subject
    assert "东村" not in sent.body + sent.subject
    assert anchor.mailed_at


@override_settings(LUOSHI_ANCHOR_MAIL=["records@example.org"])
def test_mail_server_down_for_a_day_loses_no_anchor(chain, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    with monkeypatch.context() as down:
        down.setattr(anchoring, "send_mail", refuse)
        assert not anchoring.daily(TODAY)
    assert Anchor.objects.get().kept_at, "the folder did not wait for the mail"
    assert anchoring.daily(TODAY + timedelta(days=1))
    assert sorted(m.subject[-10:] for m in mail.outbox) == ["2026-06-18", "2026-06-19"]


def test_folder_that_is_not_mounted_is_not_made_and_tried_again(chain, settings, tmp_path):
    settings.LUOSHI_ANCHORS = str(tmp_path / "stick")
    assert not anchoring.daily(TODAY)
    assert Anchor.objects.get().kept_at is None
    assert not (tmp_path / "stick").exists()
    (tmp_path / "stick").mkdir()
    assert anchoring.daily(TODAY)
    assert (tmp_path / "stick" / "luoshi-anchor-2026-06-18.json").exists()


def test_file_that_is_no_anchor_in_the_folder_says_nothing(chain):
    anchoring.daily(TODAY)
    (outside.folder() / "luoshi-anchor-zzz.json").write_text('{"a": 1}')
    (outside.folder() / "luoshi-anchor-yyy.json").write_text("half a f")
    assert proving.verify(chain, timezone.now()).broken is None


def old_chain(chain):
    """The first six entries and their anchor lie 500 days back; what follows is of today."""
    anchoring.daily(TODAY)
    long_ago = timezone.now() - timedelta(days=500)
    Entry.objects.filter(seq__lte=6).update(at=long_ago, seq=None, seal="", previous="")
    Entry.objects.filter(seq=None).exclude(at=long_ago).delete()
    (outside.folder().parent / "journal.ends.json").unlink()
    for file in outside.folder().glob("*.json"):
        file.unlink()
    sealer.seal_waiting()
    Anchor.objects.update(on=long_ago.date(), seal=Entry.objects.get(seq=6).seal)
    for number in range(3):
        _tell(actor=Actor.system(chain), today=TODAY, number=number)
    sealer.seal_waiting()


def test_oldest_part_goes_to_a_file_and_both_parts_stay_provable(chain, settings, tmp_path):
    old_chain(chain)
    settings.LUOSHI_JOURNAL_DAYS = 400
    file = tmp_path / "archive.gz"
    assert archiving.archive(chain, file, timezone.now()) == 6
    assert not Entry.objects.filter(seq__lte=6).exists()
    assert ChainStart.objects.get().seq == 6
    sealer.seal_waiting()
    report = proving.verify(chain, timezone.now())
    assert (report.broken, report.sealed) == (None, 4)
    verdict, broken = archiving.verify(file)[chain]
    assert (verdict.params, broken) == ({"first": 1, "last": 6}, False)
    assert archiving.archive(chain, tmp_path / "second.gz", timezone.now()) == 0
    Entry.objects.filter(seq=7).delete()
    assert proving.verify(chain, timezone.now()).broken == sealing.Broken("deleted", 7)


def test_nothing_young_and_nothing_unset_is_archived(chain, settings, tmp_path):
    anchoring.daily(TODAY)
    with pytest.raises(Refused):
        archiving.archive(chain, tmp_path / "a.gz", timezone.now())
    settings.LUOSHI_JOURNAL_DAYS = 400
    assert archiving.archive(chain, tmp_path / "a.gz", timezone.now()) == 0
    settings.LUOSHI_JOURNAL_DAYS = 399
    with pytest.raises(Refused) as refusal:
        archiving.archive(chain, tmp_path / "a.gz", timezone.now())
    assert refusal.value.why.code == "journal.kept_too_short"
    assert Entry.objects.filter(seq__lte=6).count() == 6


def test_broken_chain_is_not_archived(chain, settings, tmp_path):
    old_chain(chain)
    settings.LUOSHI_JOURNAL_DAYS = 400
    Entry.objects.filter(seq=2).update(reason="改写")
    with pytest.raises(Refused):
        archiving.archive(chain, tmp_path / "a.gz", timezone.now())
    assert not (tmp_path / "a.gz").exists()


def test_archive_cut_short_is_no_archive(chain, settings, tmp_path):
    old_chain(chain)
    settings.LUOSHI_JOURNAL_DAYS = 400
    archiving.archive(chain, tmp_path / "a.gz", timezone.now())
    (tmp_path / "b.gz").write_bytes((tmp_path / "a.gz").read_bytes()[:-40])
    with pytest.raises((ValueError, OSError)):
        archiving.verify(tmp_path / "b.gz")


def test_what_may_be_archived_is_a_beginning_that_an_anchor_ends():
    anchors = [sealing.Start(10, "a"), sealing.Start(20, "b"), sealing.Start(30, "c")]
    assert sealing.archived_until(anchors, 25, sealing.Start()) == sealing.Start(20, "b")
    assert sealing.archived_until(anchors, 25, sealing.Start(20, "b")) is None
    assert sealing.archived_until(anchors, 10, sealing.Start()) is None
    assert sealing.days_kept(0) == 0
    assert sealing.days_kept(400) == 400
    with pytest.raises(Refused):
        sealing.days_kept(399)


def test_day_of_an_anchor_is_told_by_the_caller():
    assert anchoring.daily(date(2026, 1, 1))
