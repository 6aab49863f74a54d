"""Random organisations: every way of looking shows exactly what the oracle says, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from random import Random

import pytest
from django.db import transaction
from django.test import Client

from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.queries import dating, listing, reckoning
from luoshi.ledger.queries.scope import _visible
from luoshi.office.xlsx_out import workbook
from luoshi.org import queries as org_queries
from luoshi.org import reach
from luoshi.org.models import Account
from tests.house import walk
from tests.house.oracle import facts, surfaces
from tests.house.oracle.standing import stand_up

pytestmark = pytest.mark.django_db
BATCH = 5
"""So many counties stand at once: the items of the others must stay unseen too."""


@pytest.fixture
def ready(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    monkeypatch.setattr("luoshi.config.middleware.today", lambda: facts.TODAY)
    monkeypatch.setattr("luoshi.ledger.views.listing.workbook_in_child", lambda t: workbook([t]))
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    list(walk.url_names())  # the rooms register what they open, and to whom, when they are read
    _visible.cache_clear()
    yield
    _visible.cache_clear()


def batches(seeds: range) -> Iterator[list[facts.Organisation]]:
    for start in range(seeds.start, seeds.stop, BATCH):
        yield [facts.made(seed) for seed in range(start, min(start + BATCH, seeds.stop))]


def disagreements(orgs: list[facts.Organisation]) -> Iterator[str]:
    """Every person of every organisation by the queries, one of each by the pages."""
    for org in orgs:
        stand_up(org)
    for org in orgs:
        for given in org.delegations:
            yield from _by_delegation(org, given)
        chosen = Random(org.seed).choice(org.people)
        for person in org.people:
            posts = facts.held(org, person)
            yield from _by_queries(org, person, posts, drawn=person == chosen)
            if person == chosen:
                yield from _by_pages(org, person, posts, every=org.seed % 10 == 0)


def _by_delegation(org, given):
    posts, actor = facts.lent(org, given), surfaces.actor_standing_in(given)
    if actor is None:
        if posts:
            yield f"{org.seed} {_who(posts)} delegation does not stand"
        return
    right = surfaces.wanted(org, posts)
    for name, found in surfaces.shown(org, actor, drawn=False):
        yield from _apart(org, posts, f"{name} (stands in)", found, right[name])


def _by_queries(org, person, posts, *, drawn):
    actor = surfaces.actor_of(person)
    right = surfaces.wanted(org, posts)
    for name, found in surfaces.shown(org, actor, drawn=drawn):
        yield from _apart(org, posts, f"{name} (query)", found, right[name])
    for name, found, count in surfaces.counted(org, actor, right["list"]) if drawn else ():
        if found != count:
            yield f"{org.seed} {_who(posts)} {name}: {found} told, {count} there"


def _by_pages(org, person, posts, *, every):
    client = Client(raise_request_exception=True)
    account = Account.objects.get(person=person)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    right = surfaces.wanted(org, posts)
    for name, found in surfaces.asked(org, client, person):
        yield from _apart(org, posts, f"{name} (page)", found, right[name])
    for name, found in surfaces.more(client) if every else ():
        if found - right["list"]:
            yield f"{org.seed} {_who(posts)} {name} shows {sorted(found - right['list'])}"


def _apart(org, posts, name, found, right):
    if found != right:
        yield (
            f"{org.seed} {_who(posts)} {name}: too much {sorted(found - right)}, "
            f"missing {sorted(right - found)}"
        )


def _who(posts) -> str:
    return "+".join(f"{post.role}@{post.unit.kind}" for post in posts) or "nobody"


def hold(seeds: range) -> None:
    wrong: list[str] = []
    for orgs in batches(seeds):
        with transaction.atomic():
            wrong += disagreements(orgs)
            transaction.set_rollback(True)
    assert not wrong, f"{len(wrong)} disagreements:\n" + "\n".join(wrong[:40])


def test_every_surface_shows_what_the_oracle_says(ready):
    hold(range(3, 6))


def leak_list(patch):
    """The list forgets its scope, and its county with it."""
    patch.setattr(listing, "visible_tasks", lambda actor, today: Task.objects.all())


def leak_detail(patch):
    """A page finds a row by its key alone."""
    by_key = lambda actor, today, key: Task.objects.filter(pk=key).first()  # noqa: E731 - a plant
    patch.setattr(surfaces, "task_for", by_key)


def leak_search(patch):
    """A hit is shown because it matches."""
    patch.setattr("luoshi.home.queries.search.visible_tasks", lambda actor, today: Task.objects)


def leak_export(patch):
    """The workbook takes the rows of the whole table."""
    patch.setattr("luoshi.ledger.queries.exporting.keys_of", _every_key)


def leak_print(patch):
    """The printed table does."""
    patch.setattr("luoshi.ledger.queries.printing.keys_of", _every_key)
    patch.setattr("luoshi.ledger.queries.printing.visible_tasks", lambda actor, today: Task.objects)


def leak_feed(patch):
    """The calendar tells what others carry."""
    patch.setattr(dating, "visible_tasks", lambda actor, today: Task.objects)
    patch.setattr(dating, "carried_by", lambda actor: Assignment.objects)


def leak_attachment(patch):
    """A file is given to whoever knows its address."""
    patch.setattr("luoshi.files.queries.may_read", lambda *facts: True)


def leak_chart(patch):
    """The bars are drawn of the whole plan."""
    patch.setattr(reckoning, "visible_tasks", lambda actor, today: Task.objects)


def leak_ended(patch):
    """A term that ended gives its rights for a month more."""
    kept = org_queries.holds
    late = lambda day, prefix="": kept(day - 31 * facts.DAY, prefix) | kept(day, prefix)  # noqa: E731
    patch.setattr(org_queries, "holds", late)


def leak_below(patch):
    """A staff post reaches the units below its own."""
    table = {"staff": "unit_head"}
    kept = reach.PostHeld
    patch.setattr(
        reach, "PostHeld", lambda post, role, *where: kept(post, table.get(role, role), *where)
    )


def _every_key(actor, today, filters):
    return list(Task.objects.values_list("pk", flat=True))


LEAKS = {
    leak_list: "list", leak_detail: "detail", leak_search: "search", leak_export: "export",
    leak_print: "print", leak_feed: "feed", leak_attachment: "attachments", leak_chart: "chart",
    leak_ended: "list", leak_below: "list",
}  # fmt: skip


def test_each_planted_leak_is_found_where_it_was_planted(ready):
    """Ten faults, one at a time; the surface itself has to disagree with the oracle."""
    orgs = [facts.made(seed) for seed in (3, 4)]
    for org in orgs:
        stand_up(org)
    for plant, surface in LEAKS.items():
        with pytest.MonkeyPatch.context() as patch:
            plant(patch)
            _visible.cache_clear()
            told = (
                one
                for org in orgs
                for person in org.people
                for one in _by_queries(org, person, facts.held(org, person), drawn=True)
            )
            # As far as the first: who holds no post shows most of them.
            assert any(f" {surface} (query): too much ['" in one for one in told), plant.__name__


@pytest.mark.prove
@pytest.mark.parametrize("block", range(20))
def test_every_surface_shows_what_the_oracle_says_in_500_organisations(ready, block):
    hold(range(1000 + 25 * block, 1025 + 25 * block))
