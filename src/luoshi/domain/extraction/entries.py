"""Entries of numbered lists, rows of ledgers and cells of tables: their form decides the kind."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.kinds import VIEW, Place, Verdict, verdict
from luoshi.domain.extraction.predicates import is_metric


def classify_entry(clause: str, place: Place) -> Verdict:
    """A numbered entry of a list: a task, unless its form makes it an indicator or a state."""
    view = clause[:VIEW]
    if place.form == "project_ledger":
        return _ledger_entry(view, place.heading)
    if place.form == "assessment_rules":
        scored = re.sub(r"\([^)]*分\)", "", view)
        if scored.startswith("无"):
            return verdict("task", "0.7", say("extraction.entry"))
        if is_metric(scored) or re.match(r"[^,;]{2,24}率[^,;]{0,12}\d", scored):
            return verdict("indicator", "0.85", say("extraction.entry"), say("extraction.metric"))
    return verdict("task", "0.92", say("extraction.entry"))


def _ledger_entry(view: str, heading: str) -> Verdict:
    """A project told in one entry: stuck, still to move, or done; its group's heading helps."""
    live = lx.LIVE.search(view)
    if not live and lx.STALLED_GROUP.search(heading):
        return verdict("problem", "0.7", say("extraction.stuck"))
    if not live and lx.DONE_GROUP.search(heading):
        return verdict("achievement", "0.7", say("extraction.done"))
    if lx.STUCK.search(view) and not (live and re.search(r"月底前|月前|年内|需[一-鿿]", view)):
        return verdict("problem", "0.8", say("extraction.stuck"))
    if lx.DONE.search(view) and not live:
        return verdict("achievement", "0.8", say("extraction.done"))
    if live:
        return verdict("task", "0.85", say("extraction.entry"))
    return verdict(
        "achievement" if lx.PAST.search(view) else "task", "0.6", say("extraction.entry")
    )


# The name of a stage tells nothing of its own: 签约未落地, 开工未投产(2025年3月开工).
STAGE_NAME: Final = re.compile(r"(?:[一-鿿]{2}未[一-鿿]{2}|在谈|签约|在建)(?:\([^()]{0,16}\))?")


def classify_report_cell(clause: str) -> Verdict:
    """A progress cell: an achievement, or a problem where it tells of something not done."""
    view = clause[:VIEW]
    if lx.CELL_GAP.search(lx.REMEDY.sub("", view)):
        return verdict("problem", "0.9", say("extraction.progress_column"), say("extraction.gap"))
    return verdict("achievement", "0.92", say("extraction.progress_column"))
