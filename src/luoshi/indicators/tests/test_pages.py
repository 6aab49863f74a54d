"""The pages of the register: list, one indicator, the grid with its check, the import."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.domain.base import Period
from luoshi.indicators import actions, queries
from luoshi.indicators.models import Indicator, Reading
from luoshi.journal.models import Entry
from tests.cast import TODAY

from .test_readings import MAY, current, make, state


@pytest.fixture
def lin(cast):
    return cast.actor("lin")


@pytest.fixture
def income(cast, lin):
    return make(cast, lin, "村集体经济收入", reporters=(cast.east, cast.west))


def typed(indicator, unit, text, seen="", month=5):
    end = {4: "2026-04-30", 5: "2026-05-31", 6: "2026-06-30"}[month]
    return [str(indicator.pk), str(unit.pk), f"2026-{month:02d}-01", end, text, seen]


def hidden(page, name):
    import html

    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    return html.unescape(found.group(1))


def saved(client, page, **more):
    return client.post(
        reverse("indicators:save"),
        {name: hidden(page, name) for name in ("cells", "back", "key")} | more,
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["lin", "ma", "zhao"])
def test_pages_open_for_who_reads_the_town(signed_in, cast, income, who, language):
    state(cast.actor("wang"), income, cast.east, "12.50")
    client = signed_in(who)
    client.cookies["django_language"] = language
    for url in (
        reverse("indicators:list"),
        reverse("indicators:indicator", args=[income.pk]),
        reverse("indicators:grid") + f"?indicator={income.pk}",
        reverse("indicators:grid") + "?view=table&all=1",
        reverse("indicators:import"),
    ):
        assert client.get(url).status_code == 200, url


def test_list_says_who_has_not_reported(signed_in, cast, income):
    state(cast.actor("wang"), income, cast.east, "12.50")
    text = signed_in("lin").get(reverse("indicators:list")).content.decode()
    assert "12.50" in text
    assert "1/2" in text
    assert re.search(r"<details[^>]*><summary[^>]*>缺 1</summary>.*西村.*</details>", text)


@pytest.mark.parametrize("cells", [1, 40])
def test_grid_and_list_take_a_constant_number_of_queries(
    signed_in, cast, lin, cells, django_assert_max_num_queries
):
    for number in range(cells):
        made = make(cast, lin, f"指标{number}", reporters=(cast.east, cast.west))
        state(cast.actor("wang"), made, cast.east, "1")
    client = signed_in("lin")
    client.get(reverse("indicators:list"))
    for url in (reverse("indicators:list"), reverse("indicators:grid") + "?all=1"):
        with django_assert_max_num_queries(22):
            client.get(url)


def test_block_is_understood_then_saved(signed_in, cast, income):
    client = signed_in("wang")
    cells = [typed(income, cast.east, "０.1２亿元"), typed(income, cast.east, "9,000.5", month=4)]
    page = client.post(reverse("indicators:check"), {"cells": json.dumps(cells), "back": "/"})
    assert page.status_code == 200
    assert not Reading.objects.exists()
    assert saved(client, page).status_code == 302
    assert current(income, cast.east).value == Decimal(1200)
    assert Reading.objects.count() == 2


def test_faults_are_told_and_the_rest_may_be_saved(signed_in, cast, income):
    client = signed_in("wang")
    cells = [
        typed(income, cast.east, "约十万"),
        typed(income, cast.west, "3"),
        typed(income, cast.east, "5", month=6),
        typed(income, cast.east, "7", month=4),
    ]
    page = client.post(reverse("indicators:check"), {"cells": json.dumps(cells), "back": "/"})
    text = page.content.decode()
    assert "不是数字" in text
    assert "尚不能填报" in text
    saved(client, page)
    assert [row.value for row in Reading.objects.all()] == [Decimal(7)]


def test_second_of_two_sees_both_values_and_may_decide(signed_in, cast, income):
    client = signed_in("ma")
    cells = json.dumps([typed(income, cast.east, "99")])
    page = client.post(reverse("indicators:check"), {"cells": cells, "back": "/"})
    state(cast.actor("wang"), income, cast.east, "12.50")
    met = saved(client, page)
    assert met.status_code == 409
    assert "12.5" in met.content.decode()
    assert ">99</b>" in met.content.decode()
    assert current(income, cast.east).value == Decimal("12.5")
    assert saved(client, met, reason="").status_code == 422
    assert saved(client, met, reason="核对账本").status_code == 302
    assert current(income, cast.east).value == Decimal(99)


def test_table_is_mapped_checked_and_saved(signed_in, cast, income):
    client = signed_in("lin")
    url = reverse("indicators:import")
    pasted = "村名\t1-4月\t5月\t备注\n东村\t10\t12.5\t好\n西村\t\t7.25\t\n南村\t1\t\t\n"
    page = client.post(url, {"pasted": pasted, "year": "2026", "indicator": str(income.pk)})
    text = page.content.decode()
    assert "第4行" in text  # the village of another town is unknown here
    assert saved(client, page).status_code == 302
    assert Reading.objects.count() == 3
    assert current(income, cast.west).value == Decimal("7.25")


def test_published_figures_are_imported_with_their_source(signed_in, cast, lin):
    output = make(cast, lin, "规上工业增加值", category="statistics")
    client = signed_in("lin")
    page = client.post(
        reverse("indicators:import"),
        {"pasted": "指标,5月\n规上工业增加值,8.6亿元", "year": "2026", "published": "on"},
    )
    answer = saved(client, page, published="1", source="", as_of="2026-06-10")
    assert answer.status_code == 422
    saved(client, page, published="1", source="县统计月报", as_of="2026-06-10")
    row = current(output, cast.town)
    assert (row.value, row.origin, row.source) == (Decimal(86000), "published", "县统计月报")
    assert row.as_of == date(2026, 6, 10)


def test_marked_table_of_figures_is_refused_and_its_words_are_found_nowhere(
    signed_in, cast, income
):
    client, there = signed_in("lin"), reverse("indicators:import")
    marked = "机密★1年\t\n指标,5月\n暗号指标,12"
    upload = SimpleUploadedFile("数.csv", marked.encode())
    for sent in ({"file": upload}, {"pasted": marked}):
        answer = client.post(there, {"year": "2026"} | sent)
        assert answer.status_code == 422
    entries = Entry.objects.filter(verb="files.upload.refuse")
    assert entries.count() == 2
    assert "暗号" not in str(list(entries.values()))


def test_ratio_shows_both_parts_and_follows_a_revision(signed_in, cast, lin):
    people = make(
        cast, lin, "常住人口", kind="level", measure="万人", decimals=2, rhythm="year",
    )  # fmt: skip
    patents = make(cast, lin, "有效发明专利", kind="level", measure="件", decimals=0)
    make(
        cast, lin, "万人发明专利拥有量", kind="ratio", measure="件/万人", decimals=2,
        numerator=patents, denominator=people,
    )  # fmt: skip
    state(lin, people, cast.town, "4", Period.year(2025))
    state(lin, patents, cast.town, "26")
    client, ratio = signed_in("lin"), Indicator.objects.get(name="万人发明专利拥有量")
    url = reverse("indicators:indicator", args=[ratio.pk])
    assert "6.50" in client.get(url).content.decode()
    first = Reading.objects.get(indicator=people, current=True)
    state(lin, people, cast.town, "5", Period.year(2025), seen=first.pk, reason="人口变动调查修订")
    text = client.get(url).content.decode()
    assert "5.20" in text
    assert "26 ÷ 5.00" in " ".join(re.sub("<[^>]*>", " ", text).split())
    now = Reading.objects.get(indicator=people, current=True)
    state(lin, people, cast.town, "0", Period.year(2025), seen=now.pk, reason="误")
    assert "分母为0" in client.get(url).content.decode()


def test_composition_makes_a_hundred(signed_in, cast, lin):
    whole = make(cast, lin, "产业构成", kind="composition", measure="%", aggregation="none")
    for name, value in (("一产", "1"), ("二产", "1"), ("三产", "1")):
        made = actions.create_indicator(
            actor=lin, today=TODAY, unit=cast.town,
            naming=actions.Naming(name=name, kind="flow", part_of=whole),
            defining=actions.Defining(statement="增加值", measure="亿元", decimals=2, source="统计"),
        )  # fmt: skip
        state(lin, Indicator.objects.get(pk=made.id), cast.town, value)
    page = signed_in("lin").get(reverse("indicators:indicator", args=[whole.pk]))
    found = re.findall(r"<b>([\d.]+)%</b>", page.content.decode())
    assert sorted(found) == ["33.3", "33.3", "33.4"]
    assert sum(map(Decimal, found)) == 100


def test_target_needs_a_unit_a_source_and_in_force_a_reason(signed_in, cast, income, lin):
    client = signed_in("lin")
    url = reverse("indicators:new_target", args=[income.pk])
    said = {"year": "2026", "part": "year", "basis": "own", "comparison": ">=", "value": "60"}
    assert client.post(url, said).status_code == 422
    assert client.post(url, said | {"unit": str(cast.town.pk)}).status_code == 302
    target = income.targets.get()
    url = reverse("indicators:target", args=[target.pk])
    changed = {"value": "50", "comparison": ">=", "version": "1"}
    assert client.post(url, changed).status_code == 422
    assert client.post(url, changed | {"reason": "县里下调"}).status_code == 302
    target.refresh_from_db()
    assert (target.value, MAY.end < target.ends_on) == (Decimal(50), True)


def test_only_the_last_period_is_owed_once_and_statistics_never(signed_in, cast, income, lin):
    make(cast, lin, "固定资产投资", category="statistics", reporters=(cast.east,))
    client, url = signed_in("wang"), reverse("indicators:list")
    (asked,) = queries.owed(cast.actor("wang"), TODAY)
    assert (asked.indicator, asked.period, asked.by) == (income, MAY, date(2026, 6, 10))
    assert asked.late_days == 8
    assert "已过8天" in client.get(url).content.decode()
    state(cast.actor("wang"), income, cast.east, "1")
    assert queries.owed(cast.actor("wang"), TODAY) == []
    assert queries.owed(lin, TODAY) == ()


def test_over_fulfilment_is_told_as_percent_and_excess(cast, income, lin):
    state(cast.actor("wang"), income, cast.east, "66")
    aim = actions.Aim(basis="own", value=Decimal(60))
    year = Period.year(2026)
    actions.set_target(
        actor=lin, today=TODAY, indicator=income, unit=cast.town, period=year, aim=aim
    )
    (line,) = queries.board(lin, TODAY, cast.town, 2026)
    assert (line.done, line.excess) == (Decimal("110.0"), Decimal("6.00"))
