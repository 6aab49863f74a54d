"""A desk to try the frame's scripts on: one kept form, one phone report, beside the product's pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from luoshi.config.urls import urlpatterns as product
from luoshi.ui.guard import actor_required

received: list[dict[str, str]] = []

PAGE = """{% extends "ui/base.html" %}{% block title %}desk{% endblock %}{% block content %}
<form method="post" {{ kind }}>{% csrf_token %}{% form_guard %}
<label for="text">text</label><textarea id="text" name="text" class="in"></textarea>
<button class="btn p" name="act" value="send">send</button></form><span data-outbox-count hidden></span>
{% endblock %}"""


@actor_required
def desk(request: HttpRequest, kind: str) -> HttpResponse:
    if request.method == "POST":
        received.append({name: request.POST[name] for name in ("text", "key", "act")})
        if request.POST["text"] == "refuse":
            messages.error(request, "原因在此")
        else:
            messages.success(request, "已收到")
        return redirect(request.path)
    return HttpResponse(engines["django"].from_string(PAGE).render({"kind": kind}, request))


urlpatterns = [
    *product,
    path("desk/keep/", desk, {"kind": "data-keep=desk"}),
    path("desk/outbox/", desk, {"kind": "data-outbox"}),
]
