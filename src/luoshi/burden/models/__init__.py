"""What is asked of people: measured forms, requests for data, off-system asks, opinions."""

from luoshi.burden.models.asking import FormTiming, Opinion, OutsideAsk
from luoshi.burden.models.requests import DataRequest, RequestedUnit, RequestReply

__all__ = [
    "DataRequest",
    "FormTiming",
    "Opinion",
    "OutsideAsk",
    "RequestReply",
    "RequestedUnit",
]
