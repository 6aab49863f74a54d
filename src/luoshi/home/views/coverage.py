"""The coverage page: what is missing, its remedies, the matrix, the plan's entry into force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from luoshi.domain.base import Finding
from luoshi.goals import queries as goals
from luoshi.goals.models import Plan
from luoshi.home import actions
from luoshi.home.mending import Asking, Mend, mend
from luoshi.home.offers import Known, duty_choices, item_choices, name_of, offer, open_items, read
from luoshi.home.queries import coverage as queries
from luoshi.home.queries.matrix import Matrix, matrix
from luoshi.indicators.queries import divided_again
from luoshi.ledger.forms import key_of_row
from luoshi.ledger.queries.choosing import post_choices, unit_choices
from luoshi.org.models import Post
from luoshi.ui.guard import OfficeRequest, actor_required, right_required

SIZE = 40


@dataclass(frozen=True, slots=True)
class Slice:
    """Where the page of findings stands, for the pager: offsets as texts."""

    cursor: str
    following: str


SEVERITIES = ("error", "warning", "info")


def _plan(request: OfficeRequest) -> Plan | None:
    """The plan that the address names, or the one the actor's pages open with."""
    key = key_of_row(request.GET.get("plan") or request.POST.get("plan"))
    if key is None:
        return goals.current_plan(request.actor, request.today)
    found = goals.plan_for(request.actor, request.today, key)
    if found is None:
        raise Http404
    return found


@actor_required
@require_GET
def coverage(request: OfficeRequest) -> HttpResponse:
    """What is missing, like compiler output, with a remedy on each line."""
    plan = _plan(request)
    if plan is None:
        return render(request, "home/coverage.html", {"plan": None})
    actor, today = request.actor, request.today
    found = queries.findings(actor, today, plan)
    code = request.GET.get("code", "")
    chosen = [one for one in found if one.code == code] if code else found
    start = _number(request.GET.get("after", ""))
    page = chosen[start : start + SIZE]
    may = actor.has("assign") and goals.may_plan(actor, plan.unit.path)
    severities = {name: sum(one.severity == name for one in found) for name in SEVERITIES}
    context: dict[str, Any] = {
        "plan": plan,
        "total": len(found),
        "chosen": len(chosen),
        "codes": queries.counts(actor, found),
        "code": code,
        "severities": severities,
        "matrix": _matrix(request, plan),
        "may": may,
        "page": Slice(
            str(start) if start else "", str(start + SIZE) if len(chosen) > start + SIZE else ""
        ),
        "query": urlencode(sorted(request.GET.lists()), doseq=True),
    }
    context |= _offers(request, plan, page, may=may)
    return render(request, "home/coverage.html", context)


def _matrix(request: OfficeRequest, plan: Plan) -> Matrix:
    """The table that the address asks for; a unit out of view is 404, a senseless key no unit."""
    found = matrix(
        request.actor,
        request.today,
        plan,
        by=request.GET.get("by", ""),
        unit_id=key_of_row(request.GET.get("unit")),
    )
    if found is None:
        raise Http404
    return found


def _offers(
    request: OfficeRequest, plan: Plan, page: list[Finding], *, may: bool
) -> dict[str, Any]:
    """The findings of the page with their controls, and the names that controls offer."""
    actor, today = request.actor, request.today
    tasks = queries.tasks_of(actor, today, page)
    behind: dict[str, Any] = read(plan, page if may else [], tasks)
    lists: dict[str, list[tuple[str, str]]] = {"leader": [], "unit": [], "owner": []}
    if may:
        lists = {
            "leader": post_choices(actor, today, plan.unit, leaders=True),
            "unit": unit_choices(actor, today, plan.unit),
            "owner": post_choices(actor, today, plan.unit, leaders=False),
            "item": item_choices(behind["items"]),
        }
    names = {key: name for choices in lists.values() for key, name in choices}
    wanted = [one.where.id for one in page if may and one.where.kind == "target" and one.where.id]
    again = divided_again(actor, today, wanted) if wanted else {}
    known = Known(**behind, names=names, again=again)
    posts = behind["posts"]
    offers = [offer(one, known) for one in page]
    return {
        "offers": [
            (one, _to(one.finding, posts), _LABELS.get(one.verb, ""), _receiver(one.finding))
            for one in offers
        ],
        "lists": lists.items(),
        "duties": duty_choices(plan) if any(one.code == "C12" for one in page) else [],
    }


_LABELS = {
    "set_check_rhythm": _lazy("检查频次"),
    "set_acceptance_rule": _lazy("完成标准"),
    "set_measures": _lazy("举措"),
    "write_routine": _lazy("岗位常规职责"),
}
"""What the one field of a remedy is called, by its verb."""


def _receiver(found: Finding) -> str:
    """To whom an item would go, where the remedy hands one over."""
    return str(found.remedy.params.get("to", "")) if found.remedy else ""


def _to(found: Finding, posts: Mapping[UUID, Post]) -> str:
    """The page that a finding leads to."""
    match found.where.kind:
        case "task" | "target":
            page = "ledger:task" if found.where.kind == "task" else "indicators:divide"
            return reverse(page, args=[found.where.id])
        case "draft" | "passage" | "problem" if found.where.id:
            kind = "problem" if found.where.kind == "problem" else "draft"
            return reverse(f"adoption:{kind}", args=[found.where.id])
        case "unit":
            return reverse("ledger:new")
        case "post":
            post = posts.get(found.where.id) if found.where.id else None
            return reverse("org:unit", args=[post.unit_id]) if post else reverse("org:list")
        case "work_line":
            return reverse("ledger:list") + f"?line={found.where.id}"
        case _:
            return reverse("ledger:list") + "?sort=-due"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


@right_required("assign")
@require_POST
def remedy(request: OfficeRequest) -> HttpResponse:
    """Apply one remedy, and come back to the list."""
    plan = _plan(request)
    subject = key_of_row(request.POST.get("subject"))
    if plan is None or subject is None:
        raise Http404
    values = {name: text for name, text in request.POST.items() if isinstance(text, str)}
    values["value"] = values.get("take") or _key_of_name(request, plan, values)
    sent = Mend(
        verb=values.get("verb", ""),
        subject=subject,
        values=values,
        version=_number(values.get("version", "")),
        reason=values.get("reason", ""),
        key=values.get("key", ""),
    )
    mend(Asking(request.actor, request.today, timezone.now(), plan), sent)
    messages.success(request, _("已处理。"))
    query = urlsplit(values.get("back", "")).path
    return redirect(reverse("home:coverage") + (f"?{query}" if query else ""))


def _key_of_name(request: OfficeRequest, plan: Plan, values: dict[str, str]) -> str:
    """What was typed; for a role the key of the unit or post that the name stands for."""
    typed = values.get("value", "").strip()
    verb = values.get("verb", "")
    if verb in {"adopt", "answer_problem", "assign_to_unit"}:
        return next((str(one.pk) for one in open_items(plan) if name_of(one) == typed), "")
    if not verb.startswith("name_") or verb == "name_duty":
        return typed
    actor, today = request.actor, request.today
    choices = (
        unit_choices(actor, today, plan.unit)
        if verb == "name_lead_unit"
        else post_choices(actor, today, plan.unit, leaders=verb == "name_lead_leader")
    )
    return next((key for key, name in choices if name == typed), "")


@right_required("plan")
@require_POST
def put_in_force(request: OfficeRequest) -> HttpResponse:
    """The plan goes into force, or a sentence says what stands in the way."""
    plan = _plan(request)
    if plan is None:
        raise Http404
    who: dict[str, Any] = {"actor": request.actor, "today": request.today, "now": timezone.now()}
    who["key"] = request.POST.get("key", "")
    actions.put_in_force(
        **who,
        plan=plan,
        signed=request.POST.get("signed") == "1",
        version=_number(request.POST.get("version", "")),
    )
    messages.success(request, _("计划已付诸执行，基线已保存。"))
    return redirect("goals:plan", plan.pk)
