"""The only writes of texts, passages and drafts: add, read, and what a person decides.

`key` stands in a signature for the callers' sake: the decorator takes it as the idempotency key.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.documents import queries
from luoshi.documents.models import Document, DraftItem, Passage, SecondOpinion
from luoshi.documents.rows import ReadRows, as_data
from luoshi.documents.source import Source, digest, first_line
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.files import actions as files
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.search.actions import Text, index
from luoshi.store.rows import save


@write("documents.document.add")
def add(  # noqa: PLR0913 - what a text is
    *,
    actor: Actor,
    today: date,
    now: datetime,
    unit: Unit,
    source: Source,
    origin: str,
    title: str = "",
    year: int | None = None,
    disclosure: str = Document.Disclosure.CLOSED,
    screened: files.Screened | None = None,
    key: str = "",
) -> Written:
    """Keep a text exactly as it was decoded, and ask for its reading.

    The same text a second time answers with the document that is there (`facts["known"]`), and
    writes nothing. `screened` is the file it came from: its bytes are kept with their digest.
    """
    queries.demand_draft(actor, unit)
    sha256 = digest(source.text)
    known = queries.same_text(actor, unit, sha256)
    if known is not None:
        return Written("documents.document", known.pk, -1, {"known": True, "title": known.title})
    document = Document(
        jurisdiction=unit.jurisdiction,
        unit=unit,
        title=(title or first_line(source.text, today))[:200],
        year=year,
        origin=Document.Origin(origin),
        disclosure=Document.Disclosure(disclosure),
        text=source.text,
        sha256=sha256,
        notes=[as_data(note.code, note.params) for note in source.notes],
        added_at=now,
        added_by_id=actor.person_id,
    )
    document.save(force_insert=True)
    facts = created(document)
    facts["text"] = (None, f"{len(document.text)} code points")
    record(document, facts)
    index(search_text(document))
    if screened is not None:
        files.store(
            actor=actor,
            today=today,
            now=now,
            unit_id=unit.pk,
            subject_kind="documents.document",
            subject_id=document.pk,
            screened=screened,
        )
    start_reading(actor, document.pk, now)
    return Written("documents.document", document.pk, document.version)


@write("documents.document.read_again")
def read_again(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    document: Document,
    year: int | None = None,
    key: str = "",
) -> Written:
    """Read the text once more: after a cancelled or failed reading, or for another plan year.

    What was read before is thrown away, which is refused once a person has touched any of it.
    """
    del today, key
    queries.demand_draft(actor, document.unit)
    job = queries.reading_job(actor, document.pk)
    if job is not None and job.finished_at is None:
        return nothing("documents.document", document.pk)
    drafts = DraftItem.objects.filter(document=document)
    if drafts.exclude(state=DraftItem.State.DRAFT, version=1).exists():
        raise Refused(say("documents.decided_already"))
    gone = drafts.delete()[0]
    Passage.objects.filter(document=document).delete()
    SecondOpinion.objects.filter(document=document).delete()
    changes = save(
        document, None, state=Document.State.WAITING, year=year or document.year, outline=[]
    )
    changes.pop("outline", None)
    start_reading(actor, document.pk, now)
    record(document, changes | {"drafts": (gone, 0)})
    return Written("documents.document", document.pk, document.version)


def start_reading(actor: Actor, document_id: UUID, now: datetime) -> Job:
    """Start the job that reads a text; each new try has its own key."""
    key = f"{queries.READ_JOB}:{document_id}:"
    tries = Job.objects.filter(jurisdiction=actor.jurisdiction_id, key__startswith=key).count()
    return jobs.start(
        kind=queries.READ_JOB,
        actor=actor,
        payload={"document_id": str(document_id)},
        now=now,
        key=f"{key}{tries + 1}",
    )


@write("documents.document.keep_reading")
def keep_reading(*, actor: Actor, today: date, document: Document, read: ReadRows) -> Written:
    """Write what the law read: passages and drafts in bulk, the outline, the text's own facts.

    Done once: a text that is already read stays as it is, so the job may run twice.
    """
    del today
    document = Document.objects.select_for_update().select_related("unit").get(pk=document.pk)
    if document.state == Document.State.READ:
        return nothing("documents.document", document.pk)
    Passage.objects.bulk_create(read.passages, batch_size=500)
    pairs = {draft.pk: draft.pair_id for draft in read.drafts if draft.pair_id}
    for draft in read.drafts:
        draft.pair = None
    DraftItem.objects.bulk_create(read.drafts, batch_size=500)
    paired = [draft for draft in read.drafts if draft.pk in pairs]
    for draft in paired:
        draft.pair_id = pairs[draft.pk]
    DraftItem.objects.bulk_update(paired, ["pair"], batch_size=500)
    changes = save(
        document,
        None,
        state=Document.State.READ,
        doc_type=read.doc_type,
        year=document.year or read.year,
        outline=read.outline,
    )
    changes["drafts"] = (None, len(read.drafts))
    changes.pop("outline", None)
    record(document, changes)
    return Written("documents.document", document.pk, document.version, {"n": len(read.drafts)})


@write("documents.document.fail")
def fail(*, actor: Actor, today: date, document: Document) -> Written:
    """Say that a text could not be read; the text itself is kept."""
    del today
    changes = save(document, None, state=Document.State.FAILED)
    if not changes:
        return nothing("documents.document", document.pk)
    record(document, changes)
    return Written("documents.document", document.pk, document.version)


@write("documents.draft.mark_adopted")
def mark_adopted(
    *, actor: Actor, today: date, draft: DraftItem, kind: str, row_id: UUID
) -> Written:
    """Say which row a draft became ("ledger.task", "goals.goal", "goals.note"), for good."""
    return change_draft(
        actor=actor,
        today=today,
        draft=draft,
        version=None,
        state=DraftItem.State.ADOPTED,
        adopted_kind=kind,
        adopted_id=row_id,
    )


@write("documents.draft.change")
def change_draft(
    *,
    actor: Actor,
    today: date,
    draft: DraftItem,
    version: int | None,
    **changes: Any,  # noqa: ANN401 - any field's value
) -> Written:
    """Write a person's decision on a draft under its version; nothing changed writes nothing."""
    del today
    queries.demand_draft(actor, draft.document.unit)
    passage = changes.get("passage")
    if passage is not None and passage._state.adding:  # noqa: SLF001 - a cut makes a new passage
        passage.save(force_insert=True)
    changed = save(draft, version, **changes)
    if not changed:
        return nothing("documents.draftitem", draft.pk)
    record(draft, changed, unit_id=draft.document.unit_id)
    return Written("documents.draftitem", draft.pk, draft.version)


@write("documents.draft.add")
def add_draft(*, actor: Actor, today: date, draft: DraftItem, passage: Passage) -> Written:
    """Add a draft with its own passage, as a split makes one; positions behind it move on."""
    del today
    queries.demand_draft(actor, draft.document.unit)
    passage.save(force_insert=True)
    draft.passage = passage
    draft.save(force_insert=True)
    record(draft, created(draft), unit_id=draft.document.unit_id)
    return Written("documents.draftitem", draft.pk, draft.version)


@write("documents.draft.remove")
def remove_draft(*, actor: Actor, today: date, draft: DraftItem) -> Written:
    """Take back a draft that a split made; its passage stays."""
    del today
    queries.demand_draft(actor, draft.document.unit)
    record(
        draft,
        {name: (before, None) for name, (_, before) in created(draft).items()},
        unit_id=draft.document.unit_id,
    )
    answer = Written("documents.draftitem", draft.pk, draft.version)
    DraftItem.objects.filter(pk=draft.pk).delete()
    return answer


def passage_of(document: Document, start: int, end: int, path: Sequence[str], part: str) -> Passage:
    """A passage row of a document, not yet saved."""
    return Passage(
        jurisdiction=document.jurisdiction,
        document=document,
        start=start,
        end=end,
        path=list(path),
        part=part,
    )


def search_text(document: Document) -> Text:
    """What a text is found by: its title, and every word in it."""
    return Text(
        jurisdiction=document.jurisdiction,
        unit_id=document.unit_id,
        kind="documents.document",
        id=document.pk,
        title=document.title,
        text=document.text,
    )
