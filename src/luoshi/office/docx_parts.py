"""The measures of GB/T 9704-2012 and the XML that states them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips

from luoshi.office.plain import printable

FANGSONG, HEITI, KAITI = "仿宋_GB2312", "黑体", "楷体_GB2312"
TITLE_FONT, PAGE_FONT, LATIN = "方正小标宋简体", "宋体", "Times New Roman"
HEADING_FONTS = (HEITI, KAITI, FANGSONG, FANGSONG)
FALL_BACKS = {
    FANGSONG: ("FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong"),
    KAITI: ("KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti"),
    HEITI: ("SimHei", "思源黑体", "Noto Sans CJK SC"),
    TITLE_FONT: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "华文中宋", "STZhongsong", "宋体"),
    PAGE_FONT: ("SimSun", "Noto Serif CJK SC"),
}
"""Other names of the same face, written into the file's font table for machines without it."""

BODY_POINTS, TITLE_POINTS, PAGE_POINTS, TABLE_POINTS = 16.0, 22.0, 14.0, 12.0
PAGE_WIDTH, PAGE_HEIGHT = 11_906, 16_838
TOP, BOTTOM, LEFT, RIGHT = 2_098, 1_984, 1_588, 1_474
LINES, CHARACTERS = 22, 28
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
LINE = (PAGE_HEIGHT - TOP - BOTTOM) // LINES
"""One line of the grid in twips: 225 mm over 22 lines, rounded down so that the last one fits."""

TITLE_LINE = 700
CONDENSED = TEXT_WIDTH // CHARACTERS - int(BODY_POINTS * 20)
"""By how many twips letters stand closer: 156 mm hold 28 letters only if each is under 16 points.

A grid of type linesAndChars would say the same to Word, but LibreOffice then gives every letter
that is wider than its cell two cells, 14 to a line; so the grid counts lines and the letters move.
"""

CHARACTER = int(BODY_POINTS * 20) + CONDENSED
"""One character of the line in twips."""

TEAR = "－ － － － － － － － － － 沿 此 线 撕 下 － － － － － － － － － －"
"""The line along which a receipt is torn off: one line at 小四."""

_FORM_ROW = 440
_FOOT = Mm(25.5)
_TABLE_LINE = 400
_ALIGN = {"both": 3, "center": 1, "right": 2, "left": 0}


def element(tag: str, **attributes: object) -> Any:  # noqa: ANN401 - python-docx is untyped
    """An element of the word vocabulary with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_fonts(properties: Any, font: str) -> None:  # noqa: ANN401
    """Name the face for Chinese and Latin; theme faces would win over it and are removed."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = element("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=font, cs=LATIN, hint="eastAsia")
    properties.insert(0, fonts)


def add_run(
    paragraph: Any,  # noqa: ANN401
    text: str,
    *,
    font: str = FANGSONG,
    points: float = BODY_POINTS,
    bold: bool = False,
    missing: bool = False,
) -> None:
    """A run in a face and size; `missing` is highlighted."""
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    run.bold = True if bold else None
    set_fonts(run._r.get_or_add_rPr(), font)  # noqa: SLF001 - python-docx names its XML so
    if missing:
        run.font.highlight_color = 7


def paragraph_layout(
    paragraph: Any,  # noqa: ANN401
    *,
    line: int = LINE,
    indent: int = 0,
    align: str = "both",
    right: float = 0.0,
    keep: bool = False,
) -> None:
    """Exact line height in twips (off the grid unless a grid line), indents in characters."""
    layout = paragraph.paragraph_format
    layout.line_spacing = Twips(line)
    layout.line_spacing_rule = 4
    layout.space_before = layout.space_after = Pt(0)
    layout.alignment = _ALIGN[align]
    layout.keep_with_next = True if keep else None
    if line != LINE:
        off = element("snapToGrid", val=0)
        place(paragraph._p.get_or_add_pPr(), off, ("spacing", "ind", "jc"))  # noqa: SLF001
    if indent or right:
        properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
        layout.first_line_indent = Twips(round(indent * CHARACTER))
        layout.right_indent = Twips(round(right * CHARACTER))
        held = properties.find(qn("w:ind"))
        if indent:
            held.set(qn("w:firstLineChars"), str(indent * 100))
        if right:
            held.set(qn("w:rightChars"), str(round(right * 100)))


def set_document(document: Any, title: str, instant: datetime) -> None:  # noqa: ANN401
    """Page, grid, styles, fonts, page numbers and properties of a new document."""
    _set_page(document.sections[0])
    _set_styles(document)
    _set_settings(document)
    _set_font_table(document)
    section = document.sections[0]
    _page_number(section.footer, align="right")
    _page_number(section.even_page_footer, align="left")
    held = document.core_properties
    held.title, held.author, held.comments, held.last_modified_by = title[:255], "", "", ""
    held.created = held.modified = instant
    held.language = "zh-CN"


def _set_page(section: Any) -> None:  # noqa: ANN401
    """A4, the margins, and the grid of 22 lines."""
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Twips(TOP), Twips(BOTTOM)
    section.left_margin, section.right_margin = Twips(LEFT), Twips(RIGHT)
    section.header_distance, section.footer_distance = Mm(15), _FOOT
    properties = section._sectPr  # noqa: SLF001
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(element("docGrid", type="lines", linePitch=LINE))


def _set_styles(document: Any) -> None:  # noqa: ANN401
    """Normal is 3号 仿宋 on the grid; headings keep their level but lose colour and space."""
    for number, name in enumerate(("Normal", *(f"Heading {n}" for n in range(1, 5)))):
        style = document.styles[name]
        font = FANGSONG if number == 0 else HEADING_FONTS[number - 1]
        style.font.size, style.font.bold, style.font.italic = Pt(BODY_POINTS), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        properties = style.element.get_or_add_rPr()
        set_fonts(properties, font)
        for old in properties.findall(qn("w:lang")):
            properties.remove(old)
        properties.append(element("lang", val="en-US", eastAsia="zh-CN"))
        layout = style.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.widow_control = False
        paragraph = style.element.get_or_add_pPr()
        for tag in ("autoSpaceDE", "autoSpaceDN"):
            place(paragraph, element(tag, val=0), ("spacing", "ind", "jc", "outlineLvl"))
        if number == 0:
            place(properties, element("spacing", val=CONDENSED), ("sz", "szCs", "lang"))


def place(parent: Any, made: Any, before: Sequence[str]) -> None:  # noqa: ANN401
    """Put an element before the first of those that the schema wants after it."""
    found = [child for name in before for child in parent.findall(qn(f"w:{name}"))]
    if found:
        found[0].addprevious(made)
    else:
        parent.append(made)


def _set_settings(document: Any) -> None:  # noqa: ANN401
    """Odd and even feet differ; punctuation is not squeezed, so that the grid holds."""
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    root = settings.element
    for old in root.findall(qn("w:characterSpacingControl")):
        root.remove(old)
    control = element("characterSpacingControl", val="doNotCompress")
    later = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "rsids", "themeFontLang")
    place(root, control, later)


def _set_font_table(document: Any) -> None:  # noqa: ANN401
    """State the other names of each face, so that a machine without it takes the nearest."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{",".join(others)}"/>'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
        for name, others in FALL_BACKS.items()
    )
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<w:fonts xmlns:w="{space}">{fonts}</w:fonts>'
    )
    document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = xml.encode()  # noqa: SLF001


def _page_number(foot: Any, *, align: str) -> None:  # noqa: ANN401
    """— 1 — in 4号, one character from the outer edge."""
    foot.is_linked_to_previous = False
    paragraph = foot.paragraphs[0]
    paragraph.style = "Normal"
    paragraph_layout(paragraph, line=280, align=align)
    side = paragraph.paragraph_format
    if align == "right":
        side.right_indent = Pt(PAGE_POINTS)
    else:
        side.left_indent = Pt(PAGE_POINTS)
    add_run(paragraph, "— ", font=PAGE_FONT, points=PAGE_POINTS)
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("shown", "1"), ("end", "")):
        run = paragraph.add_run(text if kind == "shown" else "")
        run.font.size = Pt(PAGE_POINTS)
        set_fonts(run._r.get_or_add_rPr(), PAGE_FONT)  # noqa: SLF001
        if kind == "":
            instruction = element("instrText")
            instruction.text = f" {text} "
            run._r.append(instruction)  # noqa: SLF001
        elif kind != "shown":
            run._r.append(element("fldChar", fldCharType=kind))  # noqa: SLF001
    add_run(paragraph, " —", font=PAGE_FONT, points=PAGE_POINTS)


def write_table(
    document: Any,  # noqa: ANN401
    rows: Sequence[Sequence[str]],
    head: int,
    widths: Sequence[float],
) -> None:
    """A ruled table across the page; rows are not split, head rows repeat.

    Without head rows it is a form: every other column, from the first, holds labels, and rows
    leave room for a hand.
    """
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    twips = _column_widths(rows, columns, widths)
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid"
    table.autofit = False
    table.alignment = 1
    for column, width in zip(table.columns, twips, strict=True):
        column.width = Twips(width)
    for number, texts in enumerate(rows):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001
        properties.append(element("cantSplit"))
        if not head:
            properties.append(element("trHeight", val=_FORM_ROW, hRule="atLeast"))
        if number < head:
            properties.append(element("tblHeader"))
        padded = [*texts, *[""] * (columns - len(texts))]
        for at, (cell, text, width) in enumerate(zip(row.cells, padded, twips, strict=True)):
            is_label = number < head or (not head and at % 2 == 0)
            _fill(cell, printable(text), width, is_head=is_label)


def _column_widths(
    rows: Sequence[Sequence[str]], columns: int, widths: Sequence[float]
) -> list[int]:
    """The page's width shared out: as told, or by each column's longest text."""
    shares = [float(width) for width in widths]
    if len(shares) != columns or min(shares) <= 0:
        longest = [0] * columns
        for row in rows:
            for number, text in enumerate(row):
                longest[number] = max(longest[number], len(text))
        shares = [float(min(max(length, 3), 20)) for length in longest]
    return [int(TEXT_WIDTH * share / sum(shares)) for share in shares]


def _fill(cell: Any, text: str, width: int, *, is_head: bool) -> None:  # noqa: ANN401
    """One cell: 小四, head rows and labels in 黑体 and centred."""
    cell.width = Twips(width)
    cell.vertical_alignment = 1
    paragraph = cell.paragraphs[0]
    paragraph_layout(paragraph, line=_TABLE_LINE, align="center" if is_head else "left")
    font = HEITI if is_head else FANGSONG
    add_run(paragraph, text, font=font, points=TABLE_POINTS)
