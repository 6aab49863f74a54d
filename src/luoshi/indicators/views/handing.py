from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.domain.base import Refused
from luoshi.indicators import actions, queries, sharing
from luoshi.indicators.actions import Dividing, Handing
from luoshi.indicators.forms.handing import HandOutForm
from luoshi.indicators.models import Division, Indicator, Target
from luoshi.indicators.sharing import Proposal, Taker
from luoshi.indicators.views.common import who, year_of
from luoshi.indicators.views.here import town_here
from luoshi.org.models import Unit
from luoshi.ui.guard import actor_required, do
from luoshi.ui.sentences import tell
from luoshi.ui.shown import zh

NOT_ADDED = (Indicator.Kind.RATIO, Indicator.Kind.INDEX, Indicator.Kind.COMPOSITION)


@dataclass(frozen=True, slots=True)
class Planned:
    """One target of the set as previewed."""

    target: Target
    rule: str
    measure: str
    proposal: Proposal


@actor_required
@require_http_methods(["GET", "POST"])
def hand_out(request: HttpRequest) -> HttpResponse:
    """A whole set of targets to every village or post at once: chosen, previewed, then given."""
    actor, today = who(request)
    place, year = town_here(request), year_of(request)
    unit = _unit(request, place)
    may = queries.has_right(actor, "plan", unit)
    rows = queries.own_targets(actor, today, year, unit)
    choices = [(str(row.pk), zh(row.indicator.name)) for row in rows]
    sent = request.method == "POST"
    form = HandOutForm(
        request.POST if sent else None,
        targets=choices,
        initial={
            "to": "villages" if unit == place else "posts",
            "rule": "equal",
            "targets": [key for key, _name in choices],
        },
    )
    planned: list[Planned] = []
    wrong = ""
    if sent and form.is_valid():
        asked = [row for row in rows if str(row.pk) in form.cleaned_data["targets"]]
        planned = _planned(request, form, unit, asked)
        if request.POST.get("go") == "save":
            try:
                return _give(request, unit, planned, form.cleaned_data["reason"])
            except Refused as refused:
                wrong = tell(refused.why)
    context = {
        "form": form, "rows": rows, "planned": planned, "unit": unit, "place": place,
        "year": year, "may": may, "wrong": wrong,
        "bad": [one for one in planned if not one.proposal.sound],
        "given": sum(len(one.proposal.takers) for one in planned),
        "in_force": any(one.target.state == Target.State.IN_FORCE for one in planned),
    }  # fmt: skip
    status = 422 if form.errors or wrong else 200
    return render(request, "indicators/hand_out.html", context, status=status)


def _unit(request: HttpRequest, place: Unit) -> Unit:
    """Whose targets are given on: the place's, or one unit's below it."""
    actor, today = who(request)
    asked = request.GET.get("unit", "")
    if not asked:
        return place
    row = queries.units(actor, today).filter(Q(pk=asked) if len(asked) == 36 else Q(pk__in=()))
    found = row.filter(path__startswith=place.path).first()
    if found is None:
        raise Http404
    return found


def _takers(request: HttpRequest, to: str, unit: Unit, target: Target) -> list[Taker]:
    actor, today = who(request)
    if to == "posts":
        return [Taker(unit=unit, post=post) for post in queries.posts_of(actor, unit, today)]
    below = queries.units_below(actor, target, today)
    if to == "villages":
        below = below.filter(kind=Unit.Kind.VILLAGE)
    elif to == "offices":
        below = below.exclude(kind=Unit.Kind.VILLAGE)
    return [Taker(unit=one) for one in below]


def _planned(
    request: HttpRequest, form: HandOutForm, unit: Unit, asked: Sequence[Target]
) -> list[Planned]:
    found = []
    takers: list[Taker] | None = None
    for target in asked:
        takers = (
            takers
            if takers is not None
            else _takers(request, form.cleaned_data["to"], unit, target)
        )
        rule = form.cleaned_data["rule"]
        if target.indicator.kind in NOT_ADDED:
            rule = Division.Rule.SAME
        mine: Sequence[Taker] = takers
        if rule == Division.Rule.BASE:
            mine = sharing.with_bases(
                takers, sharing.bases(target, target.indicator, [one.unit for one in takers])
            )
        definition = sharing.definition_of(target)
        proposal = sharing.propose(target, rule, mine, definition)
        found.append(Planned(target, rule, definition.measure, proposal))
    return found


def _give(
    request: HttpRequest, unit: Unit, planned: Sequence[Planned], reason: str
) -> HttpResponse:
    """Write what was previewed: the versions of the preview guard against changes since."""
    answer = do(
        request,
        actions.hand_out,
        place=unit,
        set_of=[
            Handing(
                target=one.target,
                version=_version(request, one.target),
                dividing=Dividing(
                    rule=one.rule, takers=one.proposal.takers, base=one.target.indicator
                ),
            )
            for one in planned
        ],
        reason=reason,
    )
    told: dict[str, Any] = {"n": answer.facts["targets"], "m": answer.facts["shares"]}
    messages.success(request, _("已下达%(n)d项指标，共%(m)d个目标值。") % told)
    return redirect("indicators:pace")


def _version(request: HttpRequest, target: Target) -> int:
    text = request.POST.get(f"version-{target.pk}", "")
    return int(text) if text.isascii() and text.isdigit() else target.version
