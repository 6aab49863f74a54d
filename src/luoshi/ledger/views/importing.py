"""A table into the ledger: brought in, its columns named, run dry, written whole or not at all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.tables import FIELDS, Grid, Head
from luoshi.files import actions as files
from luoshi.goals.models import Plan
from luoshi.ledger import actions, forms
from luoshi.ledger.models import TableImport
from luoshi.ledger.queries.choosing import post_choices, town_above, unit_choices
from luoshi.ledger.queries.importing import import_job, plans_to_import, table_for, tables, undo_job
from luoshi.ledger.tables import words
from luoshi.ledger.tables.applying import AT_ONCE, apply, give_back
from luoshi.ledger.tables.planning import dry_run
from luoshi.ledger.tables.report import KINDS, asked_in, rows_in
from luoshi.ledger.tables.setup import Setup, proposed, samples, setup_of, twice
from luoshi.ledger.views.common import do, who
from luoshi.office.answers import Kind
from luoshi.office.cells import pack_grids, unpack_grids
from luoshi.office.tables_in import pasted_tables
from luoshi.office.tables_in import tables as tables_in
from luoshi.ui.guard import actor_required, upload_too_large, version_sent
from luoshi.ui.sentences import tell

TAKES: frozenset[Kind] = frozenset({"sheet", "docx", "text"})
SHOWN = 100
RECENT = 10


@actor_required
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Paste a table or choose a file; it is judged before anything of it is kept."""
    if answer := upload_too_large(request):
        return answer
    actor, today = who(request)
    plans = plans_to_import(actor, today)
    if not actor.has("plan"):
        raise Http404
    form = forms.TableForm(
        request.POST or None,
        request.FILES or None,
        plans=[(str(plan.pk), plan.title) for plan in plans],
    )
    if request.method == "POST" and form.is_valid():
        plan = next(one for one in plans if str(one.pk) == form.cleaned_data["plan"])
        try:
            return _brought(request, plan, form.cleaned_data)
        except Refused as refused:
            # What was typed stays on the page; nothing of it was stored.
            form.add_error("file" if form.cleaned_data["file"] else "text", tell(refused.why))
    recent = tables(actor, today).defer("content", "report")[:RECENT]
    context = {"form": form, "plans": plans, "recent": recent}
    status = 422 if form.errors else 200
    return render(request, "ledger/import.html", context, status=status)


def _brought(request: HttpRequest, plan: Plan, data: dict[str, Any]) -> HttpResponse:
    """Screen first (a marking is refused and nothing kept), then find the table and its header."""
    actor, today = who(request)
    upload: UploadedFile | None = data["file"]
    if upload is None:
        files.screen_text(actor=actor, today=today, unit_id=plan.unit_id, text=data["text"])
        grids, name = pasted_tables(data["text"]), _("粘贴的表格")
    else:
        content, given = upload.read(), upload.name or ""
        screened = files.screen(
            actor=actor, today=today, unit_id=plan.unit_id, name=given, data=content, takes=TAKES
        )
        grids, name = tables_in(given, content), screened.name
    setup = proposed(grids, today)
    if setup is None:
        raise Refused(say("tables.no_header"))
    made = do(
        request, actions.read_table, unit=plan.unit, plan=plan, name=name,
        content=pack_grids(grids), setup=setup.as_data(),
    )  # fmt: skip
    return redirect("ledger:table", made.id)


def _table(request: HttpRequest, table_id: UUID) -> TableImport:
    table = table_for(*who(request), table_id)
    if table is None:
        raise Http404
    return table


@actor_required
@require_GET
def table(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Where a table is: its columns, its report, the writing, or what was done."""
    row = _table(request, table_id)
    if row.state == TableImport.State.READ or request.GET.get("step") == "columns":
        return _columns(request, row)
    if row.state == TableImport.State.CHECKED:
        return _report(request, row)
    if row.state == TableImport.State.WRITING:
        return render(request, "ledger/import_writing.html", _writing(request, row))
    return render(request, "ledger/import_done.html", {"table": row, **_undoing(request, row)})


# --- columns -------------------------------------------------------------------------------------


def _columns(request: HttpRequest, row: TableImport, fault: Sentence | None = None) -> HttpResponse:
    if row.state not in TableImport.OPEN:
        raise Http404
    grids = unpack_grids(row.content)
    setup = setup_of(grids, row.setup)
    shown = samples(grids[setup.sheet], setup)
    columns = list(zip(setup.columns, setup.fields, setup.sure, shown, strict=True))
    context = {
        "table": row,
        "setup": setup,
        "columns": columns,
        "fields": [(name, words.FIELDS[name]) for name in FIELDS],
        "sheets": [(number, grid.name, len(grid.rows)) for number, grid in enumerate(grids)],
        "first": grids[setup.sheet].number(setup.head.first),
        "fault": fault,
    }
    return render(request, "ledger/import_columns.html", context, status=422 if fault else 200)


@actor_required
@require_POST
def columns(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Take a person's choice of header and fields, and run the table dry."""
    row = _table(request, table_id)
    if row.state not in TableImport.OPEN:
        return redirect("ledger:table", row.pk)
    grids = unpack_grids(row.content)
    setup = setup_of(grids, row.setup)
    if "again" in request.POST:
        found = _found_again(request, grids)
        if found is None:
            return _columns(request, row, say("tables.no_header"))
        do(
            request, actions.check_table, table=row, version=version_sent(request),
            setup=found.as_data(), names={}, choices={},
        )  # fmt: skip
        return redirect("ledger:table", row.pk)
    chosen = [
        field if field in FIELDS else before
        for column, before in zip(setup.columns, setup.fields, strict=True)
        for field in [request.POST.get(f"field-{column.at}", before)]
    ]
    row.setup = setup.with_fields(chosen).as_data()
    if why := _fault(chosen):
        return _columns(request, row, why)
    return _checked(request, row)


def _fault(fields: list[str]) -> Sentence | None:
    """What is wrong with a choice of fields, or None."""
    if again := sorted(twice(fields)):
        return say("tables.field_twice", fields=tuple(str(words.FIELDS[one]) for one in again))
    if not {"title", "unit", "id"} & set(fields):
        return say("tables.no_title_column")
    if {"title", "unit"} <= set(fields):
        return say("tables.two_titles")
    return None


def _found_again(request: HttpRequest, grids: list[Grid]) -> Setup | None:
    """The columns under another sheet or other header rows, as the person says."""
    today = who(request)[1]
    sheet = _whole(request.POST.get("sheet"), 0, len(grids) - 1, 0)
    grid = grids[sheet]
    told = _whole(request.POST.get("first"), 0, 10**7, 0)
    count = _whole(request.POST.get("count"), 1, 4, 1)
    first = told - grid.first_row
    if request.POST["again"] == "sheet" or not 0 <= first < len(grid.rows):
        return proposed(grids, today, sheet)
    return proposed(grids, today, sheet, Head(first, min(count, len(grid.rows) - first)))


def _whole(text: str | None, least: int, most: int, otherwise: int) -> int:
    if text and text.isascii() and text.isdigit() and len(text) < 9:
        return max(least, min(most, int(text)))
    return otherwise


# --- the report ----------------------------------------------------------------------------------


def _checked(request: HttpRequest, row: TableImport, **decided: Any) -> HttpResponse:  # noqa: ANN401
    """Run dry with what is decided now, keep both, and show the report."""
    for name, value in decided.items():
        setattr(row, name, value)
    actor, today = who(request)
    report = dry_run(actor, today, row).report
    fresh = _table(request, row.pk)
    do(
        request, actions.check_table, table=fresh, version=version_sent(request),
        setup=row.setup, names=row.names, choices=row.choices,
        report=report.packed(), counts=report.facts, digest=report.digest,
    )  # fmt: skip
    return redirect("ledger:table", row.pk)


def _report(request: HttpRequest, row: TableImport, fault: Sentence | None = None) -> HttpResponse:
    actor, today = who(request)
    kind = request.GET.get("kind", "")
    rows = [one for one in rows_in(row.report) if not kind or one["kind"] == kind]
    start = _whole(request.GET.get("after"), 0, max(0, len(rows) - 1), 0)
    asked = asked_in(row.report)
    town = town_above(actor, row.unit)
    units = unit_choices(actor, today, town) if any(one["kind"] == "unit" for one in asked) else []
    posts = (
        post_choices(actor, today, town, leaders=False)
        if any(one["kind"] == "post" for one in asked)
        else []
    )
    counts = row.counts
    context = {
        "table": row,
        "counts": [(name, words.KINDS[name], counts[name]) for name in KINDS if counts.get(name)],
        "kind": kind,
        "rows": [_shown(one) for one in rows[start : start + SHOWN]],
        "following": start + SHOWN if start + SHOWN < len(rows) else "",
        "asked": [
            (number, one, units if one["kind"] == "unit" else posts)
            for number, one in enumerate(asked)
        ],
        "open_names": counts.get("asked", 0),
        "twins": counts.get("twin", 0),
        "refused": counts.get("refused", 0),
        "ready": counts.get("add", 0) + counts.get("change", 0),
        "needs_reason": counts.get("needs_reason", False),
        "fault": fault,
    }
    return render(request, "ledger/import_report.html", context, status=422 if fault else 200)


def _shown(one: dict[str, Any]) -> dict[str, Any]:
    """A row of the report as the page draws it."""
    depth = min(int(one.get("depth", 0)), 5)
    said = [(words.FIELDS[name], text) for name, text in one.get("said", [])]
    return one | {
        "word": words.KINDS[one["kind"]],
        "depth": f"d{depth}" if depth else "",
        "said": said,
    }


@actor_required
@require_POST
def decide(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """What names mean, and which likenesses are one item; the table is run dry again."""
    row = _table(request, table_id)
    if row.state != TableImport.State.CHECKED:
        return redirect("ledger:table", row.pk)
    names = {kind: dict(said) for kind, said in row.names.items()}
    for number, one in enumerate(asked_in(row.report)):
        told = request.POST.get(f"name-{number}")
        if told is not None:
            names.setdefault(one["kind"], {})[one["name"]] = told
    choices = dict(row.choices)
    everything = request.POST.get("twins", "")
    if everything in {"add", "skip"}:
        choices["*"] = everything
    for name in request.POST:
        choice = request.POST.get(name, "")
        if name.startswith("twin-") and choice in {"add", "skip"}:
            choices[name.removeprefix("twin-")[:9]] = choice
    return _checked(request, row, names=names, choices=choices)


# --- writing -------------------------------------------------------------------------------------


@actor_required
@require_POST
def write(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """A person says yes: small tables are written at once, large ones as a job."""
    row = _table(request, table_id)
    actor, today = who(request)
    count = row.counts.get("add", 0) + row.counts.get("change", 0)
    at_once = count <= AT_ONCE
    try:
        do(
            request, actions.ask_import, table=row, version=version_sent(request),
            skip_faulty=request.POST.get("skip") == "1", reason=request.POST.get("reason", ""),
            at_once=at_once,
        )  # fmt: skip
        row = _table(request, row.pk)
        why = apply(actor, today, timezone.now(), row) if at_once else None
    except Refused as refused:
        why = refused.why
    if why is not None:
        row = _table(request, row.pk)
        if row.state == TableImport.State.CHECKED:
            return _report(request, row, why)
        messages.error(request, tell(why))
    return redirect("ledger:table", row.pk)


def _undoing(request: HttpRequest, row: TableImport) -> dict[str, Any]:
    """The job that takes a table back: whether it goes on, and why it came to nothing."""
    job = undo_job(who(request)[0], row) if row.state == TableImport.State.DONE else None
    going = job is not None and job.finished_at is None
    told = job.result.get("why") if job is not None and not going else None
    if isinstance(told, str):  # it broke down: the words of every job
        return {"job": job, "going": going, "why": Sentence(told)}
    return {"job": job, "going": going, "why": Sentence(told[0], told[1]) if told else None}


def _writing(request: HttpRequest, row: TableImport) -> dict[str, Any]:
    job = import_job(who(request)[0], row)
    return {
        "table": row,
        "job": job,
        "going": job is not None and job.finished_at is None,
        "may_cancel": False,
    }


@actor_required
@require_GET
def progress(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """The fragment that the page asks for while a table is being written or taken back."""
    row = _table(request, table_id)
    if (back := _undoing(request, row))["going"]:
        return render(request, "ledger/_import_undoing.html", {"table": row, **back})
    if row.state != TableImport.State.WRITING:
        there = reverse("ledger:table", args=[row.pk])
        return HttpResponse(headers={"HX-Redirect": there})
    return render(request, "ledger/_import_writing.html", _writing(request, row))


@actor_required
@require_POST
def again(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """A writing that came to no end: run dry again, nothing was written."""
    row = _table(request, table_id)
    if row.state == TableImport.State.WRITING and not _writing(request, row)["going"]:
        actor, today = who(request)
        give_back(actor, today, timezone.now(), row, dry_run(actor, today, row).report)
    return redirect("ledger:table", row.pk)


@actor_required
@require_POST
def undo(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Take a written table back: a small one at once, a large one as a job."""
    row = _table(request, table_id)
    large = len(row.done.get("added", ())) + row.done.get("changed", 0) > AT_ONCE
    try:
        if large:
            do(request, actions.ask_undo, table=row, version=version_sent(request))
            return redirect("ledger:table", row.pk)
        do(request, actions.undo_import, table=row, version=version_sent(request))
        messages.success(request, _("已撤销这次导入。"))
    except Refused as refused:
        context = {"table": row, "why": refused.why}
        return render(request, "ledger/import_done.html", context, status=422)
    return redirect("ledger:table", row.pk)


@actor_required
@require_POST
def drop(request: HttpRequest, table_id: UUID) -> HttpResponse:
    """Leave a table; nothing was written, its cells are forgotten."""
    row = _table(request, table_id)
    try:
        do(request, actions.drop_table, table=row, version=version_sent(request))
        messages.success(request, _("已放弃，台账没有改动。"))
    except Refused as refused:
        messages.error(request, tell(refused.why))
    return redirect("ledger:import")
