"""Reads of the ledger; every function takes the actor first, and its scope follows from that."""

from luoshi.ledger.queries.facts import (
    ABOVE,
    NOBODY,
    SHANGHAI,
    Roles,
    law_facts,
    moves_for,
    roles_of,
)
from luoshi.ledger.queries.scope import task_for, visible_tasks
from luoshi.ledger.queries.tree import Sums, leaf_sums, recount, stored, subtree

__all__ = [
    "ABOVE",
    "NOBODY",
    "SHANGHAI",
    "Roles",
    "Sums",
    "law_facts",
    "leaf_sums",
    "moves_for",
    "recount",
    "roles_of",
    "stored",
    "subtree",
    "task_for",
    "visible_tasks",
]
