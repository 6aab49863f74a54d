"""The only writes of material: draft a review, re-word it, state that a line has no gap, finish.

`key` stands in a signature for the callers' sake: the decorator takes it as the idempotency key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from luoshi.briefs import queries
from luoshi.briefs.contracts import CONTRACTS_JOB, Draft, key_of
from luoshi.briefs.facts import review_facts
from luoshi.briefs.gather import gather, names_of
from luoshi.briefs.kept import as_data, citable, facts_of, paragraph_data, paragraphs_of, with_edits
from luoshi.briefs.models import Brief, Bulletin, Contract, NoGap
from luoshi.documents import actions as documents
from luoshi.documents.models import Document
from luoshi.documents.source import Source
from luoshi.domain.access import Actor
from luoshi.domain.base import Finding, Refused, say
from luoshi.domain.brief import Paragraph, annual_review, attribute, check, text_of
from luoshi.files import actions as files
from luoshi.files.actions import Screened
from luoshi.goals.models import Plan, WorkLine
from luoshi.jobs import actions as jobs
from luoshi.jobs.models import Job
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.store.rows import save

NO_GAP = "本期无突出不足"
"""The words that the sentence of the leader in charge holds."""


@write("briefs.review.write")
def write_review(*, actor: Actor, today: date, now: datetime, plan: Plan, key: str = "") -> Written:
    """Draft the year's review from the ledger: facts are gathered, the law writes and checks.

    The same rows give the same figures: where nothing changed since the last first draft, that
    draft is the answer and nothing is written. Otherwise a new draft stands beside the old one,
    with every edit whose figures did not change; `facts["left"]` counts the edits left behind.
    """
    del key
    queries.demand_brief(actor, plan.unit.path)
    known = gather(actor, today, plan)
    review, made = review_facts(known)
    facts = [dict(as_data(fact, made)) for fact in review.facts().values()]
    written = annual_review(review)
    demand_clean(check(written, review.facts(), known.names))
    before = queries.draft_of(actor, plan)
    fresh = [paragraph_data(paragraph) for paragraph in written]
    paragraphs, left = with_edits(fresh, before.paragraphs if before else ())
    if before is not None and (before.facts, before.paragraphs) == (facts, paragraphs):
        return nothing("briefs.brief", before.pk)
    brief = Brief(
        jurisdiction=plan.jurisdiction,
        plan=plan,
        unit=plan.unit,
        title=written[0].text,
        as_of=today,
        paragraphs=paragraphs,
        facts=facts,
        written_at=now,
        written_by_id=actor.person_id,
    )
    brief.save(force_insert=True)
    record(brief, _told(brief))
    return Written("briefs.brief", brief.pk, brief.version, {"left": left})


def _told(brief: Brief) -> dict[str, Any]:
    """A new brief for the journal: how long it is and on how many facts it rests."""
    sizes = {
        "paragraphs": (None, len(brief.paragraphs)),
        "facts": (None, len(brief.facts)),
    }
    return created(brief) | sizes


def demand_clean(findings: Iterable[Finding]) -> None:
    """Raise the first fault of a text, in its own words."""
    first = next(iter(findings), None)
    if first is not None:
        raise Refused(first.why)


def faults_of(
    actor: Actor, brief: Brief | Bulletin, number: int, text: str
) -> tuple[Paragraph, list[Finding]]:
    """A re-worded paragraph tied back to its facts, and every fault that keeps it from being kept.

    Only the facts of the paragraph itself and the names of the text may be cited.
    """
    kept = paragraphs_of(brief)
    paragraph = Paragraph(
        kept[number].style, attribute(text, citable(brief, number)), kept[number].mark
    )
    whole = (*kept[:number], paragraph, *kept[number + 1 :])
    found = check(whole, facts_of(brief), names_of(actor, brief.unit))
    place = str(number + 1)
    return paragraph, [fault for fault in found if fault.where.label == place]


@write("briefs.paragraph.edit")
def edit_paragraph(
    *, actor: Actor, today: date, brief: Brief, version: int, number: int, text: str, key: str = ""
) -> Written:
    """Re-word one paragraph of a first draft; its mark (一、) stays.

    A figure or a name that no fact of the paragraph states is refused in words; the words of the
    draft are kept beside, so that a new draft can tell whether the edit still holds.
    """
    del today, key
    queries.demand_brief(actor, brief.unit.path)
    _demand_draft(actor, brief)
    paragraph, old, new = reworded(actor, brief, number, text)
    made = old.get("made", old["runs"])
    if new["runs"] == old["runs"]:
        return nothing("briefs.brief", brief.pk)
    if new["runs"] != made:
        new["made"] = made
    put(brief, version, number, paragraph, new)
    return Written("briefs.brief", brief.pk, brief.version)


def reworded(
    actor: Actor, row: Brief | Bulletin, number: int, text: str
) -> tuple[Paragraph, Mapping[str, Any], dict[str, Any]]:
    """One paragraph in new words, under the check: the paragraph, its data before and after."""
    text = " ".join(text.split())
    if not text:
        raise Refused(say("briefs.paragraph_empty"))
    if not 0 <= number < len(row.paragraphs):
        raise Refused(say("briefs.no_paragraph"))
    paragraph, faults = faults_of(actor, row, number, text)
    demand_clean(faults)
    return paragraph, row.paragraphs[number], paragraph_data(paragraph)


def put(
    row: Brief | Bulletin,
    version: int | None,
    number: int,
    paragraph: Paragraph,
    new: dict[str, Any],
) -> None:
    """Keep a paragraph in its place, and what it said before in the journal."""
    old = row.paragraphs[number]
    paragraphs = [*row.paragraphs[:number], new, *row.paragraphs[number + 1 :]]
    title = paragraph.text if paragraph.style == "title" else row.title
    save(row, version, paragraphs=paragraphs, title=title[:200])
    words = tuple("".join(text for text, _ in one["runs"]) for one in (old, new))
    record(row, {f"paragraph {number + 1}": words})


@write("briefs.nogap.say")
def say_no_gap(
    *,
    actor: Actor,
    today: date,
    line: WorkLine,
    text: str,
    version: int | None = None,
    key: str = "",
) -> Written:
    """本期无突出不足: the leader in charge of a line says so in one sentence, and only that leader.

    It replaces what was said before; `version` guards against two at once.
    """
    del key
    if line.leader_post_id not in actor.post_ids or line.leader_post_id is None:
        raise Refused(say("briefs.only_leader", line=line.name))
    text = " ".join(text.split())
    if NO_GAP not in text:
        raise Refused(say("briefs.no_gap_words", words=NO_GAP))
    known = queries.no_gap_of(actor, line)
    if known is None:
        row = NoGap(
            jurisdiction=line.jurisdiction,
            line=line,
            unit=line.plan.unit,
            text=text,
            said_on=today,
            said_by_id=actor.person_id,
        )
        row.save(force_insert=True)
        record(row, created(row))
        return Written("briefs.nogap", row.pk, row.version)
    changes = save(known, version, text=text, said_on=today, said_by_id=actor.person_id)
    if not changes:
        return nothing("briefs.nogap", known.pk)
    record(known, changes)
    return Written("briefs.nogap", known.pk, known.version)


@write("briefs.brief.finish")
def finish(
    *, actor: Actor, today: date, now: datetime, brief: Brief, version: int, key: str = ""
) -> Written:
    """定稿: the text becomes a new document of the unit and is read at once; the loop closes.

    Refused while a line has neither a gap nor its leader's sentence (R05), and where the check
    finds a figure without its fact. What is 待补 stays 待补.
    """
    del key
    queries.demand_brief(actor, brief.unit.path)
    _demand_draft(actor, brief)
    bare = [pair.name for pair in queries.pairs(actor, today, brief) if pair.missing and pair.line]
    if bare:
        raise Refused(say("briefs.gap_missing", n=len(bare), lines="、".join(bare)))
    paragraphs = paragraphs_of(brief)
    demand_clean(check(paragraphs, facts_of(brief), names_of(actor, brief.unit)))
    kept = documents.add(
        actor=actor,
        today=today,
        now=now,
        unit=brief.unit,
        source=Source(text_of(paragraphs)),
        origin=Document.Origin.WRITTEN,
        title=brief.title,
        year=_plan_year(brief),
    )
    changes = save(brief, version, state=Brief.State.FINAL, document_id=kept.id)
    record(brief, changes)
    return Written("briefs.brief", brief.pk, brief.version, {"document": kept.id})


def _plan_year(brief: Brief) -> int:
    """The year that the text plans, which is the year of the document."""
    facts: Mapping[str, Any] = facts_of(brief)
    return int(facts["plan_year"].bare)


def _demand_draft(actor: Actor, brief: Brief) -> None:
    if brief.state != Brief.State.FIRST_DRAFT:
        raise Refused(say("briefs.final_stays"))
    if queries.newer_than(actor, brief) is not None:
        raise Refused(say("briefs.rests"))


@write("briefs.contracts.ask")
def ask_contracts(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    plan: Plan,
    kinds: Sequence[str] = (),
    key: str = "",
) -> Written:
    """Ask for the contracts (目标责任书) of all units of a plan; one job makes them.

    Offices sign by default; stations and villages only where asked for (`kinds`). A plan that is
    still a draft has nothing to sign for. While a job runs, no second one is begun.
    """
    del key
    queries.demand_brief(actor, plan.unit.path)
    if plan.state == Plan.State.DRAFT:
        raise Refused(say("briefs.plan_is_draft"))
    before = Job.objects.filter(jurisdiction=plan.jurisdiction, key__startswith=key_of(plan.pk, ""))
    if before.filter(finished_at__isnull=True).exists():
        raise Refused(say("briefs.contracts_going"))
    jobs.start(
        kind=CONTRACTS_JOB,
        actor=actor,
        payload={"plan_id": str(plan.pk), "kinds": list(kinds), "today": today.isoformat()},
        now=now,
        key=key_of(plan.pk, str(before.count() + 1)),
    )
    record(plan, {"contracts_asked": (None, list(kinds))}, at=now)
    return Written("goals.plan", plan.pk, plan.version)


@write("briefs.contract.keep")
def keep_contract(
    *, actor: Actor, today: date, now: datetime, plan: Plan, draft: Draft, screened: Screened
) -> Written:
    """Keep a unit's contract and its paper; made again, the newer stands and the old paper stays.

    The same items give the same paper, which is kept once.
    """
    row = Contract.objects.filter(
        jurisdiction=plan.jurisdiction, plan=plan, unit=draft.unit
    ).first()
    fields: dict[str, Any] = {
        "title": draft.title,
        "made_on": today,
        "items": list(draft.items),
        "outside": list(draft.outside),
        "sha256": screened.sha256,
    }
    if row is None:
        row = Contract(jurisdiction=plan.jurisdiction, plan=plan, unit=draft.unit, **fields)
        row.save(force_insert=True)
        changes: dict[str, Any] = {"items": (None, len(draft.items))}
    else:
        changes = save(row, None, **fields)
        if not changes:
            return nothing("briefs.contract", row.pk)
        changes = {"items": (None, len(draft.items))}
    files.store(
        actor=actor,
        today=today,
        now=now,
        unit_id=draft.unit.pk,
        subject_kind="briefs.contract",
        subject_id=row.pk,
        screened=screened,
    )
    record(row, changes, unit_id=draft.unit.pk, at=now)
    return Written("briefs.contract", row.pk, row.version)
