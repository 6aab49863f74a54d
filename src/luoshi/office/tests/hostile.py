"""The corpus of hostile files: name as uploaded, bytes, and the sentence that refuses them."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from luoshi.office.tests.build import (
    TYPES,
    body,
    cells,
    compound,
    docx,
    docx_parts,
    p,
    pdf,
    prose,
    rels,
    xls,
    xlsx,
    zip_of,
)

Hostile = tuple[str, "bytes | Callable[[], bytes]", str]
"""A name, the bytes (or how they are made, where that costs something), the sentence's code."""

MB = 1024 * 1024
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>' + body(p("&c;"))
)
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + body(
    p("&x;")
)


def _flags(data: bytes, offset: int, value: bytes) -> bytes:
    """Overwrite a field of every central directory entry."""
    out, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        out[at + offset : at + offset + len(value)] = value
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(out)


def _twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in docx_parts(p("甲")).items():
            package.writestr(name, data)
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            package.writestr("word/document.xml", body(p("乙")))
    return out.getvalue()


def _overlapping() -> bytes:
    """One deflated megabyte named 1,000 times by the directory."""
    data = zip_of({"a.xml": bytes(MB)})
    start = data.find(b"PK\x01\x02")
    end = data.find(b"PK\x05\x06")
    entry = data[start:end]
    names = [entry.replace(b"a.xml", b"%05d" % n) for n in range(1000)]
    directory = b"".join(names)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), start, 0)
    return data[:start] + directory + tail


def _zip64() -> bytes:
    data = zip_of(docx_parts(p("甲")))
    end = data.find(b"PK\x05\x06")
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, end, 1)
    return data[:end] + locator + data[end:]


def _grow_directory() -> bytes:
    data = docx(p("甲"))
    end = data.find(b"PK\x05\x06")
    return data[:end] + data[end : end + 12] + struct.pack("<I", 40 * MB) + data[end + 16 :]


def _many_elements() -> str:
    """Paragraphs without end whose attributes differ, so that no ratio gives them away."""
    return "".join(f'<w:p w:a="{n * 7919 % 999983:x}"/>' for n in range(600_001))


def _texts() -> dict[str, Hostile]:
    return {
        "zero bytes": ("a.txt", b"", "office.empty"),
        "zero bytes docx": ("a.docx", b"", "office.empty"),
        "blank": ("a.txt", b" \r\n\t\n", "office.blank"),
        "mark only": ("a.txt", b"\xef\xbb\xbf", "office.blank"),
        "wide blanks": ("a.txt", "\u3000\u3000\n".encode(), "office.blank"),
        "zero characters": ("a.txt", b"report\0one\n" * 9, "office.text_nul"),
        "zero in chinese": ("a.txt", "通知\0全文".encode(), "office.binary"),
        "program": ("a.txt", b"MZ\x90\0\x03" + bytes(range(256)) * 40, "office.binary"),
        "noise": ("a.txt", bytes((n * n * 7 + n) % 251 for n in range(9000)), "office.binary"),
        "control characters": ("a.txt", b"\x01\x02\x03abc" * 50, "office.binary"),
        "broken utf-8": ("a.txt", b"\xef\xbb\xbfabc\xff\xfe\xfdabc", "office.binary"),
        "picture as text": ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(90), "office.type_mismatch"),
        "word as text": ("a.txt", docx(p("甲")), "office.type_mismatch"),
        "word as xlsx": ("a.xlsx", docx(p("甲")), "office.type_mismatch"),
        "text as docx": ("a.docx", "通知".encode(), "office.type_mismatch"),
        "picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(90), "office.type_not_here"),
        "pdf": ("a.pdf", pdf("通知"), "office.type_not_here"),
        "rich text with an object": ("a.rtf", b"{\\rtf1 {\\objdata 00}}", "office.macros"),
        "unknown": ("a.dwg", b"AC1027" + bytes(90), "office.type_unknown"),
        "web page as doc": ("a.doc", b"<html><body>x</body></html>", "office.old_format"),
        "rich text": ("a.doc", b"{\\rtf1 x}", "office.old_format"),
        "too long": ("a.txt", lambda: b"a\n" * 6_000_000, "office.text_too_long"),
        "too long in utf-16": (
            "a.txt",
            lambda: "密\n".encode("utf-16") * 6_000_000,
            "office.text_too_long",
        ),
        "too large": ("a.txt", lambda: b"a" * (50 * MB + 1), "office.too_large"),
        "too large docx": ("a.docx", lambda: b"PK\x03\x04" + bytes(50 * MB), "office.too_large"),
    }


def _packages() -> dict[str, Hostile]:
    whole = docx(p("正文"))
    return {
        "truncated": ("a.docx", whole[: len(whole) // 2], "office.zip_damaged"),
        "magic only": ("a.docx", b"PK\x03\x04", "office.zip_damaged"),
        "empty zip": ("a.docx", zip_of({}), "office.zip_damaged"),
        "bytes changed": ("a.docx", whole.replace(whole[90:120], bytes(30)), "office.zip_damaged"),
        "many entries": (
            "a.docx",
            lambda: zip_of({f"{n}": b"" for n in range(5100)}),
            "office.zip_too_many",
        ),
        "vast directory": ("a.docx", _grow_directory(), "office.zip_too_many"),
        "zip64": ("a.docx", _zip64(), "office.zip_too_many"),
        "bomb": ("a.docx", lambda: docx("", big=bytes(190 * MB)), "office.zip_bomb"),
        "bomb in pieces": (
            "a.docx",
            lambda: zip_of({f"word/{n}.xml": bytes(4 * MB - 1) for n in range(60)}),
            "office.zip_bomb",
        ),
        "overlapping bomb": ("a.docx", _overlapping(), "office.zip_bomb"),
        "sizes that lie": (
            "a.docx",
            _flags(whole, 24, struct.pack("<I", 10)),
            "office.zip_damaged",
        ),
        "entry password": ("a.docx", _flags(whole, 8, b"\x01\0"), "office.password"),
        "entry twice": ("a.docx", _twice(), "office.zip_damaged"),
        "lzma": ("a.docx", zip_of(docx_parts(p("甲")), zipfile.ZIP_LZMA), "office.zip_damaged"),
        "only a zip": ("a.zip", zip_of({"a.txt": "甲"}), "office.type_unknown"),
        "zip as docx": ("a.docx", zip_of({"a.txt": "甲"}), "office.docx_no_body"),
        "ofd": ("a.ofd", zip_of({"OFD.xml": "<a/>"}), "office.old_format"),
        "encrypted": (
            "a.docx",
            compound(EncryptedPackage=b"x", EncryptionInfo=b"y"),
            "office.password",
        ),
        "doc": ("a.doc", compound(WordDocument=b"x"), "office.old_format"),
        "wps": ("a.wps", compound(WordDocument=b"x"), "office.old_format"),
        "et": ("a.et", compound(Workbook=b"x"), "office.sheet_blank"),
        "doc with macros": ("a.doc", compound(WordDocument=b"x", Macros=b"y"), "office.macros"),
        "xls as doc": ("a.doc", compound(Workbook=b"x"), "office.type_mismatch"),
        "ole of nothing": ("a.xls", compound(Other=b"x"), "office.type_unknown"),
        "ole broken": (
            "a.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600,
            "office.type_unknown",
        ),
    }


def _endless_attributes() -> str:
    """One tag with a million attributes."""
    return "<w:p " + " ".join(f'a{n}=""' for n in range(1_000_000)) + "/>"


def _repeated_cell() -> str:
    """A cell of 100,000 characters that 10,000 rows below claim to continue."""
    tall = "<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>"
    first = f"<w:tr><w:tc>{p(prose(100_000))}</w:tc></w:tr>"
    return f"<w:tbl>{first}{f'<w:tr>{tall}</w:tr>' * 10_000}</w:tbl>"


def _wide_table() -> str:
    """A row of cells that each claim 63 columns."""
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr>{p("x")}</w:tc>'
    return f"<w:tbl><w:tr>{cell * 10_000}</w:tr></w:tbl>"


def _repeated_sheet_cell() -> str:
    """A cell of 30,000 characters merged over 40,000 rows."""
    text = f'<c r="A1" t="inlineStr"><is><t>{prose(30_000)}</t></is></c>'
    return (
        f'<worksheet><sheetData><row r="1">{text}</row><row r="40000"><c r="B40000"><v>1</v></c></row>'
        '</sheetData><mergeCells><mergeCell ref="A1:A40000"/></mergeCells></worksheet>'
    )


def _heavy_parts() -> bytes:
    """Forty-eight parts of four megabytes, each with a lawful beginning, and an entity in the last."""
    heavy = {f"word/a{n:02d}.xml": "<a>" + " " * (4 * MB - 9) + "</a>" for n in range(48)}
    return zip_of({**docx_parts(p("甲")), **heavy, "word/z.xml": EXTERNAL})


def _documents() -> dict[str, Hostile]:
    remote = ("attachedTemplate", "http://192.0.2.1/t.dotm", True)
    linked = ("oleObject", "mhtml:http://192.0.2.1/x!x", True)
    long_comment = "<?xml version='1.0'?><!--" + "x" * 200_000 + "-->" + LAUGHS.split("?>", 1)[1]
    macro_types = TYPES.replace(
        "application/xml", "application/vnd.ms-word.document.macroEnabled.main+xml"
    )
    return {
        "macros": (
            "a.docx",
            zip_of({**docx_parts(p("甲")), "word/vbaProject.bin": b"x"}),
            "office.macros",
        ),
        "macro type": (
            "a.docm",
            zip_of({**docx_parts(p("甲")), "[Content_Types].xml": macro_types}),
            "office.macros",
        ),
        "active control": (
            "a.docx",
            zip_of({**docx_parts(p("甲")), "word/activeX/activeX1.xml": "<a/>"}),
            "office.macros",
        ),
        "laughs": ("a.docx", docx(LAUGHS), "office.xml_entities"),
        "external entity": ("a.docx", docx(EXTERNAL), "office.xml_entities"),
        "entity behind a comment": ("a.docx", docx(long_comment), "office.xml_entities"),
        "entity in utf-16": (
            "a.docx",
            zip_of({**docx_parts(p("甲")), "word/x.xml": EXTERNAL.encode("utf-16")}),
            "office.xml_entities",
        ),
        "entity in header": ("a.docx", docx(p("甲"), header1=EXTERNAL), "office.xml_entities"),
        "entity in relations": (
            "a.docx",
            zip_of({**docx_parts(p("甲")), "_rels/.rels": EXTERNAL}),
            "office.xml_entities",
        ),
        "remote template": ("a.docx", docx(p("甲"), remote), "office.external_link"),
        "linked object": ("a.docx", docx(p("甲"), linked), "office.external_link"),
        "broken xml": ("a.docx", docx("<?xml version='1.0'?><w:document"), "office.xml_damaged"),
        "not xml": ("a.docx", docx("<?xml version='1.0'?> hello"), "office.xml_damaged"),
        "unclosed": ("a.docx", docx("<w:p>"), "office.xml_damaged"),
        "no body": (
            "a.docx",
            zip_of({"[Content_Types].xml": TYPES, "_rels/.rels": rels()}),
            "office.docx_no_body",
        ),
        "endless elements": ("a.docx", lambda: docx(_many_elements()), "office.xml_too_big"),
        "endless attributes": ("a.docx", lambda: docx(_endless_attributes()), "office.xml_too_big"),
        "repeated cell": ("a.docx", lambda: docx(_repeated_cell()), "office.text_too_long"),
        "wide table": ("a.docx", lambda: docx(_wide_table()), "office.table_too_wide"),
        "heavy parts": ("a.docx", _heavy_parts, "office.xml_entities"),
        "deep": ("a.docx", docx("<w:p>" * 600 + "</w:p>" * 600), "office.xml_too_big"),
        "endless text": ("a.docx", lambda: docx(p(prose(10_100_000))), "office.text_too_long"),
    }


def _workbooks() -> dict[str, Hostile]:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 50_002))
    long_sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    password = struct.pack("<HHHHH", 0x2F, 6, 1, 1, 2)
    return {
        "far cells": ("a.xlsx", xlsx(cells("A1", "XFD1048576")), "office.sheet_too_big"),
        "far cells xls": ("a.xls", xls((0, 0, 1.0), (65535, 255, 2.0)), "office.sheet_too_big"),
        "xls password": ("a.xls", xls((0, 0, 1.0), head=password), "office.password"),
        "xls macros": ("a.xls", compound(Workbook=b"x", _VBA_PROJECT_CUR=b"y"), "office.macros"),
        "xls noise": ("a.xls", compound(Workbook=bytes(range(256)) * 9), "office.sheet_damaged"),
        "too many columns": ("a.xlsx", xlsx(cells("A1", "XFD1")), "office.sheet_too_big"),
        "too many rows": ("a.xlsx", xlsx(long_sheet), "office.sheet_too_long"),
        "xlsx macros": ("a.xlsx", xlsx(cells("A1"), {"xl/vbaProject.bin": b"x"}), "office.macros"),
        "xlsx entity": ("a.xlsx", xlsx(EXTERNAL), "office.xml_entities"),
        "xlsx bomb": (
            "a.xlsx",
            lambda: xlsx(cells("A1"), {"xl/sharedStrings.xml": bytes(150 * MB)}),
            "office.zip_bomb",
        ),
        "xlsx broken": ("a.xlsx", xlsx("<worksheet><sheetData><row>"), "office.sheet_damaged"),
        "xlsx blank": ("a.xlsx", xlsx("<worksheet><sheetData/></worksheet>"), "office.sheet_blank"),
        "repeated cell xlsx": (
            "a.xlsx",
            lambda: xlsx(_repeated_sheet_cell()),
            "office.sheet_too_big",
        ),
        "csv wide": ("a.csv", b"," * 400, "office.sheet_too_big"),
    }


def _looped_pages() -> bytes:
    """A tree of pages that holds itself."""
    return pdf("甲").replace(b"/Kids [7 0 R]", b"/Kids [2 0 R]")


def _pdf_bomb() -> bytes:
    """A page whose content unpacks to 400 MB."""
    import zlib

    packed = zlib.compress(b"BT " + b" " * (400 * MB) + b"ET", 1)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    whole = pdf("甲")
    at = whole.find(b"6 0 obj\n") + len(b"6 0 obj\n")
    end = whole.find(b"endobj", at)
    return whole[:at] + head + packed + b"\nendstream\n" + whole[end:]


def _endless_page() -> bytes:
    """A page with a million pieces of text."""
    return pdf([(80.0, 700.0, 16.0, "甲")] * 120_000)


def _pdfs() -> dict[str, Hostile]:
    whole = pdf("一、抓项目。")
    return {
        "pdf header only": ("a.pdf", b"%PDF-1.4\n", "office.pdf_damaged"),
        "pdf cut": ("a.pdf", whole[:300], "office.pdf_damaged"),
        "pdf noise": ("a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 400, "office.pdf_damaged"),
        "pdf password": (
            "a.pdf",
            pdf("甲", trailer="/Encrypt << /Filter /Standard /V 1 /R 2 >>"),
            "office.password",
        ),
        "pdf script": (
            "a.pdf",
            pdf("甲", extra="/OpenAction << /S /JavaScript >>"),
            "office.active_pdf",
        ),
        "pdf launch": (
            "a.pdf",
            pdf("甲", extra="/OpenAction << /S /Launch >>"),
            "office.active_pdf",
        ),
        "pdf looped": ("a.pdf", _looped_pages(), "office.pdf_damaged"),
        "pdf bomb": ("a.pdf", _pdf_bomb, "office.pdf_damaged"),
        "pdf endless page": ("a.pdf", _endless_page, "office.too_heavy"),
        "pdf many pages": ("a.pdf", lambda: pdf(*["甲"] * 301), "office.pdf_too_long"),
        "pdf as docx": ("a.docx", whole, "office.type_mismatch"),
        "pdf scanned": ("a.pdf", pdf(), "office.pdf_no_text"),
    }


@cache
def corpus() -> dict[str, Hostile]:
    """Every hostile file by what is wrong with it."""
    return {**_texts(), **_packages(), **_documents(), **_workbooks(), **_pdfs()}


def made(data: bytes | Callable[[], bytes]) -> bytes:
    """The bytes themselves."""
    return data() if callable(data) else data
