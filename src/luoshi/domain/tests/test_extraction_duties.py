"""What a clause of the plan part asks, and what only describes or professes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.extraction import extract
from luoshi.domain.extraction.duties import weigh

HEAD = "在全镇工作会议上的讲话\n（2026年1月8日）\n二、下一步工作安排\n"


def kinds(*sentences):
    reading = extract(
        "关于2026年工作的报告\n二、2026年工作安排\n" + "".join(f"{s}。" for s in sentences)
    )
    return [item.kind for item in reading.items]


@pytest.mark.parametrize(
    ("clause", "kind"),
    [
        ("当前外部形势依然错综复杂，机遇期和基本面没有改变", "boilerplate"),
        ("市场主体活力将进一步迸发", "boilerplate"),
        ("始终牢记初心使命，增强大局意识，坚定发展信心", "principle"),
        ("新建标准厂房3万平方米，引进企业5家", "task"),
        ("主动接受群众监督，办好代表建议", "task"),
        ("紧盯重点区域和龙头企业，实行精准招商", "task"),
        ("发展是硬道理，项目是硬支撑", "boilerplate"),
    ],
)
def test_plan_part_asks_professes_or_describes(clause, kind):
    assert kinds("抓好项目建设，新开工项目6个", clause)[-1] == kind


def test_figure_makes_a_bare_description_a_duty():
    assert kinds("抓好项目建设，新开工项目6个", "全年规上工业企业净增12家")[-1] in {
        "task",
        "indicator",
    }


@given(st.lists(st.sampled_from(["新建道路", "牢记使命", "形势向好", "以项目为抓手"]), max_size=12))
def test_weights_count_each_part_once_whatever_their_order(parts):
    there, back = weigh(",".join(parts)), weigh(",".join(reversed(parts)))
    assert there == back
    assert there.acts + there.professes + there.states <= len(parts)


def test_grounds_of_a_commendation_are_apart_from_the_honour():
    text = "关于表扬2025年度先进集体的决定\n为表彰先进，树立导向，镇党委、镇政府决定授予柳溪村“先进村”称号。"
    reading = extract(text)
    assert [(item.kind, text[item.start : item.end][:6]) for item in reading.items] == [
        ("boilerplate", "为表彰先进，"),
        ("achievement", "镇党委、镇政"),
    ]


def test_masked_place_is_no_figure_and_a_masked_figure_is_missing():
    text = HEAD + "各部门要立足*镇实际梳理资源，全年完成税收*亿元。"
    (item,) = extract(text).items
    assert [(q.value, q.unit) for q in item.quantities] == [(None, "亿元")]


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("各县区、园区引进超10亿元项目2个以上", ("各县区", "园区")),
        ("请各牵头单位按照任务分工再细化", ("各牵头单位",)),
        ("其他责任单位要积极配合", ("其他责任单位",)),
        ("所在市、县人民政府要落实配套资金", ("所在市、县人民政府",)),
        ("镇分管领导对领办事项要牵头抓总", ("镇分管领导",)),
        ("加快合作社培育，推进联合社规范运行", ()),
        ("有效降低企业要素成本", ()),
    ],
)
def test_subject_of_a_duty_is_who_is_responsible(clause, names):
    (item,) = extract(HEAD + clause + "。").items
    assert item.responsible == names


def test_size_of_a_project_is_no_target():
    (item,) = extract(HEAD + "要引进超10亿元重大项目2个以上。").items
    assert [(q.op, q.unit) for q in item.quantities] == [(">=", "个")]


def test_ledger_of_labels_and_codes_is_read_by_its_labels():
    text = (
        "项目推进台账（2026年5月）\n"
        "A01 高端泵阀项目\n阶段：签约未落地\n卡点：选址未定\n下一节点：6月20日前完成选址\n责任单位：项目中心\n"
        "A02 竹制品加工项目\n阶段：已投产\n下一节点：7月底前申报入规\n责任单位：经发办\n"
    )
    found = [(i.kind, i.path, text[i.start : i.end]) for i in extract(text).items]
    assert ("problem", ("A01",), "选址未定") in found
    assert ("task", ("A01",), "6月20日前完成选址") in found
    assert ("task", ("A02",), "7月底前申报入规") in found
    assert not any("签约未落地" in words for _, _, words in found)


def test_row_with_an_act_as_content_asks_for_it_and_for_the_next_step_in_a_ledger():
    text = (
        "重点项目台账（2026年5月）\n"
        "序号|项目名称|建设内容|进展情况|存在问题|下步措施|责任单位\n"
        "1|污水管网改造|改造管网6公里|完成3公里|无|10月底前完工|村建办\n"
    )
    items = extract(text).items
    assert [i.kind for i in items] == ["task", "achievement", "task"]
    assert text[items[0].start : items[0].end] == "污水管网改造|改造管网6公里"
    assert (items[2].deadline.norm, items[2].responsible) == ("2026-10-31", ("村建办",))


def test_row_whose_content_only_describes_asks_for_the_step_alone():
    text = (
        "重点项目台账（2026年5月）\n"
        "序号|项目名称|建设内容|进展情况|存在问题|下步措施|责任单位\n"
        "1|光伏电站|装机容量6兆瓦|完成支架3排|无|10月底前完工|村建办\n"
    )
    assert [item.kind for item in extract(text).items] == ["achievement", "task"]
