"""Forms of the room: imported only by its views."""

from luoshi.indicators.forms.register import (
    BenchmarkForm,
    ChangedTargetForm,
    DefinitionForm,
    ImportForm,
    IndicatorForm,
    NewDefinitionForm,
    PeriodForm,
    ReasonForm,
    ReportersForm,
    SavingForm,
    TargetForm,
    figure_of,
)

__all__ = [
    "BenchmarkForm",
    "ChangedTargetForm",
    "DefinitionForm",
    "ImportForm",
    "IndicatorForm",
    "NewDefinitionForm",
    "PeriodForm",
    "ReasonForm",
    "ReportersForm",
    "SavingForm",
    "TargetForm",
    "figure_of",
]
