"""The gate: every file is judged in memory before a byte of it is kept (R71)."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from luoshi.domain.base import say
from luoshi.office import ole
from luoshi.office.answers import (
    READABLE,
    SIZE_LIMIT,
    Accepted,
    Kind,
    Rejected,
    RejectedError,
)
from luoshi.office.docx_in import head, main_part, margins, open_document
from luoshi.office.marking import marking
from luoshi.office.package import Package
from luoshi.office.sheets_in import ZIP_MAGIC, judge_old_workbook, judge_workbook, rows
from luoshi.office.text_in import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_OOXML = "application/vnd.openxmlformats-officedocument."
_DOCX = _OOXML + "wordprocessingml.document"
_XLSX = _OOXML + "spreadsheetml.sheet"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".md", ".csv", ".tsv", ".log"})
_PICTURES = (
    (b"\xff\xd8\xff", "image/jpeg", frozenset({"", ".jpg", ".jpeg"})),
    (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({"", ".png"})),
)
_ACTIVE_PDF = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/Encrypt", b"/RichMedia")
_MARKED_ROWS = 12
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE)
_KIND_NAMES: dict[Kind, str] = {
    "text": "txt",
    "docx": "docx",
    "sheet": "xlsx",
    "image": "jpg、png",
    "pdf": "pdf",
}


def screen(name: str, data: bytes, *, takes: Collection[Kind] = READABLE) -> Accepted | Rejected:
    """Judge an uploaded file by its bytes, within 2 s of CPU and without keeping anything.

    Refused, each with its own sentence: over 50 MB, empty, blank, not what its name says, macros,
    entities, links that are followed by themselves, abnormal zip totals, passwords, old formats
    (with how to convert), kinds not in `takes`, and secrecy markings, whose kind stands in
    `Rejected.marking`. Never raises for any bytes; keeps and logs nothing.
    """
    try:
        return _judge(name, data, frozenset(takes))
    except RejectedError as error:
        return error.rejected


def _judge(name: str, data: bytes, takes: frozenset[Kind]) -> Accepted:
    """Size first, then the kind by content, then the kind's own checks."""
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // 1024 // 1024))
    if not data:
        raise RejectedError(say("office.empty"))
    stem, extension = posixpath.splitext(posixpath.basename(name.replace("\\", "/")))
    _refuse_marked(marking(re.sub(r"[-_—]+", "  ", stem)))
    judge = _judge_of(data)
    accepted = judge(extension.lower(), data)
    if accepted.kind not in takes:
        kinds = "、".join(_KIND_NAMES[kind] for kind in _KIND_NAMES if kind in takes)
        raise RejectedError(say("office.type_not_here", kinds=kinds))
    return accepted


def _judge_of(data: bytes) -> Callable[[str, bytes], Accepted]:
    """The judge for a content that begins like this."""
    judges = (
        (ZIP_MAGIC, _zip),
        (b"PK\x05\x06", _broken_zip),
        (b"PK\x07\x08", _broken_zip),
        (ole.MAGIC, _old),
        (b"%PDF-", _pdf),
        (b"{\\rtf", _rtf),
        *((magic, _picture) for magic, _, _ in _PICTURES),
    )
    return next((judge for magic, judge in judges if data.startswith(magic)), _text)


def _refuse_marked(found: str | None) -> None:
    """Refuse a marked file; the answer holds the kind of marking and nothing of the file."""
    if found:
        raise RejectedError(say("office.marking", marking=found), found)


def _fits(extension: str, allowed: Collection[str]) -> None:
    """Refuse a file whose name says something else than its bytes."""
    if extension not in allowed:
        raise RejectedError(say("office.type_mismatch", extension=extension[:12] or "?"))


def _zip(extension: str, data: bytes) -> Accepted:
    """docx, xlsx, ods; other packages by name."""
    package = Package(data)
    main = main_part(package) or ""
    if main.startswith("word/") or extension == ".docx":
        _fits(extension, ("", ".docx", ".wps", ".doc", ".docm"))
        document = open_document(data)
        _refuse_marked(marking(margins(document).text, header=True) or marking(head(document)))
        return Accepted(_DOCX, "docx", tuple(document.notes))
    if main.startswith("xl/") or "xl/workbook.xml" in package.names:
        _fits(extension, ("", ".xlsx", ".et", ".xls", ".xlsm"))
        judge_workbook(package)
        return _sheet(data, _XLSX)
    if "mimetype" in package.names:
        kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
        if kind == _ODS:
            _fits(extension, ("", ".ods"))
            judge_workbook(package)
            return _sheet(data, _ODS)
        if "opendocument" in kind:
            raise RejectedError(say("office.old_format", format="OpenDocument", target="docx"))
    if "OFD.xml" in package.names:
        raise RejectedError(say("office.old_format", format="OFD", target="docx"))
    if extension in (".docx", ".xlsx", ".ods"):
        raise RejectedError(say("office.zip_damaged"))
    raise RejectedError(say("office.type_unknown"))


def _broken_zip(_extension: str, _data: bytes) -> Accepted:
    """A package without a first entry."""
    raise RejectedError(say("office.zip_damaged"))


def _sheet(data: bytes, media_type: str) -> Accepted:
    """A workbook whose first rows bear no marking."""
    for sheet in rows(data):
        lines = ["  ".join(str(cell) for cell in row if cell) for row in sheet.rows[:_MARKED_ROWS]]
        _refuse_marked(marking("\n".join([sheet.name, *lines])))
    return Accepted(media_type, "sheet")


def _old(extension: str, data: bytes) -> Accepted:
    """Compound files: xls is read, doc, wps and et are to be converted, encrypted ones opened."""
    names = ole.root_names(data)
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise RejectedError(say("office.password"))
    if extension in (".doc", ".wps", ".dot", ".wpt") or "WordDocument" in names:
        label = extension if extension in (".wps", ".wpt", ".dot") else ".doc"
        raise RejectedError(say("office.old_format", format=label, target="docx"))
    if extension in (".et", ".ett"):
        raise RejectedError(say("office.old_format", format=extension, target="xlsx"))
    if extension in (".ppt", ".dps") or "PowerPoint Document" in names:
        raise RejectedError(say("office.type_unknown"))
    if not names & {"Workbook", "Book"}:
        raise RejectedError(say("office.type_unknown"))
    _fits(extension, ("", ".xls"))
    judge_old_workbook(data)
    return _sheet(data, "application/vnd.ms-excel")


def _rtf(_extension: str, _data: bytes) -> Accepted:
    """Rich text is converted by its own program."""
    raise RejectedError(say("office.old_format", format="RTF", target="docx"))


def _pdf(extension: str, data: bytes) -> Accepted:
    """A PDF as evidence: kept, never opened here, so nothing in it may act."""
    _fits(extension, ("", ".pdf"))
    if any(word in data for word in _ACTIVE_PDF):
        raise RejectedError(say("office.active_pdf"))
    return Accepted("application/pdf", "pdf")


def _picture(extension: str, data: bytes) -> Accepted:
    """A photograph as evidence."""
    media_type, names = next(
        (kind, names) for magic, kind, names in _PICTURES if data.startswith(magic)
    )
    _fits(extension, names)
    return Accepted(media_type, "image")


def _text(extension: str, data: bytes) -> Accepted:
    """Plain text, csv included; an office name over something else is said first."""
    if extension not in _TEXT_NAMES:
        if re.match(
            rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", data[:200], re.IGNORECASE
        ):
            raise RejectedError(say("office.old_format", format="HTML/XML", target="docx"))
        known = extension in (".docx", ".xlsx", ".xls", ".ods", ".doc", ".wps", ".et", ".pdf")
        known = known or any(extension in names for _, _, names in _PICTURES)
        if known:
            raise RejectedError(say("office.type_mismatch", extension=extension))
        raise RejectedError(say("office.type_unknown"))
    decoded = decode(data)
    _refuse_marked(marking(decoded.text))
    if extension in (".csv", ".tsv"):
        rows(data)
        return Accepted("text/csv", "sheet", decoded.notes)
    return Accepted("text/plain", "text", decoded.notes)
