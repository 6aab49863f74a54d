import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.office.marking import HEAD_LINES, marking

SAMPLES = Path(__file__).parents[4].parent / "shared" / "samples"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★1年", "机密"),
        ("机密*1年", "机密"),
        ("秘 密 ★ 1 年", "秘密"),
        ("000001        机密★1年", "机密"),
        ("机密★1年  特急", "机密"),
        ("秘密特急", "秘密"),
        ("★秘密★启用前", "秘密"),
        ("密级：绝密", "绝密"),
        ("絕密", "绝密"),
        ("㊙", "秘密"),
        ("机密 镇党委会议纪要", "机密"),
        ("内部资料，注意保存", "内部资料"),
        ("内部资料　第3期", "内部资料"),
        ("【内部文件】某镇简报", "内部"),
        ("（内部资料，请勿外传）", "内部资料"),
        ("仅供内部使用", "内部"),
        ("內部資料", "内部资料"),
        ("内部", "内部"),
        ("★", "★"),
        ("正文\n" * 40 + "秘密★2年", "秘密"),
        ("正文\n" * 40 + "\f内部", "内部"),
    ],
)
def test_marking_in_a_marking_place_is_found(text, mark):
    assert marking(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "严格保守国家秘密",
        "加强商业秘密保护",
        "内部管理办法",
        "内部控制",
        "机密文件管理规定",
        "机密级计算机管理",
        "关于做好工作秘密管理的通知",
        "标注“秘密★1年”的文件不得上传",
        "不得泄露绝密、机密、秘密",
        "绝密、机密、秘密三级",
        "★★★",
        "★重点工作：一是抓好项目",
        "注意保存好票据，按时报销",
        "（一）内部管理",
        "内部审计|财政所|6月",
        "内部环境",
        "正文\n" * HEAD_LINES + "内部",
        "",
        "\n\n",
    ],
)
def test_marking_word_in_running_prose_is_no_marking(text):
    assert marking(text) is None


def test_marking_in_a_header_needs_no_head_lines():
    assert marking("某镇简报\n" * 30 + "内部", header=True) == "内部"


def test_marking_published_texts_bear_none():
    if not SAMPLES.is_dir():
        pytest.skip("…/shared/samples is not here")
    texts = sorted(SAMPLES.glob("*/*.txt"))
    assert len(texts) > 50
    assert [path.name for path in texts if marking(path.read_text("utf-8"))] == []


@given(
    st.text(
        alphabet=st.sampled_from("绝机秘密内部资料★注意保存1年 　\n\f（）【】|，。:甲乙"),
        max_size=80,
    )
)
def test_marking_of_any_text_is_a_known_mark_or_none(text):
    assert marking(text) in {
        None,
        "绝密",
        "机密",
        "秘密",
        "工作秘密",
        "内部资料",
        "内部",
        "注意保存",
        "★",
    }


@given(st.sampled_from(["绝密", "机密", "秘密"]), st.integers(1, 30), st.integers(0, 30))
def test_marking_starred_line_is_found_on_any_line(level, years, above):
    assert marking("正文一行。\n" * above + f"{level}★{years}年\n正文") == level


@pytest.mark.parametrize("line", ["密\n", "\f\n", "\n", "内部环境\n", "密 "])
def test_marking_work_is_bounded_for_long_texts(line):
    text = line * (4_000_000 // len(line))
    before = time.process_time()
    assert marking(text) is None
    assert time.process_time() - before < 1
