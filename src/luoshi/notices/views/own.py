from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.notices import actions, queries
from luoshi.notices.forms import PreferenceForm
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent


@actor_required
def mine(request: OfficeRequest) -> HttpResponse:
    """What I want to be told, and by which way."""
    row = queries.preference_of(request.actor)
    known = set(row.off) if row else set()
    told = {name: name not in known for name in queries.OFFERED}
    form = PreferenceForm(request.POST or None, initial=told | {"email": row.email if row else ""})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        off = [name for name in queries.OFFERED if not data[name]]
        do(request, actions.set_preference, version=version_sent(request) or 0,
           email=data["email"], off=off)  # fmt: skip
        messages.success(request, _("已保存。"))
        return redirect("notices:mine")
    context = {
        "form": form,
        "row": row,
        "told": queries.told_to(request.actor),
        "mail_set": bool(settings.EMAIL_HOST),
        "may_set_up": queries.places_of(request.actor).exists(),
    }
    return render(request, "notices/mine.html", context, status=422 if form.errors else 200)
