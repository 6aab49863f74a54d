"""What is doubtful about a division before anybody saves it: every fault at once, as findings.

`divide` answers with the first reason why it cannot; a page wants them all, each at its part, and
also what can be divided but hardly was meant (a weight of 0, weights over 100).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from luoshi.domain.base import Finding, Remedy, Sentence, Severity, Where, say
from luoshi.domain.cascade.shares import Division, DivisionRule, Part, divide

WHOLE_PERCENT = Decimal(100)
EDIT = Remedy("edit_shares")


def division_findings(
    total: Decimal,
    parts: Sequence[Part],
    rule: DivisionRule,
    step: Decimal = Decimal(1),
    *,
    giver: UUID | None = None,
    handed: Mapping[UUID, UUID] | None = None,
) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful about dividing `total`, in the order of the parts.

    Errors forbid saving: nobody to divide among, a figure that is none or finer than the
    indicator, a weight below 0 or over 100 (weights are percentages; head counts are bases),
    parts fixed by hand that exceed the whole, a missing weight or base (missing is not 0), a unit
    named twice, a circle. Warnings do not: a weight of 0 gives nothing, weights that together
    exceed 100 are taken in proportion. `giver` is the unit whose target is divided, `handed` says
    of each unit from which one its own target came.
    """
    found = [
        *_circles(parts, giver, handed or {}),
        *_twice(parts),
        *(_weights(parts) if rule == "weight" else ()),
    ]
    answer = divide(total, parts, rule, step)
    negative_told = any(finding.why.code == "cascade.share.weight_negative" for finding in found)
    if isinstance(answer, Finding) and not (
        negative_told and answer.why.code == "cascade.share.basis_not_positive"
    ):
        found.append(answer)
    return tuple(found)


def divisible(answer: Division | Finding, findings: Sequence[Finding]) -> bool:
    """Whether a division may be saved: it exists, and nothing about it is an error."""
    return isinstance(answer, Division) and all(f.severity != "error" for f in findings)


def _circles(
    parts: Sequence[Part], giver: UUID | None, handed: Mapping[UUID, UUID]
) -> Iterator[Finding]:
    """A unit cannot take a share of what it hands down itself, nor may those above it."""
    above: list[UUID] = []
    unit = giver
    while unit is not None and unit not in above:
        above.append(unit)
        unit = handed.get(unit)
    for part in parts:
        if part.id is not None and part.id in above:
            yield _at(part, "C15", "error", say("cascade.share.circle", who=part.label))


def _twice(parts: Sequence[Part]) -> Iterator[Finding]:
    seen: set[UUID] = set()
    for part in parts:
        if part.id is None:
            continue
        if part.id in seen:
            yield _at(part, "C06", "error", say("cascade.share.twice", who=part.label))
        seen.add(part.id)


def _weights(parts: Sequence[Part]) -> Iterator[Finding]:
    free = [part for part in parts if part.fixed is None]
    known = [part.weight for part in free if part.weight is not None and part.weight.is_finite()]
    for part in free:
        weight = part.weight
        if weight is None or not weight.is_finite():
            continue
        if weight < 0:
            why = say("cascade.share.weight_negative", who=part.label, weight=weight)
            yield _at(part, "C05", "error", why)
        elif weight > WHOLE_PERCENT:
            why = say("cascade.share.weight_over", who=part.label, weight=weight)
            yield _at(part, "C05", "error", why)
        elif not weight:
            yield _at(part, "C05", "warning", say("cascade.share.weight_zero", who=part.label))
    total = sum(known, Decimal(0))
    if total > WHOLE_PERCENT:
        why = say("cascade.share.weights_over", total=total)
        yield Finding("C05", "warning", Where("division", None, ""), why, Remedy("even_weights"))


def _at(part: Part, code: str, severity: Severity, why: Sentence) -> Finding:
    return Finding(code, severity, Where("part", part.id, part.label), why, EDIT)
