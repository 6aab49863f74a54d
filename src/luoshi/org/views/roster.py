"""The organisation from a table and back: brought in, columns named, run dry, written, undone."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.tables import Grid, text_of
from luoshi.office.cells import pack_grids, unpack_grids
from luoshi.office.tables_in import tables as tables_in
from luoshi.office.xlsx_child import workbook_in_child
from luoshi.org import actions, queries
from luoshi.org.forms import RosterForm
from luoshi.org.models import RosterImport
from luoshi.org.roster.heads import FIELDS, KEY, SHEETS, Layout, layout_of, proposed
from luoshi.org.roster.judging import MOST
from luoshi.org.views.gate import demand_unmarked
from luoshi.ui.guard import OfficeRequest, do, right_required, upload_too_large, version_sent
from luoshi.ui.sentences import tell

SHOWN = 200
RECENT = 10
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@right_required("administer")
@require_http_methods(["GET", "POST"])
def bring(request: OfficeRequest) -> HttpResponse:
    """Choose a file; it is judged before anything of it is kept."""
    if answer := upload_too_large(request):
        return answer
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _brought(request, form)
        except Refused as refused:
            form.add_error("file", tell(refused.why))
    recent = queries.rosters(request.actor).defer("content")[:RECENT]
    context = {"form": form, "recent": recent}
    return render(request, "org/roster.html", context, status=422 if form.errors else 200)


def _brought(request: OfficeRequest, form: RosterForm) -> HttpResponse:
    """Screen first (a marking is refused and no byte kept), then find sheets and columns."""
    upload = form.cleaned_data["file"]
    data, name = upload.read(), upload.name or ""
    demand_unmarked(request, name=name, data=data)
    grids = tables_in(name, data)
    if sum(len(grid.rows) for grid in grids) > MOST:
        raise Refused(say("org.roster_rows", n=MOST))
    layouts = [proposed(grid) for grid in grids]
    if not any(layout.kind for layout in layouts):
        raise Refused(say("org.roster_no_head"))
    made = do(
        request,
        actions.read_roster,
        now=timezone.now(),
        name=name,
        content=pack_grids(grids),
        setup=[layout.as_data() for layout in layouts],
    )
    sure = all(layout.sure or not layout.kind for layout in layouts)
    return redirect_to(made.id, "" if sure else "?step=columns")


def redirect_to(table_id: UUID, query: str = "") -> HttpResponse:
    """To a table's page, at a step."""
    answer = redirect("org:roster_table", table_id)
    answer["Location"] += query
    return answer


def _table(request: OfficeRequest, table_id: UUID) -> RosterImport:
    table = queries.roster_for(request.actor, table_id)
    if table is None:
        raise Http404
    return table


@right_required("administer")
@require_GET
def table(request: OfficeRequest, table_id: UUID) -> HttpResponse:
    """Where a table is: its columns, its report, or what was done."""
    row = _table(request, table_id)
    if row.state != RosterImport.State.OPEN:
        return render(request, "org/roster_done.html", _done(row))
    if request.GET.get("step") == "columns":
        return _columns(request, row)
    return _report(request, row)


def _done(row: RosterImport) -> dict[str, object]:
    counts = {kind: len(keys) for kind, keys in row.done.get("added", {}).items()}
    changed = Counter(one[0] for one in row.done.get("changed", ()))
    words = (
        ("unit", _("单位")), ("post", _("岗位")), ("person", _("人员")), ("term", _("任期")),
        ("unitlink", _("单位关系")),
    )  # fmt: skip
    shown = [(word, counts.get(kind, 0), changed[kind]) for kind, word in words]
    return {"table": row, "counts": shown}


def _columns(
    request: OfficeRequest, row: RosterImport, fault: Sentence | None = None
) -> HttpResponse:
    grids = unpack_grids(row.content)
    shown = [
        _sheet(number, grid, layout_of(data))
        for number, (grid, data) in enumerate(zip(grids, row.setup, strict=True))
    ]
    kinds = [(kind, word) for kind, (_name, word) in SHEETS.items()]
    context = {"table": row, "sheets": shown, "kinds": kinds, "fault": fault}
    return render(request, "org/roster_columns.html", context, status=422 if fault else 200)


def _sheet(number: int, grid: Grid, layout: Layout) -> dict[str, object]:
    """One sheet for the page: its kind, and each column with its first filled cells."""
    head = grid.rows[layout.first] if grid.rows else ()
    columns = []
    for at, cell in enumerate(head):
        below = dict.fromkeys(text_of(row[at])[:30] for row in grid.rows[layout.first + 1 :])
        filled = [text for text in below if text][:3]
        field = layout.fields[at] if at < len(layout.fields) else ""
        if text_of(cell) or filled:
            columns.append((at, text_of(cell), field, filled))
    fields = [(name, word) for name, (word, _pattern) in FIELDS.get(layout.kind, {}).items()]
    return {
        "number": number, "name": grid.name, "kind": layout.kind, "columns": columns,
        "fields": [*fields, ("id", KEY)] if fields else [],
    }  # fmt: skip


@right_required("administer")
@require_POST
def columns(request: OfficeRequest, table_id: UUID) -> HttpResponse:
    """Take a person's choice of sheets and fields, and run the table dry."""
    row = _table(request, table_id)
    if row.state != RosterImport.State.OPEN:
        return redirect_to(row.pk)
    grids = unpack_grids(row.content)
    layouts = []
    again = False
    for number, (grid, data) in enumerate(zip(grids, row.setup, strict=True)):
        layout = layout_of(data)
        kind = request.POST.get(f"kind-{number}", layout.kind)
        if kind != layout.kind and kind in {"", *FIELDS}:
            layout, again = proposed(grid, kind), again or kind != ""
        else:
            layout = _chosen(request, number, layout)
        layouts.append(layout)
    row.setup = [layout.as_data() for layout in layouts]
    fault = None if again else _fault(layouts)
    if fault is not None:
        return _columns(request, row, fault)
    setup, row = row.setup, _table(request, table_id)
    do(
        request,
        actions.map_roster,
        now=timezone.now(),
        table=row,
        version=version_sent(request),
        setup=setup,
    )
    return redirect_to(row.pk, "?step=columns" if again else "")


def _chosen(request: OfficeRequest, number: int, layout: Layout) -> Layout:
    known = {"", "id", *FIELDS.get(layout.kind, {})}
    fields = tuple(
        said if (said := request.POST.get(f"field-{number}-{at}", field)) in known else field
        for at, field in enumerate(layout.fields)
    )
    return Layout(layout.kind, layout.first, fields)


def _fault(layouts: list[Layout]) -> Sentence | None:
    """What is wrong with a choice of fields, or None."""
    for layout in layouts:
        words = FIELDS.get(layout.kind, {})
        given = [field for field in layout.fields if field]
        if twice := sorted({field for field in given if given.count(field) > 1}):
            names = tuple(str(words[one][0]) if one in words else KEY for one in twice)
            return say("tables.field_twice", fields=names)
        if layout.lacks:
            names = tuple(str(words[one][0]) for one in layout.lacks)
            return say("org.roster_lacks", sheet=str(SHEETS[layout.kind][1]), fields=names)
    if not any(layout.kind for layout in layouts):
        return say("org.roster_no_head")
    return None


def _report(
    request: OfficeRequest, row: RosterImport, fault: Sentence | None = None
) -> HttpResponse:
    run = queries.roster_run(request.actor, request.today, row)
    kind = request.GET.get("kind", "")
    moves = any(one.kind != "same" for one in run.rows)
    words = {
        "add": _("新增"), "change": _("修改"), "refused": _("不能导入"), "same": _("无变化"),
    }  # fmt: skip
    names = [grid.name for grid in unpack_grids(row.content)]
    rows = [
        (one, names[one.sheet], words[one.kind], SHEETS[one.form][1])
        for one in run.rows
        if one.kind == kind or (not kind and (one.kind != "same" or not moves))
    ]
    if not kind:  # what needs a person first, as a compiler tells errors before warnings
        rows.sort(key=lambda one: ("refused", "change", "add", "same").index(one[0].kind))
    context = {
        "table": row, "kind": kind, "fault": fault, "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN), "digest": run.digest,
        "counts": [(name, word, run.counts.get(name, 0)) for name, word in words.items()],
        "refused": run.counts.get("refused", 0),
        "ready": run.counts.get("add", 0) + run.counts.get("change", 0),
    }  # fmt: skip
    return render(request, "org/roster_report.html", context, status=422 if fault else 200)


@right_required("administer")
@require_POST
def write(request: OfficeRequest, table_id: UUID) -> HttpResponse:
    """Write what the report showed: all rows or none."""
    row = _table(request, table_id)
    try:
        do(
            request,
            actions.write_roster,
            now=timezone.now(),
            table=row,
            digest=request.POST.get("digest", ""),
        )
    except Refused as refused:
        if row.state != RosterImport.State.OPEN:
            return redirect_to(row.pk)
        return _report(request, row, refused.why)
    messages.success(request, _("已全部写入。"))
    return redirect_to(row.pk)


@right_required("administer")
@require_POST
def drop(request: OfficeRequest, table_id: UUID) -> HttpResponse:
    """Leave a table: nothing was written."""
    do(request, actions.drop_roster, now=timezone.now(), table=_table(request, table_id))
    messages.success(request, _("已放弃，没有写入，内容没有留存。"))
    return redirect("org:roster")


@right_required("administer")
@require_POST
def undo(request: OfficeRequest, table_id: UUID) -> HttpResponse:
    """Take a written table back, as long as nobody went on with what it made."""
    row = _table(request, table_id)
    try:
        do(request, actions.undo_roster, now=timezone.now(), table=row)
    except Refused as refused:
        context = {**_done(row), "why": refused.why}
        return render(request, "org/roster_done.html", context, status=422)
    messages.success(request, _("已撤销这次导入。"))
    return redirect_to(row.pk)


@right_required("administer")
@require_GET
def export(request: OfficeRequest) -> HttpResponse:
    """The organisation as it stands, in the columns that an import reads."""
    return _workbook(request, f"组织机构-{request.today.isoformat()}.xlsx", empty=False)


@right_required("administer")
@require_GET
def template(request: OfficeRequest) -> HttpResponse:
    """The same columns, empty, to be filled in."""
    return _workbook(request, "组织机构导入模板.xlsx", empty=True)


def _workbook(request: OfficeRequest, name: str, *, empty: bool) -> HttpResponse:
    sheets = queries.roster_sheets(request.actor, request.today, empty=empty)
    data = workbook_in_child(*sheets)
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=_XLSX, headers={"Content-Disposition": disposition})
