import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date

import pytest

from luoshi.office.docx_in import read_docx
from luoshi.office.docx_out import Heading, Para, Run, Table, heading_mark, official_document
from luoshi.office.screen import screen

SENTENCE = "全镇上下要进一步统一思想凝聚共识坚定信心开拓奋进为推动高质量发展再上新台阶而努力奋斗"
BLOCKS = (
    Para(["同志们："], indent=False),
    Heading(1, "工业经济稳中有进"),
    Heading(2, "项目建设"),
    Heading(3, "新开工项目"),
    Heading(4, "招商项目"),
    Para(["完成投资", Run("待补", missing=True), "亿元。"]),
    Heading(2, "招商引资"),
    Heading(1, "存在的“不足”"),
    Table(
        (("序号", "项目", "责任单位"), ("1", "智慧|农业", "农业办"), ("2", "冷链")),
        widths=(1, 3, 2),
    ),
)
MM = 1440 / 25.4


def written(*blocks, title="云岭镇2025年工作总结", **rest) -> bytes:
    return official_document(title, blocks, **rest)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def body(data: bytes) -> str:
    return part(data, "word/document.xml")


def paragraph(xml: str, text: str) -> str:
    return next(
        p for p in re.findall(r"<w:p>.*?</w:p>", xml, re.DOTALL) if text in re.sub("<[^>]+>", "", p)
    )


def test_document_page_is_a4_with_the_margins_and_grid_of_the_standard():
    xml = body(written(*BLOCKS))
    size = re.search(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"', xml)
    assert (int(size[1]), int(size[2])) == (11906, 16838)
    margins = dict(re.findall(r'w:(top|bottom|left|right)="(\d+)"', xml[xml.rindex("<w:pgMar") :]))
    wanted = {"top": 37, "bottom": 35, "left": 28, "right": 26}
    assert all(abs(int(margins[side]) - mm * MM) < 1 for side, mm in wanted.items())
    pitch = int(re.search(r'<w:docGrid w:type="lines" w:linePitch="(\d+)"', xml)[1])
    height = 16838 - int(margins["top"]) - int(margins["bottom"])
    assert height // pitch == 22
    assert 28 <= pitch / 20 <= 29


def test_document_letters_are_sanhao_and_28_fill_a_line():
    styles = part(written(*BLOCKS), "word/styles.xml")
    normal = styles[styles.index('w:styleId="Normal"') :].split("</w:style>")[0]
    points = int(re.search(r'<w:sz w:val="(\d+)"', normal)[1]) / 2
    closer = int(re.search(r'<w:spacing w:val="(-?\d+)"', normal)[1]) / 20
    assert points == 16
    width = (11906 - 1588 - 1474) / 20
    assert int(width / (points + closer)) == 28
    assert 'w:eastAsia="仿宋_GB2312"' in normal
    assert "eastAsiaTheme" not in normal


@pytest.mark.parametrize(
    ("text", "font", "half_points"),
    [
        ("云岭镇2025年工作总结", "方正小标宋简体", 44),
        ("一、工业经济", "黑体", 32),
        ("（一）项目建设", "楷体_GB2312", 32),
        ("1.新开工项目", "仿宋_GB2312", 32),
        ("（1）招商项目", "仿宋_GB2312", 32),
        ("完成投资", "仿宋_GB2312", 32),
    ],
)
def test_document_faces_and_sizes_are_those_of_the_standard(text, font, half_points):
    found = paragraph(body(written(*BLOCKS)), text)
    assert set(re.findall(r'w:eastAsia="([^"]+)"', found)) == {font}
    assert set(re.findall(r'<w:sz w:val="(\d+)"', found)) == {str(half_points)}


def test_document_body_is_indented_by_two_characters_on_exact_lines():
    found = paragraph(body(written(*BLOCKS)), "完成投资")
    assert 'w:firstLineChars="200"' in found
    assert 'w:lineRule="exact"' in found
    assert 560 <= int(re.search(r'w:line="(\d+)"', found)[1]) <= 580
    assert 'w:firstLineChars="' not in paragraph(body(written(*BLOCKS)), "同志们")


def test_document_missing_figure_is_highlighted_and_nothing_else_is():
    xml = body(written(*BLOCKS))
    marked = [run for run in re.findall(r"<w:r>.*?</w:r>", xml, re.DOTALL) if "w:highlight" in run]
    assert [re.sub("<[^>]+>", "", run) for run in marked] == ["待补"]


def test_document_pages_are_numbered_at_the_outer_foot():
    data = written(*BLOCKS)
    assert "w:evenAndOddHeaders" in part(data, "word/settings.xml")
    feet = {name: part(data, f"word/{name}.xml") for name in ("footer1", "footer2")}
    sides = sorted(re.search(r'<w:jc w:val="(\w+)"', xml)[1] for xml in feet.values())
    assert sides == ["left", "right"]
    for xml in feet.values():
        assert re.sub("<[^>]+>", "", xml).replace("\n", "").split("?>")[-1] == "—  PAGE 1 —"
        assert set(re.findall(r'<w:sz w:val="(\d+)"', xml)) == {"28"}
        assert set(re.findall(r'w:eastAsia="([^"]+)"', xml)) == {"宋体"}


def test_document_fonts_have_fall_backs():
    table = part(written(*BLOCKS), "word/fontTable.xml")
    for name in ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"):
        assert re.search(rf'<w:font w:name="{name}"><w:altName w:val="[^"]+,[^"]+"/>', table)


def test_document_table_head_repeats_and_rows_do_not_split():
    xml = body(written(*BLOCKS))
    assert (xml.count("<w:tblHeader/>"), xml.count("<w:cantSplit/>")) == (1, 3)
    widths = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert sum(widths) <= 11906 - 1588 - 1474
    assert widths[1] == pytest.approx(3 * widths[0], abs=3)


def test_document_is_read_again_as_it_was_meant():
    data = written(*BLOCKS, signature="中共云岭镇委员会", dated=date(2026, 6, 18))
    found = read_docx(data)
    assert found.text.split("\n") == [
        "云岭镇2025年工作总结", "", "同志们：", "一、工业经济稳中有进", "（一）项目建设", "1.新开工项目", "（1）招商项目",
        "完成投资待补亿元。", "（二）招商引资", "二、存在的“不足”", "序号|项目|责任单位", "1|智慧｜农业|农业办", "2|冷链|", "",
        "中共云岭镇委员会", "2026年6月18日",
    ]  # fmt: skip
    assert [level for _, level in found.headings] == [1, 2, 3, 4, 2, 1]
    assert found.notes == ()
    assert screen("a.docx", data).kind == "docx"


def test_document_headings_may_keep_their_own_numbers():
    text = read_docx(written(Heading(1, "三、其他", numbered=False), Heading(1, "附则"))).text
    assert text.endswith("三、其他\n一、附则")
    assert heading_mark(2, 12) == "（十二）"
    with pytest.raises(ValueError, match="level 5"):
        written(Heading(5, "x"))


@pytest.mark.parametrize(
    ("office", "office_right", "day_right"),
    [
        ("中共云岭镇委员会", 250, 200),
        ("中共云岭镇委员会党政综合办公室", 200, 850),
        ("镇政府", 750, 200),
    ],
)
def test_document_date_begins_two_characters_right_of_the_office(office, office_right, day_right):
    xml = body(written(signature=office, dated=date(2026, 6, 18)))
    found = [
        int(re.search(r'w:rightChars="(\d+)"', paragraph(xml, t))[1])
        for t in (office, "2026年6月18日")
    ]
    assert found == [office_right, day_right]


def test_document_hostile_text_stays_text():
    text = "<w:p>&amp;\x00\x0b{{ 7*7 }}<script>\ud800"
    found = read_docx(written(Para([text]), Table([[text]]), title=text, signature=text)).text
    assert found.count("<w:p>&amp;{{ 7*7 }}<script>") == 4


def test_document_same_input_gives_the_same_words_and_date():
    one, other = (written(*BLOCKS, dated=date(2026, 6, 18)) for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(one)) as a, zipfile.ZipFile(io.BytesIO(other)) as b:
        assert {n: a.read(n) for n in a.namelist()} == {n: b.read(n) for n in b.namelist()}
        assert "2026-06-18" in a.read("docProps/core.xml").decode()


def _office() -> str:
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        pytest.skip("libreoffice-writer-nogui and poppler-utils are not here")
    return str(shutil.which("soffice"))


@pytest.mark.browser
def test_document_rendered_has_22_lines_of_28_characters(tmp_path):
    office = _office()
    data = written(*[Para([SENTENCE * 12]) for _ in range(8)], dated=date(2026, 6, 18))
    (tmp_path / "a.docx").write_bytes(data)
    home = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    convert = [
        office,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, env=home, timeout=120)
    pdf = str(tmp_path / "a.pdf")
    boxes = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = boxes.split("<page ")[1:]
    assert len(pages) >= 4
    width, height = (
        float(n) for n in re.search(r'width="([\d.]+)" height="([\d.]+)"', pages[0]).groups()
    )
    assert (round(width), round(height)) == (595, 842)
    for number, page in enumerate(pages[1:-1], 2):
        words = re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
        )
        lines: Counter[int] = Counter()
        edges = []
        for left, top, right, _, text in words:
            if "—" in text or text.isdigit():
                edges.append((float(left), float(right)))
                continue
            lines[round(float(top))] += len(text)
        assert len(lines) == 22, number
        assert Counter(lines.values()).most_common(1)[0][0] == 28, number
        middle = sum(sum(edge) for edge in edges) / (2 * len(edges))
        assert (middle > width / 2) == (number % 2 == 1), number
    pictures = ["pdftoppm", "-r", "40", "-f", "1", "-l", "1", "-gray", pdf, str(tmp_path / "p")]
    subprocess.run(pictures, check=True, capture_output=True)
    drawn = next(tmp_path.glob("p*.pgm")).read_bytes()
    assert min(drawn[-200_000:]) < 128 < max(drawn)
