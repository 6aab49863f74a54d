"""Microsoft Project's XML by hand after the published schema: in, out, in again, nothing lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.schedule import Link
from luoshi.office.answers import RejectedError
from luoshi.office.mspdi import Days, Hand, Project, Row
from luoshi.office.mspdi_in import read
from luoshi.office.mspdi_out import write

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project">'
)
WEEK = "".join(
    f"<WeekDay><DayType>{n}</DayType><DayWorking>{int(1 < n < 7)}</DayWorking></WeekDay>"
    for n in range(1, 8)
)
BY_HAND = f"""{HEAD}
<Name>村道.xml</Name><Title>村道硬化</Title><StartDate>2026-06-18T08:00:00</StartDate>
<CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay><StatusDate>2026-06-18T17:00:00</StatusDate>
<Calendars>
 <Calendar><UID>1</UID><Name>标准</Name><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>-1</BaseCalendarUID>
  <WeekDays>{WEEK}</WeekDays>
  <Exceptions>
   <Exception><TimePeriod><FromDate>2026-06-19T00:00:00</FromDate><ToDate>2026-06-21T23:59:00</ToDate></TimePeriod>
    <Name>端午</Name><Type>1</Type><DayWorking>0</DayWorking></Exception>
   <Exception><TimePeriod><FromDate>2026-09-20T00:00:00</FromDate><ToDate>2026-09-20T23:59:00</ToDate></TimePeriod>
    <Type>1</Type><DayWorking>1</DayWorking></Exception>
  </Exceptions></Calendar>
 <Calendar><UID>2</UID><Name>张三</Name><IsBaseCalendar>0</IsBaseCalendar><BaseCalendarUID>1</BaseCalendarUID>
  <WeekDays><WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>
   <TimePeriod><FromDate>2026-06-22T00:00:00</FromDate><ToDate>2026-06-24T23:59:00</ToDate></TimePeriod></WeekDay></WeekDays></Calendar>
</Calendars>
<Tasks>
 <Task><UID>0</UID><Name>村道硬化</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>
 <Task><UID>1</UID><ID>1</ID><Name>前期</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>
 <Task><UID>2</UID><ID>2</ID><Name>招标</Name><OutlineLevel>2</OutlineLevel><Duration>PT240H0M0S</Duration>
  <DurationFormat>7</DurationFormat><ConstraintType>4</ConstraintType><ConstraintDate>2026-06-22T08:00:00</ConstraintDate>
  <ExtendedAttribute><FieldID>188743783</FieldID><Value>PT160H0M0S</Value></ExtendedAttribute>
  <ExtendedAttribute><FieldID>188743784</FieldID><Value>PT240H0M0S</Value></ExtendedAttribute>
  <ExtendedAttribute><FieldID>188743785</FieldID><Value>PT480H0M0S</Value></ExtendedAttribute></Task>
 <Task><UID>3</UID><ID>3</ID><Name>公示</Name><OutlineLevel>2</OutlineLevel><Duration>PT168H0M0S</Duration>
  <DurationFormat>8</DurationFormat>
  <PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
 <Task><UID>4</UID><ID>4</ID><Name>开工</Name><OutlineLevel>1</OutlineLevel><Duration>PT0H0M0S</Duration><Milestone>1</Milestone>
  <PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type><LinkLag>28800</LinkLag><LagFormat>8</LagFormat></PredecessorLink></Task>
 <Task><UID>5</UID><ID>5</ID><Name>施工 &amp; 养护</Name><OutlineLevel>1</OutlineLevel><Duration>PT480H0M0S</Duration>
  <Deadline>2026-11-30T17:00:00</Deadline>
  <PredecessorLink><PredecessorUID>4</PredecessorUID><Type>3</Type><LinkLag>-9600</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
</Tasks>
<Resources>
 <Resource><UID>1</UID><ID>1</ID><Name>张三</Name><Type>1</Type><MaxUnits>1</MaxUnits><CalendarUID>2</CalendarUID></Resource>
 <Resource><UID>2</UID><ID>2</ID><Name>施工队</Name><Type>1</Type><MaxUnits>3.5</MaxUnits><CalendarUID>-1</CalendarUID></Resource>
</Resources>
<Assignments>
 <Assignment><UID>1</UID><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID><Units>0.5</Units></Assignment>
 <Assignment><UID>2</UID><TaskUID>5</TaskUID><ResourceUID>2</ResourceUID><Units>2</Units></Assignment>
</Assignments>
</Project>"""


def test_file_by_hand_is_read_as_the_schema_says():
    project = read(BY_HAND.encode())
    rows = {row.uid: row for row in project.rows}
    assert project.left_out == ()
    assert (project.name, project.start_on, project.status_on) == (
        "村道硬化",
        date(2026, 6, 18),
        date(2026, 6, 18),
    )
    assert (rows[1].heading, rows[2].level) == (True, 2)
    assert (rows[2].days, rows[2].not_before, rows[2].points) == (
        30,
        date(2026, 6, 22),
        (20, 30, 60),
    )
    assert (rows[3].days, rows[3].unit) == (7, "calendar")
    assert rows[4].step().is_milestone
    assert (rows[5].days, rows[5].deadline, rows[5].name) == (60, date(2026, 11, 30), "施工 & 养护")
    assert project.links == (
        Link(2, 3), Link(3, 4, "FS", 2, "calendar"), Link(4, 5, "SS", -2),
    )  # fmt: skip
    calendar = project.days.calendar()
    assert [
        calendar.is_workday(date(2026, *day)) for day in ((6, 19), (6, 22), (9, 20), (9, 27))
    ] == [False, True, True, False]
    assert project.hands[1] == Hand(2, "施工队", 350)
    assert not project.hands[0].own.calendar().is_workday(date(2026, 6, 23))
    assert not project.hands[0].own.calendar().is_workday(date(2026, 6, 19))
    assert project.held == ((2, 1, 50), (5, 2, 200))


def test_file_by_hand_comes_back_as_it_was():
    project = read(BY_HAND.encode())
    again = read(write(project))
    assert again == project
    assert again.left_out == ()


days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
names = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8)
    .map(str.strip)
    .filter(bool)
)
calendars = st.builds(
    lambda week, off, on: Days(frozenset(week) | {0}, frozenset(off), frozenset(on) - frozenset(off)).normal(),
    st.sets(st.integers(0, 6)), st.sets(days, max_size=4), st.sets(days, max_size=4),
)  # fmt: skip


@st.composite
def projects(draw):
    rows, size = [], draw(st.integers(1, 6))
    for uid in range(1, size + 1):
        heading = draw(st.integers(0, 4)) == 0
        length = 0 if heading else draw(st.integers(0, 40))
        rows.append(
            Row(uid, draw(names), draw(st.integers(1, 3)), heading)
            if heading
            else Row(
                uid, draw(names), draw(st.integers(1, 3)), days=length,
                unit=draw(st.sampled_from(["working", "calendar"])) if length else "working",
                not_before=draw(st.none() | days), deadline=draw(st.none() | days),
                started_on=draw(st.none() | days), done_on=draw(st.none() | days),
                done_share=Decimal(draw(st.integers(0, 100))) / 100,
                start=draw(st.none() | days), finish=draw(st.none() | days),
                points=draw(st.none() | st.just((1, 5, 9))),
            )
        )  # fmt: skip
    steps = [row.uid for row in rows if not row.heading]
    links = []
    for n, uid in enumerate(steps[1:], 1):
        lag = draw(st.integers(-5, 5))
        unit = draw(st.sampled_from(["working", "calendar"])) if lag else "working"
        links.append(
            Link(
                draw(st.sampled_from(steps[:n])),
                uid,
                draw(st.sampled_from(["FS", "SS", "FF", "SF"])),
                lag,
                unit,
            )
        )
    base = draw(calendars)
    own = draw(st.none() | calendars)
    hands = (Hand(1, draw(names), draw(st.integers(1, 900)), None if own == base else own),)
    held = tuple((uid, 1, draw(st.integers(1, 200))) for uid in steps[:2])
    return Project(
        draw(names),
        draw(days),
        draw(st.none() | days),
        base,
        tuple(rows),
        tuple(links),
        hands,
        held,
    )


@settings(deadline=None)
@given(projects())
def test_whatever_is_claimed_comes_back(project):
    assert read(write(project)) == project


UNSUPPORTED = BY_HAND.replace(
    "<Name>招标</Name>", "<Name>招标</Name><Baseline><Number>0</Number></Baseline><CalendarUID>2</CalendarUID>"
).replace(
    "<ConstraintType>4</ConstraintType>", "<ConstraintType>3</ConstraintType>"
).replace(
    "PT480H0M0S</Duration>\n  <Deadline>", "PT477H0M0S</Duration>\n  <Deadline>"
).replace(
    "<UID>2</UID><ID>2</ID><Name>施工队</Name><Type>1</Type>", "<UID>2</UID><ID>2</ID><Name>水泥</Name><Type>0</Type>"
).replace(
    "<Name>端午</Name><Type>1</Type>", "<Name>端午</Name><Type>6</Type>"
)  # fmt: skip


def test_what_is_not_carried_is_named():
    left = {
        sentence.code.rpartition(".")[2]: sentence.params["name"]
        for sentence in read(UNSUPPORTED.encode()).left_out
    }
    assert left == {
        "baseline": "招标", "task_calendar": "招标", "constraint": "招标", "part_of_day": "施工 & 养护",
        "material": "水泥", "exception": "端午",
    }  # fmt: skip


def test_many_quotes_or_another_encoding_take_the_slow_way_to_the_same_plan():
    """The quick way counts brackets and quotes; where it cannot, elements are read one by one."""
    plan = read(BY_HAND.encode())
    assert read(BY_HAND.replace("UTF-8", "UTF-16").encode("utf-16")) == plan
    comment = "<!-- " + 30_000 * '"' + " -->"
    quoted = BY_HAND.replace("</Project>", comment + "</Project>")
    assert read(quoted.encode()) == plan


BOMB = '<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Project>&b;</Project>'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (BOMB, "xml_entities"),
        (BOMB.replace('"aaaaaaaaaa"', 'SYSTEM "file:///etc/passwd"'), "xml_entities"),
        ("<Project>", "xml_damaged"),
        ("", "xml_damaged"),
        ("<html/>", "no_project"),
        (f"{HEAD}</Project>", "no_start"),
        (BY_HAND.replace("PT240H0M0S", "thirty days"), "xml_figures"),
        (BY_HAND.replace("2026-06-22T08", "2026-13-45T08"), "xml_figures"),
        (BY_HAND.replace("<MinutesPerDay>480", "<MinutesPerDay>0"), "xml_figures"),
        (BY_HAND.replace("<Units>2</Units>", "<Units>many</Units>"), "xml_figures"),
        (BY_HAND.replace("2026-06-21T23", "9999-06-21T23"), "xml_figures"),
        ("<?xml version='1.0' encoding='cp037'?><a/>", "xml_damaged"),
        ("<a>" * 600 + "</a>" * 600, "xml_too_big"),
    ],
)
def test_hostile_or_broken_file_is_refused_in_words(text, code):
    with pytest.raises(RejectedError, match=code):
        read(text.encode())
