"""What happened, move by move: each event becomes the action that a person would have called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from luoshi.config.demo.papers import paper
from luoshi.config.demo.shapes import DemoEvent
from luoshi.config.demo.stage import Stage
from luoshi.domain.access import Actor
from luoshi.domain.closing import Verb
from luoshi.domain.workdays import SHANGHAI
from luoshi.files import actions as files
from luoshi.files.actions import Screened
from luoshi.ledger import actions as ledger
from luoshi.ledger.actions import Said
from luoshi.ledger.models import ProgressReport, Task
from luoshi.supervision import actions as supervision
from luoshi.supervision import queries as supervision_queries

Move = Callable[[Stage, DemoEvent, Actor, date, datetime], object]


def play(stage: Stage, event: DemoEvent) -> None:
    """Do what the event tells, as its person, on its day, at its instant."""
    day, now = event.at.astimezone(SHANGHAI).date(), event.at.astimezone(UTC)
    actor = stage.actor(event.person, day, event.on_behalf_of)
    MOVES[event.verb](stage, event, actor, day, now)


def _task(stage: Stage, event: DemoEvent) -> Task:
    return stage.tasks[event.task]


def _assign(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
    task = _task(stage, event)
    return ledger.assign(actor=actor, today=day, now=now, task=task, reason=event.text)


def _return(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
    assert event.competent_unit is not None
    return ledger.return_to_assigner(
        actor=actor,
        today=day,
        now=now,
        task=_task(stage, event),
        reason=event.reason,
        competent_unit=stage.unit(event.competent_unit),
    )


def _plain(action: Callable[..., object]) -> Move:
    """A move that needs nothing but the task."""

    def move(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
        return action(actor=actor, today=day, now=now, task=_task(stage, event))

    return move


def _reasoned(action: Callable[..., object]) -> Move:
    """A move that says why."""

    def move(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
        why = event.reason or event.text
        return action(actor=actor, today=day, now=now, task=_task(stage, event), reason=why)

    return move


def _put_off(action: Callable[..., object]) -> Move:
    """A move that says why, and for items from above shows the superior's reply."""

    def move(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
        return action(
            actor=actor,
            today=day,
            now=now,
            task=_task(stage, event),
            reason=event.reason,
            superior_reply=event.superior_reply,
        )

    return move


def _accept(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
    reply, task = event.superior_reply, _task(stage, event)
    return ledger.accept(actor=actor, today=day, now=now, task=task, superior_reply=reply)


def _report(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
    done = event.verb is Verb.REPORT_DONE
    action = ledger.report_done if done else ledger.report
    told = stage.told(event.task)
    said = Said(
        text=event.text,
        progress=None if event.percent is None else event.percent * 100,
        value=told.result if done else None,
        milestone_id=stage.nodes[event.milestone] if event.milestone else None,
        channel=event.channel or ProgressReport.Channel.PAGE,
        blocker=event.blocker,
        blocker_needs_id=stage.units[event.blocker_needs] if event.blocker_needs else None,
    )
    return action(
        actor=actor,
        today=day,
        now=now,
        task=_task(stage, event),
        said=said,
        evidence=[_screened(stage, event, name, day) for name in event.evidence],
    )


def _screened(stage: Stage, event: DemoEvent, name: str, day: date) -> Screened:
    """The evidence, judged as any upload is; once for each name, since its bytes are the same."""
    known = _SCREENED.get(name)
    if known is None:
        known = _SCREENED[name] = files.screen(
            actor=stage.system,
            today=day,
            unit_id=_task(stage, event).unit_id,
            name=name,
            data=paper(name),
        )
    return known


_SCREENED: dict[str, Screened] = {}


def _verify(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
    """Whoever the lot names verifies; where none was drawn, the person of the story."""
    task = Task.objects.select_related("unit", "plan__unit", "line").get(pk=_task(stage, event).pk)
    drawn = supervision_queries.drawn_for(actor, day, [task])[task.pk]
    if drawn is not None and drawn.pk != actor.person_id:
        actor = stage.actor(stage.name_of(drawn.pk), day)
    note = event.text or event.reason
    return supervision.verify(actor=actor, today=day, now=now, task=task, note=note)


def _ask(stage: Stage, event: DemoEvent, actor: Actor, day: date, now: datetime) -> object:
    assert event.new_due_on is not None
    return supervision.ask_extension(
        actor=actor,
        today=day,
        now=now,
        task=_task(stage, event),
        new_due_on=event.new_due_on,
        reason=event.reason,
    )


MOVES: Mapping[Verb, Move] = {
    Verb.ASSIGN: _assign,
    Verb.SIGN_FOR: _plain(ledger.sign_for),
    Verb.RETURN_TO_ASSIGNER: _return,
    Verb.RULE: _reasoned(ledger.rule_return),
    Verb.START: _plain(ledger.start),
    Verb.REPORT: _report,
    Verb.REPORT_DONE: _report,
    Verb.VERIFY: _verify,
    Verb.RETURN_FOR_REWORK: _reasoned(supervision.return_for_rework),
    Verb.CLOSE: _plain(ledger.close),
    Verb.ACCEPT: _accept,
    Verb.ARCHIVE: _plain(ledger.archive),
    Verb.SUSPEND: _put_off(ledger.suspend),
    Verb.RESUME: _plain(ledger.resume),
    Verb.CANCEL: _put_off(ledger.cancel),
    Verb.REOPEN: _reasoned(ledger.reopen),
    Verb.ASK_EXTENSION: _ask,
    Verb.AGREE_EXTENSION: _plain(supervision.agree_extension),
    Verb.APPROVE_EXTENSION: _plain(supervision.approve_extension),
    Verb.REFUSE_EXTENSION: _reasoned(supervision.refuse_extension),
}
