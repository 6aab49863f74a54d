"""A week of the office: drafted on Friday, issued on Monday, a meeting on Tuesday, closed on Friday.

Lin's office runs it; Liu edits her own line; Wang says one thing on his phone and one in the
meeting; the flood duty comes by itself; and nothing that was said to be done is verified by saying.
"""

from datetime import UTC, date, datetime

import pytest

from luoshi.goals import actions as goals
from luoshi.goals.models import Plan, WorkLine
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import NewTask, Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.ledger.queries import Roles, lights_of
from luoshi.supervision import actions, papers, queries
from luoshi.supervision.actions import Closing, Decided, NewWork, Told
from luoshi.supervision.models import Decision, Minutes, WeeklyList

FRIDAY, MONDAY, TUESDAY = date(2026, 5, 29), date(2026, 6, 1), date(2026, 6, 2)
WEDNESDAY, CLOSING = date(2026, 6, 3), date(2026, 6, 5)


@pytest.fixture
def by(cast):
    """`by("lin", FRIDAY)`: who acts on which day of the story, in the afternoon."""

    def acting(name, day):
        now = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
        return {"actor": cast.actor(name, day), "today": day, "now": now}

    return acting


@pytest.fixture
def road(cast, by):
    """The road of 东村, led by Liu, with an end in the coming week."""
    lin = {name: by("lin", FRIDAY)[name] for name in ("actor", "today")}
    plan = Plan.objects.get(pk=goals.create_plan(**lin, unit=cast.town, year=2026).id)
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.IN_FORCE)
    line = goals.add_line(**lin, plan=plan, name="乡村振兴", leader_post=cast.posts["liu"])
    roles = Roles(
        lead_leader=cast.posts["liu"].pk, lead_unit=cast.east.pk, owner=cast.posts["wang"].pk
    )
    new = NewTask(
        title="东村产业路路基贯通", due_on=date(2026, 6, 4), roles=roles,
        line_id=WorkLine.objects.get(pk=line.id).pk,
    )  # fmt: skip
    made = ledger.register_task(**by("lin", FRIDAY), new=new, plan=plan)
    row = Task.objects.get(pk=made.id)
    ledger.assign(**by("lin", FRIDAY), task=row)
    ledger.sign_for(**by("wang", FRIDAY), task=row)
    return row


@pytest.mark.django_db
def test_a_week_of_the_office(cast, by, road):
    # Friday, 16:00: the system drafts next week's list by itself.
    assert actions.sweep(FRIDAY, by("lin", FRIDAY)["now"]) == 1
    week = WeeklyList.objects.select_related("unit").get()
    assert (week.week, week.from_on, week.to_on) == (23, MONDAY, CLOSING)
    first = week.lines.get()
    assert (first.task, first.why, first.why_on) == (road, "due", date(2026, 6, 4))

    # Liu words her own line; the secretary adds what he wants, and it is an item at once.
    actions.edit_line(
        **by("liu", FRIDAY), line=first, text="路基贯通，桥涵浇筑完", version=first.version
    )
    actions.add_line(
        **by("chen", FRIDAY), weekly_list=week, text="落实防汛物资", lead_unit=cast.east.pk
    )
    sand = Task.objects.get(title="落实防汛物资")
    assert sand.state == "assigned"

    # Flood duty was entered once, for the season, and comes back every calendar day.
    actions.add_recurring(
        **by("lin", FRIDAY), unit=cast.town,
        new=NewWork(
            name="防汛值班", what="防汛值班", lead_unit=cast.office.pk, rhythm="daily",
            season_from="05-01", season_to="09-30", from_on=MONDAY,
        ),
    )  # fmt: skip

    # Monday: the list is issued; the first duty of the week stands in the ledger.
    week.refresh_from_db()
    actions.issue_week(**by("lin", MONDAY), weekly_list=week, version=week.version)
    assert actions.sweep(MONDAY, by("lin", MONDAY)["now"]) == 1
    assert actions.sweep(MONDAY, by("lin", MONDAY)["now"]) == 0

    # Tuesday: the joint meeting decides two things; one needs a date that can be kept.
    actions.usual_kinds(actor=cast.actor("lin", TUESDAY), today=TUESDAY, unit=cast.town)
    kind = queries.kinds_of(cast.actor("lin", TUESDAY), TUESDAY).get(name="党政联席会")
    held = actions.hold(
        **by("lin", TUESDAY), kind=kind, title="", held_on=TUESDAY,
        words={"agenda": "研究防汛备汛", "chair": "陈书记", "present": "陈书记、刘副镇长"},
    )  # fmt: skip
    minutes = Minutes.objects.select_related("meeting__unit", "kind").get(meeting=held.id)
    clear = Decided(
        text="河道清淤", lead_unit=cast.east.pk, lead_leader=cast.posts["liu"].pk,
        due_on=date(2026, 6, 30), topic=1,
    )  # fmt: skip
    actions.decide(**by("lin", TUESDAY), minutes=minutes, decided=clear)
    no_item = Decided(text="原则同意修订值班制度", why_no_task="原则性意见")
    actions.decide(**by("lin", TUESDAY), minutes=minutes, decided=no_item)
    river = Decision.objects.get(text="河道清淤").task
    assert (river.state, river.source_kind) == ("assigned", "meeting_decision")
    minutes.refresh_from_db()
    actions.issue_minutes(**by("lin", TUESDAY), minutes=minutes, version=minutes.version)
    minutes.refresh_from_db()
    assert papers.minutes_number(minutes) == "联席纪〔2026〕1号"

    # Wednesday: Wang says on his phone how the road stands. Nobody says a word of the sand.
    ledger.report(**by("wang", WEDNESDAY), task=road, said=Said(text="桥涵浇筑完", progress=9000))

    # Friday: the meeting hears, the office types; the road is done, the sand is carried over.
    told = [(week.lines.get(task=sand).pk, Told("沙袋到一半"))]
    actions.collect(**by("lin", CLOSING), weekly_list=week, told=told)
    heard = ProgressReport.objects.get(task=sand)
    assert (heard.channel, heard.person_id) == ("meeting", cast.people["wang"].pk)
    week.refresh_from_db()
    road_line, sand_line = week.lines.order_by("position")
    closings = [
        Closing(road_line.pk, "done", Told("路基贯通", done=True)),
        Closing(sand_line.pk, "carried", Told()),
    ]
    actions.close_week(
        **by("lin", CLOSING), weekly_list=week, closings=closings, version=week.version
    )
    road.refresh_from_db()
    assert (road.state, road.verified_by_id) == ("reported_done", None)
    sand.refresh_from_db()
    assert lights_of([sand], date(2026, 6, 6))[sand.pk].silent_since is None

    # The same afternoon the next list is drafted: carried over first, then what was decided.
    assert actions.sweep(CLOSING, by("lin", CLOSING)["now"]) == 1 + 4
    after = WeeklyList.objects.get(week=24)
    lines = list(after.lines.order_by("position").values_list("task__title", "why", "carried"))
    assert lines[:2] == [("落实防汛物资", "carried", 1), ("河道清淤", "decided", 0)]

    # And the next joint meeting opens with what became of the last.
    held = actions.hold(
        **by("lin", date(2026, 6, 9)), kind=kind, title="", held_on=date(2026, 6, 9), words={}
    )
    page = queries.meeting_page(
        cast.actor("lin", date(2026, 6, 9)),
        date(2026, 6, 9),
        Minutes.objects.select_related("meeting__unit", "kind").get(meeting=held.id),
    )
    assert [one.decision.text for one in page.earlier] == ["河道清淤", "原则同意修订值班制度"]
    assert (page.done, page.earlier[0].days) == (1, 7)
