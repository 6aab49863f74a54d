"""What must hold for every target, figure and village: properties, each with its strategies.

`LAWS` are run with few examples in `make test` and with ten thousand each in `make prove`.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from luoshi.domain.base import Finding, Period
from luoshi.domain.cascade import (
    WHOLE,
    Child,
    Part,
    Share,
    Stated,
    Tally,
    changed,
    divide,
    moved,
    roll_up,
    tally,
)
from luoshi.domain.disparity import Member, between, bottom, lifted, spread, trend
from luoshi.domain.pacing import (
    PRESETS,
    SEVERITY,
    CurvePoint,
    Facts,
    Known,
    Measure,
    MilestoneWeight,
    Owed,
    Profile,
    Report,
    expected,
    figure_light,
    forecast,
    light,
    needed,
    stand,
)
from luoshi.office.china_calendar import china_calendar

CALENDAR = china_calendar()
YEAR = Period.year(2026)
MONTH_ENDS = [Period.month(2026, m).end for m in range(1, 13)]

# Shares.

places = st.integers(0, 4)
figures = st.none() | st.decimals(0, 10**7, places=2)
takers = st.lists(st.tuples(figures, st.none() | st.integers(0, 10**5)), min_size=1, max_size=25)
rules = st.sampled_from(["equal", "weight", "base", "by_hand", "same"])


def parts_add_up(units, digits, group, rule):
    """The parts make the whole exactly, whatever rule, precision and figures fixed by hand."""
    step = Decimal(1).scaleb(-digits)
    parts = [
        Part(None, str(n), weight=basis, base=basis, fixed=None if hand is None else hand * step)
        for n, (basis, hand) in enumerate(group)
    ]
    answer = divide(units * step, parts, rule, step)
    if isinstance(answer, Finding):
        return
    if rule == "same":
        assert all(s.value == units * step for s in answer.slices if not s.by_hand)
        return
    assert sum(s.value for s in answer.slices) == units * step
    assert all(s.value % step == 0 and s.value >= 0 for s in answer.slices)
    for part, one in zip(parts, answer.slices, strict=True):
        assert part.fixed is None or one.value == part.fixed
    _within_a_step(units, answer, step)


def _within_a_step(units, answer, step):
    free = [s for s in answer.slices if not s.by_hand]
    rest = units - sum(Fraction(s.value / step) for s in answer.slices if s.by_hand)
    whole = sum(Fraction(s.basis) for s in free)
    assert all(
        abs(Fraction(s.value / step) * whole - rest * Fraction(s.basis)) < whole for s in free
    )


# Roll-up.

done = st.none() | st.integers(0, 2 * WHOLE)
children = st.lists(
    st.builds(
        Child, id=st.none(), label=st.text("甲乙丙", max_size=2), weight=st.integers(0, WHOLE),
        done=done, value=st.none() | st.integers(0, 10**9),
        target=st.none() | st.integers(1, 10**9),
        as_of=st.none() | st.sampled_from(MONTH_ENDS),
    ),
    max_size=12,
)  # fmt: skip
roll_ups = st.sampled_from(["weighted", "sum", "mean", "min", "latest", "milestones"])


def order_decides_nothing(rule, group, over, data):
    """A roll-up is the same in whatever order the children come."""
    other = data.draw(st.permutations(group))
    one, two = roll_up(rule, group, over=over), roll_up(rule, other, over=over)
    assert (one.share, sorted(one.missing), one.missing_weight) == (
        two.share, sorted(two.missing), two.missing_weight,
    )  # fmt: skip


def path_equals_rebuild(weights, parents, data):
    """Sums kept along one path per change are the sums of a rebuild of the whole tree."""
    above = [None, *(parent % n for n, parent in enumerate(parents[: len(weights) - 1], start=1))]
    leaves = [n for n in range(len(above)) if n not in above[1:]]
    known = dict.fromkeys(leaves)
    sums = [Share()] * len(above)
    for _ in range(data.draw(st.integers(1, 6))):
        leaf, now = data.draw(st.sampled_from(leaves)), data.draw(done)
        node = leaf
        while node is not None:
            sums[node] = changed(sums[node], weights[leaf], known[leaf], now)
            node = above[node]
        known[leaf] = now
    for node in range(len(above)):
        below = [leaf for leaf in leaves if node in _path(leaf, above)]
        group = [Child(None, str(leaf), weights[leaf], known[leaf]) for leaf in below]
        assert sums[node] == roll_up("weighted", group, over=True).share


stateds = st.lists(
    st.builds(
        Stated, st.none() | st.integers(-(10**9), 10**9), st.none() | st.integers(0, 10**6),
        st.sampled_from(MONTH_ENDS), st.text("ab", max_size=2),
    ),
    max_size=10, unique_by=lambda one: one.key,
)  # fmt: skip
tallies = st.sampled_from(["sum", "mean", "weighted", "min", "max", "latest"])


def readings_add_up_in_any_order(rule, group, data):
    """Readings come to the same figure in whatever order; who said nothing changes nothing."""
    told = tally(rule, group)
    assert told == tally(rule, data.draw(st.permutations(group)))
    assert told == tally(rule, [one for one in group if one.value is not None])
    figure = told.figure(rule)
    if figure is not None and rule != "sum":
        values = [one.value for one in group if one.value is not None]
        assert min(values) <= figure <= max(values)


def moving_equals_counting(rule, values, data):
    """A total moved by each change of one reading is the total counted again from all of them."""
    now = Tally()
    known = [None] * len(values)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(values) - 1))
        after = values[data.draw(st.integers(0, len(values) - 1))]
        now = moved(now, known[at], after)
        known[at] = after
        assert now == tally(rule, [Stated(value) for value in known])


def _path(leaf, above):
    path = [leaf]
    while above[path[-1]] is not None:
        path.append(above[path[-1]])
    return path


# Pace.


@st.composite
def curves(draw):
    months = sorted({*draw(st.sets(st.integers(1, 11), max_size=11)), 12})
    done = [draw(st.decimals(-100, 10**6, places=2)) for _ in months[:-1]]
    done.append(draw(st.decimals("0.01", 10**6, places=2)))
    return Profile("curve", curve=tuple(map(CurvePoint, months, done)))


@st.composite
def quarters(draw):
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    weights = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
    return Profile("quarters", tuple(map(Decimal, weights)))


nodes = st.lists(
    st.builds(MilestoneWeight, st.dates(YEAR.start, YEAR.end), st.integers(1, 9)),
    min_size=1, max_size=5,
)  # fmt: skip
profiles = st.one_of(
    st.sampled_from([Profile("months"), Profile("days"), Profile("working_days")]),
    quarters(),
    nodes.map(lambda ms: Profile("milestones", milestones=tuple(ms))),
    curves(),
)
days = st.dates(date(2025, 12, 1), date(2027, 3, 31))
amounts = st.decimals(0, 10**6, places=2)


@st.composite
def measures(draw):
    kind = draw(st.sampled_from(["flow", "level", "ratio", "index"]))
    top = 100 if kind == "ratio" else 10**6
    return Measure(
        kind=kind, period=YEAR, lower=draw(st.booleans()), places=draw(st.integers(0, 2)),
        target=draw(st.decimals("0.01", top, places=2)), profile=draw(profiles),
        start=draw(st.none() | st.decimals(0, top, places=2)),
    )  # fmt: skip


@st.composite
def reports(draw, spoken=None):
    """What is owed at month or quarter ends, and the month of the last figure."""
    every = draw(st.sampled_from([1, 3, 12]))
    lag = timedelta(days=draw(st.integers(0, 20)))
    owed = tuple(Owed(end, end + lag) for end in MONTH_ENDS[every - 1 :: every])
    as_of = draw(spoken if spoken is not None else st.none() | st.sampled_from(MONTH_ENDS))
    rank, slow = draw(st.none() | st.integers(1, 6)), draw(st.integers(0, 2))
    return Report(as_of=as_of, owed=owed, rank_from_bottom=rank, slow_before=slow)


presets = st.sampled_from(sorted(PRESETS)).map(PRESETS.get)


def expected_grows(profile, floor, a, b):
    """What is expected never falls with time, and ends at the whole."""
    a, b = min(a, b), max(a, b)
    profile = replace(profile, floor=floor)
    one, two = (expected(profile, YEAR, day, CALENDAR) for day in (a, b))
    assert floor <= one <= two <= 100
    assert expected(profile, YEAR, YEAR.end, CALENDAR) == 100


def figure_light_never_improves(measure, value, report, rule, a, b):
    """Without a report the light of a figure never gets better as time passes."""
    seen = None if report.as_of is None else stand(measure, value, report.as_of, CALENDAR)
    earliest = report.as_of or date.min
    a, b = max(min(a, b), earliest), max(a, b, earliest)
    one, two = (figure_light(measure, seen, report, day, rule, CALENDAR) for day in (a, b))
    assert SEVERITY[two.word] >= SEVERITY[one.word]
    assert not (one.silent_since and not two.silent_since)
    for shown in (one, two):
        assert shown.silent_since is None or shown.word in {"silent", "late"}


def task_light_never_improves(profile, value, reported, due, rule, a, b):
    """Without a report the light of a task never gets better as time passes."""
    facts = Facts(Period(YEAR.start, due), profile, actual=value, reported_on=reported)
    a, b = max(min(a, b), reported), max(a, b, reported)
    one, two = (light(facts, day, rule, CALENDAR) for day in (a, b))
    assert SEVERITY[two.word] >= SEVERITY[one.word]


def more_is_never_worse(measure, one, two, report, rule, day):
    """A better figure never gives a worse light, a smaller gap or a lower forecast."""
    day = max(day, report.as_of)
    worse, better = sorted((one, two), reverse=measure.lower)
    seen = [stand(measure, value, report.as_of, CALENDAR) for value in (worse, better)]
    words = [figure_light(measure, s, report, day, rule, CALENDAR).word for s in seen]
    assert SEVERITY[words[1]] <= SEVERITY[words[0]]
    assert seen[0].gap <= seen[1].gap
    if None not in (seen[0].gap_points, seen[1].gap_points):
        assert seen[0].gap_points <= seen[1].gap_points


def on_course_is_level(measure, month):
    """A figure where pace expects it has no gap (to within its precision); the target is met."""
    day = MONTH_ENDS[month]
    due = stand(measure, Decimal(0), day, CALENDAR).expected
    assert abs(stand(measure, due, day, CALENDAR).gap) <= Decimal(1).scaleb(-measure.places)
    assert stand(measure, measure.target, day, CALENDAR).met


def forecast_holds_together(measure, values):
    """The forecast lies in its interval, and at the end it is the figure itself."""
    known = [Known(MONTH_ENDS[n], value) for n, value in enumerate(values) if value is not None]
    told = forecast(measure, known, CALENDAR)
    if told.low is not None:
        assert told.low <= told.value <= told.high
    if known and known[-1].as_of == YEAR.end:
        assert abs(told.value - known[-1].value) <= Decimal(1).scaleb(-measure.places) / 2
        assert told.low == told.high == told.value
    assert known or told.value is None


def needed_is_enough(measure, value, day):
    """What is named for each month left reaches the target, or uses the ceiling no further."""
    need = needed(measure, value, day)
    if need.per_month is None:
        return
    sum_of = need.per_month * need.months_left
    if measure.kind == "flow" and measure.lower:
        assert value + sum_of <= measure.target
    elif measure.lower:
        assert value - sum_of <= measure.target
    else:
        assert value + sum_of >= measure.target


# Disparity.

incomes = st.none() | st.decimals(0, 10**5, places=2)
villages = st.lists(st.tuples(incomes, incomes, st.sampled_from("甲乙")), min_size=1, max_size=15)


def _members(rows, column):
    return [Member(None, f"村{n}", row[column], row[2]) for n, row in enumerate(rows)]


def spread_is_exact(rows, factor, data):
    """Gini by its definition over all pairs; no matter the order, the unit, or who is missing."""
    members = _members(rows, 0)
    seen = spread(members)
    known = [Fraction(m.value) for m in members if m.value is not None]
    if sum(known):
        pairs = sum((abs(a - b) for a in known for b in known), Fraction(0))
        assert seen.gini == pairs / (2 * len(known) * sum(known))
        assert 0 <= seen.gini < 1
    other = [replace(m, value=None if m.value is None else m.value * factor) for m in members]
    again = spread(data.draw(st.permutations(other)))
    assert (again.gini, again.max_min) == (seen.gini, seen.max_min)
    assert len(seen.lines) + len(seen.missing) == len(members)


def giving_to_the_poorer_narrows(rows, amount):
    """A gift from a richer to a poorer member, short of changing places, narrows the gap."""
    known = [m for m in _members(rows, 0) if m.value is not None]
    if len(known) < 2:
        return
    poor, rich = min(known, key=lambda m: m.value), max(known, key=lambda m: m.value)
    gift = min(amount, (rich.value - poor.value) / 2)
    if not gift:
        return
    moved = {poor.label: poor.value + gift, rich.label: rich.value - gift}
    after = [replace(m, value=moved.get(m.label, m.value)) for m in known]
    assert trend(known, after).way == "narrowing"
    assert trend(after, known).way == "widening"


def places_are_fair(rows, count):
    """Equal figures share a place, a better one stands before, and the bottom list is the worst."""
    seen = spread(_members(rows, 0))
    by_place = sorted(seen.lines, key=lambda line: line.place)
    for one, two in pairwise(by_place):
        assert (one.place == two.place) == (one.member.value == two.member.value)
        assert one.member.value >= two.member.value
    last = bottom(seen, count)
    rest = [line for line in seen.lines if line not in last]
    assert not last or not rest or last[-1].member.value < min(x.member.value for x in rest)


def missing_never_moves_a_trend(rows, line):
    """Who lacks a figure at one moment changes no trend and is neither lifted nor left behind."""
    before, after = _members(rows, 0), _members(rows, 1)
    both = [n for n, row in enumerate(rows) if None not in row[:2]]
    told = trend(before, after)
    only = trend([before[n] for n in both], [after[n] for n in both])
    assert (told.way, told.before, told.after) == (only.way, only.before, only.after)
    assert len(told.left_out) == len(rows) - len(both)
    moved = lifted(before, after, line)
    assert len(moved.unknown) == len(rows) - len(both)
    assert not set(moved.lifted) & set(moved.still_below)
    town = between(after, "甲", "乙")
    assert (town.ratio is None) or town.ratio * town.other == town.one


LAWS = [
    (parts_add_up, {"units": st.integers(0, 10**7), "digits": places, "group": takers, "rule": rules}),
    (order_decides_nothing, {"rule": roll_ups, "group": children, "over": st.booleans(), "data": st.data()}),
    (path_equals_rebuild, {
        "weights": st.lists(st.integers(0, 900), min_size=2, max_size=14),
        "parents": st.lists(st.integers(0, 99), min_size=14, max_size=14), "data": st.data(),
    }),
    (readings_add_up_in_any_order, {"rule": tallies, "group": stateds, "data": st.data()}),
    (moving_equals_counting, {
        "rule": st.sampled_from(["sum", "mean"]), "data": st.data(),
        "values": st.lists(st.none() | st.integers(-(10**9), 10**9), min_size=1, max_size=8),
    }),
    (expected_grows, {"profile": profiles, "floor": st.decimals(0, 100, places=1), "a": days, "b": days}),
    (figure_light_never_improves, {
        "measure": measures(), "value": st.none() | amounts, "report": reports(), "rule": presets,
        "a": days, "b": days,
    }),
    (task_light_never_improves, {
        "profile": profiles.filter(lambda p: p.kind not in ("quarters", "curve")), "value": st.none() | st.decimals(0, 120, places=2),
        "reported": days, "due": st.dates(date(2026, 2, 1), YEAR.end), "rule": presets, "a": days, "b": days,
    }),
    (more_is_never_worse, {
        "measure": measures(), "one": amounts, "two": amounts, "rule": presets, "day": days,
        "report": reports(st.sampled_from(MONTH_ENDS)),
    }),
    (on_course_is_level, {"measure": measures(), "month": st.integers(0, 11)}),
    (forecast_holds_together, {"measure": measures(), "values": st.lists(st.none() | amounts, max_size=12)}),
    (needed_is_enough, {"measure": measures(), "value": amounts, "day": days}),
    (spread_is_exact, {"rows": villages, "factor": st.decimals("0.01", 10**4, places=2), "data": st.data()}),
    (giving_to_the_poorer_narrows, {"rows": villages, "amount": st.decimals("0.01", 10**5, places=2)}),
    (places_are_fair, {"rows": villages, "count": st.integers(0, 5)}),
    (missing_never_moves_a_trend, {"rows": villages, "line": st.decimals(0, 10**5, places=2)}),
]  # fmt: skip
