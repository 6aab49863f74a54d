"""What leads downstream: a journal verb, and the kind of job that answers it. Nothing else does."""

from __future__ import annotations

from collections.abc import Mapping

REACTIONS: Mapping[str, str] = {}
