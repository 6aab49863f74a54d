"""The county's units: one town in full, two sparse, and what stands beside the tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.config.demo.shapes import DemoLink, DemoUnit, UnitKind

FOUNDED = date(2023, 1, 1)
COUNTY = "临禾县"
TOWN = "青榆镇"
TASK_FORCE = "征迁专班"
SYSTEM = "系统管理"
FORCE_FROM, FORCE_TO = date(2026, 1, 12), date(2026, 9, 30)

COUNTY_OFFICES = (
    ("县委督查室", "县督查室"),
    ("县审计局", "县审计局"),
    ("县发展和改革局", "县发改局"),
    ("县财政局", "县财政局"),
    ("县农业农村局", "县农业农村局"),
    ("县自然资源局", "县自然资源局"),
    ("县住房和城乡建设局", "县住建局"),
    ("县公安局", "县公安局"),
    ("县司法局", "县司法局"),
    ("县市场监督管理局", "县市监局"),
    ("县卫生健康局", "县卫健局"),
)
TOWN_OFFICES = (
    ("党政综合办公室", "党政办"),
    ("党建工作办公室", "党建办"),
    ("经济发展办公室", "经发办"),
    ("项目服务中心", "项目中心"),
    ("农业农村办公室", "农业农村办"),
    ("村镇建设办公室", "村建办"),
    ("社会事务办公室", "社会事务办"),
    ("平安法治办公室", "平安办"),
    ("应急管理办公室", "应急办"),
    ("财政所", "财政所"),
    ("便民服务中心", "便民中心"),
    ("综合行政执法队", "综合执法队"),
)
STATIONS = (  # 双重管理站所: the county's, linked to the town
    ("青榆派出所", "派出所", "县公安局"),
    ("青榆司法所", "司法所", "县司法局"),
    ("青榆自然资源所", "自然资源所", "县自然资源局"),
    ("青榆市场监督管理所", "市场监管所", "县市监局"),
    ("青榆镇卫生院", "卫生院", "县卫健局"),
)
VILLAGES: dict[str, int] = {  # households, by which shares are divided
    "榆园社区": 2140,
    "河埠社区": 1680,
    "新桥社区": 1530,
    "柏溪村": 920,
    "沙墩村": 810,
    "石埠村": 760,
    "月湾村": 690,
    "枫塘村": 840,
    "东篱村": 520,
    "西坞村": 410,
    "鹤滩村": 570,
    "长陂村": 780,
    "岭下村": 360,
    "鹿鸣村": 330,
    "圩田村": 620,
}
SPARSE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "望川镇": (("党政办", "经发办", "农业农村办"), ("棠梨村", "大樟村", "浦口社区")),
    "云陂镇": (("党政办", "经发办", "农业农村办"), ("莲蓬村", "磨石村", "堰头社区")),
}
TWINNED = (  # 包联: the office answers for a village that needs help
    ("党建办", "鹿鸣村"),
    ("财政所", "岭下村"),
    ("农业农村办", "西坞村"),
    ("经发办", "东篱村"),
    ("村建办", "鹤滩村"),
)
FORCE_MEMBERS = ("村建办", "财政所", "自然资源所", "沙墩村", "枫塘村")
DISTRICTS = (  # 片区: the village that leads, and its neighbours
    ("柏溪村", ("月湾村", "石埠村", "圩田村", "长陂村")),
    ("西坞村", ("东篱村", "鹤滩村", "岭下村", "鹿鸣村")),
)


def units() -> tuple[DemoUnit, ...]:
    """Every unit, parents before children."""
    return tuple(_units())


def _unit(name: str, short: str, kind: UnitKind, parent: str | None) -> DemoUnit:
    return DemoUnit(short, name, short, kind, parent, FOUNDED)


def _units() -> Iterator[DemoUnit]:
    yield _unit(COUNTY, COUNTY, "county", None)
    yield _unit("临禾县信息系统管理组", SYSTEM, "system", COUNTY)
    for name, short in COUNTY_OFFICES:
        yield _unit(name, short, "county_office", COUNTY)
    yield _unit(TOWN, TOWN, "town", COUNTY)
    for name, short in TOWN_OFFICES:
        yield _unit(f"{TOWN}{name}", short, "town_office", TOWN)
    for name, short, _bureau in STATIONS:
        yield _unit(name, short, "station", TOWN)  # the town assigns; the bureau is linked
    for name in VILLAGES:
        yield _unit(name, name, "village", TOWN)
    yield DemoUnit(
        TASK_FORCE, "临青快速路青榆段征迁专班", TASK_FORCE, "task_force", TOWN, FORCE_FROM, FORCE_TO
    )
    for town, (offices, villages) in SPARSE.items():
        yield _unit(town, town, "town", COUNTY)
        for office in offices:
            yield DemoUnit(town + office, town + office, office, "town_office", town, FOUNDED)
        for village in villages:
            yield _unit(village, village, "village", town)


def links() -> tuple[DemoLink, ...]:
    """Every link beside the tree."""
    return tuple(_links())


def _links() -> Iterator[DemoLink]:
    for _, short, bureau in STATIONS:
        yield DemoLink(bureau, short, "dual", FOUNDED)
    for member in FORCE_MEMBERS:
        yield DemoLink(member, TASK_FORCE, "task_force", FORCE_FROM, FORCE_TO)
    for office, village in TWINNED:
        yield DemoLink(office, village, "twinned", date(2026, 1, 19))
    for lead, others in DISTRICTS:
        for other in others:
            yield DemoLink(lead, other, "district", FOUNDED)
