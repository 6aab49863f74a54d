"""Local rules are taught, changed and forgotten here; nothing else writes them."""

from __future__ import annotations

from datetime import date, datetime

from luoshi.documents import queries
from luoshi.documents.models import LocalRule
from luoshi.domain.access import Actor
from luoshi.domain.base import Refused, say
from luoshi.journal.actions import Written, created, nothing, record, write
from luoshi.org.models import Unit
from luoshi.store.rows import save

SHORTEST_PHRASE = 2


@write("documents.rule.keep")
def keep_rule(  # noqa: PLR0913 - a rule and where it holds
    *,
    actor: Actor,
    today: date,
    now: datetime,
    unit: Unit,
    kind: str,
    phrase: str,
    target: Unit | None = None,
    outcome: str = "",
    rule: LocalRule | None = None,
    version: int | None = None,
    key: str = "",
) -> Written:
    """Keep a local rule of a place, a new one or `rule` as it was edited; for the next reading.

    A phrase has one rule of a kind; a unit's name needs the unit, anything else what it becomes.
    """
    del today, key
    queries.demand_draft(actor, unit)
    phrase, named = " ".join(phrase.split()), kind == LocalRule.Kind.UNIT
    if len(phrase) < SHORTEST_PHRASE:
        raise Refused(say("documents.rule_too_short", n=SHORTEST_PHRASE))
    if (target is None) if named else outcome not in LocalRule.Outcome.values:
        raise Refused(say("documents.rule_half"))
    facts = {
        "kind": LocalRule.Kind(kind).value,
        "phrase": phrase,
        "target_id": target.pk if named and target else None,
        "outcome": "" if named else outcome,
    }
    same = queries.local_rules(actor, unit).filter(kind=kind, phrase=phrase)
    if any(rule is None or other.pk != rule.pk for other in same):
        raise Refused(say("documents.rule_known", phrase=phrase))
    if rule is None:
        rule = LocalRule.objects.create(
            jurisdiction=unit.jurisdiction,
            unit=unit,
            added_at=now,
            added_by_id=actor.person_id,
            **facts,
        )
        record(rule, created(rule))
    elif changed := save(rule, version, **facts):
        record(rule, changed)
    else:
        return nothing("documents.localrule", rule.pk)
    return Written("documents.localrule", rule.pk, rule.version)


@write("documents.rule.remove")
def remove_rule(*, actor: Actor, today: date, rule: LocalRule, key: str = "") -> Written:
    """Forget a local rule; what was read under it stays as it is."""
    del today, key
    queries.demand_draft(actor, rule.unit)
    record(rule, {name: (before, None) for name, (_, before) in created(rule).items()})
    answer = Written("documents.localrule", rule.pk, rule.version)
    LocalRule.objects.filter(pk=rule.pk).delete()
    return answer
