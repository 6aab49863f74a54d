"""A year's texts and frame: the speech read, the meeting, the plan, its lines, goals and notes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from luoshi.config.demo.shapes import DemoGoal, DemoYear
from luoshi.config.demo.stage import Stage
from luoshi.config.demo.tables import speech
from luoshi.documents import actions as documents
from luoshi.documents.models import Document, DraftItem, Passage
from luoshi.documents.source import source_of
from luoshi.domain.access import Actor
from luoshi.domain.workdays import SHANGHAI
from luoshi.files import actions as files
from luoshi.goals import actions as goals
from luoshi.goals.models import Meeting, Note, Plan
from luoshi.jobs import actions as jobs
from luoshi.journal.actions import replaying
from luoshi.org.models import Post

CLERK = "党政办/文秘岗"
MEETING = "{year}年重点工作谋划会"
OPENING = time(9, 0)


def instant(day: date, at: time = OPENING) -> datetime:
    """An instant of the office's day, as the database keeps it."""
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def clerk(stage: Stage, day: date) -> Actor:
    """The town office's clerk on a day, who enters what the meeting decided."""
    person = stage.holder(CLERK, day)
    assert person is not None
    return stage.actor(person, day)


def add_speech(stage: Stage, year: DemoYear) -> None:
    """Put the year's speech in as a file, and have it read by the job that reads every text."""
    day = year.approved_on - timedelta(days=3)
    now, actor, unit = instant(day), clerk(stage, day), stage.unit(year.unit)
    name = MEETING.format(year=year.year) + "讲话.txt"
    data = speech(year.year).encode()
    screened = files.screen(actor=actor, today=day, unit_id=unit.pk, name=name, data=data)
    with replaying(now):
        answer = documents.add(
            actor=actor,
            today=day,
            now=now,
            unit=unit,
            source=source_of(name, data),
            origin=Document.Origin.UPLOADED,
            title=MEETING.format(year=year.year) + "讲话",
            year=year.year,
            screened=screened,
        )
        jobs.run_waiting(lambda: now)
    stage.documents[year.year] = Document.objects.select_related("unit").get(pk=answer.id)


def open_year(stage: Stage, year: DemoYear) -> None:
    """The meeting that owns the year, the plan, its lines, goals and notes."""
    day = year.approved_on
    actor, unit = clerk(stage, day), stage.unit(year.unit)
    with replaying(instant(day, time(8, 30))):
        held = goals.create_meeting(
            actor=actor,
            today=day,
            unit=unit,
            title=MEETING.format(year=year.year),
            held_on=day - timedelta(days=3),
        )
        made = goals.create_plan(
            actor=actor,
            today=day,
            unit=unit,
            year=year.year,
            meeting=Meeting.objects.get(pk=held.id),
            documents=[stage.documents[year.year]],
        )
        stage.plans[year.year] = Plan.objects.select_related("unit").get(pk=made.id)
        _lines(stage, year, actor)
        for goal in stage.story.goals:
            if goal.year == year.year:
                _goal(stage, goal, actor, day)


def _lines(stage: Stage, year: DemoYear, actor: Actor) -> None:
    plan = stage.plans[year.year]
    for line in stage.story.lines:
        if line.year == year.year:
            made = goals.add_line(
                actor=actor,
                today=year.approved_on,
                plan=plan,
                name=line.name,
                number=line.number,
                leader_post=Post.objects.get(pk=stage.posts[line.leader_post]),
            )
            stage.lines[line.key] = plan.lines.get(pk=made.id)


def _goal(stage: Stage, goal: DemoGoal, actor: Actor, day: date) -> None:
    draft = draft_of(stage, goal.year, goal.passage)
    made = goals.add_goal(
        actor=actor,
        today=day,
        plan=stage.plans[goal.year],
        title=goal.passage or goal.title,
        line=stage.lines.get(goal.line or ""),
        passage=draft.passage if draft else None,
    )
    stage.goals.setdefault((goal.year, goal.line), made.id)
    if draft is not None:
        adopt(actor, day, draft, "goals.goal", made.id)


def add_notes(stage: Stage, year: DemoYear, day: date) -> None:
    """Achievements and gaps of the lines, each gap beside its achievement, with their passages."""
    plan = stage.plans[year.year]
    pairs: dict[str, Note] = {}
    for note in stage.story.notes:
        line = stage.lines[note.line]
        if line.plan_id != plan.pk:
            continue
        made = goals.add_note(
            actor=clerk(stage, day),
            today=day,
            plan=plan,
            kind=note.kind,
            text=note.text,
            line=line,
            passage=passage_of(stage, year.year + 1, note.text),
            pair=pairs.get(note.line) if note.kind == "gap" else None,
        )
        if note.kind == "achievement":
            pairs[note.line] = Note.objects.get(pk=made.id)


def draft_of(stage: Stage, year: int, words: str | None) -> DraftItem | None:
    """The draft that the reader made of the sentence with these words, if nobody took it yet."""
    return next((draft for draft in _drafts(stage, year, words) if draft.state == "draft"), None)


def passage_of(stage: Stage, year: int, words: str | None) -> Passage | None:
    """The passage of a year's speech that holds these words, or the most of them."""
    return next((draft.passage for draft in _drafts(stage, year, words)), None)


def _drafts(stage: Stage, year: int, words: str | None) -> list[DraftItem]:
    """Drafts that share at least half of the words, the closest first: most shared, shortest."""
    document = stage.documents.get(year)
    start = document.text.find(words) if document and words else -1
    if start < 0 or words is None:
        return []
    end = start + len(words)
    rows = DraftItem.objects.filter(
        document=document, passage__start__lt=end, passage__end__gt=start
    ).select_related("passage", "document__unit")

    def shared(draft: DraftItem) -> int:
        return min(draft.passage.end, end) - max(draft.passage.start, start)

    near = [draft for draft in rows if shared(draft) * 2 >= len(words)]
    return sorted(near, key=lambda d: (-shared(d), d.passage.end - d.passage.start))


def adopt(actor: Actor, day: date, draft: DraftItem, kind: str, row_id: UUID) -> None:
    """Say which row the draft became."""
    documents.mark_adopted(
        actor=actor,
        today=day,
        draft=draft,
        kind=kind,
        row_id=row_id,
    )
