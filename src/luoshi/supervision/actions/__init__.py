"""The only writes of supervision: checks, deadlines, draws, arrivals, week, orders, visits."""

from luoshi.supervision.actions.checks import (
    agree_extension,
    approve_extension,
    ask_extension,
    refuse_extension,
    return_for_rework,
    verify,
)
from luoshi.supervision.actions.collecting import (
    Told,
)
from luoshi.supervision.actions.inspections import (
    answer_inspection,
    conclude_inspection,
    open_inspection,
)
from luoshi.supervision.actions.intake import (
    Arrival,
    enter,
)
from luoshi.supervision.actions.meetings import (
    Decided,
    decide,
    edit_minutes,
    hold,
    issue_minutes,
    usual_kinds,
    withdraw_decision,
)
from luoshi.supervision.actions.numbering import (
    set_limit,
    set_style,
    take_number,
)
from luoshi.supervision.actions.orders import (
    SOURCES,
    NewOrder,
    archive_order,
    conclude_order,
    register_order,
    tell_orders,
)
from luoshi.supervision.actions.papers import (
    Leaving,
    NewPaper,
    draft_report,
    leave,
    pass_steps,
    register_paper,
)
from luoshi.supervision.actions.recurring import (
    NewWork,
    add_recurring,
    end_recurring,
    make_items,
    skip_occurrence,
)
from luoshi.supervision.actions.relaying import (
    MOST,
    Relayed,
    confirm,
    relay,
)
from luoshi.supervision.actions.sampling import (
    check,
    draw,
    end,
)
from luoshi.supervision.actions.slips import (
    receive_slip,
)
from luoshi.supervision.actions.sweeping import (
    sweep,
)
from luoshi.supervision.actions.visits import (
    Note,
    Promised,
    edit_visit,
    end_watch,
    note_visit,
    watch,
)
from luoshi.supervision.actions.weeks import (
    Closing,
    add_line,
    close_week,
    collect,
    draft_week,
    drop_line,
    edit_line,
    issue_week,
)

__all__ = [
    "MOST",
    "SOURCES",
    "Arrival",
    "Closing",
    "Decided",
    "Leaving",
    "NewOrder",
    "NewPaper",
    "NewWork",
    "Note",
    "Promised",
    "Relayed",
    "Told",
    "add_line",
    "add_recurring",
    "agree_extension",
    "answer_inspection",
    "approve_extension",
    "archive_order",
    "ask_extension",
    "check",
    "close_week",
    "collect",
    "conclude_inspection",
    "conclude_order",
    "confirm",
    "decide",
    "draft_report",
    "draft_week",
    "draw",
    "drop_line",
    "edit_line",
    "edit_minutes",
    "edit_visit",
    "end",
    "end_recurring",
    "end_watch",
    "enter",
    "hold",
    "issue_minutes",
    "issue_week",
    "leave",
    "make_items",
    "note_visit",
    "open_inspection",
    "pass_steps",
    "receive_slip",
    "refuse_extension",
    "register_order",
    "register_paper",
    "relay",
    "return_for_rework",
    "set_limit",
    "set_style",
    "skip_occurrence",
    "sweep",
    "take_number",
    "tell_orders",
    "usual_kinds",
    "verify",
    "watch",
    "withdraw_decision",
]
