"""Screen in memory, then store by digest. Nothing unscreened can reach `store`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Count, Sum

from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, Sentence, say
from luoshi.domain.uploads import MEGABYTE, Allowance, why_not
from luoshi.files.models import Attachment
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.office.answers import EVIDENCE, Accepted, Kind, Opened, Rejected, SourceText
from luoshi.office.pictures import cleaned
from luoshi.office.properties import without_properties
from luoshi.office.screen import opened, pasted
from luoshi.office.thumbs import small
from luoshi.org.models import Unit

if TYPE_CHECKING:
    from collections.abc import Collection


SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Screened:
    """A file that passed the gate; only `screen` makes one, so `store` takes nothing else."""

    name: str
    data: bytes
    accepted: Accepted
    source: SourceText | None = None
    thumb: bytes = b""
    told: tuple[Sentence, ...] = ()
    """What was taken out of the bytes, or could not be; said to who sent the file."""

    @property
    def sha256(self) -> str:
        """The digest that the bytes are kept under."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def notes(self) -> tuple[Sentence, ...]:
        """What in the file will be ignored."""
        return self.accepted.notes


def screen(
    *,
    actor: Actor,
    today: date,
    unit_id: UUID,
    name: str,
    data: bytes,
    takes: Collection[Kind] = EVIDENCE,
    text: bool = False,
) -> Screened:
    """Judge an uploaded file before anything is kept; call it before, never inside, an action.

    `text` asks for its text besides, taken in the same child process, and keeps the original;
    else the bytes are kept without what their properties tell of their maker (`told`). Raises
    Refused with the sentence to show. A secrecy marking is journalled first, as kind of marking,
    person and time: no name, no digest, no byte.
    """
    answer = opened(name, data, takes=takes, text=text)
    return _passed(actor, today, unit_id, answer, name, data, is_source=text)


def screen_text(*, actor: Actor, today: date, unit_id: UUID, text: str) -> Screened:
    """Judge pasted text as if it were a file of its own; the same refusals, the same entry."""
    data = text.encode("utf-8", "surrogatepass")
    return _passed(actor, today, unit_id, pasted(text), "", data, is_source=True)


def _passed(
    actor: Actor,
    today: date,
    unit_id: UUID,
    answer: Opened | Rejected,
    name: str,
    data: bytes,
    *,
    is_source: bool,
) -> Screened:
    """What passed the gate; a refusal is raised, a marking journalled before.

    Of a source text the original is kept; evidence loses what its properties tell of its maker.
    """
    if isinstance(answer, Opened):
        if answer.accepted.kind == "image":
            picture = cleaned(data)
            told = (say("office.picture_cleaned"),) if picture.data != data else ()
            thumb = small(picture.data)
            return Screened(_plain_name(name), picture.data, answer.accepted, None, thumb, told)
        if is_source:
            return Screened(_plain_name(name), data, answer.accepted, answer.source)
        kept = without_properties(data, answer.accepted.media_type)
        return Screened(_plain_name(name), kept.data, answer.accepted, told=kept.told)
    if answer.marking:
        note_marking(actor=actor, today=today, unit_id=unit_id, marking=answer.marking)
    raise Refused(answer.why)


@write("files.upload.refuse")
def note_marking(*, actor: Actor, today: date, unit_id: UUID, marking: str) -> Written:
    """Journal that a marked file was refused: the kind of marking, the person, the time (R71)."""
    unit = Unit.objects.get(pk=unit_id, jurisdiction=actor.jurisdiction_id)
    record(unit, {"marking": (None, marking)})
    return Written("org.unit", unit.pk, unit.version)


@write("files.attachment.store")
def store(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    unit_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    screened: Screened,
) -> Written:
    """Keep a screened file for a subject; the same bytes for the same subject are kept once.

    Bytes go to `files/aa/bb/<sha256>` before the row, so a row never lacks its bytes. The room of
    the subject has checked that the actor may add to it.
    """
    known = Attachment.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        sha256=screened.sha256,
    ).first()
    if known is not None:
        return nothing("files.attachment", known.pk)
    _demand_room(actor, today, len(screened.data))
    path = path_of(screened.sha256)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(screened.data))
    small_path = thumb_path_of(screened.sha256)
    if screened.thumb and not default_storage.exists(small_path):
        default_storage.save(small_path, ContentFile(screened.thumb))
    row = Attachment(
        jurisdiction=actor.jurisdiction_id,
        unit_id=unit_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        name=screened.name,
        sha256=screened.sha256,
        size=len(screened.data),
        media_type=screened.accepted.media_type,
        state=Attachment.State.OK,
        has_thumb=bool(screened.thumb),
        added_by_id=actor.person_id,
        added_at=now,
    )
    row.save(force_insert=True)
    record(row, created(row))
    return Written("files.attachment", row.pk)


def _demand_room(actor: Actor, today: date, size: int) -> None:
    """Refuse what would pass a person's allowance of the day; the system has none."""
    if actor.person_id is None:
        return
    since = datetime.combine(today, time.min, SHANGHAI)
    kept = Attachment.objects.filter(
        jurisdiction=actor.jurisdiction_id, added_by_id=actor.person_id, added_at__gte=since
    ).aggregate(n=Count("pk"), size=Sum("size"))
    allowed = Allowance(settings.UPLOADS_A_DAY, settings.UPLOAD_MEGABYTES_A_DAY * MEGABYTE)
    why = why_not(kept["n"], kept["size"] or 0, size, allowed)
    if why is not None:
        raise Refused(why)


def thumb_path_of(sha256: str) -> str:
    """Where the small picture of a digest stands."""
    return f"thumbs/{sha256[:2]}/{sha256[2:4]}/{sha256}.jpg"


def path_of(sha256: str) -> str:
    """Where the bytes of a digest stand, below the storage's root."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def _plain_name(name: str) -> str:
    """The last part of a name, without control characters, at most 200 characters with its end."""
    last = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip()
    if len(last) <= 200:
        return last or "未命名"
    stem, dot, end = last.rpartition(".")
    return f"{stem[: 199 - len(end)]}{dot}{end}" if dot and len(end) < 12 else last[:200]
