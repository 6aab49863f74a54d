"""An office of its own for a test: a data folder and a database, used through `luoshi` commands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
LUOSHI = Path(sys.executable).parent / "luoshi"


class Office:
    """A data folder with its database, used through `luoshi` in processes of their own."""

    def __init__(self, data: Path, database: str = "") -> None:
        self.data, self.database = data, database

    @property
    def env(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "HOME", "PYTHONPATH"}
        }
        kept |= {"LUOSHI_DATA": str(self.data), "PYTHONUTF8": "1"}
        return kept | ({"DATABASE_URL": self.database} if self.database else {})

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(LUOSHI), *words], env=self.env | env, cwd=self.data.parent, capture_output=True,
            text=True, check=False, timeout=240,
        )  # fmt: skip

    def sql(self, *statements: str) -> list[tuple]:
        """Behind the product's back; the rows of the last statement."""
        if self.database:
            import psycopg

            with psycopg.connect(self.database, autocommit=True) as connection:
                for statement in statements:
                    cursor = connection.execute(statement)
                return cursor.fetchall() if cursor.description else []
        import pysqlite3

        connection = pysqlite3.connect(str(self.data / "luoshi.sqlite3"), timeout=20)
        try:
            with connection:
                for statement in statements:
                    cursor = connection.execute(statement)
                return cursor.fetchall()
        finally:
            connection.close()


def new_database(name: str) -> str:
    """An empty database in the test cluster; "" where the product makes its own file."""
    if not ON_POSTGRES:
        return ""
    import psycopg

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
