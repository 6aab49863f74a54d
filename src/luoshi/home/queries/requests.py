"""报表要求 before it is issued: what it costs, which fields the ledger knows; after: its table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from luoshi.burden import queries as burden
from luoshi.burden.models import DataRequest, RequestReply
from luoshi.domain.access import Actor
from luoshi.domain.base import Sentence, say
from luoshi.domain.burden import Known, Match, known_in, minutes
from luoshi.indicators.models import Indicator, Reading
from luoshi.ledger.headers import header_sets
from luoshi.office.xlsx_out import Column, TableSpec
from luoshi.org.models import Person, Post, Unit
from luoshi.org.queries import posts_of

LEDGER = {
    "title": "任务名称", "lead": "牵头单位", "leader": "牵头领导", "support": "配合单位",
    "owner": "责任人", "due": "完成时限", "measures": "举措", "acceptance": "完成标准",
    "progress": "进展情况", "share": "完成比例", "target_value": "目标值",
}  # fmt: skip
"""Columns of the ledger that a request may ask for again, in the office's words (data)."""

UNIT_FACTS: Mapping[str, tuple[str, ...]] = {
    "单位名称": ("单位", "村名", "村(社区)", "填报单位", "所在村", "部门"),
    "主要负责人": ("负责人", "负责人姓名", "村党支部书记", "党支部书记", "村支书", "村书记"),
    "联系电话": ("电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "负责人电话"),
    "在岗人数": ("工作人员数", "干部人数", "在职人数", "班子人数", "村干部人数"),
}
"""What the organisation's register answers of every unit, with other words for it (data)."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of a request: what already answers it and why, or nothing."""

    name: str
    match: Match | None

    @property
    def why(self) -> Sentence | None:
        """By which word the law knew it."""
        if self.match is None:
            return None
        match self.match.how:
            case "same":
                return say("burden.how.same")
            case "synonym":
                return say("burden.how.synonym", word=self.match.word)
            case _:
                return say("burden.how.within", word=self.match.word)


@dataclass(frozen=True, slots=True)
class Price:
    """What a request costs: minutes for all and for one, with every field and with the unknown.

    None where nothing has been measured yet. `own`: measured on requests themselves, and not on
    the forms of the system together.
    """

    pace: Decimal | None
    own: bool
    people: int
    rounds: int
    fields: int
    unknown: int

    @property
    def whole(self) -> Decimal | None:
        """Minutes of everybody together, every field and every round."""
        return self._of(self.fields)

    @property
    def less(self) -> Decimal | None:
        """The same with the unknown fields only."""
        return self._of(self.unknown)

    @property
    def each(self) -> Decimal | None:
        """Minutes of one person in one round, every field."""
        return None if self.pace is None else minutes(self.pace * self.fields)

    def _of(self, fields: int) -> Decimal | None:
        if self.pace is None:
            return None
        return minutes(self.pace * fields * self.people * self.rounds)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with its fields, price, units, and what came in."""

    row: DataRequest
    fields: Sequence[FieldRow]
    price: Price
    units: Sequence[Unit]
    replies: Sequence[RequestReply]
    mine: Unit | None
    open_round: date | None

    @property
    def repeated(self) -> int:
        """How many fields the ledger knows."""
        return sum(one.match is not None for one in self.fields)

    @property
    def awaited(self) -> int:
        """How many replies all rounds come to."""
        return len(self.units) * len(self.row.rounds)


def known_facts(actor: Actor, today: date, place: Unit) -> list[Known]:
    """Everything of a town that a request could ask for again; one query.

    The ledger's columns under every published header, the town's indicators by name, and what the
    organisation's register says of units.
    """
    facts = [
        Known(name, words, say("burden.where.unit"), "unit", name)
        for name, words in UNIT_FACTS.items()
    ]
    heads: dict[str, set[str]] = {}
    for one in header_sets().values():
        for head in one.heads:
            heads.setdefault(head.field, set()).add(head.header)
    facts += [
        Known(
            name,
            tuple(sorted(heads.get(field, ()))),
            say("burden.where.ledger", label=name),
            "ledger",
            field,
        )
        for field, name in LEDGER.items()
    ]
    rows = Indicator.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=today),
        jurisdiction=actor.jurisdiction_id,
        unit__path__startswith=place.path,
    )
    facts += [
        Known(name, (), say("burden.where.indicator", name=name), "indicator", str(key))
        for key, name in rows.order_by("position", "id").values_list("pk", "name")
    ]
    return facts


def request_page(actor: Actor, today: date, row: DataRequest) -> RequestPage:
    """The page of a request: a constant number of queries."""
    facts = known_facts(actor, today, row.unit)
    kept = {one[0] for one in row.known}
    names = [*row.fields, *(name for name in kept if name not in row.fields)]
    fields = [FieldRow(name, known_in(name, facts)) for name in names]
    units = [one.unit for one in row.asked.select_related("unit").order_by("position")]
    replies = list(burden.replies_to(actor, row))
    own = burden.asked_of_me(actor, row) if row.state == DataRequest.State.ISSUED else None
    return RequestPage(
        row=row,
        fields=fields,
        price=price_of(actor, today, fields, len(units), len(row.rounds)),
        units=units,
        replies=replies,
        mine=own.unit if own else None,
        open_round=burden.open_round(actor, row, own.unit) if own else None,
    )


def price_of(
    actor: Actor, today: date, fields: Sequence[FieldRow], people: int, rounds: int
) -> Price:
    """What so many fields cost so many heads of units so many times; one query."""
    known = burden.measured(actor, today)
    own = known["burden.reply"].pace
    unknown = sum(one.match is None for one in fields)
    pace = own if own is not None else known[""].pace
    return Price(pace, own is not None, people, rounds, len(fields), unknown)


def table_of(actor: Actor, today: date, page: RequestPage) -> TableSpec:
    """The summary as a workbook: one row a unit and round; what the ledger knows is filled in.

    Five queries, however many units.
    """
    row = page.row
    known = [tuple(one) for one in row.known]
    filled = _filled(actor, today, page.units, known)
    told = {(one.unit_id, one.round_on): one.answers for one in page.replies}
    columns = [Column("单位", 16), Column("期次时限", 12, "date")]
    columns += [Column(str(name), 18) for name, _, _ in known]
    columns += [Column(name, 22) for name in row.fields]
    lines = [
        [
            unit.name,
            on,
            *(filled.get((unit.pk, name), "见台账") for name, _, _ in known),
            *told.get((unit.pk, on), [""] * len(row.fields)),
        ]
        for on in map(date.fromisoformat, row.rounds)
        for unit in page.units
    ]
    note = f"{row.number}号报表要求；{today.isoformat()}导出；空白为未填报"
    return TableSpec(row.title, columns, lines, note)


def _filled(
    actor: Actor, today: date, units: Sequence[Unit], known: Iterable[tuple[str, str, str]]
) -> Mapping[tuple[UUID, str], str]:
    """What the system answers by itself, by unit and field."""
    keys = [unit.pk for unit in units]
    posts = posts_of(actor, keys, today)
    found: dict[tuple[UUID, str], str] = {}
    read: dict[tuple[UUID, UUID], str] = {}
    wanted = [UUID(key) for _, source, key in known if source == "indicator"]
    rows = Reading.objects.filter(
        indicator__in=wanted, unit__in=keys, current=True, value__isnull=False
    ).order_by("ends_on")
    for indicator, unit_id, value in rows.values_list("indicator", "unit", "value"):
        read[indicator, unit_id] = f"{value.normalize():f}"
    for unit in units:
        shown = posts.get(unit.pk, [])
        head = next((p.person for p in shown if p.post.role == Post.Role.UNIT_HEAD), None)
        for name, source, key in known:
            if source == "unit":
                found[unit.pk, name] = _of_unit(
                    unit, key, head, len([p for p in shown if p.person])
                )
            elif source == "indicator":
                found[unit.pk, name] = read.get((UUID(key), unit.pk), "待补")
    return found


def _of_unit(unit: Unit, fact: str, head: Person | None, people: int) -> str:
    match fact:
        case "单位名称":
            return unit.name
        case "主要负责人":
            return head.name if head else "空缺"
        case "联系电话":
            return head.phone if head and head.phone else "待补"
        case _:
            return str(people)


def offered(actor: Actor, today: date, place: Unit) -> Sequence[tuple[str, str]]:
    """The units that a request can ask, as choices."""
    rows = burden.units_offered(actor, today, place)
    return [(str(unit.pk), unit.short_name) for unit in rows]
