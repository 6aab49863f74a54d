"""督办单、反馈单、督查通知 as pieces of an official paper, to sign, stamp and return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.models import Task
from luoshi.office.pieces import Piece, mark, para, receipt, signed, table
from luoshi.supervision.models import Inspection
from luoshi.supervision.queries import OrderPage, Step

MISSING = "待补"
FORM = (18, 32, 18, 32)
WIDE = (18, 82)
DATE = "　　年　　月　　日"
BLANK = "　\n　\n　\n　"
"""Room to write by hand."""
SIGN = "　　　　　　　" + DATE


def order_title(page: OrderPage) -> str:
    """What the order is called."""
    return f"{page.order.unit.name}督办单"


def order_pieces(page: OrderPage) -> list[Piece]:
    """The order as the unit receives it: what, from whom, by when, and the receipt to return."""
    order, task = page.order, page.order.task
    source = str(order.get_source_display())
    basis = f"{source}：{order.basis}" if order.basis else source
    return [
        mark(order.serial),
        table(
            [
                ("承办单位", _lead(page), "紧急程度", str(task.get_urgency_display())),
                ("责任人", _owner(page), "配合单位", _supporting(page)),
                ("发单日期", _day(order.registered_on), "办理时限", _day(task.due_on)),
                ("交办领导", page.asked_by or "—", "事项编号", task.number),
            ],
            FORM,
            head=0,
        ),
        table(
            [
                ("督办事项", task.title),
                ("来　　源", basis),
                ("办理要求", order.requirement),
                ("完成标准", task.acceptance or MISSING),
                ("签收时限", _sign_by(page)),
            ],
            WIDE,
            head=0,
        ),
        para("办结后请填《督办反馈单》，附佐证材料送党政办复核。遇有困难，请在时限前提出。"),
        signed(),
        *_receipt(order.serial, _lead(page)),
    ]


def _receipt(serial: str, unit: str) -> list[Piece]:
    """The slip below the line, torn off and returned (回执)."""
    return [
        receipt("回　执"),
        table(
            [
                ("文　　号", serial, "签收单位", unit),
                ("签收人", "　", "签收时间", "　　月　　日　　时"),
                ("意　　见", "　□ 签收办理　□ 退回", "退回理由", "　"),
            ],
            FORM,
            head=0,
        ),
    ]


def feedback_title(page: OrderPage) -> str:
    """What the feedback sheet is called."""
    return f"{page.order.unit.name}督办反馈单"


def feedback_pieces(page: OrderPage) -> list[Piece]:
    """The sheet that comes back: what was done, with what proof, who checked, what it came to.

    What was reported in the system is printed; the rest is left to write by hand.
    """
    order, task = page.order, page.order.task
    since = order.registered_at
    told_by = [step for step in page.steps if isinstance(step.title, str) and step.at >= since]
    done = [step for step in told_by if step.on and step.text]
    told = "\n".join(f"{_day(_date(step))}　{step.who}：{step.text}" for step in done[-4:])
    result = str(order.get_result_display()) if order.result else _boxes()
    return [
        mark(order.serial),
        table(
            [
                ("承办单位", _lead(page), "办理时限", _day(task.due_on)),
                ("责任人", _owner(page), "反馈日期", _day(task.done_on) if task.done_on else DATE),
            ],
            FORM,
            head=0,
        ),
        table(
            [
                ("督办事项", task.title),
                ("完成标准", task.acceptance or MISSING),
                ("办理情况", told or BLANK),
                ("佐证材料", "　\n　"),
                ("存在困难", task.blocker or "　\n　"),
                ("单位意见", f"　\n　\n负责人签字（盖章）：{SIGN[4:]}"),
                ("复核意见", f"　\n　\n复核人签字：{SIGN}"),
                ("督办结果", f"{result}\n　\n认定人签字：{SIGN}"),
            ],
            WIDE,
            head=0,
        ),
    ]


def _boxes() -> str:
    return "　□ 已整改　□ 部分整改　□ 持续整改　□ 未整改"


def inspection_title(row: Inspection) -> str:
    """What the notice of an inspection is called."""
    return f"关于对{row.town.name}开展督查的通知"


def inspection_pieces(row: Inspection) -> Sequence[Piece]:
    """The county's notice to the town: what, what is asked, by when to answer."""
    return [
        mark(row.serial),
        para("", indent=False),
        para(f"{row.town.name}：", indent=False),
        para(f"现就“{row.title}”对你镇开展督查，有关要求通知如下："),
        para(row.requirement),
        para(f"请于{_day(row.due_on)}前书面答复，并附佐证材料。"),
    ]


def _lead(page: OrderPage) -> str:
    unit = page.carriers.lead_unit or page.order.task.unit
    return unit.name


def _owner(page: OrderPage) -> str:
    post, person = page.carriers.owner, page.carriers.person
    if post is None:
        return MISSING
    return f"{post.title} {person.name if person else '（空缺）'}"


def _supporting(page: OrderPage) -> str:
    return "、".join(unit.short_name for unit in page.carriers.supporting) or "—"


def _sign_by(page: OrderPage) -> str:
    task = page.order.task
    if task.signed_at is not None:
        at = task.signed_at.astimezone(SHANGHAI)
        return f"已于{at.year}年{at.month}月{at.day}日{at:%H:%M}签收"
    if page.sign_by is None:
        return "—"
    at = page.sign_by
    whole = task.urgency != Task.Urgency.MOST_URGENT
    hour = "" if whole else f"{at:%H:%M}"
    return f"{at.month}月{at.day}日{hour}前签收或退回"


def _date(step: Step) -> date:
    at = step.at.astimezone(SHANGHAI)
    return date(at.year, at.month, at.day)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else MISSING
