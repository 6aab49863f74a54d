"""Two people at one text at the same moment: one wins, the other is told, nothing is doubled."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from luoshi.adoption import actions
from luoshi.domain.base import Refused
from luoshi.goals.models import Plan
from luoshi.ledger.models import Task
from luoshi.store.rows import Stale

pytestmark = pytest.mark.django_db(transaction=True)


def both(*acts):
    """Run the acts in threads that start together; what each answered or raised."""
    start, answers = Barrier(len(acts)), []

    def run(act):
        try:
            start.wait()
            answers.append(act())
        except (Refused, Stale) as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_people_adopt_the_same_draft_once(cast, today, document, at, plan):
    draft = at("标准厂房")

    def adopting(who):
        actor = cast.actor(who)
        return lambda: actions.adopt(
            actor=actor,
            today=today,
            now=timezone.now(),
            document=document,
            draft_ids=[draft.pk],
            plan=Plan.objects.select_related("unit").get(pk=plan.pk),
        )

    answers = both(adopting("lin"), adopting("chen"))
    assert Task.objects.count() == 1
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [error.why.code for error in refused] == ["adoption.decided"]


def test_two_people_type_into_the_same_row_and_one_is_stale(cast, today, document, at):
    draft = at("标准厂房")

    def typing(who, words):
        actor = cast.actor(who)
        return lambda: actions.change(
            actor=actor,
            today=today,
            now=timezone.now(),
            document=document,
            edits=[(draft.pk, draft.version, {"title": words})],
        )

    answers = both(typing("lin", "主任改的"), typing("chen", "书记改的"))
    assert sum(isinstance(answer, Stale) for answer in answers) == 1
    assert at("标准厂房").title in {"主任改的", "书记改的"}
    assert at("标准厂房").version == draft.version + 1
