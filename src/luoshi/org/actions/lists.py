"""The three duty lists (履职事项清单) of a town: taken in whole, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor, NotAllowed, may
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, record, write
from luoshi.org.actions.asking import unit_of
from luoshi.org.duties import Line
from luoshi.org.models import DutyItem


@write("org.duties.set")
def set_duties(
    *, actor: Actor, today: date, unit_id: UUID, lines: Sequence[Line], key: str = ""
) -> Written:
    """Put a town's lists in force: lines keep their identity by list and number, others go.

    All or nothing: one line with a fault refuses the whole. Items that named a line that goes are
    asked again (C12).
    """
    unit = unit_of(actor, unit_id)
    answer = may(actor, "plan", unit.path)
    if isinstance(answer, NotAllowed) and not actor.has("administer"):
        raise Refused(answer.why)
    faults = [line for line in lines if line.fault is not None]
    if faults or not lines:
        raise Refused(say("org.duties_faulty", n=len(faults)))
    mine = DutyItem.objects.filter(jurisdiction=actor.jurisdiction_id, unit=unit)
    known = {(row.list, row.position): row for row in mine}
    wanted = {(line.list, line.position): line for line in lines}
    mine.filter(pk__in=[row.pk for place, row in known.items() if place not in wanted]).delete()
    fresh, changed = [], []
    for place, line in wanted.items():
        row = known.get(place)
        if row is None:
            fresh.append(
                DutyItem(
                    jurisdiction=actor.jurisdiction_id, unit=unit, list=line.list,
                    position=line.position, text=line.text, department=line.department,
                )
            )  # fmt: skip
        elif (row.text, row.department) != (line.text, line.department):
            row.text, row.department, row.version = line.text, line.department, row.version + 1
            changed.append(row)
    DutyItem.objects.bulk_create(fresh, batch_size=500)
    DutyItem.objects.bulk_update(changed, ["text", "department", "version"], batch_size=500)
    record(unit, {"duties": (len(known), len(wanted))}, unit_id=unit.pk)
    return Written("org.unit", unit.pk, unit.version, {"n": len(wanted)})
