from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.domain.base import say
from luoshi.domain.reminding import Rhythm
from luoshi.jobs.models import Job
from luoshi.notices import actions, queries
from luoshi.notices.forms import ChangeForm, ChannelForm, LogForm, RuleForm
from luoshi.notices.gateways import gateways
from luoshi.notices.models import Channel, Notice
from luoshi.notices.robots import speak, vendor_of
from luoshi.org.models import Unit
from luoshi.ui.guard import OfficeRequest, actor_required, do, version_sent
from luoshi.ui.sentences import tell


@actor_required
@require_GET
def places(request: OfficeRequest) -> HttpResponse:
    """Whose reminders the actor sets up; one place leads straight to it."""
    found = list(queries.places_of(request.actor))
    if not found:
        return redirect("notices:mine")
    if len(found) == 1:
        return redirect("notices:office", found[0].pk)
    rules = queries.rules_of(request.actor, [unit.pk for unit in found])
    rows = [(unit, rules.get(unit.pk)) for unit in found]
    return render(request, "notices/places.html", {"rows": rows, "usual": Rhythm()})


def _place(request: OfficeRequest, unit_id: UUID) -> Unit:
    unit = queries.place_for(request.actor, unit_id)
    if unit is None:
        raise Http404
    return unit


@actor_required
def office(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    """The hours, levels and robots of a place."""
    unit = _place(request, unit_id)
    rule = queries.rule_for(request.actor, unit)
    usual = Rhythm()
    told: dict[str, Any] = {
        name: getattr(rule or usual, name)
        for name in ("at", "quiet_from", "quiet_until", "head_days", "leader_days")
    }
    told |= {"is_on": rule.is_on if rule else True, "mail": rule.mail if rule else False}
    form = RuleForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        do(request, actions.set_rule, unit_id=unit.pk, version=version_sent(request) or 0,
           rhythm=data["rhythm"], is_on=data["is_on"], mail=data["mail"])  # fmt: skip
        messages.success(request, _("已保存。"))
        return redirect("notices:office", unit.pk)
    return _show(request, unit, form=form, rule=rule)


def _show(request: OfficeRequest, unit: Unit, **more: Any) -> HttpResponse:  # noqa: ANN401
    rule = more.get("rule") or queries.rule_for(request.actor, unit)
    run = queries.last_run(request.actor)
    context = {
        "unit": unit,
        "rule": rule,
        "form": RuleForm(initial=_initial(rule)),
        "channel_form": ChannelForm(),
        "channels": queries.channels_of(request.actor, unit),
        "mail_set": bool(settings.EMAIL_HOST),
        "run": run,
        "going": run is not None and run.finished_at is None and run.state != Job.State.WRITING,
    } | more
    wrong = any(getattr(value, "errors", None) for value in more.values())
    return render(request, "notices/office.html", context, status=422 if wrong else 200)


def _initial(rule: Any) -> dict[str, Any]:  # noqa: ANN401 - a rule or none
    names = ("at", "quiet_from", "quiet_until", "head_days", "leader_days")
    told: dict[str, Any] = {name: getattr(rule or Rhythm(), name) for name in names}
    return told | {"is_on": rule.is_on if rule else True, "mail": rule.mail if rule else False}


@actor_required
@require_POST
def add_channel(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit, form = _place(request, unit_id), ChannelForm(request.POST)
    if not form.is_valid():
        return _show(request, unit, channel_form=form)
    do(request, actions.add_channel, unit_id=unit.pk, **form.cleaned_data)
    messages.success(request, _("已接入，请发一条测试消息。"))
    return redirect("notices:office", unit.pk)


def _channel(request: OfficeRequest, channel_id: UUID) -> Channel:
    row = queries.channel_for(request.actor, channel_id)
    if row is None:
        raise Http404
    return row


@actor_required
def channel(request: OfficeRequest, channel_id: UUID) -> HttpResponse:
    """One robot: name, on or off, a new address or secret."""
    row = _channel(request, channel_id)
    form = ChangeForm(request.POST or None, initial={"name": row.name, "is_on": row.is_on})
    if request.method == "POST" and form.is_valid():
        do(request, actions.change_channel, channel_id=row.pk,
           version=version_sent(request) or 0, **form.cleaned_data)  # fmt: skip
        messages.success(request, _("已保存。"))
        return redirect("notices:office", row.unit_id)
    context = {"channel": row, "form": form}
    return render(request, "notices/channel.html", context, status=422 if form.errors else 200)


@actor_required
@require_POST
def test_channel(request: OfficeRequest, channel_id: UUID) -> HttpResponse:
    """Send one test message now, and say what came of it."""
    row = _channel(request, channel_id)
    outcome = speak(
        vendor_of(row), row.address, row.secret, tell(say("notices.text.test"), "zh-hans"),
        timezone.now(), gateways=gateways(), trust=settings.LUOSHI_ROBOT_CA,
    )  # fmt: skip
    told = outcome.told or say("notices.tested")
    do(request, actions.keep_test, now=timezone.now(), channel_id=row.pk, told=told,
       went=outcome.went)  # fmt: skip
    (messages.success if outcome.went == "sent" else messages.error)(request, tell(told))
    return redirect("notices:office", row.unit_id)


@actor_required
@require_POST
def end_channel(request: OfficeRequest, channel_id: UUID) -> HttpResponse:
    row = _channel(request, channel_id)
    do(request, actions.end_channel, now=timezone.now(), channel_id=row.pk,
       version=version_sent(request) or 0)  # fmt: skip
    messages.success(request, _("已停用，地址和密钥已清除。"))
    return redirect("notices:office", row.unit_id)


@actor_required
@require_POST
def stop(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    """Stop the digest that is under way."""
    unit = _place(request, unit_id)
    do(request, actions.stop_run, unit_id=unit.pk)
    messages.success(request, _("已要求停止；已发出的不撤回，今天不再汇总。"))
    return redirect("notices:office", unit.pk)


@actor_required
@require_GET
def log(request: OfficeRequest) -> HttpResponse:
    """What left the machine, and what came of it; no matter is named."""
    states = [(one.value, one.label) for one in Notice.State]
    form = LogForm(request.GET or None, states=states)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = queries.log_of(
        request.actor,
        via=asked.get("via", ""),
        state=asked.get("state", ""),
        due=asked.get("due"),
    )
    if found is None:
        raise PermissionDenied
    shown = form if form.is_bound else LogForm(states=states)
    return render(request, "notices/log.html", {"log": found, "form": shown})
