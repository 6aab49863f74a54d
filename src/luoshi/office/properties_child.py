"""The child's side of `properties`: what of a file is to be replaced, as stretches of its bytes.

A zip package is not packed anew: the entries that hold properties are replaced, the directory is
written for the new places, and what hangs behind its end is left out. All other entries stay as
they are, packed as they were. A PDF is written anew by pypdf, or not touched.
"""

from __future__ import annotations

import base64
import io
import itertools
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree
from pypdf import PdfReader, PdfWriter

from luoshi.domain.base import Sentence, say
from luoshi.office import bounded
from luoshi.office.answers import MEGABYTE, RejectedError
from luoshi.office.package import Package, judge_prolog

if TYPE_CHECKING:
    from collections.abc import Mapping

Splice = tuple[int, int, bytes]
"""From, to, and what stands there instead."""

PDF_LIMIT = 20 * MEGABYTE
"""A larger PDF is not written anew: the child would need more memory than it has."""

PDF_SECONDS = 6.0
_CORE = frozenset({"creator", "lastModifiedBy"})
_APP = frozenset({"Company", "Manager"})
_ODF = frozenset({"initial-creator", "creator", "printed-by", "user-defined"})
_EVERY: frozenset[str] = frozenset()
"""Of custom properties nothing is left but the root."""

_PARTS = {
    "core-properties": ("docProps/core.xml", _CORE),
    "extended-properties": ("docProps/app.xml", _APP),
    "custom-properties": ("docProps/custom.xml", _EVERY),
}
_LOCAL, _ENTRY, _END = "<4s5H3I2H", "<4s6H3I5H2I", "<4s4H2IH"
_UTF8 = 0x800
_SILENT = frozenset({"/Producer", "/Trapped"})
"""What /Info may say without telling of anybody."""


def properties_of(data: bytes) -> dict[str, object]:
    """What is to be replaced in a file, and what a person is told; raises RejectedError."""
    if data.startswith(b"PK\x03\x04"):
        splices, told = _package(data), say("office.properties_removed")
    elif data.startswith(b"%PDF-"):
        splices, told = _pdf(data)
    else:
        raise RejectedError(say("office.properties_kept"))
    return {
        "splices": [(at, end, base64.b64encode(made).decode()) for at, end, made in splices],
        "told": bounded.as_data([told] if splices or told.code != _REMOVED else []),
    }


_REMOVED = "office.properties_removed"


def _package(data: bytes) -> list[Splice]:
    """The entries of a package that name its maker, without that, and the directory after them."""
    package = Package(data)
    wanted = {name: names for name, names in _PARTS.values() if name in package.names}
    for relation in package.relations("").values():
        if relation.kind in _PARTS and relation.target in package.names:
            wanted[relation.target] = _PARTS[relation.kind][1]
    if "mimetype" in package.names and "meta.xml" in package.names:
        wanted["meta.xml"] = _ODF
    made = {name: _without(package.read(name), names) for name, names in wanted.items()}
    changed = {name: part for name, part in made.items() if part is not None}
    return _spliced(data, changed) if changed else []


def _without(part: bytes, names: frozenset[str]) -> bytes | None:
    """The XML without the elements of these names (none given: without any); None: as it was."""
    judge_prolog([part])
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(part, parser)
    except etree.XMLSyntaxError as error:
        raise RejectedError(say("office.xml_damaged")) from error
    gone = [
        child
        for child in root.iter(etree.Element)
        if child is not root and (not names or etree.QName(child).localname in names)
    ]
    if not any("".join(child.itertext()).strip() or len(child) for child in gone):
        return None
    for child in gone:
        child.getparent().remove(child)
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    return bytes(etree.tostring(root, xml_declaration=True, encoding=encoding, standalone=True))


def _spliced(data: bytes, changed: Mapping[str, bytes]) -> list[Splice]:
    """Changed entries in place of the old ones, then a directory that knows the new places."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        infos, start = opened.infolist(), opened.start_dir
    places = sorted({info.header_offset for info in infos} | {start})
    if len(places) != len(infos) + 1 or places[-1] != start:
        raise RejectedError(say("office.zip_damaged"))
    ends = dict(itertools.pairwise(places))
    splices: list[Splice] = []
    moved, entries, shift, at = {}, {}, 0, start
    for info in infos:
        record = struct.unpack_from(_ENTRY, data, at)
        end = at + struct.calcsize(_ENTRY) + sum(record[10:13])
        entries[info.header_offset] = (info, record, data[at:end])
        at = end
    for place in places[:-1]:
        info, record, raw = entries[place]
        moved[place] = _placed(raw, place + shift)
        if info.filename in changed:
            local, moved[place] = _entry(record, raw, changed[info.filename], place + shift)
            splices.append((place, ends[place], local))
            shift += len(local) - (ends[place] - place)
    directory = b"".join(moved[info.header_offset] for info in infos)
    count = len(infos)
    tail = (b"PK\x05\x06", 0, 0, count, count, len(directory), start + shift, 0)
    return [*splices, (start, len(data), directory + struct.pack(_END, *tail))]


def _placed(raw: bytes, offset: int) -> bytes:
    """A record of the directory, with the place where its entry now begins."""
    return raw[:42] + struct.pack("<I", offset) + raw[46:]


def _entry(record: tuple[object, ...], raw: bytes, part: bytes, offset: int) -> tuple[bytes, bytes]:
    """A changed entry and its record: the old name and time, the new bytes and sums."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = squeeze.compress(part) + squeeze.flush()
    _sig, made_by, _needs, flags, _method, time, day, *_rest = record
    assert isinstance(flags, int)
    length = record[10]
    assert isinstance(length, int)
    name = raw[46 : 46 + length]
    said = (20, flags & _UTF8, 8, time, day, zlib.crc32(part), len(packed), len(part), length, 0)
    local = struct.pack(_LOCAL, b"PK\x03\x04", *said) + name + packed
    inside, outside = record[14], record[15]
    entry = struct.pack(_ENTRY, b"PK\x01\x02", made_by, *said, 0, 0, inside, outside, offset)
    return local, entry + name


def _pdf(data: bytes) -> tuple[list[Splice], Sentence]:
    """A PDF written anew without /Info and XMP; a signed or a very large one is left alone."""
    kept = say("office.properties_kept")
    try:
        reader = PdfReader(io.BytesIO(data))
        if not _tells(reader):
            return [], say("office.properties_removed")
        if b"/ByteRange" in data:
            return [], say("office.properties_signed")
        if len(data) > PDF_LIMIT:
            return [], kept
        bounded.allow(PDF_SECONDS)
        # Before it is cloned: what nothing leads to is not written.
        reader.root_object.pop("/Metadata", None)
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        out = io.BytesIO()
        writer.write(out)
        made = out.getvalue()
        again = PdfReader(io.BytesIO(made))
        if len(again.pages) != len(reader.pages) or _tells(again):
            return [], kept
    except Exception as error:  # the library's faults are many; the file is kept as it came
        raise RejectedError(kept) from error
    return [(0, len(data), made)], say("office.properties_removed")


def _tells(reader: PdfReader) -> bool:
    """Whether the properties of a PDF say anything but what program wrote it."""
    told: Mapping[str, object] = reader.metadata or {}
    said = any(str(value).strip() for key, value in told.items() if key not in _SILENT)
    return said or "/Metadata" in reader.root_object
