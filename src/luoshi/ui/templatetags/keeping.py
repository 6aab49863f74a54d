"""A refused form shows again what was typed: `{% load keeping %}`."""

from __future__ import annotations

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def typed(context: template.Context, name: str, key: object, stored: object = "") -> str:
    """A field's value: what was sent where a refusal shows the form again, else what is stored.

    The context's `sent` is the refused form, or None; the field is called `name.key`.
    """
    value = "" if stored is None else str(stored)
    sent = context.get("sent")
    return str(sent.get(f"{name}.{key}", value)) if sent else value
