"""Who may do what: the actor, the roles, and the table of rights.

An actor is a signed-in person with the posts that hold today (or the system itself). Rights are
the union over posts; scope is the subtree of a post's unit, wider for the town office and the
leaders, who answer for the whole town. The database asks the same questions of rows
(`org.queries.visible_units`); this law asks them of facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from luoshi.domain.base import Sentence, say

Role = Literal[
    "leader",
    "town_office",
    "unit_head",
    "staff",
    "county_supervisor",
    "auditor",
    "system_admin",
    "security_admin",
    "audit_admin",
]
ADMINISTRATORS: frozenset[Role] = frozenset({"system_admin", "security_admin", "audit_admin"})
TOWN_WIDE: frozenset[Role] = frozenset({"leader", "town_office"})

Right = Literal[
    "read",  # rows of business in scope
    "read_journal",
    "draft",  # upload texts, adopt, edit drafts
    "plan",  # goals, lines, tasks, dates, weights
    "assign",
    "report",
    "supervise",  # verify, close, return, decide extensions
    "brief",
    "administer",  # units, posts, calendar, settings
    "appoint",  # accounts, and who holds which post
]
RIGHTS: Mapping[Role, frozenset[Right]] = {
    "leader": frozenset(
        {"read", "read_journal", "plan", "assign", "report", "supervise", "brief", "draft"}
    ),
    "town_office": frozenset(
        {"read", "read_journal", "draft", "plan", "assign", "report", "supervise", "brief"}
    ),
    "unit_head": frozenset({"read", "report", "plan"}),
    "staff": frozenset({"read", "report"}),
    "county_supervisor": frozenset({"read", "supervise"}),
    "auditor": frozenset({"read", "read_journal"}),
    "system_admin": frozenset({"administer", "appoint"}),
    "security_admin": frozenset({"appoint"}),
    "audit_admin": frozenset({"read_journal"}),
}


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post that the actor holds today; `scope_path` is the subtree that its role reaches."""

    post_id: UUID
    role: Role
    unit_id: UUID
    unit_path: str
    scope_path: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: an account, the person behind it, the posts held; or the system."""

    account_id: UUID | None
    person_id: UUID | None
    jurisdiction_id: UUID
    posts: tuple[PostHeld, ...] = ()
    on_behalf_of: UUID | None = None
    is_system: bool = False
    delegated_by: UUID | None = None  # 委托: in whose name, by which powers alone, the person acts
    separated: bool = False  # 三员分设: a security administrator is in office

    @classmethod
    def system(cls, jurisdiction_id: UUID) -> Actor:
        """The system acting for itself: sweeps, the sealer, the demonstration's generator."""
        return cls(None, None, jurisdiction_id, is_system=True)

    @property
    def answers_as(self) -> UUID | None:
        """Whose post the deeds are done by: who delegated it (委托), else the person."""
        return self.delegated_by or self.person_id

    @property
    def both(self) -> frozenset[UUID]:
        """The person, and in whose name he acts: neither checks what the other did."""
        return frozenset(one for one in (self.person_id, self.delegated_by) if one is not None)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role the actor holds today."""
        return frozenset(post.role for post in self.posts)

    @property
    def business_posts(self) -> tuple[PostHeld, ...]:
        """The posts held today that carry work; an administrator's carries none and sees none."""
        return tuple(post for post in self.posts if post.role not in ADMINISTRATORS)

    @property
    def post_ids(self) -> frozenset[UUID]:
        """The posts of business held today: what is given to them is the actor's."""
        return frozenset(post.post_id for post in self.business_posts)

    @property
    def unit_ids(self) -> frozenset[UUID]:
        """The units of the posts of business held today."""
        return frozenset(post.unit_id for post in self.business_posts)

    def has(self, right: Right) -> bool:
        """Whether any post held gives the right, wherever it reaches."""
        return self.is_system or any(self.gives(post, right) for post in self.posts)

    def gives(self, post: PostHeld, right: Right) -> bool:
        """Whether a post held gives the right.

        三员分设: once somebody is security administrator, who may sign in and who holds which post
        is hers alone; the system administrator keeps units, posts, calendar and settings.
        """
        taken = self.separated and right == "appoint" and post.role == "system_admin"
        return right in RIGHTS[post.role] and not taken


@dataclass(frozen=True, slots=True)
class Allowed:
    """The act is within the actor's rights."""


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The act is not; `why` says it."""

    why: Sentence


def may(actor: Actor, right: Right, unit_path: str) -> Allowed | NotAllowed:
    """Decide whether the actor has the right over a row of the unit at `unit_path`.

    A post gives its rights over the subtree of its scope; a staff post only over its own unit.
    """
    if actor.is_system:
        return Allowed()
    if not actor.has(right):
        return NotAllowed(say("access.no_right", right=right))
    for post in actor.posts:
        if actor.gives(post, right) and _reaches(post, unit_path):
            return Allowed()
    return NotAllowed(say("access.out_of_scope"))


def apart(role: Role, others: frozenset[Role]) -> Sentence | None:
    """Why a person with those roles may not take an administrator's post, or None.

    One person is at most one of 系统管理员, 安全管理员 and 审计管理员.
    """
    if role in ADMINISTRATORS and others & (ADMINISTRATORS - {role}):
        return say("access.administrators_apart")
    return None


def _reaches(post: PostHeld, unit_path: str) -> bool:
    if post.role == "staff":
        return unit_path == post.unit_path
    return unit_path.startswith(post.scope_path)
