"""`luoshi backup FILE`: one file that restores everything: database, attachments, keys.

SQLite is copied through its own backup call, so writers may go on; PostgreSQL through `pg_dump`.
The database is taken before the attachments, which are only ever added: a restored row always
finds its file. The file holds the keys: keep it where only the IT officer reaches.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

KEYS = ("secret.key", "journal.key")


def main(argv: list[str]) -> int:
    """Write the backup beside its final name, then move it there whole."""
    parser = argparse.ArgumentParser("luoshi backup", description=__doc__)
    parser.add_argument("file", type=Path)
    options = parser.parse_args(argv)
    from luoshi.config.commands.setup import prepare_read_only

    prepare_read_only()
    from django.conf import settings

    with tempfile.TemporaryDirectory(dir=options.file.resolve().parent) as folder:
        work = Path(folder)
        name = dump(settings.DATABASES["default"], work)
        manifest = {"database": name, "digest": digest(work / name), "form": 1}
        (work / "manifest.json").write_text(json.dumps(manifest), "ascii")
        part = work / "backup.tar.gz"
        with tarfile.open(part, "w:gz", compresslevel=1) as tar:
            tar.add(work / "manifest.json", "manifest.json")
            tar.add(work / name, name)
            for key in KEYS:
                tar.add(Path(settings.LUOSHI_DATA) / key, key)
            if Path(settings.MEDIA_ROOT).exists():
                tar.add(settings.MEDIA_ROOT, "files")
        part.chmod(0o600)
        part.replace(options.file)
    print(f"backup written: {options.file} ({options.file.stat().st_size:,} bytes)")
    return 0


def dump(database: dict[str, Any], work: Path) -> str:
    """Copy the database into the folder; the file's name."""
    if database["ENGINE"].endswith("sqlite3"):
        import pysqlite3

        source = pysqlite3.connect(database["NAME"])
        target = pysqlite3.connect(str(work / "database.sqlite3"))
        with source, target:
            source.backup(target)
        source.close()
        target.close()
        return "database.sqlite3"
    tool("pg_dump")
    target_file = work / "database.dump"
    call = ["pg_dump", "--format=custom", f"--file={target_file}", *connection_flags(database)]
    subprocess.run(call, check=True, env=with_password(database))  # noqa: S603 - our own flags
    return "database.dump"


def tool(name: str) -> None:
    """Stop in words where PostgreSQL's client programs are not installed."""
    if shutil.which(name) is None:
        sys.exit(f"{name} is not installed (Debian package postgresql-client); nothing was written")


def connection_flags(database: dict[str, Any]) -> list[str]:
    """Where the database is, as PostgreSQL's programs take it; the password goes by environment."""
    flags = [f"--dbname={database['NAME']}"]
    for option, key in (("host", "HOST"), ("port", "PORT"), ("username", "USER")):
        if database.get(key):
            flags.append(f"--{option}={database[key]}")
    return flags


def with_password(database: dict[str, Any]) -> dict[str, str]:
    """The environment with the database's password, never on the command line."""
    return {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
