"""Which page a role begins with."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.domain.access import Actor, Role

FIRST: Mapping[Role, tuple[str, ...]] = {
    "leader": ("home:daily",),
    "town_office": ("home:wall",),
    "unit_head": ("ledger:my_week",),
    "staff": ("ledger:my_week",),
    "county_supervisor": ("home:county",),
    "auditor": ("home:journal",),
    "system_admin": ("org:list", "org:units", "home:nothing"),
    "security_admin": ("org:list", "org:units", "home:nothing"),
    "audit_admin": ("home:journal",),
}
"""The first page by role; the first name that exists is taken."""


def first_pages(actor: Actor) -> tuple[str, ...]:
    """The URL names of the first page: of the first post held, or the page for nobody."""
    if not actor.posts:
        return ("home:nothing",)
    return FIRST[actor.posts[0].role]
