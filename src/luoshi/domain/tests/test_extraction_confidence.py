"""How sure the reader says it is, and what endless pieces cost it."""

import time
from decimal import Decimal

import pytest

from luoshi.domain.extraction import extract
from luoshi.domain.extraction.confidence import confidence_of

PIECES = [
    "要推进工作",
    "1234567890",
    "\u200f",
    "\u200b字",
    "12.5%",
    "同志们",
    "一、",
    "（",
    "但仍不足",
    "|",
]
HUGE = PIECES[:4]


def test_confidence_never_falls_as_the_rule_grows_stronger():
    strengths = [Decimal(n) / 100 for n in range(101)]
    shares = [confidence_of(strength, incomplete=False) for strength in strengths]
    assert shares == sorted(shares)
    for strength, share in zip(strengths, shares, strict=True):
        assert confidence_of(strength, incomplete=True) < share


def _one_piece(piece, size):
    text = (piece * (size // len(piece) + 1))[:size]
    started = time.process_time()
    reading = extract(text)
    assert time.process_time() - started < 60e-6 * size
    assert "".join(text[p.start : p.end] for p in reading.passages) == text


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_one_piece_without_end_is_read_in_linear_time(piece):
    """Text without a full stop, only figures, only marks: nothing costs more than its length."""
    _one_piece(piece, 100_000)


@pytest.mark.prove
@pytest.mark.parametrize("piece", HUGE, ids=range(len(HUGE)))
def test_ten_megabytes_of_one_piece_are_read_in_linear_time(piece):
    _one_piece(piece, 10_000_000 // len(piece.encode()))


def test_notice_tells_what_was_found_until_it_demands():
    text = (
        "关于河道保洁情况的督查通报\n各村：\n现将督查情况通报如下：\n"
        "全镇12条河道完成清淤8条。未完成清淤4条。各村要于6月底前完成剩余清淤。\n"
    )
    kinds = [item.kind for item in extract(text, year=2026).items if item.kind != "boilerplate"]
    assert kinds == ["achievement", "problem", "task"]
