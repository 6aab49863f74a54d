"""A form field for several files at once."""

from __future__ import annotations

from typing import Any

from django import forms


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
