"""The room's tables: checks, spot checks, what arrives, the week, orders, visits."""

from luoshi.supervision.models.checks import (
    Extension,
    Verification,
)
from luoshi.supervision.models.intake import (
    Intake,
)
from luoshi.supervision.models.meetings import (
    Decision,
    Minutes,
)
from luoshi.supervision.models.orders import (
    Inspection,
    Order,
    OrderLimit,
    OrderTold,
    Result,
    Serial,
)
from luoshi.supervision.models.papers import (
    STEP_FIELDS,
    AnswerForm,
    IncomingPaper,
    OutgoingReport,
    ToldFigure,
)
from luoshi.supervision.models.recurring import (
    RecurringItem,
    RecurringWork,
)
from luoshi.supervision.models.relaying import (
    Confirmation,
)
from luoshi.supervision.models.sampling import (
    SampleDraw,
    SampleItem,
)
from luoshi.supervision.models.visits import (
    Visit,
    VisitTie,
    Watch,
)
from luoshi.supervision.models.weeks import (
    WeeklyLine,
    WeeklyList,
)

__all__ = [
    "STEP_FIELDS",
    "AnswerForm",
    "Confirmation",
    "Decision",
    "Extension",
    "IncomingPaper",
    "Inspection",
    "Intake",
    "Minutes",
    "Order",
    "OrderLimit",
    "OrderTold",
    "OutgoingReport",
    "RecurringItem",
    "RecurringWork",
    "Result",
    "SampleDraw",
    "SampleItem",
    "Serial",
    "ToldFigure",
    "Verification",
    "Visit",
    "VisitTie",
    "Watch",
    "WeeklyLine",
    "WeeklyList",
]
