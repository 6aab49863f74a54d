"""Every form asked of people declares itself: to the burden meter, to its page, to its fields."""

import re
from importlib import import_module

import pytest
from django import forms as django_forms

from luoshi.burden import registry
from tests.house import walk
from tests.house.source import PACKAGE

HAN = re.compile(r"[\u4e00-\u9fff]")
ASKED = dict.fromkeys(("unit_head", "staff"), 0)
"""Whose pages count: what a village can be asked. Leaders and the office ask, and answer for it."""


def form_classes():
    for path in sorted(PACKAGE.glob("*/forms.py")) + sorted(PACKAGE.glob("*/forms/*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        module = import_module("luoshi." + ".".join(parts).removesuffix(".__init__"))
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and issubclass(value, django_forms.BaseForm)
                and value.__module__ == module.__name__
            ):
                yield parts[0], value


def declared(room):
    """The form classes that a room's `burden.toml` names: asked, and not asked."""
    told = registry.declarations().get(room, {})
    asked = {one["form"] for one in told.get("form", ()) if "." not in one.get("form", ".")}
    elsewhere = {
        one["form"].split(".")[1]
        for other in registry.declarations().values()
        for one in other.get("form", ())
        if one.get("form", "").startswith(f"{room}.")
    }
    own = {name for one in told.get("own", ()) for name in one["forms"]}
    return asked | elsewhere, own


@pytest.mark.parametrize(
    ("room", "form"),
    [pytest.param(*row, id=f"{row[0]}.{row[1].__name__}") for row in form_classes()],
)
def test_form_is_declared_once(room, form):
    asked, own = declared(room)
    named = [form.__name__ in asked, form.__name__ in own]
    assert sum(named) == 1, (
        f"{room}.{form.__name__}: say in {room}/burden.toml whether it is asked of people ([[form]])"
        " or why not ([[own]])"
    )


@pytest.mark.parametrize("spec", registry.forms().values(), ids=lambda spec: spec.key)
class TestAskedForm:
    def test_names_the_fields_of_its_class(self, spec):
        room, _, name = spec.form.rpartition(".")
        room = room or spec.key.split(".")[0]
        found = [form for place, form in form_classes() if (place, form.__name__) == (room, name)]
        if not spec.form:
            return
        assert found, f"{spec.form} is not among the room's forms"
        fields = set(found[0].base_fields)
        told = {*spec.asks, *spec.may}
        assert fields <= told, f"{spec.key} does not declare {fields - told}"
        if fields and not spec.counts:
            assert told <= fields, f"{spec.key} declares {told - fields}, which the form has not"

    def test_is_measured_on_its_page(self, spec):
        pages = (path.read_text("utf-8") for path in PACKAGE.glob("*/templates/**/*.html"))
        views = (PACKAGE / "supervision" / "views" / "checks.py").read_text("utf-8")
        assert f'"{spec.key}"' in views or any(
            f'{{% asks "{spec.key}"' in page for page in pages
        ), f'no page says {{% asks "{spec.key}" %}}'

    def test_is_told_in_both_languages(self, spec):
        texts = [spec.names, spec.of, spec.when, *spec.labels.values(), *spec.already.values()]
        for chinese, english in texts:
            assert HAN.search(chinese)
            assert english
            assert not HAN.search(english)

    def test_addresses_exist(self, spec):
        assert set(spec.urls) <= {name.split("#")[0] for name in walk.url_names()}


def test_what_a_village_can_post_is_declared():
    """By the hand-written table of access: where a head or staff can write, somebody asked them."""
    told = {url for spec in registry.forms().values() for url in spec.urls}
    told |= {
        url
        for room in registry.declarations().values()
        for one in room.get("own", ())
        for url in one["urls"]
    }
    writes = {
        name.split("#")[0]
        for name, row in walk.URLS.items()
        for role in ASKED
        for place in range(5)
        if "done" in walk.expected(row, "post", role, place).split("|")
    }
    assert writes - told == set(), "say in the room's burden.toml whether these are asked of people"


def test_a_fact_asked_in_two_forms_is_found():
    found = {frozenset(spec.key for spec in one.forms) for one in registry.repeats()}
    assert {"ledger.report", "indicators.reading"} in found
    assert {"ledger.report", "supervision.extension"} in found
