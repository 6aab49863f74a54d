"""Pages of orders (督办单): the list, a new one, one with its chain, its result, its papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused, say
from luoshi.domain.closing import Verb, verb_name
from luoshi.domain.orders import Result, Stage
from luoshi.files.actions import note_marking
from luoshi.ledger.models import Task
from luoshi.ledger.queries import Roles, task_for
from luoshi.ledger.queries.choosing import post_choices, seen_units, unit_choices
from luoshi.office.marking import marking
from luoshi.office.paper import pieces_in_child
from luoshi.office.pieces import Piece
from luoshi.org.models import Unit
from luoshi.supervision import actions, order_forms, order_papers, queries
from luoshi.supervision.actions import NewOrder
from luoshi.supervision.models import Inspection, Order
from luoshi.supervision.models import Result as ResultChoices
from luoshi.supervision.queries import OrderFilters
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STAGES = tuple(Stage)


@actor_required
@require_GET
def listing(request: OfficeRequest) -> HttpResponse:
    """Orders that the address asks for; by default those still open."""
    actor, today = request.actor, request.today
    filters = _filters(request.GET)
    units = seen_units(actor, today)
    page, rows, total = queries.list_orders(actor, today, filters, request.GET.get("after", ""))
    context = {
        "page": page,
        "rows": rows,
        "total": total,
        "filters": filters,
        "chips": _chips(filters, dict(units)),
        "units": units,
        "stages": [(stage.value, word) for stage, word in queries.STAGES.items()],
        "sources": Order.Source.choices,
        "may": queries.may_order(actor),
        "may_desk": queries.may_open(actor),
    }
    return render(request, "supervision/orders.html", context)


def _filters(query: QueryDict) -> OrderFilters:
    """The address of the list, read kindly: what makes no sense asks for nothing."""
    known = {stage.value for stage in STAGES} | {"open", "all"}
    stage = query.get("stage", "open")
    stage = stage if stage in known else "open"
    source = query.get("source", "")
    return OrderFilters(
        stage="" if stage == "all" else stage,
        source=source if source in Order.Source.values else "",
        unit=_key(query.get("unit", "")),
        overdue=query.get("overdue") == "1",
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _chips(filters: OrderFilters, units: Mapping[str, str]) -> list[tuple[str, object, str]]:
    """The filters that hold, as words; each can be taken off."""
    words = {"": _("全部"), "open": ""}
    stage = words.get(filters.stage)
    if stage is None:
        stage = tell(queries.STAGES[Stage(filters.stage)])
    pairs = [
        (_("状态"), stage, "stage"),
        (_("来源"), dict(Order.Source.choices).get(filters.source, ""), "source"),
        (_("单位"), units.get(str(filters.unit), ""), "unit"),
        (_("时限"), _("已超期") if filters.overdue else "", "overdue"),
    ]
    return [pair for pair in pairs if pair[1]]


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """An order of an item (`?task=`) or with a new one; a refusal keeps what was typed."""
    actor = request.actor
    town = queries.town_to_order(actor)
    if town is None or town.kind != Unit.Kind.TOWN:
        raise PermissionDenied
    task, inspection = _task(request), _inspection(request, town)
    form = order_forms.OrderForm(
        request.POST or None,
        choices=_choices(request, town, is_new=task is None),
        is_new=task is None,
        initial={"urgency": Task.Urgency.ORDINARY, "source": _source_of(task)}
        | _told_by(inspection),
    )
    if request.method == "POST" and form.is_valid():
        try:
            told = replace(_told(form, request, task), inspection=inspection)
            made = do(request, actions.register_order, now=timezone.now(), new=told)
            messages.success(request, _("已登记 %(serial)s。") % {"serial": made.facts["serial"]})
            return redirect("supervision:order", made.id)
        except Refused as refused:
            _note_marking(request, form, town)
            form.add_error(_place(refused, form), tell(refused.why))
    limits = queries.limits_of(actor, town)
    context = {
        "form": form,
        "task": task,
        "town": town,
        "limits": [(name, limits[key]) for key, name in Order.Source.choices],
    }
    return render(
        request, "supervision/order_new.html", context, status=422 if form.errors else 200
    )


def _task(request: OfficeRequest) -> Task | None:
    text = request.GET.get("task", "")
    if not text:
        return None
    key = _key(text)
    task = task_for(request.actor, request.today, key) if key else None
    if task is None:
        raise Http404
    return task


def _inspection(request: OfficeRequest, town: Unit) -> Inspection | None:
    """The inspection of one's own town that the order is made of, or None."""
    text = request.GET.get("inspection", "")
    if not text:
        return None
    key = _key(text)
    row = queries.inspection_for(request.actor, request.today, key) if key else None
    if row is None or row.town_id != town.pk:
        raise Http404
    return row


def _told_by(row: Inspection | None) -> dict[str, Any]:
    """What the form takes over from an inspection."""
    if row is None:
        return {"urgency": Task.Urgency.ORDINARY}
    source = Order.Source.INSPECTION.value
    return {"source": source, "basis": row.serial, "title": row.title}


def _source_of(task: Task | None) -> str:
    """What the form offers as the source of an item's order."""
    if task is None:
        return Order.Source.INSTRUCTION.value
    back = {ledger.value: order.value for order, ledger in actions.SOURCES.items()}
    return back.get(task.source_kind, Order.Source.PAPER.value)


def _choices(
    request: OfficeRequest, town: Unit, *, is_new: bool
) -> Mapping[str, Sequence[tuple[str, str]]]:
    actor, today = request.actor, request.today
    asked = {"asked_by": queries.leaders_of(actor, today, town)}
    if not is_new:
        return asked
    return asked | {
        "lead_unit": unit_choices(actor, today, town),
        "owner": post_choices(actor, today, town, leaders=False),
        "lead_leader": post_choices(actor, today, town, leaders=True),
    }


def _told(form: order_forms.OrderForm, request: OfficeRequest, task: Task | None) -> NewOrder:
    """What the form says; a deadline sent for an item of the ledger is compared, never taken."""
    data = form.cleaned_data
    common: dict[str, Any] = {
        "source": data["source"],
        "basis": data["basis"],
        "requirement": data["requirement"],
        "asked_by_id": form.key("asked_by"),
    }
    if task is not None:
        sent = parse_date(request.POST.get("due_on", "")[:10])
        return NewOrder(**common, task=task, due_on=sent)
    lead = form.key("lead_unit")
    roles = Roles(lead_leader=form.key("lead_leader"), lead_unit=lead, owner=form.key("owner"))
    plain = {name: data[name] for name in ("title", "acceptance", "urgency", "due_on", "reason")}
    return NewOrder(**common, **plain, roles=roles)


def _note_marking(request: OfficeRequest, form: order_forms.OrderForm, town: Unit) -> None:
    """A marked text is journalled by its kind alone, and is not sent back in the page (R71)."""
    for name in ("requirement", "basis", "title"):
        found = marking(form.cleaned_data.get(name) or "")
        if found:
            note_marking(actor=request.actor, today=request.today, unit_id=town.pk, marking=found)
            form.data = form.data.copy()  # type: ignore[attr-defined]
            form.data[name] = ""  # type: ignore[index]


FIELDS = {
    "orders.due_passed": "due_on",
    "orders.due_beyond": "reason",
    "orders.person_left": "asked_by",
    "orders.post_vacant": "owner",
    "orders.no_unit": "lead_unit",
    "orders.no_title": "title",
}


def _place(refused: Refused, form: order_forms.OrderForm) -> str:
    """The field at which a refusal is shown."""
    name = FIELDS.get(refused.why.code, "requirement")
    return name if name in form.fields else "requirement"


@actor_required
@require_GET
def show(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """One order: what it asks, whose move it is, the whole chain."""
    order = _order(request, order_id)
    page = queries.order_page(request.actor, request.today, order)
    context = {
        "page": page,
        "order": order,
        "task": order.task,
        "moves": [_move(verb, order) for verb in page.moves],
        "fault": None if page.results else page.faults.get(Result.NOT),
        "may_inspect": queries.may_open(request.actor),
        "back": reverse("supervision:order", args=[order.pk]),
    }
    return render(request, "supervision/order.html", context)


AT_ONCE = (Verb.SIGN_FOR, Verb.CLOSE)


def _move(verb: Verb, order: Order) -> dict[str, Any]:
    """A move of the item: one click where nothing is asked, else the page that has its form."""
    key = order.task_id
    pages = {
        Verb.ASSIGN: reverse("ledger:roles", args=[key]),
        Verb.REPORT: reverse("ledger:report", args=[key]),
        Verb.REPORT_DONE: reverse("ledger:report", args=[key]) + "?done=1",
        Verb.VERIFY: reverse("supervision:verify", args=[key]),
        Verb.ASK_EXTENSION: reverse("supervision:ask_extension", args=[key]),
    }
    href = pages.get(verb) or reverse("ledger:move", args=[key, verb.value])
    return {"word": verb_name(verb), "href": href, "at_once": verb in AT_ONCE}


@actor_required
@require_http_methods(["GET", "POST"])
def conclude(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """What it came to: the results that stand to reason now; where none does, why not."""
    order = _order(request, order_id)
    page = queries.order_page(request.actor, request.today, order)
    if request.method == "GET" and not page.results:
        raise Refused(page.faults.get(Result.NOT, say("orders.office_concludes")))
    offered = page.results if request.method == "GET" else list(Result)
    form = order_forms.ConcludeForm(request.POST or None, offered=[_named(one) for one in offered])
    if request.method == "POST" and form.is_valid():
        try:
            do(
                request,
                actions.conclude_order,
                now=timezone.now(),
                order=order,
                version=version_sent(request),
                **form.cleaned_data,
            )
            messages.success(request, _("结果已认定。"))
            return redirect("supervision:order", order.pk)
        except Refused as refused:
            form.add_error("note", tell(refused.why))
    context = {"form": form, "order": order, "task": order.task, "page": page}
    context["claims"] = queries.claims(request.actor, order.task)
    context["faults"] = [(dict([_named(one)])[one.value], why) for one, why in page.faults.items()]
    return render(request, "supervision/conclude.html", context, status=422 if form.errors else 200)


def _named(result: Result) -> tuple[str, str]:
    return result.value, str(ResultChoices(result.value).label)


@actor_required
@require_POST
def archive(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """归档."""
    order = _order(request, order_id)
    do(
        request,
        actions.archive_order,
        now=timezone.now(),
        order=order,
        version=version_sent(request),
    )
    messages.success(request, _("已归档。"))
    return redirect("supervision:order", order.pk)


@actor_required
@require_GET
def docx(request: OfficeRequest, order_id: UUID, sheet: str) -> HttpResponse:
    """The order with its receipt, or the feedback sheet, as a docx file."""
    order = _order(request, order_id)
    page = queries.order_page(request.actor, request.today, order)
    if sheet == "order":
        title, pieces = order_papers.order_title(page), order_papers.order_pieces(page)
        signature, dated = order.unit.name, order.registered_on
        return attached(f"{order.serial} {title}.docx", title, pieces, signature, dated)
    title, pieces = order_papers.feedback_title(page), order_papers.feedback_pieces(page)
    return attached(f"{order.serial} {title}.docx", title, pieces, "", None)


def attached(
    name: str,
    title: str,
    pieces: Sequence[Piece],
    signature: str,
    dated: date | None,
) -> HttpResponse:
    """A paper as a download."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    data = pieces_in_child(title, pieces, signature, dated)
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": disposition})


def _order(request: OfficeRequest, order_id: UUID) -> Order:
    """The order, if the actor may see its item; otherwise it does not exist."""
    order = queries.order_for(request.actor, request.today, order_id)
    if order is None:
        raise Http404
    return order
