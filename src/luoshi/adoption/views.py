from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.adoption import actions, forms, queries
from luoshi.adoption.choosing import ONE
from luoshi.adoption.deciding import Asked, decide_on, save_typed
from luoshi.adoption.models import Act
from luoshi.adoption.offering import of_sentence
from luoshi.adoption.page import DOUBT, cuts_of, line_of
from luoshi.adoption.same import compared
from luoshi.documents import queries as documents
from luoshi.documents.models import Document, DraftItem
from luoshi.domain.base import Refused
from luoshi.goals import queries as meetings
from luoshi.goals.models import Meeting, Note, Plan
from luoshi.goals.queries import demand_right
from luoshi.goals.queries import may_plan as _may_plan
from luoshi.ledger.queries.choosing import unit_choices
from luoshi.store.rows import Stale
from luoshi.ui.guard import actor_required, do, right_required
from luoshi.ui.sentences import tell

PAIRS = 30
"""How many likenesses a page shows; the surest first."""

MEASURES = 3
"""Lines of the form that answers a problem; more are added by sending it again."""


@actor_required
@require_GET
def reader(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = _document(request, document_id)
    if document.state != Document.State.READ:
        return redirect("documents:reading", document.pk)
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    page = queries.reader(actor, today, document, forms.filter_of(request.GET))
    context = {
        "page": page,
        "may_draft": _may_draft(request, document),
        "kinds": DraftItem.Kind.choices,
        "states": [*DraftItem.State.choices, (DOUBT, _("把握不足"))],
        "new_year": _new_year(queries.year_to_open(actor, today, document), page),
    }
    return render(request, "adoption/reader.html", context)


@actor_required
@require_GET
def coverage(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """What became of every sentence: the map of the text as a table, for paper and for the ear."""
    document = _document(request, document_id)
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    shares, total = queries.coverage_of(actor, today, document)
    context = {"document": document, "shares": shares, "total": total}
    return render(request, "adoption/coverage.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What two texts of a meeting seem to ask for twice; a person confirms each."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    meeting = meetings.meeting_for(actor, today, meeting_id)
    if meeting is None:
        raise Http404
    may = meetings.may_draft(actor, meeting.unit.path)
    if request.method == "POST":
        form = forms.SameForm(request.POST)
        if not may or not form.is_valid():
            raise Http404
        messages.success(request, _say_of_pair(request, meeting, form))
        return redirect("adoption:same", meeting.pk)
    found = compared(actor, today, meeting)
    context = {
        "meeting": meeting,
        "rows": found.pairs[:PAIRS],
        "more": max(0, len(found.pairs) - PAIRS),
        "may": may,
        "apart": found.apart,
    }
    return render(request, "adoption/same.html", context)


def _say_of_pair(request: HttpRequest, meeting: Meeting, form: forms.SameForm) -> str:
    """Do what the pressed button says of two drafts; the words of the answer."""
    who = {"actor": request.actor, "today": request.today}  # type: ignore[attr-defined]
    pair = (form.cleaned_data["first"], form.cleaned_data["second"])
    asked = {**who, "now": timezone.now(), "meeting": meeting, "draft_ids": pair}
    key = request.POST.get("key", "")
    if form.cleaned_data["say"] == "apart":
        actions.tell_apart(**asked, key=key)
        return _("已记为不同事项，不再提示；可在本页下方重新比对。")
    if form.cleaned_data["say"] == "again":
        for row in compared(**who, meeting=meeting).apart:
            if {row.first_id, row.second_id} == set(pair):
                actions.compare_again(**who, meeting=meeting, apart=row)
        return _("已重新比对。")
    actions.join(**asked, key=key)
    return _("已合并为一项，两处原文都保留。")


@right_required("draft")
@require_POST
def decide(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Whatever button of the table was pressed; what was typed in the rows is saved first."""
    document = _document(request, document_id)
    answer = decide_on(_asked(request, document))
    if answer.ask:
        context = {"document": document, "ask": answer, "carried": answer.carried}
        return render(request, "adoption/confirm.html", context)
    if answer.told:
        messages.success(request, answer.told)
    if key := request.POST.get("one_measures"):
        became = _draft(request, UUID(key))
        if became.adopted_kind == "goals.note":  # its kind may have been changed in the same form
            return redirect("adoption:problem", became.adopted_id)
    one = next((request.POST[name] for name in ONE if request.POST.get(name)), "")
    return redirect(_back(request, document, f"d-{one}" if one else "drafts"))


@actor_required
@require_GET
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """One draft: its words, why it was read so, where it could be cut."""
    row = _draft(request, draft_id)
    document = row.document
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    known = queries.names(actor, today, document)
    context: dict[str, Any] = {
        "line": line_of(row, known),
        "draft": row,
        "document": document,
        "cuts": cuts_of(document.text, row.passage.start, row.passage.end),
        "words": document.text[row.passage.start : row.passage.end],
        "may_draft": _may_draft(request, document) and row.state == DraftItem.State.DRAFT,
        "merged": row.merged.select_related("passage").order_by("passage__start"),
    }
    name = "adoption/_draft.html" if request.htmx else "adoption/draft.html"  # type: ignore[attr-defined]
    return render(request, name, context)


@actor_required
@require_GET
def passage(request: HttpRequest, passage_id: UUID) -> HttpResponse:
    """The place of a passage in its text: where the links of tasks and findings lead."""
    row = queries.draft_of_passage(request.actor, request.today, passage_id)  # type: ignore[attr-defined]
    if row is None:
        raise Http404
    address = reverse("adoption:reader", args=[row.document_id])
    kind = "?kind=all" if row.kind == DraftItem.Kind.BOILERPLATE else ""
    return redirect(f"{address}{kind}#p-{row.pk}")


@right_required("draft")
@require_POST
def change(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Save one row as it was typed; answers with the row."""
    row = _draft(request, draft_id)
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    wrong, before = "", row.kind
    try:
        edits = forms.edits(request.POST, {row.pk: row})
        if edits:
            actions.change(
                actor=actor, today=today, now=timezone.now(), document=row.document, edits=edits
            )
    except Refused as refused:
        wrong = tell(refused.why)
    except Stale as stale:
        yours = "；".join(str(value) for value in stale.tried.values())
        wrong = _("他人已先保存，这里是最新内容。您填写的是：%(yours)s") % {"yours": yours}
    row = _draft(request, draft_id)
    known = queries.names(actor, today, row.document)
    context = {
        "line": line_of(row, known),
        "may_draft": True,
        "wrong": wrong,
        "offer": of_sentence(row.document, row, row.kind) if row.kind != before else None,
        "kinds": DraftItem.Kind.choices,
    }
    return render(request, "adoption/_row.html", context)


@right_required("draft")
@require_POST
def split(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    row = _draft(request, draft_id)
    at = forms.number(request.POST.get("at", ""))
    after = forms.number(request.POST.get("after", ""))
    if at is None:
        at = row.passage.start + after if after is not None else row.passage.start
    asked = _asked(request, row.document)
    version = _version(request, row)
    if save_typed(asked):
        # What stood in the row was saved just now, under the version the person saw.
        version = _draft(request, draft_id).version
    actions.split(
        actor=asked.actor,
        today=asked.today,
        now=asked.now,
        document=row.document,
        draft_id=row.pk,
        version=version,
        at=at,
        key=asked.key,
    )
    messages.success(request, _("已拆分为两条。"))
    return redirect(_back(request, row.document, f"d-{row.pk}"))


@right_required("draft")
@require_POST
def undo(request: HttpRequest, act_id: UUID) -> HttpResponse:
    act = get_object_or_404(
        Act.objects.select_related("document__unit"),
        pk=act_id,
        jurisdiction=request.actor.jurisdiction_id,  # type: ignore[attr-defined]
    )
    _document(request, act.document_id)
    written = do(request, actions.undo, now=timezone.now(), act=act)
    count = written.facts["n"]
    messages.success(request, _("已撤销，%(n)d 条恢复原状。") % {"n": count})
    first = act.drafts[0]["id"] if act.drafts else ""
    return redirect(_back(request, act.document, f"d-{first}"))


@actor_required
@require_GET
def problem(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """A problem: what the text says, what is done about it, by whom, until when."""
    return _problem(request, _note(request, note_id))


def _problem(request: HttpRequest, note: Note, wrong: str = "", status: int = 200) -> HttpResponse:
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    typed = [
        (number, *(request.POST.get(f"{name}-{number}", "") for name in ("title", "unit", "due")))
        for number in range(MEASURES)
    ]
    context = {
        "note": note,
        "measures": queries.measures_of(actor, today, note),
        "may": _may_plan(actor, note.plan.unit.path) and note.plan.state != Plan.State.CLOSED,
        "units": unit_choices(actor, today, note.plan.unit),
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "adoption/problem.html", context, status=status)


@actor_required
@require_POST
def answer(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Its measures as they were typed, each dated and owned; what is half stays in the form."""
    note = _note(request, note_id)
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    demand_right(actor, "plan", note.plan.unit.path)
    units = {key for key, _name in unit_choices(actor, today, note.plan.unit)}
    try:
        measures = forms.measures(request.POST, MEASURES, units)
        written = do(
            request, actions.answer_problem, now=timezone.now(), note=note, measures=measures
        )
    except Refused as refused:
        return _problem(request, note, tell(refused.why), 422)
    messages.success(request, _("已列任务 %(n)d 项。") % {"n": written.facts["n"]})
    return redirect("adoption:problem", note.pk)


@actor_required
@require_POST
def leave(request: HttpRequest, note_id: UUID) -> HttpResponse:
    note = _note(request, note_id)
    do(
        request,
        actions.leave_problem,
        note=note,
        reason=request.POST.get("reason", ""),
        version=forms.number(request.POST.get("version", "")) or note.version,
    )
    messages.success(request, _("理由已保存。"))
    return redirect("adoption:problem", note.pk)


def _note(request: HttpRequest, note_id: UUID) -> Note:
    found = queries.problem(request.actor, request.today, note_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, document: Document, anchor: str) -> str:
    """The reader as it was filtered, at the row that was acted on."""
    query = request.POST.get("back", "")
    address = reverse("adoption:reader", args=[document.pk])
    allowed = "&".join(
        part for part in query.split("&") if part.split("=")[0] in {"section", "kind", "state"}
    )
    return f"{address}?{allowed}#{anchor}" if allowed else f"{address}#{anchor}"


def _new_year(year: int, page: queries.Reader) -> int | None:
    """The year of the plan that could be opened; None where there is one already."""
    return None if any(plan.year == year for plan in page.plans) else year


def _asked(request: HttpRequest, document: Document) -> Asked:
    """The pressed button with the whole form."""
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    return Asked(actor, today, timezone.now(), document, request.POST)


def _version(request: HttpRequest, row: DraftItem) -> int:
    """The version the person saw: of the draft's own page, or of its row in the table."""
    seen = request.POST.get("version") or request.POST.get(f"v-{row.pk}", "")
    return forms.number(seen) or 0


def _may_draft(request: HttpRequest, document: Document) -> bool:
    return queries.may_decide(request.actor, document)  # type: ignore[attr-defined]


def _document(request: HttpRequest, document_id: UUID) -> Document:
    found = documents.document(request.actor, request.today, document_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


def _draft(request: HttpRequest, draft_id: UUID) -> DraftItem:
    found = queries.draft(request.actor, request.today, draft_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found
