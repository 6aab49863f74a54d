from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.documents import actions, queries
from luoshi.documents.forms import RuleForm
from luoshi.documents.models import LocalRule
from luoshi.domain.base import Refused
from luoshi.org.models import Unit
from luoshi.ui.guard import do, right_required
from luoshi.ui.sentences import tell


@right_required("draft")
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """What corrections taught: every local rule, with its own way to be changed or forgotten."""
    place = _place(request)
    rows = queries.local_rules(request.actor, place)  # type: ignore[attr-defined]
    return render(request, "documents/rules.html", {"rules": rows, "place": place})


@right_required("draft")
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, rule_id: UUID | None = None) -> HttpResponse:
    """Teach a rule, or change one; the address may propose what a correction suggests."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    known = queries.local_rule(actor, today, rule_id) if rule_id else None
    if rule_id and known is None:
        raise Http404
    place = known.unit if known else _place(request)
    units = {str(unit.pk): unit for unit in queries.units_to_name(actor, today, place)}
    form = RuleForm(
        request.POST or None, units=units.values(), initial=_proposed(request.GET, known)
    )
    back = request.POST.get("back") or request.GET.get("back", "")
    if request.method == "POST" and form.is_valid():
        try:
            _keep_rule(request, place, known, units, form.cleaned_data)
        except Refused as refused:
            form.add_error("phrase", tell(refused.why))
        else:
            messages.success(request, _("本地规则已保存，下次读文时使用。"))
            safe = back.startswith("/") and url_has_allowed_host_and_scheme(back, None)
            return redirect(back if safe else reverse("documents:rules"))
    context = {"form": form, "rule": known, "place": place, "back": back}
    status = 422 if form.errors else 200
    return render(request, "documents/rule.html", context, status=status)


def _proposed(query: Mapping[str, str], known: LocalRule | None) -> dict[str, str]:
    """What the form opens with: the rule as it stands, or what the address suggests."""
    names = ("kind", "phrase", "outcome")
    if known is None:
        return {name: query.get(name, "") for name in (*names, "target")}
    return {name: getattr(known, name) for name in names} | {"target": str(known.target_id or "")}


def _keep_rule(
    request: HttpRequest,
    place: Unit,
    known: LocalRule | None,
    units: Mapping[str, Unit],
    data: Mapping[str, Any],
) -> None:
    version = request.POST.get("version", "")
    do(
        request,
        actions.keep_rule,
        now=timezone.now(),
        unit=place,
        kind=data["kind"],
        phrase=data["phrase"],
        target=units.get(data["target"]),
        outcome=data["outcome"],
        rule=known,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
    )


@right_required("draft")
@require_POST
def remove_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    known = queries.local_rule(actor, today, rule_id)
    if known is None:
        raise Http404
    do(request, actions.remove_rule, rule=known)
    messages.success(request, _("本地规则已删去；读过的材料不变。"))
    return redirect("documents:rules")


def _place(request: HttpRequest) -> Unit:
    """The town (or county) whose texts one may enter; its rules are the ones one teaches."""
    places = queries.places_to_add(request.actor, request.today)  # type: ignore[attr-defined]
    if not places:
        raise Http404
    return places[0]
