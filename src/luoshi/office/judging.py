"""What the child process judges a file by: its bytes, its markings, its text (R71)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from luoshi.domain.base import say
from luoshi.office import ole
from luoshi.office.answers import Accepted, Kind, Opened, RejectedError, SourceText
from luoshi.office.docx_in import head, main_part, margins, open_document, read_docx
from luoshi.office.marking import marking
from luoshi.office.package import Package
from luoshi.office.pdf_in import read_pages, source_of
from luoshi.office.sheets_in import ZIP_MAGIC, judge_workbook, sheets_of
from luoshi.office.text_in import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

_OOXML = "application/vnd.openxmlformats-officedocument."
_DOCX = _OOXML + "wordprocessingml.document"
_XLSX = _OOXML + "spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_ODT = "application/vnd.oasis.opendocument.text"
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".md", ".csv", ".tsv", ".log"})
PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg", frozenset({"", ".jpg", ".jpeg"})),
    (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({"", ".png"})),
)
_OTHER_PICTURE = re.compile(
    rb"RIFF....WEBP|....ftyp(?:hei|hev|mif1|msf1|avif)|GIF8[79]a|BM.{4}\0{4}", re.DOTALL
)
_ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia")
_OFFICE_NAMES = frozenset(
    {".docx", ".xlsx", ".xls", ".ods", ".odt", ".doc", ".wps", ".et", ".rtf", ".pdf"}
)
_MARKED_ROWS = 12
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)
_KIND_NAMES: dict[Kind, str] = {
    "text": "txt",
    "docx": "docx",
    "sheet": "xlsx",
    "image": "jpg、png",
    "pdf": "pdf",
}


def judge(name: str, data: bytes, takes: Collection[Kind], *, text: bool) -> Opened | str:
    """Judge a file by its bytes and take its text; the kind first, then the kind's own checks.

    A str answers for the old formats that an office program has to convert first: to what.
    """
    judged = _judge_of(data)(_File(extension_of(name), data, text=text))
    if isinstance(judged, Opened):
        demand_kind(judged.accepted.kind, takes)
    return judged


def extension_of(name: str) -> str:
    """The end of a name in small letters, with its dot."""
    return posixpath.splitext(posixpath.basename(name.replace("\\", "/")))[1].lower()


def demand_kind(kind: Kind, takes: Collection[Kind]) -> None:
    """Refuse a kind that is not taken here; the sentence names those that are."""
    if kind not in takes:
        kinds = "、".join(_KIND_NAMES[kind] for kind in _KIND_NAMES if kind in takes)
        raise RejectedError(say("office.type_not_here", kinds=kinds))


@dataclass(frozen=True, slots=True)
class _File:
    """A file to judge, and whether its text is wanted."""

    extension: str
    data: bytes
    text: bool


def _judge_of(data: bytes) -> Callable[[_File], Opened | str]:
    """The judge for a content that begins like this."""
    judges = (
        (ZIP_MAGIC, _zip),
        (b"PK\x05\x06", _broken_zip),
        (b"PK\x07\x08", _broken_zip),
        (ole.MAGIC, _old),
        (b"%PDF-", _pdf),
        (b"{\\rtf", _rtf),
        *((magic, _picture) for magic, _, _ in PICTURES),
    )
    return next((judge for magic, judge in judges if data.startswith(magic)), _text)


def refuse_marked(found: str | None) -> None:
    """Refuse a marked file; the answer holds the kind of marking and nothing of the file."""
    if found:
        raise RejectedError(say("office.marking", marking=found), found)


def _fits(extension: str, allowed: Collection[str]) -> None:
    """Refuse a file whose name says something else than its bytes."""
    if extension not in allowed:
        raise RejectedError(say("office.type_mismatch", extension=extension[:12] or "?"))


def _zip(file: _File) -> Opened | str:
    """docx, xlsx, ods; odt is to be converted; other packages by name."""
    package = Package(file.data)
    main = main_part(package) or ""
    if main.startswith("word/") or file.extension == ".docx":
        return _docx(file)
    if main.startswith("xl/") or "xl/workbook.xml" in package.names:
        _fits(file.extension, ("", ".xlsx", ".et", ".xls", ".xlsm"))
        return _sheet(file, _XLSX)
    if "mimetype" in package.names:
        kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        if kind == _ODS:
            _fits(file.extension, ("", ".ods"))
            return _sheet(file, _ODS)
        if kind == _ODT:
            _fits(file.extension, ("", ".odt"))
            return _odt(package)
        if "opendocument" in kind:
            raise RejectedError(say("office.old_format", format="OpenDocument", target="docx"))
    if "OFD.xml" in package.names:
        raise RejectedError(say("office.old_format", format="OFD", target="docx"))
    if file.extension in (".docx", ".xlsx", ".ods", ".odt"):
        raise RejectedError(say("office.zip_damaged"))
    raise RejectedError(say("office.type_unknown"))


def _docx(file: _File) -> Opened:
    """A Word package without a marking on its pages or margins."""
    _fits(file.extension, ("", ".docx", ".wps", ".doc", ".docm"))
    document = open_document(file.data)
    refuse_marked(marking(margins(document).text, header=True) or marking(head(document)))
    source = read_docx(file.data) if file.text else None
    return Opened(Accepted(_DOCX, "docx", tuple(document.notes)), source)


def _odt(package: Package) -> str:
    """An OpenDocument text without password and macros."""
    judge_workbook(package)
    if any(name.startswith(("Basic/", "Scripts/", "Object")) for name in package.names):
        raise RejectedError(say("office.macros"))
    return "docx"


def _broken_zip(_file: _File) -> Opened:
    """A package without a first entry."""
    raise RejectedError(say("office.zip_damaged"))


def _sheet(file: _File, media_type: str) -> Opened:
    """A workbook whose first rows bear no marking; its text is its rows, cells parted by bars."""
    sheets = sheets_of(file.data)
    for sheet in sheets:
        head = [_row(row, "  ") for row in _rows(sheet)[:_MARKED_ROWS]]
        refuse_marked(marking("\n".join([str(sheet["name"]), *head])))
    source = None
    if file.text:
        lines = [_row(row, "|") for sheet in sheets for row in _rows(sheet) if any(row)]
        note = say("office.sheet_as_lines", rows=len(lines), sheets=len(sheets))
        source = SourceText("\n".join(lines), (note,))
    return Opened(Accepted(media_type, "sheet"), source)


def _rows(sheet: Mapping[str, object]) -> list[list[object]]:
    """The rows of a sheet as JSON values."""
    rows = sheet["rows"]
    assert isinstance(rows, list)
    return rows


def _row(row: list[object], bar: str) -> str:
    """A row as a line; a date comes tagged, a bar inside a cell is written wide."""
    cells = (cell[1] if isinstance(cell, list) else cell for cell in row)
    if bar != "|":
        return bar.join(str(cell) for cell in cells if cell)
    words = [" ".join(str("" if cell is None else cell).split()) for cell in cells]
    filled = [word.replace("|", "｜") for word in words if word]
    return filled[0] if len(filled) == 1 else bar.join(word.replace("|", "｜") for word in words)


def _old(file: _File) -> Opened | str:
    """Compound files: xls is read, doc, wps and et are converted, encrypted ones refused."""
    names, extension = ole.root_names(file.data), file.extension
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise RejectedError(say("office.password"))
    if "WordDocument" in names:
        _fits(extension, ("", ".doc", ".wps", ".dot", ".wpt"))
        if names & {"Macros", "_VBA_PROJECT_CUR"}:
            raise RejectedError(say("office.macros"))
        return "docx"
    if not names & {"Workbook", "Book"}:
        raise RejectedError(say("office.type_unknown"))
    _fits(extension, ("", ".xls", ".et", ".ett"))
    return _sheet(file, "application/vnd.ms-excel")


def _rtf(file: _File) -> str:
    """Rich text is converted; one that carries objects is not opened at all."""
    _fits(file.extension, ("", ".rtf", ".doc", ".wps"))
    if b"\\objdata" in file.data or b"\\objupdate" in file.data:
        raise RejectedError(say("office.macros"))
    return "docx"


def _pdf(file: _File) -> Opened:
    """A PDF whose text bears no marking; one without text is evidence only."""
    _fits(file.extension, ("", ".pdf"))
    if b"/Encrypt" in file.data:
        raise RejectedError(say("office.password"))
    if any(word in file.data for word in _ACTIVE_PDF):
        raise RejectedError(say("office.active_pdf"))
    if _is_also_zip(file.data):
        raise RejectedError(say("office.two_kinds"))
    pages = read_pages(file.data)
    words = "\n".join(line.text for line in pages.lines)
    refuse_marked(marking("\n".join(pages.margins), header=True) or marking(words))
    source = source_of(pages) if file.text else None
    return Opened(Accepted("application/pdf", "pdf"), source)


def _is_also_zip(data: bytes) -> bool:
    """Whether a PDF would open as a zip package too: what hangs on it nobody has judged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return bool(package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _picture(file: _File) -> Opened:
    """A photograph as evidence: only its first bytes are looked at."""
    media_type, names = next(
        (kind, names) for magic, kind, names in PICTURES if file.data.startswith(magic)
    )
    _fits(file.extension, names)
    return Opened(Accepted(media_type, "image"))


def _text(file: _File) -> Opened:
    """Plain text, csv included; an office name over something else is said first."""
    extension = file.extension
    if _OTHER_PICTURE.match(file.data):
        raise RejectedError(say("office.picture_kind"))
    if extension not in _TEXT_NAMES:
        if _MARKUP.match(file.data[:200]):
            raise RejectedError(say("office.old_format", format="HTML/XML", target="docx"))
        known = extension in _OFFICE_NAMES or any(extension in names for _, _, names in PICTURES)
        if known:
            raise RejectedError(say("office.type_mismatch", extension=extension))
        raise RejectedError(say("office.type_unknown"))
    decoded = decode(file.data)
    refuse_marked(marking(decoded.text))
    if extension in (".csv", ".tsv"):
        sheets_of(file.data)
        return Opened(Accepted("text/csv", "sheet", decoded.notes))
    source = SourceText(decoded.text, decoded.notes)
    return Opened(Accepted("text/plain", "text", decoded.notes), source if file.text else None)
