"""How the robots of three vendors are spoken to: message, signature, and what their codes mean."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from urllib.parse import quote

from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.reaching import Reach, Vendor, reach
from luoshi.domain.reminding import Went
from luoshi.notices.models import Channel
from luoshi.notices.wire import Answer, NotSent, Unclear, numbers_of, post

BUSY: Mapping[Vendor, frozenset[int]] = {
    "wecom": frozenset({-1, 45009}),
    "dingtalk": frozenset({-1, 130101, 130102}),
    "feishu": frozenset({11232, 11247, 9499}),
}
"""Codes by which a vendor says: not now, and means it: the message was not taken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a message, and the sentence to keep beside it."""

    went: Went
    told: Sentence | None = None


def vendor_of(row: Channel) -> Vendor:
    """The vendor of a robot; a constraint holds the field to the three."""
    return cast("Vendor", row.via)


def signed(
    vendor: Vendor, target: str, text: str, secret: str, now: datetime
) -> tuple[str, dict[str, Any]]:
    r"""The target and the message as the vendor takes them, signed where a secret is set.

    DingTalk: HMAC-SHA-256 of "milliseconds\nsecret" under the secret, in the address. Feishu:
    HMAC-SHA-256 of nothing under "seconds\nsecret", in the message. WeCom has no signature.
    """
    if vendor == "feishu":
        message: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = str(int(now.timestamp()))
            message |= {"timestamp": stamp, "sign": _mac(f"{stamp}\n{secret}".encode(), b"")}
        return target, message
    message = {"msgtype": "text", "text": {"content": text}}
    if vendor == "dingtalk" and secret:
        stamp = str(int(now.timestamp() * 1000))
        sign = quote(_mac(secret.encode(), f"{stamp}\n{secret}".encode()), safe="")
        target += f"{'&' if '?' in target else '?'}timestamp={stamp}&sign={sign}"
    return target, message


def _mac(key: bytes, text: bytes) -> str:
    return base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode("ascii")


def speak(vendor: Vendor, url: str, secret: str, text: str, now: datetime, *,
          gateways: frozenset[str] = frozenset(), trust: str = "",
          resolve: Any = numbers_of) -> Outcome:  # noqa: ANN401 - a resolver, see wire  # fmt: skip
    """Send one text to a robot; whatever goes wrong is an outcome with its sentence."""
    try:
        found = reach(vendor, url, gateways)
        target, message = signed(vendor, found.target, text, secret, now)
        answer = post(found, message, target, trust=trust, resolve=resolve)
    except Refused as refused:
        return Outcome("refused", refused.why)
    except NotSent as failed:
        return Outcome("not_sent", failed.why)
    except Unclear as failed:
        return Outcome("unclear", failed.why)
    return _meaning(vendor, found, answer)


def _meaning(vendor: Vendor, found: Reach, answer: Answer) -> Outcome:
    """A redirect and a 4xx are no; a 5xx may have let it through, so nobody can say."""
    if answer.status >= 500:
        return Outcome("unclear", say("notices.wire.unclear", host=found.host))
    if answer.status != 200:
        return Outcome("refused", say("notices.wire.status", host=found.host, status=answer.status))
    code = answer.said.get("errcode", answer.said.get("code", answer.said.get("StatusCode")))
    if code == 0:
        return Outcome("sent")
    if isinstance(code, int) and code in BUSY[vendor]:
        return Outcome("not_sent", say("notices.wire.busy", number=code))
    shown = code if isinstance(code, int) else "?"
    return Outcome("refused", say("notices.wire.vendor", number=shown))
