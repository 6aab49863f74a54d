"""Tells what happened to each task, move by move, in the order the closing law allows."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from luoshi.config.demo import clock, phrases
from luoshi.config.demo.fates import SETTLED
from luoshi.config.demo.people import OFFICE_HEAD
from luoshi.config.demo.shapes import TODAY, DemoEvent, Fate
from luoshi.config.demo.teller import CLERK, DESK, BreakOffError, Said, Teller, report_days
from luoshi.domain.base import Period
from luoshi.domain.closing import Verb
from luoshi.domain.pacing import LINEAR, expected

YEAR_CLOSED_ON = date(2026, 1, 8)
LAST_OF_2025 = date(2025, 12, 22)  # what is done later cannot be closed before the year is
SHORT = 40  # days of work that are reported on once, before the end is near
ARCHIVED_AFTER = 30  # working days between close-out and archive
UNSIGNED: frozenset[Fate] = frozenset({"to_sign", "returned", "disputed"})
BUSY: frozenset[Fate] = frozenset(
    {"ok", "slow", "late", "silent", "extended", "extension_asked", "suspended", "cancelled"}
)
STUCK: frozenset[Fate] = frozenset({"slow", "late", "suspended"})
CLOSING: frozenset[Fate] = frozenset(
    {"done", "reported_done", "verified", "submitted", "rework", "reopened"}
)


def tell(teller: Teller) -> list[DemoEvent]:
    """The whole story of one task, up to the state that its fate names, or to the last day."""
    with suppress(BreakOffError):
        _tell(teller)
    return teller.told


def _tell(teller: Teller) -> None:
    fate = teller.task.fate
    teller.due_on = teller.task.internal_due_on or teller.task.due_on
    if fate == "draft":
        return
    registered = teller.task.registered_on
    teller.move(Verb.REGISTER, registered, CLERK)
    if fate == "registered":
        return
    _assign(teller, registered)
    if fate in UNSIGNED:
        _not_accepted(teller, fate)
        return
    _sign(teller)
    begins = teller.task.start_on
    if fate not in {"not_started", "idle"}:
        teller.by_unit(Verb.START, min(begins, TODAY), text=phrases.word(teller.rng, "start"))
    if teller.is_whole:
        _whole(teller)
        if fate == "done":
            _to_the_end(teller, fate)
    elif fate in BUSY:
        _under_way(teller, fate)
    elif fate in CLOSING:
        _to_the_end(teller, fate)


def _assign(teller: Teller, day: date) -> None:
    text = phrases.word(teller.rng, "assign")
    teller.move(Verb.ASSIGN, day, teller.cast.assigner, text=text)


def _sign(teller: Teller) -> None:
    """Mostly the same or the next working day."""
    ordinary = teller.task.urgency == "ordinary"
    day = teller.after(1) if ordinary and teller.rng.random() < 0.6 else teller.day
    teller.by_unit(Verb.SIGN_FOR, min(day, TODAY), text=phrases.word(teller.rng, "sign"))


def _not_accepted(teller: Teller, fate: Fate) -> None:
    """Returned once: registered again. Returned twice: the leader in charge has to rule."""
    times = {"to_sign": 0, "returned": 1, "disputed": 2}[fate]
    for number in range(times):
        if number:
            _assign(teller, teller.after(1))
        teller.by_unit(
            Verb.RETURN_TO_ASSIGNER,
            teller.after(1),
            head=True,
            reason=phrases.word(teller.rng, "return"),
            competent_unit="综合执法队" if teller.sprout.lead != "综合执法队" else "应急办",
        )


def _whole(teller: Teller) -> None:
    """A task with parts: its share follows from them, its nodes are reported in words."""
    owed: list[tuple[date, str | None, str]] = [
        (node.due_on, node.key, f"对照节点“{node.title}”，已按分项汇总，未达到的列入下月重点")
        for node in teller.nodes
    ]
    if teller.due_on is not None:
        owed.append((teller.due_on, None, "到期汇总：已办结的分项申请复核，未办结的逐项说明原因"))
    for due, node, text in owed:
        day = clock.on_or_after(due)
        if teller.day < day < TODAY:
            teller.by_unit(Verb.REPORT, day, text=text, milestone=node)


def _under_way(teller: Teller, fate: Fate) -> None:
    """Reports up to now, or up to where the task fell silent; then what became of it."""
    task = teller.task
    end = clock.add(TODAY, -1)
    if fate == "silent":
        end = _fell_silent(teller)
    elif fate in {"suspended", "cancelled"}:
        end = min(clock.add(TODAY, -8), _closing_day(teller))
    elif fate == "extended" and task.due_on is not None:
        end = min(end, clock.add(task.due_on, -4))
    _reports(teller, end, fate)
    if fate == "late" and teller.due_on is not None and teller.day < teller.due_on < SETTLED:
        teller.report(clock.on_or_after(teller.due_on), teller.percent, stuck=True, node=None)
    match fate:
        case "extended":
            _extension(teller, granted=True)
            _reports(teller, clock.add(TODAY, -1), "ok")
        case "extension_asked":
            _ask(teller, clock.add(TODAY, -teller.rng.randrange(1, 4)), granted=True)
            if teller.rng.random() < 0.5:
                teller.move(
                    Verb.AGREE_EXTENSION, TODAY, teller.cast.leader, text="同意，请交办人审定"
                )
        case "suspended":
            reason = phrases.word(teller.rng, "suspend")
            teller.move(Verb.SUSPEND, teller.after(2), teller.cast.leader, reason=reason)
        case "cancelled":
            carried = task.outcome == "carried"
            told = "因用地调整没有按期开工，结转2026年实施"
            reason = told if carried else phrases.word(teller.rng, "cancel")
            teller.move(Verb.CANCEL, teller.after(2), teller.cast.leader, reason=reason)
        case _:
            pass


def _fell_silent(teller: Teller) -> date:
    """The last working days before the node or deadline at which a report was owed."""
    owed = [node.due_on for node in teller.nodes if node.due_on < SETTLED]
    if teller.due_on is not None and teller.due_on < SETTLED:
        owed.append(teller.due_on)
    return clock.add(max(owed), -6)


def _closing_day(teller: Teller) -> date:
    """A task of a closed year is ended within that year."""
    return TODAY if teller.task.year == TODAY.year else LAST_OF_2025


def _pace(teller: Teller, on: date) -> int:
    """The percentage that the official pace expects of the task by the day."""
    start, due = teller.task.start_on, teller.due_on
    if due is None:
        due = date(teller.task.year, 12, 31)
    return int(expected(LINEAR, Period(start, max(start, due)), on))


def _share(teller: Teller, fate: Fate, on: date) -> int:
    """What the last report says, on its day: at pace, 12 to 24 points behind, or far behind."""
    rng, pace = teller.rng, _pace(teller, on)
    match fate:
        case "slow":
            return max(2, pace - rng.randrange(12, 25))
        case "late":
            gap = rng.randrange(34, 46) if pace < 100 else rng.randrange(15, 50)
            return max(2, pace - gap)
        case "silent":
            return max(5, pace - rng.randrange(0, 9))
        case "extended":
            return min(80, max(40, pace - rng.randrange(20, 40)))
        case _:
            now = _pace(teller, TODAY)
            return min(96, max(5, pace, now - 5) + rng.randrange(-4, 7))


def _reports(teller: Teller, end: date, fate: Fate, final: int | None = None) -> None:
    """Progress at nodes and between them, growing to the share that the last report gives.

    A task with a snag says so in every second line; one in time sometimes had one early on.
    """
    start = teller.day
    days = [pair for pair in report_days(teller, start, end) if pair[0] > start]
    if not days and end > start:
        days = [(end, None)]
    if not days:
        return
    rng, before = teller.rng, teller.percent
    last_day = days[-1][0]
    target = _share(teller, fate, last_day) if final is None else final
    bend, stuck = rng.uniform(0.85, 1.25), fate in STUCK
    for day, node in days:
        last = day == last_day
        share = 1.0 if last else ((day - start).days / (last_day - start).days) ** bend
        percent = before + int(max(0, target - before) * share)
        snag = rng.random() < (0.55 if stuck else 0.08) or (stuck and last)
        teller.report(day, max(1, percent), stuck=snag, node=node)


def _ask(teller: Teller, day: date, *, granted: bool) -> date:
    """An extension is asked before the deadline; one that is granted is still to come today."""
    due = teller.due_on
    assert due is not None
    wanted = due + timedelta(days=teller.rng.randrange(20, 46))
    if granted:
        wanted = max(wanted, TODAY + timedelta(days=teller.rng.randrange(12, 30)))
    new_due = clock.on_or_after(wanted)
    reason = phrases.word(teller.rng, "extend", teller.task.tone)
    teller.by_unit(Verb.ASK_EXTENSION, min(day, due), reason=reason, new_due_on=new_due)
    return new_due


def _extension(teller: Teller, *, granted: bool) -> None:
    """Asked in time; the leader in charge agrees and the assigner approves, or it is refused."""
    due = teller.due_on
    assert due is not None
    cast = teller.cast
    new_due = _ask(teller, clock.add(due, -3), granted=granted)
    day = teller.after(1)
    if not granted:
        reason = phrases.word(teller.rng, "refuse")
        teller.move(Verb.REFUSE_EXTENSION, day, cast.leader, reason=reason)
        return
    text = "情况属实，同意延期"
    teller.move(Verb.AGREE_EXTENSION, day, cast.leader, text=text, new_due_on=new_due)
    if cast.leader != cast.assigner:
        day = teller.after(1)
        teller.move(Verb.APPROVE_EXTENSION, day, cast.assigner, text="同意", new_due_on=new_due)
    teller.due_on = new_due


def _to_the_end(teller: Teller, fate: Fate) -> None:
    """Progress to the full share, reported done, and then as far as the fate goes."""
    rng = teller.rng
    done_on = _done_day(teller, fate)
    final = min(_reached(teller) - 1, 96 if (done_on - teller.day).days > SHORT else 70)
    if not teller.is_whole:
        _reports(teller, clock.add(done_on, -1), fate, final)
    asks = teller.task.plan is not None and rng.random() < 0.04
    if asks and teller.due_on and teller.after(1) < teller.due_on < SETTLED:
        _extension(teller, granted=False)
    _report_done(teller, done_on)
    if fate == "reported_done":
        return
    again = fate == "rework" or (fate == "done" and rng.random() < 0.08 and _roomy(teller))
    if again:
        _rework(teller, finish=fate != "rework")
    if fate == "rework" or not _verify(teller):
        return
    if fate == "verified":
        return
    _close(teller, recognised=fate != "submitted")
    if fate == "reopened":
        reason = phrases.word(rng, "reopen")
        teller.move(Verb.REOPEN, teller.after(6), DESK, reason=reason)
        text = phrases.word(rng, "reopened")
        teller.report(teller.after(3), teller.percent, node=None, text=text)
    elif fate == "done":
        _archive(teller)


def _done_day(teller: Teller, fate: Fate) -> date:
    """When the unit reports it done: mostly days before the deadline, one in eight late."""
    rng, due = teller.rng, teller.due_on
    closed_year = teller.task.year < TODAY.year
    latest = {"reported_done": -1, "verified": -5, "rework": -6, "reopened": -24}.get(fate, -11)
    earliest = teller.after(2)
    if teller.not_before is not None:
        earliest = max(earliest, clock.add(teller.not_before, 1))
    if due is None:
        return min(earliest, clock.add(TODAY, latest))
    last = LAST_OF_2025 if closed_year else clock.add(TODAY, latest)
    tardy = teller.task.outcome == "late" or (not teller.task.outcome and rng.random() < 0.12)
    slack = rng.randrange(2, 9) if tardy else -rng.randrange(0, 6)
    return max(earliest, min(clock.add(due, slack), last))


def _reached(teller: Teller) -> int:
    """The share of the target that the closed year's result makes up; everything else is done."""
    task = teller.task
    if task.result is None or task.quantity is None:
        return 100
    return min(100, int(task.result * 100 / task.quantity.value))


def _report_done(teller: Teller, day: date) -> None:
    task, rng = teller.task, teller.rng
    text = phrases.word(rng, "done")
    if task.result is not None and task.quantity is not None:
        aim = task.quantity
        text = f"全年{aim.name}实际完成{task.result}{aim.unit}，目标{aim.value}{aim.unit}"
    files = phrases.EVIDENCE[task.tone][: rng.randrange(1, 3)]
    said: Said = {"text": text, "reason": text, "evidence": files}
    if not teller.is_whole:
        teller.percent = said["percent"] = max(teller.percent, _reached(teller))
    teller.by_unit(Verb.REPORT_DONE, day, **said)


def _roomy(teller: Teller) -> bool:
    """Whether there is time for a second round before the story ends."""
    closed_year = teller.task.year < TODAY.year
    return teller.day < (date(2025, 12, 5) if closed_year else clock.add(TODAY, -25))


def _rework(teller: Teller, *, finish: bool) -> None:
    """The check found it wanting: back to work, and reported again."""
    reason = phrases.word(teller.rng, "rework")
    teller.move(Verb.RETURN_FOR_REWORK, teller.after(2), DESK, reason=reason)
    text = phrases.word(teller.rng, "reworked")
    if teller.is_whole:
        teller.by_unit(Verb.REPORT, teller.after(2), text=text)
    else:
        teller.report(teller.after(2), teller.percent, node=None, text=text)
    if finish:
        _report_done(teller, teller.after(3))


def _verify(teller: Teller) -> bool:
    """Another person, drawn, checks; without anybody free it waits."""
    day = teller.after(teller.rng.randrange(1, 4))
    post = teller.verifier(day)
    if post is None:
        return False
    teller.move(Verb.VERIFY, day, post, text=phrases.word(teller.rng, "verify"))
    return True


def _close(teller: Teller, *, recognised: bool) -> None:
    """Whoever raised it closes it; what came from above waits for the superior's word."""
    rng, above = teller.rng, teller.task.from_above
    text = phrases.word(rng, "submit" if above else "close")
    day = teller.after(rng.randrange(1, 3))
    teller.move(Verb.CLOSE, day, _closer(teller, day), text=text)
    if above and recognised:
        reply = phrases.word(rng, "accept")
        day = teller.after(2)
        teller.move(Verb.ACCEPT, day, _closer(teller, day), superior_reply=reply)


def _closer(teller: Teller, day: date) -> str:
    """The assigner; the head of the office where the assigner has done some of it."""
    barred = teller.doers | {teller.troupe.holder(teller.cast.owner, day)}
    for post in (teller.cast.assigner, OFFICE_HEAD, "党政办/副主任（督办）"):
        if teller.troupe.at(post, day) not in barred:
            return post
    message = f"{teller.task.key}: nobody may close it"
    raise LookupError(message)


def _archive(teller: Teller) -> None:
    """The closed year is archived as a whole, this year's items thirty working days after."""
    if teller.task.year < TODAY.year:
        teller.move(Verb.ARCHIVE, max(YEAR_CLOSED_ON, teller.day), CLERK)
    elif teller.after(ARCHIVED_AFTER) < TODAY:
        teller.move(Verb.ARCHIVE, teller.after(ARCHIVED_AFTER), CLERK)
