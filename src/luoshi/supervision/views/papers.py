"""来文与报出: papers by the hour, one paper, one version of its answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain.base import Refused, Sentence
from luoshi.domain.intake import (
    Figure,
    Roster,
    When,
    match_party,
    missing_steps,
    read_when,
    say_step,
)
from luoshi.domain.intake.hours import CLOSE_OF_OFFICE
from luoshi.domain.workdays import SHANGHAI
from luoshi.files import actions as files
from luoshi.ledger.queries import NOBODY, roles_of
from luoshi.ledger.queries.choosing import people_to_type_for, post_choices
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.supervision import actions, forms, queries
from luoshi.supervision.models import IncomingPaper, OutgoingReport
from luoshi.ui.guard import OfficeRequest, actor_required, do, upload_too_large, version_sent
from luoshi.ui.many_files import say_once
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def papers(request: OfficeRequest) -> HttpResponse:
    """What leaves today by the hour, what is open, what left."""
    actor, today = request.actor, request.today
    if not actor.has("read"):
        raise PermissionDenied
    page = queries.paper_list(actor, today, _moment(request))
    context = {"page": page, "registers": actor.has("assign")}
    return render(request, "supervision/papers.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """A paper is registered with its item."""
    actor, today = request.actor, request.today
    town = town_of(actor)
    if town is None or not actor.has("assign"):
        raise PermissionDenied
    roster = queries.roster_of(actor, today, town)
    form = forms.PaperForm(
        request.POST or None,
        leaders=post_choices(actor, today, town, leaders=True),
        initial={"received": _moment(request)},
    )
    earlier = None
    if request.method == "POST" and form.is_valid():
        answer = _registered(request, form, town, roster)
        if isinstance(answer, HttpResponse):
            return answer
        earlier = answer
    context = {"form": form, "who": queries.names_of(actor, roster), "earlier": earlier}
    return render(
        request, "supervision/paper_new.html", context, status=422 if form.errors else 200
    )


def _moment(request: OfficeRequest) -> datetime:
    """The hour of the clock on the day of the page: a demonstration stands still at its day."""
    hour = timezone.localtime(timezone.now(), SHANGHAI).timetz().replace(second=0, microsecond=0)
    return datetime.combine(request.today, hour.replace(tzinfo=None), SHANGHAI)


def _registered(
    request: OfficeRequest, form: forms.PaperForm, town: Unit, roster: Roster
) -> HttpResponse | IncomingPaper | None:
    """The paper's page; or the earlier paper of the same number; or None where fields are wrong."""
    data = dict(form.cleaned_data)
    due, internal = _instant(request, form, "due", town), _instant(request, form, "internal", town)
    party = match_party(data["who"], roster)
    if isinstance(party, Sentence):
        form.add_error("who", tell(party))
    if form.errors or isinstance(party, Sentence) or not _passes(request, form, town):
        return None
    paper = actions.NewPaper(
        sender=data["sender"],
        title=data["title"],
        received_at=data["received"],
        answer_form=data["answer_form"],
        party=party,
        reference=data["reference"],
        due_at=due,
        internal_at=internal,
        urgency=data["urgency"],
        leader_post_id=UUID(data["leader"]) if data["leader"] else None,
        again=data["again"],
        reason=data["reason"],
    )
    try:
        made = do(request, actions.register_paper, now=timezone.now(), town=town, paper=paper)
    except Refused as refused:
        form.add_error(_field(refused.why.code), tell(refused.why))
        if refused.why.code == "intake.paper.twice":
            return queries.same_reference(request.actor, town, "".join(data["reference"].split()))
        return None
    messages.success(request, _("来文已登记并交办（%(number)s）。") % made.facts)
    return redirect("supervision:paper", made.id)


def _field(code: str) -> str:
    """The field where a refusal is seen."""
    if code == "intake.paper.twice":
        return "reference"
    if code.startswith("intake.paper.internal"):
        return "internal"
    return "due" if code.startswith("intake.paper.due") or code == "ledger.due_passed" else "title"


def _instant(request: OfficeRequest, form: forms.PaperForm, name: str, town: Unit) -> Any:  # noqa: ANN401
    """An hour as typed; a day alone is the close of office. None: nothing typed, or wrong."""
    text = form.cleaned_data.get(name, "")
    if not text:
        return None
    found = read_when(text, request.today, calendar_of(town).add)
    if isinstance(found, Sentence):
        form.add_error(name, tell(found))
        return None
    return When(found.day, found.hour or CLOSE_OF_OFFICE).instant(SHANGHAI)


def _passes(request: OfficeRequest, form: forms.PaperForm, town: Unit) -> bool:
    """Whether title and number pass the gate of secrecy marks; a refused one is not kept."""
    text = f"{form.cleaned_data['title']}\n{form.cleaned_data['reference']}"
    told: dict[str, Any] = {"actor": request.actor, "today": request.today}
    try:
        files.screen_text(**told, unit_id=town.pk, text=text)
    except Refused as refused:
        form.add_error("title", tell(refused.why))
        return False
    return True


def _paper(request: OfficeRequest, paper_id: UUID) -> IncomingPaper:
    found = queries.paper_for(request.actor, request.today, paper_id)
    if found is None:
        raise Http404
    return found


def _report(request: OfficeRequest, report_id: UUID) -> OutgoingReport:
    found = queries.report_for(request.actor, request.today, report_id)
    if found is None:
        raise Http404
    return found


@actor_required
@require_http_methods(["GET", "POST"])
def paper(request: OfficeRequest, paper_id: UUID) -> HttpResponse:
    """One paper with its versions, and the form of the next one."""
    row = _paper(request, paper_id)
    form, formset = _draft_forms(request, row)
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        try:
            made = do(
                request,
                actions.draft_report,
                now=timezone.now(),
                paper=row,
                drafted_by_id=UUID(form.cleaned_data["drafted_by"]),
                to_whom=form.cleaned_data["to_whom"],
                figures=_figures(formset.cleaned_data),
            )
            messages.success(request, _("第%(edition)s稿已登记。") % made.facts)
            return redirect("supervision:outgoing", made.id)
        except Refused as refused:
            form.add_error("to_whom", tell(refused.why))
    wrong = request.method == "POST"
    context = {
        "paper": row,
        "shown": queries.paper_shown(request.actor, request.today, _moment(request), row),
        "reports": row.reports.order_by("-edition"),
        "form": form if _may_draft(request, row) else None,
        "formset": formset,
        "open": wrong or request.GET.get("draft") == "1",
    }
    return render(request, "supervision/paper.html", context, status=422 if wrong else 200)


def _may_draft(request: OfficeRequest, row: IncomingPaper) -> bool:
    return row.answer_form != "none" and request.actor.has("report")


def _draft_forms(request: OfficeRequest, row: IncomingPaper) -> tuple[forms.DraftForm, Any]:
    actor, today = request.actor, request.today
    roles = roles_of([row.task_id]).get(row.task_id, NOBODY)
    people = dict(people_to_type_for(actor, today, row.task, roles))
    office = queries.office_people(actor, today, row.unit)
    people |= {str(key): name for key, name in office.items() if str(key) not in people}
    form = forms.DraftForm(
        request.POST or None,
        people=list(people.items()),
        initial={"to_whom": row.sender, "drafted_by": str(actor.person_id)},
    )
    return form, forms.FigureFormSet(request.POST or None, prefix="figure")


def _figures(rows: Sequence[dict[str, Any]]) -> list[Figure]:
    return [
        Figure(row["name"], row["exact"], row.get("measure") or "", row["period"])
        for row in rows
        if row.get("name")
    ]


@actor_required
@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest, report_id: UUID) -> HttpResponse:
    """One version: its steps, its figures held against what was told before, and leaving."""
    if answer := upload_too_large(request):
        return answer
    row = _report(request, report_id)
    actor, today = request.actor, request.today
    steps = _steps_form(request, row)
    leaving = forms.LeaveForm(
        request.POST if request.POST.get("do") == "leave" else None,
        request.FILES or None,
        initial={"left_at": _moment(request), "channel": row.channel},
    )
    if request.method == "POST" and (sent := _sent(request, row, steps, leaving)):
        return sent
    context = {
        "report": row,
        "paper": row.paper,
        "steps": queries.steps_of(actor, row),
        "figures": row.figures.order_by("position"),
        "clashes": queries.clashes_of(actor, row) if row.left_at is None else (),
        "files": queries.files_of(actor, row),
        "form": steps if actor.has("assign") and row.left_at is None else None,
        "leaving": leaving if actor.has("assign") and row.left_at is None else None,
        "missing": [say_step(step) for step in missing_steps(row.paper.answer_form, row.taken)],
        "shown": queries.paper_shown(actor, today, _moment(request), row.paper),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/outgoing.html", context, status=status)


def _steps_form(request: OfficeRequest, row: OutgoingReport) -> forms.StepsTakenForm:
    actor, today = request.actor, request.today
    office = [(str(k), n) for k, n in queries.office_people(actor, today, row.paper.unit).items()]
    leaders = [(str(k), n) for k, n in queries.leader_people(actor, today, row.paper.unit).items()]
    done = row.taken
    steps = [
        (step, tell(say_step(step)), leaders if step in {"reviewed", "signed"} else office)
        for step in missing_steps(row.paper.answer_form, {})
        if step != "drafted"
    ]
    return forms.StepsTakenForm(
        request.POST if request.POST.get("do") == "steps" else None,
        steps=steps,
        initial={step: str(done[step] or "") for step, _label, _people in steps},
    )


def _sent(
    request: OfficeRequest,
    row: OutgoingReport,
    steps: forms.StepsTakenForm,
    leaving: forms.LeaveForm,
) -> HttpResponse | None:
    """Write what the form says; None where it is shown again with what is wrong."""
    form: Any = leaving if request.POST.get("do") == "leave" else steps
    if not form.is_valid():
        return None
    try:
        if form is steps:
            people = {name: UUID(key) for name, key in form.cleaned_data.items() if key}
            do(
                request,
                actions.pass_steps,
                now=timezone.now(),
                report=row,
                people=people,
                version=version_sent(request),
            )
            messages.success(request, _("已登记。"))
        else:
            _leave(request, row, leaving)
    except Refused as refused:
        form.add_error(next(iter(form.fields), None), tell(refused.why))
        return None
    return redirect("supervision:outgoing", row.pk)


def _leave(request: OfficeRequest, row: OutgoingReport, form: forms.LeaveForm) -> None:
    data = form.cleaned_data
    upload = data.get("file")
    told: dict[str, Any] = {"actor": request.actor, "today": request.today}
    kept = None
    if upload is not None:
        kept = files.screen(**told, unit_id=row.unit_id, name=upload.name or "", data=upload.read())
    made = do(
        request,
        actions.leave,
        now=timezone.now(),
        report=row,
        leaving=actions.Leaving(
            left_at=data["left_at"],
            channel=data["channel"],
            late_reason=data["late_reason"],
            reasons={
                figure.pk: request.POST.get(f"why-{figure.pk}", "") for figure in row.figures.all()
            },
        ),
        evidence=kept,
        version=version_sent(request),
    )
    say_once(request, kept.told if kept else ())
    if made.facts.get("done"):
        messages.success(request, _("已登记报出，并代承办人报办结。"))
    else:
        messages.success(request, _("已登记报出。事项仍在办，请由承办人报办结。"))
