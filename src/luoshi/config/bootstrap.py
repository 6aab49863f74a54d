"""The first administrator of a new jurisdiction; everything else is done on pages."""

from __future__ import annotations

from luoshi.domain.access import Actor
from luoshi.org import actions as org
from luoshi.org.models import Account, Unit


def first_administrator(name: str, login: str, password: str) -> bool:
    """Make the root unit, the system unit, one post and its account; False where one exists."""
    from luoshi.config.middleware import today  # noqa: PLC0415 - the command's one clock

    if Account.objects.exists():
        return False
    root = org.found_jurisdiction(actor=Actor.system(org.new_id()), today=today(), name=name)
    actor = Actor.system(root.id)
    system = org.add_unit(
        actor=actor,
        today=today(),
        parent_id=root.id,
        kind=Unit.Kind.SYSTEM,
        name="系统管理",
        short_name="系统管理",
    )
    post = org.add_post(
        actor=actor, today=today(), unit_id=system.id, title="系统管理员", role="system_admin"
    )
    person = org.add_person(actor=actor, today=today(), name="系统管理员")
    org.begin_term(actor=actor, today=today(), person_id=person.id, post_id=post.id)
    org.open_account(
        actor=actor, today=today(), person_id=person.id, login=login, password=password
    )
    return True
