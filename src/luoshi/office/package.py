"""Zip packages and their XML, opened so that a hostile file can only be refused.

Nothing is written to disk and nothing is fetched: totals are judged from the directory of the
package before any entry is unpacked, and XML is read as a stream by expat, which stops at the
first document type declaration (the carrier of external entities and entity bombs).
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from xml.etree import ElementTree as ET
from xml.parsers import expat

from luoshi.domain.base import say
from luoshi.office.answers import MEGABYTE, RejectedError

ENTRY_LIMIT = 5_000
DIRECTORY_LIMIT = MEGABYTE
UNPACKED_LIMIT = 200 * MEGABYTE
PART_LIMIT = 64 * MEGABYTE
RATIO_LIMIT = 100
RATIO_FREE = 4 * MEGABYTE
"""Below this unpacked size an entry may be squeezed as far as deflate can."""

ELEMENT_LIMIT = 600_000
DEPTH_LIMIT = 500
TOKEN_LIMIT = 4 * MEGABYTE
QUOTES_LIMIT = 20_000
"""A file with fewer quotes has fewer attributes than anybody could be harmed by."""
_CHUNK = 64 * 1024
_ZIP_FAULTS = (
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
)
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_OUTSIDE = re.compile(r"^/|^[A-Za-z]:|\\|(?:^|/)\.\.(?:/|$)")
"""A name that leads out of the package: absolute, with a drive, a backslash or a step upward."""

_END_OF_DIRECTORY = b"PK\x05\x06"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a `.rels` part: last word of its type, target, and whether that lies outside."""

    kind: str
    target: str
    external: bool


@contextmanager
def _damage() -> Iterator[None]:
    """Turn every fault of an entry into one sentence."""
    try:
        yield
    except _ZIP_FAULTS as error:
        raise RejectedError(say("office.zip_damaged")) from error


class Package:
    """A zip package whose totals have been judged; parts are read one at a time."""

    def __init__(self, data: bytes) -> None:
        """Open the directory; raises RejectedError where totals or entries are not honest."""
        _judge_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except Exception as error:
            raise RejectedError(say("office.zip_damaged")) from error
        self.sizes = _judge_entries(infos)
        self.names = frozenset(self.sizes)

    def read(self, name: str) -> bytes:
        """The bytes of one part, at most 64 MB; raises RejectedError where it is damaged."""
        if self.sizes.get(name, 0) > PART_LIMIT:
            raise RejectedError(say("office.zip_bomb", megabytes=PART_LIMIT // MEGABYTE))
        with _damage():
            return self._zip.read(name)

    def relations(self, part: str) -> Mapping[str, Relation]:
        """The relations of a part (`""`: the package) by id; targets inside are part names."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.names:
            return {}
        found: dict[str, Relation] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag.endswith("Relationship"):
                external = attributes.get("TargetMode", "").lower() == "external"
                target = attributes.get("Target", "")
                if not external:
                    target = _resolve(folder, target)
                kind = attributes.get("Type", "").rsplit("/", 1)[-1]
                found[attributes.get("Id", str(len(found)))] = Relation(kind, target, external)

        read_xml(self.read(rels), start)
        return found

    def judge_xml(self) -> None:
        """Refuse the package if any XML part begins with a document type declaration."""
        for name in sorted(self.names):
            if name.lower().endswith((".xml", ".rels", ".vml")):
                judge_prolog(self._chunks(name))

    def _chunks(self, name: str) -> Iterator[bytes]:
        """A part piece by piece, so that a prolog is judged without unpacking the rest."""
        with _damage(), self._zip.open(name) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk


def _resolve(folder: str, target: str) -> str:
    """The part name a relation points at."""
    joined = target if target.startswith("/") else posixpath.join("/", folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _judge_directory(data: bytes) -> None:
    """Refuse a directory so large that listing it would itself be the attack."""
    at = data.rfind(_END_OF_DIRECTORY, max(0, len(data) - 66_000))
    if at < 0 or at + 22 > len(data):
        raise RejectedError(say("office.zip_damaged"))
    count, size = struct.unpack_from("<HI", data, at + 10)
    zip64 = data[max(0, at - 20) : at].startswith(b"PK\x06\x07")
    if zip64 or count > ENTRY_LIMIT or size > DIRECTORY_LIMIT:
        raise RejectedError(say("office.zip_too_many", limit=ENTRY_LIMIT))


def _judge_entries(infos: list[zipfile.ZipInfo]) -> dict[str, int]:
    """Refuse by entry count, total, ratio, password, method, a name twice or leading out."""
    if len(infos) > ENTRY_LIMIT:
        raise RejectedError(say("office.zip_too_many", limit=ENTRY_LIMIT))
    sizes: dict[str, int] = {}
    for info in infos:
        if info.flag_bits & 0x1:
            raise RejectedError(say("office.password"))
        if _OUTSIDE.search(info.orig_filename):
            raise RejectedError(say("office.zip_slip"))
        if info.filename in sizes or info.compress_type not in (0, 8):
            raise RejectedError(say("office.zip_damaged"))
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > RATIO_FREE and ratio > RATIO_LIMIT:
            raise RejectedError(say("office.zip_bomb", megabytes=UNPACKED_LIMIT // MEGABYTE))
        sizes[info.filename] = info.file_size
    if sum(sizes.values()) > UNPACKED_LIMIT:
        raise RejectedError(say("office.zip_bomb", megabytes=UNPACKED_LIMIT // MEGABYTE))
    return sizes


class _RootSeenError(Exception):
    """The first element has begun, so no document type declaration can follow."""


def _refuse_doctype(*_args: object) -> None:
    """Stop at a document type declaration."""
    raise RejectedError(say("office.xml_entities"))


def _parser() -> expat.XMLParserType:
    """An expat parser that joins namespace and name with a space and refuses document types."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.ExternalEntityRefHandler = lambda *_args: 0
    parser.buffer_text = True
    return parser


def _feed(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Feed the parser in pieces, turning every fault of the XML into one sentence.

    A single tag or comment of more than 4 MB is refused before its attributes are made.
    """
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
            fed += len(chunk)
            if fed - max(0, parser.CurrentByteIndex) > TOKEN_LIMIT:
                raise RejectedError(say("office.xml_too_big", limit=ELEMENT_LIMIT))
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise RejectedError(say("office.xml_damaged")) from error


def judge_prolog(chunks: Iterable[bytes]) -> None:
    """Read XML up to its first element; raises RejectedError on a document type or broken XML."""

    def root(*_args: object) -> None:
        raise _RootSeenError

    parser = _parser()
    parser.StartElementHandler = root
    try:
        _feed(parser, chunks)
    except _RootSeenError:
        return


def tree_of(data: bytes) -> ET.Element:
    """The elements of a file as a tree, under the same limits; raises RejectedError.

    A file with few attributes is read by the parser alone, with no call of ours for an element: its
    prolog is judged first, and its elements and attributes are bounded by counting brackets and
    quotes. Any other file goes element by element through `read_xml`.
    """
    quotes = data.count(b'"') + data.count(b"'")
    if quotes > QUOTES_LIMIT or data.count(b"<") > 2 * ELEMENT_LIMIT or not _ascii_marks(data):
        return _tree_in_steps(data)
    judge_prolog(data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))
    try:
        root = ET.XML(data)
    except (ET.ParseError, ValueError, LookupError) as error:
        raise RejectedError(say("office.xml_damaged")) from error
    count, level = 1, [root]
    for _ in range(DEPTH_LIMIT):
        level = [inner for outer in level for inner in outer]
        count += len(level)
        if not level:
            break
    if level or count > ELEMENT_LIMIT:
        raise RejectedError(say("office.xml_too_big", limit=ELEMENT_LIMIT))
    return root


def _ascii_marks(data: bytes) -> bool:
    """Whether brackets and quotes are the bytes they are in ASCII: so they can be counted."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in data[:4]:
        return False
    named = _ENCODING.search(data[:400])
    return named is None or named[1].lower() in {b"utf-8", b"us-ascii", b"ascii"}


def _tree_in_steps(data: bytes) -> ET.Element:
    builder = ET.TreeBuilder()

    def name(tag: str) -> str:
        space, _, own = tag.rpartition(" ")
        return f"{{{space}}}{own}" if space else own

    def start(tag: str, _attributes: dict[str, str]) -> None:
        builder.start(name(tag), {})

    def end(tag: str) -> None:
        builder.end(name(tag))

    read_xml(data, start, end, builder.data)
    return builder.close()


def _refuse_endless(data: bytes) -> None:
    count = 0

    def opened(_tag: str, _attributes: object) -> None:
        nonlocal count
        count += 1
        if count > ELEMENT_LIMIT:
            raise RejectedError(say("office.xml_too_big", limit=ELEMENT_LIMIT))

    parser = _parser()
    parser.StartElementHandler = opened
    _feed(parser, (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)))


def read_xml(data: bytes, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Stream XML through handlers; at most 600,000 elements, 500 deep; raises RejectedError.

    A file that may hold more is counted first, so that it is refused before anything is built.
    """
    if data.count(b"<") - data.count(b"</") > ELEMENT_LIMIT:
        _refuse_endless(data)
    parser = _parser()
    count = depth = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > ELEMENT_LIMIT or depth > DEPTH_LIMIT:
            raise RejectedError(say("office.xml_too_big", limit=ELEMENT_LIMIT))
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    if text is not None:
        parser.CharacterDataHandler = text
    _feed(parser, (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)))
