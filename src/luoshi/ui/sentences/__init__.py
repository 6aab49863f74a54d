"""Sentences of the laws in Chinese and English: one module a law, collected by name."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType

from django.utils.translation import get_language

from luoshi.domain.base import Sentence
from luoshi.ui.shown import local


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, tuple[str, str]]:
    """Every pattern by code; a code that two laws claim is an error of ours."""
    found: dict[str, tuple[str, str]] = {}
    for module in pkgutil.iter_modules(__path__):
        for code, pair in import_module(f"{__name__}.{module.name}").PATTERNS.items():
            if code in found:
                message = f"{code} is defined twice"
                raise ValueError(message)
            found[code] = pair
    return MappingProxyType(found)


def tell(sentence: Sentence, language: str | None = None) -> str:
    """Say a sentence in the language of the page: Chinese, or English where chosen."""
    language = language or get_language() or "zh-hans"
    chinese, english = patterns()[sentence.code]
    shown = {name: _show(value, language) for name, value in sentence.params.items()}
    return (english if language.startswith("en") else chinese).format(**shown)


def told(value: object) -> str:
    """Say a Sentence, or its JSON form `{"code": …, "params": {…}}`; other text stands as it is."""
    if isinstance(value, Sentence):
        return tell(value)
    if isinstance(value, Mapping) and "code" in value:
        return tell(Sentence(str(value["code"]), value.get("params") or {}))
    return "" if value is None else str(value)


def _show(value: object, language: str) -> object:
    """A parameter as the pattern takes it: nested sentences told, dates and decimals written."""
    if isinstance(value, Mapping) and "code" in value:
        value = Sentence(str(value["code"]), value.get("params") or {})
    match value:
        case Sentence():
            return tell(value, language)
        case datetime():
            return local(value).strftime("%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case tuple() | list():
            return ("、" if language.startswith("zh") else ", ").join(str(part) for part in value)
        case _:
            return value
