"""The decorator of every action: one transaction, one entry, one answer a key."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from luoshi.journal.actions import Written, record, write
from luoshi.journal.models import Entry, Receipt
from luoshi.org.models import Unit
from luoshi.store.rows import Stale, save
from tests.cast import TODAY, make_cast


@write("tests.unit.renamed_once")
def rename(*, actor, today, unit_id, version, name):
    unit = Unit.objects.get(pk=unit_id)
    record(unit, save(unit, version, name=name), unit_id=unit.pk)
    return Written("org.unit", unit.pk, unit.version, {"name": name})


def test_second_call_with_the_key_answers_the_same_and_writes_nothing(cast):
    call = {
        "actor": cast.actor("lin"),
        "today": TODAY,
        "unit_id": cast.east.pk,
        "version": 1,
        "name": "甲",
    }
    first = rename(**call, key="k")
    second = rename(**call, key="k")
    assert (second.id, second.version, second.facts, second.repeated) == (
        first.id,
        2,
        {"name": "甲"},
        True,
    )
    assert Entry.objects.filter(verb="tests.unit.renamed_once").count() == 1


def test_same_key_of_another_account_is_another_key(cast):
    rename(
        actor=cast.actor("lin"), today=TODAY, unit_id=cast.east.pk, version=1, name="甲", key="k"
    )
    with pytest.raises(Stale):
        rename(
            actor=cast.actor("he"), today=TODAY, unit_id=cast.east.pk, version=1, name="乙", key="k"
        )


def test_refused_action_leaves_nothing(cast):
    with pytest.raises(Stale):
        rename(
            actor=cast.actor("lin"),
            today=TODAY,
            unit_id=cast.east.pk,
            version=7,
            name="甲",
            key="k",
        )
    assert not Entry.objects.exists()
    assert not Receipt.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_double_click_at_one_instant_is_one_write_and_two_equal_answers():
    cast = make_cast()
    actor, start, answers = cast.actor("lin"), Barrier(6), []

    def click():
        start.wait()
        try:
            answers.append(
                rename(
                    actor=actor,
                    today=TODAY,
                    unit_id=cast.east.pk,
                    version=1,
                    name="甲",
                    key="click",
                )
            )
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(a.id, a.version) for a in answers} == {(cast.east.pk, 2)}
    assert len(answers) == 6
    assert Entry.objects.filter(verb="tests.unit.renamed_once").count() == 1
