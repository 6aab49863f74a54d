"""Can it be done? Told before anyone signs: with days to spare, or which days are missing and why.

An infeasible plan is explained by the shortest chain of steps that cannot be finished in time,
and answered by ways out; each was applied and the law run again before it is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.domain.base import Finding, Refused, Sentence, say
from luoshi.domain.schedule.analysis import Analysis, analyse
from luoshi.domain.schedule.change import Change, apply, describe
from luoshi.domain.schedule.check import check_plan, findings
from luoshi.domain.schedule.model import Network, Plan, Step, StepId
from luoshi.domain.schedule.ways import ways_out
from luoshi.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that together make the plan feasible: the network after them, and what is spare."""

    changes: tuple[Change, ...]
    sentences: tuple[Sentence, ...]
    network: Network
    status_on: date
    spare_days: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether every deadline can be kept, in words.

    `spare_days`: working days between the tightest deadline and the earliest finish; negative
    when missed; None without a deadline or when nothing could be computed. `chain` and
    `explanation`: the steps that decide it and a sentence for each. `proposals`: cheapest first.
    `faults`: what must be mended first, statutory times included; then nothing is proposed.
    """

    feasible: bool
    sentence: Sentence
    spare_days: int | None = None
    tightest: StepId | None = None
    chain: tuple[StepId, ...] = ()
    explanation: tuple[Sentence, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    faults: tuple[Finding, ...] = ()
    caution: Sentence | None = None
    analysis: Analysis | None = None


def verdict(
    network: Network, calendar: WorkCalendar, *, status_on: date, propose: bool = True
) -> Verdict:
    """The verdict on a network on a day; bad data is answered in words, never raised.

    Without `propose` no ways out are looked for: enough where many networks stand in a list.
    """
    faults = tuple(f for f in findings(network, status_on=status_on) if f.severity == "error")
    if faults:
        return Verdict(feasible=False, sentence=_unsound(faults), faults=faults)
    try:
        analysis = analyse(network, calendar, status_on=status_on)
    except Refused as refusal:
        return Verdict(feasible=False, sentence=refusal.why)
    faults = _unlawful(network, calendar, analysis)
    if faults:
        return Verdict(feasible=False, sentence=_unsound(faults), faults=faults, analysis=analysis)
    by_id = {step.id: step for step in network.steps}
    return Verdict(
        feasible=analysis.spare_days is None or analysis.spare_days >= 0,
        sentence=_told(analysis, by_id),
        spare_days=analysis.spare_days,
        tightest=analysis.tightest,
        chain=analysis.chain,
        explanation=_explained(analysis, by_id),
        proposals=_proposals(network, calendar, analysis, by_id) if propose else (),
        caution=calendar.caution(status_on, analysis.horizon),
        analysis=analysis,
    )


def _unsound(faults: tuple[Finding, ...]) -> Sentence:
    """One fault speaks for itself; several are counted."""
    return faults[0].why if len(faults) == 1 else say("schedule.unsound", count=len(faults))


def _unlawful(network: Network, calendar: WorkCalendar, analysis: Analysis) -> tuple[Finding, ...]:
    """Statutory times that the earliest plan breaks, where only the dates can tell."""
    if all(step.minimum is None for step in network.steps):
        return ()
    plan = Plan({key: times.earliest for key, times in analysis.steps.items()})
    checked = check_plan(network, calendar, plan, status_on=analysis.status_on)
    return tuple(f for f in checked if f.code == "P07" and f.severity == "error")


def _told(analysis: Analysis, by_id: dict[StepId, Step]) -> Sentence:
    if analysis.tightest is None or analysis.spare_days is None:
        if analysis.finish_on is None:
            return say("schedule.empty")
        return say("schedule.no_deadline", finish=analysis.finish_on)
    step = by_id[analysis.tightest]
    assert step.deadline is not None
    finish = analysis.steps[step.id].earliest.finish
    if analysis.spare_days < 0:
        return say(
            "schedule.infeasible",
            step=step.name,
            deadline=step.deadline,
            finish=finish,
            days=-analysis.spare_days,
        )
    return say(
        "schedule.feasible",
        step=step.name,
        deadline=step.deadline,
        finish=finish,
        days=analysis.spare_days,
    )


def _explained(analysis: Analysis, by_id: dict[StepId, Step]) -> tuple[Sentence, ...]:
    told: list[Sentence] = []
    before = ""
    for key in analysis.chain:
        slot, name = analysis.steps[key].earliest, by_id[key].name
        if before:
            told.append(
                say(
                    "schedule.chain.next",
                    step=name,
                    before=before,
                    start=slot.start,
                    finish=slot.finish,
                )
            )
        else:
            told.append(
                say("schedule.chain.first", step=name, start=slot.start, finish=slot.finish)
            )
        before = name
    return tuple(told)


def _proposals(
    network: Network, calendar: WorkCalendar, analysis: Analysis, by_id: dict[StepId, Step]
) -> tuple[Proposal, ...]:
    """Ways out that the law confirms, fewest changes first, then fewest days."""
    if analysis.spare_days is None or analysis.spare_days >= 0:
        return ()
    proposals = []
    for changes in ways_out(network, calendar, analysis):
        starts = [c.on for c in changes if c.kind == "start" and c.on is not None]
        status_on = min(starts, default=analysis.status_on)
        changed = apply(network, changes)
        again = analyse(changed, calendar, status_on=status_on)
        if again.spare_days is None or again.spare_days < 0 or _unlawful(changed, calendar, again):
            continue
        sentences = tuple(describe(change, by_id) for change in changes)
        proposals.append(Proposal(changes, sentences, changed, status_on, again.spare_days))
    proposals.sort(key=lambda p: (len(p.changes), sum(abs(c.days) for c in p.changes)))
    return tuple(proposals)
