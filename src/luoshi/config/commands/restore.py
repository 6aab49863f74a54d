"""`luoshi restore FILE [--force]`: put a backup back; refuses to cover data that is there."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from luoshi.config.commands import backup
from luoshi.config.commands.setup import data_folder


def main(argv: list[str]) -> int:
    """Check the backup whole before touching anything."""
    parser = argparse.ArgumentParser("luoshi restore", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="replace the data that is there")
    options = parser.parse_args(argv)
    data = data_folder()
    if (data / "secret.key").exists() and not options.force:
        sys.exit(f"{data} holds data already; nothing was touched (--force replaces it)")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data) as folder:
        work = Path(folder)
        manifest = _unpack(options.file, work)
        for key in backup.KEYS:
            shutil.move(work / key, data / key)
            (data / key).chmod(0o600)
        shutil.rmtree(data / "files", ignore_errors=True)
        if (work / "files").exists():
            shutil.move(work / "files", data / "files")
        _load(work / manifest["database"], data)
        _set_aside_ends(data, options.file)
    print(f"restored into {data}")
    return 0


def _set_aside_ends(data: Path, file: Path) -> None:
    """The journal is as long as the backup was: what says that it was longer goes aside, told."""
    kept = [path for path in (data / "journal.ends.json", data / "anchors") if path.exists()]
    if not kept:
        return
    aside = Path(tempfile.mkdtemp(prefix="before-restore-", dir=data))
    for path in kept:
        shutil.move(path, aside / path.name)
    print(f"the journal's ends and anchors from before {file.name} was restored are in {aside}")


def _unpack(file: Path, work: Path) -> dict[str, Any]:
    try:
        with tarfile.open(file, "r:gz") as tar:
            tar.extractall(work, filter="data")
        manifest: dict[str, Any] = json.loads((work / "manifest.json").read_text("ascii"))
        whole = backup.digest(work / manifest["database"]) == manifest["digest"]
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        sys.exit(f"{file} is not a backup of Luoshi, or is damaged ({error}); nothing was touched")
    if not whole:
        sys.exit(f"{file} is damaged: the database's digest differs; nothing was touched")
    return manifest


def _load(dump: Path, data: Path) -> None:
    url = os.environ.get("DATABASE_URL", "")
    if dump.suffix == ".sqlite3":
        if url and not url.startswith("sqlite"):
            sys.exit("this backup is of SQLite; unset DATABASE_URL and call again")
        for old in data.glob("luoshi.sqlite3*"):
            old.unlink()
        shutil.move(dump, data / "luoshi.sqlite3")
        return
    if not url.startswith("postgres"):
        sys.exit("this backup is of PostgreSQL; set DATABASE_URL to an empty database")
    backup.tool("pg_restore")
    import environ

    database: dict[str, Any] = environ.Env.db_url_config(url)
    flags = ["--clean", "--if-exists", "--no-owner", "--exit-on-error"]
    call = ["pg_restore", *flags, *backup.connection_flags(database), str(dump)]
    subprocess.run(call, check=True, env=backup.with_password(database))  # noqa: S603 - our own flags
