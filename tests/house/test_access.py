"""Every address × method × role × place answers as access.toml says, and ten planted leaks show."""

from __future__ import annotations

import logging
import sys

import pytest
from django.db import transaction

from luoshi.briefs.kept import paragraphs_of
from luoshi.briefs.paper import paper
from luoshi.office.paper import paper_of_pieces
from luoshi.office.xlsx_out import workbook
from tests.cast import TODAY
from tests.house import walk
from tests.house.world import PLACES, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def visited(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world and a client for each role, made once; everything is rolled back at the end."""
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("luoshi.config.middleware.today", lambda: TODAY)
        patch.setattr(settings, "MEDIA_ROOT", str(tmp_path_factory.mktemp("files")))
        # The same workbook, written here: a process for each of a hundred exports takes a minute.
        patch.setattr("luoshi.ledger.views.listing.workbook_in_child", lambda t: workbook([t]))
        patch.setattr("luoshi.org.views.roster.workbook_in_child", lambda *t: workbook(t))
        patch.setattr("luoshi.home.views.requests.workbook_in_child", lambda t: workbook([t]))
        patch.setattr("luoshi.ledger.views.timing.workbook_in_child", lambda t: workbook([t]))
        patch.setattr("luoshi.briefs.views.writing.paper_in_child", _paper)
        for views in (
            "briefs.views.handing",
            "briefs.views.bulletins",
            "supervision.views.orders",
            "supervision.views.weeks",
            "supervision.views.meetings",
        ):
            patch.setattr(f"luoshi.{views}.pieces_in_child", paper_of_pieces)
        logging.getLogger("django.request").setLevel(logging.CRITICAL)
        with transaction.atomic():
            world = make_world()
            yield world, walk.clients(world)
            transaction.set_rollback(True)


def _paper(brief):
    texts = [(one.style, one.text) for one in paragraphs_of(brief)]
    return paper(brief.title, texts, brief.unit.name, brief.as_of)


def test_every_address_has_its_row():
    named = {name.split("#")[0] for name in walk.URLS}
    assert set(walk.url_names()) - named == set(), "addresses without a row in access.toml"
    assert named - set(walk.url_names()) == set(), "rows of access.toml without an address"


def test_every_cell_is_written_out():
    for row in walk.URLS.values():
        for method in ("get", "post"):
            for role in (*walk.ROLES, "anonymous"):
                for place in range(len(PLACES)):
                    assert walk.expected(row, method, role, place)


@pytest.mark.parametrize("name", walk.URLS)
def test_address_answers_as_the_table_says(visited, name):
    found = list(walk.faults(*visited, name))
    assert not found, "\n".join(found)


def everywhere(patch, original, replacement):
    """Replace a function in every module of ours that holds it, as a careless edit would."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("luoshi."):
            for name, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, name, replacement)


def leak_units(patch):
    """The oracle of scope forgets the subtree."""
    from luoshi.org import queries
    from luoshi.org.models import Unit

    everywhere(patch, queries.visible_units, lambda actor, today: Unit.objects.order_by("path"))


def leak_unit_ids(patch):
    """The sub-query of ids forgets the actor, not the jurisdiction."""
    from luoshi.org import queries
    from luoshi.org.models import Unit

    everywhere(
        patch,
        queries.visible_unit_ids,
        lambda actor, today: Unit.objects.filter(jurisdiction=actor.jurisdiction_id).values("pk"),
    )


def leak_tasks(patch):
    """The ledger reads every task."""
    from luoshi.ledger.models import Task
    from luoshi.ledger.queries import scope

    everywhere(patch, scope.visible_tasks, lambda actor, today: Task.objects.all())


def leak_task_lookup(patch):
    """A view looks a task up by its key alone."""
    from luoshi.ledger.models import Task
    from luoshi.ledger.queries import scope

    everywhere(
        patch,
        scope.task_for,
        lambda actor, today, key: (
            Task.objects.select_related("unit", "plan").filter(pk=key).first()
        ),
    )


def leak_texts(patch):
    """The list of texts forgets whose they are."""
    from luoshi.documents import queries
    from luoshi.documents.models import Document

    everywhere(
        patch,
        queries.documents,
        lambda actor, today: Document.objects.select_related("unit").order_by("-added_at", "-id"),
    )


def leak_draft_lookup(patch):
    """The reader finds a draft without asking for its text."""
    from luoshi.adoption import queries
    from luoshi.documents.models import DraftItem

    everywhere(
        patch,
        queries.draft,
        lambda actor, today, key: (
            DraftItem.objects.select_related("passage", "document__unit").filter(pk=key).first()
        ),
    )


def leak_files(patch):
    """The registry lets everybody read every subject's files."""
    from luoshi.files import registry

    everywhere(patch, registry.may_read, lambda *facts: True)


def leak_plans(patch):
    """Plans of every unit."""
    from luoshi.goals import queries
    from luoshi.goals.models import Plan

    everywhere(
        patch,
        queries.plans,
        lambda actor, today: Plan.objects.select_related("unit", "meeting").order_by("-year"),
    )


def leak_rights(patch):
    """The access law says yes to everything: who reads may write."""
    from luoshi.domain import access

    everywhere(patch, access.may, lambda *facts: access.Allowed())


def leak_guard(patch):
    """Every post has every right."""
    from luoshi.domain.access import Actor

    patch.setattr(Actor, "has", lambda self, right: True)


def leak_terms(patch):
    """A term that ended still gives its rights."""
    from django.db.models import Q

    from luoshi.org import queries

    everywhere(patch, queries.holds, lambda day, prefix="": Q())


def leak_units_of_forms(patch):
    """The organisation page shows, and changes, every unit there is."""
    from luoshi.org import queries
    from luoshi.org.models import Unit

    everywhere(patch, queries.shown_units, lambda actor, today: Unit.objects.order_by("path"))


def leak_export(patch):
    """The export takes the rows of the whole table."""
    from luoshi.ledger.models import Task
    from luoshi.ledger.queries import listing

    everywhere(
        patch,
        listing.keys_of,
        lambda actor, today, filters: list(Task.objects.values_list("pk", flat=True)),
    )


def leak_material(patch):
    """Material of every unit, for everybody."""
    from luoshi.briefs import queries
    from luoshi.briefs.models import Brief

    everywhere(
        patch,
        queries.briefs,
        lambda actor, today: Brief.objects.select_related("plan__unit", "unit").order_by("-id"),
    )


def leak_journal(patch):
    """The journal of every unit and jurisdiction."""
    from luoshi.home.queries import journal
    from luoshi.journal.models import Entry

    everywhere(patch, journal.entries, lambda actor, today, asked: Entry.objects.order_by("-at"))


LEAKS = {
    leak_units: "documents:progress",
    leak_unit_ids: "documents:reading",
    leak_tasks: "ledger:list",
    leak_task_lookup: "ledger:undepend",
    leak_texts: "documents:list",
    leak_draft_lookup: "adoption:draft",
    leak_files: "files:download",
    leak_plans: "goals:plan",
    leak_rights: "goals:new_line",
    leak_guard: "org:add_unit",
    leak_terms: "ledger:report",
    leak_units_of_forms: "org:unit",
    leak_export: "ledger:export",
    leak_material: "briefs:list",
    leak_journal: "home:journal",
}


@pytest.mark.parametrize("plant", LEAKS, ids=lambda plant: plant.__name__)
def test_planted_leak_turns_the_table_red(visited, monkeypatch, plant):
    plant(monkeypatch)
    assert list(walk.faults(*visited, LEAKS[plant])) != []
