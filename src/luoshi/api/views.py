"""The calendar feed, and the page where a person makes or ends its address."""

from __future__ import annotations

import secrets
from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.ledger.queries.dating import own_dates
from luoshi.office.ics_out import Day
from luoshi.office.ics_out import calendar as calendar_file
from luoshi.org import actions, queries
from luoshi.ui.guard import OfficeRequest, actor_required, do


@actor_required
@require_http_methods(["GET", "POST"])
def calendar(request: OfficeRequest) -> HttpResponse:
    """Whether an address exists; made, it is shown once; ended, it answers no more."""
    made = ""
    if request.method == "POST" and "end" in request.POST:
        do(request, actions.end_feed, now=timezone.now())
        messages.success(request, _("订阅地址已停用。"))
        return redirect("api:calendar")
    if request.method == "POST":
        secret = secrets.token_urlsafe(24)
        done = do(
            request,
            actions.open_feed,
            now=timezone.now(),
            digest=_digest(secret),
            titles=request.POST.get("titles") == "1",
        )
        if not done.repeated:  # sent twice, the first address stands and was shown
            made = request.build_absolute_uri(reverse("api:feed", args=[done.id, secret]))
    context = {"feed": queries.feed_of(request.actor), "made": made}
    answer = render(request, "api/calendar.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def feed(request: HttpRequest, feed_id: UUID, secret: str) -> HttpResponse:
    """The dates of whoever made the address, with the rights held this minute; else 404."""
    row = queries.feed_by_secret(feed_id, _digest(secret))
    actor = queries.actor_for(row.account, request.today) if row else None  # type: ignore[attr-defined]
    if row is None or actor is None or not actor.posts:
        raise Http404
    with override("zh-hans"):
        days = [
            Day(
                f"{one.key}@luoshi",
                one.on,
                _title(one.task.number, one.task.title, one.what, row.titles),
            )
            for one in own_dates(actor, request.today)  # type: ignore[attr-defined]
        ]
        data = calendar_file(_("落实：我的时限"), days, now=timezone.now())
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers=headers)


def _title(number: str, title: str, what: str, titles: bool) -> str:  # noqa: FBT001
    kind = _("时间节点") if what else _("完成时限")
    if not titles:
        return f"{number} {kind}"
    return f"{number} {title}：{what}" if what else f"{number} {title}（{kind}）"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()
