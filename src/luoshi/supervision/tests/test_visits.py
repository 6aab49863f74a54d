"""走访 and 盯办: who may note what, what it is tied to, what it loosened, where one is needed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.journal.models import Entry
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import Blocker, Task
from luoshi.org.models import Post, Term
from luoshi.store.rows import Stale
from luoshi.supervision import actions, queries
from luoshi.supervision.actions import Note, Promised
from luoshi.supervision.models import Visit, VisitTie, Watch
from tests.cast import person as new_person

from .conftest import TODAY
from .test_checks import refusal

EARLIER = TODAY - timedelta(days=2)


@pytest.fixture
def stuck(act, task, cast):
    """东村's item, blocked by what 刘副镇长 is asked for."""
    said = Said(
        text="路基已好",
        progress=4000,
        blocker="变压器未到位",
        blocker_wants="协调供电所装变压器",
        blocker_post_id=cast.posts["liu"].pk,
    )
    act("wang", ledger.report, task=task, said=said, day=EARLIER)
    return Blocker.objects.get()


@pytest.fixture
def note():
    return Note(visited_on=TODAY, place="东村泵站", seen="水泵已装，电没通")


def noted(act, who, note, **changes):
    return Visit.objects.get(pk=act(who, actions.note_visit, note=replace(note, **changes)).id)


def test_a_leader_notes_a_visit_tied_to_what_it_was_about(act, cast, note, stuck, task):
    row = noted(act, "liu", note, blockers=(stuck.pk,), tasks=(task.pk,))
    assert (row.post, row.person_id, row.typed_by_id) == (
        cast.posts["liu"],
        cast.people["liu"].pk,
        None,
    )
    tie = VisitTie.objects.get()
    assert (tie.task, tie.blocker) == (task, stuck)
    entry = Entry.objects.get(verb="supervision.visit.note")
    assert entry.changes["about"][1] == [str(stuck.pk)]


def test_the_office_types_it_in_the_leaders_name(act, cast, note):
    row = noted(act, "lin", note, post_id=cast.posts["liu"].pk)
    assert (row.person_id, row.typed_by_id) == (cast.people["liu"].pk, cast.people["lin"].pk)


@pytest.mark.parametrize("who", ["wang", "ma", "qian", "zhao", "zhou", "gao"])
def test_nobody_else_notes_one(act, cast, note, who):
    mine = replace(note, post_id=cast.posts["liu"].pk)
    assert refusal(lambda: act(who, actions.note_visit, note=mine)) == "visiting.not_yours"
    assert refusal(lambda: act(who, actions.note_visit, note=note)) == "visiting.not_yours"


def test_neither_a_colleague_nor_another_towns_office_notes_it(act, cast, note):
    mine = replace(note, post_id=cast.posts["liu"].pk)
    for who in ("chen", "deng", "fang"):
        code = refusal(lambda who=who: act(who, actions.note_visit, note=mine))
        assert code == "visiting.not_yours"
    assert not Visit.objects.exists()


def test_what_is_not_in_view_is_not_tied(act, note, task, stuck):
    for change in ({"tasks": (task.pk,)}, {"blockers": (stuck.pk,)}):
        code = refusal(lambda c=change: act("deng", actions.note_visit, note=replace(note, **c)))
        assert code == "visiting.unknown_item"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "visiting.future"),
        ({"visited_on": TODAY - timedelta(days=400)}, "visiting.too_old"),
        ({"place": " "}, "visiting.no_place"),
        ({"seen": " "}, "visiting.nothing_seen"),
        ({"seen": "机密★1年\n水泵已装"}, "visiting.marked"),
        ({"promised": Promised(text="装变压器")}, "visiting.promise_alone"),
        ({"promised": Promised(text=" ", due_on=TODAY)}, "visiting.promise_nothing"),
    ],
)
def test_what_is_not_whole_is_refused(act, note, change, code):
    assert refusal(lambda: noted(act, "liu", note, **change)) == code
    assert not Visit.objects.exists()


def test_a_post_that_had_ended_or_was_anothers_that_day_carries_no_visit(act, cast, note):
    Term.objects.filter(person=cast.people["liu"]).update(from_on=TODAY)
    yesterday = {"visited_on": TODAY - timedelta(days=1)}
    assert refusal(lambda: noted(act, "liu", note, **yesterday)) == "visiting.post_not_held"
    before = new_person("前任", cast.posts["liu"], login="before")
    Term.objects.filter(person=before).update(to_on=TODAY - timedelta(days=1))
    assert refusal(lambda: noted(act, "liu", note, **yesterday)) == "visiting.held_by_other"
    typed = noted(act, "lin", note, **yesterday, post_id=cast.posts["liu"].pk)
    assert typed.person_id == before.pk
    Post.objects.filter(pk=cast.posts["liu"].pk).update(to_on=TODAY - timedelta(days=1))
    mine = {"post_id": cast.posts["liu"].pk}
    assert refusal(lambda: noted(act, "lin", note, **mine)) == "visiting.not_yours"


def test_a_promise_becomes_an_item_in_the_leaders_name(act, cast, note):
    told = Promised(text="七月底前给泵站通电", unit_id=cast.economy.pk, due_on=date(2026, 7, 31))
    row = noted(act, "lin", note, post_id=cast.posts["liu"].pk, promised=told)
    task = row.promise
    assert task is not None
    assert (task.state, task.unit, task.source_kind) == ("assigned", cast.economy, "instruction")
    assert task.assigned_by_id == cast.people["liu"].pk
    assert (task.due_on, task.plan) == (date(2026, 7, 31), None)


def test_a_promised_day_passes_the_law_of_promises(act, cast, note):
    told = Promised(text="通电", unit_id=cast.economy.pk, due_on=date(2026, 7, 25))
    assert refusal(lambda: noted(act, "liu", note, promised=told)) == "promise.day_off"
    tight = replace(told, due_on=date(2026, 6, 22))
    assert refusal(lambda: noted(act, "liu", note, promised=tight)) == "visiting.caution"
    assert not Task.objects.filter(title="通电").exists()
    noted(act, "liu", note, promised=replace(tight, despite=True))
    assert Task.objects.get(title="通电").due_on == date(2026, 6, 22)


def test_the_same_form_twice_is_one_visit(act, note):
    first = act("liu", actions.note_visit, note=note, key="k1")
    again = act("liu", actions.note_visit, note=note, key="k1")
    assert again.repeated
    assert again.id == first.id
    assert Visit.objects.count() == 1


def test_it_loosened_something_once_the_raiser_says_so(act, cast, note, stuck):
    row = noted(act, "liu", note, blockers=(stuck.pk,))
    noted(act, "liu", note, place="西村")
    liu, posts = cast.actor("liu"), [cast.posts["liu"].pk]
    assert not queries.told(liu, [row])[0].loosened
    before = queries.figure(liu, posts, 2026)
    assert (before.params["n"], before.params["m"]) == (2, 0)
    act("liu", ledger.answer_blocker, blocker=stuck, text="变压器已装")
    assert not queries.told(liu, [row])[0].loosened
    act("wang", ledger.clear_blocker, blocker=stuck)
    assert queries.told(liu, [row])[0].loosened
    after = queries.figure(liu, posts, 2026)
    assert (after.params["n"], after.params["m"]) == (2, 1)


def test_a_leader_reads_only_the_own_visits_the_office_all(act, cast, note):
    noted(act, "liu", note)
    count = {who: queries.visits(cast.actor(who), TODAY).count() for who in cast.people}
    assert {who for who, n in count.items() if n} == {"liu", "lin", "he", "zhou"}


def test_words_are_mended_and_the_later_save_is_told(act, note):
    row = noted(act, "liu", note)
    told = {"visit": row, "place": "东村二号泵站"}
    act("liu", actions.edit_visit, **told, seen="电已通", version=1)
    with pytest.raises(Stale):
        act("lin", actions.edit_visit, **told, seen="电未通", version=1)
    assert Visit.objects.get().seen == "电已通"
    assert refusal(lambda: act("chen", actions.edit_visit, **told, seen="改")) == (
        "visiting.not_yours"
    )


def test_a_leader_is_needed_where_it_is_stuck_and_nowhere_else(act, cast, note, stuck):
    there = queries.needs(cast.actor("liu"), TODAY)
    assert [place.unit for place in there] == [cast.east]
    assert there[0].needs[0].trouble.kind == "asked"
    assert there[0].needs[0].why.code == "visiting.need.asked"
    assert queries.needs(cast.actor("chen"), TODAY) == []
    assert queries.needs(cast.actor("lin"), TODAY) == ()
    noted(act, "liu", note, blockers=(stuck.pk,))
    assert queries.needs(cast.actor("liu"), TODAY) == []
    assert queries.needs(cast.actor("liu"), TODAY + timedelta(days=7)) != []


def test_what_a_leader_asked_for_and_is_late_calls_for_him(act, cast, order):
    act("wang", ledger.sign_for, task=order.task)
    assert queries.needs(cast.actor("chen"), TODAY) == []
    found = queries.needs(cast.actor("chen"), TODAY + timedelta(days=40))
    assert [need.task for place in found for need in place.needs] == [order.task]
    assert queries.needs(cast.actor("liu"), TODAY) == []


def test_needs_ask_the_same_number_of_queries(
    act, cast, new, roles, stuck, django_assert_max_num_queries
):
    liu = cast.actor("liu")
    for n in range(6):
        row = new(f"修渠{n}", due_on=TODAY - timedelta(days=40 + n), reason="补录")
        act("lin", ledger.assign, task=row, roles=roles)
        act("wang", ledger.sign_for, task=row)
    with django_assert_max_num_queries(10):
        found = queries.needs(liu, TODAY)
    assert len(found[0].needs) == 6
    assert found[0].more == 1


def test_a_watched_item_has_a_step_and_a_day(act, cast, task):
    told = {"task": task, "step": "找供电所定日期", "step_on": date(2026, 6, 20)}
    act("liu", actions.watch, **told)
    act("lin", actions.watch, **told | {"step": "周五去看"}, post_id=cast.posts["liu"].pk)
    row = Watch.objects.get()
    assert (row.post, row.step, row.since_on) == (cast.posts["liu"], "周五去看", TODAY)
    assert refusal(lambda: act("wang", actions.watch, **told)) == "visiting.not_yours"
    assert refusal(lambda: act("deng", actions.watch, **told)) == "visiting.unknown_item"
    past = told | {"step_on": TODAY - timedelta(days=1)}
    assert refusal(lambda: act("liu", actions.watch, **past)) == "watching.passed"
    assert refusal(lambda: act("chen", actions.end_watch, watch=row)) == "visiting.not_yours"
    act("liu", actions.end_watch, watch=row)
    assert refusal(lambda: act("liu", actions.end_watch, watch=row)) == "watching.ended"
    act("liu", actions.watch, **told)
    assert Watch.objects.filter(ended_on__isnull=True).count() == 1


def test_a_list_holds_nine_and_nothing_that_is_over(act, done, new):
    told = {"step": "看", "step_on": TODAY}
    assert refusal(lambda: act("liu", actions.watch, task=done, **told)) == "watching.over"
    for n in range(9):
        act("liu", actions.watch, task=new(f"事项{n}"), **told)
    assert refusal(lambda: act("liu", actions.watch, task=new("第十"), **told)) == (
        "watching.too_many"
    )


# --- Pages -------------------------------------------------------------------------------------


def form(**more):
    return {"visited_on": "2026-06-18", "place": "东村泵站", "seen": "电没通"} | more


def test_a_visit_is_noted_from_the_items_page_and_shown_there(signed_in, cast, stuck, task):
    liu = signed_in("liu")
    here = f"{reverse('supervision:new_visit')}?task={task.pk}"
    assert "变压器未到位" in liu.get(here).content.decode()
    sent = liu.post(here, form(items=[f"blocker:{stuck.pk}"]))
    assert sent.status_code == 302
    assert "变压器未到位" in liu.get(sent["Location"]).content.decode()
    panel = signed_in("wang").get(reverse("supervision:of_task", args=[task.pk])).content.decode()
    assert "走访" in panel
    assert "电没通" in panel
    assert signed_in("wang").get(sent["Location"]).status_code == 404
    assert signed_in("chen").get(sent["Location"]).status_code == 404
    assert signed_in("zhou").post(sent["Location"], form()).status_code == 403


def test_bad_input_comes_back_with_what_was_typed(signed_in, stuck, task, cast):
    liu, here = signed_in("liu"), reverse("supervision:new_visit")
    later = liu.post(here, form(visited_on="2026-06-19"))
    assert later.status_code == 422
    assert "去过之后再记" in later.content.decode()
    assert "电没通" in later.content.decode()
    other = liu.post(here, form(items=[f"task:{cast.town.pk}"]))
    assert other.status_code == 422
    marked = liu.post(here, form(seen="机密★1年\n水泵"))
    assert "机密★1年" not in marked.content.decode()
    assert Entry.objects.filter(verb="files.upload.refuse").exists()
    assert liu.get(f"{here}?task=x").status_code == 404
    assert signed_in("deng").get(f"{here}?task={task.pk}").status_code == 404
    assert liu.get(f"{here}?post={cast.posts['chen'].pk}").status_code == 404
    for who in ("wang", "zhao", "zhou", "gao"):
        assert signed_in(who).get(here).status_code == 403
    assert not Visit.objects.exists()


def test_the_offices_form_asks_who_went(signed_in, cast):
    lin, here = signed_in("lin"), reverse("supervision:new_visit")
    assert "谁去的" in lin.get(here).content.decode()
    assert lin.post(here, form(post=str(cast.posts["liu"].pk))).status_code == 302
    assert Visit.objects.get().post == cast.posts["liu"]
    assert lin.post(here, form(post=str(cast.posts["deng"].pk))).status_code == 422


def test_the_register_tells_the_leader_alone_what_was_loosened(signed_in, act, note):
    noted(act, "liu", note)
    here = reverse("supervision:visits")
    assert "2026年走访1次" in signed_in("liu").get(here).content.decode()
    office = signed_in("lin").get(here).content.decode()
    assert "东村泵站" in office
    assert "走访1次" not in office
    assert "东村泵站" not in signed_in("chen").get(here).content.decode()
    for who in ("wang", "zhao", "gao"):
        assert signed_in(who).get(here).status_code == 403


def test_the_next_step_is_set_and_ended_on_its_page(signed_in, task):
    liu, here = signed_in("liu"), reverse("supervision:watch", args=[task.pk])
    assert liu.get(here).status_code == 200
    assert liu.post(here, {"step": "", "step_on": "2026-06-20"}).status_code == 422
    sent = liu.post(
        here, {"step": "去看", "step_on": "2026-06-20", "next": "https://evil.example/"}
    )
    assert sent["Location"] == reverse("home:watch")
    assert "去看" in liu.get(reverse("supervision:of_task", args=[task.pk])).content.decode()
    assert liu.post(here, {"go": "end"}).status_code == 302
    assert Watch.objects.get().ended_on == TODAY
    assert liu.post(here, {"go": "end"}).status_code == 404
    assert signed_in("wang").get(here).status_code == 403
    assert signed_in("deng").get(here).status_code == 404


def test_a_view_of_visits_asks_a_constant_number(
    act, cast, note, signed_in, stuck, django_assert_max_num_queries
):
    for n in range(12):
        noted(act, "liu", note, place=f"第{n}处", blockers=(stuck.pk,))
    client = signed_in("lin")
    client.get(reverse("supervision:visits"))
    with django_assert_max_num_queries(20):
        client.get(reverse("supervision:visits"))
