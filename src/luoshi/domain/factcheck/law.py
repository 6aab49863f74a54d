"""The law itself: every check over one paper, in the order of the text."""

from __future__ import annotations

from luoshi.domain.factcheck.blanks import check_blanks
from luoshi.domain.factcheck.dates import check_dates
from luoshi.domain.factcheck.models import Doubt, Paper
from luoshi.domain.factcheck.names import check_names
from luoshi.domain.factcheck.page import read_page
from luoshi.domain.factcheck.plans import check_plans
from luoshi.domain.factcheck.ratios import check_ratios
from luoshi.domain.factcheck.sums import check_sums
from luoshi.domain.factcheck.twice import check_twice
from luoshi.domain.workdays import WorkCalendar

CODES = ("F01", "F02", "F03", "F04", "F05", "F06", "F07", "F08", "F09", "F10")


def check(paper: Paper, calendar: WorkCalendar | None = None) -> tuple[Doubt, ...]:
    """Whether a text contradicts itself or the calendar; nothing outside it is asked.

    F01 plan period, F02 parts and whole, F03 percentage, F04 one indicator twice, F05 no such day,
    F06 limit already past, F07 limit on a day off (only with a calendar), F08 no unit, F09 masked,
    F10 name or title. `text[start:end]` of each doubt is what it speaks of. When in doubt about a
    doubt the law keeps silent: a false alarm costs trust. Time is linear in the length.
    """
    page = read_page(paper)
    found = [
        *check_plans(page),
        *check_sums(page),
        *check_ratios(page),
        *check_twice(page),
        *check_dates(page, calendar),
        *check_blanks(page),
        *check_names(page),
    ]
    unique = {(doubt.start, doubt.end, doubt.why.code): doubt for doubt in reversed(found)}
    return tuple(unique[key] for key in sorted(unique))
