"""Which of the nine sources an item has, from who asked for it (R73)."""

from __future__ import annotations

import re
from typing import Final

_MEETING: Final = re.compile(r"(?:会议?|联席会|办公会|例会|调度会)$|会议|议定")
_FEEDBACK: Final = re.compile(r"巡察|巡视|审计|督查|督导|检查|反馈|整改|通报")
_PEOPLE: Final = re.compile(r"群众|村民|居民|住户|热线|12345|信访|来访|投诉")
_ABOVE: Final = re.compile(r"[省市县区](?![域])|局$|厅$|上级|组织部|宣传部|政法委|纪委监委")


def guess_source(asked_by: str, *, is_leader: bool) -> str:
    """The source that who asked tells: a leader of the town, a meeting, residents, the county.

    What tells nothing is 临时性. The answer is a value of the ledger's `source_kind`; a person who
    knows better chooses another.
    """
    if is_leader:
        return "instruction"
    for pattern, source in (
        (_MEETING, "meeting_decision"),
        (_PEOPLE, "resident_request"),
        (_FEEDBACK, "rectification"),
        (_ABOVE, "county_assigned"),
    ):
        if pattern.search(asked_by):
            return source
    return "temporary"
