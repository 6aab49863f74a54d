"""The one cast of all tests: 书记 Chen, 办公室 Lin, 东村 Wang, 县督查 Zhao, and who works beside them.

A county with two towns; everything else a test needs, it makes itself through the factories below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.domain.access import Actor
from luoshi.org.models import Account, Person, Post, Term, Unit, child_path
from luoshi.org.queries import actor_for

TODAY = date(2026, 6, 18)
SINCE = date(2020, 1, 1)


def unit(parent: Unit | None, number: int, kind: str, name: str, short: str = "") -> Unit:
    """A unit below its parent; a root's id is its jurisdiction."""
    row = Unit(
        parent=parent,
        path=child_path(parent, number),
        kind=kind,
        name=name,
        short_name=short or name,
        position=number,
        from_on=SINCE,
    )
    row.jurisdiction = parent.jurisdiction if parent else row.id
    row.save(force_insert=True)
    return row


def post(of: Unit, title: str, role: str, position: int = 0) -> Post:
    return Post.objects.create(
        jurisdiction=of.jurisdiction,
        unit=of,
        title=title,
        role=role,
        position=position,
        from_on=SINCE,
    )


def person(name: str, *posts: Post, login: str = "") -> Person:
    """A person who holds the posts and, with a login, can sign in."""
    jurisdiction = posts[0].jurisdiction
    row = Person.objects.create(jurisdiction=jurisdiction, name=name)
    for held in posts:
        Term.objects.create(jurisdiction=jurisdiction, person=row, post=held, from_on=SINCE)
    account = Account(jurisdiction=jurisdiction, login=login or name, person=row)
    account.set_unusable_password()
    account.save()
    return row


@dataclass(frozen=True)
class Cast:
    """Units, posts and people by role; `actor("lin")` is the signed-in actor."""

    county: Unit
    supervision_office: Unit
    town: Unit
    office: Unit
    economy: Unit
    east: Unit
    west: Unit
    other_town: Unit
    other_village: Unit
    system: Unit
    posts: dict[str, Post]
    people: dict[str, Person]

    def account(self, name: str) -> Account:
        return Account.objects.get(person=self.people[name])

    def actor(self, name: str, today: date = TODAY) -> Actor:
        return actor_for(self.account(name), today)


def make_cast() -> Cast:
    county = unit(None, 1, "county", "临禾县", "临禾县")
    supervision = unit(county, 1, "county_office", "县督查室")
    town = unit(county, 2, "town", "青榆镇")
    office = unit(town, 1, "town_office", "党政综合办公室", "党政办")
    economy = unit(town, 2, "town_office", "经济发展办公室", "经发办")
    east = unit(town, 3, "village", "东村")
    west = unit(town, 4, "village", "西村")
    other = unit(county, 3, "town", "白果镇")
    other_village = unit(other, 1, "village", "南村")
    system = unit(county, 4, "system", "系统管理")
    posts = {
        "chen": post(town, "党委书记", "leader", 1),
        "liu": post(town, "副镇长", "leader", 2),
        "lin": post(office, "党政办主任", "town_office", 1),
        "he": post(office, "党政办督办专员", "town_office", 2),
        "qian": post(economy, "经发办主任", "unit_head", 1),
        "sun": post(economy, "经发办干事", "staff", 2),
        "wang": post(east, "东村党支部书记", "unit_head", 1),
        "ma": post(east, "东村文书", "staff", 2),
        "xu": post(west, "西村党支部书记", "unit_head", 1),
        "zhao": post(supervision, "督查室主任", "county_supervisor", 1),
        "zhou": post(county, "审计专员", "auditor", 2),
        "gao": post(system, "系统管理员", "system_admin", 1),
        "deng": post(other, "白果镇党委书记", "leader", 1),
        "fang": post(other, "白果镇党政办主任", "town_office", 2),
        "shi": post(other_village, "南村党支部书记", "unit_head", 1),
    }
    names = {
        "chen": "陈书记", "liu": "刘副镇长", "lin": "林主任", "he": "何专员", "qian": "钱主任",
        "sun": "孙干事", "wang": "王书记", "ma": "马文书", "xu": "许书记", "zhao": "赵督查",
        "zhou": "周审计", "gao": "高管理员", "deng": "邓书记", "fang": "方主任", "shi": "石书记",
    }  # fmt: skip
    people = {key: person(names[key], posts[key], login=key) for key in posts}
    return Cast(
        county,
        supervision,
        town,
        office,
        economy,
        east,
        west,
        other,
        other_village,
        system,
        posts,
        people,
    )


def make(model: type, cast: Cast, **fields: Any) -> Any:
    """A row of the cast's jurisdiction, for what a test needs in place before it acts."""
    return model.objects.create(jurisdiction=cast.county.jurisdiction, **fields)
