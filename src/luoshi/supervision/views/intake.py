"""交办: what just arrived, entered in four fields."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.intake import Holder, Party, Roster, guess_source, match_party, read_when
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.ledger.models import Task
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.supervision import actions, forms, queries
from luoshi.supervision.models import Intake
from luoshi.ui.guard import OfficeRequest, actor_required, do
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def intake(request: OfficeRequest) -> HttpResponse:
    """The form above, what it was given below; the cursor stands in the first field again."""
    actor, today = request.actor, request.today
    town = town_of(actor)
    if town is None or not queries.may_see_intake(actor):
        raise PermissionDenied
    enters = actor.has("assign")
    roster = queries.roster_of(actor, today, town) if enters else Roster()
    form = forms.IntakeForm(request.POST or None)
    if request.method == "POST":
        if not enters:
            raise PermissionDenied
        if form.is_valid() and (answer := _entered(request, form, town, roster)):
            return answer
    context: dict[str, Any] = {
        "form": form if enters else None,
        "arrivals": queries.arrivals(actor, today),
        "shares": queries.temporary_share(actor, today),
        "relays": queries.may_relay(actor),
        "who": queries.names_of(actor, roster),
        "askers": _askers(request, roster, town) if enters else (),
        "late": bool(form.errors) or bool(form["reason"].value()),
    }
    status = 422 if form.errors else 200
    return render(request, "supervision/intake.html", context, status=status)


def _entered(
    request: OfficeRequest, form: forms.IntakeForm, town: Unit, roster: Roster
) -> HttpResponse | None:
    """Read the four fields, ask where they are not clear, enter the item."""
    data = form.cleaned_data
    calendar = calendar_of(town)
    when = read_when(data["when"], request.today, calendar.add)
    party = match_party(data["who"], roster)
    for name, answer in (("when", when), ("who", party)):
        if isinstance(answer, Sentence):
            form.add_error(name, tell(answer))
    if isinstance(when, Sentence) or isinstance(party, Sentence):
        return None
    leader = _leader(request, data["asked_by"], roster, town)
    source = data["source_kind"] or guess_source(data["asked_by"], is_leader=leader is not None)
    arrival = actions.Arrival(
        title=data["title"],
        party=party,
        when=when,
        asked_by=data["asked_by"],
        source_kind=source,
        asked_by_post_id=leader.post_id if leader else None,
        asked_by_id=leader.person_id if leader else None,
        urgency=data["urgency"] or Task.Urgency.ORDINARY,
        reason=data["reason"],
    )
    try:
        made = do(
            request,
            actions.enter,
            now=timezone.now(),
            town=town,
            arrival=arrival,
            plan=_plan(request) if source == Task.Source.ANNUAL else None,
        )
    except Refused as refused:
        name = "when" if refused.why.code == "ledger.due_passed" else "title"
        form.add_error(name, tell(refused.why))
        return None
    messages.success(request, _("已交办（%(number)s）。请录下一件。") % made.facts)
    _flag(request, made.facts["placing"])
    return redirect("supervision:intake")


def _flag(request: OfficeRequest, placing: str) -> None:
    """What the duty lists say, at once: whoever entered it may still ask back."""
    if placing == Intake.Placing.WITHDRAWN:
        messages.warning(request, tell(say("intake.withdrawn")))
    elif placing == Intake.Placing.OUTSIDE:
        messages.warning(request, tell(say("intake.outside")))


def _plan(request: OfficeRequest) -> Plan | None:
    plan = goals.current_plan(request.actor, request.today)
    return plan if plan and plan.state != Plan.State.CLOSED else None


def _leader(request: OfficeRequest, text: str, roster: Roster, town: Unit) -> Holder | None:
    """The leader of the town whom the text names; None where it names somebody else."""
    found = match_party(text, roster)
    holder = found.holder if isinstance(found, Party) else None
    if holder is None:
        return None
    return (
        holder
        if holder.post_id in queries.leaders_among(request.actor, request.today, town)
        else None
    )


def _askers(request: OfficeRequest, roster: Roster, town: Unit) -> list[str]:
    """The town's leaders, then who asked lately."""
    posts = queries.leaders_among(request.actor, request.today, town)
    leaders = [one.name for one in roster.holders if one.post_id in posts]
    return list(dict.fromkeys([*leaders, *queries.askers(request.actor, request.today)]))
