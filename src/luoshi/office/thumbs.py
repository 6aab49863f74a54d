"""The small picture of a photograph: drawn in a child with limits, or not at all."""

from __future__ import annotations

import subprocess
import sys

_WALL_SECONDS = 20
SIDE = 240
"""Its longer side; pixels."""


def small(data: bytes) -> bytes:
    """A JPEG of at most 240 pixels a side, nothing of the original's bytes in it; b"" if none.

    A child that meets a limit of memory or time, or finds no picture, leaves the file without one.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "luoshi.office.thumbs_child"],
            input=data,
            capture_output=True,
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\xff\xd8") else b""
