"""Pages of visits and watched items: the register, a new note, one note, the next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.files.actions import note_marking
from luoshi.ledger.models import Task
from luoshi.ledger.queries import blockers_of, task_for
from luoshi.ledger.queries.choosing import unit_choices
from luoshi.org.queries import as_person
from luoshi.supervision import actions, queries, visit_forms
from luoshi.supervision.models import Watch
from luoshi.supervision.queries import LeaderPost
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.lists import page_of
from luoshi.ui.sentences import tell

Choice = tuple[str, str]


@actor_required
@require_GET
def listing(request: OfficeRequest) -> HttpResponse:
    """The register: a leader's own visits with what they loosened; the town's for the office."""
    actor, today = request.actor, request.today
    mine = [one for one in queries.leader_posts(actor, today) if one.post.pk in actor.post_ids]
    if not actor.roles & {"leader", "town_office", "auditor"}:
        raise PermissionDenied
    page = page_of(
        queries.visits(actor, today),
        ("-visited_on", "-noted_at", "-id"),
        request.GET.get("after", ""),
    )
    context = {
        "page": page,
        "rows": queries.told(actor, page.rows),
        "told": queries.figure(actor, [one.post.pk for one in mine], today.year) if mine else None,
        "may": bool(actor.roles & {"leader", "town_office"}),
        "own": bool(mine),
    }
    return render(request, "supervision/visits.html", context)


@actor_required
@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """A note of a visit: of an item (`?task=`), of a place (`?unit=`), or of where one was."""
    actor, today = request.actor, request.today
    posts = queries.leader_posts(actor, today)
    leader = _leader(request, posts)
    named = bool(request.GET.get("post", "")) or leader.post.pk in actor.post_ids
    items, place = _offered(request, leader, named=named)
    form = visit_forms.VisitForm(
        request.POST or None,
        posts=_post_choices(posts, leader if named else None),
        items=items,
        units=unit_choices(actor, today, leader.town),
        initial={
            "visited_on": today,
            "place": place,
            "items": [key for key, _name in items] if place else [],
            "post": str(leader.post.pk),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            note = form.note(leader.post.pk)
            made = do(request, actions.note_visit, now=timezone.now(), note=note)
        except Refused as refused:
            _refused(request, form, refused, leader)
        else:
            kept = made.facts.get("promise")
            told = _("已记下，答应的事已列入台账并交办。") if kept else _("已记下。")
            messages.success(request, told)
            return redirect("supervision:visit", made.id)
    context = {"form": form, "leader": leader, "named": named}
    return render(
        request, "supervision/new_visit.html", context, status=422 if form.errors else 200
    )


FIELDS = {
    "visiting.future": "visited_on",
    "visiting.too_old": "visited_on",
    "visiting.post_not_held": "visited_on",
    "visiting.held_by_other": "visited_on",
    "visiting.no_place": "place",
    "visiting.nothing_seen": "seen",
    "visiting.promise_nothing": "promised",
    "visiting.promise_alone": "promise_unit",
    "visiting.caution": "promise_on",
    "promise.passed": "promise_on",
    "promise.day_off": "promise_on",
    "watching.no_step": "step",
    "watching.passed": "step_on",
}


def _refused(request: OfficeRequest, form: Form, refused: Refused, leader: LeaderPost) -> None:
    """Show a refusal at its field; a marked text is journalled by its kind and not sent back."""
    if refused.why.code == "visiting.marked":
        mark = str(refused.why.params["marking"])
        note_marking(actor=request.actor, today=request.today, unit_id=leader.town.pk, marking=mark)
        form.data = form.data.copy()  # type: ignore[attr-defined]
        for name in ("seen", "place", "promised", "step"):
            if name in form.fields:
                form.data[name] = ""  # type: ignore[index]
    place = FIELDS.get(refused.why.code)
    form.add_error(place if place in form.fields else None, tell(refused.why))


def _leader(request: OfficeRequest, posts: Sequence[LeaderPost]) -> LeaderPost:
    """Whose visit or list it is: the post of the address, one's own, or the office's first."""
    if not posts:
        raise PermissionDenied
    asked = request.GET.get("post", "")
    if asked:
        found = next((one for one in posts if str(one.post.pk) == asked), None)
        if found is None:
            raise Http404
        return found
    own = (one for one in posts if one.post.pk in request.actor.post_ids)
    return next(own, posts[0])


def _post_choices(posts: Sequence[LeaderPost], only: LeaderPost | None) -> list[Choice]:
    return [(str(one.post.pk), one.label) for one in posts if only is None or one == only]


def _offered(
    request: OfficeRequest, leader: LeaderPost, *, named: bool
) -> tuple[list[Choice], str]:
    """What the note may be tied to, and the place that the address names.

    `named`: whose visit it is, is known; else the needs of no leader are offered.
    """
    actor, today = request.actor, request.today
    key = request.GET.get("task", "")
    if key:
        task = _task(request, _uuid(key))
        choices = [
            (f"blocker:{one.row.pk}", f"{_('堵点')} {one.row.text}")
            for one in blockers_of(actor, today, task)
        ]
        return choices or [(f"task:{task.pk}", task.title)], task.unit.short_name
    if leader.person is None or not named:
        return [], ""
    found = queries.needs(_eyes(actor, leader, today), today)
    unit = request.GET.get("unit", "")
    if unit:
        found = [one for one in found if str(one.unit.pk) == unit]
    choices = [
        (need.key, f"{place.unit.short_name} {need.task.title}")
        for place in found
        for need in place.needs
    ]
    return choices, found[0].unit.short_name if unit and found else ""


def _eyes(actor: Actor, leader: LeaderPost, today: date) -> Actor:
    """The leader as the access law sees him; the actor writes for that post."""
    if leader.post.pk in actor.post_ids or leader.person is None:
        return actor
    return as_person(actor, leader.person, today)


@actor_required
@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, visit_id: UUID) -> HttpResponse:
    """One note: what was seen, what it was about, what became of it; its words can be mended."""
    actor, today = request.actor, request.today
    row = queries.visit_for(actor, today, visit_id)
    if row is None:
        raise Http404
    leader = queries.leader_post(actor, today, row.post_id)
    if leader is None and request.method == "POST":
        raise PermissionDenied
    stands = {"place": row.place, "seen": row.seen}
    form = visit_forms.WordsForm(request.POST or None, initial=stands)
    if leader and request.method == "POST" and form.is_valid():
        try:
            do(
                request,
                actions.edit_visit,
                now=timezone.now(),
                visit=row,
                version=version_sent(request),
                **form.cleaned_data,
            )
        except Refused as refused:
            _refused(request, form, refused, leader)
        else:
            messages.success(request, _("已保存。"))
            return redirect("supervision:visit", row.pk)
    told = queries.told(actor, [row])[0]
    promise = task_for(actor, today, row.promise_id) if row.promise_id else None
    context = {"told": told, "row": row, "form": form, "may": leader, "promise": promise}
    return render(request, "supervision/visit.html", context, status=422 if form.errors else 200)


@actor_required
@require_http_methods(["GET", "POST"])
def watch(request: OfficeRequest, task_id: UUID) -> HttpResponse:
    """The next step of an item that a leader watches, and its day; or the end of watching it."""
    actor, today = request.actor, request.today
    task = _task(request, task_id)
    posts = queries.leader_posts(actor, today)
    leader = _leader(request, posts)
    row = _watched(actor, leader, task)
    named = bool(request.GET.get("post", "")) or leader.post.pk in actor.post_ids
    form = visit_forms.WatchForm(
        request.POST or None,
        posts=_post_choices(posts, leader if named else None),
        initial={"post": str(leader.post.pk)}
        | ({"step": row.step, "step_on": row.step_on} if row else {}),
    )
    ends = request.POST.get("go") == "end"
    if request.method == "POST" and (ends or form.is_valid()):
        try:
            if ends:
                _end(request, row)
            else:
                _set(request, task, form, leader)
        except Refused as refused:
            _refused(request, form, refused, leader)
        else:
            messages.success(request, _("已不再盯办。") if ends else _("已列入盯办清单。"))
            return redirect(_next(request) or "home:watch")
    context = {
        "form": form, "task": task, "row": row, "leader": leader, "named": named,
        "next": _next(request),
    }  # fmt: skip
    return render(request, "supervision/watch.html", context, status=422 if form.errors else 200)


def _watched(actor: Actor, leader: LeaderPost, task: Task) -> Watch | None:
    held = queries.watches_of(actor, [leader.post.pk])
    return next((one for one in held if one.task_id == task.pk), None)


def _end(request: OfficeRequest, row: Watch | None) -> None:
    if row is None:
        raise Http404
    do(request, actions.end_watch, now=timezone.now(), watch=row, version=version_sent(request))


def _set(
    request: OfficeRequest, task: Task, form: visit_forms.WatchForm, leader: LeaderPost
) -> None:
    data = form.cleaned_data
    post = UUID(data["post"]) if data.get("post") else leader.post.pk
    facts: dict[str, Any] = {"task": task, "step": data["step"], "step_on": data["step_on"]}
    version = version_sent(request) if post == leader.post.pk else None
    do(request, actions.watch, now=timezone.now(), post_id=post, version=version, **facts)


def _next(request: OfficeRequest) -> str:
    """Back to where the person came from, if that is a page of ours."""
    there = request.POST.get("next", "") or request.GET.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else ""


def _task(request: OfficeRequest, task_id: UUID | None) -> Task:
    task = task_for(request.actor, request.today, task_id) if task_id else None
    if task is None:
        raise Http404
    return task


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
