"""Figures drawn as SVG: widths are attributes, colours are classes, every figure has its words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.ui import shown
from luoshi.ui.lights import LIGHTS


def share_bar(
    value: int | None, expected: int | None = None, state: str = "", width: int = 300
) -> SafeString:
    """`{% share_bar done expected "slow" %}`: a bar in basis points, a tick where it should be."""

    def x(share: int) -> str:
        tenth = min(max(share, 0), 10_000) * width // 1000
        return f"{tenth // 10}.{tenth % 10}"

    said = _("无数据") if value is None else f"{shown.tenths(value)}%"
    label = said if expected is None else f"{said} / {shown.tenths(expected)}%"
    parts = [format_html('<rect class="track" y="7" width="{}" height="8"/>', width)]
    if value is not None:
        css = LIGHTS[state][0] if state in LIGHTS else "plain"
        parts.append(
            format_html('<rect class="fill {}" y="7" width="{}" height="8"/>', css, x(value))
        )
    if expected is not None:
        at = x(min(expected, 10_000 - 20_000 // width))
        parts.append(format_html('<rect class="tick" x="{}" y="1" width="2" height="20"/>', at))
    return format_html(
        '<svg class="share" viewBox="0 0 {0} 22" width="{0}" height="22" role="img" '
        'aria-label="{1}">{2}</svg>',
        width,
        label,
        format_html_join("", "{}", ((part,) for part in parts)),
    )


def time_pace(share: int, today: date) -> SafeString:
    """`{% time_pace pace.share today %}`: twelve months, the year's passed share filled."""
    return render_to_string("ui/_pace.html", _pace(share, today))


def _pace(share: int, today: date) -> dict[str, Any]:
    months = [
        {"x": i * 40, "mid": i * 40 + 20, "n": i + 1, "on": i < today.month} for i in range(12)
    ]
    filled = min(max(share, 0), 10_000) * 480 // 10_000
    return {"months": months, "filled": filled, "share": share, "percent": shown.tenths(share)}


def spark(values: Iterable[int | None], label: str = "", width: int = 96) -> SafeString:
    """`{% spark series _("近十二月") %}`: a line of a series; gaps stay gaps."""
    known = list(values)
    present = [v for v in known if v is not None]
    if not present:
        return shown.missing()
    low, high = min(present), max(present)
    step = width * 10 // max(len(known) - 1, 1)
    lines: list[list[str]] = [[]]
    for i, v in enumerate(known):
        if v is None:
            lines.append([])
            continue
        y = 20 - (v - low) * 18 // (high - low) if high > low else 11
        lines[-1].append(f"{i * step / 10:g},{y}")
    drawn = format_html_join("", '<polyline points="{}"/>', ((" ".join(ln),) for ln in lines if ln))
    return format_html(
        '<svg class="spark" viewBox="-2 0 {} 22" width="{}" height="22" role="img" '
        'aria-label="{}">{}</svg>',
        width + 4,
        width + 4,
        label or ", ".join(map(str, present)),
        drawn,
    )


def progress(done: int, total: int, label: str = "") -> SafeString:
    """`{% progress job.done job.total _("正在读取") %}`: long work; total 0: not known yet."""
    value = format_html(' value="{}" max="{}"', done, total) if total else ""
    count = f"{done}/{total}" if total else ""
    return format_html(
        '<p class="prog"><progress aria-label="{0}"{1}></progress><span>{0} {2}</span></p>',
        label or _("进行中"),
        value,
        count,
    )
