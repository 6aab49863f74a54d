"""The demonstration's organisation: units, posts, people, terms, links, accounts."""

from __future__ import annotations

from datetime import UTC, datetime, time
from uuid import UUID

from luoshi.config.demo.duties import DUTIES, MARKS
from luoshi.config.demo.shapes import DemoPlan, DemoUnit
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import FOUNDED, TOWN
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.journal.actions import replaying
from luoshi.org import actions as org
from luoshi.org.duties import read
from luoshi.org.models import Post

MORNING = time(8, 30)


def found(story: DemoPlan, jurisdiction: UUID) -> Stage:
    """Found the county and everyone in it, each with the day it began; entries carry that day."""
    stage = Stage(story, jurisdiction)
    first = min(unit.from_on for unit in story.units)
    with replaying(datetime.combine(first, MORNING, SHANGHAI).astimezone(UTC)):
        org.mark_demo(actor=stage.system, today=first)
        for unit in story.units:
            _unit(stage, unit)
        for number, post in enumerate(story.posts, start=1):
            stage.posts[post.key] = org.add_post(
                actor=stage.system,
                today=post.from_on,
                unit_id=stage.units[post.unit],
                title=post.title,
                role=post.role,
                position=number,
            ).id
        for person in story.people:
            answer = org.add_person(actor=stage.system, today=first, name=person.name)
            stage.people[person.key] = answer.id
    _marks(stage)
    _terms(stage)
    _links(stage, stage.system)
    return stage


def _marks(stage: Stage) -> None:
    """Posts with duties of their own kind, and the town's three duty lists."""
    for key, changes in MARKS.items():
        post = Post.objects.get(pk=stage.posts[key])
        org.change_post(
            actor=stage.system, today=post.from_on, post_id=post.pk, version=post.version, **changes
        )
    town = stage.units[TOWN]
    org.set_duties(actor=stage.system, today=FOUNDED, unit_id=town, lines=read([*DUTIES]))


def _unit(stage: Stage, unit: DemoUnit) -> None:
    if unit.parent is None:
        founded = org.found_jurisdiction(actor=stage.system, today=unit.from_on, name=unit.name)
        stage.units[unit.key] = founded.id
        return
    stage.units[unit.key] = org.add_unit(
        actor=stage.system,
        today=unit.from_on,
        parent_id=stage.units[unit.parent],
        kind=unit.kind,
        name=unit.name,
        short_name=unit.short_name,
        to_on=unit.to_on,
    ).id


def _terms(stage: Stage) -> None:
    for term in sorted(stage.story.terms, key=lambda term: term.from_on):
        with replaying(datetime.combine(term.from_on, MORNING, SHANGHAI).astimezone(UTC)):
            org.begin_term(
                actor=stage.system,
                today=term.from_on,
                person_id=stage.people[term.person],
                post_id=stage.posts[term.post],
                kind=term.kind,
                to_on=term.to_on,
            )


def _links(stage: Stage, actor: Actor) -> None:
    for link in stage.story.links:
        with replaying(datetime.combine(link.from_on, MORNING, SHANGHAI).astimezone(UTC)):
            org.link_units(
                actor=actor,
                today=link.from_on,
                from_unit_id=stage.units[link.from_unit],
                to_unit_id=stage.units[link.to_unit],
                kind=link.kind,
                to_on=link.to_on,
            )
    for account in stage.story.accounts:
        org.open_account(
            actor=actor,
            today=stage.story.today,
            person_id=stage.people[account.person],
            login=account.login,
            is_demo=True,
        )
