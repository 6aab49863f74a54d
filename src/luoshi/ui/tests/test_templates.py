"""Every template of the tree: it compiles, and holds no inline style, script or handler."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from django.template import engines

PACKAGE = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for path in PACKAGE.rglob("templates/**/*")
    if path.is_file() and path.suffix in {".html", ".txt"}
)
INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|\shx-on|javascript:|<script(?![^>]*\s(?:src=|type=\"application/json\"))",
    re.IGNORECASE,
)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2705\u274c\u2728\ufe0f]")


def inline_faults(text: str) -> list[str]:
    return INLINE.findall(text)


def test_templates_are_found():
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_template_compiles_and_holds_nothing_inline(path: Path):
    text = path.read_text("utf-8")
    engines["django"].from_string(text)
    assert not inline_faults(text)
    assert not EMOJI.search(text)


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="width:3px">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<a hx-on:click="x()">',
    ],
)
def test_planted_inline_is_found(planted: str):
    assert inline_faults(planted)


def test_script_with_src_is_no_fault():
    assert not inline_faults('<script src="/static/ui/js/once.js" defer></script>')


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("static/**/*.*")), ids=lambda p: p.name)
def test_static_text_is_ours_and_plain(path: Path):
    if path.suffix not in {".css", ".js"}:
        return
    text = path.read_text("utf-8")
    assert not EMOJI.search(text)
    assert not re.search(r"\beval\(|new Function|https?://(?!www\.w3\.org)", text)
    if path.suffix == ".css":
        assert "@import" not in text
        assert text.count("{") == text.count("}")


def test_no_control_characters_in_templates():
    for path in TEMPLATES:
        odd = {c for c in path.read_text("utf-8") if unicodedata.category(c) == "Cc"} - {"\n", "\t"}
        assert not odd, path
