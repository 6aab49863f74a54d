"""Decimals that stay exact on both databases."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExactField(models.BigIntegerField):
    """A decimal with a fixed scale, stored as a bigint (SQLite would keep a decimal as a float).

    `scale` is the number of decimal places; a value with more places is refused, never rounded.
    """

    if TYPE_CHECKING:
        _pyi_private_set_type: Decimal | int | str
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

    def formfield(self, **kwargs: Any) -> Any:  # noqa: ANN401
        """Edit as a decimal with the field's places."""
        kwargs.pop("min_value", None)
        kwargs.pop("max_value", None)
        return models.Field.formfield(
            self, form_class=forms.DecimalField, decimal_places=self.scale, max_digits=18, **kwargs
        )

    @property
    def validators(self) -> Any:  # type: ignore[override] # noqa: ANN401
        """The bigint's range validators speak of stored integers, so they do not apply."""
        return self._validators
