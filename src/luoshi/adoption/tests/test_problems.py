"""A listed problem has its measures, each dated and owned, or a reason why none follows."""

from datetime import date

import pytest
from django.utils import timezone

from luoshi.adoption import actions, queries
from luoshi.adoption.actions import Measure
from luoshi.domain.base import Refused
from luoshi.goals.models import Note
from luoshi.journal.models import Entry
from luoshi.ledger.models import Task

DUE = date(2026, 12, 31)


@pytest.fixture
def problem(at, send, plan):
    """The speech's problem, adopted by the row's own button, which leads to its page."""
    answer = send(one_measures=at("村级养护"), plan=plan)
    note = Note.objects.select_related("plan__unit").exclude(kind="achievement").get()
    assert answer.redirect_chain[-1][0] == f"/adoption/problem/{note.pk}/"
    return note


@pytest.fixture
def post(signed_in):
    def press(note, verb, who="lin", **fields):
        names = {name.replace("_", "-"): value for name, value in fields.items()}
        return signed_in(who).post(f"/adoption/problem/{note.pk}/{verb}/", names, follow=True)

    return press


def codes(cast, today, plan):
    return [found.code for found in queries.findings(cast.actor("lin"), today, plan)]


def test_unanswered_problem_is_a_finding_until_tasks_or_a_reason_stand(
    cast, today, plan, problem, post
):
    assert "C14" in codes(cast, today, plan)
    post(problem, "leave", reason="由县里统一安排", version="1")
    assert "C14" not in codes(cast, today, plan)
    problem.refresh_from_db()
    post(problem, "leave", reason="", version=str(problem.version))
    assert "C14" in codes(cast, today, plan)
    post(problem, "answer", title_0="修订管护办法", unit_0=cast.office.pk, due_0="2026-12-31")
    assert "C14" not in codes(cast, today, plan)
    Task.objects.update(state="cancelled")
    assert "C14" in codes(cast, today, plan)


def test_measures_become_tasks_that_point_at_problem_and_passage(cast, problem, post):
    page = post(
        problem, "answer",
        title_0="修订管护办法", unit_0=cast.office.pk, due_0="2026-10-31",
        title_1="落实管护资金", unit_1=cast.economy.pk, due_1="2026-12-31",
    )  # fmt: skip
    tasks = list(Task.objects.order_by("number"))
    assert [task.title for task in tasks] == ["修订管护办法", "落实管护资金"]
    assert {task.problem_id for task in tasks} == {problem.pk}
    assert {task.passage_id for task in tasks} == {problem.passage_id}
    assert [task.unit_id for task in tasks] == [cast.office.pk, cast.economy.pk]
    assert {task.source_kind for task in tasks} == {"rectification"}
    assert f"/ledger/task/{tasks[0].pk}/" in page.content.decode()
    assert Entry.objects.filter(verb="adoption.problem.answer").count() == 1


@pytest.mark.parametrize("gone", ["title_0", "unit_0", "due_0"])
def test_measure_without_words_date_or_unit_is_refused_and_kept_in_the_form(
    cast, problem, post, gone
):
    typed = {"title_0": "修订管护办法", "unit_0": cast.office.pk, "due_0": "2026-12-31"}
    answer = post(problem, "answer", **(typed | {gone: ""}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "每条举措都要写明" in page
    assert all(str(value) in page for name, value in typed.items() if name != gone)
    assert not Task.objects.exists()


def test_unit_of_another_town_is_refused(cast, problem, post):
    unit = cast.other_town.pk
    answer = post(problem, "answer", title_0="办", unit_0=unit, due_0="2026-12-31")
    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_solved_problem_and_achievement_take_no_measures(cast, today, problem):
    measure = Measure("办", cast.office.pk, DUE)
    problem.solved_on = today
    with pytest.raises(Refused):
        actions.answer_problem(
            actor=cast.actor("lin"), today=today, now=timezone.now(), note=problem,
            measures=[measure],
        )  # fmt: skip
    problem.solved_on, problem.kind = None, "achievement"
    with pytest.raises(Refused):
        actions.leave_problem(
            actor=cast.actor("lin"), today=today, note=problem, reason="无", version=1
        )


def test_page_takes_a_constant_number_of_queries(
    cast, today, problem, signed_in, django_assert_num_queries, django_assert_max_num_queries
):
    client, address = signed_in("lin"), f"/adoption/problem/{problem.pk}/"
    with django_assert_max_num_queries(16) as first:
        client.get(address)
    actions.answer_problem(
        actor=cast.actor("lin"), today=today, now=timezone.now(), note=problem,
        measures=[Measure(f"举措{n}", cast.office.pk, DUE) for n in range(12)],
    )  # fmt: skip
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_reader_only_sees_no_form_and_another_town_nothing(problem, signed_in, post):
    page = signed_in("zhou").get(f"/adoption/problem/{problem.pk}/").content.decode()
    assert "<fieldset" not in page
    post(problem, "leave", who="zhou", reason="无", version="1")
    problem.refresh_from_db()
    assert problem.why_no_task == ""
    assert signed_in("fang").get(f"/adoption/problem/{problem.pk}/").status_code == 404


def test_kind_changed_in_the_same_form_leads_back_to_the_reader(at, send, plan):
    draft = at("村级养护")
    answer = send(
        one_measures=draft,
        plan=plan,
        **{f"v-{draft.pk}": draft.version, f"kind-{draft.pk}": "task"},
    )
    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0].endswith(f"#d-{draft.pk}")
    assert Task.objects.get().passage_id == draft.passage_id
