"""Who carries each task: the owner's post, the leader in charge, the assigner; and who that is."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.config.demo.lines import IN_CHARGE, LINES, VILLAGES_IN_CHARGE
from luoshi.config.demo.people import MAYOR, NO_ACCOUNT, OFFICE_HEAD, SECRETARY, posts, terms
from luoshi.config.demo.shapes import DemoAssignment, DemoPost, DemoTerm
from luoshi.config.demo.works import Sprout

SPECIALISTS = {
    ("项目中心", "招商"): "项目中心/招商岗",
    ("经发办", "科创"): "经发办/科技岗",
    ("平安办", "调解"): "平安办/调解岗",
    ("社会事务办", "民生"): "社会事务办/民政岗",
    ("党建办", "村级"): "党建办/村级事务岗",
    ("农业农村办", "农业"): "农业农村办/农田水利岗",
    ("农业农村办", "乡村"): "农业农村办/乡村建设岗",
    ("村建办", "工程"): "村建办/工程岗",
}
RESERVED = frozenset({"村建办/规划岗"})  # vacant since May: only the fault stands on it
ORDER = {"delegate": 0, "acting": 1, "seconded": 2, "holder": 3}


@dataclass(frozen=True, slots=True)
class Cast:
    """The posts of one task."""

    owner: str
    head: str
    leader: str
    assigner: str


class Company:
    """Answers who holds a post on a day, and which posts a unit has."""

    def __init__(self, all_posts: Iterable[DemoPost], all_terms: Iterable[DemoTerm]) -> None:
        """Index posts by unit and terms by post."""
        self.posts = {post.key: post for post in all_posts}
        self._terms: dict[str, list[DemoTerm]] = {}
        for term in all_terms:
            self._terms.setdefault(term.post, []).append(term)
        self.heads = {
            post.unit: post.key
            for post in reversed(self.posts.values())
            if post.role == "unit_head" or post.key == OFFICE_HEAD
        }

    def holder(self, post: str, on: date) -> str | None:
        """Whoever does the post's work on the day; a delegate or acting one comes first."""
        held = [
            term
            for term in self._terms.get(post, ())
            if term.from_on <= on and (term.to_on is None or on <= term.to_on)
        ]
        return min(held, key=lambda term: ORDER[term.kind]).person if held else None

    def of(self, unit: str) -> list[str]:
        """The posts of a unit that can own a task."""
        return [key for key, post in self.posts.items() if post.unit == unit]

    def at(self, post: str, on: date) -> str:
        """The holder, who must exist."""
        person = self.holder(post, on)
        if person is None:
            message = f"nobody holds {post} on {on}"
            raise LookupError(message)
        return person


def company() -> Company:
    """The demonstration's people in their posts."""
    return Company(posts(), terms())


def cast(rng: random.Random, sprout: Sprout, troupe: Company) -> Cast:
    """The posts of a task: a specialist where the unit has one, else staff more often than head."""
    task, head = sprout.task, troupe.heads[sprout.lead]
    special = SPECIALISTS.get((sprout.lead, task.tone))
    able = [key for key in troupe.of(sprout.lead) if key not in RESERVED]
    staff = [key for key in able if key != head] or [head]
    draw = rng.random()
    if task.parent is None and task.plan is not None:
        owner = head if draw < 0.7 else rng.choice(staff)
    elif special and draw < 0.6:
        owner = special
    else:
        owner = head if draw < 0.3 else rng.choice(staff)
    if task.line:
        leader = LINES[int(task.line.rsplit("-", 1)[1]) - 1][1]
    else:
        leader = IN_CHARGE.get(sprout.lead, VILLAGES_IN_CHARGE)
    return Cast(owner, head, leader, _assigner(sprout, leader))


def _assigner(sprout: Sprout, leader: str) -> str:
    """Who hands the task over: the leader in charge, or the town office for whoever gave it.

    Only these two may assign; an instruction of another leader is entered by the office.
    """
    task = sprout.task
    if task.source_kind == "temporary":
        return leader
    if task.source_kind in {"instruction", "meeting_decision"}:
        secretary = task.source_text.startswith(("书记", "党委会"))
        return leader if leader == (SECRETARY if secretary else MAYOR) else OFFICE_HEAD
    return OFFICE_HEAD


def assignments(sprout: Sprout, who: Cast) -> Iterator[DemoAssignment]:
    """The assignment rows of a task; an owner still to be named (待定) has none."""
    task = sprout.task
    since = task.registered_on
    yield DemoAssignment(task.key, "lead_leader", None, who.leader, since)
    yield DemoAssignment(task.key, "lead_unit", sprout.lead, None, since)
    for unit in sprout.support:
        yield DemoAssignment(task.key, "supporting_unit", unit, None, since)
    if task.name_owner_by is None:
        yield DemoAssignment(task.key, "owner", None, who.owner, since)


def types_itself(person: str) -> bool:
    """Whether the person has a login; for the others the town office types (代录)."""
    return person not in NO_ACCOUNT
