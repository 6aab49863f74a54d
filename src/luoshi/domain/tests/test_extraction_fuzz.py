"""A hundred thousand texts that nobody would write: the reader neither falls nor dawdles."""

from __future__ import annotations

import random
import time

import pytest

from luoshi.domain.extraction import extract
from luoshi.domain.tests.extraction_cases import cases

CASES = 100_000
SEED = 20260618
LIMIT_S = 2.0
WORDS = [
    "一、", "（一）", "1.", "2.2021年3月11日前", "1.36亿元", "一是", "二是", "一要", "第一，", "首先，", "①", "Z01 ", "——", "●",
    "。", "；", "，", "、", "：", "！", "?", ".", "\n", "\n\n", "\t", "|", "　", " ", "“", "”", "《", "》", "（", "）", "(", ")",
    "同志们：", "过去的一年里", "但", "然而", "不足", "短板", "要", "必须", "确保", "力争", "由", "牵头", "负责", "配合", "会同",
    "责任单位：", "牵头领导:", "完成时限：", "进展情况:", "存在问题：", "下一步：", "序号|项目|进展|问题\n", "合计",
    "各村（社区）", "各部门", "经发办", "党委委员、副镇长", "我们", "群众", "项目", "产业园", "收入", "率", "增长", "达到", "不少于",
    "8%", "以上", "左右", "3个", "两户", "*亿元", "XX镇", "政F", "中y", "____", "1—3万元", "分别", "从5万元提高到10万元",
    "年底前", "6月底前", "一季度", "正月十五前", "每月25日前", "5个工作日内", "2026年", "十四五", "\u200b", "\u200f", "\u202e",
    "\ufeff", "\x07", "😀", "A" * 40, "9" * 60, "（" * 30, "“" * 20, "、" * 50, "一" * 30, "是", "的", "了",
]  # fmt: skip


def texts():
    """Mixtures of marks and words, and our own texts cut, doubled and shuffled."""
    rng = random.Random(SEED)
    own = [text for _, text, _ in cases()]
    for n in range(CASES):
        if n % 5:
            yield "".join(rng.choices(WORDS, k=rng.randrange(1, 60)))
            continue
        text = rng.choice(own)
        at, size = rng.randrange(len(text)), rng.randrange(1, 400)
        piece = list(text[at : at + size])
        for _ in range(rng.randrange(8)):
            piece.insert(rng.randrange(len(piece) + 1), rng.choice(WORDS))
        yield "".join(piece)


@pytest.mark.prove
def test_a_hundred_thousand_texts_are_read_without_a_fault():
    slowest = 0.0
    for text in texts():
        started = time.process_time()
        reading = extract(text)
        slowest = max(slowest, time.process_time() - started)
        assert "".join(text[p.start : p.end] for p in reading.passages) == text
        assert all(0 <= item.start < item.end <= len(text) for item in reading.items)
    assert slowest < LIMIT_S


@pytest.mark.prove
@pytest.mark.parametrize(
    "unit", ["要完成项目建设任务", "123456", "，但", "（一）", "\u200f\u200b", "“", "年底前"]
)
def test_a_long_text_without_a_stop_is_read_in_linear_time(unit):
    spent = []
    for size in (100_000, 1_000_000):
        text = unit * (size // len(unit))
        started = time.process_time()
        extract(text)
        spent.append(time.process_time() - started)
    assert spent[1] < 30 * max(spent[0], 0.02), spent
