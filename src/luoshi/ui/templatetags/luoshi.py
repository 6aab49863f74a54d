"""Template tags of every page; a builtin, so templates need no load line."""

from __future__ import annotations

from django import template

register = template.Library()
