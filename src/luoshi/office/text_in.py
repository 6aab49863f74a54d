"""Bytes to text: finds the encoding, normalises line ends, refuses what is not text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from luoshi.domain.base import Sentence, say
from luoshi.office.answers import SIZE_LIMIT, TEXT_LIMIT, RejectedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
)
_GUESSES = (("gb18030", "GB18030"), ("utf-16-le", "UTF-16LE"), ("utf-16-be", "UTF-16BE"))
_SAMPLE = 40_000
_PLAUSIBLE = 0.85
_CONTROL_SHARE = 0.001
_BLANK = "\ufeff\u200b\u200c\u200d\u2060"


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text with LF line ends and no byte order mark; `encoding` as an office would name it."""

    text: str
    encoding: str
    notes: tuple[Sentence, ...] = ()


def decode(data: bytes) -> DecodedText:
    """Decode UTF-8, GBK/GB18030 or UTF-16, with or without a byte order mark.

    CRLF and CR become LF. A character cut in half at the very end (a broken download) is dropped
    and named in `notes`. Raises RejectedError for U+0000, binary content, blank or oversized files.
    """
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("office.too_large", megabytes=SIZE_LIMIT // 1024 // 1024))
    if not data:
        raise RejectedError(say("office.empty"))
    codec, label, body = _find_codec(data)
    text, cut = _decode_whole(body, codec)
    if "\0" in text:
        raise RejectedError(say("office.text_nul"))
    if _control_share(text) > _CONTROL_SHARE:
        raise RejectedError(say("office.binary"))
    if len(text) > TEXT_LIMIT:
        raise RejectedError(say("office.text_too_long", limit=TEXT_LIMIT))
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip().strip(_BLANK).strip():
        raise RejectedError(say("office.blank"))
    notes = (say("office.text_cut", count=cut),) if cut else ()
    return DecodedText(text, label, notes)


def _find_codec(data: bytes) -> tuple[str, str, bytes]:
    """The codec, its name for people, and the bytes after the mark."""
    for bom, codec, label in _BOMS:
        if data.startswith(bom):
            return codec, label, data[len(bom) :]
    head = data[: _SAMPLE * 2]
    if b"\0" not in head and _try(data, "utf-8") is not None:
        return "utf-8", "UTF-8", data
    scored = [(_plausibility(head, codec), codec, label) for codec, label in _GUESSES]
    score, codec, label = max(scored, key=lambda item: item[0])
    if score < _PLAUSIBLE:
        raise RejectedError(say("office.text_nul" if _looks_ascii(head) else "office.binary"))
    return codec, label, data


def _looks_ascii(head: bytes) -> bool:
    """Whether the bytes are plain letters but for a few zero bytes."""
    plain = sum(1 for byte in head if 32 <= byte < 127 or byte in b"\t\r\n")
    return head.count(0) * 4 < plain and plain + head.count(0) == len(head)


def _try(data: bytes, codec: str) -> str | None:
    """The text, or None where the bytes are not of that codec; a cut last character is allowed."""
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(data)
    except UnicodeDecodeError:
        return None


def _decode_whole(data: bytes, codec: str) -> tuple[str, int]:
    """The whole text and how many bytes of a broken last character were dropped."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError as error:
        raise RejectedError(say("office.binary")) from error
    return text, len(decoder.getstate()[0])


def _plausibility(head: bytes, codec: str) -> float:
    """The share of characters that Chinese office text is made of (GB 2312 and plain letters)."""
    text = _try(head, codec)
    if not text or "\0" in text:
        return 0.0
    text = text[:_SAMPLE]
    known = sum(1 for char in text if _is_usual(char))
    return known / len(text)


def _is_usual(char: str) -> bool:
    """Whether a character is a printable letter, a line end, or stands in GB 2312."""
    if char < "\x7f":
        return char >= " " or char in "\t\n\r\f\v"
    if char in "\ufeff\u2014\u00a0\u200b":
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _control_share(text: str) -> float:
    """The share of control characters that no text has."""
    odd = sum(text.count(chr(code)) for code in range(1, 32) if chr(code) not in "\t\n\r\f\v")
    return odd / max(1, len(text))
