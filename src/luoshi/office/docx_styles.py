"""The paragraph styles of a Word package: lists, heading levels, tables of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from luoshi.office.numbering import whole
from luoshi.office.package import read_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARENT_LIMIT = 20
_HEADING = re.compile(r"^(?:heading|标题) ?([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|目录) ?[1-9]$", re.IGNORECASE)


@dataclass(slots=True)
class Style:
    """A paragraph style: its list, its level, its heading level (0: none)."""

    name: str = ""
    based_on: str = ""
    list_id: str = ""
    depth: int | None = None
    heading: int = 0


@dataclass(slots=True)
class Styles:
    """The paragraph styles of a document by id."""

    by_id: dict[str, Style] = field(default_factory=dict)

    def find(self, style: str) -> tuple[str, int | None, int, bool]:
        """List, level in it, heading level and whether it is a table of contents; parents count."""
        list_id, depth, heading, contents = "", None, 0, False
        seen: set[str] = set()
        while style in self.by_id and style not in seen and len(seen) < _PARENT_LIMIT:
            seen.add(style)
            held = self.by_id[style]
            list_id, depth = (list_id, depth) if list_id else (held.list_id, held.depth)
            heading = heading or held.heading
            contents = contents or bool(_CONTENTS.match(held.name))
            style = held.based_on
        return list_id, depth, heading, contents


def attribute(attributes: Mapping[str, str], name: str) -> str:
    """An attribute by local name; empty where it is absent."""
    for key, value in attributes.items():
        if key.rsplit(" ", 1)[-1] == name:
            return value
    return ""


def read_styles(data: bytes) -> Styles:
    """Read `styles.xml`; raises RejectedError where the XML is damaged."""
    found = Styles()
    current: list[Style] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        name, value = tag.rsplit(" ", 1)[-1], attribute(attributes, "val")
        if name == "style":
            current[:] = [Style()]
            found.by_id[attribute(attributes, "styleId")] = current[0]
            return
        if not current:
            return
        style = current[0]
        match name:
            case "name":
                style.name = value
                heading = _HEADING.match(value)
                style.heading = int(heading[1]) if heading else style.heading
            case "basedOn":
                style.based_on = value
            case "numId":
                style.list_id = value
            case "ilvl":
                style.depth = whole(value)
            case "outlineLvl":
                style.heading = whole(value, 9) + 1 if whole(value, 9) < 9 else 0
            case _:
                return

    read_xml(data, start)
    return found
