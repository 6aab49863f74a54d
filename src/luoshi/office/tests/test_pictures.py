"""Photographs lose what they tell of their maker, and nothing that is seen; hostile ones are refused."""

import contextlib
import io
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from luoshi.office import thumbs
from luoshi.office.answers import EVIDENCE, Rejected, RejectedError
from luoshi.office.pictures import MOST_PIXELS, cleaned
from luoshi.office.screen import screen
from luoshi.office.tests.pictures import PNG, chunk, exif, jpeg, png

SECRET = b"GPS 113.2E 35.1N"


def code(data):
    with pytest.raises(RejectedError) as refused:
        cleaned(data)
    return refused.value.rejected.why.code


def pixels(data):
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


def test_jpeg_loses_place_and_comment_and_keeps_every_pixel_and_its_way_up():
    comment = b"\xff\xfe" + struct.pack(">H", 2 + len(SECRET)) + SECRET
    data = jpeg(exif(6), comment, behind=b"<script>alert(1)</script>")
    found = cleaned(data)
    assert SECRET not in found.data
    assert b"<script>" not in found.data
    assert (found.width, found.height) == (48, 32)
    assert pixels(found.data) == pixels(data)
    assert Image.open(io.BytesIO(found.data)).getexif() == {0x0112: 6}
    assert cleaned(found.data).data == found.data


def test_png_loses_text_time_exif_and_what_hangs_behind():
    told = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"eXIf", b"II*\0" + SECRET)
    data = png(extra=told + chunk(b"tIME", b"\x07\xea\6\x12\0\0\0"), behind=b"PK\3\4 a zip")
    found = cleaned(data)
    assert SECRET not in found.data
    assert found.data == PNG
    assert pixels(found.data) == pixels(data)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_what_another_program_writes_is_kept_whole(mode, progressive):
    out = io.BytesIO()
    picture = Image.effect_mandelbrot((90, 60), (-2, -1, 1, 1), 50).convert(mode)
    picture.save(out, "JPEG", progressive=progressive, quality=95)
    assert pixels(cleaned(out.getvalue()).data) == pixels(out.getvalue())


def test_a_thousand_million_pixels_are_refused_unpacked_by_nobody():
    declared = png(40_000, 25_000, rows=b"\0" * 100)
    assert len(declared) < 200
    assert code(declared) == "office.picture_too_big"
    assert MOST_PIXELS < 40_000 * 25_000


@pytest.mark.parametrize(
    "data",
    [PNG[:20], PNG[:-12], b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"\xff\xd8\xff", b"\xff\xd8\xff\xd9",
     jpeg()[:300], b"\x89PNG\r\n\x1a\n<html><script>", b"\xff\xd8\xff<?php"],
)  # fmt: skip
def test_what_only_begins_like_a_picture_is_refused(data):
    assert code(data) == "office.picture_damaged"


@given(
    st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", PNG[:40], b""])
)
@settings(max_examples=300)
def test_any_bytes_are_answered(tail, start):
    with contextlib.suppress(RejectedError):
        assert cleaned(start + tail).width


POLYGLOTS = {
    "a.gif": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//",
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a.png": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a.jpg": b"<html><script>alert(1)</script></html>",
    "a.exe": b"MZ" + b"\0" * 60,
    "photo.jpg.exe": jpeg(),
    "a.html": b"<html>",
    "a.webp": b"RIFF\x24\0\0\0WEBPVP8 ",
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_what_is_not_what_it_says_is_refused_in_words(name):
    answer = screen(name, POLYGLOTS[name], takes=EVIDENCE)
    assert isinstance(answer, Rejected), name


def test_small_picture_is_our_own_drawing_the_right_way_up():
    data = cleaned(jpeg(exif(6), size=(400, 200))).data
    small = thumbs.small(data)
    picture = Image.open(io.BytesIO(small))
    assert picture.format == "JPEG"
    assert picture.size == (120, 240)
    assert SECRET not in small
    assert not picture.getexif()


@pytest.mark.parametrize("data", [b"", b"no picture", PNG[:50], png(9_000, 9_000, rows=b"\0" * 99)])
def test_no_small_picture_of_what_is_none(data):
    assert thumbs.small(data) == b""


def test_a_picture_that_unpacks_to_much_is_drawn_within_the_limits_or_not_at_all():
    bomb = png(7_000, 7_000, rows=b"\0" * (7_001 * 7_000))
    assert len(bomb) < 100_000
    small = thumbs.small(bomb)
    assert small == b"" or Image.open(io.BytesIO(small)).size == (240, 240)
