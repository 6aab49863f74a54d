"""The demonstration's story: complete, deterministic, legal by the closing law, and our own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.config.demo import TODAY, plan
from luoshi.config.demo.casting import company
from luoshi.config.demo.clock import is_workday
from luoshi.config.demo.lines import PROJECTS
from luoshi.config.demo.shapes import DemoEvent, DemoPlan, DemoTask
from luoshi.config.demo.tables import speech
from luoshi.config.demo.works import divide
from luoshi.domain.base import Period
from luoshi.domain.closing import Allowed, ExtensionState, Facts, State, Verb, decide
from luoshi.domain.pacing import Facts as PaceFacts
from luoshi.domain.pacing import light

SEED = 20260618
SAMPLES = Path(__file__).parents[5] / "shared" / "samples"
SOURCE_KINDS = {
    "annual_focus",
    "county_assigned",
    "superior_paper",
    "meeting_decision",
    "instruction",
    "rectification",
    "resident_request",
    "temporary",
    "recurring",
}


@pytest.fixture(scope="module")
def story() -> DemoPlan:
    return plan(SEED)


@pytest.fixture(scope="module")
def tasks(story) -> dict[str, DemoTask]:
    return {task.key: task for task in story.tasks}


@pytest.fixture(scope="module")
def told(story) -> dict[str, list[DemoEvent]]:
    by_task: dict[str, list[DemoEvent]] = defaultdict(list)
    for event in story.events:
        by_task[event.task].append(event)
    return by_task


@pytest.fixture(scope="module")
def replayed(story, tasks, told) -> dict[str, Replay]:
    return {key: Replay(story, task, told[key]) for key, task in tasks.items()}


class Replay:
    """One task's moves put to the closing law again, each with the facts of its day."""

    def __init__(self, story: DemoPlan, task: DemoTask, events: list[DemoEvent]) -> None:
        self.task, self.troupe = task, company()
        self.roles = {
            row.role: row.post or row.unit for row in story.assignments if row.task == task.key
        }
        self.state, self.extension = State.DRAFT, "none"
        self.seen: list[State] = [State.DRAFT]
        self.doers: set[str] = set()
        self.returns = 0
        self.asker = ""
        self.due, self.internal = task.due_on, task.internal_due_on
        self.refused: list[tuple[DemoEvent, str]] = []
        for event in events:
            self.put(event)

    def put(self, event: DemoEvent) -> None:
        answer = decide(self.state, event.verb, self.facts(event))
        if not isinstance(answer, Allowed):
            self.refused.append((event, answer.why.code))
            return
        self.state, self.extension = answer.next_state, answer.extension
        self.seen.append(self.state)
        if answer.moves == "due":
            self.due = self.internal = event.new_due_on
        if event.verb in {Verb.REPORT, Verb.REPORT_DONE}:
            self.doers |= {event.person, event.on_behalf_of or event.person}
        if event.verb is Verb.RETURN_TO_ASSIGNER:
            self.returns += 1
        if event.verb is Verb.ASK_EXTENSION:
            self.asker = event.on_behalf_of or event.person

    def facts(self, event: DemoEvent) -> Facts:
        task, day = self.task, event.at.date()
        speaker = event.on_behalf_of or event.person
        head = self.troupe.holder(self.troupe.heads[self.roles["lead_unit"]], day)
        owner = self.troupe.holder(self.roles["owner"], day) if "owner" in self.roles else None
        extension: ExtensionState = self.extension
        return Facts(
            today=day,
            is_owner=speaker == owner,
            is_lead_unit_head=speaker == head,
            is_town_office=self.troupe.posts[event.post].role == "town_office",
            is_leader_in_charge=event.person == self.troupe.holder(self.roles["lead_leader"], day),
            is_assigner=event.person == self.troupe.holder(task.assigner, day),
            is_doer=event.person in self.doers,
            is_on_behalf=event.on_behalf_of is not None,
            is_extension_asker=event.person == self.asker,
            source_kind="above" if task.from_above else "own",
            subject_kind=task.subject_kind,
            due_on=self.due,
            internal_due_on=self.internal,
            returns=self.returns,
            extension=extension,
            reason=event.reason,
            competent_unit=event.competent_unit or "",
            new_due_on=event.new_due_on,
            superior_reply=event.superior_reply,
            evidence_count=len(event.evidence),
        )


def test_plan_is_the_same_for_the_same_seed(story):
    assert plan(SEED) == story
    assert plan(SEED + 1).events != story.events


def test_town_has_its_offices_villages_lines_and_projects(story, tasks):
    town = [unit for unit in story.units if unit.parent == "青榆镇"]
    kinds = Counter(unit.kind for unit in town)
    assert (kinds["town_office"], kinds["village"]) == (12, 15)
    force = next(unit for unit in town if unit.kind == "task_force")
    assert force.to_on is not None
    assert sum(line.year == 2026 for line in story.lines) == 8
    projects = {t.project: t.title for t in story.tasks if t.project and t.parent is None}
    assert [projects[number] for number in sorted(projects)] == list(PROJECTS)
    for town_name in ("望川镇", "云陂镇"):
        below = Counter(unit.kind for unit in story.units if unit.parent == town_name)
        assert below == {"town_office": 3, "village": 3}


def test_sizes_are_those_of_a_town(story):
    assert 95 <= len(story.people) <= 110
    assert 300 <= len(story.tasks) <= 600
    assert {task.source_kind for task in story.tasks} == SOURCE_KINDS
    roles = {post.role for post in story.posts}
    assert roles == {
        "leader",
        "town_office",
        "unit_head",
        "staff",
        "county_supervisor",
        "auditor",
        "system_admin",
        "security_admin",
        "audit_admin",
    }


def test_speeches_are_of_the_genre_and_length():
    length = {year: len(re.sub(r"\s", "", speech(year))) for year in (2025, 2026)}
    assert 5500 <= length[2026] <= 6500
    assert 3000 <= length[2025] <= 4000
    for year in length:
        assert not set(speech(year)) & set(",;:()!?")
    assert "“十五五”规划的开局之年" in speech(2026)
    assert "“十四五”规划的收官之年" in speech(2025)
    assert len(re.findall(r"^[一二三四五]是[^。]*，但", speech(2026), re.MULTILINE)) == 5


def test_every_reference_resolves(story, tasks):
    units = {unit.key for unit in story.units}
    posts = {post.key for post in story.posts}
    people = {person.key for person in story.people}
    lines = {line.key for line in story.lines}
    nodes = {node.key: node.task for node in story.milestones}
    for unit in story.units:
        assert unit.parent is None or unit.parent in units
    for link in story.links:
        assert {link.from_unit, link.to_unit} <= units
    for post in story.posts:
        assert post.unit in units
    for term in story.terms:
        assert term.person in people
        assert term.post in posts
    assert {account.person for account in story.accounts} <= people
    assert all(line.leader_post in posts and line.lead_unit in units for line in story.lines)
    for goal in story.goals:
        assert goal.line is None or goal.line in lines
    assert all(note.line in lines for note in story.notes)
    for task in story.tasks:
        assert task.line is None or task.line in lines
        assert task.parent is None or task.parent in tasks
        assert task.assigner in posts
    for row in story.assignments:
        assert row.task in tasks
        assert (row.unit in units) != (row.post in posts)
    for event in story.events:
        assert event.person in people
        assert event.post in posts
        assert event.on_behalf_of is None or event.on_behalf_of in people
        assert event.milestone is None or nodes[event.milestone] == event.task
        assert event.percent is None or 0 <= event.percent <= 100
    assert {fault.task for fault in story.faults} <= set(tasks)


def test_keys_names_and_logins_are_unique(story):
    for rows in (story.units, story.posts, story.people, story.tasks, story.steps):
        keys = [row.key for row in rows]
        assert len(keys) == len(set(keys))
    logins = [account.login for account in story.accounts]
    assert len(logins) == len(set(logins))
    titles = Counter((task.year, task.title) for task in story.tasks)
    assert max(titles.values()) == 1


def test_passages_are_words_of_the_speech(story):
    quoted = [(t.year, t.passage) for t in story.tasks] + [(g.year, g.passage) for g in story.goals]
    quoted = [(year, words) for year, words in quoted if words]
    assert len(quoted) > 60
    for year, words in quoted:
        assert speech(year).count(words) == 1, words


def test_people_change_posts_as_people_do(story):
    troupe = company()
    assert troupe.holder("青榆镇/副镇长（文教卫生）", TODAY) is None
    assert troupe.holder("经发办/主任", date(2026, 4, 14)) == "丁海岳"
    assert troupe.holder("项目中心/主任", TODAY) == "丁海岳"
    assert any(term.kind == "acting" and term.post == "经发办/主任" for term in story.terms)
    now = [t.person for t in story.terms if t.from_on <= TODAY <= (t.to_on or TODAY)]
    assert max(Counter(now).values()) >= 2
    left = next(term for term in story.terms if term.post == "村建办/规划岗")
    assert left.to_on is not None
    assert left.to_on < TODAY


def test_weights_add_up_but_for_the_fault(story, tasks):
    families: dict[str, int] = defaultdict(int)
    for task in story.tasks:
        if task.plan:
            families[task.parent or task.line or str(task.year)] += task.weight
    faulty = next(tasks[f.task].line for f in story.faults if f.code == "C05")
    assert {home for home, whole in families.items() if whole != 100} == {faulty}


def test_faults_are_really_there(story, tasks):
    owners = {row.task: row.post for row in story.assignments if row.role == "owner"}
    by_code = defaultdict(list)
    for fault in story.faults:
        by_code[fault.code].append(tasks[fault.task])
    assert all(t.key not in owners and t.name_owner_by > TODAY for t in by_code["C01"])
    assert all(t.due_on is None for t in by_code["C02"])
    assert all(not t.done_when for t in by_code["C04"])
    assert all(t.due_on > tasks[t.parent].due_on for t in by_code["C07"])
    assert all(company().holder(owners[t.key], TODAY) is None for t in by_code["C13"])
    assert set(by_code) == {"C01", "C02", "C04", "C05", "C07", "C13"}


def test_only_the_faults_lack_what_a_task_needs(story):
    faulty = {(fault.code, fault.task) for fault in story.faults}
    for task in story.tasks:
        assert task.aim
        assert task.measure
        assert task.done_when or ("C04", task.key) in faulty
        assert task.due_on or ("C02", task.key) in faulty
        assert task.due_on is None or task.start_on <= task.due_on


def test_dependencies_are_sound(story, tasks):
    assert len(story.dependencies) > 40
    for row in story.dependencies:
        before, after = tasks[row.predecessor], tasks[row.task]
        assert before.duration_days
        assert after.duration_days
        assert before.start_on <= after.due_on
        assert row.predecessor != row.task
    steps = {step.key: step for step in story.steps}
    assert all(steps[key].task == step.task for step in story.steps for key in step.after)
    assert any("招标投标法" in step.basis for step in story.steps)


def test_wholes_report_no_share_and_close_after_their_parts(story, tasks, told):
    wholes = {task.parent for task in story.tasks if task.parent}
    ended: dict[str, date] = {}
    for key, events in told.items():
        parent = tasks[key].parent
        if parent:
            last = max(e.at.date() for e in events if e.verb is not Verb.ARCHIVE)
            ended[parent] = max(ended.get(parent, last), last)
    closed = 0
    for key in wholes:
        events = told[key]
        assert all(event.percent is None for event in events)
        for event in events:
            if event.verb is Verb.REPORT_DONE:
                closed += 1
                assert event.at.date() >= ended[key]
    assert closed > 0


def test_every_event_lies_in_working_time_and_in_order(story):
    instants = [event.at for event in story.events]
    assert instants == sorted(instants)
    assert [event.number for event in story.events] == list(range(1, len(instants) + 1))
    for at in instants:
        assert at.date() <= TODAY
        assert is_workday(at.date()), at
        clock = at.time()
        assert time(8, 30) <= clock < time(12) or time(14, 30) <= clock < time(18)


def test_every_move_is_allowed_by_the_closing_law(replayed):
    refused = [(e.task, e.verb, why) for replay in replayed.values() for e, why in replay.refused]
    assert refused == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_move_is_allowed_with_other_seeds(seed):
    other = plan(seed)
    by_task: dict[str, list[DemoEvent]] = defaultdict(list)
    for event in other.events:
        by_task[event.task].append(event)
    replays = [Replay(other, task, by_task[task.key]) for task in other.tasks]
    assert [replay.refused for replay in replays if replay.refused] == []


def test_every_state_of_the_closing_law_occurs(replayed):
    seen = {state for replay in replayed.values() for state in replay.seen}
    assert seen == set(State)
    standing = Counter(replay.state for replay in replayed.values())
    assert set(standing) >= set(State) - {State.CLEARED, State.SIGNED}


def test_verifier_is_never_the_doer(told):
    for events in told.values():
        doers: set[str] = set()
        for event in events:
            if event.verb in {Verb.REPORT, Verb.REPORT_DONE}:
                doers |= {event.person, event.on_behalf_of or event.person}
            if event.verb is Verb.VERIFY:
                assert event.person not in doers


def test_shares_never_go_back(told):
    for events in told.values():
        percents = [event.percent for event in events if event.percent is not None]
        assert percents == sorted(percents)


def test_people_without_a_login_never_act_themselves(story):
    known = {account.person for account in story.accounts}
    assert {event.person for event in story.events} <= known
    typed = [event for event in story.events if event.on_behalf_of]
    assert len(typed) > 100
    assert all(event.channel for event in typed)


def test_lights_occur_with_realistic_shares(story, tasks, told, replayed):
    wholes = {task.parent for task in story.tasks if task.parent}
    nodes: dict[str, list[date]] = defaultdict(list)
    for node in story.milestones:
        nodes[node.task].append(node.due_on)
    words = Counter(
        _word(task, told[key], replayed[key], tuple(nodes[key]))
        for key, task in tasks.items()
        if task.year == 2026 and task.due_on and key not in wholes
    )
    whole = sum(words.values())
    assert set(words) == {"ok", "none", "not_started", "slow", "silent", "late", "done"}
    open_ones = whole - words["done"]
    assert 0.3 <= words["done"] / whole <= 0.6
    assert (words["ok"] + words["none"]) / open_ones >= 0.5
    assert 0.05 <= words["slow"] / open_ones <= 0.2
    assert 0.03 <= words["late"] / open_ones <= 0.2
    assert 0.02 <= words["silent"] / open_ones <= 0.12


def _word(task: DemoTask, events: list[DemoEvent], replay: Replay, nodes: tuple[date, ...]) -> str:
    def last(*verbs: Verb) -> date | None:
        return max((e.at.date() for e in events if e.verb in verbs), default=None)

    percents = [event.percent for event in events if event.percent is not None]
    closed = replay.state in {State.COMPLETED, State.CLEARED, State.ARCHIVED, State.CANCELLED}
    reported_done = replay.state in {State.REPORTED_DONE, State.VERIFIED, State.SUBMITTED}
    due = replay.internal or replay.due
    assert due is not None
    facts = PaceFacts(
        period=Period(task.start_on, max(due, task.start_on + timedelta(days=1))),
        actual=Decimal(percents[-1]) if percents else None,
        reported_on=last(Verb.REPORT, Verb.REPORT_DONE),
        nodes=nodes,
        start_by=task.start_on,
        started_on=last(Verb.START),
        reported_done_on=last(Verb.REPORT_DONE) if reported_done else None,
        closed_on=last(Verb.CLOSE, Verb.ARCHIVE, Verb.CANCEL) if closed else None,
    )
    return light(facts, TODAY).word


def test_division_keeps_the_whole():
    assert divide(326, [3, 3, 1]) == [140, 140, 46]
    assert sum(divide(100, [7, 11, 13])) == 100


def test_no_name_comes_from_the_samples(story):
    if not SAMPLES.exists():
        pytest.skip("…/shared/samples is not here")
    text = "".join(
        path.read_text("utf-8", "replace") for path in SAMPLES.rglob("*") if path.suffix == ".txt"
    )
    names = [person.name for person in story.people]
    names += [unit.name for unit in story.units if unit.kind in {"town", "village"}]
    assert [name for name in names if name in text] == []
