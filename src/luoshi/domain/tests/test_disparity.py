"""Disparity: the worked example of the explanation, and what an office would trip over."""

from decimal import Decimal
from fractions import Fraction

from luoshi.domain.disparity import Member, between, bottom, lifted, spread, trend
from luoshi.ui.sentences import tell


def villages(**figures):
    return [Member(None, name, None if v is None else Decimal(v)) for name, v in figures.items()]


def test_worked_example():
    last_year = villages(东村=8, 西村=12, 南村=20, 北村=40, 河村=None)
    this_year = villages(东村=12, 西村=16, 南村=22, 北村=42, 河村=9)
    seen = spread(last_year)
    assert (seen.mean, seen.max_min, seen.gini) == (20, 5, Fraction(13, 40))
    assert tell(seen.sentence) == "最高北村40，最低东村8，相差5.00倍；已报4个，待补1个。"
    assert [line.share_of_mean for line in seen.lines] == [2, 1, Fraction(3, 5), Fraction(2, 5)]
    told = trend(last_year, this_year)
    assert (told.way, told.left_out) == ("narrowing", ("河村",))
    assert tell(told.sentence) == (
        "差距在缩小（可比4个：基尼系数0.3250→0.2609，最高与最低之比5.00→3.50）。"
    )
    moved = lifted(last_year, this_year, Decimal(10))
    assert [m.label for m in moved.lifted] == ["东村"]
    assert [m.label for m in moved.unknown] == ["河村"]
    assert tell(moved.sentence) == "以10为线：新越过1个，回落0个，仍未达0个，缺数无法判断1个。"


def test_bottom_list_has_all_who_share_the_last_place_taken():
    seen = spread(villages(甲=1, 乙=2, 丙=2, 丁=3))
    assert [line.member.label for line in bottom(seen, 2)] == ["甲", "丙", "乙"]
    assert bottom(seen, 0) == ()


def test_places_count_within_the_group_too():
    rows = [("甲", 9, "平原"), ("乙", 5, "山区"), ("丙", 7, "平原"), ("丁", 3, "山区")]
    seen = spread([Member(None, name, Decimal(v), group) for name, v, group in rows])
    places = {x.member.label: (x.place, x.group_place, x.group_size) for x in seen.lines}
    assert places == {"甲": (1, 1, 2), "乙": (3, 1, 2), "丙": (2, 2, 2), "丁": (4, 2, 2)}


def test_ratio_to_nothing_and_negative_figures_are_not_told():
    assert spread(villages(甲=0, 乙=5)).max_min is None
    assert spread(villages(甲=-1, 乙=5)).gini is None
    assert spread(villages(甲=None)).mean is None
    assert trend(villages(甲=1), villages(乙=1)).way == "unknown"
    assert trend(villages(甲=1, 乙=1), villages(甲=2, 乙=2)).way == "unchanged"


def test_town_and_country_count_people_where_heads_are_known():
    town = [
        Member(None, "社区", Decimal(50), "镇区", 100),
        Member(None, "街区", Decimal(40), "镇区", 300),
    ]
    country = [Member(None, "东村", Decimal(20), "农村"), Member(None, "西村", Decimal(30), "农村")]
    seen = between([*town, *country], "镇区", "农村")
    assert (seen.one, seen.other, seen.ratio) == (Fraction(85, 2), 25, Fraction(17, 10))
    assert between(town, "镇区", "农村").ratio is None
