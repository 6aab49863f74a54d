"""Build and change the organisation; every change is journalled, one family of verbs a file."""

from luoshi.org.actions.accounts import (
    mark_demo,
    note_demo_switch,
    open_account,
    reset_password,
    shut_account,
)
from luoshi.org.actions.calendar import set_calendar_days
from luoshi.org.actions.delegating import delegate, stand_in, take_back
from luoshi.org.actions.feeds import end_feed, open_feed
from luoshi.org.actions.lists import set_duties
from luoshi.org.actions.phones import change_phone, see_phone
from luoshi.org.actions.posts import (
    add_person,
    add_post,
    begin_term,
    change_post,
    end_term,
    write_routine,
)
from luoshi.org.actions.roster import (
    drop_roster,
    map_roster,
    note_marking,
    read_roster,
    undo_roster,
    write_roster,
)
from luoshi.org.actions.turnover import Change, turn_over
from luoshi.org.actions.units import (
    add_unit,
    change_unit,
    end_link,
    found_jurisdiction,
    link_units,
    move_unit,
    new_id,
    set_calendar_day,
)

__all__ = [
    "Change",
    "add_person",
    "add_post",
    "add_unit",
    "begin_term",
    "change_phone",
    "change_post",
    "change_unit",
    "delegate",
    "drop_roster",
    "end_feed",
    "end_link",
    "end_term",
    "found_jurisdiction",
    "link_units",
    "map_roster",
    "mark_demo",
    "move_unit",
    "new_id",
    "note_demo_switch",
    "note_marking",
    "open_account",
    "open_feed",
    "read_roster",
    "reset_password",
    "see_phone",
    "set_calendar_day",
    "set_calendar_days",
    "set_duties",
    "shut_account",
    "stand_in",
    "take_back",
    "turn_over",
    "undo_roster",
    "write_roster",
    "write_routine",
]
