"""Fill an office for a proof: the cast with passwords, a plan, items that count; tells them as JSON.

`python -m tests.proofs.stage ROWS`, in the office's own environment.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from typing import Any

BACKEND = "django.contrib.auth.backends.ModelBackend"


def session_of(account: Any) -> str:
    """The cookie of somebody who signed in: a password costs half a second of CPU by design."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(account.pk), BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def stage(rows: int) -> dict[str, object]:
    """Everything a hand needs to begin; in an empty, migrated database."""
    from django.utils import timezone

    from luoshi.goals import actions as goals
    from luoshi.goals.models import Plan
    from luoshi.ledger import actions as ledger
    from luoshi.ledger.actions import NewTask
    from luoshi.ledger.queries import Roles
    from luoshi.org.queries import actor_for
    from tests.cast import TODAY, make_cast

    cast = make_cast()
    lin = actor_for(cast.account("lin"), TODAY)
    told = {"actor": lin, "today": TODAY}
    plan = Plan.objects.get(pk=goals.create_plan(**told, unit=cast.town, year=2026).id)
    made = []
    for _ in range(rows):
        new = NewTask(
            title="第0次 由天", due_on=date(2026, 12, 31), roles=Roles(lead_unit=cast.east.pk)
        )
        made.append(str(ledger.register_task(**told, now=timezone.now(), new=new, plan=plan).id))
    hands = [session_of(cast.account(("lin", "he", "chen", "liu")[k % 4])) for k in range(8)]
    return {"rows": made, "plan": str(plan.pk), "sessions": hands}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django

    django.setup()
    json.dump(stage(int(sys.argv[1])), sys.stdout)
