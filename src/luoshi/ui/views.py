"""The living style page; the choices of display, in cookies so that the first paint is right."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from luoshi.ui import specimens

CHOICES = {"theme": {"system", "light", "dark"}, "print": {"plain", "large"}}
YEAR = 365 * 24 * 3600


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/style.html", specimens.page())


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}):
        there = "/"
    answer = redirect(there)
    for name, allowed in CHOICES.items():
        value = request.POST.get(name, "")
        if value in allowed:
            answer.set_cookie(
                f"luoshi_{name}",
                value,
                max_age=YEAR,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
    return answer
