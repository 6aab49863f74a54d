"""A form field for several files at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest

from luoshi.domain.base import Sentence
from luoshi.ui.sentences import tell


class ManyFilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A list of uploaded files, perhaps empty; each is screened by the view."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # noqa: ANN401 - Django's own
        """Clean each file by itself."""
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


def say_once(request: HttpRequest, told: Iterable[Sentence]) -> None:
    """Tell who sent files what was done to them, each sentence once however many files."""
    for words in dict.fromkeys(tell(one) for one in told):
        messages.info(request, words)
