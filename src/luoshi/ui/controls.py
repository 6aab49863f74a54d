"""Controls of forms: one field with its label, hint and errors; the hidden guard of every form."""

from __future__ import annotations

import re
from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Textarea,
)
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from uuid6 import uuid7

from luoshi.ui.shown import in_english


def form_guard(row: object = None) -> SafeString:
    """`{% form_guard task %}`: hidden version (of the row) and a fresh key."""
    key = format_html('<input type="hidden" name="key" value="{}">', uuid7())
    if row is None:
        return key
    version = getattr(row, "version", row)
    return format_html('<input type="hidden" name="version" value="{}">{}', version, key)


def asks(form: str, before: object = "") -> SafeString:
    """`{% asks "ledger.report" %}`: a form asked of people, measured by `asked.js` (room burden).

    `before`: the seconds that a page before this one took for the same form.
    """
    return format_html(
        '<input type="hidden" name="asked" value="{}">'
        '<input type="hidden" name="asked_seconds" value="{}">',
        form,
        before or "",
    )


def field(bound: BoundField, hint: str = "", label: str = "", **more: str) -> SafeString:
    """`{% field form.title hint=_("一句话") %}`: label, input, hint, errors.

    Further named values become attributes of the input: `inputmode="numeric"`.
    """
    if bound.is_hidden:
        return bound.as_widget()
    hint = hint or str(bound.help_text)
    widget, control = bound.field.widget, bound.id_for_label or bound.auto_id
    notes = {f"{control}-hint": hint, f"{control}-error": " ".join(map(str, bound.errors))}
    tied = " ".join(name for name, text in notes.items() if text)
    group = isinstance(widget, (RadioSelect, CheckboxSelectMultiple))
    attrs: dict[str, Any] = {
        "class": _field_class(bound),
        "aria-describedby": tied or False,
        **more,
    }
    if isinstance(widget, Textarea):
        attrs.setdefault("lang", "zh-Hans")  # what stands in it is data, as the office typed it
    if bound.errors:
        attrs["aria-invalid"] = "true"
    context = {
        "control": control,
        "label": label or bound.label,
        "input": _mark_choices(bound.as_widget(attrs=attrs)),
        "hint": hint,
        "errors": bound.errors,
        "required": bound.field.required,
        "kind": "group" if group else "check" if isinstance(widget, CheckboxInput) else "line",
    }
    return render_to_string("ui/_field.html", context)


_OPTION = re.compile(r"<(option)([^>]*)>(?=[^<]*[\u4e00-\u9fff])")
_TICKED = re.compile(r"<(label)([^>]*)>(?=<input[^>]*>[^<]*[\u4e00-\u9fff])")


def _mark_choices(html: SafeString) -> SafeString:
    """Choices that are data stay Chinese on an English page, and say so."""
    if not in_english():
        return html
    for choice in (_OPTION, _TICKED):
        html = mark_safe(choice.sub(r'<\1 lang="zh-Hans"\2>', html))  # noqa: S308 - was safe
    return html


def _field_class(bound: BoundField) -> str:
    widget = bound.field.widget
    own = widget.attrs.get("class", "")
    plain = isinstance(widget, (CheckboxInput, RadioSelect, CheckboxSelectMultiple, FileInput))
    return " ".join(filter(None, (own, "" if plain else "in")))
