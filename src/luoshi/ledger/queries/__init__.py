"""Reads of the ledger; every function takes the actor first, and its scope follows from that."""

from luoshi.domain.workdays import SHANGHAI
from luoshi.ledger.bars import Bar, ProjectLine, Standing, Timetable, Way, compact
from luoshi.ledger.carrying import NOBODY, Roles, roles_of
from luoshi.ledger.judging import ABOVE, light_of, lights_of, nodes_of, share_of, sign_until
from luoshi.ledger.moves import Moves
from luoshi.ledger.planfacts import plan_facts
from luoshi.ledger.queries.asked import asked
from luoshi.ledger.queries.blocking import (
    Waiting,
    asked_of,
    blocker_for,
    blockers_of,
    past_blockers,
    visible_blockers,
    waiting_blockers,
)
from luoshi.ledger.queries.considering import Considered, consider
from luoshi.ledger.queries.coverage import findings
from luoshi.ledger.queries.early import Record, told_early
from luoshi.ledger.queries.facts import law_facts, moves_for
from luoshi.ledger.queries.holding import carried_of
from luoshi.ledger.queries.listing import (
    Carriers,
    Filters,
    Listing,
    Row,
    carriers_of,
    list_tasks,
    rows_of,
)
from luoshi.ledger.queries.owing import MyWeek, Owed, my_week, owed, owed_of_posts, owed_within
from luoshi.ledger.queries.scope import opens, task_for, visible_tasks
from luoshi.ledger.queries.telling import TaskPage, task_page
from luoshi.ledger.queries.timing import timetable
from luoshi.ledger.sources import Source, source_of
from luoshi.ledger.tree import Sums, leaf_sums, recount, stored, subtree
from luoshi.org.calendars import calendar_of

__all__ = [
    "ABOVE",
    "NOBODY",
    "SHANGHAI",
    "Bar",
    "Carriers",
    "Considered",
    "Filters",
    "Listing",
    "Moves",
    "MyWeek",
    "Owed",
    "ProjectLine",
    "Record",
    "Roles",
    "Row",
    "Source",
    "Standing",
    "Sums",
    "TaskPage",
    "Timetable",
    "Waiting",
    "Way",
    "asked",
    "asked_of",
    "blocker_for",
    "blockers_of",
    "calendar_of",
    "carried_of",
    "carriers_of",
    "compact",
    "consider",
    "findings",
    "law_facts",
    "leaf_sums",
    "light_of",
    "lights_of",
    "list_tasks",
    "moves_for",
    "my_week",
    "nodes_of",
    "opens",
    "owed",
    "owed_of_posts",
    "owed_within",
    "past_blockers",
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
    "told_early",
    "visible_blockers",
    "visible_tasks",
    "waiting_blockers",
]
