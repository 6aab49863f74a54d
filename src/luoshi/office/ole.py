"""The old compound files of Word, Excel and WPS: which streams stand at their root."""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFF_FFF0
_ENTRY = 128
_ENTRY_LIMIT = 4_096
_FILEPASS = 0x2F


def root_names(data: bytes) -> frozenset[str]:
    """The names of streams and storages directly under the root; empty where the file is broken."""
    return frozenset(_root(data))


def has_password_record(data: bytes) -> bool:
    """Whether a workbook stream begins with the record (FILEPASS) that says it is encrypted."""
    entries = _root(data)
    first = entries.get("Workbook", entries.get("Book"))
    if first is None:
        return False
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    sector, at = data[(first + 1) * size : (first + 2) * size], 0
    while at + 4 <= len(sector):
        kind, length = struct.unpack_from("<HH", sector, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _root(data: bytes) -> dict[str, int]:
    """Names under the root and the first sector of each."""
    try:
        return _children(_directory(data))
    except (struct.error, IndexError, ValueError):
        return {}


def _directory(data: bytes) -> bytes:
    """The directory stream, at most 4,096 entries."""
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        message = f"a sector of 2^{shift} bytes is unknown"
        raise ValueError(message)
    size = 1 << shift
    fat_sectors = [n for n in struct.unpack_from("<109I", data, 76) if n < _END]
    at = struct.unpack_from("<I", data, 48)[0]
    out = bytearray()
    seen: set[int] = set()
    while at < _END and at not in seen and len(out) < _ENTRY_LIMIT * _ENTRY:
        seen.add(at)
        out += data[(at + 1) * size : (at + 2) * size]
        sector, slot = divmod(at, size // 4)
        at = struct.unpack_from("<I", data, (fat_sectors[sector] + 1) * size + slot * 4)[0]
    return bytes(out)


def _children(directory: bytes) -> dict[str, int]:
    """Walk the sibling tree that hangs from the root entry."""
    names: dict[str, int] = {}
    waiting = [struct.unpack_from("<I", directory, 76)[0]]
    seen: set[int] = set()
    while waiting:
        number = waiting.pop()
        base = number * _ENTRY
        if number in seen or base + _ENTRY > len(directory):
            continue
        seen.add(number)
        length = struct.unpack_from("<H", directory, base + 64)[0]
        raw = directory[base : base + max(0, min(length, 64) - 2)]
        name = raw.decode("utf-16-le", "replace")
        names[name] = struct.unpack_from("<I", directory, base + 116)[0]
        waiting += struct.unpack_from("<II", directory, base + 68)
    return names
