"""One ledger and one task table told in many forms: what is read does not hang on the form."""

import pytest

from luoshi.domain.extraction import extract

TITLE = "杨集镇重点项目推进台账（2026年4月）\n"
HEADS = [
    "总投资",
    "签约时间",
    "当前阶段",
    "进展情况",
    "卡点堵点",
    "下一步打算",
    "领衔领导",
    "主责单位",
]
ROWS = [
    ("粮食烘干中心", ["6800万元", "2025年3月", "在建", "已完成征地86亩", "供电容量不足", "6月底前增容到位", "镇长", "经发办"]),
    ("古村民宿集群", ["1.5亿元", "2025.11", "签约未落地", "正在编制可研", "暂无", "7月上旬约谈投资方，明确去留", "人大主席", "招商办"]),
]  # fmt: skip
ITEMS = [
    ("achievement", "已完成征地86亩", set(), None),
    ("problem", "供电容量不足", set(), None),
    ("task", "6月底前增容到位", {"镇长", "经发办"}, "2026-06-30"),
    ("achievement", "正在编制可研", set(), None),
    ("task", "7月上旬约谈投资方，明确去留", {"人大主席", "招商办"}, "2026-07-10"),
]


def lines(sign: str) -> str:
    """A head and its rows, cells held apart by a sign."""
    rows = [sign.join([str(n), name, *cells]) for n, (name, cells) in enumerate(ROWS, 1)]
    return "\n".join([sign.join(["序号", "项目名称", *HEADS]), *rows])


def entries(before: str, sign: str, after: str) -> str:
    """Numbered entries whose cells carry their heads."""
    told = []
    for n, (name, cells) in enumerate(ROWS):
        pairs = [f"{head}：{cell}" for head, cell in zip(HEADS, cells, strict=True)]
        told.append(before.format("一二"[n], n + 1, name) + sign.join(pairs) + after)
    return "\n".join(told)


FORMS = {
    "tabs": lines("\t"),
    "bars": lines("|"),
    "a cell a line": lines("\n"),
    "cards under a number": entries("{1}. {2}\n", "\n", ""),
    "cards under a mark": entries("（{0}）{2}\n", "\n", ""),
    "cards with a name": entries("项目名称：{2}\n", "\n", ""),
    "semicolons": entries("{1}、{2}。", "；", "。"),
    "stops": entries("（{0}）{2}。", "。", "。"),
    "keyed bars": entries("{1} {2} | ", " | ", ""),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_ledger_reads_the_same_in_every_form(form):
    text = TITLE + FORMS[form] + "\n"
    items = extract(text).items
    found = [
        (
            item.kind,
            text[item.start : item.end],
            set(item.responsible),
            item.deadline.norm if item.deadline else None,
        )
        for item in items
    ]
    assert found == ITEMS


@pytest.mark.parametrize(
    "form",
    [
        "序号\t工作任务\t牵头县领导\t主责部门\t量化目标\t时间要求\n1\t林长制改革\t王建军\t应急办、派出所\t设立护林站点9个\t2026.08",
        "1.林长制改革\n量化目标：设立护林站点9个\n牵头县领导：王建军\n主责部门：应急办、派出所\n计划完成时间：2026.08",
        "1.设立护林站点9个。（牵头县领导：王建军；主责部门：应急办、派出所；时限要求：2026年8月）",
    ],
    ids=["table", "labels", "bracket"],
)
def test_a_task_reads_the_same_in_a_table_under_labels_and_in_a_bracket(form):
    text = f"2026年重点工作任务分解表\n{form}\n"
    (item,) = [item for item in extract(text).items if item.kind == "task"]
    assert text[item.start : item.end] == "设立护林站点9个"
    assert set(item.responsible) == {"王建军", "应急办", "派出所"}
    assert item.deadline
    assert item.deadline.norm in {"2026-08-31", "2026-08"}
    assert item.path == ("1",)


def test_a_head_that_names_year_and_quarter_holds_the_task():
    text = "工作清单\n序号\t项目\t2026年一季度目标\t责任单位\n1\t校舍\t完成设计\t教育办\n"
    (item,) = [item for item in extract(text).items if item.kind == "task"]
    assert "完成设计" in text[item.start : item.end]
