"""The eight work lines of both years, the goals, and achievement beside gap."""

from __future__ import annotations

from decimal import Decimal

from luoshi.config.demo.shapes import DemoGoal, DemoLine, DemoNote, NoteKind
from luoshi.config.demo.tables import quantity, rows
from luoshi.config.demo.units import TOWN

LINES: tuple[tuple[str, str, str, int], ...] = (
    ("项目引建", f"{TOWN}/常务副镇长", "项目中心", 18),
    ("工业提质", f"{TOWN}/副镇长（工业）", "经发办", 14),
    ("科创培育", f"{TOWN}/科技副镇长", "经发办", 10),
    ("城乡融合", f"{TOWN}/副镇长（城建）", "村建办", 12),
    ("乡村振兴", f"{TOWN}/副镇长（农业农村）", "农业农村办", 14),
    ("民生服务", f"{TOWN}/宣传统战委员", "社会事务办", 12),
    ("平安治理", f"{TOWN}/党委副书记、政法委员", "平安办", 12),
    ("向上争取", f"{TOWN}/武装部部长", "党政办", 8),
)
PROJECTS = (
    "榆河智能泵阀产业园",
    "青禾预制菜中央厨房",
    "石埠冷链物流园",
    "青锻精密铸件绿色化改造",
    "临青快速路青榆段征迁",
    "集镇污水管网二期",
    "中心小学东校区扩建",
    "镇养老服务中心",
    "柏溪至月湾美丽乡村连片打造",
    "高标准农田建设6200亩",
    "榆河青榆段防洪治理",
    "村集体抱团光伏电站",
)
IN_CHARGE: dict[str, str] = {  # who answers for an item that stands in no line
    "党政办": f"{TOWN}/武装部部长",
    "党建办": f"{TOWN}/组织委员",
    "经发办": f"{TOWN}/副镇长（工业）",
    "项目中心": f"{TOWN}/常务副镇长",
    "农业农村办": f"{TOWN}/副镇长（农业农村）",
    "村建办": f"{TOWN}/副镇长（城建）",
    "社会事务办": f"{TOWN}/宣传统战委员",
    "平安办": f"{TOWN}/党委副书记、政法委员",
    "应急办": f"{TOWN}/常务副镇长",
    "财政所": f"{TOWN}/常务副镇长",
    "便民中心": f"{TOWN}/宣传统战委员",
    "综合执法队": f"{TOWN}/副镇长（城建）",
    "派出所": f"{TOWN}/党委副书记、政法委员",
    "司法所": f"{TOWN}/党委副书记、政法委员",
    "自然资源所": f"{TOWN}/副镇长（城建）",
    "市场监管所": f"{TOWN}/副镇长（工业）",
    "卫生院": f"{TOWN}/宣传统战委员",
    "征迁专班": f"{TOWN}/副镇长（城建）",
}
VILLAGES_IN_CHARGE = f"{TOWN}/组织委员"

GoalRow = tuple[int | None, str, str, str, str]
"""Line, title, target, the words of the speech, the result where the year is closed."""
GOALS_2026: tuple[GoalRow, ...] = (
    (2, "规上工业总产值增长", "规上工业总产值增长>=8%", "规上工业总产值增长8%以上", ""),
    (2, "规上工业总产值突破41.7亿元", "规上工业总产值>=41.7亿元", "力争突破41.7亿元", ""),
    (8, "一般公共预算收入增长", "一般公共预算收入增长=6%", "一般公共预算收入增长6%左右", ""),
    (1, "固定资产投资增长", "固定资产投资增长>=10%", "固定资产投资增长10%以上", ""),
    (
        5,
        "农村居民人均可支配收入增长",
        "农村居民人均可支配收入增长=7%",
        "农村居民人均可支配收入增长7%左右",
        "",
    ),
    (7, "矛盾纠纷按期化解率", "矛盾纠纷按期化解率>=98%", "矛盾纠纷按期化解率不低于98%", ""),
    (
        2,
        "单位生产总值能耗下降",
        "单位生产总值能耗下降>=2.5%",
        "单位生产总值能耗下降2.5%以上",
        "",
    ),
    (7, "不发生较大及以上生产安全事故", "", "不发生较大及以上生产安全事故", ""),
    (
        None,
        "建成全县领先的智能泵阀产业基地和城乡融合示范镇",
        "",
        "建成全县领先的智能泵阀产业基地和城乡融合示范镇",
        "",
    ),
)
GOALS_2025: tuple[GoalRow, ...] = (
    (2, "规上工业总产值增长", "规上工业总产值增长>=8%", "规上工业总产值增长8%以上", "8.2"),
    (
        8,
        "一般公共预算收入增长",
        "一般公共预算收入增长>=6%",
        "一般公共预算收入增长6%以上",
        "6.1",
    ),
    (1, "固定资产投资增长", "固定资产投资增长>=10%", "固定资产投资增长10%以上", "9.4"),
    (
        5,
        "农村居民人均可支配收入增长",
        "农村居民人均可支配收入增长=6.5%",
        "农村居民人均可支配收入增长6.5%左右",
        "6.5",
    ),
    (3, "万人发明专利拥有量", "万人发明专利拥有量>=10件", "万人发明专利拥有量达到10件", "8.7"),
    (7, "矛盾纠纷按期化解率", "矛盾纠纷按期化解率>=96%", "矛盾纠纷按期化解率不低于96%", "96.6"),
)


def line_key(year: int, number: int | None) -> str | None:
    """The key of a year's line; None stays None."""
    return None if number is None else f"{year}-line-{number}"


def lines() -> tuple[DemoLine, ...]:
    """The lines of both years; the mandate of each is the same."""
    return tuple(
        DemoLine(f"{year}-line-{number}", year, number, name, leader, unit, weight)
        for year in (2025, 2026)
        for number, (name, leader, unit, weight) in enumerate(LINES, start=1)
    )


def goals() -> tuple[DemoGoal, ...]:
    """The goals that the speeches name, with the results of the closed year."""
    return tuple(
        DemoGoal(
            key=f"{year}-goal-{number}",
            year=year,
            line=line_key(year, line),
            title=title,
            quantity=quantity(target),
            passage=words,
            result=Decimal(result) if result else None,
        )
        for year, table in ((2025, GOALS_2025), (2026, GOALS_2026))
        for number, (line, title, target, words, result) in enumerate(table, start=1)
    )


def notes() -> tuple[DemoNote, ...]:
    """Achievement and gap of every line of 2025, as the speech of 2026 takes stock of them."""
    kinds: dict[str, NoteKind] = {"achievement": "achievement", "gap": "gap"}
    return tuple(
        DemoNote(f"2025-line-{line}", kinds[kind], text)
        for line, kind, text in (row.cells for row in rows("notes_2025.txt"))
    )
