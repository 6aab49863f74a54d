"""How far a post reaches: its unit's subtree, or the whole town that the unit stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from luoshi.domain.access import TOWN_WIDE, PostHeld, Role
from luoshi.org.models import Post, Unit


def chain(path: str) -> list[str]:
    """The paths of a unit and of all above it, from the root down."""
    segments = path.split("/")
    return ["/".join(segments[:depth]) + "/" for depth in range(1, len(segments))]


def towns_above(posts: Sequence[Post]) -> dict[str, str]:
    """For each unit path of a town-wide post, the path of the town (or county) it sits in."""
    paths = {post.unit.path for post in posts if post.role in TOWN_WIDE}
    if not paths:
        return {}
    above = {step for path in paths for step in chain(path)}
    roots = Unit.objects.filter(
        path__in=above,
        kind__in=(Unit.Kind.TOWN, Unit.Kind.COUNTY),
        jurisdiction=posts[0].jurisdiction,
    ).values_list("path", flat=True)
    return {path: max((r for r in roots if path.startswith(r)), key=len) for path in paths}


def held_post(post: Post, towns: Mapping[str, str]) -> PostHeld:
    """A post as the access law sees it, with its reach."""
    path = post.unit.path
    reach = towns.get(path, path) if post.role in TOWN_WIDE else path
    return PostHeld(post.pk, cast("Role", post.role), post.unit_id, path, reach)
