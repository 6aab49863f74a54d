"""Random networks, and a simulator that works day by day: the law's independent oracle."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from luoshi.domain.schedule import Link, Network, Step
from luoshi.office.china_calendar import china_calendar

CALENDAR = china_calendar()
STATUS = date(2026, 6, 18)
DAY = timedelta(days=1)
kinds = st.sampled_from(["FS", "SS", "FF", "SF"])
units = st.sampled_from(["working", "calendar"])
dates = st.dates(date(2026, 5, 1), date(2027, 3, 31))


@st.composite
def networks(draw, *, facts=True, deadlines=True, calendar_days=True, most=9):
    size = draw(st.integers(1, most))
    unit = units if calendar_days else st.just("working")
    steps = []
    for i in range(size):
        fields = {}
        if facts and draw(st.integers(0, 5)) == 0:
            fields["started_on"] = draw(st.dates(date(2026, 4, 1), STATUS))
            fields["done_share"] = draw(st.sampled_from([Decimal(0), Decimal("0.3"), Decimal(1)]))
            if draw(st.booleans()):
                fields["done_on"] = draw(st.dates(fields["started_on"], STATUS))
        steps.append(
            Step(
                i,
                f"环节{i}",
                draw(st.integers(0, 12)),
                draw(unit),
                not_before=draw(st.none() | dates),
                deadline=draw(st.none() | dates) if deadlines else None,
                **fields,
            )
        )
    names = draw(st.permutations(range(size)))
    links = []
    for _ in range(draw(st.integers(0, 2 * size))):
        a, b = draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))
        if a != b:
            links.append(
                Link(
                    names[min(a, b)],
                    names[max(a, b)],
                    draw(kinds),
                    draw(st.integers(-4, 9)),
                    draw(unit),
                )
            )
    return Network(tuple(steps), tuple(links))


def working(day):
    while not CALENDAR.is_workday(day):
        day += DAY
    return day


def finish_of(start, days, unit):
    """Walk the days of a step one by one."""
    if unit == "calendar" and days > 1:
        return working(start + (days - 1) * DAY)
    day = start
    for _ in range(days - 1):
        day = working(day + DAY)
    return day


def shifted(day, lag, unit):
    """The day after `lag` days, walked one by one; a working day for working lags."""
    if unit == "calendar":
        return day + lag * DAY
    for _ in range(abs(lag)):
        day += DAY if lag > 0 else -DAY
        while not CALENDAR.is_workday(day):
            day += DAY if lag > 0 else -DAY
    return day


def kept(link, before, after, successor):
    """Whether two slots keep a link, judged on dates alone."""
    anchor = before[1] if link.kind[0] == "F" else before[0]
    place = after[1] if link.kind[1] == "F" else after[0]
    limit = shifted(anchor, link.lag, link.lag_unit if link.lag else "working")
    if link.kind == "FS" and successor.duration_days:
        return place > limit
    return place >= limit


def simulate(network, status):
    """Earliest days by trying one working day after another, until nothing moves.

    For networks without facts.
    """
    by_id = {step.id: step for step in network.steps}
    slots = {}
    for step in network.steps:
        start = working(max(status, step.not_before or status))
        slots[step.id] = (start, finish_of(start, step.duration_days, step.duration_unit))
    moved = True
    while moved:
        moved = False
        for link in network.links:
            step = by_id[link.successor]
            while not kept(link, slots[link.predecessor], slots[step.id], step):
                start = working(slots[step.id][0] + DAY)
                slots[step.id] = (start, finish_of(start, step.duration_days, step.duration_unit))
                moved = True
    return slots
