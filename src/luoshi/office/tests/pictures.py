"""Small pictures made here, sound and hostile ones."""

import struct
import zlib


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=4, height=3, extra=b"", behind=b"", rows=None):
    """A grey PNG; `extra` chunks stand before its data, `behind` hangs after its end."""
    raw = b"".join(b"\0" + b"\x80" * width for _ in range(height)) if rows is None else rows
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    body = head + extra + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + behind


def exif(turned, words=b"GPS 113.2E 35.1N"):
    """An EXIF block in Intel order: which way up, and a description with a place."""
    tiff = b"II*\0" + struct.pack("<IH", 8, 2)
    tiff += struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0)
    tiff += struct.pack("<HHII", 0x010E, 2, len(words), 38) + b"\0\0\0\0" + words
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def jpeg(*segments, behind=b"", size=(48, 32)):
    """A JPEG drawn by Pillow, with segments put in behind its first marker."""
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, "JPEG")
    data = out.getvalue()
    return data[:2] + b"".join(segments) + data[2:] + behind


PNG = png()
