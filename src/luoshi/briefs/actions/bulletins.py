"""通报: drafted from facts, re-worded under the check, shown to units, issued by a leader."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from luoshi.briefs.actions.writing import demand_clean, put, reworded
from luoshi.briefs.gather import names_of
from luoshi.briefs.kept import facts_of, paragraph_data, paragraphs_of
from luoshi.briefs.models import Bulletin, BulletinReply
from luoshi.briefs.queries import hearing as asked
from luoshi.briefs.telling import tell
from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Refused, say
from luoshi.domain.brief import bulletin, check, issue_fault, reply_days_fault
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.office.marking import marking
from luoshi.org.calendars import calendar_of
from luoshi.org.models import Unit
from luoshi.store.rows import save
from luoshi.supervision import actions as supervision
from luoshi.supervision.models import Order


@write("briefs.bulletin.draft")
def draft_bulletin(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    kind: str,
    period: Period,
    corrects: Bulletin | None = None,
) -> Written:
    """起草通报: what the town's units did in a period, gathered, written and checked by the law.

    `corrects` names an issued bulletin that the new one puts right; that one stays as it is.
    """
    town = asked.town_to_tell(actor)
    if town is None or actor.on_behalf_of is not None:
        raise Refused(say("bulletin.town_only"))
    if period.end > today:
        raise Refused(say("bulletin.period"))
    if corrects is not None and corrects.state != Bulletin.State.ISSUED:
        raise Refused(say("bulletin.not_issued"))
    told, kept = tell(actor, today, town, period)
    written = bulletin(told)
    demand_clean(check(written, told.facts(), names_of(actor, town)))
    row = Bulletin(
        jurisdiction=actor.jurisdiction_id,
        unit=town,
        kind=Bulletin.Kind(kind),
        title=written[0].text[:200],
        from_on=period.start,
        to_on=period.end,
        as_of=today,
        paragraphs=[paragraph_data(paragraph) for paragraph in written],
        facts=[dict(fact) for fact in kept],
        corrects=corrects,
        written_at=now,
        written_by_id=_person(actor),
    )
    row.save(force_insert=True)
    sizes = {"paragraphs": (None, len(row.paragraphs)), "facts": (None, len(row.facts))}
    record(row, created(row) | sizes, at=now)
    return Written("briefs.bulletin", row.pk, row.version)


@write("briefs.bulletin.edit")
def edit_bulletin(
    *,
    actor: Actor,
    today: date,
    bulletin: Bulletin,
    number: int,
    text: str,
    version: int | None = None,
) -> Written:
    """修改段落: re-worded under the same check as every text; a figure without its fact is refused.

    Also while it is shown, so that a reply can be taken up; never once it is issued.
    """
    del today
    row = _locked(actor, bulletin)
    _demand_drafting(actor, row)
    paragraph, old, new = reworded(actor, row, number, text)
    if new["runs"] == old["runs"]:
        return nothing("briefs.bulletin", row.pk)
    put(row, version, number, paragraph, new)
    return Written("briefs.bulletin", row.pk, row.version)


@write("briefs.bulletin.show")
def show_bulletin(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    bulletin: Bulletin,
    days: int,
    version: int | None = None,
) -> Written:
    """征求意见: each unit whose problem is told gets `days` working days to reply, before issue."""
    row = _locked(actor, bulletin)
    _demand_drafting(actor, row)
    if row.state == Bulletin.State.SHOWN:
        raise Refused(say("bulletin.shown_already", until=row.reply_until or today))
    fault = reply_days_fault(days)
    if fault is not None:
        raise Refused(fault)
    until = calendar_of(row.unit).add(today, days)
    named = asked.named_units(actor, row)
    for unit_id in named:
        BulletinReply.objects.create(jurisdiction=row.jurisdiction, bulletin=row, unit_id=unit_id)
    fields = {"state": Bulletin.State.SHOWN, "shown_on": today, "reply_until": until}
    changes = save(row, version, **fields)
    record(row, changes | {"units": (None, list(named))}, at=now)
    return Written("briefs.bulletin", row.pk, row.version, {"units": len(named)})


@write("briefs.bulletin.reply")
def reply_bulletin(
    *, actor: Actor, today: date, now: datetime, bulletin: Bulletin, text: str
) -> Written:
    """答复: a unit that is named says how it sees it, within its time; until it is dealt with."""
    row = _locked(actor, bulletin)
    found = asked.reply_of(actor, row)
    if found is None or row.state != Bulletin.State.SHOWN or actor.on_behalf_of is not None:
        raise Refused(say("bulletin.no_reply_asked"))
    if row.reply_until is not None and today > row.reply_until:
        raise Refused(say("bulletin.reply_over", until=row.reply_until))
    if found.outcome:
        raise Refused(say("bulletin.reply_settled"))
    if not text.strip():
        raise Refused(say("bulletin.no_words"))
    mark = marking(text)
    if mark:
        raise Refused(say("orders.marked", marking=mark))
    told = {"text": text.strip(), "replied_on": today, "replied_by_id": _person(actor)}
    record(found, save(found, None, **told), unit_id=found.unit_id, at=now)
    return Written("briefs.bulletinreply", found.pk, found.version)


@write("briefs.bulletin.settle")
def settle_reply(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    reply: BulletinReply,
    outcome: str,
    version: int | None = None,
) -> Written:
    """处理答复: printed beneath the bulletin, or taken up in its text; nothing is thrown away.

    Taken up only where the text was changed since it was shown.
    """
    del today
    row = _locked(actor, reply.bulletin)
    _demand_drafting(actor, row)
    found = BulletinReply.objects.select_for_update().get(pk=reply.pk)
    if not found.text:
        raise Refused(say("bulletin.nothing_to_settle"))
    if outcome == BulletinReply.Outcome.TAKEN and not asked.changed_since_shown(actor, row):
        raise Refused(say("bulletin.not_changed"))
    told = {"outcome": BulletinReply.Outcome(outcome), "settled_by_id": _person(actor)}
    record(found, save(found, version, **told), unit_id=found.unit_id, at=now)
    return Written("briefs.bulletinreply", found.pk, found.version, {"outcome": outcome})


@write("briefs.bulletin.issue")
def issue_bulletin(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    bulletin: Bulletin,
    version: int | None = None,
) -> Written:
    """签发: by a leader who did not draft it, once every unit named was heard; then it stays.

    It takes its number now, and each order whose item it names keeps where it was told of.
    """
    row = _locked(actor, bulletin)
    if row.state == Bulletin.State.ISSUED:
        raise Refused(say("bulletin.issued_stays"))
    fault = issue_fault(asked.issue_facts(actor, today, row))
    if fault is not None:
        raise Refused(fault)
    demand_clean(check(paragraphs_of(row), facts_of(row), names_of(actor, row.unit)))
    Unit.objects.select_for_update().get(pk=row.unit_id)
    number, mark = supervision.take_number(actor, row.unit, today.year, row.kind)
    changes = save(
        row,
        version,
        state=Bulletin.State.ISSUED,
        year=today.year,
        number=number,
        serial=mark,
        issued_on=today,
        approved_by_id=_person(actor),
    )
    record(row, changes, at=now)
    _tell(actor, today, now, row)
    return Written("briefs.bulletin", row.pk, row.version, {"serial": mark})


def _tell(actor: Actor, today: date, now: datetime, row: Bulletin) -> None:
    """The orders of the items that the bulletin counted, with praise where it was in time."""
    good, all_ = asked.told_tasks(actor, row)
    orders = list(Order.objects.filter(jurisdiction=row.jurisdiction, unit=row.unit, task__in=all_))
    supervision.tell_orders(
        actor=actor,
        today=today,
        now=now,
        orders=orders,
        bulletin_id=row.pk,
        serial=row.serial,
        praised=frozenset(order.pk for order in orders if order.task_id in good),
    )


def _locked(actor: Actor, bulletin: Bulletin) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.get(pk=bulletin.pk, jurisdiction=actor.jurisdiction_id)


def _demand_drafting(actor: Actor, row: Bulletin) -> None:
    """The town's own office and leaders draft it, until it is issued."""
    town = asked.town_to_tell(actor)
    if town is None or town.pk != row.unit_id or actor.on_behalf_of is not None:
        raise Refused(say("bulletin.town_only"))
    if row.state == Bulletin.State.ISSUED:
        raise Refused(say("bulletin.issued_stays"))


def _person(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Refused(say("supervision.no_person"))
    return actor.person_id
