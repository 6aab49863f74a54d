"""Each attack on the chain is found, named, and placed."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from luoshi.domain import sealing
from luoshi.domain.access import Actor
from luoshi.journal import actions, anchoring, outside, proving, sealer
from luoshi.journal.models import Anchor, ChainStart, Entry
from luoshi.org.models import Unit
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


@actions.write("tests.unit.renamed")
def _rename(*, actor, today, number):
    east = Unit.objects.get(name="东村")
    actions.record(east, {"name": (number, number + 1)}, unit_id=east.pk)
    return actions.Written("org.unit", east.pk)


def rename(number):
    east = Unit.objects.get(name="东村")
    _rename(actor=Actor.system(east.jurisdiction), today=TODAY, number=number)


def forget_what_is_outside():
    (outside.folder().parent / "journal.ends.json").unlink()


@pytest.fixture
def chain(cast, settings, tmp_path):
    """Twelve sealed entries of one jurisdiction."""
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for tests")

    for number in range(12):
        rename(number=number)
    assert sealer.seal_waiting() == 12
    return cast.county.jurisdiction


def verdict(jurisdiction, anchor=None):
    report = proving.verify(jurisdiction, timezone.now(), anchor)
    return (report.broken.fault, report.broken.seq) if report.broken else None


def test_untouched_chain_is_intact(chain):
    assert verdict(chain) is None
    assert proving.verify(chain, timezone.now()).sealed == 12


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "tests.unit.forged"},
        {"reason": "改过"},
        {"changes": {"name": [1, 99]}},
        {"key": "x"},
    ],
)
def test_changed_entry_is_named(chain, change):
    Entry.objects.filter(seq=5).update(**change)
    assert verdict(chain) == ("changed", 5)


def test_changed_time_is_named(chain):
    entry = Entry.objects.get(seq=7)
    Entry.objects.filter(seq=7).update(at=entry.at + timedelta(seconds=1))
    assert verdict(chain) == ("changed", 7)


def test_deleted_entry_is_named(chain):
    Entry.objects.filter(seq=4).delete()
    assert verdict(chain) == ("deleted", 4)


def test_deleted_entry_is_named_when_numbers_were_closed_up(chain):
    Entry.objects.filter(seq=4).delete()
    for seq in range(5, 13):
        Entry.objects.filter(seq=seq).update(seq=seq - 1)
    assert verdict(chain) == ("deleted", 4)


def test_inserted_entry_is_named(chain):
    for seq in range(12, 5, -1):
        Entry.objects.filter(seq=seq).update(seq=seq + 1)
    forged = Entry.objects.get(seq=5)
    forged.pk, forged.seq, forged.verb = None, 6, "tests.unit.never"
    forged.id = Unit().id
    forged.save(force_insert=True)
    assert verdict(chain) == ("inserted", 6)


def test_reordered_entries_are_named(chain):
    Entry.objects.filter(seq=8).update(seq=99)
    Entry.objects.filter(seq=9).update(seq=8)
    Entry.objects.filter(seq=99).update(seq=9)
    assert verdict(chain) == ("reordered", 8)


def test_cut_tail_is_found(chain):
    Entry.objects.filter(seq__gt=9).delete()
    assert verdict(chain) == ("cut_tail", 10), "the end is known outside the database"


def test_cut_tail_is_found_against_an_anchor_from_elsewhere(chain):
    last = Entry.objects.get(seq=12)
    Entry.objects.filter(seq__gt=9).delete()
    forget_what_is_outside()
    assert verdict(chain) is None
    assert verdict(chain, sealing.Start(12, last.seal)) == ("cut_tail", 10)


def test_tail_cut_and_grown_over_is_found(chain):
    Entry.objects.filter(seq__gt=9).delete()
    rename(number=77)
    assert sealer.seal_waiting() == 1
    assert verdict(chain) == ("cut_tail", 11), "the sealer kept the end that it could not find"


def test_tail_unsealed_altered_and_sealed_again_is_found(chain):
    Entry.objects.filter(seq__gt=9).update(seq=None, seal="", reason="改写")
    assert sealer.seal_waiting() == 3
    assert verdict(chain) == ("rewritten", 12)


def test_chain_rewritten_with_the_key_is_found_against_an_anchor(chain):
    anchor = Entry.objects.get(seq=10).seal
    Entry.objects.filter(seq=3).update(reason="改写")
    Entry.objects.all().update(seq=None, seal="", previous="")
    forget_what_is_outside()
    sealer.seal_waiting()
    assert verdict(chain) is None
    assert verdict(chain, sealing.Start(10, anchor)) == ("rewritten", 10)


def test_daily_anchor_finds_a_rewritten_chain_though_its_row_was_taken_away(chain):
    assert anchoring.daily(TODAY)
    Entry.objects.filter(seq=3).update(reason="改写")
    Entry.objects.all().update(seq=None, seal="", previous="")
    Anchor.objects.all().delete()
    (outside.folder().parent / "journal.ends.json").unlink()
    sealer.seal_waiting()
    assert verdict(chain) == ("rewritten", 12)


def test_entry_put_behind_the_end_is_named(chain):
    forged = Entry.objects.get(seq=12)
    forged.pk, forged.seq, forged.previous, forged.seal = Unit().id, 13, forged.seal, "f" * 64
    forged.save(force_insert=True)
    assert verdict(chain) == ("inserted", 13)


def test_entry_under_another_number_is_named(chain):
    Entry.objects.filter(seq=12).update(seq=14)
    assert verdict(chain) == ("changed", 14)


def test_vanished_journal_is_still_asked_for(chain):
    Entry.objects.all().delete()
    assert chain in proving.jurisdictions()
    assert verdict(chain) == ("cut_tail", 1)


def test_stopped_sealing_is_told(chain):
    rename(number=50)
    Entry.objects.filter(seq=None).update(at=timezone.now() - timedelta(hours=1))
    assert verdict(chain) == ("sealing_stopped", 13)


def test_entry_taken_away_while_it_is_sealed_stops_the_batch(chain):
    rename(number=50)
    gone = Entry.objects.get(seq=None)
    Entry.objects.filter(seq=None).update(seq=99, seal="x" * 64)
    with pytest.raises(RuntimeError, match="taken away"):
        sealer._seal_batch(b"key", sealing.Start(12, ""), [gone])


def test_start_made_up_without_the_key_is_not_believed(chain):
    sixth = Entry.objects.get(seq=6)
    Entry.objects.filter(seq__lte=6).delete()
    ChainStart.objects.create(
        jurisdiction=chain, seq=6, seal=sixth.seal, proof="0" * 64, archive="", at=timezone.now()
    )
    assert verdict(chain) == ("deleted", 1)


def test_database_refuses_a_half_sealed_entry(chain):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(seq=12).update(seal="")


def test_canonical_content_survives_the_database(chain):
    entry = Entry.objects.get(seq=1)
    assert json.loads(json.dumps(sealer.content(entry))) == sealer.content(entry)
    assert connection.vendor in {"sqlite", "postgresql"}
