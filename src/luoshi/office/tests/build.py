"""Builders of Word packages, workbooks and compound files, honest and hostile."""

import io
import random
import struct
import zipfile
from collections.abc import Callable

from luoshi.office.answers import RejectedError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def zip_of(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def rels(*lines: tuple[str, str] | tuple[str, str, bool]) -> str:
    outside = ' TargetMode="External"'
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{line[0]}" Target="{line[1]}"'
        f"{outside if len(line) > 2 and line[2] else ''}/>"
        for n, line in enumerate(lines)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def p(*runs: str, props: str = "") -> str:
    inner = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inner}</w:p>"


def body(inner: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>"


def docx_parts(inner: str, *lines: tuple, **parts: str | bytes) -> dict[str, bytes | str]:
    """The parts of a document; `numbering`, `styles`, `header1`… go to word/<name>.xml with a relation."""
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": rels(("officeDocument", "word/document.xml")),
        "word/document.xml": inner if inner.startswith("<?xml") else body(inner),
    }
    related = [(name.rstrip("0123456789"), f"{name}.xml") for name in parts]
    made["word/_rels/document.xml.rels"] = rels(*related, *lines)
    for name, data in parts.items():
        made[f"word/{name}.xml"] = data
    return made


def docx(inner: str, *lines: tuple, **parts: str | bytes) -> bytes:
    return zip_of(docx_parts(inner, *lines, **parts))


def part(tag: str, inner: str) -> str:
    return f"<w:{tag} {NAMESPACES}>{inner}</w:{tag}>"


def xlsx(sheet: str, extra: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook of one sheet whose XML is given."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return zip_of(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": rels(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{R}"><sheets>'
            '<sheet name="表一" sheetId="1" r:id="r0"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": rels(("worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": sheet.replace(
                "<worksheet>", f'<worksheet xmlns="{space}">'
            ),
            **(extra or {}),
        }
    )


def cells(*addresses: str) -> str:
    """A sheet with a figure at each address."""
    rows = "".join(
        f'<row r="{a.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{a}"><v>1</v></c></row>'
        for a in addresses
    )
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>"


def compound(**streams: bytes) -> bytes:
    """A compound file (OLE2) of 512-byte sectors with the given streams under its root."""
    size, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    fat: list[int] = [0xFFFFFFFD, end]
    bodies, entries = b"", []
    for name, content in streams.items():
        data = content.ljust(4096, b"\0")
        count = -(-len(data) // size)
        first = len(fat)
        fat += [*range(first + 1, first + count), end]
        bodies += data.ljust(count * size, b"\0")
        entries.append((name, 2, first, len(data)))
    assert len(fat) <= 128
    assert len(entries) <= 3
    directory = _entry("Root Entry", 5, end, 0, 1 if entries else free)
    for number, (name, kind, first, length) in enumerate(entries, 1):
        following = number + 1 if number < len(entries) else free
        directory += _entry(name, kind, first, length, free, following)
    fat += [free] * (128 - len(fat))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0
    )
    head = head[:76] + struct.pack("<I", 0) + b"\xff" * (108 * 4)
    return head + struct.pack("<128I", *fat) + directory.ljust(size, b"\0") + bodies


def _entry(
    name: str, kind: int, first: int, length: int, child: int, right: int = 0xFFFFFFFF
) -> bytes:
    raw = name.encode("utf-16-le")
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(raw) + 2, kind, 1, 0xFFFFFFFF, right, child)
        + bytes(36)
        + struct.pack("<IQ", first, length)
    )


def xls(*figures: tuple[int, int, float], head: bytes = b"") -> bytes:
    """A BIFF8 workbook of one sheet with figures at (row, column)."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    end = record(0x0A, b"")
    about = struct.pack("<HHHHII", 0x0600, 0x05, 0, 1997, 0, 0)
    name = b"S1"
    bound_size = 4 + 8 + len(name)
    at = len(record(0x809, about)) + len(head) + bound_size + len(end)
    globals_ = record(0x809, about) + head
    globals_ += record(0x85, struct.pack("<IHBB", at, 0, len(name), 0) + name) + end
    sheet = record(0x809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 1997, 0, 0))
    for row, column, value in figures:
        sheet += record(0x203, struct.pack("<HHHd", row, column, 0, value))
    return compound(Workbook=globals_ + sheet + end)


def prose(count: int, seed: int = 1) -> str:
    """Text that deflate cannot squeeze much: common characters drawn at random."""
    source = random.Random(seed)
    block = "".join(chr(0x4E00 + source.randrange(6000)) for _ in range(min(count, 100_000)))
    return (block * (count // len(block) + 1))[:count]


def code_of(call: Callable, *args: object) -> str | None:
    """The sentence with which a reader refuses, or None where it reads; other errors pass through."""
    try:
        call(*args)
    except RejectedError as refused:
        return refused.rejected.why.code
    return None


def pdf(
    *pages: str | list[tuple[float, float, float, str]], extra: str = "", trailer: str = ""
) -> bytes:
    """A PDF whose pages set their words with the font's own Unicode table, or that has none.

    A page is one text (a line each from the top), or places: left, above the foot, size, words.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R " + extra + " >>",
        "",
        (
            "<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H "
            "/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
        ),
        (
            "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo "
            "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
        ),
        _stream(
            "1 begincodespacerange <0000> <FFFF> endcodespacerange "
            "1 beginbfrange <0000> <FFFF> <0000> endbfrange"
        ),
    ]
    kids = []
    for page in pages or ([],):
        words = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, size, text in _places(page)
        )
        objects.append(_stream(words))
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return _written(objects, trailer)


def _places(page: str | list[tuple[float, float, float, str]]) -> list:
    if not isinstance(page, str):
        return page
    return [(80.0, 700.0 - 29 * n, 16.0, line) for n, line in enumerate(page.split("\n"))]


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _written(objects: list[str], trailer: str) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("latin-1")
