"""What one cell of an organisation's table says: a day, a kind, yes or no; or why nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Final
from uuid import UUID

from django.utils.translation import override

from luoshi.domain.base import Sentence, say
from luoshi.domain.tables import Value, dangerous, title_of
from luoshi.domain.text import canon
from luoshi.org.models import Post, Term, Unit, UnitLink
from luoshi.org.roster.present import ADMINISTRATORS

_DAY: Final = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
NEVER: Final = frozenset({"无", "长期", "至今", "none", "-", "—"})
"""What is written where an end is taken away; a blank cell leaves it as it is."""
_YES: Final = frozenset({"是", "√", "✓", "yes", "y", "1", "true"})
_NO: Final = frozenset({"否", "*", "no", "n", "0", "false"})

_MORE: Final[Mapping[str, Mapping[str, str]]] = {
    "unit": {
        "村": Unit.Kind.VILLAGE, "社区": Unit.Kind.VILLAGE, "行政村": Unit.Kind.VILLAGE,
        "内设办": Unit.Kind.TOWN_OFFICE, "内设机构": Unit.Kind.TOWN_OFFICE,
        "中心": Unit.Kind.TOWN_OFFICE, "站所": Unit.Kind.STATION, "乡": Unit.Kind.TOWN,
        "镇": Unit.Kind.TOWN, "指挥部": Unit.Kind.TASK_FORCE, "县直单位": Unit.Kind.COUNTY_OFFICE,
    },
    "role": {"负责人": Post.Role.UNIT_HEAD, "班子成员": Post.Role.LEADER,
             "干部": Post.Role.STAFF},
    "term": {"在任": Term.Kind.HOLDER, "借调": Term.Kind.SECONDED, "挂职": Term.Kind.SECONDED},
    "link": {"包村": UnitLink.Kind.TWINNED, "包片": UnitLink.Kind.DISTRICT},
}  # fmt: skip
_CHOICES: Final[Mapping[str, list[tuple[str, object]]]] = {
    "unit": [row for row in Unit.Kind.choices if row[0] != Unit.Kind.SYSTEM],
    "role": [row for row in Post.Role.choices if row[0] not in ADMINISTRATORS],
    "term": list(Term.Kind.choices),
    "link": list(UnitLink.Kind.choices),
}


@cache
def _words(of: str) -> Mapping[str, str]:
    """Every word for a kind, Chinese and English, with and without what stands in brackets."""
    found: dict[str, str] = {}
    for language in ("en", "zh-hans"):
        with override(language):
            for key, label in _CHOICES[of]:
                word = re.sub(r"\s+", "", canon(str(label))).lower()
                found |= {key: key, word: key, re.sub(r"\(.*\)", "", word): key}
    return found


@dataclass(slots=True)
class Row:
    """One row of a sheet: its fields as read, and what is wrong with it so far.

    `changes` are field, old and new as text, for the report; `kind` is what will happen to it,
    `subject` the unit, post or bond that it is.
    """

    sheet: int
    form: str
    number: int
    said: Mapping[str, Value]
    heads: Mapping[str, str]
    title: str = ""
    stale: bool = False
    subject: UUID | None = None
    kind: str = "same"
    faults: list[Sentence] = field(default_factory=list)
    notes: list[Sentence] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)

    def head(self, name: str) -> str:
        """The header that a field stands under in its file."""
        return self.heads.get(name, name)

    def text(self, name: str) -> str:
        """A field as one line of text; "" where the cell is blank or the column is missing."""
        return title_of(self.said.get(name)).strip()

    def keys(self) -> list[tuple[UUID, int]]:
        """The rows that an export gave this row's key for, each with its version then."""
        found = []
        for part in self.text("id").split("+"):
            key, _, version = part.strip().partition(".")
            try:
                found.append((UUID(key), int(version) if version.isascii() else 0))
            except ValueError:
                continue
        return found

    def words(self, name: str, most: int) -> str:
        """A text that is stored; one too long, or one that a spreadsheet would run, is a fault."""
        text = self.text(name)
        if len(text) > most:
            self.faults.append(say("org.roster_too_long", column=self.head(name), n=most))
        if dangerous(text):
            self.faults.append(say("org.roster_formula", column=self.head(name)))
        return text

    def day(self, name: str) -> date | None:
        """A day; None where none is written. Text that names no day is a fault."""
        value = self.said.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = canon(self.text(name)).strip()
        if not text or text.lower() in NEVER:
            return None
        match = _DAY.fullmatch(re.sub(r"\s+|(?<=\d)[T ]00:00(?::00)?$", "", text))
        try:
            if match:
                return date(*map(int, match.groups()))
        except ValueError:  # the 31st of February
            pass
        self.faults.append(say("org.roster_no_day", column=self.head(name), text=text[:30]))
        return None

    def ends_never(self, name: str) -> bool:
        """Whether the cell takes an end away (长期, 无)."""
        return self.text(name).lower() in NEVER

    def choice(self, name: str, of: str) -> str:
        """One of the office's kinds by its word; "" where none is written. Unknown: a fault."""
        text = re.sub(r"\s+", "", canon(self.text(name)))
        if not text:
            return ""
        found = _words(of).get(text.lower()) or _MORE[of].get(text)
        if found:
            return str(found)
        known = tuple(str(label) for _key, label in _CHOICES[of])
        self.faults.append(
            say("org.roster_unknown", column=self.head(name), text=text[:30], known=known)
        )
        return ""

    def mark(self, name: str) -> bool | None:
        """是 or 否; None where nothing is written."""
        text = canon(self.text(name)).strip().lower()
        if not text:
            return None
        if text in _YES | _NO:
            return text in _YES
        known = ("是", "否")
        self.faults.append(
            say("org.roster_unknown", column=self.head(name), text=text[:30], known=known)
        )
        return None
