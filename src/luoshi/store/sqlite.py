"""Use the SQLite of pysqlite3: the system's own (3.40 on Debian 12) has a WAL-reset fault."""

from __future__ import annotations

import sys

OLDEST_SAFE = (3, 51, 3)


def use_safe_driver() -> None:
    """Swap the driver in before Django imports it; refuse one whose WAL mode can corrupt."""
    import pysqlite3  # noqa: PLC0415 - must not be imported where SQLite is not used

    if pysqlite3.sqlite_version_info < OLDEST_SAFE:
        message = f"SQLite {pysqlite3.sqlite_version} can corrupt in WAL mode; 3.51.3 is needed"
        raise RuntimeError(message)
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
