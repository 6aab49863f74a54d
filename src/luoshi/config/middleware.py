"""One place gives every request its actor and its today; another turns refusals into pages."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from uuid6 import uuid7

from luoshi.burden import actions as burden
from luoshi.burden.registry import FormSpec, forms
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import request_id
from luoshi.org import delegated
from luoshi.org import queries as org
from luoshi.store.rows import Editable, Stale
from luoshi.ui.sentences import tell

STANDS_IN = "stands_in"
"""Where a session keeps under which delegation its person acts (`org.views.delegating`)."""

log = logging.getLogger("luoshi.burden")
Answer = Callable[[HttpRequest], HttpResponse]


def today() -> date:
    """The office's date; in demonstration mode the day it stands at."""
    return settings.LUOSHI_TODAY or timezone.now().astimezone(ZoneInfo("Asia/Shanghai")).date()


class ActorMiddleware:
    """Give the request `today`, `actor` (None for a stranger) and an id for logs and journal."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Build the actor once; rights end at once because they are read on every request."""
        request.today = today()  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        token = request_id.set(uuid7().hex)
        try:
            if request.user.is_authenticated:
                request.actor = _actor(request)  # type: ignore[attr-defined]
            return self.get_response(request)
        finally:
            request_id.reset(token)


def _actor(request: HttpRequest) -> Actor:
    """Who acts: the person, or the person in whose name the session says that he acts (委托).

    A delegation that has ended is dropped here and told; a form sent under it is not carried out
    under the person's own rights.
    """
    account, today_ = request.user, request.today  # type: ignore[attr-defined]
    asked = request.session.get(STANDS_IN)
    if asked is None:
        return org.actor_for(account, today_)  # type: ignore[arg-type]
    actor = delegated.standing_in(account, today_, UUID(asked))  # type: ignore[arg-type]
    if actor is not None:
        return actor
    del request.session[STANDS_IN]
    messages.warning(request, tell(say("delegating.over")))
    if request.method == "POST":
        return Actor(account.pk, None, account.jurisdiction)  # type: ignore[union-attr]
    return org.actor_for(account, today_)  # type: ignore[arg-type]


class AnswersMiddleware:
    """A law's refusal and a stale save become pages that say what happened and what was kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 409 with both values to a stale save, and say a refusal where the person was."""
        if isinstance(error, Stale):
            rows = [
                (_label(error.row, name), value, error.current[name])
                for name, value in error.tried.items()
                if error.current[name] != value
            ]
            context = {"rows": rows, "back": _back(request)}
            return render(request, "ui/conflict.html", context, status=409)
        if isinstance(error, Refused):
            request.refused = True  # type: ignore[attr-defined]
            sentence = tell(error.why)
            if request.method == "POST" and not request.htmx:  # type: ignore[attr-defined]
                messages.error(request, sentence)
                return redirect(_back(request))
            return render(request, "ui/refused.html", {"sentence": sentence}, status=422)
        return None


class TimingMiddleware:
    """What a form that went through took is counted, with nobody's name (room burden)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at forms that were accepted: the answer leads on, and nothing was refused."""
        answer = self.get_response(request)
        accepted = answer.status_code == 302 and not getattr(request, "refused", False)
        if request.method == "POST" and accepted and request.actor is not None:  # type: ignore[attr-defined]
            self._count(request)
        return answer

    def _count(self, request: HttpRequest) -> None:
        """Filled fields are counted here, not believed; a failure is logged and keeps no one."""
        spec = forms().get(request.POST.get("asked", ""))
        if spec is None or not request.POST.get("asked_seconds"):
            return
        try:
            burden.note_timing(
                actor=Actor.system(request.actor.jurisdiction_id),  # type: ignore[attr-defined]
                today=request.today,  # type: ignore[attr-defined]
                form=spec.key,
                fields=_filled(request, spec),
                seconds=request.POST["asked_seconds"],
            )
        except Refused:
            return
        except DatabaseError:
            log.warning("a timing of %s was not counted", spec.key, exc_info=True)


def _filled(request: HttpRequest, spec: FormSpec) -> int:
    """How many of the form's fields carry something; a press of one button is one."""
    if spec.counts:
        try:
            return max(1, len(json.loads(request.POST.get(spec.counts, "[]"))))
        except (ValueError, TypeError):
            return 1
    names = (*spec.asks, *spec.may)
    told = sum(
        bool(value.strip())
        for name in request.POST
        for value in request.POST.getlist(name)
        if name in names or name.rpartition("-")[0] in names  # answer-0, answer-1, …
    )
    return max(1, told + sum(name in request.FILES for name in names))


def _label(row: Editable, name: str) -> str:
    """A field's name as the office writes it."""
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def _back(request: HttpRequest) -> str:
    """The page the person came from, if it is ours."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return referer
    return "/"
