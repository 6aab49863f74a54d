"""The demonstration's role switcher: exists only where LUOSHI_DEMO is set."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from luoshi.config.demo_cast import FIRST
from luoshi.domain.access import Actor
from luoshi.org import actions as org
from luoshi.org.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInMiddleware:
    """Sign a visitor of the demonstration in as the town office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Only strangers are signed in; a role chosen before stays."""
        if not request.user.is_authenticated and not request.path.startswith("/static/"):
            account = Account.objects.filter(login=FIRST, is_demo=True).first()
            if account is not None:
                login(request, account, backend=BACKEND)
        return self.get_response(request)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Play another person of the demonstration; journalled."""
    account = Account.objects.filter(login=request.POST.get("login", ""), is_demo=True).first()
    if not settings.LUOSHI_DEMO or account is None:
        raise Http404
    org.note_demo_switch(
        actor=Actor.system(account.jurisdiction),
        today=request.today,  # type: ignore[attr-defined]
        account_id=account.pk,
    )
    login(request, account, backend=BACKEND)
    return redirect("/")


urlpatterns = [path("switch/", switch, name="demo_switch")]
