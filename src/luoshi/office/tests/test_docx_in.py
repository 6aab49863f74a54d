import io

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.office.answers import RejectedError
from luoshi.office.docx_in import read_docx
from luoshi.office.numbering import chinese, figure
from luoshi.office.tests.build import code_of, docx, docx_parts, p, part, zip_of

LISTS = part(
    "numbering",
    """
    <w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
      <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
    </w:abstractNum>
    <w:abstractNum w:abstractNumId="1">
      <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
      <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
      <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="1"/>
      <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
    """,
)
STYLES = part(
    "styles",
    """
    <w:style w:type="paragraph" w:styleId="a1"><w:name w:val="heading 1"/>
      <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="a2"><w:name w:val="mine"/><w:basedOn w:val="a1"/></w:style>
    <w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>
    """,
)


def item(text: str, list_id: int, depth: int = 0) -> str:
    return p(
        text, props=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def codes(data: bytes) -> list[str]:
    return [note.code for note in read_docx(data).notes]


def test_read_docx_paragraphs_are_lines():
    found = read_docx(docx(p("标题") + p() + p("第一", "段", "<w:r><w:tab/><w:t>尾</w:t></w:r>")))
    assert found.text == "标题\n\n第一段\t尾"
    assert (found.notes, found.headings) == ((), ())


def test_read_docx_automatic_numbers_are_written_out():
    inner = item("工业", 1) + item("项目", 1, 1) + item("开工", 1, 2) + item("投产", 1, 2)
    inner += item("招商", 1, 1) + item("农业", 1) + item("粮食", 1, 1)
    text = read_docx(docx(inner, numbering=LISTS)).text
    assert text == "一、工业\n（一）项目\n1.开工\n2.投产\n（二）招商\n二、农业\n（一）粮食"


def test_read_docx_nested_decimal_bullet_and_restart():
    inner = item("甲", 2) + item("乙", 2, 1) + item("丙", 2, 2) + item("丁", 3)
    assert read_docx(docx(inner, numbering=LISTS)).text == "1 甲\n1.1 乙\n•丙\n5 丁"


def test_read_docx_empty_numbered_paragraph_does_not_count():
    inner = item("甲", 1) + item("", 1) + item("乙", 1)
    assert read_docx(docx(inner, numbering=LISTS)).text == "一、甲\n\n二、乙"


def test_read_docx_heading_styles_number_and_level_come_from_parents():
    inner = (
        p("总体", props='<w:pStyle w:val="a1"/>')
        + p("正文")
        + p("其次", props='<w:pStyle w:val="a2"/>')
    )
    found = read_docx(docx(inner, numbering=LISTS, styles=STYLES))
    assert found.text == "一、总体\n正文\n二、其次"
    assert found.headings == ((0, 1), (8, 1))
    assert found.text[8:] == "二、其次"


def test_read_docx_tracked_changes_are_accepted_and_said():
    inner = p(
        "增长",
        "<w:del><w:r><w:delText>5</w:delText></w:r></w:del>",
        "<w:ins><w:r><w:t>6</w:t></w:r></w:ins>",
        "%",
    )
    found = read_docx(docx(inner))
    assert found.text == "增长6%"
    assert found.notes[0].params["which"] == "“5”"
    assert [(n.code, n.params["count"]) for n in found.notes] == [
        ("office.deletions_named", 1),
        ("office.insertions_kept", 1),
    ]


def test_read_docx_moved_text_stands_only_where_it_went():
    inner = p("<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>", "甲")
    inner += p("<w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>")
    assert read_docx(docx(inner)).text == "甲\n新处"


def test_read_docx_deleted_paragraph_end_joins_lines():
    inner = p("前半", props="<w:rPr><w:del/></w:rPr>") + p("后半")
    assert read_docx(docx(inner)).text == "前半后半"


def test_read_docx_table_rows_are_lines_with_merged_cells_repeated():
    def cell(text: str, props: str = "") -> str:
        return f"<w:tc><w:tcPr>{props}</w:tcPr>{p(text)}</w:tc>"

    begin, held, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="3"/>'
    rows = [
        cell("任务分解表", wide),
        cell("类别") + cell("任务|要求") + cell("责任单位"),
        cell("工业", begin) + cell("项目") + cell("经发办"),
        cell("", held) + cell("招商") + cell(""),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    found = read_docx(docx(p("前") + table + p("后")))
    assert (
        found.text == "前\n任务分解表\n类别|任务｜要求|责任单位\n工业|项目|经发办\n工业|招商|\n后"
    )


def test_read_docx_deleted_row_is_dropped():
    rows = f"<w:tr><w:tc>{p('甲')}</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('乙')}</w:tc></w:tr>"
    assert read_docx(docx(f"<w:tbl>{rows}</w:tbl>")).text == "甲"


def test_read_docx_what_is_left_out_is_said():
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>"
    picture = "<w:r><w:drawing><a:graphic><pic:pic/></a:graphic></w:drawing></w:r>"
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    thing = "<w:r><w:object><w:OLEObject/></w:object></w:r>"
    inner = p("目录一", props='<w:pStyle w:val="t1"/>') + p("正文", hidden, picture, note, thing)
    remarks = "<w:comment>" + p("此处请核") + "</w:comment><w:comment>" + p("同意") + "</w:comment>"
    feet = '<w:footnote w:id="-1"><w:p/></w:footnote><w:footnote w:id="1">' + p("数据来自年报")
    data = docx(
        inner,
        styles=STYLES,
        comments=part("comments", remarks),
        footnotes=part("footnotes", feet + "</w:footnote>"),
        header1=part("hdr", p("简报")),
    )
    assert read_docx(data).text == "正文"
    assert codes(data) == [
        "office.comments_named",
        "office.hidden_ignored",
        "office.contents_ignored",
        "office.pictures_ignored",
        "office.objects_ignored",
        "office.footnotes_named",
        "office.margins_named",
    ]


def test_read_docx_names_what_is_left_out_with_its_first_words():
    remarks = "".join(
        f"<w:comment>{p(f'第{n}条意见' + '长' * 20)}</w:comment>" for n in range(1, 6)
    )
    data = docx(p("正文"), comments=part("comments", remarks), header1=part("hdr", p("简报")))
    comments, margin = read_docx(data).notes
    assert comments.params["count"] == 5
    assert comments.params["which"] == (
        "“第1条意见长长长长长长长长长长…”、“第2条意见长长长长长长长长长长…”、“第3条意见长长长长长长长长长长…”等"
    )
    assert margin.params["which"] == "“简报”"


def test_read_docx_page_numbers_alone_are_not_worth_a_note():
    assert codes(docx(p("正文"), footer1=part("ftr", p("— 1 —")))) == []


def test_read_docx_text_box_is_read_once():
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert read_docx(docx(p(both, "正文"))).text == "框内\n正文"


def test_read_docx_picture_only_is_refused_with_a_hint():
    with pytest.raises(RejectedError) as refused:
        read_docx(docx(p("<w:r><w:drawing/></w:r>")))
    assert refused.value.rejected.why.code == "office.docx_blank"


def test_read_docx_what_python_docx_writes():
    paper = python_docx.Document()
    paper.add_heading("一、标题", 1)
    paper.add_paragraph("甲", style="List Number")
    paper.add_paragraph("乙", style="List Number")
    out = io.BytesIO()
    paper.save(out)
    found = read_docx(out.getvalue())
    assert (found.text, found.headings) == ("一、标题\n1.甲\n2.乙", ((0, 1),))


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (2026, "chineseCounting", "二千零二十六"),
        (1010, "chineseCounting", "一千零一十"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (2, "ideographTraditional", "乙"),
        (12, "chineseLegalSimplified", "壹贰"),
        (7, "unheardOf", "7"),
        (3, "decimalZero", "03"),
    ],
)
def test_figure_is_written_as_word_counts(value, form, written):
    assert figure(value, form) == written


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_chinese_numbers_differ_where_values_differ(one, other):
    assert (chinese(one) == chinese(other)) == (one == other)


TAGS = st.sampled_from(
    ["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:del", "w:ins", "w:pPr", "w:rPr", "w:numPr",
     "w:txbxContent", "mc:Fallback", "w:tcPr", "w:trPr"]
)  # fmt: skip
LEAVES = st.sampled_from(
    ["x", "一、", '<w:numId w:val="1"/>', '<w:ilvl w:val="99"/>', "<w:vMerge/>", "<w:vanish/>", "<w:br/>",
     '<w:gridSpan w:val="-4"/>', '<w:pStyle w:val="a2"/>', '<w:outlineLvl w:val="9999999"/>', "<w:del/>",
     "<v:textpath/>", "&#13;", "<w:sdt/>"]
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", TAGS, st.lists(inner, max_size=4)
    ),
    max_leaves=25,
)


@given(st.lists(TREES, max_size=4), TREES, TREES)
@settings(max_examples=200, deadline=None)
def test_read_docx_any_tree_is_text_or_a_sentence(trees, styles, lists):
    data = docx("".join(trees), styles=part("styles", styles), numbering=part("numbering", lists))
    assert code_of(read_docx, data) != "office.docx_damaged"


@given(st.binary(max_size=300), st.sampled_from(sorted(docx_parts(p("甲"), styles=STYLES))))
@settings(max_examples=150, deadline=None)
def test_read_docx_any_bytes_in_any_part_are_text_or_a_sentence(noise, name):
    parts = docx_parts(p("甲"), styles=STYLES)
    assert code_of(read_docx, zip_of({**parts, name: noise})) != "office.docx_damaged"


@given(st.integers(0, 3000), st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_read_docx_one_byte_changed_is_text_or_a_sentence(at, value):
    data = bytearray(docx(p("甲"), styles=STYLES, numbering=LISTS))
    data[at % len(data)] = value
    assert code_of(read_docx, bytes(data)) != "office.docx_damaged"
