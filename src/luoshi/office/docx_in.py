"""Word documents to text: paragraphs as lines, numbers written out, what is left out said.

The text is what a reader of the page sees with all changes accepted. Nothing is fetched or run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from luoshi.domain.base import Sentence, say
from luoshi.office.answers import SIZE_LIMIT, RejectedError, SourceText
from luoshi.office.docx_styles import Styles, read_styles
from luoshi.office.docx_walk import Body, Walk
from luoshi.office.numbering import Numbering, read_numbering
from luoshi.office.package import Package, Relation, read_xml
from luoshi.office.plain import shown

_MAIN = "officeDocument"
_DANGEROUS = {"oleObject", "subDocument", "frame", "aFChunk", "package", "control"}
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml", "/activex/", "/macrosheets/")
_MACRO_TYPES = b"macroEnabled"
_PIECE = 80
_LETTER = re.compile(r"[^\W\d_]")
_REMOTE = ("http:", "https:", "ftp:", "mhtml:", "ms-", "\\\\", "//", "file://///", "file:////")


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands outside the running text: headers, footers, watermarks, each on its line."""

    text: str


@dataclass(slots=True)
class Document:
    """An opened and judged Word package."""

    package: Package
    main: str
    relations: dict[str, Relation]
    notes: list[Sentence] = field(default_factory=list)


def open_document(data: bytes) -> Document:
    """Open and judge a package: zip totals, macros, entities, links outside.

    Raises RejectedError for macros, entities, remote templates and linked objects; remote pictures
    and a template named on the author's own disk are ignored and named in `notes`.
    """
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // 1024 // 1024))
    if not data:
        raise RejectedError(say("office.empty"))
    package = Package(data)
    refuse_macros(package)
    package.judge_xml()
    main = main_part(package)
    if main is None:
        raise RejectedError(say("office.docx_no_body"))
    document = Document(package, main, dict(package.relations(main)))
    document.notes += judge_links(package)
    return document


def main_part(package: Package) -> str | None:
    """The part that holds the document's body, or None where the package has none."""
    for relation in package.relations("").values():
        if relation.kind == _MAIN and relation.target in package.names:
            return relation.target
    return "word/document.xml" if "word/document.xml" in package.names else None


def refuse_macros(package: Package) -> None:
    """Refuse a package that carries macros or active controls."""
    lowered = [f"/{name.lower()}" for name in package.names]
    if any(part in name for name in lowered for part in _MACRO_PARTS):
        raise RejectedError(say("office.macros"))
    if "[Content_Types].xml" in package.names and _MACRO_TYPES in package.read(
        "[Content_Types].xml"
    ):
        raise RejectedError(say("office.macros"))


def judge_links(package: Package) -> list[Sentence]:
    """Refuse links that a word processor would follow by itself; name the harmless ones."""
    pictures = templates = 0
    for name in sorted(package.names):
        if not name.endswith(".rels"):
            continue
        part = name.replace("_rels/", "").removesuffix(".rels")
        for relation in package.relations(part).values():
            if not relation.external:
                continue
            remote = relation.target.strip().lower().startswith(_REMOTE)
            if relation.kind in _DANGEROUS or (relation.kind == "attachedTemplate" and remote):
                raise RejectedError(say("office.external_link"))
            pictures += relation.kind == "image"
            templates += relation.kind == "attachedTemplate"
    notes = [say("office.remote_pictures_ignored", count=pictures)] if pictures else []
    return notes + ([say("office.template_ignored")] if templates else [])


def read_docx(data: bytes) -> SourceText:
    """Read a docx into text with LF line ends.

    Headings and automatic numbers are written out, table rows are lines with cells parted by `|`
    (a cell merged downwards is repeated in every row it holds for), insertions are kept, deletions,
    comments, hidden text, tables of contents, pictures and notes are left out and counted in
    `notes`. Raises RejectedError and nothing else.
    """
    try:
        return _read(open_document(data))
    except RejectedError:
        raise
    except Exception as error:  # the boundary: a parser's fault must never become a trace
        raise RejectedError(say("office.docx_damaged")) from error


def docx_tables(data: bytes) -> list[list[list[str | None]]]:
    """The tables of a docx in order, each as rows of cells; line breaks in cells stay.

    A cell merged downwards is repeated in every row it holds for. Raises RejectedError, no more.
    """
    try:
        document = open_document(data)
        body = _walk(document, document.main, _styles(document), _numbering(document))
    except RejectedError:
        raise
    except Exception as error:  # the boundary: a parser's fault must never become a trace
        raise RejectedError(say("office.docx_damaged")) from error
    return body.tables


def _read(document: Document) -> SourceText:
    """Walk the body with its styles and numbers."""
    body = _walk(document, document.main, _styles(document), _numbering(document))
    text, headings = body.text()
    text = text.replace("\f", "\n")
    if not text.strip():
        raise RejectedError(say("office.docx_blank"))
    return SourceText(text, (*document.notes, *_notes(document, body)), headings)


def _walk(document: Document, part: str, styles: Styles, numbering: Numbering) -> Body:
    """Walk one part of the document."""
    walk = Walk(styles, numbering)
    read_xml(document.package.read(part), walk.start, walk.end, walk.chars)
    return walk.body


def _related(document: Document, kind: str) -> list[str]:
    """The parts of one kind that the body names."""
    names = {r.target for r in document.relations.values() if r.kind == kind and not r.external}
    return sorted(names & document.package.names)


def _styles(document: Document) -> Styles:
    """The paragraph styles, empty where the document has none."""
    parts = _related(document, "styles")
    return read_styles(document.package.read(parts[0])) if parts else Styles()


def _numbering(document: Document) -> Numbering:
    """The lists, empty where the document has none."""
    parts = _related(document, "numbering")
    return read_numbering(document.package.read(parts[0])) if parts else Numbering()


def margins(document: Document) -> Margins:
    """The text of headers, footers and watermarks, where a secrecy marking may stand."""
    lines: list[str] = []
    for part in (*_related(document, "header"), *_related(document, "footer")):
        body = _walk(document, part, Styles(), Numbering())
        lines += [body.text()[0], *body.watermarks]
    return Margins("\n".join(lines))


def head(document: Document) -> str:
    """The running text and its watermarks, for the search of a marking."""
    body = _walk(document, document.main, Styles(), Numbering())
    return "\n".join([*body.watermarks, body.text()[0]])


def _pieces(document: Document, kind: str, element: str) -> list[str]:
    """The words of each comment or note; separators, which have none, are not counted."""
    found: list[str] = []

    def start(tag: str, _attributes: dict[str, str]) -> None:
        if tag.endswith(f" {element}"):
            found.append("")

    def text(words: str) -> None:
        if found and len(found[-1]) < _PIECE:
            found[-1] += words

    for part in _related(document, kind):
        read_xml(document.package.read(part), start, text=text)
    return [piece for piece in found if piece.strip()]


def _notes(document: Document, body: Body) -> list[Sentence]:
    """What was left out, one sentence a kind."""
    seen = body.left_out
    notes: list[Sentence] = []
    if seen["deleted"]:
        which = shown(body.deleted)
        notes.append(
            say("office.deletions_named", count=seen["deleted"], which=which)
            if which
            else say("office.deletions_ignored", count=seen["deleted"])
        )
    if seen["inserted"]:
        notes.append(say("office.insertions_kept", count=seen["inserted"]))
    if comments := _pieces(document, "comments", "comment"):
        which = shown(comments)
        notes.append(say("office.comments_named", count=len(comments), which=which))
    if seen["hidden"]:
        notes.append(say("office.hidden_ignored", count=seen["hidden"]))
    if seen["contents"]:
        notes.append(say("office.contents_ignored", count=seen["contents"]))
    if seen["picture"]:
        notes.append(say("office.pictures_ignored", count=seen["picture"]))
    if seen["object"]:
        notes.append(say("office.objects_ignored", count=seen["object"]))
    if seen["note"]:
        feet = _pieces(document, "footnotes", "footnote") + _pieces(document, "endnotes", "endnote")
        notes.append(
            say("office.footnotes_named", count=seen["note"], which=shown(feet))
            if feet
            else say("office.footnotes_ignored", count=seen["note"])
        )
    lines = [line for line in margins(document).text.split("\n") if _LETTER.search(line)]
    if lines:
        notes.append(say("office.margins_named", which=shown(lines)))
    return notes
