from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.domain.base import Refused
from luoshi.indicators import actions, queries, sharing
from luoshi.indicators.actions import Dividing
from luoshi.indicators.forms import sharing as forms
from luoshi.indicators.models import Division, Indicator, IndicatorDefinition, Target
from luoshi.indicators.sharing import Proposal, Taker
from luoshi.indicators.views.common import who
from luoshi.ui.guard import actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_http_methods(["GET", "POST"])
def divide(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """One target among units or posts: the rule, weights, what is fixed; saved in one act."""
    page = _page(request, target_id)
    sent, faulty = request.method == "POST", page["form"].faulty
    if sent and not faulty and request.POST.get("go") != "preview":
        wrong = _save(request, page)
        if wrong is None:
            return redirect(request.path + f"?to={page['to']}")
        page["wrong"] = wrong
    status = 422 if page.get("wrong") or (sent and faulty) else 200
    return render(request, "indicators/divide.html", page, status=status)


@actor_required
@require_POST
def preview(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """What the division would come to, while a weight is dragged or typed; nothing is written."""
    return render(request, "indicators/_parts.html", _page(request, target_id) | {"live": True})


@actor_required
@require_POST
def again(request: HttpRequest, target_id: UUID) -> HttpResponse:
    """Divide again by the same rule: the parent's target has changed since."""
    target = _target(request, target_id)
    do(
        request,
        actions.divide_again,
        target=target,
        version=version_sent(request) or 0,
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已按原办法重新分解，分解合计与目标一致。"))
    return redirect("indicators:divide", target.pk)


def _target(request: HttpRequest, target_id: UUID) -> Target:
    actor, today = who(request)
    row = queries.target_for(actor, today, target_id)
    if row is None or not queries.sees_parts(actor, row):
        raise Http404
    return row


def _page(request: HttpRequest, target_id: UUID) -> dict[str, Any]:
    """Everything that the page and its preview show, from the address or from what was typed."""
    actor, today = who(request)
    target = _target(request, target_id)
    definition = sharing.definition_of(target)
    division = queries.division_of(actor, target)
    standing = sharing.as_divided(division) if division is not None else []
    data = request.POST if request.method == "POST" else request.GET
    to = data.get("to", "") or _now_to(target, standing)
    candidates = _candidates(request, target, to)
    bases = queries.base_choices(actor, today, target)
    if request.method == "POST":
        form = forms.read(
            request.POST,
            candidates,
            bases,
            measure=definition.measure,
            decimals=definition.decimals,
        )
    else:
        known = division if _goes_to(standing, to) else None
        reporting = queries.reporting_units(actor, today, target)
        form = forms.as_it_stands(candidates, known, standing if known else [], reporting)
    return _shown(request, target, form, to, definition) | {
        "division": division,
        "bases": bases,
        "definition": definition,
        "shared": queries.shared(actor, [target]).get(target.pk),
        "measure": definition.measure,
        "may": queries.has_right(actor, "plan", target.unit),
    }


def _shown(
    request: HttpRequest,
    target: Target,
    form: forms.DivideForm,
    to: str,
    definition: IndicatorDefinition,
) -> dict[str, Any]:
    takers: Sequence[Taker] = form.takers
    figures: Mapping[UUID, Any] = {}
    if form.base is not None:
        figures = sharing.bases(target, form.base, [row.taker.unit for row in form.rows])
        takers = sharing.with_bases(takers, figures)
    proposal = sharing.propose(target, form.rule, takers, definition) if not form.faulty else None
    lines = [(row, figures.get(row.taker.unit.pk), _value(proposal, row)) for row in form.rows]
    return {
        "target": target,
        "form": form,
        "to": to,
        "lines": lines,
        "proposal": proposal,
        "gap": _gap(target, proposal),
        "rules": Division.Rule.choices,
        "errors": [one for one in proposal.findings if one.severity == "error"] if proposal else [],
        "doubts": [one for one in proposal.findings if one.severity != "error"] if proposal else [],
        "reason": request.POST.get("reason", ""),
    }


def _value(proposal: Proposal | None, row: forms.TakerRow) -> Any:  # noqa: ANN401 - Decimal or None
    return proposal.values.get(row.taker.key) if proposal is not None and row.chosen else None


def _gap(target: Target, proposal: Proposal | None) -> Any:  # noqa: ANN401 - Decimal or None
    if proposal is None or proposal.total is None:
        return None
    return proposal.total - target.value


def _now_to(target: Target, standing: Sequence[Taker]) -> str:
    if standing:
        return "posts" if standing[0].post is not None else "units"
    return "units" if target.unit.kind in ("town", "county") else "posts"


def _goes_to(standing: Sequence[Taker], to: str) -> bool:
    """Whether the division as it stands goes to units, or to posts, as asked."""
    return bool(standing) and (standing[0].post is not None) == (to == "posts")


def _candidates(request: HttpRequest, target: Target, to: str) -> list[Taker]:
    actor, today = who(request)
    if to == "posts":
        return [
            Taker(unit=target.unit, post=post)
            for post in queries.posts_of(actor, target.unit, today)
        ]
    return [Taker(unit=unit) for unit in queries.units_below(actor, target, today)]


def _save(request: HttpRequest, page: dict[str, Any]) -> str | None:
    """Write the division; the refusal in words, with what was typed still on the page."""
    form: forms.DivideForm = page["form"]
    base: Indicator | None = form.base
    try:
        answer = do(
            request,
            actions.divide_target,
            target=page["target"],
            version=version_sent(request) or 0,
            dividing=Dividing(rule=form.rule, takers=form.takers, base=base),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        return tell(refused.why)
    told = _("已分解到%(n)d个承担者，合计与目标一致。") % {"n": answer.facts["parts"]}
    messages.success(request, told)
    return None
