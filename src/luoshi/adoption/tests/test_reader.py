"""The reader page: the whole text, tied to its drafts, editable, filtered, usable without scripts."""

from datetime import date

import pytest
from django.utils import timezone

from luoshi.adoption import queries
from luoshi.adoption.page import Filter, sections_of, stretches
from luoshi.documents.models import DraftItem
from luoshi.goals.models import Plan
from luoshi.jobs import actions as jobs
from luoshi.ledger.models import Task


def test_pasted_speech_becomes_a_registered_task(at, send):
    draft = at("标准厂房")
    answer = send(one=draft, plan="new")
    page = answer.content.decode()
    assert "确认立项" in page
    assert not Plan.objects.exists()
    send(one=draft, plan="new", confirm_plan="1", plan_year="2026")
    task = Task.objects.get()
    assert task.passage_id == draft.passage_id
    assert (task.state, task.due_on) == ("registered", date(2026, 9, 30))
    assert task.plan == Plan.objects.get(year=2026)
    draft.refresh_from_db()
    assert (draft.state, draft.adopted_kind, draft.adopted_id) == (
        "adopted",
        "ledger.task",
        task.pk,
    )


def test_text_is_shown_whole_whatever_is_highlighted(cast, today, document):
    drafts = list(DraftItem.objects.filter(document=document).select_related("passage"))
    shown = stretches(document.text, drafts, frozenset())
    told = "\n".join("".join(s.text for s in paragraph) for paragraph in shown)
    assert told == "\n".join(line for line in document.text.split("\n") if line)


def test_passage_and_row_point_at_each_other(at, document, signed_in):
    draft = at("标准厂房")
    page = signed_in("lin").get(f"/adoption/document/{document.pk}/").content.decode()
    assert f'id="p-{draft.pk}"' in page
    assert f'href="#d-{draft.pk}"' in page
    assert f'id="d-{draft.pk}"' in page
    assert f'href="#p-{draft.pk}"' in page


def test_page_takes_a_constant_number_of_queries(
    document, plan, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in("lin")
    address = f"/adoption/document/{document.pk}/"
    with django_assert_max_num_queries(24) as first:
        client.get(address)
    draft = DraftItem.objects.filter(document=document).first()
    for number in range(30):
        DraftItem.objects.create(
            jurisdiction=draft.jurisdiction,
            document=document,
            passage=draft.passage,
            position=1000 + number,
            kind="task",
            title=f"增加的事项{number}",
            responsible=[{"name": "经发办", "role": "lead"}],
        )
    with django_assert_num_queries(len(first)):
        client.get(address)


@pytest.mark.parametrize(
    ("query", "has", "hasnt"),
    [
        ("kind=indicator", "收入增长8%", "标准厂房"),
        ("kind=boilerplate", "携起手来", "标准厂房"),
        ("state=adopted", "没有符合筛选的条目", "</textarea>"),
        ("section=99999&kind=nonsense&state=x", "标准厂房", "没有符合筛选的条目"),
    ],
)
def test_filter_shows_what_the_address_asks_for(document, signed_in, query, has, hasnt):
    page = signed_in("lin").get(f"/adoption/document/{document.pk}/?{query}").content.decode()
    table = page[page.index('id="drafts"') :]
    assert has in table
    assert hasnt not in table


def test_long_text_shows_a_page_of_lines_and_says_so(document, signed_in, monkeypatch):
    monkeypatch.setattr("luoshi.adoption.queries.MOST_LINES", 3)
    page = signed_in("lin").get(f"/adoption/document/{document.pk}/").content.decode()
    assert page.count("<textarea") == 3
    assert "条未显示，请按章节或类别筛选" in page


def test_section_filter_holds_what_stands_below_it(cast, today, document):
    sections = sections_of(document.outline, len(document.text))
    second = next(s for s in sections if s.mark == "二")
    page = queries.reader(cast.actor("lin"), today, document, Filter(section=second.index))
    titles = [line.draft.title for group in page.groups for line in group.lines]
    assert any("标准厂房" in title for title in titles)
    assert not any("农村公路" in title for title in titles)


@pytest.mark.parametrize(
    ("who", "status"), [("chen", 200), ("zhou", 200), ("wang", 404), ("fang", 404), ("gao", 404)]
)
def test_reader_is_open_to_whom_the_text_is(document, signed_in, who, status):
    assert signed_in(who).get(f"/adoption/document/{document.pk}/").status_code == status


def test_who_may_only_read_sees_no_button_and_cannot_decide(at, document, signed_in, plan, send):
    page = signed_in("zhou").get(f"/adoption/document/{document.pk}/").content.decode()
    assert 'name="one"' not in page
    assert send(who="zhou", one=at("标准厂房"), plan=plan).status_code == 403
    assert send(who="fang", one=at("标准厂房"), plan=plan).status_code == 404
    assert not Task.objects.exists()


def test_document_waiting_to_be_read_leads_to_its_progress(document, signed_in):
    type(document).objects.update(state="waiting")
    answer = signed_in("lin").get(f"/adoption/document/{document.pk}/")
    assert answer["Location"] == f"/documents/document/{document.pk}/"


class TestReadingAgain:
    """The year was read wrongly: everything is read once more, until somebody has touched it."""

    def again(self, client, document, year):
        return client.post(f"/documents/document/{document.pk}/read/", {"year": year}, follow=True)

    def test_deadlines_follow_the_new_year(self, at, document, signed_in):
        before = at("标准厂房").pk
        self.again(signed_in("lin"), document, "2027")
        jobs.run_waiting(timezone.now)
        assert at("标准厂房").due_on == date(2027, 9, 30)
        assert not DraftItem.objects.filter(pk=before).exists()
        document.refresh_from_db()
        assert (document.state, document.year) == ("read", 2027)

    def test_refused_once_a_row_was_touched(self, at, document, signed_in, send):
        send(do="set_aside", pick=[at("新签约")], why_not="已有安排")
        answer = self.again(signed_in("lin"), document, "2027").content.decode()
        assert "不能重新读取" in answer
        assert "按此年度重新读取" not in answer
        assert at("新签约").state == "set_aside"

    @pytest.mark.parametrize("year", ["12", "二〇二七", "99999"])
    def test_year_that_is_none_is_told(self, at, document, signed_in, year):
        before = at("标准厂房").pk
        answer = self.again(signed_in("lin"), document, year)
        assert 'class="toast error"' in answer.content.decode()
        assert at("标准厂房").pk == before


def test_draft_page_says_why_and_offers_cuts(at, signed_in):
    draft = at("标准厂房")
    page = signed_in("lin").get(f"/adoption/draft/{draft.pk}/").content.decode()
    assert "把握" in page
    assert page.count('name="at"') >= 2
    part = signed_in("lin").get(f"/adoption/draft/{draft.pk}/", headers={"HX-Request": "true"})
    assert part.content.decode().startswith("<tr")


def test_passage_link_leads_to_its_place_also_through_a_merge(at, document, send, signed_in):
    first, second = at("标准厂房"), at("新签约")
    send(do="merge", pick=[first, second])
    address = f"/adoption/passage/{second.passage_id}/"
    answer = signed_in("lin").get(address)
    assert answer["Location"] == f"/adoption/document/{document.pk}/#p-{first.pk}"
    assert signed_in("fang").get(address).status_code == 404


class TestTyping:
    """Edits in the table."""

    def change(self, client, draft, **fields):
        sent = {f"v-{draft.pk}": draft.version} | {
            f"{name}-{draft.pk}": value for name, value in fields.items()
        }
        return client.post(f"/adoption/draft/{draft.pk}/change/", sent)

    def test_row_is_saved_and_answered(self, at, signed_in):
        draft = at("标准厂房")
        answer = self.change(signed_in("lin"), draft, title="完成厂房一期", due="2026-10-08")
        assert "完成厂房一期" in answer.content.decode()
        draft.refresh_from_db()
        assert (draft.title, draft.due_on) == ("完成厂房一期", date(2026, 10, 8))

    @pytest.mark.parametrize(
        ("fields", "words"),
        [({"due": "明天"}, "不是日期"), ({"due": "2026-02-30"}, "不是日期"), ({"title": " "}, "不能为空")],
    )  # fmt: skip
    def test_bad_value_is_told_in_the_row_and_nothing_is_saved(self, at, signed_in, fields, words):
        draft = at("标准厂房")
        answer = self.change(signed_in("lin"), draft, **fields)
        assert words in answer.content.decode()
        assert at("标准厂房").version == draft.version

    def test_second_person_sees_what_the_first_saved(self, at, signed_in):
        draft = at("标准厂房")
        self.change(signed_in("chen"), draft, title="书记先改")
        answer = self.change(signed_in("lin"), draft, title="主任后改").content.decode()
        assert "书记先改" in answer
        assert "主任后改" in answer
        assert at("标准厂房").title == "书记先改"

    def test_stale_row_in_the_whole_form_is_a_conflict_page(self, at, send, signed_in):
        draft = at("标准厂房")
        self.change(signed_in("chen"), draft, title="书记先改")
        answer = send(
            do="save", **{f"v-{draft.pk}": draft.version, f"title-{draft.pk}": "主任后改"}
        )
        assert answer.status_code == 409
        assert "书记先改" in answer.content.decode()

    def test_what_was_typed_is_saved_before_the_button_acts(self, at, send, plan):
        draft = at("标准厂房")
        send(
            one=draft,
            plan=plan,
            **{f"v-{draft.pk}": draft.version, f"title-{draft.pk}": "完成厂房一期建设并验收"},
        )
        assert Task.objects.get().title == "完成厂房一期建设并验收"
