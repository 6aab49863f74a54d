"""Each attack on the chain is found, named, and placed."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from luoshi.journal import actions, sealer
from luoshi.journal.models import Entry
from luoshi.org.models import Unit
from tests.cast import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(cast, settings, tmp_path):
    """Twelve sealed entries of one jurisdiction."""
    settings.LUOSHI_DATA = tmp_path
    (tmp_path / "journal.key").write_text("a key for tests")

    @actions.write("tests.unit.renamed")
    def rename(*, actor, today, number):
        actions.record(cast.east, {"name": (number, number + 1)}, unit_id=cast.east.pk)
        return actions.Written("org.unit", cast.east.pk)

    for number in range(12):
        rename(actor=cast.actor("lin"), today=TODAY, number=number)
    assert sealer.seal_waiting() == 12
    return cast.county.jurisdiction


def verdict(jurisdiction, anchor=None):
    report = sealer.verify(jurisdiction, timezone.now(), anchor)
    return (report.broken.fault, report.broken.seq) if report.broken else None


def test_untouched_chain_is_intact(chain):
    assert verdict(chain) is None
    assert sealer.verify(chain, timezone.now()).sealed == 12


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "tests.unit.forged"},
        {"reason": "改过"},
        {"changes": {"name": [1, 99]}},
        {"person_id": None},
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


def test_cut_tail_is_found_against_an_anchor(chain):
    last = Entry.objects.get(seq=12)
    Entry.objects.filter(seq__gt=9).delete()
    assert verdict(chain) is None
    assert verdict(chain, (12, last.seal)) == ("cut_tail", 10)


def test_chain_rewritten_with_the_key_is_found_against_an_anchor(chain):
    anchor = Entry.objects.get(seq=10).seal
    Entry.objects.filter(seq=3).update(reason="改写")
    Entry.objects.all().update(seq=None, seal="", previous="")
    sealer.seal_waiting()
    assert verdict(chain) is None
    assert verdict(chain, (10, anchor)) == ("rewritten", 10)


def test_stopped_sealing_is_told(chain, cast):
    Entry.objects.filter(seq=12).update(seq=None, seal="", at=timezone.now() - timedelta(hours=1))
    assert verdict(chain) == ("sealing_stopped", 12)


def test_database_refuses_a_half_sealed_entry(chain):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(seq=12).update(seal="")


def test_canonical_content_survives_the_database(chain):
    entry = Entry.objects.get(seq=1)
    assert json.loads(json.dumps(sealer.content(entry))) == sealer.content(entry)
    assert connection.vendor in {"sqlite", "postgresql"}
