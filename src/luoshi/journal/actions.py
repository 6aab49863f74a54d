"""`write()` makes a function an action; `record()` writes what it changed.

Every action of every room is decorated with `write("<room>.<subject>.<verb>")`. The decorator
gives it: the writers' turn (SQLite), one transaction, an idempotency receipt, at least one journal
entry, and reactions asked for as jobs. An action called by another joins the outer transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, wraps
from typing import Any, ParamSpec
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused
from luoshi.domain.sealing import Start, start_proof
from luoshi.jobs import actions as jobs
from luoshi.journal import outside, sealer
from luoshi.journal.models import Anchor, ChainStart, Entry, Receipt
from luoshi.store.bulk import insert_many
from luoshi.store.locks import writers_turn
from luoshi.store.rows import Row, Stale

P = ParamSpec("P")
CHECK_JOB = "journal.verify"
VERBS: dict[str, Callable[..., Any]] = {}
request_id: ContextVar[str] = ContextVar("request_id", default="")


@dataclass(frozen=True, slots=True)
class Written:
    """What an action answers: the row it is about, its version now, and plain facts to show."""

    kind: str
    id: UUID
    version: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    repeated: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the receipt."""
        return {
            "kind": self.kind,
            "id": str(self.id),
            "version": self.version,
            "facts": plain(dict(self.facts)),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Written:
        """Back from the receipt: the same answer, marked as repeated."""
        return cls(data["kind"], UUID(data["id"]), data["version"], data["facts"], repeated=True)


@dataclass(slots=True)
class _Writing:
    actor: Actor
    verb: str
    key: str
    entries: list[Entry] = field(default_factory=list)


_writing: ContextVar[_Writing | None] = ContextVar("writing", default=None)
_replayed: ContextVar[datetime | None] = ContextVar("replayed", default=None)


@contextmanager
def replaying(at: datetime) -> Iterator[None]:
    """Write entries of past events with the event's own instant (the demonstration, imports)."""
    token = _replayed.set(at)
    try:
        yield
    finally:
        _replayed.reset(token)


def write(verb: str) -> Callable[[Callable[P, Written]], Callable[P, Written]]:
    """Make a keyword-only function an action; its `actor` and `key` arguments are read here.

    A second call with the same account and key returns the first answer and writes nothing.
    """

    def decorate(function: Callable[P, Written]) -> Callable[P, Written]:
        @wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> Written:
            if args:
                message = f"{verb}: actions take keywords only"
                raise TypeError(message)
            actor: Actor = kwargs["actor"]  # type: ignore[assignment]
            key = str(kwargs.pop("key", "") or "")
            if _writing.get() is not None:
                return _joined(function, verb, kwargs)
            return _once(function, _Writing(actor, verb, key), kwargs)

        VERBS[verb] = act
        return act

    return decorate


def _joined(function: Callable[..., Written], verb: str, kwargs: dict[str, Any]) -> Written:
    outer = _writing.get()
    assert outer is not None
    inner = _Writing(kwargs["actor"], verb, outer.key)
    token = _writing.set(inner)
    try:
        answer = function(**kwargs)
    finally:
        _writing.reset(token)
    outer.entries += inner.entries
    return answer


def _once(function: Callable[..., Written], writing: _Writing, kwargs: dict[str, Any]) -> Written:
    """Run the action; where it fails because its twin won the race, give the twin's answer.

    Two submits of one key at the same instant both find no receipt. The loser then runs into the
    winner's lock: a stale version, a refused move, or a constraint. By then the receipt stands.
    """
    try:
        return _whole(function, writing, kwargs)
    except (IntegrityError, Stale, Refused):
        known = _receipt(writing)
        if known is None:
            raise
        return Written.from_json(known.answer)


def _whole(function: Callable[..., Written], writing: _Writing, kwargs: dict[str, Any]) -> Written:
    with writers_turn(), transaction.atomic():
        known = _receipt(writing)
        if known is not None:
            return Written.from_json(known.answer)
        token = _writing.set(writing)
        try:
            answer = function(**kwargs)
        finally:
            _writing.reset(token)
        if not writing.entries and answer.version >= 0:
            message = f"{writing.verb} changed something and journalled nothing"
            raise RuntimeError(message)
        insert_many(writing.entries)
        _give_receipt(writing, answer)
        _react(writing)
    return answer


def nothing(kind: str, row_id: UUID) -> Written:
    """The answer of an action that found nothing to change; it needs no entry."""
    return Written(kind, row_id, -1)


def _receipt(writing: _Writing) -> Receipt | None:
    if not writing.key:
        return None
    return Receipt.objects.filter(
        jurisdiction=writing.actor.jurisdiction_id,
        account_id=writing.actor.account_id,
        key=writing.key,
    ).first()


def _give_receipt(writing: _Writing, answer: Written) -> None:
    if writing.key:
        Receipt.objects.create(
            jurisdiction=writing.actor.jurisdiction_id,
            account_id=writing.actor.account_id,
            key=writing.key,
            verb=writing.verb,
            answer=answer.as_json(),
            at=timezone.now(),
        )


def _react(writing: _Writing) -> None:
    reactions: Mapping[str, str] = import_string(settings.LUOSHI_REACTIONS)
    for entry in writing.entries:
        if kind := reactions.get(entry.verb):
            jobs.start(
                kind=kind,
                actor=writing.actor,
                payload={"subject_kind": entry.subject_kind, "subject_id": str(entry.subject_id)},
                now=entry.at,
                key=f"{kind}:{entry.pk}",
            )


def record(
    subject: Row,
    changes: Mapping[str, Any] | None = None,
    *,
    unit_id: UUID | None = None,
    reason: str = "",
    verb: str = "",
    at: datetime | None = None,
) -> None:
    """Journal one subject of the running action: `changes` maps a field to (before, after).

    `at` is the instant that the action was given; without one, that of the history being replayed,
    otherwise the server's clock.
    """
    writing = _writing.get()
    if writing is None:
        message = "record() outside an action"
        raise RuntimeError(message)
    actor = writing.actor
    writing.entries.append(
        Entry(
            jurisdiction=actor.jurisdiction_id,
            unit_id=unit_id or getattr(subject, "unit_id", None),
            account_id=actor.account_id,
            person_id=actor.person_id,
            on_behalf_of=actor.on_behalf_of or actor.delegated_by,
            at=at or _replayed.get() or timezone.now(),
            verb=verb or writing.verb,
            subject_kind=subject._meta.label_lower,
            subject_id=subject.pk,
            changes=plain(dict(changes or {})),
            reason=reason[:500],
            key=writing.key,
            request_id=request_id.get(),
        )
    )


def created(subject: Row, **extra: Any) -> dict[str, Any]:  # noqa: ANN401 - any field's value
    """The changes of a new row: every filled field from nothing to its value."""
    values = {name: getattr(subject, name) for name in _told(type(subject))}
    filled = ((name, value) for name, value in values.items() if not _empty(value))
    return {name: (None, value) for name, value in filled} | extra


def _empty(value: object) -> bool:
    """Nothing said: None, no text, no list; 0 and False are said."""
    return not value and (value is None or type(value) in _SPACES)


@cache
def _told(model: type[Row]) -> tuple[str, ...]:
    """The fields of a row that its first entry tells."""
    names = (field.attname for field in model._meta.concrete_fields)
    return tuple(name for name in names if name not in {"id", "jurisdiction", "version"})


def on_behalf(actor: Actor, person_id: UUID | None) -> Actor:
    """The same actor, writing for somebody else (代录)."""
    return replace(actor, on_behalf_of=person_id)


_PLAIN = frozenset({str, int, bool})
_SPACES = frozenset({str, list, dict})


def plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - JSON in, JSON out; one return a type
    """A value as JSON keeps it: dates as ISO text, decimals and keys as text."""
    if value is None or type(value) in _PLAIN:
        return value
    if type(value) is dict or isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [p if p is None or type(p) in _PLAIN else plain(p) for p in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, models.Model):
        return str(value.pk)
    return value


@write("journal.anchor.make")
def make_anchor(*, actor: Actor, today: date) -> Written:
    """Write down where the chain ends today, and have the whole chain checked.

    Once a day, by the clock: the number and the seal of the last sealed entry.
    """
    jurisdiction, now = actor.jurisdiction_id, timezone.now()
    known = Anchor.objects.filter(jurisdiction=jurisdiction, on=today).first()
    end = sealer.end_of(jurisdiction)
    if known is not None or not end.seq:
        return nothing("journal.anchor", known.pk if known else jurisdiction)
    row = Anchor.objects.create(
        jurisdiction=jurisdiction, on=today, seq=end.seq, seal=end.seal, at=now
    )
    record(row, {"on": (None, today), "seq": (None, end.seq), "seal": (None, end.seal)})
    key = f"{CHECK_JOB}:{today.isoformat()}"
    jobs.start(kind=CHECK_JOB, actor=actor, payload={}, now=now, key=key)
    return Written("journal.anchor", row.pk)


@write("journal.anchor.deliver")
def mark_delivered(*, actor: Actor, today: date, anchor: Anchor, by: str) -> Written:
    """Say that a day's anchor reached its folder (`kept_at`) or an address (`mailed_at`)."""
    if getattr(anchor, by) is not None:
        return nothing("journal.anchor", anchor.pk)
    now = timezone.now()
    Anchor.objects.filter(pk=anchor.pk).update(**{by: now})
    record(anchor, {by: (None, now)})
    return Written("journal.anchor", anchor.pk)


@write("journal.check.ask")
def ask_check(*, actor: Actor, today: date) -> Written:
    """Have the whole chain checked by the worker; the journal's page tells what it found."""
    job = jobs.start(kind=CHECK_JOB, actor=actor, payload={}, now=timezone.now())
    record(job, {"kind": (None, CHECK_JOB)})
    return Written("jobs.job", job.pk)


@write("journal.entries.archive")
def move_to_archive(
    *, actor: Actor, today: date, start: Start, until: Start, digest: str
) -> Written:
    """Remove the oldest part of the chain, which a file now holds, and say where it begins instead.

    The start is proved with the key, the file by its digest; the entry of this act stays.
    """
    jurisdiction = actor.jurisdiction_id
    row = ChainStart.objects.create(
        jurisdiction=jurisdiction,
        seq=until.seq,
        seal=until.seal,
        proof=start_proof(outside.key(), str(jurisdiction), until),
        archive=digest,
        at=timezone.now(),
    )
    Entry.objects.filter(jurisdiction=jurisdiction, seq__lte=until.seq).delete()
    facts = {"from": start.seq + 1, "to": until.seq, "archive": digest}
    record(row, {name: (None, value) for name, value in facts.items()})
    return Written("journal.chainstart", row.pk)
