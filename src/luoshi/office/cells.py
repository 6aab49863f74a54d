"""What an import keeps between its steps: grids and reports, packed; cells as JSON values."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from luoshi.domain.tables import Grid, Value, text_of
from luoshi.office.xlsx_out import Value as Printed

MISSING = "待补"


def cell_out(value: Value) -> Any:  # noqa: ANN401 - JSON
    """A cell as JSON: text and whole numbers as they are, the rest with a tag."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Decimal):
        return ["n", format(value, "f")]
    if isinstance(value, datetime):
        return ["dt", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    return ["t", value.isoformat()]


def cell_in(data: Any) -> Value:  # noqa: ANN401 - JSON
    """A cell back from JSON."""
    if not isinstance(data, list):
        return None if data is None else data if isinstance(data, int) else str(data)
    tag, text = data
    match tag:
        case "n":
            return Decimal(text)
        case "d":
            return date.fromisoformat(text)
        case "dt":
            return datetime.fromisoformat(text)
        case _:
            return time.fromisoformat(text)


def printed(data: Any) -> Printed:  # noqa: ANN401 - JSON
    """A kept cell as a workbook takes it."""
    value = cell_in(data)
    return text_of(value) if isinstance(value, time) else value


def pack(data: Any) -> bytes:  # noqa: ANN401 - JSON
    """JSON values, compressed."""
    return zlib.compress(json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"), 6)


def unpack(data: bytes | memoryview) -> Any:  # noqa: ANN401 - JSON
    """JSON values back; nothing where nothing was kept."""
    raw = bytes(data)
    return json.loads(zlib.decompress(raw).decode("utf-8", "surrogatepass")) if raw else None


def pack_grids(grids: Sequence[Grid]) -> bytes:
    """Grids as bytes."""
    return pack(
        [
            {
                "name": grid.name,
                "first_row": grid.first_row,
                "levels": {str(row): level for row, level in grid.levels.items()},
                "unreckoned": sorted(grid.unreckoned),
                "rows": [[cell_out(cell) for cell in row] for row in grid.rows],
            }
            for grid in grids
        ]
    )


def unpack_grids(data: bytes | memoryview) -> list[Grid]:
    """Grids back from bytes."""
    return [_grid(one) for one in unpack(data) or []]


def _grid(one: Mapping[str, Any]) -> Grid:
    return Grid(
        one["name"],
        tuple(tuple(cell_in(cell) for cell in row) for row in one["rows"]),
        one["first_row"],
        {int(row): level for row, level in one["levels"].items()},
        frozenset(one["unreckoned"]),
    )
