"""`luoshi setup`: keys, folders and tables. Safe to repeat; never overwrites a key."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path


def make_keys(data: Path) -> None:
    """The data folder (0700) with its two keys (0600); keys that exist stay."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / "static").mkdir(exist_ok=True)  # the server asks for it at start, filled or not
    for name in ("secret.key", "journal.key"):
        path = data / name
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(50))


def data_folder() -> Path:
    """The folder that settings will use, without importing them (they read the keys)."""
    default = "var/demo" if os.environ.get("LUOSHI_DEMO") == "1" else "var"
    return Path(os.environ.get("LUOSHI_DATA", default)).resolve()


def prepare() -> None:
    """Keys, then Django, then tables."""
    make_keys(data_folder())
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def prepare_read_only() -> None:
    """Django with its guards, for a process that serves: wrong databases are refused here."""
    if not (data_folder() / "secret.key").exists():
        sys.exit("no keys here yet: run `luoshi setup` first")
    import django

    django.setup()
    from luoshi.config.demo_guard import refuse_mixed_database

    refuse_mixed_database()
    _refuse_short_journal()


def _refuse_short_journal() -> None:
    """Stop in words where the journal would be kept for less time than the law allows."""
    from django.conf import settings

    from luoshi.domain.base import Refused
    from luoshi.domain.sealing import days_kept
    from luoshi.ui.sentences import tell

    try:
        days_kept(settings.LUOSHI_JOURNAL_DAYS)
    except Refused as refusal:
        sys.exit(f"LUOSHI_JOURNAL_DAYS: {tell(refusal.why)}\n{tell(refusal.why, 'en')}")


def forget_lights() -> None:
    """A new release may judge lights by another law: what is stored is judged again."""
    from django.utils import timezone

    from luoshi.domain.access import Actor
    from luoshi.ledger import actions
    from luoshi.org.models import Unit

    roots = Unit.objects.filter(parent__isnull=True).values_list("jurisdiction", flat=True)
    for jurisdiction in sorted(set(roots)):
        actor = Actor.system(jurisdiction)
        actions.forget_lights(actor=actor, today=timezone.localdate())


def main(argv: list[str]) -> int:
    """Prepare, and with --admin make the first administrator."""
    parser = argparse.ArgumentParser("luoshi setup", description=__doc__)
    parser.add_argument("--jurisdiction", help="name of the county, or of a town that stands alone")
    parser.add_argument("--admin", help="login name of the first administrator")
    options = parser.parse_args(argv)
    prepare()
    forget_lights()
    if options.admin:
        from luoshi.config.bootstrap import first_administrator

        password = os.environ.get("LUOSHI_ADMIN_PASSWORD") or secrets.token_urlsafe(12)
        if not first_administrator(options.jurisdiction or "本辖区", options.admin, password):
            print("an administrator exists already; nothing was changed", file=sys.stderr)
            return 1
        print(f"administrator {options.admin} made; password: {password}")
    print(f"ready: {data_folder()}")
    return 0
