"""What every page's frame needs: the place, the person, today, the language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from luoshi.org import queries as org


def page(request: HttpRequest) -> dict[str, Any]:
    """Facts of the frame; two queries at most, both by key."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"today": getattr(request, "today", None), "demo": settings.LUOSHI_DEMO}
    return {
        "actor": actor,
        "today": request.today,  # type: ignore[attr-defined]
        "demo": settings.LUOSHI_DEMO,
        "me": org.signature(actor),
        **(_demo(request) if settings.LUOSHI_DEMO else {}),
    }


def _demo(request: HttpRequest) -> dict[str, Any]:
    """The demonstration's cast and who is played now."""
    from luoshi.config.demo_cast import SWITCHER  # noqa: PLC0415 - only where LUOSHI_DEMO is set

    return {"demo_cast": SWITCHER, "demo_login": getattr(request.user, "login", "")}
