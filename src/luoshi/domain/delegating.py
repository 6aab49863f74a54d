"""委托代理: a leader or the head of a unit lets somebody else do the post's work for a time.

The powers given are those of one post, never more; they end on the last day named, and at once
when who gave them leaves the post. Who stands in acts in the other's name, for all to see.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from luoshi.domain.base import Sentence, say

DELEGABLE = frozenset({"leader", "unit_head"})
LONGEST = timedelta(days=92)
"""A quarter: what lasts longer is an appointment (代理, 借调挂职), and another's to decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to give away: one post's work, to whom, from when to when, and why.

    `held_until` is the last day of the giver's own term, None: it lasts. `own` is false where the
    post is not the giver's by appointment, or where the giver himself stands in for another.
    `taker_paths` are the units of the posts that the taker holds, `scope` what the post reaches.
    """

    giver: UUID
    taker: UUID
    role: str
    own: bool
    held_until: date | None
    scope: str
    taker_paths: Collection[str]
    from_on: date
    to_on: date
    reason: str


def why_not(wish: Wish, today: date, standing: Collection[tuple[date, date]]) -> Sentence | None:
    """Why the post's work cannot be given away so, or None.

    Only by the leader or head himself, of the own post, to somebody of the own scope, for 92 days
    at most and not past the own term, with a reason. One at a time: `standing` are the spans of
    what was already given away of this post. An administrator's powers are nobody's to give.
    """
    until = wish.held_until
    checks = (
        (not wish.own, say("delegating.not_own")),
        (wish.role not in DELEGABLE, say("delegating.role")),
        (wish.giver == wish.taker, say("delegating.oneself")),
        (
            not any(path.startswith(wish.scope) for path in wish.taker_paths),
            say("delegating.out_of_scope"),
        ),
        (not wish.reason.strip(), say("delegating.no_reason")),
        (wish.from_on < today, say("delegating.past", today=today)),
        (wish.to_on < wish.from_on, say("delegating.order", start=wish.from_on, end=wish.to_on)),
        (wish.to_on - wish.from_on >= LONGEST, say("delegating.too_long", days=LONGEST.days)),
        (
            until is not None and wish.to_on > until,
            say("delegating.past_term", until=until or today),
        ),
        (
            any(start <= wish.to_on and wish.from_on <= end for start, end in standing),
            say("delegating.twice"),
        ),
    )
    return next((why for holds, why in checks if holds), None)
