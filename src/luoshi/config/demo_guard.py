"""The demonstration and a real office never share a database."""

from __future__ import annotations

import sys

from django.conf import settings

from luoshi.org.models import Account, DemoMarker


def refuse_mixed_database() -> None:
    """Stop with a sentence where the marker and LUOSHI_DEMO disagree."""
    marked = DemoMarker.objects.exists()
    if settings.LUOSHI_DEMO and not marked and Account.objects.exists():
        sys.exit("LUOSHI_DEMO is set, but this database holds a real office; nothing was touched")
    if marked and not settings.LUOSHI_DEMO:
        sys.exit("this is the demonstration's database; set LUOSHI_DEMO=1 or name another database")
