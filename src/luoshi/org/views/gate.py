"""What comes into the organisation passes the gate first: judged before anything of it is kept."""

from __future__ import annotations

from collections.abc import Collection

from luoshi.domain.base import Refused
from luoshi.office.answers import Kind, Rejected
from luoshi.office.screen import opened, pasted
from luoshi.org import actions
from luoshi.ui.guard import OfficeRequest

SHEETS: frozenset[Kind] = frozenset({"sheet"})


def demand_unmarked(
    request: OfficeRequest,
    *,
    name: str = "",
    data: bytes | None = None,
    text: str = "",
    takes: Collection[Kind] = SHEETS,
) -> None:
    """Refuse a file, or a pasted text, that bears a secrecy marking or is not what it should be.

    Of a marked one the journal keeps kind of marking, person and time, and no byte is kept (R71).
    """
    found = pasted(text) if data is None else opened(name, data, takes=takes, text=False)
    if not isinstance(found, Rejected):
        return
    if found.marking:
        actions.note_marking(actor=request.actor, today=request.today, marking=found.marking)
    raise Refused(found.why)
