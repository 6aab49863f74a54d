"""工作交接单: what a post or unit would hand over today: items, promises, dates, contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.domain.access import Actor
from luoshi.ledger.models import Assignment, Milestone, ProgressReport, Task
from luoshi.ledger.queries import Row, carried_of, rows_of
from luoshi.office.pieces import Piece, heading, para, table
from luoshi.org.models import Person, Post, Term, Unit, subtree
from luoshi.org.queries import holders, holds, visible_unit_ids

PROMISED = frozenset({Task.Source.MEETING.value, Task.Source.INSTRUCTION.value})
"""议定、批示或口头交办: what was said in a meeting stays owed when a person leaves (R70)."""
ROLES: Mapping[str, str] = {key: str(name) for key, name in Assignment.Role.choices}


@dataclass(frozen=True, slots=True)
class Held:
    """One open item: in which role it is carried, what was said last, the next date."""

    row: Row
    role: str
    said: str
    said_on: date | None
    next_on: date | None
    next_what: str


@dataclass(frozen=True, slots=True)
class Contact:
    """With whom the work is done: unit, post, name, and in which role."""

    role: str
    unit: str
    post: str
    person: str


@dataclass(frozen=True, slots=True)
class Pack:
    """The whole pack."""

    giver: Unit | Post
    unit: Unit
    label: str
    people: Sequence[Term]
    routine: Sequence[Post]
    items: Sequence[Held]
    contacts: Sequence[Contact]
    on: date

    @property
    def promises(self) -> Sequence[Held]:
        """Items that a meeting decided or a leader asked for."""
        return [held for held in self.items if held.row.task.source_kind in PROMISED]

    @property
    def dates(self) -> Sequence[Held]:
        """Items with a date ahead, the next first."""
        ahead = [held for held in self.items if held.next_on is not None]
        return sorted(ahead, key=lambda held: (held.next_on or self.on, held.row.task.tree))


def pack_of(actor: Actor, today: date, giver: Unit | Post) -> Pack | None:
    """The pack of a unit or post in the actor's view, or None; a constant number of queries."""
    unit = giver if isinstance(giver, Unit) else giver.unit
    if not Unit.objects.filter(pk=unit.pk, pk__in=visible_unit_ids(actor, today)).exists():
        return None
    posts = [giver] if isinstance(giver, Post) else list(unit.posts.filter(holds(today)))
    units = [unit.pk] if isinstance(giver, Unit) else []
    carried = list(carried_of(actor, units, [post.pk for post in posts]))
    roles: dict[UUID, list[str]] = {}
    for one in carried:
        roles.setdefault(one.task_id, [])
        if ROLES[one.role] not in roles[one.task_id]:
            roles[one.task_id].append(ROLES[one.role])
    rows = rows_of(actor, today, list(roles))
    said, nodes = _said(list(roles)), _nodes(list(roles), today)
    label = unit.name if isinstance(giver, Unit) else f"{unit.name}{giver.title}"
    terms = Term.objects.filter(holds(today), post__in=posts).select_related("person", "post")
    return Pack(
        giver=giver,
        unit=unit,
        label=label,
        people=list(terms.order_by("post__position", "id")),
        routine=[post for post in posts if post.routine],
        items=[_held(row, roles[row.task.pk], said, nodes, today) for row in rows],
        contacts=_contacts(actor, today, rows, {post.pk for post in posts}),
        on=today,
    )


@dataclass(frozen=True, slots=True)
class Due:
    """One post before a change of terms: who holds it, and whether there is anything to hand over.

    How much is not told here: people's loads are not set side by side (R41).
    """

    post: Post
    person: Person | None
    items: bool
    promises: bool


def before_turnover(actor: Actor, today: date, place: Unit) -> Sequence[Due] | None:
    """Every post of a place (and below) with what it would hand over, in the office's order.

    None where the place is not in view. Duties stay with the posts; the packs are what the old
    holder explains and the new one signs for. A constant number of queries.
    """
    seen = Unit.objects.filter(pk__in=visible_unit_ids(actor, today))
    if not seen.filter(pk=place.pk).exists():
        return None
    units = seen.filter(holds(today), **subtree(place.path))
    posts = list(
        Post.objects.filter(holds(today), unit__in=units)
        .select_related("unit")
        .order_by("unit__path", "position", "id")
    )
    keys = [post.pk for post in posts]
    people = holders(actor, keys, today)
    rows = set(
        carried_of(actor, [], keys).order_by().values_list("post", "task__source_kind").distinct()
    )
    carrying = {post for post, _source in rows}
    promised = {post for post, source in rows if source in PROMISED}
    return [
        Due(post, people.get(post.pk), post.pk in carrying, post.pk in promised) for post in posts
    ]


def _held(
    row: Row,
    roles: Sequence[str],
    said: Mapping[UUID, tuple[str, date]],
    nodes: Mapping[UUID, tuple[date, str]],
    today: date,
) -> Held:
    text, on = said.get(row.task.pk, ("", None))
    due = row.task.due_on
    following = nodes.get(row.task.pk)
    if due is not None and due >= today and (following is None or due < following[0]):
        following = due, ""
    return Held(row, "、".join(roles), text, on, *(following or (None, "")))


def _said(keys: Sequence[UUID]) -> Mapping[UUID, tuple[str, date]]:
    rows = ProgressReport.objects.filter(task__in=keys).order_by("reported_at")
    return {task: (text, on) for task, text, on in rows.values_list("task", "text", "reported_on")}


def _nodes(keys: Sequence[UUID], today: date) -> Mapping[UUID, tuple[date, str]]:
    rows = Milestone.objects.filter(task__in=keys, done_on__isnull=True, due_on__gte=today)
    found = rows.order_by("-due_on").values_list("task", "due_on", "title")
    return {task: (on, title) for task, on, title in found}


def _contacts(actor: Actor, today: date, rows: Sequence[Row], own: set[UUID]) -> Sequence[Contact]:
    """Leaders of the items, and heads of the units that lead or support them; each once."""
    leaders = {row.carriers.lead_leader.pk: row.carriers.lead_leader
               for row in rows if row.carriers.lead_leader}  # fmt: skip
    units = {unit.pk: unit for row in rows for unit in row.carriers.supporting}
    units |= {row.carriers.lead_unit.pk: row.carriers.lead_unit
              for row in rows if row.carriers.lead_unit}  # fmt: skip
    heads: dict[UUID, Post] = {}
    for post in (
        Post.objects.filter(
            holds(today), unit__in=units, role__in=[Post.Role.UNIT_HEAD, Post.Role.TOWN_OFFICE]
        )
        .select_related("unit")
        .order_by("-position", "-id")
    ):
        heads[post.unit_id] = post
    posts = [*leaders.values(), *heads.values()]
    people = holders(actor, [post.pk for post in posts], today)
    found = [("牵头领导", post) for post in leaders.values()]
    found += [("牵头配合单位", post) for post in heads.values()]
    return [
        Contact(role, post.unit.short_name, post.title, _name(people.get(post.pk)))
        for role, post in found
        if post.pk not in own
    ]


def _name(person: Person | None) -> str:
    return person.name if person else "空缺"


def title_of(pack: Pack) -> str:
    """What the paper is called."""
    return f"{pack.label}\n工作交接单"


def blocks_of(pack: Pack) -> list[Piece]:
    """The pack as blocks of an official paper; what nobody knows says 待补."""
    today = _day(pack.on)
    names = "、".join(f"{term.post.title}{term.person.name}" for term in pack.people) or "空缺"
    blocks: list[Piece] = [
        para(f"截至{today}，{pack.label}（现任：{names}）承担的未办结事项、承诺事项、"
              "今后日期和联系人如下，交接双方逐项核对后签字。"),
        heading(f"未办结事项（{len(pack.items)}项）"),
        _table(("编号", "事项", "角色", "时限", "进度", "最近进展"), [
            (held.row.task.number, held.row.task.title, held.role, _due(held.row.task),
             _share(held.row.share), _said_text(held)) for held in pack.items
        ], (10, 26, 10, 12, 8, 24)),
        heading(f"承诺事项（{len(pack.promises)}项）"),
        *_list([f"{held.row.task.title}（{held.row.task.get_source_kind_display()}，"
                f"{_due(held.row.task)}）" for held in pack.promises]),
        heading("今后日期"),
        _table(("日期", "事项", "到时应完成"), [
            (_day(held.next_on), held.row.task.title, held.next_what or "办结")
            for held in pack.dates
        ], (16, 44, 30)),
        heading("联系人"),
        _table(("角色", "单位", "岗位", "姓名"), [
            (one.role, one.unit, one.post, one.person) for one in pack.contacts
        ], (20, 24, 30, 16)),
    ]  # fmt: skip
    if pack.routine:
        blocks.append(heading("岗位常规职责"))
        blocks += _list([f"{post.title}：{post.routine}" for post in pack.routine])
    signing = "移交人：　　　　　　　接交人：　　　　　　　监交人：　　　　　　　"
    return [*blocks, para("", indent=False), para(signing, indent=False)]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Piece:
    return table([head, *rows], widths) if rows else para("无。")


def _list(texts: Sequence[str]) -> list[Piece]:
    numbered = [para(f"{number}. {text}") for number, text in enumerate(texts, start=1)]
    return numbered or [para("无。")]


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "待补"


def _due(task: Task) -> str:
    if task.due_on is None and task.rhythm != Task.Rhythm.DATED:
        return str(task.get_rhythm_display())
    return _day(task.due_on)


def _share(share: int | None) -> str:
    return "待补" if share is None else f"{share // 100}%"


def _said_text(held: Held) -> str:
    return f"{_day(held.said_on)}：{held.said}" if held.said else "待补"
