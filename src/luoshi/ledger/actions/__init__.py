"""The only writes of the ledger: one family of verbs a file; every move asks the closing law."""

from luoshi.ledger.actions.assigning import (
    assign,
    assign_many,
    name_roles,
    return_to_assigner,
    rule_return,
    sign_for,
    start,
)
from luoshi.ledger.actions.registering import NewMilestone, NewTask, register_task, register_tasks
from luoshi.ledger.actions.reporting import Said, report, report_done

__all__ = [
    "NewMilestone",
    "NewTask",
    "Said",
    "assign",
    "assign_many",
    "name_roles",
    "register_task",
    "register_tasks",
    "report",
    "report_done",
    "return_to_assigner",
    "rule_return",
    "sign_for",
    "start",
]
