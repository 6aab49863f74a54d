"""周重点工作清单 and 会议纪要 as papers: pieces that the office room writes as docx."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.office.numbering import chinese
from luoshi.office.pieces import Piece, heading, para, table
from luoshi.supervision.models import Minutes, WeeklyLine
from luoshi.supervision.queries.meetings import DecisionShown, MeetingPage
from luoshi.supervision.queries.weeks import LineShown, WeekPage

LIST_WIDTHS = (1.2, 8, 2.6, 3.6, 2.4, 3.2)
CLOSED_WIDTHS = (1.2, 7, 2.6, 3.4, 2.4, 4.4)


def day(value: date | None) -> str:
    """6月18日, as papers of the year write it."""
    return f"{value.month}月{value.day}日" if value else ""


def span(page: WeekPage) -> str:
    """6月15日至6月18日, the week as its title says it."""
    return f"{day(page.row.from_on)}至{day(page.row.to_on)}"


def week_title(page: WeekPage) -> str:
    """The title over the list."""
    return f"{page.row.unit.name}周重点工作清单\n（{page.row.year}年第{page.row.week}周）"


def week_pieces(page: WeekPage, why: Sequence[str]) -> list[Piece]:
    """The list on A4: a table to be issued, or with what became of each line once it is closed.

    `why`: the reasons of the lines, told in Chinese.
    """
    closed = page.row.state == page.row.State.CLOSED
    last = "落实情况" if closed else "列入原因"
    rows: list[Sequence[str]] = [("序号", "本周工作", "牵头领导", "责任单位", "时限", last)]
    for number, (shown, reason) in enumerate(zip(page.lines, why, strict=True), start=1):
        due = shown.row.task.due_on
        told = _became(shown) if closed else reason
        rows.append(
            (str(number), shown.line.text, shown.leader or "—", shown.who, day(due) or "—", told)
        )
    head = [para(f"{span(page)}，共{len(page.lines)}项。", indent=False)]
    if closed:
        counts = page.counts
        told = f"完成{counts['done']}项，结转{counts['carried']}项，取消{counts['cancelled']}项。"
        head = [para(f"{span(page)}，共{len(page.lines)}项：{told}", indent=False)]
    return [*head, table(rows, CLOSED_WIDTHS if closed else LIST_WIDTHS)]


def _became(shown: LineShown) -> str:
    line = shown.line
    word = str(WeeklyLine.Outcome(line.outcome).label) if line.outcome else ""
    more = line.reason if line.outcome == WeeklyLine.Outcome.CANCELLED else line.said
    return f"{word}：{more}" if more else word


def minutes_number(minutes: Minutes) -> str:
    """青党联纪〔2026〕6号; 编号待定 while it is a draft."""
    if minutes.number is None:
        return f"{minutes.kind.mark}〔{minutes.year}〕（印发时编号）"
    return f"{minutes.kind.mark}〔{minutes.year}〕{minutes.number}号"


def minutes_title(minutes: Minutes) -> str:
    """The title of the minutes."""
    return f"{minutes.meeting.unit.name}{minutes.kind.name}会议纪要".replace("会会议", "会议")


def minutes_pieces(page: MeetingPage) -> list[Piece]:
    """The minutes in the official form: number, place and people, topics, decisions one by one."""
    minutes = page.minutes
    held = minutes.meeting.held_on
    where = f"，地点在{minutes.place}" if minutes.place else ""
    chair = f"{minutes.chair}主持召开" if minutes.chair else "召开"
    opening = f"{held.year}年{held.month}月{held.day}日，{chair}{minutes.kind.name}{where}。"
    topics = "；".join(minutes.topics)
    pieces = [para(minutes_number(minutes), indent=False), para(opening)]
    if topics:
        pieces.append(para(f"会议议题：{topics}。".replace("。。", "。")))
    if page.earlier:
        pieces.append(heading("上次议定事项落实情况"))
        pieces.append(para(_stand(page)))
    pieces.append(heading("会议议定事项"))
    pieces += [
        para(f"（{chinese(number)}）{_decided(shown)}")
        for number, shown in enumerate(page.decisions, start=1)
    ]
    if any((minutes.present, minutes.attending, minutes.absent, minutes.recorder)):
        pieces.append(heading("出席情况"))
    people = (
        ("出席", minutes.present),
        ("列席", minutes.attending),
        ("请假", minutes.absent),
        ("记录", minutes.recorder),
    )
    pieces += [para(f"{word}：{names}") for word, names in people if names]
    return pieces


def _stand(page: MeetingPage) -> str:
    open_ones = [shown for shown in page.earlier if not shown.ended]
    told = f"上次会议以来议定事项{len(page.earlier)}项，已办结{page.done}项"
    if not open_ones:
        return f"{told}，全部落实。"
    names = "；".join(shown.decision.text.rstrip("。；") for shown in open_ones[:8])
    return f"{told}，正在办理{len(open_ones)}项：{names}。"


def _decided(shown: DecisionShown) -> str:
    text = shown.decision.text.rstrip("。；")
    if shown.row is None:
        return f"{text}。（{shown.decision.why_no_task.rstrip('。')}，不另列任务）"
    task = shown.row.task
    unit = (shown.row.carriers.lead_unit or task.unit).short_name
    leader = shown.row.carriers.leader
    answers = f"，{leader.name}牵头" if leader else ""
    due = f"，{day(task.due_on)}前完成" if task.due_on else ""
    return f"{text}。由{unit}负责{answers}{due}。"
