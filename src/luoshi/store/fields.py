"""Decimals that stay exact on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _Field = models.Field[Decimal | int | str | Combinable, Decimal]
else:
    _Field = models.Field


class ExactField(_Field):
    """A decimal with a fixed scale, stored as a bigint (SQLite would keep a decimal as a float).

    `scale` is the number of decimal places; a value with more places is refused, never rounded.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: Decimal | int | str | Combinable
        _pyi_private_get_type: Decimal

    def __init__(self, *args: Any, scale: int = 2, **kwargs: Any) -> None:  # noqa: ANN401
        self.scale = scale
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:  # noqa: ANN401
        """Name the scale in migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "scale": self.scale}

    def from_db_value(self, value: int | None, *_: object) -> Decimal | None:
        """Scaled integer to decimal."""
        return None if value is None else Decimal(value).scaleb(-self.scale)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401
        """Anything a person or a form may give, to a decimal."""
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except ArithmeticError as error:
            raise ValidationError(_("请填数字。"), code="invalid") from error

    def get_prep_value(self, value: Any) -> int | None:  # noqa: ANN401
        """Decimal to scaled integer; refuses what it cannot keep exactly."""
        if value is None:
            return None
        if hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]
        scaled = self.to_python(value).scaleb(self.scale)
        if scaled != scaled.to_integral_value():
            message = _("最多%(n)d位小数。") % {"n": self.scale}
            raise ValidationError(message, code="scale")
        return int(scaled)

    def get_internal_type(self) -> str:
        """A bigint on both databases."""
        return "BigIntegerField"

    def formfield(
        self,
        form_class: type[forms.Field] | None = None,  # noqa: ARG002 - always a decimal
        choices_form_class: type[forms.ChoiceField] | None = None,  # noqa: ARG002 - has no choices
        **kwargs: Any,  # noqa: ANN401
    ) -> forms.Field | None:
        """Edit as a decimal with the field's places."""
        return super().formfield(
            form_class=forms.DecimalField, decimal_places=self.scale, max_digits=18, **kwargs
        )
