"""The same item in two papers of a meeting: proposed with its reasons, joined by a person only."""

import pytest
from django.urls import reverse
from django.utils import timezone

from luoshi.adoption import actions
from luoshi.adoption.models import Act, Apart
from luoshi.documents.models import DraftItem
from luoshi.domain.base import Refused
from luoshi.goals.models import Meeting
from luoshi.goals.tests.test_bundle import BUNDLE, give, work
from luoshi.journal.models import Entry


@pytest.fixture
def meeting(signed_in):
    give(signed_in("lin"), BUNDLE)
    work()
    return Meeting.objects.select_related("unit").get()


@pytest.fixture
def twins(meeting):
    """The task of the report, and the same task of the table."""
    found = DraftItem.objects.filter(title__contains="主体工程").select_related("document")
    return {
        text.role: found.get(document=text.document_id)
        for text in meeting.texts.all()
        if text.role != "speech"
    }


def page_of(client, meeting):
    return client.get(reverse("adoption:same", args=[meeting.pk])).content.decode()


def send(client, meeting, twins, say="same"):
    url = reverse("adoption:same", args=[meeting.pk])
    pair = {"first": twins["report"].pk, "second": twins["table"].pk}
    return client.post(url, {**pair, "say": say})


def test_proposal_says_which_words_and_units_are_the_same(signed_in, meeting, twins):
    page = page_of(signed_in("lin"), meeting)
    assert "标准厂房一期建设" in page
    assert "相同的责任单位" in page
    assert "确认为同一事项" in page
    assert "不一致" in page  # 6月底 in the report, 9月底 in the table
    assert not Act.objects.exists()


def test_joined_item_has_the_tables_date_and_both_passages(signed_in, meeting, twins):
    client = signed_in("lin")
    assert send(client, meeting, twins).status_code == 302
    report, table = (DraftItem.objects.get(pk=twins[role].pk) for role in ("report", "table"))
    assert (table.state, report.state, report.merged_into_id) == ("draft", "merged", table.pk)
    assert table.due_on.isoformat() == "2026-09-30"
    assert [part["name"] for part in table.responsible] == ["经发办"]
    assert report.passage_id != table.passage_id
    assert Entry.objects.filter(verb="adoption.drafts.join").exists()
    assert str(table.pk) not in page_of(client, meeting)


def test_what_the_leading_paper_leaves_open_comes_from_the_other(cast, today, meeting, twins):
    twins["table"].due_on, twins["table"].deadline_text, twins["table"].deadline_norm = None, "", ""
    twins["table"].save(update_fields=["due_on", "deadline_text", "deadline_norm"])
    join(cast, today, meeting, twins)
    assert DraftItem.objects.get(pk=twins["table"].pk).due_on == twins["report"].due_on


def test_join_is_undone_like_any_merge(cast, today, meeting, twins):
    join(cast, today, meeting, twins)
    actions.undo(actor=cast.actor("lin"), today=today, now=timezone.now(), act=Act.objects.get())
    for role, before in twins.items():
        after = DraftItem.objects.get(pk=before.pk)
        assert (after.state, after.due_on, after.merged_into_id) == (
            "draft",
            before.due_on,
            None,
        ), role


def join(cast, today, meeting, twins, who="lin"):
    return actions.join(
        actor=cast.actor(who), today=today, now=timezone.now(), meeting=meeting,
        draft_ids=(twins["report"].pk, twins["table"].pk),
    )  # fmt: skip


def test_decided_draft_and_draft_of_another_text_are_refused(cast, today, meeting, twins):
    with pytest.raises(Refused) as refused:
        join(cast, today, meeting, {"report": twins["report"], "table": twins["report"]})
    assert refused.value.why.code == "adoption.not_of_meeting"
    join(cast, today, meeting, twins)
    with pytest.raises(Refused) as refused:
        join(cast, today, meeting, twins)
    assert refused.value.why.code == "adoption.decided"


def test_who_may_not_draft_joins_nothing(cast, today, signed_in, meeting, twins):
    with pytest.raises(Refused):
        join(cast, today, meeting, twins, "zhou")
    assert send(signed_in("zhou"), meeting, twins).status_code == 404
    assert DraftItem.objects.filter(state="merged").count() == 0


def test_page_asks_the_same_number_of_queries_whatever_it_shows(
    signed_in, meeting, twins, django_assert_num_queries
):
    client = signed_in("lin")
    page_of(client, meeting)
    with django_assert_num_queries(QUERIES):
        page_of(client, meeting)
    send(client, meeting, twins)
    client.get(reverse("adoption:same", args=[meeting.pk]))
    with django_assert_num_queries(QUERIES):
        page_of(client, meeting)


QUERIES = 11


def test_pair_told_apart_is_not_proposed_until_compared_again(signed_in, meeting, twins):
    client = signed_in("lin")
    asks = f'id="s-{twins["report"].pk}"', f'id="s-{twins["table"].pk}"'
    for _twice in range(2):
        assert send(client, meeting, twins, "apart").status_code == 302
    assert Apart.objects.count() == 1
    assert Entry.objects.filter(verb="adoption.drafts.apart").count() == 1
    page = page_of(client, meeting)
    assert not any(ask in page for ask in asks)
    assert "已认定为不同事项" in page
    assert {
        draft.state for draft in DraftItem.objects.filter(pk__in=[t.pk for t in twins.values()])
    } == {"draft"}
    assert send(client, meeting, twins, "again").status_code == 302
    assert any(ask in page_of(client, meeting) for ask in asks)
    assert not Apart.objects.exists()


def test_only_who_may_draft_tells_apart(signed_in, meeting, twins):
    assert send(signed_in("wang"), meeting, twins, "apart").status_code == 404
    assert not Apart.objects.exists()
