"""The only writes of the register of indicators."""

from luoshi.indicators.actions.benchmarks import (
    Peer,
    add_benchmark,
    edit_benchmark,
    remove_benchmark,
)
from luoshi.indicators.actions.handing import Handing, hand_out
from luoshi.indicators.actions.pacing import choose_rule, set_course
from luoshi.indicators.actions.readings import (
    CellsChanged,
    Entering,
    save_readings,
    verify_reading,
    withdraw_reading,
)
from luoshi.indicators.actions.register import (
    Defining,
    Naming,
    add_definition,
    create_indicator,
    edit_definition,
    edit_indicator,
    end_indicator,
    remove_indicator,
    set_reporters,
)
from luoshi.indicators.actions.sharing import Dividing, divide_again, divide_target
from luoshi.indicators.actions.targets import (
    Aim,
    edit_target,
    put_targets_in_force,
    set_target,
    withdraw_target,
)
from luoshi.indicators.actions.totals import rebuild_totals

__all__ = [
    "Aim",
    "CellsChanged",
    "Defining",
    "Dividing",
    "Entering",
    "Handing",
    "Naming",
    "Peer",
    "add_benchmark",
    "add_definition",
    "choose_rule",
    "create_indicator",
    "divide_again",
    "divide_target",
    "edit_benchmark",
    "edit_definition",
    "edit_indicator",
    "edit_target",
    "end_indicator",
    "hand_out",
    "put_targets_in_force",
    "rebuild_totals",
    "remove_benchmark",
    "remove_indicator",
    "save_readings",
    "set_course",
    "set_reporters",
    "set_target",
    "verify_reading",
    "withdraw_reading",
    "withdraw_target",
]
