"""A photograph without what it tells of its maker: place, device, time, thumbnails, appended bytes.

Parts of a JPEG or PNG are copied or left out whole; no picture is decoded here, so nothing is lost
of what is seen. A JPEG keeps which way up it is held, and nothing else of its EXIF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from struct import error as BadStruct  # noqa: N812 - the library's own name says nothing
from struct import unpack_from
from typing import TYPE_CHECKING

from luoshi.domain.base import say
from luoshi.office.answers import RejectedError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 50_000_000
"""A picture of more has to be made smaller: a telephone's has 12 to 50 million."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    {
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"pHYs",
    }
)
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_APP1, _APP2, _SOS, _EOI = 0xE1, 0xE2, 0xDA, 0xD9
_JPEG_KEPT = _JPEG_FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xE0, 0xEE, _SOS}
_NEXT = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
"""The next marker in coded data: a stuffed zero, a filler and restarts are no markers."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes to keep, and how wide and high the picture is."""

    data: bytes
    width: int
    height: int


def cleaned(data: bytes) -> Picture:
    """The picture without its metadata and without what hangs behind its end.

    Raises RejectedError where it is broken, or declares more than 50 million pixels: nothing of it
    was unpacked by then.
    """
    try:
        picture = _png(data) if data.startswith(_PNG) else _jpeg(data)
    except (IndexError, ValueError, BadStruct) as fault:
        raise RejectedError(say("office.picture_damaged")) from fault
    if picture.width * picture.height > MOST_PIXELS:
        raise RejectedError(say("office.picture_too_big", millions=MOST_PIXELS // 1_000_000))
    if not picture.width or not picture.height:
        raise RejectedError(say("office.picture_damaged"))
    return picture


def _png(data: bytes) -> Picture:
    at, kept, size = len(_PNG), [_PNG], (0, 0)
    seen: set[bytes] = set()
    while b"IEND" not in seen:
        length, kind = unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data) or not kind.isalpha():
            raise ValueError(kind)
        if not seen:
            if kind != b"IHDR" or length != 13:
                raise ValueError(kind)
            size = unpack_from(">II", data, at + 8)
        if kind in _PNG_KEPT:
            kept.append(data[at:end])
        elif kind[:1].isupper():  # a part that no reader may pass over, and that none of ours knows
            raise ValueError(kind)
        seen.add(kind)
        at = end
    if b"IDAT" not in seen:
        raise ValueError(seen)
    return Picture(b"".join(kept), *size)


def _jpeg(data: bytes) -> Picture:
    kept, size, turned = [b"\xff\xd8"], (0, 0), 1
    is_coded = False
    for kind, at, end in _segments(data):
        if kind in _JPEG_FRAMES:
            height, width = unpack_from(">HH", data, at + 5)
            size = (width, height)
        if kind == _APP1:
            turned = _turned(data[at + 4 : end]) or turned
        elif kind in _JPEG_KEPT or (kind == _APP2 and data[at + 4 :].startswith(b"ICC_PROFILE")):
            kept.append(data[at:end])
        is_coded = is_coded or kind == _SOS
    if not is_coded:
        raise ValueError(_EOI)
    if turned > 1:
        kept.insert(1, _way_up(turned))
    return Picture(b"".join(kept) + b"\xff\xd9", *size)


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """The marker of each part with where it begins and ends; coded data belongs to its scan."""
    at = 2
    while True:
        while data[at + 1] == 0xFF:  # fillers
            at += 1
        kind = data[at + 1]
        if data[at] != 0xFF:
            raise ValueError(at)
        if kind == _EOI:
            return
        end = at + 2 + int(unpack_from(">H", data, at + 2)[0])
        if end > len(data) or end < at + 4:
            raise ValueError(end)
        if kind == _SOS:
            found = _NEXT.search(data, end)
            if found is None:
                raise ValueError(kind)
            end = found.start()
        yield kind, at, end
        at = end


def _turned(exif: bytes) -> int:
    """Which way up the picture is held (2 to 8), of an EXIF block; 0 where it does not say."""
    if not exif.startswith(b"Exif\0\0") or len(exif) < 20:
        return 0
    tiff = exif[6:]
    order = "<" if tiff.startswith(b"II") else ">"
    try:
        (start,) = unpack_from(order + "I", tiff, 4)
        (count,) = unpack_from(order + "H", tiff, start)
        for number in range(min(count, 100)):
            tag, kind, _n, value = unpack_from(order + "HHIH", tiff, start + 2 + 12 * number)
            if (tag, kind) == (0x0112, 3):
                return value if 1 <= value <= 8 else 0
    except BadStruct:
        return 0
    return 0


def _way_up(turned: int) -> bytes:
    """An EXIF block that says only which way up the picture is."""
    tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01" + bytes([0, turned, 0, 0]) + b"\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
