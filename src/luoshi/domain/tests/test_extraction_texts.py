"""The extraction law on labelled texts of our own: kinds, units, days and figures by form."""

import pytest

from luoshi.domain.extraction import extract
from luoshi.domain.tests.extraction_cases import cases, matched, told

DUTIES = frozenset({"goal", "indicator", "task", "problem", "achievement"})
CASES = list(cases())


@pytest.mark.parametrize(("text", "labels"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_reading_of_a_labelled_text_finds_its_items(text, labels):
    pairs, extra, missed = matched(text, extract(text), labels, kinds=DUTIES)
    assert 2 * len(pairs) / (2 * len(pairs) + len(extra) + len(missed)) >= 0.9


@pytest.mark.parametrize("field", ["r", "d", "q"])
def test_fields_of_labelled_items_are_read_as_written(field):
    right = over = short = 0
    for _name, text, labels in CASES:
        pairs, _, _ = matched(text, extract(text), labels, kinds=DUTIES)
        for item, label in pairs:
            wanted = {word for word in label.fields.get(field, "").split("/") if word}
            have = told(item, field)
            right += len(wanted & have)
            over += len(have - wanted)
            short += len(wanted - have)
    assert right > 20
    assert 2 * right / (2 * right + over + short) >= 0.88


def test_year_of_a_speech_is_the_year_it_plans():
    text = "讲话\n2023年,是不寻常的一年。我们修了路。\n2024年,是攻坚的一年。各村要修渠3公里。"
    assert extract(text).year == 2024


def test_heading_with_but_splits_and_leaves_its_section_alone():
    text = "工作情况汇报\n一、工作进展\n(一)民生改善明显,但仍有短板。10件民生实事完成9件。\n"
    found = [(i.kind, text[i.start : i.end]) for i in extract(text, year=2026).items]
    assert found == [
        ("achievement", "民生改善明显"),
        ("problem", "但仍有短板"),
        ("achievement", "10件民生实事完成9件"),
    ]


def test_plan_year_is_the_year_called_key_not_the_year_called_past():
    """2024年，是……的关键年 names the plan year, however often the year before is told."""
    text = (
        "一、回首来路，肯定成绩\n2023年，是极不平凡的一年。2023年，全镇税收增长5%。\n"
        "二、展望新程，接续奋斗\n2024年，是转型提升的冲刺年，要抓好招商。"
    )
    reading = extract(text)
    assert reading.year == 2024
    assert [section.part for section in reading.sections[1:]] == ["review", "plan"]


def test_purpose_of_a_meeting_is_no_task():
    """主要任务是总结……: a purpose is told at the opening, nobody is asked for it."""
    text = (
        "同志们:\n今天，我们召开总结会。主要任务是总结过去一年的工作，安排部署新一年的工作。\n一、2026年的工作\n要抓好招商。"
        + "全镇要抓好项目建设。" * 20
    )
    first = [item.kind for item in extract(text).items[:3]]
    assert "task" not in first
