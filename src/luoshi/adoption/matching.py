"""Names in a text matched to units and posts: proposals for a person to tick, no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from luoshi.org.models import Post, Unit

Role = Literal["lead_leader", "lead_unit", "supporting_unit"]
Group = Literal["villages", "offices"]
_VILLAGES = re.compile(r"(?:各|全体|所有)(?:行政)?(?:村|社区|居)")
_OFFICES = re.compile(r"(?:各|全体|所有)(?:内设)?(?:部门|办|科室|站所|单位|中心|线办|条线)")


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


@dataclass(frozen=True, slots=True)
class Directory:
    """The units and leaders' posts that a text of one town may name."""

    units: Mapping[str, Unit]
    leaders: Mapping[str, Post]
    groups: Mapping[Group, tuple[Unit, ...]] = field(default_factory=dict)


def directory(units: Iterable[Unit], posts: Iterable[Post]) -> Directory:
    """Index units by every form of their names; a name that two units share is left out."""
    named: dict[str, Unit | None] = {}
    villages: list[Unit] = []
    offices: list[Unit] = []
    for unit in units:
        for name in _forms(unit):
            named[name] = unit if named.get(name, unit) == unit else None
        if unit.kind == Unit.Kind.VILLAGE:
            villages.append(unit)
        elif unit.kind in {Unit.Kind.TOWN_OFFICE, Unit.Kind.STATION}:
            offices.append(unit)
    leaders: dict[str, Post | None] = {}
    for post in posts:
        title = plain(post.title)
        leaders[title] = None if title in leaders else post
    return Directory(
        {name: unit for name, unit in named.items() if unit is not None},
        {title: post for title, post in leaders.items() if post is not None},
        {"villages": tuple(villages), "offices": tuple(offices)},
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
        return Proposal(name, "supporting_unit", name, value, len(units))
    post = known.leaders.get(plain(name))
    if post is not None and role in {"leader", "named", "lead"}:
        return Proposal(name, "lead_leader", post.title, f"lead_leader:{post.pk}")
    leads = role == "lead" or (role == "named" and not led)
    wanted: Role = "lead_unit" if leads else "supporting_unit"
    unit = known.units.get(plain(name))
    if unit is None:
        return Proposal(name, "lead_leader" if role == "leader" else wanted, count=0)
    return Proposal(name, wanted, unit.short_name, f"{wanted}:{unit.pk}")


def group_of(name: str) -> Group | None:
    """The group that a generic actor names: 各村(社区) are the villages, 各部门 the offices."""
    if _VILLAGES.match(plain(name)):
        return "villages"
    return "offices" if _OFFICES.match(plain(name)) else None


def plain(name: str) -> str:
    """A name without brackets' width, blanks and the town's own prefix (镇党政办 is 党政办)."""
    half = name.translate(str.maketrans("（）", "()"))
    return re.sub(r"\s+", "", half).removeprefix("镇").removeprefix("乡")


def _forms(unit: Unit) -> set[str]:
    forms = {plain(unit.name), plain(unit.short_name)}
    if unit.kind == Unit.Kind.TOWN_OFFICE:
        forms |= {re.sub(r"办公室$", "办", form) for form in forms}
    if unit.kind == Unit.Kind.VILLAGE:
        forms |= {re.sub(r"(?:村|社区)(?:村|居)民委员会$", "村", form) for form in forms}
    return {form for form in forms if form}


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
