"""Every sentence of a law can be said in both languages with the parameters it is given."""

from __future__ import annotations

import ast
import re
import string
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override

from luoshi.domain.base import say
from luoshi.ui.sentences import patterns, tell, told

OFFICE_WORDS = re.compile("到期未报|待补")  # terms that English prose may name; pages mark them
PACKAGE = Path(__file__).resolve().parents[2]


def fields(pattern: str) -> set[str]:
    return {name for _text, name, _spec, _conv in string.Formatter().parse(pattern) if name}


def said() -> list[tuple[str, str, set[str], bool]]:
    """(place, code, names given, whether more come by **) of every `say(…)` of the source."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)) if "say(" in source else ():
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"):
                continue
            place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
            names = {kw.arg for kw in node.keywords if kw.arg}
            more = any(kw.arg is None for kw in node.keywords)
            found += [(place, code, names, more) for code in codes(node.args[0])]
    return found


def codes(node: ast.expr) -> list[str]:
    """A literal, or one of two: anything else is "" and a fault."""
    if isinstance(node, ast.IfExp):
        return [*codes(node.body), *codes(node.orelse)]
    return [node.value if isinstance(node, ast.Constant) else ""]


SAID = said()


def test_sentences_are_said():
    assert len(SAID) > 50


@pytest.mark.parametrize(("place", "code", "names", "more"), SAID, ids=[s[0] for s in SAID])
def test_sentence_has_both_patterns(place: str, code: str, names: set[str], more: bool):
    assert code, f"{place}: the code of a sentence is a literal"
    assert code in patterns(), f"{place}: no pattern for {code}"
    chinese, english = patterns()[code]
    if not more:
        assert fields(chinese) | fields(english) <= names, (
            f"{place}: {code} wants more than {names}"
        )


@pytest.mark.parametrize("code", sorted(patterns()))
def test_pattern_says_the_same_in_both_languages(code: str):
    chinese, english = patterns()[code]
    assert chinese.strip()
    assert english.strip()
    given = {name: f"<{name}>" for name in fields(chinese) | fields(english)}
    shown = [pattern.format(**given) for pattern in (chinese, english)]
    assert all("<" in text for text in shown) or not given
    assert not re.search("[\u4e00-\u9fff]", OFFICE_WORDS.sub("", english)), english


def test_told_takes_sentences_json_and_text():
    why = say("access.no_right", right="plan")
    with override("en"):
        assert told(why) == "None of your posts gives this right; please ask the town office."
        assert told({"code": why.code, "params": dict(why.params)}) == told(why)
    assert told("原样") == "原样"
    assert told(None) == ""


def test_values_are_written_plainly():
    from luoshi.ui import sentences

    show = sentences._show
    assert show(date(2026, 6, 30), "en") == "2026-06-30"
    assert show(datetime(2026, 6, 30, 1, 5, tzinfo=UTC), "en") == "2026-06-30 09:05"
    assert show(Decimal("1E+2"), "zh-hans") == "100"
    assert show(("东村", "西村"), "zh-hans") == "东村、西村"
    assert show(["a", "b"], "en") == "a, b"
    assert show(say("access.out_of_scope"), "en") == tell(say("access.out_of_scope"), "en")


def test_unknown_code_is_our_error():
    with pytest.raises(KeyError):
        tell(say("nowhere.nothing"))
