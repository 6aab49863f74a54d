"""The `luoshi` command: one door for reading, running, backing up, and proving."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Dispatch to a verb."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    if sys.argv[1:2] == ["manage"]:
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        execute_from_command_line(["luoshi manage", *sys.argv[2:]])
        return 0
    return 2
