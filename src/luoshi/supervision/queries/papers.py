"""Papers from above: what must leave by what hour, what left, figures told before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from luoshi.domain.access import Actor
from luoshi.domain.base import Period, Sentence
from luoshi.domain.intake import Clash, Figure, clashes, missing_steps, say_due, say_step
from luoshi.domain.intake.papers import Step
from luoshi.domain.workdays import SHANGHAI
from luoshi.files.models import Attachment
from luoshi.files.registry import readable
from luoshi.indicators.models import Reading
from luoshi.ledger.judging import CLOSED, STOPPED
from luoshi.ledger.models import Task
from luoshi.ledger.queries import NOBODY, Carriers, Roles, carriers_of, roles_of, visible_tasks
from luoshi.org.models import Person, Post, Term, Unit
from luoshi.org.queries import holds
from luoshi.supervision.models import IncomingPaper, OutgoingReport, ToldFigure

SHOWN = 100
LEFT_DAYS = timedelta(days=30)
ENDED = CLOSED | STOPPED


def papers(actor: Actor, today: date) -> QuerySet[IncomingPaper]:
    """Papers whose item the actor sees."""
    tasks = visible_tasks(actor, today).order_by().values("pk")
    rows = IncomingPaper.objects.filter(jurisdiction=actor.jurisdiction_id, task__in=tasks)
    return rows.select_related("task__unit", "task__plan", "task__line", "unit", "again_of")


def paper_for(actor: Actor, today: date, paper_id: UUID) -> IncomingPaper | None:
    """One paper that the actor sees; None otherwise."""
    return papers(actor, today).filter(pk=paper_id).first()


def report_for(actor: Actor, today: date, report_id: UUID) -> OutgoingReport | None:
    """One version of an answer to a paper that the actor sees."""
    rows = OutgoingReport.objects.filter(
        pk=report_id, paper__in=papers(actor, today).order_by().values("pk")
    )
    return rows.select_related("paper__task__unit", "paper__unit", "unit").first()


@readable("supervision.outgoingreport")
def _may_read_report(actor: Actor, today: date, report_id: UUID) -> bool:
    return report_for(actor, today, report_id) is not None


def same_reference(actor: Actor, town: Unit, reference: str) -> IncomingPaper | None:
    """The paper of that number which the town has registered before; None where there is none."""
    if not reference:
        return None
    rows = IncomingPaper.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit=town, reference=reference, again_of__isnull=True
    )
    return rows.select_related("task").first()


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper of the list: who carries it, by when it must leave, which version stands where."""

    paper: IncomingPaper
    carriers: Carriers
    due: Sentence | None
    internal: Sentence | None
    late: bool
    last: OutgoingReport | None
    missing: tuple[Step, ...]

    @property
    def task(self) -> Task:
        """Its item."""
        return self.paper.task


def paper_shown(actor: Actor, today: date, now: datetime, paper: IncomingPaper) -> PaperShown:
    """One paper as its own page shows it; two queries."""
    paper.newest = list(paper.reports.order_by("-edition"))  # type: ignore[attr-defined]
    people = carriers_of(actor, today, [paper.task_id])
    return _shown(paper, people.get(paper.task_id, Carriers()), today, now)


@dataclass(frozen=True, slots=True)
class PaperList:
    """What leaves today by the hour, what is open besides, what needs no answer, what left."""

    today: Sequence[PaperShown]
    later: Sequence[PaperShown]
    no_answer: Sequence[PaperShown]
    left: Sequence[OutgoingReport]


def paper_list(actor: Actor, today: date, now: datetime) -> PaperList:
    """The register of papers; a constant number of queries.

    A paper is answered once a version has left; until then it stands by the superior's hour.
    """
    rows = papers(actor, today).exclude(task__state__in=ENDED)
    rows = rows.exclude(reports__left_at__isnull=False).prefetch_related(_reports())
    found = list(rows.order_by(F("task__due_at").asc(nulls_last=True), "id")[:SHOWN])
    people = carriers_of(actor, today, [paper.task_id for paper in found])
    shown = [_shown(paper, people.get(paper.task_id, Carriers()), today, now) for paper in found]
    midnight = datetime.combine(today, time.max, SHANGHAI)
    asks = [one for one in shown if one.paper.answer_form != "none"]
    soon = [one for one in asks if one.task.due_at and one.task.due_at <= midnight]
    left = OutgoingReport.objects.filter(
        paper__in=papers(actor, today).order_by().values("pk"),
        left_at__gte=now - LEFT_DAYS,
    ).select_related("paper__task")
    return PaperList(
        soon,
        [one for one in asks if one not in soon],
        [one for one in shown if one.paper.answer_form == "none"],
        list(left.order_by("-left_at", "-id")[:SHOWN]),
    )


def _reports() -> Prefetch[str]:
    rows = OutgoingReport.objects.order_by("-edition")
    return Prefetch("reports", queryset=rows, to_attr="newest")


def _shown(paper: IncomingPaper, carriers: Carriers, today: date, now: datetime) -> PaperShown:
    task = paper.task
    last: OutgoingReport | None = next(iter(paper.newest), None)  # type: ignore[attr-defined]
    return PaperShown(
        paper,
        carriers,
        say_due(task.due_at, today) if task.due_at else None,
        say_due(task.internal_due_at, today) if task.internal_due_at else None,
        bool(task.due_at and task.due_at < now),
        last,
        missing_steps(paper.answer_form, last.taken) if last else (),
    )


def answered_tasks(actor: Actor, tasks: Iterable[UUID]) -> set[UUID]:
    """Of some items, those whose paper was answered: a version has left; one query."""
    rows = OutgoingReport.objects.filter(
        jurisdiction=actor.jurisdiction_id, paper__task__in=list(tasks), left_at__isnull=False
    )
    return set(rows.values_list("paper__task", flat=True))


def known_figures(actor: Actor, report: OutgoingReport) -> list[Figure]:
    """Figures that left before in other versions, and the register's current readings; two queries.

    Of the same town. A reading counts under its indicator's name, with its period in words.
    """
    names = list(report.figures.values_list("name", flat=True))
    if not names:
        return []
    told = ToldFigure.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        report__unit=report.unit_id,
        report__left_at__isnull=False,
    ).exclude(report=report)
    told = told.select_related("report__paper").order_by("-report__left_at", "position")
    found = [
        Figure(
            one.name, one.value, one.measure, one.period,
            f"{one.report.to_whom}（{one.report.left_at:%Y-%m-%d}）",
        )
        for one in told[:2_000]
    ]  # fmt: skip
    readings = Reading.objects.filter(
        jurisdiction=actor.jurisdiction_id, unit=report.unit_id, current=True,
        indicator__name__in=names,
    ).select_related("indicator", "definition")  # fmt: skip
    return found + [
        Figure(
            one.indicator.name, one.value, one.definition.measure,
            _period_words(Period(one.starts_on, one.ends_on)), "指标台账",
        )
        for one in readings[:2_000]
    ]  # fmt: skip


def _period_words(period: Period) -> str:
    """A period as a paper writes it: 2026年, 2026年上半年, 2026年一季度, 2026年5月, 2026年1-5月."""
    year, month = period.start.year, period.start.month
    match period.kind:
        case "year":
            return f"{year}年"
        case "half":
            return f"{year}年{'上' if month == 1 else '下'}半年"
        case "quarter":
            return f"{year}年{'一二三四'[(month - 1) // 3]}季度"
        case "month":
            return f"{year}年{month}月"
    return f"{year}年{month}-{period.end.month}月"


def clashes_of(actor: Actor, report: OutgoingReport) -> list[tuple[ToldFigure, Clash]]:
    """Every figure of a version that was told differently before; three queries."""
    rows = list(report.figures.order_by("position"))
    known = known_figures(actor, report)
    found = []
    for row in rows:
        figure = Figure(row.name, row.value, row.measure, row.period)
        found += [(row, clash) for clash in clashes([figure], known)]
    return found


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step of a version: who took it, or who may."""

    step: Step
    person: str

    @property
    def word(self) -> Sentence:
        """The step in the office's word."""
        return say_step(self.step)


def steps_of(actor: Actor, report: OutgoingReport) -> list[StepShown]:
    """The steps that this form of answer passes, each with who took it; one query."""
    del actor
    done = report.taken
    names = dict(
        Person.objects.filter(pk__in=[key for key in done.values() if key]).values_list(
            "pk", "name"
        )
    )
    asked = missing_steps(report.paper.answer_form, {})
    return [StepShown(step, names.get(done[step], "")) for step in asked]  # type: ignore[arg-type]


def files_of(actor: Actor, report: OutgoingReport) -> list[Attachment]:
    """The files kept with a version; one query."""
    rows = Attachment.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        subject_kind="supervision.outgoingreport",
        subject_id=report.pk,
    )
    return list(rows.order_by("added_at", "id"))


def leader_people(actor: Actor, today: date, town: Unit) -> dict[UUID, str]:
    """The town's leaders in post today, by person; one query."""
    terms = Term.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, post__unit=town,
        post__role=Post.Role.LEADER,
    ).select_related("person").order_by("post__position", "id")  # fmt: skip
    return {term.person_id: term.person.name for term in terms}


def office_people(actor: Actor, today: date, town: Unit) -> dict[UUID, str]:
    """The town office in post today, by person; one query."""
    terms = Term.objects.filter(
        holds(today), jurisdiction=actor.jurisdiction_id, post__unit__path__startswith=town.path,
        post__role=Post.Role.TOWN_OFFICE,
    ).select_related("person").order_by("post__position", "id")  # fmt: skip
    return {term.person_id: term.person.name for term in terms}


@dataclass(frozen=True, slots=True)
class OpenAnswers:
    """Versions in view that have not left, and who leads their items: read once for a scope."""

    reports: Sequence[OutgoingReport]
    roles: Mapping[UUID, Roles]

    def awaited(self, actor: Actor) -> list[tuple[OutgoingReport, Step]]:
        """Versions whose next step is this person's to take; no query.

        核稿 and the seal are the office's, not the drafter's; 审核 and 签字 the lead leader's
        of the item, or any leader's of the town where none is named.
        """
        found = []
        for one in self.reports:
            missing = missing_steps(one.paper.answer_form, one.taken)
            leader = self.roles.get(one.paper.task_id, NOBODY).lead_leader
            if missing and _is_mine(actor, one, missing[0], leader):
                found.append((one, missing[0]))
        return found


def open_answers(actor: Actor, today: date) -> OpenAnswers:
    """What has not left of the papers in view, for who takes steps; two queries, else none."""
    if not actor.has("assign"):
        return OpenAnswers((), {})
    rows = OutgoingReport.objects.filter(
        jurisdiction=actor.jurisdiction_id,
        left_at__isnull=True,
        paper__in=papers(actor, today).order_by().values("pk"),
    ).select_related("paper__task__unit", "paper__task__plan", "paper__task__line")
    found = list(rows.order_by("paper__task__due_at", "id")[:SHOWN])
    return OpenAnswers(found, roles_of([one.paper.task_id for one in found]))


def _is_mine(actor: Actor, report: OutgoingReport, step: Step, leader: UUID | None) -> bool:
    if step in {"checked", "sealed"}:
        return "town_office" in actor.roles and actor.person_id != report.drafted_by_id
    if "leader" not in actor.roles or actor.person_id == report.drafted_by_id:
        return False
    return leader is None or leader in actor.post_ids
