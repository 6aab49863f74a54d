"""The only writes of documents: texts, what was read in them, and what a place has taught."""

from luoshi.documents.actions.doubting import dismiss_doubt, raise_doubt
from luoshi.documents.actions.opining import ask_opinion, keep_opinion, start_opinion
from luoshi.documents.actions.ruling import keep_rule, remove_rule
from luoshi.documents.actions.texts import (
    add,
    add_draft,
    change_draft,
    fail,
    keep_reading,
    mark_adopted,
    passage_of,
    read_again,
    remove_draft,
    search_text,
    start_reading,
)

__all__ = [
    "add",
    "add_draft",
    "ask_opinion",
    "change_draft",
    "dismiss_doubt",
    "fail",
    "keep_opinion",
    "keep_reading",
    "keep_rule",
    "mark_adopted",
    "passage_of",
    "raise_doubt",
    "read_again",
    "remove_draft",
    "remove_rule",
    "search_text",
    "start_opinion",
    "start_reading",
]
