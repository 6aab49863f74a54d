"""How many items have which light, by line and by unit, without loading the ledger.

One grouped question counts the lights that are stored; only what waits to be judged is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from luoshi.ledger.judging import delivered
from luoshi.ledger.models import Task
from luoshi.ledger.standing import holds, waits, words_of

PRESSING = ("late", "silent")


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of words: of everything, by work line and by lead unit.

    `due` and `kept`: items first due by now, and those of them done in time and verified.
    `pressing` asks for the items that are late or silent.
    """

    all: Counter[str] = field(default_factory=Counter)
    lines: Mapping[UUID | None, Counter[str]] = field(default_factory=dict)
    units: Mapping[UUID, Counter[str]] = field(default_factory=dict)
    due: int = 0
    kept: int = 0
    pressing: Q = field(default_factory=lambda: Q(pk__in=[]))

    @property
    def total(self) -> int:
        """Every item counted."""
        return self.all.total()


def tally(rows: QuerySet[Task], today: date) -> Tally:
    """Count the lights of the rows on a day; one query, two more where lights wait to be judged."""
    found: Counter[tuple[UUID | None, UUID, str]] = Counter()
    due = kept = 0
    stored = Case(When(holds(today), then=F("light")), default=Value(""), output_field=CharField())
    for line, unit, word, count, was_due, was_kept in (
        rows.order_by()
        .values(word=stored)
        .annotate(
            n=Count("pk"),
            due=Count("pk", filter=delivered(today, kept=False)),
            kept=Count("pk", filter=delivered(today, kept=True)),
        )
        .values_list("line_id", "unit_id", "word", "n", "due", "kept")
    ):
        found[line, unit, word] += count
        due, kept = due + was_due, kept + was_kept
    judged = _judged(rows, today) if any(word == "" for *_, word in found) else {}
    found = Counter({key: count for key, count in found.items() if key[2]})
    found.update(judged.values())
    pressing = [key for key, (*_, word) in judged.items() if word in PRESSING][:500]
    return _summed(found, due, kept, holds(today) & Q(light__in=PRESSING) | Q(pk__in=pressing))


def _judged(rows: QuerySet[Task], today: date) -> Mapping[UUID, tuple[UUID | None, UUID, str]]:
    """Line, unit and word of the rows whose light is not stored."""
    waiting = rows.filter(waits(today))
    words = words_of(waiting, today)
    places = waiting.order_by().values_list("pk", "line_id", "unit_id")
    return {key: (line, unit, words[key]) for key, line, unit in places if key in words}


def _summed(
    found: Counter[tuple[UUID | None, UUID, str]], due: int, kept: int, pressing: Q
) -> Tally:
    whole: Counter[str] = Counter()
    lines: dict[UUID | None, Counter[str]] = {}
    units: dict[UUID, Counter[str]] = {}
    for (line, unit, word), count in found.items():
        whole[word] += count
        lines.setdefault(line, Counter())[word] += count
        units.setdefault(unit, Counter())[word] += count
    return Tally(whole, lines, units, due, kept, pressing)
