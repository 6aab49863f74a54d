"""Names in a text matched to units and posts: proposals for a person to tick, no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from luoshi.org.models import Post, Unit
from luoshi.org.naming import UnitNames, plain

Role = Literal["lead_leader", "lead_unit", "supporting_unit"]
Group = Literal["villages", "offices", "stations", "departments", "everyone"]
_GROUPS: tuple[tuple[Group, re.Pattern[str]], ...] = (
    ("everyone", re.compile(r"(?:全[镇乡街县](?:上下|各级|各单位|干部)|各级各部门|各级各单位)")),
    ("villages", re.compile(r"(?:各|全体|所有)(?:行政)?(?:村|社区|居)")),
    ("stations", re.compile(r"(?:各|全体|所有)(?:双管|双重管理)?(?:基层)?站所")),
    ("offices", re.compile(r"(?:各|全体|所有)(?:内设(?:机构)?|办|科室|中心|线办|条线)")),
    ("departments", re.compile(r"(?:各|全体|所有)(?:部门|单位)")),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One name of the text and whom it seems to mean; no target means "nobody by that name".

    `value` is what a tick sends: role and unit, post or group.
    """

    name: str
    role: Role
    label: str = ""
    value: str = ""
    count: int = 1
    guess: bool = False
    units: tuple[str, ...] = ()

    @property
    def ticked(self) -> bool:
        """Whether it comes ticked: a name that is exactly a unit's, or a group that is one.

        A short form is a guess, and 全镇上下 is rather a manner of speech: both wait for a hand.
        """
        return bool(self.value) and not self.guess


@dataclass(frozen=True, slots=True)
class Directory:
    """The units and leaders' posts that a text of one town may name."""

    units: Mapping[str, Unit]
    leaders: Mapping[str, Post]
    groups: Mapping[Group, tuple[Unit, ...]] = field(default_factory=dict)

    def short_for(self, name: str) -> Unit | None:
        """The one unit that a short form means, or None."""
        return UnitNames(self.units).short_for(name)


def directory(
    units: Iterable[Unit], posts: Iterable[Post], aliases: Mapping[str, UUID] | None = None
) -> Directory:
    """Index units by every form of their names; a name that two units share is left out.

    `aliases` are names that local rules give to units; they win over everything else.
    """
    villages: list[Unit] = []
    offices: list[Unit] = []
    stations: list[Unit] = []
    units = list(units)
    for unit in units:
        if unit.kind == Unit.Kind.VILLAGE:
            villages.append(unit)
        elif unit.kind == Unit.Kind.TOWN_OFFICE:
            offices.append(unit)
        elif unit.kind == Unit.Kind.STATION:
            stations.append(unit)
    leaders: dict[str, Post | None] = {}
    for post in posts:
        title = plain(post.title)
        leaders[title] = None if title in leaders else post
    return Directory(
        UnitNames.of(units, aliases).by_form,
        {title: post for title, post in leaders.items() if post is not None},
        {
            "villages": tuple(villages),
            "offices": tuple(offices),
            "stations": tuple(stations),
            "departments": (*offices, *stations),
            "everyone": (*offices, *stations, *villages),
        },
    )


def proposals(named: Sequence[Mapping[str, str]], known: Directory) -> list[Proposal]:
    """Whom the named parties of a draft seem to be, one lead at most; groups and the rest support.

    `named` is `DraftItem.responsible`: {"name", "role": leader | lead | supporting | named}.
    """
    found: list[Proposal] = []
    led = any(part["role"] == "lead" for part in named)
    for part in named:
        proposal = _one(part["name"], part["role"], known, led=led)
        led = led or proposal.role == "lead_unit"
        found.append(proposal)
    return found


def _one(name: str, role: str, known: Directory, *, led: bool) -> Proposal:
    group = group_of(name)
    if group and known.groups.get(group):
        units = known.groups[group]
        value = f"supporting_unit:{group}"
        return Proposal(
            name,
            "supporting_unit",
            name,
            value,
            len(units),
            guess=group == "everyone",
            units=tuple(unit.short_name for unit in units),
        )
    post = known.leaders.get(plain(name))
    if post is not None and role in {"leader", "named", "lead"}:
        return Proposal(name, "lead_leader", post.title, f"lead_leader:{post.pk}")
    leads = role == "lead" or (role == "named" and not led)
    wanted: Role = "lead_unit" if leads else "supporting_unit"
    unit = known.units.get(plain(name))
    if unit is None and (guessed := known.short_for(plain(name))):
        return Proposal(name, wanted, guessed.short_name, f"{wanted}:{guessed.pk}", guess=True)
    if unit is None:
        return Proposal(name, "lead_leader" if role == "leader" else wanted, count=0)
    return Proposal(name, wanted, unit.short_name, f"{wanted}:{unit.pk}")


def group_of(name: str) -> Group | None:
    """The group that a generic actor names.

    各村(社区) are the villages, 各办 the town's own offices, 各站所 the stations, 各部门 and 各单位
    offices and stations, 全镇上下 all of them.
    """
    bare = plain(name)
    return next((group for group, pattern in _GROUPS if pattern.match(bare)), None)


@dataclass(slots=True)
class Ticks:
    """What a person ticked for one draft, gathered from the form's values."""

    lead_leader: UUID | None = None
    lead_unit: UUID | None = None
    supporting: list[UUID] = field(default_factory=list)

    def add(self, value: str, known: Directory) -> None:
        """Take one value of the form; what the directory does not hold is ignored."""
        role, _, target = value.partition(":")
        if role == "supporting_unit" and target in known.groups:
            self.supporting += [unit.pk for unit in known.groups[target]]  # type: ignore[index]
            return
        units = {str(unit.pk): unit.pk for unit in known.units.values()}
        posts = {str(post.pk): post.pk for post in known.leaders.values()}
        if role == "lead_leader" and target in posts:
            self.lead_leader = posts[target]
        elif role == "lead_unit" and target in units:
            self.lead_unit = units[target]
        elif role == "supporting_unit" and target in units:
            self.supporting.append(units[target])
