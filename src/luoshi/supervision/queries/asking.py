"""Extension requests: the one that is open, and what the closing law must know of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from luoshi.domain.access import Actor
from luoshi.domain.closing import Facts, State
from luoshi.ledger.models import Task
from luoshi.ledger.queries import law_facts
from luoshi.supervision.models import Extension
from luoshi.supervision.queries.drawing import drawn_for

OPEN = (Extension.State.ASKED, Extension.State.AGREED)


def open_extension(actor: Actor, task: Task) -> Extension | None:
    """The request that awaits a decision; there is never more than one."""
    rows = Extension.objects.filter(jurisdiction=actor.jurisdiction_id, task=task, state__in=OPEN)
    return rows.first()


def facts_for(
    actor: Actor,
    today: date,
    task: Task,
    asked: Extension | None,
    **form: Any,  # noqa: ANN401 - fields of `Facts`
) -> Facts:
    """The facts of the ledger, and those that supervision keeps: the lot and the open request.

    At most nine queries.
    """
    known: Mapping[str, Any] = {
        "extension": asked.state if asked else "none",
        "is_extension_asker": asked is not None and asked.asked_by_id in actor.both,
        "is_drawn": is_drawn(actor, today, task),
    }
    return law_facts(actor, today, task, **(dict(known) | form))


def is_drawn(actor: Actor, today: date, task: Task) -> bool | None:
    """Whether the actor is the one drawn to verify; None where no lot was drawn."""
    if State(task.state) is not State.REPORTED_DONE:
        return None
    drawn = drawn_for(actor, today, [task])[task.pk]
    return None if drawn is None else drawn.pk == actor.answers_as
