"""What the living style page shows: every component, with values of the office's kind."""

from __future__ import annotations

from typing import Any


def page() -> dict[str, Any]:
    """Context of the style page."""
    return {}
