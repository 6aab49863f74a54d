"""代录: a pasted chat becomes reports; what was typed for me waits for my word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.domain.base import Refused
from luoshi.domain.intake import Holder, Matched, OpenItem, Roster, match_chat
from luoshi.files import actions as files
from luoshi.ledger.models import ProgressReport
from luoshi.org.models import Unit
from luoshi.org.queries import town_of
from luoshi.supervision import actions, forms, queries
from luoshi.ui.guard import OfficeRequest, actor_required, do
from luoshi.ui.sentences import tell

CHANNELS = (
    ProgressReport.Channel.WECHAT, ProgressReport.Channel.PHONE, ProgressReport.Channel.MEETING,
    ProgressReport.Channel.PAPER, ProgressReport.Channel.ON_SITE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowShown:
    """One line of the preview: what the law made of it, and what the office says instead."""

    line: Matched
    on: bool
    item: str
    person: str
    progress: str
    done: bool
    items: Sequence[OpenItem]
    people: Sequence[Holder]


@actor_required
@require_http_methods(["GET", "POST"])
def chat(request: OfficeRequest) -> HttpResponse:
    """Paste, look at what was understood, confirm: one act makes all reports."""
    actor, today = request.actor, request.today
    town = town_of(actor)
    if town is None or not queries.may_relay(actor):
        raise PermissionDenied
    form = forms.ChatForm(request.POST or None, initial={"channel": "wechat"})
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        if refusal := _marked(request, town, form.cleaned_data["text"]):
            form.add_error("text", refusal)
        else:
            roster = queries.roster_of(actor, today, town)
            lines = match_chat(
                form.cleaned_data["text"], roster, queries.open_items(actor, today, roster)
            )
            return _read(request, form, lines, roster)
    status = 422 if form.errors else 200
    return render(request, "supervision/chat.html", context, status=status)


def _marked(request: OfficeRequest, town: Unit, text: str) -> str:
    """Why the gate refuses the text; "" where it passes. A refused text is not kept."""
    told: dict[str, Any] = {"actor": request.actor, "today": request.today}
    try:
        files.screen_text(**told, unit_id=town.pk, text=text)
    except Refused as refused:
        return tell(refused.why)
    return ""


def _read(
    request: OfficeRequest, form: forms.ChatForm, lines: Sequence[Matched], roster: Roster
) -> HttpResponse:
    """The preview; written where the office has confirmed it."""
    writes = request.POST.get("step") == "write"
    told = [line for line in lines if line.kind != "none"]
    rows = [_row(request.POST if writes else {}, line, roster) for line in told[: actions.MOST]]
    refusal = ""
    if writes:
        try:
            made = do(
                request,
                actions.relay,
                now=timezone.now(),
                lines=_chosen(rows),
                channel=form.cleaned_data["channel"],
            )
            messages.success(request, _("已代录%(n)s条进展，并请本人确认。") % made.facts)
            return redirect("supervision:chat")
        except Refused as refused:
            refusal = tell(refused.why)
    context = {
        "form": form,
        "rows": rows,
        "refusal": refusal,
        "sure": sum(line.kind == "sure" for line in told),
        "asks": sum(line.kind == "ask" for line in told),
        "talk": [line for line in lines if line.kind == "none" and line.text.strip()],
        "more": max(0, len(told) - actions.MOST),
        "units": {place.id: place.short_name for place in roster.places},
    }
    return render(request, "supervision/chat.html", context, status=422 if refusal else 200)


def _row(sent: Mapping[str, Any], line: Matched, roster: Roster) -> RowShown:
    """A line as understood, or as the office sent it back."""
    del roster
    name = f"n{line.number}-"
    items = [line.item] if line.item and not line.choices else list(line.choices)
    people = [line.holder] if line.holder else list(line.people)
    percent = "" if line.progress is None else f"{line.progress / 100:g}"
    if not sent:
        return RowShown(
            line,
            line.kind == "sure",
            str(line.item.id) if line.item else "",
            str(line.holder.person_id) if line.holder else "",
            percent,
            line.done,
            items,
            people,
        )
    return RowShown(
        line,
        f"{name}on" in sent,
        str(sent.get(f"{name}item", "")),
        str(sent.get(f"{name}person", "")),
        str(sent.get(f"{name}progress", "")).strip().rstrip("%％"),
        f"{name}done" in sent,
        items,
        people,
    )


def _chosen(rows: Sequence[RowShown]) -> list[actions.Relayed]:
    """What was ticked, held against what was offered; what is not clear names its line."""
    return [_relayed(row) for row in rows if row.on]


def _relayed(row: RowShown) -> actions.Relayed:
    item = next((one.id for one in row.items if str(one.id) == row.item), None)
    person = next((o.person_id for o in row.people if str(o.person_id) == row.person), None)
    if item is None or person is None:
        raise Refused(forms.unclear_line(row.line.number))
    return actions.Relayed(
        number=row.line.number,
        task_id=item,
        person_id=person,
        text=row.line.said or row.line.text,
        progress=forms.percent(row.progress, row.line.number),
        done=row.done,
    )


@actor_required
@require_GET
def said(request: OfficeRequest) -> HttpResponse:
    """What the office typed in my name: right, or not."""
    found = queries.typed_for(request.actor, request.today)
    return render(request, "supervision/said.html", {"reports": found})


@actor_required
@require_POST
def confirm(request: OfficeRequest, report_id: UUID) -> HttpResponse:
    """One tap: it is so. With a word: it is not."""
    report = queries.typed_report(request.actor, request.today, report_id)
    if report is None:
        raise Http404
    agrees = request.POST.get("agrees") == "1"
    note = request.POST.get("note", "")
    do(request, actions.confirm, now=timezone.now(), report=report, agrees=agrees, note=note)
    done = _("已确认。") if agrees else _("已转告党政办更正。")
    messages.success(request, done)
    return redirect("supervision:said")
