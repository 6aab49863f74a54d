"""Writing a review: the list, the text with its figures, paragraphs, gaps, the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.briefs import actions, queries
from luoshi.briefs.forms import NoGapForm, NoteForm, ParagraphForm
from luoshi.briefs.kept import citable, paragraphs_of
from luoshi.briefs.models import Brief
from luoshi.briefs.printing import paper_in_child
from luoshi.briefs.queries import FactShown
from luoshi.domain.base import Refused
from luoshi.domain.brief import MISSING, Run
from luoshi.goals import actions as goals
from luoshi.goals import queries as plans
from luoshi.goals.models import Plan, WorkLine
from luoshi.journal.actions import Written
from luoshi.ui.guard import OfficeRequest, actor_required, do, right_required, version_sent
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the page: its words, the rows that prove them, and whether they say 待补."""

    text: str
    href: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph of the page, with its place in the text."""

    number: int
    style: str
    mark: str
    pieces: Sequence[Piece]
    edited: bool


def reader_required(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """A view for those who write material and for auditors; others get the 403 page."""

    @wraps(view)
    def guarded(request: OfficeRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if not queries.may_read(request.actor):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return actor_required(guarded)


@reader_required
@require_GET
def listing(request: OfficeRequest) -> HttpResponse:
    """Material that was written, and plans whose review can be."""
    rows = queries.briefs(request.actor, request.today).defer("paragraphs", "facts")
    page = page_of(rows, ("-written_at", "-id"), request.GET.get("after", ""))
    names = queries.written_by(request.actor, page.rows)
    context = {
        "page": page,
        "rows": [(row, names.get(row.written_by_id, "")) for row in page.rows],
        "plans": queries.plans_to_write(request.actor, request.today),
    }
    return render(request, "briefs/list.html", context)


@right_required("brief")
@require_POST
def write(request: OfficeRequest, plan_id: UUID) -> HttpResponse:
    """Draft the review of a plan from the ledger."""
    plan = _plan(request, plan_id)
    return redirect("briefs:show", _drafted(request, plan).id)


def _plan(request: OfficeRequest, plan_id: UUID) -> Plan:
    plan = plans.plan_for(request.actor, request.today, plan_id)
    if plan is None or not queries.may_write(request.actor, plan.unit.path):
        raise Http404
    return plan


def _drafted(request: OfficeRequest, plan: Plan, key: str = "") -> Written:
    """Write the review, and say what became of the draft before it."""
    written = actions.write_review(
        actor=request.actor,
        today=request.today,
        now=timezone.now(),
        plan=plan,
        key=key or request.POST.get("key", ""),
    )
    left = written.facts.get("left", 0)
    if written.version < 0:
        messages.info(request, _("台账数据没有变化，仍为原稿。"))
    elif left:
        told = _("已按最新数据起草。有 %(n)s 段的数据已变，原修改留在上一稿。")
        messages.info(request, told % {"n": left})
    else:
        messages.success(request, _("已按台账数据起草。"))
    return written


@reader_required
@require_GET
def show(request: OfficeRequest, brief_id: UUID) -> HttpResponse:
    """The text, each figure a link to its rows."""
    brief = _brief(request, brief_id)
    facts = queries.shown_facts(request.actor, brief)
    paragraphs = shown(brief, facts)
    used = {fact_id for data in brief.paragraphs for _, fact_id in data["runs"] if fact_id}
    pairs = queries.pairs(request.actor, request.today, brief)
    may = queries.may_write(request.actor, brief.unit.path)
    newer = queries.newer_than(request.actor, brief)
    context = {
        "brief": brief,
        "newer": newer,
        "paragraphs": paragraphs,
        "todo": _todo(paragraphs),
        "facts": [(each.fact, address(brief, each)) for key, each in facts.items() if key in used],
        "pairs": [
            (
                pair,
                [(each.fact, address(brief, each)) for each in pair.achievements],
                [(each.fact, address(brief, each)) for each in pair.gaps],
            )
            for pair in pairs
        ],
        "carried": [(f.fact, address(brief, f)) for f in facts.values() if f.part == "carried"],
        "bare": [pair for pair in pairs if pair.missing and pair.line],
        "may": may,
        "may_edit": may and newer is None and brief.state == Brief.State.FIRST_DRAFT,
    }
    return render(request, "briefs/show.html", context)


def shown(brief: Brief, facts: Mapping[str, FactShown]) -> list[Shown]:
    """The paragraphs with the address of each figure's rows."""
    return [
        Shown(
            number,
            paragraph.style,
            paragraph.mark,
            [piece for run in paragraph.runs for piece in _pieces(brief, run, facts)],
            "made" in brief.paragraphs[number],
        )
        for number, paragraph in enumerate(paragraphs_of(brief))
    ]


def _pieces(brief: Brief, run: Run, facts: Mapping[str, FactShown]) -> Iterator[Piece]:
    """A run with a fact is one link; in one without, each 待补 stands out."""
    known = facts.get(run.fact_id or "")
    if known is not None:
        yield Piece(run.text, address(brief, known), run.text == MISSING)
        return
    for text in re.split(f"({MISSING})", run.text):
        if text:
            yield Piece(text, "", text == MISSING)


def _todo(paragraphs: Sequence[Shown]) -> Mapping[str, object] | None:
    """How many 待补 the text holds, and the first paragraph that has one."""
    where = [p.number for p in paragraphs for piece in p.pieces if piece.missing]
    return {"count": len(where), "first": f"p{where[0]}"} if where else None


def address(brief: Brief, shown_fact: FactShown) -> str:
    """Where the rows behind a fact are seen: a count's list, a task, a note's plan or passage."""
    fact = shown_fact.fact
    if fact.kind == "count":
        return reverse("briefs:fact", args=[brief.pk, fact.id])
    if fact.url_kind == "ledger.task":
        return reverse("ledger:task", args=[fact.url_id])
    if fact.url_kind == "goals.note":
        return reverse("briefs:fact", args=[brief.pk, fact.id])
    return reverse("goals:plan", args=[brief.plan_id])


@reader_required
@require_GET
def fact(request: OfficeRequest, brief_id: UUID, fact_id: str) -> HttpResponse:
    """The rows behind one fact, as they were counted."""
    brief = _brief(request, brief_id)
    found = queries.shown_facts(request.actor, brief).get(fact_id)
    if found is None:
        raise Http404
    text = request.GET.get("start", "")
    start = int(text) if text.isdigit() and len(text) < 8 else 0
    rows, following = queries.rows_of(request.actor, brief, found.rows, start)
    context = {
        "brief": brief,
        "fact": found.fact,
        "rows": rows,
        "start": start,
        "following": following,
        "note": queries.note_of(request.actor, brief, found.fact),
    }
    return render(request, "briefs/fact.html", context)


@right_required("brief")
@require_http_methods(["GET", "POST"])
def paragraph(request: OfficeRequest, brief_id: UUID, number: int) -> HttpResponse:
    """Re-word one paragraph; what no fact states is refused, and what was typed stays."""
    brief = _brief(request, brief_id, writing=True)
    if number >= len(brief.paragraphs):
        raise Http404
    kept = paragraphs_of(brief)[number]
    initial = {"text": "".join(run.text for run in kept.runs)}
    form = ParagraphForm(request.POST or None, initial=initial)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        _found, findings = actions.faults_of(request.actor, brief, number, " ".join(text.split()))
        faults = [tell(finding.why) for finding in findings]
        if not faults:
            _edit(request, brief, number, text)
            return redirect(f"{reverse('briefs:show', args=[brief.pk])}#p{number}")
        form.add_error("text", " ".join(faults))
    context = {
        "brief": brief,
        "paragraph": kept,
        "number": number,
        "form": form,
        "facts": [each for each in citable(brief, number) if each.label or each.value],
    }
    return render(request, "briefs/paragraph.html", context, status=422 if form.errors else 200)


def _edit(request: OfficeRequest, brief: Brief, number: int, text: str) -> None:
    do(
        request,
        actions.edit_paragraph,
        brief=brief,
        version=_version(request, brief.version),
        number=number,
        text=text,
    )
    messages.success(request, _("段落已保存。"))


@right_required("brief")
@require_http_methods(["GET", "POST"])
def line(request: OfficeRequest, brief_id: UUID, line_id: UUID) -> HttpResponse:
    """What a line still lacks: a gap or an achievement, or its leader's sentence that none is."""
    brief = _brief(request, brief_id, writing=True)
    row = queries.line_for(request.actor, request.today, line_id)
    if row is None or row.plan_id != brief.plan_id:
        raise Http404
    said = queries.no_gap_of(request.actor, row)
    posted = request.POST if request.method == "POST" else None
    none_said = posted is not None and "no_gap" in posted
    note = NoteForm(posted if posted is not None and not none_said else None)
    sentence = {"text": said.text if said else f"{actions.NO_GAP}。"}
    no_gap = NoGapForm(posted if none_said else None, initial=sentence)
    form = no_gap if none_said else note
    if posted is not None and form.is_valid():
        try:
            _add(request, row, form, said.version if said else None)
            written = _drafted(request, brief.plan, key=f"{posted.get('key', '')}-draft")
            return redirect("briefs:show", written.id)
        except Refused as refused:
            form.add_error("text", tell(refused.why))
    context = {
        "brief": brief,
        "line": row,
        "said": said,
        "note": note,
        "no_gap": no_gap,
        "is_leader": row.leader_post_id in request.actor.post_ids,
        "closed": row.plan.state == Plan.State.CLOSED,
    }
    return render(request, "briefs/line.html", context, status=422 if form.errors else 200)


def _add(request: OfficeRequest, row: WorkLine, form: Any, version: int | None) -> None:  # noqa: ANN401
    facts: dict[str, Any] = {
        "actor": request.actor,
        "today": request.today,
        "key": request.POST.get("key", ""),
    }
    text = form.cleaned_data["text"]
    if isinstance(form, NoGapForm):
        actions.say_no_gap(
            **facts, line=row, text=text, version=_version(request, version) if version else None
        )
    else:
        kind = form.cleaned_data["kind"]
        goals.add_note(**facts, plan=row.plan, line=row, kind=kind, text=text)


@right_required("brief")
@require_POST
def finish(request: OfficeRequest, brief_id: UUID) -> HttpResponse:
    """定稿: the text becomes a document."""
    brief = _brief(request, brief_id, writing=True)
    do(
        request,
        actions.finish,
        now=timezone.now(),
        brief=brief,
        version=_version(request, brief.version),
    )
    messages.success(request, _("已定稿，并作为新材料送读取。"))
    return redirect("briefs:show", brief.pk)


@reader_required
@require_GET
def docx(request: OfficeRequest, brief_id: UUID) -> HttpResponse:
    """The text as a docx file in the layout of official papers."""
    brief = _brief(request, brief_id)
    name = f"{brief.title}.docx"
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    headers = {"Content-Disposition": disposition}
    return HttpResponse(paper_in_child(brief), content_type=DOCX, headers=headers)


def _brief(request: OfficeRequest, brief_id: UUID, *, writing: bool = False) -> Brief:
    brief = queries.brief_for(request.actor, request.today, brief_id)
    if brief is None:
        raise Http404
    if writing and not queries.may_write(request.actor, brief.unit.path):
        raise Http404
    return brief


def _version(request: OfficeRequest, known: int) -> int:
    sent = version_sent(request)
    return known if sent is None else sent
