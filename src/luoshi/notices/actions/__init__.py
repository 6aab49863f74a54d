"""Writes of notices: rules, channels, switches, and the one digest on its way."""

from luoshi.notices.actions.channels import add_channel, change_channel, end_channel, keep_test
from luoshi.notices.actions.clock import SEND_JOB, ask_send, doubt_stuck
from luoshi.notices.actions.rules import set_preference, set_rule, stop_run
from luoshi.notices.actions.sending import Came, claim, put_off, settle, sum_up
from luoshi.notices.actions.telling import DIGEST_JOB, Told, tell

__all__ = [
    "DIGEST_JOB",
    "SEND_JOB",
    "Came",
    "Told",
    "add_channel",
    "ask_send",
    "change_channel",
    "claim",
    "doubt_stuck",
    "end_channel",
    "keep_test",
    "put_off",
    "set_preference",
    "set_rule",
    "settle",
    "stop_run",
    "sum_up",
    "tell",
]
