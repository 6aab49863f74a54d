"""The lines of the ledger's table, drawn in one go: fifty rows cost one call, not fifty templates.

The words of a column are looked up once a page. The HTML is that of the tags of `ui`, which draw
the same chips, lights and dates one at a time elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from luoshi.ledger.models import Task
from luoshi.ledger.queries.listing import Row
from luoshi.ui import shown
from luoshi.ui.lights import LIGHTS
from luoshi.ui.sentences import told

_NOBODY = "00000000-0000-0000-0000-000000000000"


def table_lines(rows: Iterable[Row], *, may_choose: bool) -> SafeString:
    """The rows of the table's body; with a box to choose each where the actor may act on many."""
    words = _Words()
    lines = "".join(_line(row, words, may_choose=may_choose) for row in rows)
    return mark_safe(lines)  # noqa: S308 - every part is escaped below


class _Words:
    """The words of the columns in the language of the page, looked up once."""

    def __init__(self) -> None:
        self.choose, self.parent = escape(_("选择")), escape(_("（汇总）"))
        self.by, self.due = escape(_("责任")), escape(_("完成时限"))
        self.state, self.done = escape(_("状态")), escape(_("完成"))
        self.light, self.gap = escape(_("亮灯")), escape(_("空缺"))
        self.todo = shown.missing()
        self.states = {key: escape(word) for key, word in Task.State.choices}
        self.rhythms = {key: escape(word) for key, word in Task.Rhythm.choices}
        self.rhythms[Task.Rhythm.DATED] = self.todo  # asks for a date, and has none yet
        self.lights = {
            key: f'<span class="lt {css}"><i aria-hidden="true"></i>{escape(word)}</span>'
            for key, (css, word) in LIGHTS.items()
        }
        # One address, its key exchanged for each row's: fifty look-ups would give the same.
        self.address = escape(reverse("ledger:task", args=[_NOBODY]))


def _line(row: Row, words: _Words, *, may_choose: bool) -> str:
    task = row.task
    number = escape(task.number)
    pick = (
        f'<td class="pick"><input type="checkbox" name="row" value="{task.pk}:{task.version}"'
        f' aria-label="{words.choose} {number}"></td>\n'
        if may_choose
        else "\n"
    )
    parent = "" if task.is_leaf else f' <span class="m">{words.parent}</span>'
    due = _day(task) or words.rhythms.get(task.rhythm, escape(task.rhythm))
    state = words.states.get(task.state, escape(task.state))
    light = words.lights.get(row.light.word) or words.lights["none"]
    share = (
        words.todo if row.share is None else f'<span class="n">{shown.tenths(row.share)}%</span>'
    )
    return (
        f"<tr>\n{pick}"
        f'<th scope="row" class="d{task.depth}"><span class="q mono">{number}</span> '
        f'<a href="{words.address.replace(_NOBODY, str(task.pk))}">{shown.zh(task.title)}</a>'
        f"{parent}</th>\n"
        f'<td data-label="{words.by}"><span class="chips">{_chips(row, words)}</span></td>\n'
        f'<td class="date" data-label="{words.due}">{due}</td>\n'
        f'<td data-label="{words.state}"><span class="st st-{escape(task.state)}">{state}'
        "</span></td>\n"
        f'<td class="num" data-label="{words.done}">{share}</td>\n'
        f'<td data-label="{words.light}">{light}'
        f'<p class="why">{shown.mark_han(told(row.light.arithmetic))}</p></td>\n</tr>'
    )


def _day(task: Task) -> str:
    if task.due_on is None:
        return ""
    day = task.due_on.isoformat()
    moved = shown.put_off(task)
    return f'<time class="n" datetime="{day}">{day}</time>{moved}'


def _chips(row: Row, words: _Words) -> str:
    unit, owner, person = row.carriers.lead_unit, row.carriers.owner, row.carriers.person
    chips = _chip("chip", unit.short_name if unit else "", words)
    return chips + _chip("chip man", person.name if person else "", words) if owner else chips


def _chip(css: str, name: str, words: _Words) -> str:
    if name:
        return f'<span class="{css}">{shown.zh(name)}</span>'
    return f'<span class="{css} gap">{shown.zh(words.gap)}</span>'
