"""Pages of meetings: what was decided, how the last decisions stand, the minutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused
from luoshi.goals import actions as goals
from luoshi.ledger.queries.choosing import post_choices, unit_choices
from luoshi.office.paper import pieces_in_child
from luoshi.supervision import actions, papers, queries
from luoshi.supervision.actions import Decided
from luoshi.supervision.actions.meetings import WORDS
from luoshi.supervision.models import Minutes
from luoshi.supervision.views import week_forms as forms
from luoshi.supervision.views.weeks import attached
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def meetings(request: OfficeRequest) -> HttpResponse:
    """The meetings by kind, with how many decisions have come to their end."""
    actor, today = request.actor, request.today
    chosen = request.GET.get("kind", "")
    kinds = list(queries.kinds_of(actor, today))
    chosen = chosen if chosen in {str(kind.pk) for kind in kinds} else ""
    context = {
        "rows": queries.held(actor, today, chosen),
        "kinds": kinds,
        "chosen": chosen,
        "place": queries.place_to_plan(actor),
        "form": forms.KindForm(),
    }
    return render(request, "supervision/meetings.html", context)


@actor_required
@require_POST
def add_kind(request: OfficeRequest) -> HttpResponse:
    """A kind of meeting more, or the usual four."""
    town = queries.place_to_plan(request.actor)
    if town is None:
        raise PermissionDenied
    form = forms.KindForm(request.POST)
    try:
        if request.POST.get("go") == "usual":
            do(request, actions.usual_kinds, unit=town)
        elif form.is_valid():
            do(request, goals.add_kind, unit=town, **form.cleaned_data)
        else:
            messages.error(request, _("请写明会议类别的名称和纪要代字。"))
            return redirect("supervision:meetings")
    except Refused as refused:
        messages.error(request, tell(refused.why))
    else:
        messages.success(request, _("会议类别已保存。"))
    return redirect("supervision:meetings")


@actor_required
@require_http_methods(["GET", "POST"])
def hold(request: OfficeRequest) -> HttpResponse:
    """Enter a meeting of a kind, with agenda and attendance."""
    town = queries.place_to_plan(request.actor)
    if town is None:
        raise PermissionDenied
    kinds = {
        str(one.pk): one for one in queries.kinds_of(request.actor, request.today).filter(unit=town)
    }
    if not kinds:
        messages.info(request, _("请先设好会议类别。"))
        return redirect("supervision:meetings")
    offered = [(key, kind.name) for key, kind in kinds.items()]
    first = {"held_on": request.today, "kind": request.GET.get("kind", "")}
    form = forms.HoldForm(request.POST or None, initial=first, kinds=offered)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = do(
                request,
                actions.hold,
                now=timezone.now(),
                kind=kinds[data["kind"]],
                title=data["title"],
                held_on=data["held_on"],
                words={name: data[name] for name in WORDS},
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("会议已登记，请逐条记下议定事项。"))
            return redirect("supervision:meeting", made.id)
    return render(
        request, "supervision/hold.html", {"form": form}, status=422 if form.errors else 200
    )


@actor_required
@require_GET
def meeting(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """How the last decisions stand, then what this meeting decided."""
    minutes = _minutes(request, meeting_id)
    page = queries.meeting_page(request.actor, request.today, minutes)
    context = {"page": page, "m": minutes, "number": papers.minutes_number(minutes)}
    return render(request, "supervision/meeting.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def edit_minutes(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """Agenda and attendance, until the minutes are issued."""
    minutes = _writing(request, meeting_id)
    stands = {name: getattr(minutes, name) for name in WORDS}
    form = forms.MinutesForm(request.POST or None, initial=stands)
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"minutes": minutes, "words": form.cleaned_data}
        try:
            do(
                request,
                actions.edit_minutes,
                now=timezone.now(),
                version=version_sent(request),
                **facts,
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            messages.success(request, _("已保存。"))
            return redirect("supervision:meeting", meeting_id)
    context = {"form": form, "m": minutes}
    return render(
        request, "supervision/edit_minutes.html", context, status=422 if form.errors else 200
    )


@actor_required
@require_http_methods(["GET", "POST"])
def decide(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """One decision: who and by when, or why no item is needed."""
    minutes = _writing(request, meeting_id)
    actor, today = request.actor, request.today
    town = minutes.meeting.unit
    form = forms.DecideForm(
        request.POST or None,
        units=unit_choices(actor, today, town),
        leaders=post_choices(actor, today, town, leaders=True),
        topics=minutes.topics,
    )
    if request.method == "POST" and form.is_valid():
        try:
            written = do(
                request,
                actions.decide,
                now=timezone.now(),
                minutes=minutes,
                decided=Decided(**form.said()),
            )
        except Refused as refused:
            form.add_error(None, tell(refused.why))
        else:
            made = _("已列入台账并交办。") if written.facts["task"] else _("已记下，不列任务。")
            messages.success(request, made)
            again = request.POST.get("go") == "again"
            return redirect("supervision:decide" if again else "supervision:meeting", meeting_id)
    context = {"form": form, "m": minutes}
    return render(request, "supervision/decide.html", context, status=422 if form.errors else 200)


@actor_required
@require_POST
def withdraw_decision(request: OfficeRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision back while the minutes are a draft."""
    decision = queries.decision_for(request.actor, request.today, decision_id)
    if decision is None:
        raise Http404
    try:
        do(
            request,
            actions.withdraw_decision,
            now=timezone.now(),
            decision=decision,
            version=version_sent(request),
        )
    except Refused as refused:
        messages.error(request, tell(refused.why))
    else:
        messages.success(request, _("已删去，对应事项已撤销。"))
    return redirect("supervision:meeting", decision.meeting_id)


@actor_required
@require_POST
def issue_minutes(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """Number and issue the minutes."""
    minutes = _minutes(request, meeting_id)
    try:
        do(
            request,
            actions.issue_minutes,
            now=timezone.now(),
            minutes=minutes,
            version=version_sent(request),
        )
    except Refused as refused:
        messages.error(request, tell(refused.why))
    else:
        messages.success(request, _("纪要已编号印发。"))
    return redirect("supervision:meeting", meeting_id)


@actor_required
@require_GET
def minutes_docx(request: OfficeRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as a docx file in the official form."""
    minutes = _minutes(request, meeting_id)
    page = queries.meeting_page(request.actor, request.today, minutes)
    with translation.override("zh-hans"):
        title, pieces = papers.minutes_title(minutes), papers.minutes_pieces(page)
    dated = minutes.issued_on or minutes.meeting.held_on
    data = pieces_in_child(title, pieces, minutes.meeting.unit.name, dated)
    return attached(data, f"{minutes.meeting.title}纪要.docx")


def _minutes(request: OfficeRequest, meeting_id: UUID) -> Minutes:
    row = queries.minutes_for(request.actor, request.today, meeting_id)
    if row is None:
        raise Http404
    return row


def _writing(request: OfficeRequest, meeting_id: UUID) -> Minutes:
    """The minutes, where the actor may write them; whoever only reads them is refused."""
    row = _minutes(request, meeting_id)
    if queries.place_to_plan(request.actor) != row.meeting.unit:
        raise PermissionDenied
    return row
