"""The job that lets notices leave: claimed, sent, settled, one after another."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from luoshi.domain.access import Actor
from luoshi.domain.base import say
from luoshi.domain.reminding import Rhythm, is_time
from luoshi.domain.workdays import SHANGHAI
from luoshi.jobs.actions import Progress, handler
from luoshi.jobs.models import Job
from luoshi.notices.actions import SEND_JOB, Came, claim, put_off, settle, sum_up
from luoshi.notices.gateways import gateways
from luoshi.notices.mail import Postman
from luoshi.notices.models import Notice, Via
from luoshi.notices.queries import addresses_of, rules_of
from luoshi.notices.robots import Outcome, speak, vendor_of
from luoshi.ui.sentences import tell

RUN_SECONDS = 120.0
"""After so long the rest waits for the next run, so that other jobs get their turn."""
TELL_EVERY = 20
"""Notices between two words of progress."""
GIVE_UP = 3
"""Failures to reach a channel one after another that end its part of a run."""


def clock() -> datetime:
    """The server's instant."""
    return timezone.now()


@handler(SEND_JOB)
def send(job: Job, progress: Progress) -> Mapping[str, Any]:
    """Send what is due: each claimed before it leaves and settled when something came of it.

    A channel that cannot be reached thrice in a row is left alone for this run, and what waits for
    it is put off at once. Nothing leaves in quiet hours: that waits for the next digest.
    """
    actor = Actor.system(job.jurisdiction)
    begun, done = time.monotonic(), 0
    rows = _due(actor)
    with Postman() as postman:
        run = _Run(actor, postman)
        try:
            for notice in rows:
                if done % TELL_EVERY == 0:
                    progress(done, len(rows))
                if time.monotonic() - begun > RUN_SECONDS:
                    break
                run.take(notice)
                done += 1
        finally:  # also where somebody stopped it: what left is told
            run.end()
    progress(done, len(rows))
    return dict(sum(run.counts.values(), Counter()))


def _due(actor: Actor) -> list[Notice]:
    rows = Notice.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        state=Notice.State.WAITING,
        next_at__lte=clock(),
    )
    return list(rows.select_related("person", "channel").order_by("via", "next_at", "id"))


class _Run:
    """One run: the rhythm of each place, and which channels could not be reached."""

    def __init__(self, actor: Actor, postman: Postman) -> None:
        self.actor, self.postman = actor, postman
        self.rules = rules_of(actor)
        self.failed: Counter[str] = Counter()
        self.last: dict[str, Outcome] = {}
        self.counts: dict[UUID, Counter[str]] = {}
        self.came: Came | None = None
        self.today = clock().astimezone(SHANGHAI).date()
        self.addresses = dict(addresses_of(actor))

    def take(self, notice: Notice) -> None:
        """Send one notice if it is still waiting, its hour allows and its channel answers."""
        now, rhythm = clock(), self._rhythm(notice)
        common: dict[str, Any] = {"actor": self.actor, "today": self.today, "notice": notice}
        channel = str(notice.channel_id or Via.MAIL)
        if not is_time(rhythm, now) or self.failed[channel] >= GIVE_UP:
            why = self.last.get(channel)
            put_off(**common, now=now, told=why.told if why else None, rhythm=rhythm)
            self._count(notice, "put_off")
            return
        before, self.came = self.came, None
        if not claim(**common, now=now, came=before).facts["mine"]:
            return
        outcome = self._speak(notice)
        self.failed[channel] = self.failed[channel] + 1 if outcome.went == "not_sent" else 0
        self.last[channel] = outcome
        self.came = Came(notice, outcome.went, outcome.told, rhythm, clock())
        self._count(notice, outcome.went)

    def _count(self, notice: Notice, what: str) -> None:
        self.counts.setdefault(notice.unit_id, Counter())[what] += 1

    def end(self) -> None:
        """Settle the last one, and say in the journal what came of the run, place by place."""
        now = clock()
        if self.came is not None:
            settle(actor=self.actor, today=self.today, came=self.came)
        for unit_id, told in self.counts.items():
            sum_up(actor=self.actor, today=self.today, now=now, unit_id=unit_id, counts=told)

    def _rhythm(self, notice: Notice) -> Rhythm:
        rule = self.rules.get(notice.unit_id)
        return rule.rhythm if rule else Rhythm()

    def _speak(self, notice: Notice) -> Outcome:
        where = f" {settings.LUOSHI_ADDRESS}" if settings.LUOSHI_ADDRESS else ""
        if notice.channel is not None:
            row = notice.channel
            text = tell(say("notices.text.group", n=notice.count), "zh-hans") + where
            return speak(
                vendor_of(row), row.address, row.secret, text, clock(),
                gateways=gateways(), trust=settings.LUOSHI_ROBOT_CA,
            )  # fmt: skip
        assert notice.person_id is not None, "a notice is a person's or a group's"
        address = self.addresses.get(notice.person_id, "")
        if not address:
            return Outcome("refused", say("notices.mail.gone"))
        subject = tell(say("notices.subject", n=notice.count), "zh-hans")
        text = tell(say("notices.text.person", n=notice.count), "zh-hans") + where
        return self.postman.send(address, subject, text)
