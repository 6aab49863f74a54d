"""Tables into the ledger and back: through the pages, as a person does it."""

import io
import json
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from luoshi.files.models import Attachment
from luoshi.goals.models import Plan
from luoshi.journal.models import Entry
from luoshi.ledger import actions
from luoshi.ledger.headers import header_sets
from luoshi.ledger.models import Assignment, TableImport, TableRow, Task
from luoshi.ledger.queries import recount, stored
from luoshi.org.models import Term
from tests.cast import TODAY

PASTE = """任务分解表
序号	任务内容	责任单位	配合单位	责任人	完成时限
一、工业经济
1	引进投资亿元以上项目3个	经发办	党政办	钱主任	2026年9月底
2	盘活闲置厂房	经济发展办公室			全年
二、乡村建设
3	修通东村产业路	东村	经发办、西村	王书记	待补
合计	3项
"""


def book(rows, merged=(), levels=()):
    """An xlsx of rows; merged ranges and outline levels as a town's own file has them."""
    made = openpyxl.Workbook()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for span in merged:
        sheet.merge_cells(span)
    for number, level in levels:
        sheet.row_dimensions[number].outlineLevel = level
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


class Desk:
    """Lin at the pages of an import, from the upload to the last button."""

    def __init__(self, client, plan):
        self.client, self.plan = client, plan

    def bring(self, data, name="任务表.xlsx"):
        sent = {"plan": str(self.plan.pk), "key": f"k{TableImport.objects.count()}"}
        if isinstance(data, str):
            sent["text"] = data
        else:
            sent["file"] = SimpleUploadedFile(name, data)
        self.answer = self.client.post(reverse("ledger:import"), sent)
        return self

    @property
    def table(self):
        return TableImport.objects.order_by("-id")[0]

    def post(self, name, **more):
        table = self.table
        sent = {"version": table.version, "key": f"{table.pk}{name[6:9]}{table.version}"} | more
        self.answer = self.client.post(reverse(f"ledger:{name}", args=[table.pk]), sent)
        return self

    def check(self, **fields):
        return self.post("table_columns", **fields)

    def names(self, **said):
        asked = self.page().context["asked"]
        known = {one["name"]: (number, one) for number, one, _choices in asked}
        more = {
            f"name-{number}": said.get(name, one["guess"]) for name, (number, one) in known.items()
        }
        return self.post("table_decide", **more)

    def write(self, **more):
        return self.post("table_write", **more)

    def page(self):
        return self.client.get(reverse("ledger:table", args=[self.table.pk]))

    def rows(self):
        """Kind, title and what is said of every row of the report."""
        page = self.page()
        assert page.status_code == 200
        return [(one["row"], one["kind"], one.get("title", "")) for one in page.context["rows"]]


@pytest.fixture
def desk(signed_in, plan):
    return Desk(signed_in("lin"), plan)


def sums_are_sound(plan):
    counted = recount(plan.pk, plan.jurisdiction)
    plan.refresh_from_db()
    assert (plan.weight_sum, plan.missing_sum) == (counted.plan.weight, counted.plan.missing)
    return all(stored(task) == counted.tasks[task.pk] for task in Task.objects.filter(plan=plan))


def test_pasted_table_becomes_a_tree_with_roles_and_dates(desk, cast, plan):
    desk.bring(PASTE)
    assert desk.page().context["columns"][1][1] == "title"
    desk.check()
    assert [kind for _row, kind, _title in desk.rows()] == [
        "add", "add", "add", "add", "add", "left",
    ]  # fmt: skip
    desk.write()
    industry, project, factory, village, road = Task.objects.order_by("tree")
    assert (industry.title, project.parent, factory.parent) == ("一、工业经济", industry, industry)
    assert (village.title, road.parent) == ("二、乡村建设", village)
    assert (project.due_on, project.unit) == (date(2026, 9, 30), cast.economy)
    assert (factory.due_on, factory.rhythm) == (None, "all_year")
    assert road.due_on is None
    roles = {(a.task_id, a.role): a.unit_id or a.post_id for a in Assignment.objects.all()}
    assert roles[project.pk, "owner"] == cast.posts["qian"].pk
    assert roles[road.pk, "lead_unit"] == cast.east.pk
    supporting = Assignment.objects.filter(task=road, role="supporting_unit")
    assert {a.unit_id for a in supporting} == {cast.economy.pk, cast.west.pk}
    assert TableRow.objects.get(task=road).cells == {"完成时限": "待补"}
    assert sums_are_sound(plan)
    assert desk.table.state == "done"
    assert bytes(desk.table.content) == b""
    entries = Entry.objects.filter(verb="ledger.task.register")
    assert {entry.subject_id for entry in entries} == {task.pk for task in Task.objects.all()}


VALUES = {
    "number": ["1", "2", "3"],
    "group": ["产业发展", "产业发展", "民生保障"],
    "title": ["引进亿元项目", "盘活闲置厂房", "修通产业路"],
    "unit": ["东村", "西村", "经发办"],
    "leader": ["刘副镇长", "陈书记", "刘副镇长"],
    "lead": ["经发办", "东村、西村", "东村"],
    "support": ["党政办", "东村", ""],
    "owner": ["钱主任", "王书记", "许书记"],
    "due": [date(2026, 9, 30), date(2026, 12, 31), date(2026, 10, 8)],
    "measures": ["上门招商\n驻点招商", "清理租约", "招标施工"],
    "acceptance": ["签约并开工", "全部出租", "通车"],
    "target_op": ["≥", "=", "≤"],
    "target_value": [3, Decimal("12.5"), None],
    "target_unit": ["个", "亩", "公里"],
    "weight": [100, 60, 40],
    "urgency": ["特急", "加急", "平件"],
    "progress": ["已签约1个", "正在清理", ""],
    "share": ["50", "12.5", "0"],
    "kept": ["甲", "98.6", "乙"],
}  # fmt: skip


@pytest.mark.parametrize("code", header_sets())
def test_every_published_header_set_comes_in_and_goes_out_with_the_same_values(desk, code):
    wanted = header_sets()[code]
    columns = wanted.columns(TODAY)[:-1]
    heads = [[column.above or column.header for column in columns]]
    merged = []
    if any(column.above for column in columns):
        heads.append([column.header for column in columns])
        first = next(n for n, column in enumerate(columns, 1) if column.above)
        merged = [f"{get_column_letter(first)}2:{get_column_letter(len(columns))}2", "A2:A3"]
    fields = [head.field for head in wanted.heads]
    groups = fields.count("group")
    rows = [
        [
            f"{VALUES[field][n]}{'甲乙丙丁'[fields[:at].count('group')]}" if field == "group" and groups > 1
            else VALUES[field][n]
            for at, field in enumerate(fields)
        ]
        for n in range(3)
    ]  # fmt: skip
    if "support" in fields:  # one unit leads; a second one has a column of its own
        rows[1][fields.index("lead")] = "东村"
        rows[1][fields.index("support")] = "西村、党政办"
    desk.bring(book([["某镇一览表"], *heads, *rows], merged))
    assert desk.page().context["setup"].known == wanted.name
    desk.check()
    if desk.table.counts["asked"]:
        desk.names()
    desk.write()
    assert desk.table.state == "done", [one for one in desk.page().context["rows"] if one["faults"]]
    asked = f"?heads={code}&year=2026"
    answer = desk.client.get(reverse("ledger:export") + asked)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    out = sheet.to_python()
    top = next(n for n, row in enumerate(out) if row[0] == columns[0].header)
    assert [cell for cell in out[top][:-1] if cell] == list(dict.fromkeys(filter(None, heads[0])))
    body = out[top + len(heads) :]
    assert [[same(cell) for cell in row[:-1]] for row in body] == [
        [same(cell) for cell in row] for row in rows
    ]
    # The same file again: nothing new, nothing changed.
    desk.bring(answer.content, "again.xlsx").check()
    assert {kind for _row, kind, _title in desk.rows()} == {"same"}


def same(cell):
    """A cell as people compare it: 3 is 3.0, and nothing is nothing."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, int | float | Decimal):
        return Decimal(str(cell)).normalize()
    try:
        return Decimal(cell).normalize() if isinstance(cell, str) else cell
    except ArithmeticError:
        return cell


def exported(desk, heads=""):
    """The ledger as a workbook that can be edited, and the row its header stands in."""
    answer = desk.client.get(reverse("ledger:export") + f"?year=2026&heads={heads}")
    made = openpyxl.load_workbook(io.BytesIO(answer.content))
    top = next(n for n, row in enumerate(made.active.iter_rows(), 1) if row[0].value == "序号")
    return made, made.active, top


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def ledger(desk):
    """The pasted table in the ledger."""
    desk.bring(PASTE).check().write()
    return desk


def test_edited_export_changes_just_the_changed_cells(ledger, cast, plan):
    made, sheet, top = exported(ledger)
    heads = {cell.value: cell.column for cell in sheet[top]}
    rows = {sheet.cell(n, 3).value.strip(): n for n in range(top + 1, sheet.max_row + 1)}
    sheet.cell(rows["盘活闲置厂房"], heads["举措"]).value = "清理租约"
    sheet.cell(rows["修通东村产业路"], heads["完成时限"]).value = date(2026, 10, 31)
    sheet.cell(rows["修通东村产业路"], heads["牵头单位"]).value = "西村"
    sheet.append(["", "", "　修通西村产业路", "", "", "", "西村"])
    sheet.cell(rows["盘活闲置厂房"], heads["序号"]).value = "2026-999"
    before = dict(Task.objects.values_list("title", "version"))
    ledger.bring(saved(made), "改.xlsx").check()
    kinds = {title: kind for _row, kind, title in ledger.rows()}
    assert kinds["修通西村产业路"] in {"add", "twin"}
    assert {kinds["盘活闲置厂房"], kinds["修通东村产业路"]} == {"change"}
    assert kinds["一、工业经济"] == "same"
    number = Task.objects.get(title="盘活闲置厂房").number
    notes = [
        (note.code, note.params) for one in ledger.page().context["rows"] for note in one["notes"]
    ]
    told = {"column": "序号", "old": number, "new": "2026-999"}
    assert notes == [("tables.not_taken_number", told)]
    assert f"仍为“{number}”" in ledger.page().content.decode()
    assert "2026-10-31" in ledger.page().content.decode()
    ledger.post("table_decide", twins="add").write(reason="年初调整")
    after = dict(Task.objects.values_list("title", "version"))
    assert {title for title, version in after.items() if before.get(title) != version} == {
        "盘活闲置厂房", "修通东村产业路", "修通西村产业路",
    }  # fmt: skip
    road, new = Task.objects.get(title="修通东村产业路"), Task.objects.get(title="修通西村产业路")
    assert (road.due_on, road.unit) == (date(2026, 10, 31), cast.west)
    assert new.parent.title == "二、乡村建设"
    assert Task.objects.get(title="盘活闲置厂房").measures == "清理租约"
    assert sums_are_sound(plan)
    # and back again: what was added is gone, what was changed says what it said
    ledger.post("table_undo")
    assert ledger.table.state == "undone", ledger.answer.content.decode()[-900:]
    road.refresh_from_db()
    assert (road.due_on, road.unit) == (None, cast.east)
    assert not Task.objects.filter(title="修通西村产业路").exists()
    assert sums_are_sound(plan)


@pytest.mark.parametrize("sort", ["", "-due"])
@pytest.mark.parametrize("heads", ["", "orders", "by_area", "quarter_progress"])
def test_unedited_export_changes_nothing_and_says_nothing(ledger, act, roles, cast, heads, sort):
    task = Task.objects.get(title="盘活闲置厂房")
    act("lin", actions.assign, task=task, roles=roles)
    act("wang", actions.sign_for, task=task)
    act("wang", actions.report, task=task, said=actions.Said(text="已清理两处", progress=3300))
    Term.objects.filter(post=cast.posts["wang"]).update(to_on=date(2026, 6, 1))  # a vacant post
    data = ledger.client.get(
        reverse("ledger:export") + f"?year=2026&heads={heads}&sort={sort}"
    ).content
    ledger.bring(data, "未改.xlsx").check()
    page = ledger.page()
    assert {one["kind"] for one in page.context["rows"]} == {"same"}
    assert [note.code for one in page.context["rows"] for note in one["notes"]] == []


def test_row_changed_meanwhile_is_reported_and_nothing_overwritten(ledger, act):
    made, sheet, top = exported(ledger)
    row = next(n for n in range(top + 1, sheet.max_row + 1) if "闲置" in sheet.cell(n, 3).value)
    sheet.cell(row, 3).value = "盘活闲置厂房两处"
    task = Task.objects.get(title="盘活闲置厂房")
    act("chen", actions.edit_task, task=task, version=task.version, title="盘活厂房")
    ledger.bring(saved(made), "旧.xlsx").check()
    page = ledger.page().content.decode()
    assert "导出之后有人改过这一项" in page
    assert "盘活厂房" in page  # what stands, beside what the file says
    ledger.write()
    assert ledger.table.state == "checked"
    # and between the check and the yes: the confirmed report no longer holds, nothing is written
    made, sheet, top = exported(ledger)
    sheet.cell(row, 3).value = "盘活闲置厂房三处"
    ledger.bring(saved(made), "新.xlsx").check()
    task.refresh_from_db()
    act("chen", actions.edit_task, task=task, version=task.version, title="盘活旧厂房")
    ledger.write()
    assert ledger.table.state == "checked"
    assert "核对之后台账有了变化" in ledger.answer.content.decode()
    task.refresh_from_db()
    assert task.title == "盘活旧厂房"


FAULTS = [
    ('序号\t任务内容\t完成时限\n1\t=HYPERLINK("http://a")\t6月底', "像公式"),
    ("序号\t任务内容\t完成时限\n1\t修路\t尽快办理", "读不出日期"),
    ("序号\t任务内容\t目标值\t计量单位\n1\t修路\t约三十\t公里", "要填数字"),
    ("序号\t任务内容\t责任单位\n1\t\t东村", "没有写事项名称"),
    ("序号\t任务内容\t责任单位\n1.1\t修路\t东村", "找不到它的上级编号"),
    ("任务内容\t责任单位\n" + "长" * 401 + "\t东村", "超过400字"),
    ("任务内容\t权重\n修路\t2.5", "整数"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), FAULTS, ids=[words for _text, words in FAULTS])
def test_bad_row_is_refused_in_words_and_stops_the_whole(desk, text, words):
    desk.bring(text + "\n\t修桥\t\n").check()
    assert words in desk.page().content.decode()
    desk.write()
    assert (desk.table.state, Task.objects.count()) == ("checked", 0)
    assert "台账没有改动" in desk.answer.content.decode()


def test_faulty_rows_are_left_out_only_when_a_person_says_so(desk):
    desk.bring("序号\t任务内容\t完成时限\n1\t修路\t尽快\n2\t修桥\t6月底\n").check().write(skip="1")
    assert list(Task.objects.values_list("title", flat=True)) == ["修桥"]


def test_masked_values_are_to_be_filled_in_and_never_nought(desk):
    desk.bring(
        "序号\t任务内容\t目标值\t计量单位\t责任单位\n1\t引进项目\t*亿元\t亿元\tXX\n2\t修路\t待补\t公里\t东村\n"
    ).check().write()
    assert set(Task.objects.values_list("target_value", flat=True)) == {None}
    assert desk.table.state == "done"
    assert TableRow.objects.get(task__title="引进项目").cells["目标值"] == "*亿元"


MARKED = {"绝密": "绝密★1年", "内部资料": "内部资料 注意保存"}


@pytest.mark.parametrize("marking", MARKED)
@pytest.mark.parametrize("pasted", [True, False])
def test_marked_table_is_refused_and_no_byte_of_it_kept(desk, marking, pasted, tmp_path, settings):
    settings.MEDIA_ROOT = str(tmp_path)
    rows = [[MARKED[marking]], ["序号", "任务内容", "责任单位"], [1, "不可外传之事", "东村"]]
    text = "\n".join("\t".join(map(str, row)) for row in rows)
    desk.bring(text if pasted else book(rows))
    assert desk.answer.status_code == 422
    assert not TableImport.objects.exists()
    assert not Attachment.objects.exists()
    assert list(tmp_path.rglob("*")) == []
    entry = Entry.objects.get(verb="files.upload.refuse")
    told = json.dumps(entry.changes, ensure_ascii=False) + entry.reason
    assert "不可外传" not in told
    assert "任务表" not in told


def test_name_that_is_not_certain_waits_for_a_word(desk, cast):
    desk.bring("任务内容\t责任单位\t责任人\n修路\t经济办公\t王同志\n修桥\t水利站\t李四\n").check()
    asked = {one["name"]: one["guess"] for _n, one, _c in desk.page().context["asked"]}
    assert asked == {"经济办公": str(cast.economy.pk), "王同志": "", "水利站": "", "李四": ""}
    desk.write()
    assert Task.objects.count() == 0
    desk.names(王同志=str(cast.posts["wang"].pk)).write()
    road = Task.objects.get(title="修路")
    assert road.unit == cast.economy
    assert Assignment.objects.get(task=road, role="owner").post == cast.posts["wang"]
    # a name that is none of ours stays with its row, and the item's page shows it
    bridge = Task.objects.get(title="修桥")
    page = desk.client.get(reverse("ledger:task", args=[bridge.pk])).content.decode()
    assert "水利站" in page
    assert "粘贴的表格" in page
    assert TableRow.objects.get(task__title="修桥").cells == {
        "责任单位": "水利站",
        "责任人": "李四",
    }


def test_likely_twins_are_proposed_and_never_added_in_silence(ledger):
    ledger.bring(
        "任务内容\t责任单位\n盘活 闲置厂房\t经发办\n修通东村产业道路\t东村\n种树\t西村\n"
    ).check()
    kinds = {title: kind for _row, kind, title in ledger.rows()}
    assert kinds == {"盘活 闲置厂房": "twin", "修通东村产业道路": "twin", "种树": "add"}
    ledger.write()
    assert ledger.table.state == "checked"
    ledger.post("table_decide", **{"twin-2": "skip", "twin-3": "add"}).write()
    assert Task.objects.filter(title__in=["盘活 闲置厂房", "修通东村产业道路", "种树"]).count() == 2


def test_same_yes_twice_and_in_two_tabs_writes_once(desk):
    desk.bring(PASTE).check()
    table = desk.table
    sent = {"version": table.version, "key": "yes"}
    where = reverse("ledger:table_write", args=[table.pk])
    answers = [desk.client.post(where, sent), desk.client.post(where, sent)]
    other_tab = desk.client.post(where, sent | {"key": "other"})
    assert [one.status_code for one in answers] == [302, 302]
    assert other_tab.status_code in {302, 409}
    assert Task.objects.count() == 5
    assert Entry.objects.filter(verb="ledger.table.import").count() == 1


def test_undo_takes_a_whole_tree_back(ledger, plan):
    ledger.post("table_undo")
    assert (ledger.table.state, Task.objects.count()) == ("undone", 0)
    assert sums_are_sound(plan)
    assert "这次导入已经撤销" in ledger.page().content.decode()


def test_undo_is_refused_once_work_has_gone_on(ledger, act, roles):
    task = Task.objects.get(title="盘活闲置厂房")
    act("lin", actions.assign, task=task, roles=roles)
    ledger.post("table_undo")
    assert "接着办了" in ledger.answer.content.decode()
    assert Task.objects.count() == 5


def test_large_table_is_written_by_a_job_that_can_be_left(desk, monkeypatch, plan):
    from django.utils import timezone

    from luoshi.jobs.actions import run_waiting
    from luoshi.ledger.views import importing

    monkeypatch.setattr(importing, "AT_ONCE", 2)
    desk.bring(PASTE).check().write()
    assert desk.table.state == "writing"
    assert "正在写入" in desk.page().content.decode()
    run_waiting(timezone.now)
    assert desk.table.state == "done"
    assert Task.objects.count() == 5
    assert sums_are_sound(plan)
    progress = desk.client.get(reverse("ledger:table_progress", args=[desk.table.pk]))
    assert progress.headers["HX-Redirect"]


def test_large_table_is_taken_back_by_a_job_that_tells_why_not(
    ledger, monkeypatch, act, roles, plan
):
    from django.utils import timezone

    from luoshi.jobs.actions import run_waiting
    from luoshi.ledger.views import importing

    monkeypatch.setattr(importing, "AT_ONCE", 2)
    task = Task.objects.get(title="盘活闲置厂房")
    act("lin", actions.assign, task=task, roles=roles)
    ledger.post("table_undo")
    assert ledger.answer.status_code == 302
    assert "正在撤销" in ledger.page().content.decode()
    progress = reverse("ledger:table_progress", args=[ledger.table.pk])
    assert "正在撤销" in ledger.client.get(progress).content.decode()
    run_waiting(timezone.now)
    page = ledger.page().content.decode()
    assert "接着办了" in page
    assert "撤销这次导入" in page
    assert ledger.client.get(progress).headers["HX-Redirect"]
    Task.objects.filter(pk=task.pk).update(state="registered", version=1)
    ledger.post("table_undo")
    assert Task.objects.count() == 5
    run_waiting(timezone.now)
    assert (ledger.table.state, Task.objects.count()) == ("undone", 0)
    assert sums_are_sound(plan)
    asked = Entry.objects.filter(verb="ledger.table.ask_undo").order_by("at")
    assert [entry.changes for entry in asked] == [{"undo_asked": [0, 1]}, {"undo_asked": [1, 2]}]


def test_past_due_dates_and_plans_in_force_need_a_reason(desk, plan):
    desk.bring("任务内容\t完成时限\n补录之事\t2026年3月底\n").check().write()
    assert desk.table.state == "checked"
    desk.write(reason="年初漏录")
    assert Task.objects.get().due_on == date(2026, 3, 31)
    assert Entry.objects.get(verb="ledger.task.register").reason == "年初漏录"
    Plan.objects.filter(pk=plan.pk).update(state=Plan.State.IN_FORCE)
    made, sheet, top = exported(desk)
    sheet.cell(top + 1, 10).value = date(2026, 12, 31)
    desk.bring(saved(made)).check()
    assert {kind for _row, kind, _title in desk.rows()} == {"refused"}


@pytest.mark.parametrize("who", ["wang", "ma", "zhao", "zhou", "gao", "chen"])
def test_nobody_else_goes_on_with_a_table(desk, signed_in, who):
    desk.bring(PASTE)
    page = signed_in(who).get(reverse("ledger:table", args=[desk.table.pk]))
    assert page.status_code == 404


@pytest.mark.parametrize("step", ["columns", "report", "done"])
def test_pages_take_the_same_number_of_queries_whatever_the_table(
    desk, django_assert_max_num_queries, step
):
    rows = "\n".join(f"{n}\t事项{n * 7919}号\t东村\t王{n % 3}某" for n in range(1, 150))
    desk.bring("序号\t任务内容\t责任单位\t责任人\n" + rows)
    if step != "columns":
        desk.check()
    if step == "done":
        desk.names().write()
    with django_assert_max_num_queries(16):
        assert desk.page().status_code == 200
