"""The only writes of material: reviews and contracts, and bulletins with the right to reply."""

from luoshi.briefs.actions.bulletins import (
    draft_bulletin,
    edit_bulletin,
    issue_bulletin,
    reply_bulletin,
    settle_reply,
    show_bulletin,
)
from luoshi.briefs.actions.writing import (
    NO_GAP,
    ask_contracts,
    edit_paragraph,
    faults_of,
    finish,
    keep_contract,
    say_no_gap,
    write_review,
)

__all__ = [
    "NO_GAP",
    "ask_contracts",
    "draft_bulletin",
    "edit_bulletin",
    "edit_paragraph",
    "faults_of",
    "finish",
    "issue_bulletin",
    "keep_contract",
    "reply_bulletin",
    "say_no_gap",
    "settle_reply",
    "show_bulletin",
    "write_review",
]
