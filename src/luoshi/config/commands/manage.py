"""`luoshi manage …`: Django's own commands."""

from __future__ import annotations

from django.core.management import execute_from_command_line


def main(argv: list[str]) -> int:
    """Hand over to Django."""
    execute_from_command_line(["luoshi manage", *argv])
    return 0
