"""The three duty lists: read, judged row by row, taken in whole or not at all."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook

from luoshi.journal.models import Entry
from luoshi.org.duties import read
from luoshi.org.models import DutyItem

GOOD = [
    ["清单类别", "序号", "履职事项", "对应部门"],
    ["基本履职事项清单", 1, "农村饮水工程巡查"],
    ["", 2, "安全生产宣传", ""],
    ["上级部门收回事项清单", 1.0, "燃气企业安全检查", "县住建局"],
]


def pasted(rows):
    return "\n".join("\t".join(str(cell) for cell in row) for row in rows)


def test_headers_and_merged_lists_are_read():
    lines = read(GOOD)
    assert [(line.list, line.position, line.text) for line in lines] == [
        ("basic", 1, "农村饮水工程巡查"), ("basic", 2, "安全生产宣传"),
        ("withdrawn", 1, "燃气企业安全检查"),
    ]  # fmt: skip
    assert not [line for line in lines if line.fault]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["兜底", "1", "某事"], "org.duty_list_unknown"),
        (["基本", "3", ""], "org.duty_empty"),
        (["基本", "3", "长" * 301], "org.duty_too_long"),
        (["基本", "2", "又一件"], "org.duty_twice"),
    ],
)
def test_each_fault_has_its_words(row, code):
    lines = read([*GOOD[:3], row])
    assert [line.fault.code for line in lines if line.fault] == [code]


def test_one_bad_row_keeps_the_lists_as_they_were(signed_in, cast):
    there = reverse("org:duties", args=[cast.town.pk])
    client = signed_in("lin")
    bad = client.post(there, {"text": pasted([*GOOD, ["兜底", 1, "某事"]])})
    assert bad.status_code == 422
    assert "1行有误" in bad.content.decode()
    setting = reverse("org:set_duties", args=[cast.town.pk])
    client.post(setting, {"text": pasted([*GOOD, ["兜底", 1, "某事"]]), "key": "a"})
    assert not DutyItem.objects.exists()
    client.post(setting, {"text": pasted(GOOD), "key": "b"})
    kept = DutyItem.objects.get(list="basic", position=2)
    client.post(setting, {"text": pasted([*GOOD[:2], ["基本", 2, "安全生产宣讲"]]), "key": "c"})
    assert [row.text for row in DutyItem.objects.order_by("position")] == [
        "农村饮水工程巡查", "安全生产宣讲",
    ]  # fmt: skip
    assert DutyItem.objects.get(list="basic", position=2).pk == kept.pk


def test_workbook_is_read_and_a_broken_one_refused_in_words(signed_in, cast):
    book = Workbook()
    for row in GOOD:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "清单.xlsx"
    there = reverse("org:duties", args=[cast.town.pk])
    answer = signed_in("lin").post(there, {"file": out})
    assert "全部可导入" in answer.content.decode()
    broken = BytesIO(b"PK\x03\x04broken")
    broken.name = "坏.xlsx"
    assert signed_in("lin").post(there, {"file": broken}).status_code == 422


def test_marked_list_is_refused_before_it_is_read(signed_in, cast):
    answer = signed_in("lin").post(
        reverse("org:duties", args=[cast.town.pk]), {"text": "机密★1年\n基本\t1\t暗号"}
    )
    assert answer.status_code == 422
    assert Entry.objects.filter(verb="org.upload.refuse").count() == 1


def test_registering_what_was_taken_back_is_warned_with_the_line(signed_in, cast):
    DutyItem.objects.create(
        jurisdiction=cast.county.jurisdiction, unit=cast.town, list="withdrawn", position=1,
        text="燃气企业安全检查", department="县住建局",
    )  # fmt: skip
    fields = {"title": "开展燃气企业安全检查", "source_kind": "temporary", "key": "k"}
    answer = signed_in("lin").post(f"{reverse('ledger:new')}?planned=0", fields, follow=True)
    assert "燃气企业安全检查”（对应部门：县住建局）相近" in answer.content.decode()
