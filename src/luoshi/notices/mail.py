"""Mail by the server of the settings: one connection for many, and an outcome for each."""

from __future__ import annotations

import smtplib
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from luoshi.domain.base import say
from luoshi.notices.robots import Outcome


class Postman:
    """Sends one mail after another; opens the connection again after a fault."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        """Nothing is opened before it is needed."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Take leave of the server."""
        self._drop()

    def ready(self) -> Outcome | None:
        """Connect; None when the server answers, otherwise why no mail can leave."""
        if not settings.EMAIL_HOST:
            return Outcome("not_sent", say("notices.mail.off"))
        if self._connection is not None:
            return None
        try:
            self._connection = get_connection(fail_silently=False)
            self._connection.open()
        except (OSError, smtplib.SMTPException):
            self._connection = None
            return Outcome("not_sent", say("notices.mail.down"))
        return None

    def send(self, address: str, subject: str, text: str) -> Outcome:
        """One mail. Refused before it was taken is known; broken off in between is not."""
        if (failed := self.ready()) is not None:
            return failed
        message = EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            return self._answer(next(iter(error.recipients.values()))[0])
        except smtplib.SMTPResponseException as error:  # sender or data refused, with a code
            return self._answer(error.smtp_code)
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Outcome("unclear", say("notices.mail.unclear"))
        return Outcome("sent")

    def _answer(self, code: int) -> Outcome:
        self._drop()
        if 400 <= code < 500:
            return Outcome("not_sent", say("notices.mail.later", number=code))
        return Outcome("refused", say("notices.mail.refused", number=code))

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._connection.close()
            self._connection = None
