"""Pages of bulletins (通报): the list, drafting, the text with its figures, replies, issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
from luoshi.briefs.forms import BulletinForm, ParagraphForm, ReplyForm, ShowForm
from luoshi.briefs.kept import citable, facts_of, paragraphs_of
from luoshi.briefs.models import Bulletin, BulletinReply
from luoshi.briefs.paper import bulletin_pieces
from luoshi.briefs.views.writing import DOCX, Piece, Shown
from luoshi.domain.base import Period, Refused
from luoshi.domain.brief import Fact
from luoshi.office.paper import pieces_in_child
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def listing(request: OfficeRequest) -> HttpResponse:
    """Bulletins in view: those issued, those in work, and those that wait for one's own reply."""
    actor, today = request.actor, request.today
    rows = queries.bulletins(actor, today).defer("paragraphs", "facts")
    context = {
        "page": page_of(rows, ("-written_at", "-id"), request.GET.get("after", "")),
        "asked": queries.asked_of(actor, today),
        "may": queries.town_to_tell(actor) is not None,
    }
    return render(request, "briefs/bulletins.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def draft(request: OfficeRequest) -> HttpResponse:
    """Which period is told of, under which name; a correction names what it puts right."""
    if queries.town_to_tell(request.actor) is None:
        raise PermissionDenied
    corrects = _corrected(request)
    today = request.today
    initial = {"from_on": today.replace(day=1), "to_on": today}
    if corrects is not None:
        initial = {"from_on": corrects.from_on, "to_on": corrects.to_on}
    form = BulletinForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        period = Period(data["from_on"], data["to_on"])
        told = {"kind": data["kind"], "period": period, "corrects": corrects}
        try:
            made = do(request, actions.draft_bulletin, now=timezone.now(), **told)
            return redirect("briefs:bulletin", made.id)
        except Refused as refused:
            form.add_error("to_on", tell(refused.why))
    context = {"form": form, "corrects": corrects}
    status = 422 if form.errors else 200
    return render(request, "briefs/bulletin_new.html", context, status=status)


def _corrected(request: OfficeRequest) -> Bulletin | None:
    text = request.GET.get("corrects", "")
    if not text:
        return None
    try:
        key = UUID(text)
    except ValueError:
        raise Http404 from None
    return _found(request, key)


@actor_required
@require_GET
def show(request: OfficeRequest, bulletin_id: UUID) -> HttpResponse:
    """The text, each figure a link to its rows; the replies, and what is to be done next."""
    row = _found(request, bulletin_id)
    page = queries.bulletin_page(request.actor, request.today, row)
    context = {
        "row": row,
        "page": page,
        "may_correct": _own(request, row),
        "paragraphs": _shown(row),
        "written_by": page.names.get(row.written_by_id, ""),
        "approved_by": page.names.get(row.approved_by_id, ""),
        "replies": [(one, page.names.get(one.replied_by_id, "")) for one in page.replies],
        "show_form": ShowForm(initial={"days": 3}),
        "reply_form": ReplyForm(initial={"text": page.mine.text if page.mine else ""}),
    }
    return render(request, "briefs/bulletin.html", context)


def _shown(row: Bulletin) -> Sequence[Shown]:
    facts = facts_of(row)
    return [
        Shown(
            number,
            paragraph.style,
            paragraph.mark,
            [
                Piece(run.text, _address(row, facts, run.fact_id), missing=False)
                for run in paragraph.runs
            ],
            edited=False,
        )
        for number, paragraph in enumerate(paragraphs_of(row))
    ]


def _address(row: Bulletin, facts: Mapping[str, Fact], key: str | None) -> str:
    """Where the rows behind a figure are seen; a name or a date proves itself."""
    fact = facts.get(key or "")
    if fact is None or fact.kind not in {"count", "passage"}:
        return ""
    return reverse("briefs:figure", args=[row.pk, fact.id])


@actor_required
@require_GET
def figure(request: OfficeRequest, bulletin_id: UUID, fact_id: str) -> HttpResponse:
    """The items behind one figure; a unit is shown its own."""
    row = _found(request, bulletin_id)
    data = next((one for one in row.facts if one["id"] == fact_id), None)
    if data is None or not data["rows"]:
        raise Http404
    text = request.GET.get("start", "")
    start = int(text) if text.isdigit() and len(text) < 8 else 0
    rows, following = queries.rows_told(request.actor, request.today, row, data["rows"], start)
    context = {
        "row": row,
        "fact": facts_of(row)[fact_id],
        "rows": rows,
        "start": start,
        "following": following,
        "all": len(data["rows"]),
    }
    return render(request, "briefs/figure.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def paragraph(request: OfficeRequest, bulletin_id: UUID, number: int) -> HttpResponse:
    """Re-word one paragraph; what no fact states is refused, and what was typed stays."""
    row = _found(request, bulletin_id)
    if not _own(request, row) or number >= len(row.paragraphs):
        raise Http404
    kept = paragraphs_of(row)[number]
    form = ParagraphForm(
        request.POST or None, initial={"text": "".join(run.text for run in kept.runs)}
    )
    if request.method == "POST" and form.is_valid():
        told = {"bulletin": row, "number": number, "version": version_sent(request)}
        try:
            do(request, actions.edit_bulletin, **told, text=form.cleaned_data["text"])
            messages.success(request, _("段落已保存。"))
            return redirect(f"{reverse('briefs:bulletin', args=[row.pk])}#p{number}")
        except Refused as refused:
            form.add_error("text", tell(refused.why))
    facts = [each for each in citable(row, number) if each.label or each.value]
    context = {"row": row, "number": number, "form": form, "facts": facts}
    status = 422 if form.errors else 200
    return render(request, "briefs/bulletin_paragraph.html", context, status=status)


@actor_required
@require_POST
def circulate(request: OfficeRequest, bulletin_id: UUID) -> HttpResponse:
    """征求意见."""
    row = _found(request, bulletin_id)
    form = ShowForm(request.POST)
    days = form.cleaned_data["days"] if form.is_valid() else 0
    sent = version_sent(request)
    do(request, actions.show_bulletin, now=timezone.now(), bulletin=row, days=days, version=sent)
    messages.success(request, _("已送被通报单位征求意见。"))
    return redirect("briefs:bulletin", row.pk)


@actor_required
@require_POST
def reply(request: OfficeRequest, bulletin_id: UUID) -> HttpResponse:
    """答复."""
    row = _found(request, bulletin_id)
    text = request.POST.get("text", "")[:500]
    do(request, actions.reply_bulletin, now=timezone.now(), bulletin=row, text=text)
    messages.success(request, _("答复已保存，印发前都可修改。"))
    return redirect("briefs:bulletin", row.pk)


@actor_required
@require_POST
def settle(request: OfficeRequest, reply_id: UUID) -> HttpResponse:
    """处理答复: printed, or taken up."""
    rows = BulletinReply.objects.select_related("bulletin__unit")
    found = rows.filter(pk=reply_id, jurisdiction=request.actor.jurisdiction_id).first()
    if found is None:
        raise Http404
    row = _found(request, found.bulletin_id)
    outcome = request.POST.get("outcome", "")
    if outcome not in BulletinReply.Outcome.values:
        outcome = BulletinReply.Outcome.PRINTED
    told = {"reply": found, "outcome": outcome, "version": version_sent(request)}
    do(request, actions.settle_reply, now=timezone.now(), **told)
    messages.success(request, _("答复已处理。"))
    return redirect("briefs:bulletin", row.pk)


@actor_required
@require_POST
def issue(request: OfficeRequest, bulletin_id: UUID) -> HttpResponse:
    """签发."""
    row = _found(request, bulletin_id)
    sent = version_sent(request)
    made = do(request, actions.issue_bulletin, now=timezone.now(), bulletin=row, version=sent)
    messages.success(request, _("已签发 %(serial)s。") % {"serial": made.facts["serial"]})
    return redirect("briefs:bulletin", row.pk)


@actor_required
@require_GET
def docx(request: OfficeRequest, bulletin_id: UUID) -> HttpResponse:
    """The bulletin in the layout of official papers, with the replies that are printed."""
    row = _found(request, bulletin_id)
    page = queries.bulletin_page(request.actor, request.today, row)
    printed = [
        (one.unit.name, one.text)
        for one in page.replies
        if one.outcome == BulletinReply.Outcome.PRINTED
    ]
    texts = [(one.style, one.text) for one in paragraphs_of(row)]
    pieces = bulletin_pieces(row.serial or _("（未印发）"), texts, printed)
    dated: date = row.issued_on or row.as_of
    data = pieces_in_child(row.title, pieces, row.unit.name, dated)
    name = f"{row.serial} {row.title}.docx".strip()
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(data, content_type=DOCX, headers={"Content-Disposition": disposition})


def _found(request: OfficeRequest, bulletin_id: UUID) -> Bulletin:
    row = queries.bulletin_for(request.actor, request.today, bulletin_id)
    if row is None:
        raise Http404
    return row


def _own(request: OfficeRequest, row: Bulletin) -> bool:
    town = queries.town_to_tell(request.actor)
    return town is not None and town.pk == row.unit_id
