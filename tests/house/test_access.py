"""Every address × method × role × place answers as access.toml says, and ten planted leaks show."""

from __future__ import annotations

import logging

import pytest
from django.db import transaction

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
        logging.getLogger("django.request").setLevel(logging.CRITICAL)
        with transaction.atomic():
            world = make_world()
            yield world, walk.clients(world)
            transaction.set_rollback(True)


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
