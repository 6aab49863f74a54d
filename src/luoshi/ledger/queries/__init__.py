"""Reads of the ledger; every function takes the actor first, and its scope follows from that."""

from luoshi.ledger.queries.coverage import findings, plan_facts
from luoshi.ledger.queries.facts import (
    ABOVE,
    NOBODY,
    SHANGHAI,
    Roles,
    law_facts,
    moves_for,
    roles_of,
)
from luoshi.ledger.queries.judging import light_of, lights_of, nodes_of, share_of
from luoshi.ledger.queries.listing import (
    Carriers,
    Filters,
    Listing,
    Row,
    carriers_of,
    list_tasks,
    rows_of,
)
from luoshi.ledger.queries.owing import MyWeek, Owed, my_week, owed, sign_until
from luoshi.ledger.queries.scope import task_for, visible_tasks
from luoshi.ledger.queries.telling import Source, TaskPage, source_of, task_page
from luoshi.ledger.queries.timing import Bar, Timetable, calendar_of, compact, timetable
from luoshi.ledger.queries.tree import Sums, leaf_sums, recount, stored, subtree

__all__ = [
    "ABOVE",
    "NOBODY",
    "SHANGHAI",
    "Bar",
    "Carriers",
    "Filters",
    "Listing",
    "MyWeek",
    "Owed",
    "Roles",
    "Row",
    "Source",
    "Sums",
    "TaskPage",
    "Timetable",
    "calendar_of",
    "carriers_of",
    "compact",
    "findings",
    "law_facts",
    "leaf_sums",
    "light_of",
    "lights_of",
    "list_tasks",
    "moves_for",
    "my_week",
    "nodes_of",
    "owed",
    "plan_facts",
    "recount",
    "roles_of",
    "rows_of",
    "share_of",
    "sign_until",
    "source_of",
    "stored",
    "subtree",
    "task_for",
    "task_page",
    "timetable",
    "visible_tasks",
]
