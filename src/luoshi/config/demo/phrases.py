"""What people write in the ledger: reports by kind of work and stage, reasons, findings."""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache

from luoshi.config.demo.shapes import DemoQuantity, DemoTask
from luoshi.config.demo.tables import rows

EVIDENCE: dict[str, tuple[str, ...]] = {
    "招商": ("投资协议.pdf", "进账凭证.pdf"),
    "企业": ("企业台账.xlsx", "回访记录.pdf"),
    "科创": ("受理通知书.pdf", "检测报告.pdf"),
    "工程": ("验收单.pdf", "现场影像.jpg"),
    "征迁": ("签约明细.xlsx", "交地确认书.pdf"),
    "农业": ("田块签字表.xlsx", "现场影像.jpg"),
    "乡村": ("整治清单.xlsx", "现场影像.jpg"),
    "村级": ("表决记录.pdf", "合同.pdf"),
    "民生": ("服务对象签字表.xlsx", "回访记录.pdf"),
    "平安": ("检查记录.pdf", "复查意见.pdf"),
    "调解": ("调解协议.pdf", "回访记录.pdf"),
    "材料": ("报出稿.docx", "收文回执.pdf"),
}

HELPERS = {
    "占补平衡": "县自然资源局",
    "能耗指标": "县发改局",
    "变更批复": "县农业农村局",
    "地价": "自然资源所",
    "进度款": "财政所",
    "补助资金": "财政所",
    "杆线": "村建办",
    "司法所": "司法所",
    "上级口径": "党政办",
}
FIGURES, MEASURES = 0.4, 0.7
"""Shares of reports that give the figure, and (up to here) that speak of the task's own measure."""
OWN_WORDS = {
    "early": "已经启动：{measure}",
    "middle": "{measure}，正按安排推进",
    "late": "对照完成标准“{done}”逐项核对，剩余尾项正在收尾",
}


@cache
def _book() -> dict[tuple[str, str], tuple[str, ...]]:
    book: dict[tuple[str, str], list[str]] = {}
    for row in rows("phrases.txt"):
        tone, purpose, text = row.cells
        book.setdefault((tone, purpose), []).append(text)
    return {key: tuple(texts) for key, texts in book.items()}


def word(rng: random.Random, purpose: str, tone: str = "=") -> str:
    """A sentence for a purpose ("verify", "extend", …), in the terms of the kind of work if any."""
    book = _book()
    own = book.get((tone, purpose), ())
    return rng.choice(own or book["=", purpose])


def progress(rng: random.Random, task: DemoTask, percent: int, *, stuck: bool) -> str:
    """A line of progress: the snag, the figure, the task's own measure, or a common phrase."""
    if stuck:
        return rng.choice(_book()[task.tone, "stuck"])
    figure, draw = reached(task.quantity, percent), rng.random()
    if figure and draw < FIGURES:
        return rng.choice(_book()[task.tone, "figure"]).replace("{figure}", figure)
    stage = "early" if percent < 30 else "middle" if percent < 75 else "late"
    if draw < MEASURES and task.plan is not None and task.done_when:
        return OWN_WORDS[stage].format(measure=task.measure, done=task.done_when)
    return rng.choice(_book()[task.tone, stage])


def who_can_help(snag: str) -> str | None:
    """The unit that can move what a report is stuck on; None where it is the unit's own."""
    return next((unit for sign, unit in HELPERS.items() if sign in snag), None)


def reached(target: DemoQuantity | None, percent: int) -> str | None:
    """The part of the target that a share stands for; None where it is no sum to be counted."""
    if target is None or target.unit in {"", "%"} or target.value < 4 or percent == 0:
        return None
    part = (target.value * Decimal(percent) / 100).quantize(target.value)
    return f"{target.name}{part}{target.unit}" if part else None
