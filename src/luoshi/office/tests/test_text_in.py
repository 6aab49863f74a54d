from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from luoshi.office.answers import RejectedError
from luoshi.office.tests.build import code_of
from luoshi.office.text_in import decode

SAMPLES = Path(__file__).parents[4].parent / "shared" / "samples"
TEXT = "同志们：\n今天召开大会，GDP增长6%以上。\n一、工业经济"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GB18030"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16LE"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
    ],
)
def test_decode_finds_the_encoding(codec, name):
    found = decode(TEXT.encode(codec))
    assert (found.text, found.encoding, found.notes) == (TEXT, name, ())


def test_decode_utf_16_without_any_ascii_is_found():
    text = "同志们今天召开大会全面部署重点工作"
    assert decode(text.encode("utf-16-le")).text == text
    assert decode(text.encode("utf-16-be")).text == text


def test_decode_line_ends_become_lf():
    assert decode(b"a\r\nb\rc\n\rd").text == "a\nb\nc\n\nd"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le"])
def test_decode_half_a_character_at_the_end_is_dropped_and_named(codec):
    data = TEXT.encode(codec)[:-1]
    found = decode(data)
    assert found.text == TEXT[:-1]
    assert [note.code for note in found.notes] == ["office.text_cut"]
    assert found.notes[0].params["count"] == len(data) - len(TEXT[:-1].encode(codec))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "office.empty"),
        (b"\n \t", "office.blank"),
        ("\ufeff\u200b".encode(), "office.blank"),
        (b"plain text\0with a zero byte", "office.text_nul"),
        ("通知\0".encode("utf-16-le"), "office.binary"),
        ("\ufeff通知\0".encode("utf-16-le"), "office.text_nul"),
        (bytes(range(256)), "office.binary"),
    ],
)
def test_decode_what_is_no_text_is_refused(data, code):
    with pytest.raises(RejectedError) as refused:
        decode(data)
    assert refused.value.rejected.why.code == code


def test_decode_published_texts_survive_every_encoding():
    if not SAMPLES.is_dir():
        pytest.skip("…/shared/samples is not here")
    paths = sorted(SAMPLES.glob("*/*.txt"))
    assert paths
    for path in paths:
        text = path.read_text("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
            assert decode(text.encode(codec)).text == text, (path.name, codec)


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00\xd8")
@example(b"\x81\x30\x81\x30")
@settings(max_examples=400, deadline=None)
def test_decode_any_bytes_are_text_or_a_sentence(data):
    if code_of(decode, data) is None:
        found = decode(data)
        assert found.text.strip()
        assert "\0" not in found.text
        assert "\r" not in found.text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_decode_utf_8_with_mark_comes_back_as_it_was(text):
    kept = text.removeprefix("\ufeff")
    data = b"\xef\xbb\xbf" + kept.encode()
    code = code_of(decode, data)
    assert code in (None, "office.blank", "office.empty")
    assert code or decode(data).text == kept.removeprefix("\ufeff")
