"""What a view asks before it starts, and how it calls an action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from luoshi.domain.access import Actor, Right


class OfficeRequest(HttpRequest):
    """A request as the middleware hands it to views: with its actor, its today, and htmx's word.

    Only a name for the type checker: behind `actor_required` there is an actor.
    """

    actor: Actor
    today: date
    htmx: HtmxDetails


P = ParamSpec("P")
Answer = TypeVar("Answer")
View = Callable[Concatenate[Any, P], HttpResponseBase]


def actor_required(view: View[P]) -> View[P]:
    """A view for the signed-in only; a stranger goes to sign-in, and comes back where he was.

    After a form sent with an expired session the person returns to the page of the form (its
    address is the referer), where `keep.js` has what was typed. htmx is told to go there whole.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            return view(request, *args, **kwargs)
        answer = redirect_to_login(_return_to(request))
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=401, headers={"HX-Redirect": answer.url})
        return answer

    return guarded


def right_required(right: Right) -> Callable[[View[P]], View[P]]:
    """A view for those whose posts give the right somewhere; others get the 403 page."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.has(right):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return actor_required(guarded)

    return decorate


def upload_too_large(request: HttpRequest) -> HttpResponse | None:
    """The 413 page when the upload was cut off at the limit, else None.

    Ask first thing in an upload view: `if answer := upload_too_large(request): return answer`.
    """
    _ = request.FILES  # reading the request is what counts the bytes
    if not request.META.get("LUOSHI_UPLOAD_TOO_LARGE"):
        return None
    limit = settings.UPLOAD_LIMIT // (1024 * 1024)
    return render(request, "ui/too_large.html", {"limit": limit}, status=413)


def _return_to(request: HttpRequest) -> str:
    """The page to come back to: this one, or the page of the form that was sent."""
    if request.method in {"GET", "HEAD"} and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return "/"


def version_sent(request: HttpRequest) -> int | None:
    """The version that a form was rendered with; None where the form names none that can be one."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def do(request: HttpRequest, action: Callable[..., Answer], **facts: Any) -> Answer:  # noqa: ANN401
    """Call an action as the person who sent the form, once for the form's key.

    Any of `actor`, `today` and `key` may be given among the facts instead.
    """
    told = {
        "actor": request.actor,  # type: ignore[attr-defined]
        "today": request.today,  # type: ignore[attr-defined]
        "key": request.POST.get("key", ""),
    }
    return action(**told | facts)
