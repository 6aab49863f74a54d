"""The organisation: who is who, and for administrators the forms that change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.domain.base import Refused, say
from luoshi.office.sheets_in import rows
from luoshi.org import actions, queries
from luoshi.org.duties import Line, read
from luoshi.org.forms import (
    VACANT,
    AccountForm,
    EndTermForm,
    LinkForm,
    MoveForm,
    NewPostForm,
    NewUnitForm,
    PostForm,
    TermForm,
    TurnoverForm,
    UnitForm,
)
from luoshi.org.models import Person, Post, Unit
from luoshi.org.views.gate import demand_unmarked
from luoshi.ui.guard import OfficeRequest, actor_required, do, right_required, version_sent


@actor_required
def list_units(request: OfficeRequest) -> HttpResponse:
    units = list(queries.shown_units(request.actor, request.today))
    posts = queries.posts_of(request.actor, [unit.pk for unit in units], request.today)
    top = min((unit.path.count("/") for unit in units), default=1)
    links = queries.links_from(request.actor, request.today, [unit.pk for unit in units])
    shown = [
        (unit, unit.path.count("/") - top + 1, posts.get(unit.pk, []), links.get(unit.pk, []))
        for unit in units
    ]
    return render(
        request,
        "org/list.html",
        {
            "rows": shown,
            "count": len(units),
            "may_change": request.actor.has("administer"),
            "may_appoint": request.actor.has("appoint"),
        },
    )


def _unit(request: OfficeRequest, unit_id: UUID) -> Unit:
    unit = queries.shown_units(request.actor, request.today).filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    return unit


@actor_required
def show_unit(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit = _unit(request, unit_id)
    return render(request, "org/unit.html", _unit_page(request, unit))


def _unit_page(request: OfficeRequest, unit: Unit, **bound: django_forms.Form) -> dict[str, object]:
    posts = queries.posts_of(request.actor, [unit.pk], request.today).get(unit.pk, [])
    page: dict[str, object] = {
        "unit": unit,
        "posts": posts,
        "terms": queries.terms_of(request.actor, unit.pk),
        "links": queries.links_of(request.actor, request.today, unit.pk),
        "may_change": request.actor.has("administer"),
        "may_appoint": request.actor.has("appoint"),
        "may_hand": request.actor.has("read") and not queries.keeps_organisation(request.actor),
    }
    if request.actor.has("administer"):
        units = queries.shown_units(request.actor, request.today)
        names = {"name": unit.name, "short_name": unit.short_name, "to_on": unit.to_on}
        page |= {
            "unit_form": UnitForm(initial=names),
            "new_unit_form": NewUnitForm(),
            "new_post_form": NewPostForm(),
            "move_form": MoveForm(units=units, initial={"parent": unit.parent_id}),
            "link_form": LinkForm(units=units),
        }
    if request.actor.has("appoint"):
        page["term_form"] = _term_form(request, unit)
    return page | bound


def _term_form(request: OfficeRequest, unit: Unit, data: object = None) -> TermForm:
    return TermForm(
        data,
        posts=Post.objects.filter(unit=unit, jurisdiction=unit.jurisdiction),
        people=queries.people_of(request.actor),
        initial={"from_on": request.today},
    )


def _save(
    request: OfficeRequest,
    unit: Unit,
    name: str,
    form: django_forms.Form,
    action: Callable[..., object],
    **facts: object,
) -> HttpResponse:
    """Run the action of a valid form and return to the unit; show an invalid one with its words.

    The action is told what the form says; a row that was chosen, by its key.
    """
    if not form.is_valid():
        return render(
            request, "org/unit.html", _unit_page(request, unit, **{name: form}), status=422
        )
    said = {
        f"{field}_id" if isinstance(value, Model) else field: getattr(value, "pk", value)
        for field, value in form.cleaned_data.items()
    }
    do(request, action, **said, **facts)
    messages.success(request, _("已保存。"))
    return redirect("org:unit", unit.pk)


@require_POST
@right_required("administer")
def change_unit(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit, form = _unit(request, unit_id), UnitForm(request.POST)
    version = version_sent(request) or 0
    return _save(
        request, unit, "unit_form", form, actions.change_unit, unit_id=unit.pk, version=version
    )


@require_POST
@right_required("administer")
def add_unit(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit, form = _unit(request, unit_id), NewUnitForm(request.POST)
    return _save(request, unit, "new_unit_form", form, actions.add_unit, parent_id=unit.pk)


@require_POST
@right_required("administer")
def add_post(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit, form = _unit(request, unit_id), NewPostForm(request.POST)
    return _save(request, unit, "new_post_form", form, actions.add_post, unit_id=unit.pk)


@require_POST
@right_required("appoint")
def begin_term(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = _term_form(request, unit, request.POST)
    return _save(request, unit, "term_form", form, actions.begin_term)


@require_POST
@right_required("appoint")
def end_term(request: OfficeRequest, unit_id: UUID, term_id: UUID) -> HttpResponse:
    unit, form = _unit(request, unit_id), EndTermForm(request.POST)
    version = version_sent(request) or 0
    return _save(
        request, unit, "end_form", form, actions.end_term, term_id=term_id, version=version
    )


@require_POST
@right_required("administer")
def move_unit(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = MoveForm(request.POST, units=queries.shown_units(request.actor, request.today))
    version = version_sent(request) or 0
    return _save(
        request, unit, "move_form", form, actions.move_unit, unit_id=unit.pk, version=version
    )


@require_POST
@right_required("administer")
def link_unit(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    unit = _unit(request, unit_id)
    form = LinkForm(request.POST, units=queries.shown_units(request.actor, request.today))
    return _save(request, unit, "link_form", form, actions.link_units, from_unit_id=unit.pk)


@require_POST
@right_required("administer")
def end_link(request: OfficeRequest, unit_id: UUID, link_id: UUID) -> HttpResponse:
    unit, form = _unit(request, unit_id), EndTermForm(request.POST)
    version = version_sent(request) or 0
    return _save(
        request, unit, "end_form", form, actions.end_link, link_id=link_id, version=version
    )


@right_required("appoint")
def turnover(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    """换届: the posts of a unit and of all below it, and who takes each over on one day."""
    unit = _unit(request, unit_id)
    groups = queries.posts_below(request.actor, request.today, unit)
    people = queries.people_named(request.actor, request.today)
    form = TurnoverForm(request.POST or None, initial={"from_on": request.today})
    typed = {key.removeprefix("to-"): str(text).strip() for key, text in request.POST.items()
             if key.startswith("to-") and str(text).strip()}  # fmt: skip
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            changes = _changes(groups, people, typed)
            done = do(request, actions.turn_over, changes=changes, **form.cleaned_data)
        except Refused as answer:
            refused = answer.why
        else:
            messages.success(
                request, _("已任命%(n)s个岗位，空缺%(m)s个，原任期留在记录中。")
                % {"n": done.facts.get("begun", 0), "m": done.facts.get("vacant", 0)},
            )  # fmt: skip
            return redirect("org:turnover", unit.pk)
    page = {
        "unit": unit, "form": form, "people": people, "refused": refused, "vacant": VACANT,
        "groups": [(row, [(one, typed.get(str(one.post.pk), "")) for one in posts])
                   for row, posts in groups],
    }  # fmt: skip
    return render(request, "org/turnover.html", page, status=422 if form.errors or refused else 200)


def _changes(
    groups: list[tuple[Unit, list[queries.PostShown]]],
    people: Mapping[str, Person],
    typed: Mapping[str, str],
) -> list[actions.Change]:
    """Who follows in which post, by the names typed; an unknown name is refused in words."""
    changes = []
    for _unit_shown, posts in groups:
        for shown in posts:
            name = typed.get(str(shown.post.pk))
            if name is None:
                continue
            if name != VACANT and name not in people:
                raise Refused(say("org.no_such_person", name=name[:40]))
            changes.append(
                actions.Change(shown.post.pk, people[name].pk if name != VACANT else None)
            )
    return changes


@right_required("administer")
def post(request: OfficeRequest, post_id: UUID) -> HttpResponse:
    """A post's own page: its title, routine, marks, last day."""
    row = queries.post_for(request.actor, request.today, post_id)
    if row is None:
        raise Http404
    names = ("title", "routine", "keeps_statistics", "keeps_personnel", "to_on")
    form = PostForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        version = version_sent(request) or 0
        do(request, actions.change_post, post_id=row.pk, version=version, **form.cleaned_data)
        messages.success(request, _("已保存。"))
        return redirect("org:unit", row.unit_id)
    page = {"form": form, "post": row}
    return render(request, "org/post.html", page, status=422 if form.errors else 200)


@actor_required
def duties(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    """A town's three duty lists, and the check of a table before it replaces them."""
    unit = _unit(request, unit_id)
    may_set = queries.may_set_duties(request.actor, unit)
    lines: list[Line] = []
    text = ""
    refused = None
    if request.method == "POST" and not may_set:
        raise PermissionDenied
    if request.method == "POST":
        try:
            text = _pasted(request)
            lines = read([row.split("\t") for row in text.splitlines()])
        except Refused as answer:
            refused = answer.why
    faults = sum(line.fault is not None for line in lines)
    page = {
        "unit": unit,
        "may_set": may_set,
        "lines": lines,
        "faults": faults,
        "text": text,
        "refused": refused,
        "groups": queries.duties_of(request.actor, unit),
    }
    return render(request, "org/duties.html", page, status=422 if faults or refused else 200)


def _pasted(request: OfficeRequest) -> str:
    """What was pasted, or the first sheet of the file, as rows of tab-separated cells."""
    upload = request.FILES.get("file")
    if upload is None:
        text = str(request.POST.get("text", ""))
        if text.strip():
            demand_unmarked(request, text=text)
        return text
    data = upload.read()
    demand_unmarked(request, name=upload.name or "", data=data)
    sheets = rows(data)
    return "\n".join(
        "\t".join("" if cell is None else " ".join(str(cell).split()) for cell in row)
        for row in sheets[0].rows
    )


@require_POST
@actor_required
def set_duties(request: OfficeRequest, unit_id: UUID) -> HttpResponse:
    """The checked table replaces the lists; it is read again, so nothing unchecked gets in."""
    unit = _unit(request, unit_id)
    text = str(request.POST.get("text", ""))
    lines = read([row.split("\t") for row in text.splitlines()])
    done = do(request, actions.set_duties, unit_id=unit.pk, lines=lines)
    messages.success(request, _("已导入%(n)s条履职事项。") % {"n": done.facts["n"]})
    return redirect("org:duties", unit.pk)


@right_required("appoint")
def accounts(request: OfficeRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = actions.add_person(
            actor=request.actor, today=request.today,
            name=form.cleaned_data["name"], phone=form.cleaned_data["phone"],
        )  # fmt: skip
        do(
            request, actions.open_account, person_id=person.id, login=form.cleaned_data["login"],
            password=form.cleaned_data["password"],
        )  # fmt: skip
        messages.success(request, _("账号已开通，请到单位页面任命岗位。"))
        return redirect("org:accounts")
    page = {"form": form, "accounts": queries.accounts_of(request.actor)}
    return render(request, "org/accounts.html", page, status=422 if form.errors else 200)


@require_POST
@right_required("appoint")
def shut_account(request: OfficeRequest, account_id: UUID) -> HttpResponse:
    do(request, actions.shut_account, account_id=account_id)
    messages.success(request, _("账号已停用，即时生效。"))
    return redirect("org:accounts")
