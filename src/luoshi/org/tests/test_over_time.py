"""The organisation over time: circles, two places, ends with duties, what binds units."""

from datetime import date, timedelta

import pytest

from luoshi.domain.base import Refused
from luoshi.journal.models import Entry
from luoshi.org import actions
from luoshi.org.models import Post, Term, Unit, UnitLink
from luoshi.org.queries import holders, posts_of
from tests.cast import TODAY


@pytest.fixture
def act(cast):
    def done(verb, who="gao", **fields):
        return verb(actor=cast.actor(who), today=TODAY, **fields)

    return done


def refusal(call):
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.why.code


def test_unit_never_stands_below_itself(cast, act):
    move = {"unit_id": cast.town.pk, "version": 1}
    for under in (cast.town, cast.east):
        told = refusal(lambda under=under: act(actions.move_unit, **move, parent_id=under.pk))
        assert told == "org.unit_circle"
    root = {"unit_id": cast.county.pk, "version": 1, "parent_id": cast.other_town.pk}
    assert refusal(lambda: act(actions.move_unit, **root)) == "org.unit_circle"


def test_unit_moves_with_all_below_it_and_rights_follow(cast, act):
    act(actions.move_unit, unit_id=cast.east.pk, version=1, parent_id=cast.other_town.pk)
    east = Unit.objects.get(pk=cast.east.pk)
    assert east.path.startswith(Unit.objects.get(pk=cast.other_town.pk).path)
    act(actions.move_unit, unit_id=cast.town.pk, version=1, parent_id=cast.other_town.pk)
    paths = list(Unit.objects.values_list("path", flat=True))
    assert len(paths) == len(set(paths))
    for row in Unit.objects.select_related("parent").exclude(parent=None):
        assert row.path.startswith(row.parent.path)
        assert row.path.count("/") == row.parent.path.count("/") + 1


def test_nobody_serves_in_two_towns_at_once(cast, act):
    there = {"person_id": cast.people["wang"].pk, "post_id": cast.posts["shi"].pk}
    assert refusal(lambda: act(actions.begin_term, **there)) == "tenure.two_places"
    assert Term.objects.filter(post=cast.posts["shi"]).count() == 1
    act(actions.begin_term, **there, kind="seconded")
    assert Term.objects.filter(person=cast.people["wang"]).count() == 2


def test_mid_year_change_of_post_moves_duties_and_keeps_history(cast, act):
    act(
        actions.begin_term, person_id=cast.people["ma"].pk, post_id=cast.posts["wang"].pk,
        from_on=TODAY + timedelta(days=3),
    )  # fmt: skip
    post = cast.posts["wang"].pk
    actor = cast.actor("gao")
    assert holders(actor, [post], TODAY)[post] == cast.people["wang"]
    assert holders(actor, [post], TODAY + timedelta(days=3))[post] == cast.people["ma"]
    assert Term.objects.get(person=cast.people["wang"]).to_on == TODAY + timedelta(days=2)


def test_vacant_acting_and_standing_in_are_told_apart(cast, act):
    term = Term.objects.get(person=cast.people["wang"])
    act(actions.end_term, term_id=term.pk, version=1, to_on=TODAY - timedelta(days=1))
    shown = posts_of(cast.actor("lin"), [cast.east.pk], TODAY)[cast.east.pk]
    told = (shown[0].post.title, shown[0].person, shown[0].kind)
    assert told == ("东村党支部书记", None, "")
    act(
        actions.begin_term,
        person_id=cast.people["ma"].pk,
        post_id=cast.posts["wang"].pk,
        kind="acting",
    )
    shown = posts_of(cast.actor("lin"), [cast.east.pk], TODAY)[cast.east.pk]
    assert (shown[0].person, shown[0].kind) == (cast.people["ma"], "acting")


def end(cast, act, unit):
    row = Unit.objects.get(pk=unit.pk)
    names = {"name": row.name, "short_name": row.short_name, "version": row.version}
    return act(actions.change_unit, unit_id=unit.pk, to_on=TODAY, **names)


def test_unit_with_people_or_units_below_is_not_ended(cast, act):
    assert refusal(lambda: end(cast, act, cast.east)) == "org.unit_has_people"
    assert refusal(lambda: end(cast, act, cast.town)) == "org.unit_has_units"
    Term.objects.filter(post__unit=cast.east).update(to_on=TODAY)
    end(cast, act, cast.east)
    assert Unit.objects.get(pk=cast.east.pk).to_on == TODAY


def test_post_that_is_held_is_not_ended(cast, act):
    close = {"post_id": cast.posts["ma"].pk, "version": 1, "to_on": TODAY}
    assert refusal(lambda: act(actions.change_post, **close)) == "org.post_is_held"
    act(actions.change_post, post_id=cast.posts["ma"].pk, version=1, keeps_statistics=True)
    assert Post.objects.get(pk=cast.posts["ma"].pk).keeps_statistics


def test_task_force_ends_and_links_are_not_made_twice(cast, act):
    force = {"parent_id": cast.town.pk, "kind": "task_force", "name": "征迁专班"}
    assert refusal(lambda: act(actions.add_unit, **force)) == "org.force_needs_end"
    act(actions.add_unit, **force, to_on=date(2026, 9, 30))
    link = {"from_unit_id": cast.economy.pk, "to_unit_id": cast.east.pk, "kind": "twinned"}
    act(actions.link_units, **link)
    assert refusal(lambda: act(actions.link_units, **link)) == "org.link_again"
    row = UnitLink.objects.get()
    act(actions.end_link, link_id=row.pk, version=row.version, to_on=TODAY)
    assert UnitLink.objects.get().to_on == TODAY
    assert Entry.objects.filter(verb="org.link.ended").exists()


@pytest.mark.parametrize("who", ["lin", "chen", "wang", "zhou"])
def test_only_administrators_change_the_organisation(cast, act, who):
    told = {"unit_id": cast.east.pk, "version": 1, "parent_id": cast.other_town.pk}
    assert refusal(lambda: act(actions.move_unit, who, **told)).startswith("access.")


def turned(cast, act, start=TODAY, **to):
    changes = [
        actions.Change(cast.posts[post].pk, person and cast.people[person].pk)
        for post, person in to.items()
    ]
    return act(actions.turn_over, changes=changes, from_on=start)


def test_posts_change_hands_on_one_day_and_two_may_change_places(cast, act):
    day = TODAY + timedelta(days=10)
    done = turned(cast, act, day, wang="xu", xu="wang", ma=None, liu="liu")
    assert done.facts == {"begun": 2, "vacant": 1}
    keys = {name: cast.posts[name].pk for name in ("wang", "xu", "ma", "liu")}
    then = holders(cast.actor("gao"), list(keys.values()), day)
    told = {name: then.get(key) for name, key in keys.items()}
    people = cast.people
    assert told == {"wang": people["xu"], "xu": people["wang"], "ma": None, "liu": people["liu"]}
    before = holders(cast.actor("gao"), list(keys.values()), day - timedelta(days=1))
    assert before[keys["wang"]] == people["wang"]
    assert Term.objects.filter(person=people["liu"]).count() == 1, "who stays keeps the term"


def test_turnover_is_whole_or_not_at_all(cast, act):
    count = Term.objects.filter(to_on__isnull=True).count()
    assert refusal(lambda: turned(cast, act, xu="ma", ma="shi")) == "tenure.two_places"
    assert refusal(lambda: turned(cast, act)) == "org.nobody_turned_over"
    assert Term.objects.filter(to_on__isnull=True).count() == count


def test_turnover_page_takes_names_and_tells_an_unknown_one(cast, signed_in):
    client = signed_in("gao")
    address = f"/org/unit/{cast.town.pk}/turnover/"
    page = client.get(address).content.decode()
    assert '<option value="马文书 ' in page
    key = f"to-{cast.posts['wang'].pk}"
    bad = client.post(address, {"from_on": "2026-07-01", key: "查无此人"})
    assert bad.status_code == 422
    assert "没有叫“查无此人”的人员" in bad.content.decode()
    assert 'value="查无此人"' in bad.content.decode(), "what was typed stays"
    client.post(address, {"from_on": "2026-07-01", key: "空缺"})
    assert Term.objects.get(person=cast.people["wang"]).to_on == date(2026, 6, 30)
    assert signed_in("lin").get(address).status_code == 403
