"""A person's telephone number: masked; seen with a reason; changed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.domain.personal import masked
from luoshi.org import actions, queries
from luoshi.org.models import Person
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent


def _person(request: OfficeRequest, person_id: UUID) -> Person:
    person = queries.person_for(request.actor, request.today, person_id)
    if person is None:
        raise Http404
    return person


def _page(request: OfficeRequest, person: Person, shown: str) -> HttpResponse:
    own = person.pk == request.actor.person_id and request.actor.delegated_by is None
    context = {
        "person": person,
        "phone": shown,
        "is_masked": shown != person.phone,
        "may_change": own or request.actor.has("appoint"),
    }
    answer = render(request, "org/person.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


@actor_required
def person(request: OfficeRequest, person_id: UUID) -> HttpResponse:
    found = _person(request, person_id)
    return _page(request, found, masked(found.phone))


@actor_required
@require_POST
def see_phone(request: OfficeRequest, person_id: UUID) -> HttpResponse:
    """Show the number once; the reason stands in the journal before it is shown."""
    found = _person(request, person_id)
    reason = request.POST.get("reason", "")
    do(request, actions.see_phone, person_id=found.pk, reason=reason)
    return _page(request, found, found.phone)


@actor_required
@require_POST
def change_phone(request: OfficeRequest, person_id: UUID) -> HttpResponse:
    found = _person(request, person_id)
    phone = request.POST.get("phone", "")[:20]
    version = version_sent(request) or 0
    do(request, actions.change_phone, person_id=found.pk, version=version, phone=phone)
    messages.success(request, _("已保存。"))
    return redirect("org:person", found.pk)
