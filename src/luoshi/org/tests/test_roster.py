"""The organisation from a table: found to be the same, judged row by row, written whole, undone."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from luoshi.domain.base import Refused
from luoshi.domain.tables import Grid
from luoshi.journal.models import Entry
from luoshi.office.cells import pack_grids
from luoshi.office.xlsx_out import workbook
from luoshi.org import actions, queries
from luoshi.org.models import Person, Post, RosterImport, Term, Unit, UnitLink
from luoshi.org.queries import holders
from luoshi.org.registry import CARRIED
from luoshi.org.roster.heads import FIELDS, proposed
from luoshi.org.roster.judging import dry_run
from luoshi.org.roster.printing import HEADS
from tests.cast import TODAY

UNITS = ("单位名称", "简称", "上级单位", "类别", "起始日期", "截止日期")
POSTS = ("单位", "岗位", "角色", "姓名", "电话", "任职方式", "任职日期", "任期截止", "撤岗日期")
LINKS = ("单位", "关系", "对应单位", "起始日期", "截止日期")
HEAD = {"units": UNITS, "posts": POSTS, "links": LINKS}


def grids(**sheets):
    """Sheets by kind, each a list of rows of text; shorter rows are filled up."""
    made = []
    for kind, rows in sheets.items():
        head = HEAD[kind]
        whole = [head, *(tuple(row) + (None,) * (len(head) - len(row)) for row in rows)]
        made.append(Grid(kind, tuple(whole)))
    return made


@pytest.fixture
def run(cast):
    def judged(**sheets):
        tables = grids(**sheets)
        return dry_run(cast.actor("gao"), TODAY, tables, [proposed(one) for one in tables])

    return judged


@pytest.fixture
def write(cast):
    """Bring a file in and write it; the row of the import."""

    def written(**sheets):
        actor = cast.actor("gao")
        tables = grids(**sheets)
        at = {"actor": actor, "today": TODAY, "now": timezone.now()}
        setup = [proposed(one).as_data() for one in tables]
        made = actions.read_roster(**at, name="机构.xlsx", content=pack_grids(tables), setup=setup)
        table = RosterImport.objects.get(pk=made.id)
        report = queries.roster_run(actor, TODAY, table)
        actions.write_roster(**at, table=table, digest=report.digest)
        return RosterImport.objects.get(pk=made.id)

    return written


def codes(report):
    return [fault.code for row in report.rows for fault in row.faults]


def snapshot():
    return [
        sorted(model.objects.values_list(*fields))
        for model, fields in (
            (Unit, ("id", "name", "short_name", "path", "parent")),
            (Post, ("id", "title", "unit")),
            (Person, ("id", "name", "phone")),
            (Term, ("id", "post", "person", "from_on")),
            (UnitLink, ("id", "kind")),
        )
    ] + [sorted(map(str, Unit.objects.values_list("id", "to_on"))),
         sorted(map(str, Term.objects.values_list("id", "to_on")))]  # fmt: skip


def test_every_printed_header_is_read_as_its_own_field():
    for kind, heads in HEADS.items():
        grid = Grid("表", (tuple(head for head, _width in heads),))
        layout = proposed(grid)
        assert layout.kind == kind
        assert layout.sure
        assert set(layout.fields) == set(FIELDS[kind])


def test_export_brought_back_finds_nothing_to_change(client, cast):
    UnitLink.objects.create(
        jurisdiction=cast.county.pk, from_unit=cast.economy, to_unit=cast.east, kind="twinned",
        from_on=TODAY,
    )  # fmt: skip
    Unit.objects.create(
        jurisdiction=cast.county.pk, parent=cast.other_town, path=cast.other_town.path + "0009/",
        kind="village", name="东村", short_name="东村", from_on=TODAY,
    )  # fmt: skip
    for language in ("en",):  # the file is Chinese whoever prints it
        client.cookies["django_language"] = language
        client.force_login(cast.account("gao"))
        data = client.get("/org/export/").content
        sent = SimpleUploadedFile("机构.xlsx", data)
        client.post("/org/import/", {"file": sent})
        table = RosterImport.objects.latest("added_at")
        report = queries.roster_run(cast.actor("gao"), TODAY, table)
        assert codes(report) == []
        assert dict(report.counts) == {"same": 10 + 14 + 1}
    assert "系统管理员" not in str([row.title for row in report.rows])


def test_new_town_is_written_in_one_act_and_taken_back(cast, write):
    before = snapshot()
    table = write(
        units=[("桃源镇", "", "临禾县", "乡镇"), ("河口村", "", "桃源镇", "村"),
               ("桃源镇党政办", "", "桃源镇", "内设办（中心）")],
        posts=[("桃源镇", "党委书记", "领导", "赵一", "13800000001", "", "2026-03-01"),
               ("河口村", "党支部书记", "单位负责人", "钱二"),
               ("桃源镇党政办", "干事", "", "孙三"), ("桃源镇党政办", "干事", "", "李四"),
               ("桃源镇党政办", "督办岗", "", "李四"), ("桃源镇党政办", "档案岗")],
        links=[("桃源镇党政办", "包联", "河口村", "2026-01-01", "2026-12-31")],
    )  # fmt: skip
    town = Unit.objects.get(name="桃源镇")
    village = Unit.objects.get(name="河口村")
    assert village.path.startswith(town.path)
    assert town.path.startswith(cast.county.path)
    assert Post.objects.filter(unit__name="桃源镇党政办").count() == 4
    assert Person.objects.filter(name="李四").count() == 1
    assert Term.objects.get(person__name="赵一").from_on == date(2026, 3, 1)
    assert UnitLink.objects.get(to_unit=village).to_on == date(2026, 12, 31)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"org.unit.added", "org.term.begun", "org.person.added", "org.roster.import"} <= verbs
    assert "赵一" not in str(list(Entry.objects.values_list("changes", flat=True)))
    assert bytes(table.content) == b""
    undo(cast, table)
    assert snapshot() == before


def undo(cast, table):
    actions.undo_roster(actor=cast.actor("gao"), today=TODAY, now=timezone.now(), table=table)


def test_successor_move_and_end_change_what_stands_and_come_back(cast, write):
    before = snapshot()
    key = f"{cast.east.pk}.1"
    tables = grids(
        units=[("东岭村", "", "白果镇")],
        posts=[("经发办", "经发办主任", "", "周新", "", "", "2026-07-01")],
    )
    tables[0] = Grid("units", ((*UNITS, "外部编号"), (*tables[0].rows[1], key)))
    actor = cast.actor("gao")
    at = {"actor": actor, "today": TODAY, "now": timezone.now()}
    setup = [proposed(one).as_data() for one in tables]
    made = actions.read_roster(**at, name="改", content=pack_grids(tables), setup=setup)
    table = RosterImport.objects.get(pk=made.id)
    report = queries.roster_run(actor, TODAY, table)
    assert [row.kind for row in report.rows] == ["change", "change"]
    actions.write_roster(**at, table=table, digest=report.digest)
    east = Unit.objects.get(pk=cast.east.pk)
    assert east.name == "东岭村"
    assert east.path.startswith(cast.other_town.path)
    post = cast.posts["qian"].pk
    assert holders(actor, [post], date(2026, 6, 30))[post].name == "钱主任"
    assert holders(actor, [post], date(2026, 7, 1))[post].name == "周新"
    undo(cast, RosterImport.objects.get(pk=made.id))
    now = snapshot()
    assert now[1:] == before[1:]
    assert {row[:3] for row in now[0]} == {row[:3] for row in before[0]}
    back = Unit.objects.get(pk=cast.east.pk)
    assert back.parent_id == cast.town.pk
    assert back.path.startswith(cast.town.path)


BAD = {
    "a circle of units": (
        {"units": [("甲办", "", "乙办", "事业单位"), ("乙办", "", "甲办", "事业单位")]},
        ["org.unit_circle", "org.unit_circle"],
    ),
    "a person in two places": (
        {"posts": [("南村", "会计", "", "王书记")]},
        ["tenure.two_places"],
    ),
    "an unknown kind": ({"units": [("新办", "", "青榆镇", "公司")]}, ["org.roster_unknown"]),
    "a name that stands there": (
        {"units": [("新办", "", "青榆镇", "事业单位"), ("新办", "", "青榆镇", "事业单位")]},
        ["org.roster_same_name", "org.roster_same_name"],
    ),
    "a unit twice": ({"units": [("东村",), ("东村",)]}, ["org.roster_twice"]),
    "a post that ends before it starts": (
        {"posts": [("东村", "会计", "", "新人", "", "", "2026-07-01", "2026-06-01")]},
        ["org.term_ends_before_start"],
    ),
    "a unit that ends before it starts": (
        {"units": [("新办", "", "青榆镇", "事业单位", "2026-07-01", "2026-06-01")]},
        ["org.term_ends_before_start"],
    ),
    "no unit of that name": ({"posts": [("北村", "会计", "", "新人")]}, ["org.roster_no_unit"]),
    "no parent": ({"units": [("新办", "", "", "事业单位")]}, ["org.roster_blank"]),
    "a day that is none": (
        {"units": [("新办", "", "青榆镇", "事业单位", "年底")]},
        ["org.roster_no_day"],
    ),
    "the 31st of February": (
        {"units": [("新办", "", "青榆镇", "事业单位", "2026-02-31")]},
        ["org.roster_no_day"],
    ),
    "a formula": ({"units": [("=HYPERLINK(1)", "", "青榆镇", "村")]}, ["org.roster_formula"]),
    "a task force without end": (
        {"units": [("防汛专班", "", "青榆镇", "专班")]},
        ["org.force_needs_end"],
    ),
    "an administrator's role": (
        {"posts": [("东村", "网管", "系统管理员", "新人")]},
        ["org.roster_unknown"],
    ),
    "the end of a unit with people": (
        {"units": [("东村", "", "", "", "", "2026-06-30")]},
        ["org.unit_has_people"],
    ),
    "the end of a unit with units": (
        {"units": [("白果镇", "", "", "", "", "2026-06-30")]},
        ["org.unit_has_units"],
    ),
    "another kind for a unit that stands": (
        {"units": [("东村", "", "", "事业单位")]},
        ["org.roster_fixed"],
    ),
    "a successor from the day of the term": (
        {"posts": [("东村", "东村文书", "", "新人", "", "", "2020-01-01")]},
        ["org.roster_successor"],
    ),
    "a unit bound to itself": ({"links": [("东村", "包联", "东村")]}, ["org.link_again"]),
    "the root under another": ({"units": [("临禾县", "", "青榆镇")]}, ["org.unit_circle"]),
}


@pytest.mark.parametrize(("sheets", "told"), BAD.values(), ids=BAD.keys())
def test_bad_row_is_told_and_stops_the_whole(cast, run, write, sheets, told):
    assert codes(run(**sheets)) == told
    before = snapshot()
    with pytest.raises(Refused) as refused:
        write(**{"links": [("经发办", "包联", "东村")], **sheets})
    assert refused.value.why.code == "org.roster_refused"
    assert snapshot() == before


def test_unit_that_carries_duties_is_not_ended(cast, run, monkeypatch):
    from luoshi.domain.base import say

    monkeypatch.setitem(CARRIED, "ledger", lambda units, posts: say("org.no_such_row"))
    ended = ("东村", "东村党支部书记", "", "王书记", "", "", "", "2026-06-30")
    clerk = ("东村", "东村文书", "", "马文书", "", "", "", "2026-06-30")
    report = run(units=[("东村", "", "", "", "", "2026-06-30")], posts=[ended, clerk])
    assert codes(report) == ["org.no_such_row"]


def test_same_name_in_two_towns_asks_which(cast, run):
    assert codes(run(units=[("东村", "", "白果镇", "村")])) == []
    Unit.objects.create(
        jurisdiction=cast.county.pk, parent=cast.other_town, path=cast.other_town.path + "0009/",
        kind="village", name="东村", short_name="东村", from_on=TODAY,
    )  # fmt: skip
    assert codes(run(posts=[("东村", "会计", "", "新人")])) == ["org.roster_which_unit"]
    report = run(posts=[("白果镇/东村", "会计", "", "新人")])
    assert [row.kind for row in report.rows] == ["add"]


def test_organisation_that_moved_since_the_check_is_checked_again(cast):
    actor = cast.actor("gao")
    at = {"actor": actor, "today": TODAY, "now": timezone.now()}
    tables = grids(units=[("东村", "东村新")])
    setup = [proposed(one).as_data() for one in tables]
    made = actions.read_roster(**at, name="改", content=pack_grids(tables), setup=setup)
    table = RosterImport.objects.get(pk=made.id)
    digest = queries.roster_run(actor, TODAY, table).digest
    actions.change_unit(
        actor=actor, today=TODAY, unit_id=cast.east.pk, version=1, name="东村", short_name="东"
    )
    with pytest.raises(Refused) as refused:
        actions.write_roster(**at, table=table, digest=digest)
    assert refused.value.why.code == "org.roster_moved"
    assert Unit.objects.get(pk=cast.east.pk).short_name == "东"


def test_what_somebody_went_on_with_is_not_taken_back(cast, write):
    table = write(posts=[("东村", "会计", "", "新人")])
    person = Person.objects.get(name="新人")
    actions.open_account(actor=cast.actor("gao"), today=TODAY, person_id=person.pk, login="xinren")
    with pytest.raises(Refused) as refused:
        undo(cast, table)
    assert refused.value.why.code == "org.roster_used"
    assert Term.objects.filter(person=person).exists()


def test_marked_file_is_refused_and_no_byte_of_it_kept(client, cast):
    client.force_login(cast.account("gao"))
    sheet = queries.roster_sheets(cast.actor("gao"), TODAY, empty=True)[0]
    data = workbook([type(sheet)("机密★1年", sheet.columns, [("暗号村", *[None] * 6)])])
    answer = client.post("/org/import/", {"file": SimpleUploadedFile("机构.xlsx", data)})
    assert answer.status_code == 422
    assert not RosterImport.objects.exists()
    [entry] = Entry.objects.filter(verb="org.upload.refuse")
    assert "暗号村" not in str(entry.changes)


def test_pages_map_check_write_and_undo(client, cast, django_assert_max_num_queries):
    client.force_login(cast.account("gao"))
    sheet = workbook_of(
        [("部门叫法", "简称", "上级单位", "类别"), ("水利站", "", "青榆镇", "站所")]
    )
    answer = client.post("/org/import/", {"file": SimpleUploadedFile("表.csv", sheet)})
    assert answer.status_code == 422  # no column names the units
    sheet = workbook_of([("单位名称", "简称", "上级", "性质甲"), ("水利站", "", "青榆镇", "站所")])
    answer = client.post("/org/import/", {"file": SimpleUploadedFile("表.csv", sheet)})
    assert answer.url.endswith("?step=columns")
    table = RosterImport.objects.get()
    page = f"/org/import/{table.pk}/"
    assert "性质甲" in client.get(answer.url).content.decode()
    client.post(page + "columns/", {"kind-0": "units", "field-0-3": "kind", "version": "1"})
    with django_assert_max_num_queries(14):
        shown = client.get(page).content.decode()
    digest = shown.split('name="digest" value="')[1].split('"')[0]
    assert client.post(page + "write/", {"digest": "other"}).status_code == 422
    client.post(page + "write/", {"digest": digest})
    assert Unit.objects.get(name="水利站").kind == "station"
    client.post(page + "undo/")
    assert not Unit.objects.filter(name="水利站").exists()


def workbook_of(rows):
    return "\n".join(",".join(row) for row in rows).encode()
