"""盯办清单: a leader's own page; the office opens it to type for him (代录)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from luoshi.home.queries.watching import watch_page
from luoshi.supervision import queries as supervision
from luoshi.ui.guard import OfficeRequest, actor_required

KINDS = {
    "watch": _("盯办"),
    "blocker": _("等我解决"),
    "promise": _("我答应的"),
    "instruction": _("批示交办"),
}


@actor_required
@require_GET
def watch(request: OfficeRequest, post_id: UUID | None = None) -> HttpResponse:
    """The few things that the leader holds; for the office first whose list it is."""
    actor, today = request.actor, request.today
    posts = supervision.leader_posts(actor, today)
    if not posts:
        raise PermissionDenied
    leader = supervision.leader_post(actor, today, post_id)
    if leader is None:
        if post_id is not None:
            raise Http404
        return render(request, "home/watch_whose.html", {"posts": posts})
    page = watch_page(actor, today, leader)
    context = {"page": page, "held": [(one, KINDS[one.kind], late) for one, late in page.held]}
    return render(request, "home/watch.html", context)
