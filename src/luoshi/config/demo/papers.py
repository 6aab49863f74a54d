"""Small real files as evidence: docx, xlsx, pdf, jpg; the same bytes for the same name."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import PurePath

LINES = ("青榆镇演示材料", "本文件由演示数据生成，内容不代表任何真实单位和人员。")


@lru_cache(maxsize=64)
def paper(name: str) -> bytes:
    """The bytes of a file of the kind its name says."""
    kind = PurePath(name).suffix
    return {".docx": _docx, ".xlsx": _xlsx, ".pdf": _pdf, ".jpg": _jpg}.get(kind, _text)(name)


def _text(name: str) -> bytes:
    return "\n".join((name, *LINES)).encode()


def _docx(name: str) -> bytes:
    from docx import Document  # noqa: PLC0415 - only where a demonstration is built

    paper_, out = Document(), BytesIO()
    for line in (PurePath(name).stem, *LINES):
        paper_.add_paragraph(line)
    paper_.save(out)
    return out.getvalue()


def _xlsx(name: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - only where a demonstration is built

    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in (PurePath(name).stem, *LINES):
        sheet.append([line])
    book.save(out)
    return out.getvalue()


def _pdf(name: str) -> bytes:
    """One page; the words stand in it as UTF-16 in a font that every reader brings along."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T* " for line in (name, *LINES))
    stream = f"BT /F1 14 Tf 22 TL 60 760 Td {shown}ET".encode()
    fonts = b"/Resources<</Font<</F1 5 0 R>>>>>>"
    ordering = b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 7 0 R>>"
    metrics = b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
    base = b"/BaseFont/STSong-Light"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R" + fonts,
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0%s/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>" % base,
        b"<</Type/Font/Subtype/CIDFontType0%s/CIDSystemInfo%s" % (base, ordering),
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
        + metrics,
    )
    out = bytearray(b"%PDF-1.4\n")
    starts: list[int] = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % start for start in starts)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def _jpg(name: str) -> bytes:
    """A grey square of 8 x 8: a whole baseline JPEG, small enough to be written here."""
    del name
    return bytes.fromhex(
        "ffd8ffe000104a46494600010100000100010000ffdb004300"
        + "10" * 64
        + "ffc0000b080008000801011100ffc4001f0000010501010101010100000000000000000102030405060708"
        "090a0bffc400b5100002010303020403050504040000017d01020300041105122131410613516107227114"
        "328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a4344454647"
        "48494a535455565758595a636465666768696a737475767778797a838485868788898a9293949596979899"
        "9aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6"
        "e7e8e9eaf1f2f3f4f5f6f7f8f9faffda0008010100003f00" + "2b" + "ffd9"
    )
