"""待办汇总: the town asks at 16:30; what its people were told on the last working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from luoshi.config.demo import clock, yearbook
from luoshi.config.demo.shapes import TODAY
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.units import TOWN
from luoshi.domain.base import say
from luoshi.domain.reminding import Rhythm, Went
from luoshi.domain.workdays import SHANGHAI
from luoshi.home.queries.owing import digests
from luoshi.journal.actions import replaying
from luoshi.notices import actions
from luoshi.notices.actions import Came, Told
from luoshi.notices.models import Channel, Notice
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit

GROUP = "青榆镇工作群"
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=demonstration"
WENT: tuple[tuple[int, Went], ...] = ((-3, "sent"), (-2, "unclear"), (-1, "sent"))
"""Working days before the story's today, and what came of the group's message."""


def play(stage: Stage) -> None:
    """Set the rule and the robot, tell three digests, and switch the robot off again.

    A demonstration sends nothing: its robot's address is nobody's.
    """
    town = Unit.objects.get(jurisdiction=stage.jurisdiction, name=TOWN)
    first = clock.add(TODAY, -4)
    channel = _set_up(stage, town, first)
    rhythm, calendar = Rhythm(), calendar_of(town)
    found = digests(stage.system, clock.add(TODAY, -1), [(town, (rhythm, calendar))])
    told = [
        Told(key, len(one.mine) + len(one.raised), one.late, len(one.raised))
        for key, one in sorted(found.items())
    ]
    for back, went in WENT:
        day = clock.add(TODAY, back)
        with replaying(_at(day)):
            actions.tell(actor=stage.system, today=day, now=_at(day), place=town, told=told)
            _leave(stage, day, went)
    with replaying(_at(clock.add(TODAY, -1), 17)):
        channel.refresh_from_db()
        actions.change_channel(
            actor=yearbook.clerk(stage, TODAY), today=TODAY, channel_id=channel.pk,
            version=channel.version, name=GROUP, is_on=False,
        )  # fmt: skip


def _set_up(stage: Stage, town: Unit, day: date) -> Channel:
    clerk = yearbook.clerk(stage, day)
    common: dict[str, Any] = {"actor": clerk, "today": day, "unit_id": town.pk}
    with replaying(_at(day, 10)):
        actions.set_rule(**common, version=0, rhythm=Rhythm(), is_on=True, mail=False)
        made = actions.add_channel(**common, via="wecom", name=GROUP, address=ADDRESS, secret="")
    return Channel.objects.get(pk=made.id)


def _leave(stage: Stage, day: date, went: Went) -> None:
    """The group's message of a day is claimed and settled, as the worker does it."""
    common: dict[str, Any] = {"actor": stage.system, "today": day}
    why = say("notices.wire.unclear", host="qyapi.weixin.qq.com") if went == "unclear" else None
    for row in Notice.objects.filter(due=day, state=Notice.State.WAITING):
        actions.claim(**common, now=_at(day), notice=row)
        actions.settle(**common, came=Came(row, went, why, Rhythm(), _at(day)))


def _at(day: date, hour: int = 16) -> datetime:
    return datetime.combine(day, time(hour, 31), SHANGHAI).astimezone(UTC)
