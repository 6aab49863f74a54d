"""The only writes of the ledger: one family of verbs a file; every move asks the closing law."""

from luoshi.ledger.actions.asking import ask_no_word, ask_word
from luoshi.ledger.actions.assigning import (
    assign,
    assign_many,
    name_roles,
    return_to_assigner,
    rule_return,
    sign_for,
    start,
)
from luoshi.ledger.actions.blocking import (
    answer_blocker,
    clear_blocker,
    point_blocker,
    press_blocker,
    promise_blocker,
    send_back_blocker,
)
from luoshi.ledger.actions.dates import move_deadline, move_due
from luoshi.ledger.actions.editing import (
    bulk_edit,
    edit_task,
    fixed_by_baseline,
    undo_edit,
    withdraw_task,
)
from luoshi.ledger.actions.ending import (
    accept,
    archive,
    cancel,
    close,
    reopen,
    resume,
    return_for_rework,
    suspend,
    verify,
)
from luoshi.ledger.actions.handing import hand_over
from luoshi.ledger.actions.importing import (
    ask_import,
    check_table,
    drop_table,
    import_table,
    read_table,
    return_table,
)
from luoshi.ledger.actions.lights import forget_lights, judge, judge_waiting, rebuild_lights
from luoshi.ledger.actions.mending import balance_weights, follow_parts, share_target
from luoshi.ledger.actions.planning import add_dependency, drop_dependency, set_milestones
from luoshi.ledger.actions.procedures import give_steps
from luoshi.ledger.actions.registering import NewMilestone, NewTask, register_task, register_tasks
from luoshi.ledger.actions.reporting import Said, report, report_done
from luoshi.ledger.actions.rescheduling import reschedule
from luoshi.ledger.actions.sums import rebuild_sums
from luoshi.ledger.actions.unimporting import ask_undo, undo_import

__all__ = [
    "NewMilestone",
    "NewTask",
    "Said",
    "accept",
    "add_dependency",
    "answer_blocker",
    "archive",
    "ask_import",
    "ask_no_word",
    "ask_undo",
    "ask_word",
    "assign",
    "assign_many",
    "balance_weights",
    "bulk_edit",
    "cancel",
    "check_table",
    "clear_blocker",
    "close",
    "drop_dependency",
    "drop_table",
    "edit_task",
    "fixed_by_baseline",
    "follow_parts",
    "forget_lights",
    "give_steps",
    "hand_over",
    "import_table",
    "judge",
    "judge_waiting",
    "move_deadline",
    "move_due",
    "name_roles",
    "point_blocker",
    "press_blocker",
    "promise_blocker",
    "read_table",
    "rebuild_lights",
    "rebuild_sums",
    "register_task",
    "register_tasks",
    "reopen",
    "report",
    "report_done",
    "reschedule",
    "resume",
    "return_for_rework",
    "return_table",
    "return_to_assigner",
    "rule_return",
    "send_back_blocker",
    "set_milestones",
    "share_target",
    "sign_for",
    "start",
    "suspend",
    "undo_edit",
    "undo_import",
    "verify",
    "withdraw_task",
]
