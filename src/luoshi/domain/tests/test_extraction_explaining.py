"""Why each clause became what it became: nothing of a text is passed over in silence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.domain.extraction import explain, extract
from luoshi.domain.tests.extraction_cases import cases
from luoshi.domain.text import canon
from luoshi.ui.sentences import tell

CASES = list(cases())
SIGNS = set(" \n\t,;:。、.!?|#　")


def uncovered(text):
    covered = set()
    for why in explain(extract(text), text):
        covered.update(range(why.start, why.end))
    plain = canon(text)
    return [plain[k] for k in range(len(plain)) if k not in covered and plain[k] not in SIGNS]


def test_every_word_of_our_labelled_texts_is_explained():
    for _, text, _labels in CASES:
        assert uncovered(text) == []


def test_each_reason_has_words_in_both_languages():
    for _, text, _labels in CASES:
        for why in explain(extract(text), text):
            assert why.reasons
            for reason in why.reasons:
                assert tell(reason, "zh-hans")
                assert tell(reason, "en")


PIECE = st.sampled_from(
    ["一、", "（一）", "一是", "2.", "——", "\n", "。", "；", "要完成项目3个", "但进度滞后", "责任单位：经发办",
     "年底前", "增长8%", "*亿元", "各村（社区）", "同志们：", "“", "《", "（", "\u200b", "\u202e", "x", "　"]
)  # fmt: skip


@settings(max_examples=200)
@given(st.lists(PIECE, max_size=60).map("".join))
def test_any_mixture_of_marks_is_explained_whole(text):
    assert uncovered(text) == []
