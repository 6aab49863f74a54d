"""A new holiday notice: pasted, looked at with all it moves, kept in one act, told once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain.base import Refused
from luoshi.ledger.notice import Notice, read_notice
from luoshi.ledger.queries.facts import may_write
from luoshi.ledger.queries.noticing import consider_notice
from luoshi.ledger.views.common import do, plan_asked, who
from luoshi.org.actions import set_calendar_days
from luoshi.ui.guard import actor_required
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """The form, then what the notice moves; sent back with `keep`, it is kept in one act."""
    actor, today = who(request)
    sent = request.POST if request.method == "POST" else request.GET
    plan, _root, here = plan_asked(request, sent)
    text, year = sent.get("text", "")[:20_000], _year(sent.get("year", ""), plan.year + 1)
    read = read_notice(text, year) if text.strip() else Notice({}, ())
    days = {day: works for day, works in read.days.items() if day >= today}
    refusal = ""
    if request.method == "POST" and "keep" in request.POST:
        try:
            why = request.POST.get("why", "")
            done = do(request, set_calendar_days, unit=plan.unit, days=days, why=why)
            messages.success(
                request,
                _("工作日历已更新%(n)s天，各项工期已按新日历推算。")
                % {"n": done.facts.get("n", 0)},
            )
            return redirect(f"{reverse('ledger:timetable')}?{here}")
        except Refused as refused:
            refusal = tell(refused.why)
    context = {
        "plan": plan,
        "here": here,
        "text": text,
        "year": year,
        "why": sent.get("why", ""),
        "read": read,
        "passed": len(read.days) - len(days),
        "seen": consider_notice(actor, today, plan, days) if days else None,
        "may": may_write(actor, "plan", plan.unit),
        "refusal": refusal,
    }
    return render(request, "ledger/notice.html", context, status=422 if refusal else 200)


def _year(text: str, usual: int) -> int:
    return (
        int(text) if text.isascii() and text.isdigit() and 2000 <= int(text[:4]) <= 2100 else usual
    )
