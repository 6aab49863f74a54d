"""The tools of the story: who does a move, when it happens, and how far a task has come."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from luoshi.config.demo import clock, phrases
from luoshi.config.demo.casting import Cast, Company, types_itself
from luoshi.config.demo.people import OFFICE_HEAD
from luoshi.config.demo.shapes import TODAY, Channel, DemoEvent, DemoMilestone, DemoTask
from luoshi.config.demo.works import Sprout
from luoshi.domain.closing import Verb, draw_verifier

CHANNELS: tuple[Channel, ...] = (
    "phone",
    "phone",
    "meeting",
    "wechat",
    "paper",
    "on_site",
)
DESK = "党政办/督办岗"
CLERK = "党政办/文秘岗"
VERIFIERS = (OFFICE_HEAD, "党政办/副主任（督办）", DESK, CLERK)
TYPED = 0.12
"""The share of moves that a unit with logins still leaves to the town office."""
CLOSE = 12
"""Nobody reports between nodes so few days before or after one."""
MORNING_ONLY = 180
"""The story breaks off on its last day at 11:30."""


class BreakOffError(Exception):
    """The next move would lie after the day on which the story stands."""


class Said(TypedDict, total=False):
    """What a move may bring besides its verb, day and post; the fields of `DemoEvent`."""

    on_behalf_of: str | None
    channel: Channel | None
    percent: int | None
    text: str
    reason: str
    competent_unit: str | None
    blocker: str
    blocker_needs: str | None
    new_due_on: date | None
    superior_reply: str
    evidence: tuple[str, ...]
    milestone: str | None


@dataclass(slots=True)
class Teller:
    """One task's story while it is told; `day` is where it has come to.

    A task with parts (`is_whole`) reports no share of its own, and is done after its last part
    was closed (`not_before`).
    """

    rng: random.Random
    troupe: Company
    sprout: Sprout
    cast: Cast
    nodes: tuple[DemoMilestone, ...]
    is_whole: bool = False
    not_before: date | None = None
    at: datetime | None = None
    percent: int = 0
    due_on: date | None = None
    doers: set[str] = field(default_factory=set)
    told: list[DemoEvent] = field(default_factory=list)

    @property
    def task(self) -> DemoTask:
        """The task itself."""
        return self.sprout.task

    @property
    def day(self) -> date:
        """The day of the last move; the day of registration before any."""
        return self.at.date() if self.at else self.task.registered_on

    def move(self, verb: Verb, day: date, post: str, **said: Unpack[Said]) -> None:
        """Tell one move, in office hours, after everything told before."""
        day = clock.on_or_after(max(day, self.day))
        latest = MORNING_ONLY if day == TODAY else clock.LONGEST_DAY
        self.at = clock.later(self.rng, self.at, day, latest)
        if self.at.date() > TODAY:
            raise BreakOffError
        person = self.troupe.at(post, self.at.date())
        key = self.task.key
        event = DemoEvent(
            number=0, at=self.at, task=key, verb=verb, person=person, post=post, **said
        )
        self.told.append(event)

    def by_unit(self, verb: Verb, day: date, *, head: bool = False, **said: Unpack[Said]) -> None:
        """A move of the unit: by the owner or head, or typed for them by the town office."""
        on = clock.on_or_after(max(day, self.day))
        post = self.cast.head if head or self.task.name_owner_by else self.cast.owner
        if self.troupe.holder(post, on) is None:  # a vacant post: the head does its work
            post = self.cast.head
        person = doer = self.troupe.at(post, on)
        own_desk = post.startswith("党政办/")
        if not own_desk and (not types_itself(person) or self.rng.random() < TYPED):
            post = DESK if self.rng.random() < 0.7 else CLERK
            doer = self.troupe.at(post, on)
            said["on_behalf_of"] = person
            said["channel"] = self.rng.choice(CHANNELS)
            said["evidence"] = ()
        self.move(verb, day, post, **said)
        if verb in {Verb.REPORT, Verb.REPORT_DONE}:
            self.doers |= {person, doer}

    def report(
        self, day: date, percent: int, *, stuck: bool = False, node: str | None, text: str = ""
    ) -> None:
        """A line of progress; a share never goes back."""
        self.percent = percent = max(self.percent, percent)
        text = text or phrases.progress(self.rng, self.task, percent, stuck=stuck)
        said: Said = {"percent": percent, "text": text, "milestone": node}
        if stuck:
            said["blocker"], said["blocker_needs"] = text, phrases.who_can_help(text)
        self.by_unit(Verb.REPORT, day, **said)

    def verifier(self, on: date) -> str | None:
        """A post whose holder is drawn: never a doer, the owner or the head of the unit."""
        responsible = {
            self.troupe.holder(self.cast.owner, on),
            self.troupe.holder(self.cast.head, on),
        }
        posts = [
            post
            for post in (*VERIFIERS, self.cast.leader)
            if self.troupe.at(post, on) not in self.doers | responsible
        ]
        return draw_verifier(posts, (), f"{self.task.key}/{len(self.told)}")

    def after(self, working_days: int) -> date:
        """So many working days after the last move."""
        return clock.add(self.day, working_days)


def report_days(teller: Teller, start: date, end: date) -> list[tuple[date, str | None]]:
    """When reports come: at every node, and now and then between, never more than the rhythm.

    A month between reports is the office's custom for a long task; short ones report once.
    """
    rng, days = teller.rng, dict[date, str | None]()
    gap = rng.randrange(24, 46)
    on = start + timedelta(days=min(gap, max(3, (end - start).days // 2)))
    while on < end:
        days[clock.on_or_after(on)] = None
        on += timedelta(days=gap)
    for node in teller.nodes:
        at_node = clock.on_or_after(node.due_on)
        if start < at_node <= end:
            days[at_node] = node.key
    at_nodes = [day for day, node in days.items() if node]
    return sorted(
        (day, node)
        for day, node in days.items()
        if day <= end and (node or all(abs((day - other).days) > CLOSE for other in at_nodes))
    )
