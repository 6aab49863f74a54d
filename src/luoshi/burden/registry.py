"""Every form that the system asks of people, as each room declares it in its `burden.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

Both = tuple[str, str]
"""A text in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form as it is asked: `asks` each time, `may` when there is something to say.

    `form` names the class in the room's forms that must have these fields (none: hand-written).
    `counts` names the hidden field whose JSON list has an entry for each field filled in (a grid).
    `facts` says which fact a field asks for: a fact of two forms is asked twice. `already` names
    the fields that the ledger knows, with where.
    """

    key: str
    names: Both
    form: str
    urls: tuple[str, ...]
    of: Both
    when: Both
    asks: tuple[str, ...]
    may: tuple[str, ...]
    counts: str
    facts: Mapping[str, str]
    labels: Mapping[str, Both]
    already: Mapping[str, Both]

    @property
    def name(self) -> str:
        """The form's name in the language of the page."""
        return said(self.names)

    @property
    def whom(self) -> str:
        """Of whom it is asked."""
        return said(self.of)

    @property
    def occasion(self) -> str:
        """When it is asked."""
        return said(self.when)

    def label(self, field: str) -> str:
        """A field's name in the language of the page."""
        return said(self.labels.get(field, (field, field)))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A fact that people are asked for in more than one place, or that is known already."""

    label: Both
    forms: tuple[FormSpec, ...]
    known: Both

    @property
    def name(self) -> str:
        """What is asked again."""
        return said(self.label)

    @property
    def where(self) -> str:
        """Where it is known already."""
        return said(self.known)


def said(texts: Both) -> str:
    """A text in the language of the page."""
    return texts[1] if (get_language() or "zh").startswith("en") else texts[0]


@cache
def declarations() -> Mapping[str, Mapping[str, Any]]:
    """Every room's declaration as it is written, by room."""
    rooms = sorted(Path(__file__).parent.parent.glob("*/burden.toml"))
    return {path.parent.name: tomllib.loads(path.read_text("utf-8")) for path in rooms}


@cache
def forms() -> Mapping[str, FormSpec]:
    """Every form asked of people, by key, in the order of the rooms."""
    told = [one for room in declarations().values() for one in room.get("form", ())]
    return {one["key"]: _spec(one) for one in told}


def _spec(one: Mapping[str, Any]) -> FormSpec:
    fields = one.get("field", {})
    return FormSpec(
        key=one["key"],
        names=_both(one["name"]),
        form=one.get("form", ""),
        urls=tuple(one["urls"]),
        of=_both(one["of"]),
        when=_both(one["when"]),
        asks=tuple(one["asks"]),
        may=tuple(one.get("may", ())),
        counts=one.get("counts", ""),
        facts={name: field["fact"] for name, field in fields.items() if "fact" in field},
        labels={name: _both(field["label"]) for name, field in fields.items()},
        already={name: _both(field["known"]) for name, field in fields.items() if "known" in field},
    )


def _both(pair: Sequence[str]) -> Both:
    chinese, english = pair
    return chinese, english


@cache
def repeats() -> Sequence[Repeat]:
    """Fields that two forms ask for, and fields that the ledger knows though a form asks them."""
    asking: dict[str, list[tuple[FormSpec, str]]] = {}
    for spec in forms().values():
        for field, fact in spec.facts.items():
            asking.setdefault(fact, []).append((spec, field))
    found = []
    for pairs in asking.values():
        if len(pairs) > 1:
            first, name = pairs[0]
            found.append(Repeat(first.labels[name], tuple(spec for spec, _ in pairs), first.names))
    for spec in forms().values():
        found += [Repeat(spec.labels[n], (spec,), where) for n, where in spec.already.items()]
    return found
