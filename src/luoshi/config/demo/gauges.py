"""The town's indicators as the story has them: what is counted, and what was reached.

Figures agree with what the two speeches say of them. Every one is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from luoshi.config.demo.units import VILLAGES

BULLETIN = "县统计局月度快报"
YEARBOOK = "县统计年鉴"
COURSE = (6, 12, 22, 30, 38, 48, 55, 63, 73, 82, 91, 100)
"""Percent of a year's figure that came together by the end of each month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """One indicator. Figures are text, so that they are exact.

    `last` and `now` are the figures of the periods of 2025 and of 2026 through May, by rhythm; a
    single figure of `last` for a flow is the whole year, spread by `COURSE`. `by` names the unit
    that reports (the town where empty, "villages" for all of them). `aims`: basis and figure.
    """

    name: str
    statement: str
    measure: str
    kind: str = "flow"
    decimals: int = 0
    statistics: bool = False
    source: str = "部门台账"
    rhythm: str = "month"
    by: str = ""
    better: str = "higher"
    aggregation: str = "sum"
    numerator: str = ""
    denominator: str = ""
    factor: str = "1"
    negative: bool = False
    part_of: str = ""
    last: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    aims: Mapping[str, str] = field(default_factory=dict)
    was: str = ""
    peer: tuple[str, str, str] | None = None


GAUGES: tuple[Gauge, ...] = (
    Gauge(
        name="规上工业总产值",
        statement="年主营业务收入2000万元及以上工业企业的总产值，当年价，本年累计。",
        measure="亿元", decimals=2, statistics=True, source=BULLETIN, last=("38.60",),
        now=("2.71", "5.38", "9.43", "12.66", "15.92"), was="39.50",
        aims={"own": "41.70", "mandate": "41.50"}, peer=("望川镇", "44.20", "县统计公报2025"),
    ),
    Gauge(
        name="固定资产投资增速",
        statement="500万元及以上项目固定资产投资累计额的同比增速。",
        measure="%", kind="ratio", decimals=1, statistics=True, source=BULLETIN, negative=True,
        aggregation="none", was="10.0",
        last=("-1.2", "3.5", "6.0", "7.1", "7.6", "8.2", "8.0", "8.4", "8.9", "9.1", "9.0", "9.4"),
        now=("4.1", "6.8", "9.6", "9.9", "10.3"), aims={"own": "10.0", "mandate": "10.0"},
        peer=("望川镇", "12.1", "县统计公报2025"),
    ),
    Gauge(
        name="一般公共预算收入", statement="乡镇级一般公共预算收入，本年累计。", measure="万元",
        source="财政总预算会计账", by="财政所", last=("18600",), was="18500",
        now=("1420", "2610", "4480", "6190", "7760"), aims={"own": "19700", "mandate": "19600"},
    ),
    Gauge(
        name="农村居民人均可支配收入", statement="住户收支调查，本年累计。", measure="元",
        statistics=True, source="国家统计局临禾调查队", rhythm="quarter",
        aggregation="none", last=("7310", "12960", "19840", "26480"), now=("7860",),
        aims={"own": "28330"}, was="26200", peer=("云陂镇", "27150", "县统计公报2025"),
    ),
    Gauge(
        name="城镇居民人均可支配收入", statement="住户收支调查，本年累计。", measure="元",
        statistics=True, source="国家统计局临禾调查队", rhythm="quarter",
        aggregation="none", last=("12980", "23540", "35260", "47920"), now=("13610",),
    ),
    Gauge(
        name="城乡居民收入比",
        statement="城镇居民人均可支配收入与农村居民人均可支配收入之比。",
        measure="倍", kind="ratio", decimals=2, source="由两项收入算出", rhythm="quarter",
        better="lower", aggregation="ratio", numerator="城镇居民人均可支配收入",
        denominator="农村居民人均可支配收入", aims={"own": "1.78"}, was="1.80",
    ),
    Gauge(
        name="高新技术产业产值占比",
        statement="高新技术产业产值占规上工业总产值的比重，按高新技术产业统计分类。",
        measure="%", kind="ratio", decimals=1, statistics=True, source=BULLETIN,
        rhythm="quarter", aggregation="none", last=("29.8", "30.4", "31.0", "31.5"), now=("31.9",),
        aims={"own": "34.0", "mandate": "33.5"}, was="32.0",
        peer=("全县平均", "35.7", "县统计公报2025"),
    ),
    Gauge(
        name="有效发明专利",
        statement="期末拥有的有效发明专利，以国家知识产权局登记为准。",
        measure="件", kind="level", by="经发办", rhythm="quarter", source="知识产权登记信息",
        last=("31", "33", "35", "37"), now=("39",),
    ),
    Gauge(
        name="常住人口", statement="年末常住人口。", measure="万人", kind="level", decimals=2,
        statistics=True, source=YEARBOOK, rhythm="year", aggregation="none", last=("4.20",),
    ),
    Gauge(
        name="万人发明专利拥有量", statement="有效发明专利除以上年末常住人口。", measure="件/万人",
        kind="ratio", decimals=1, source="由专利和人口算出", rhythm="quarter",
        aggregation="ratio", numerator="有效发明专利", denominator="常住人口",
        aims={"own": "10.0", "mandate": "10.0"}, was="10.0",
    ),
    Gauge(
        name="新签约亿元以上项目",
        statement="首次签订正式投资合同、计划总投资1亿元及以上的项目，本年累计。",
        measure="个", by="项目中心", source="招商项目台账",
        last=("0", "0", "1", "1", "1", "1", "1", "2", "2", "2", "2", "2"),
        now=("0", "0", "1", "1", "2"), aims={"own": "4", "mandate": "4"}, was="3",
    ),
    Gauge(
        name="到位资金",
        statement="招商引资项目实际到位资金，以银行入账为准，本年累计。",
        measure="亿元", decimals=2, by="项目中心", source="招商项目台账", last=("5.30",),
        now=("0.28", "0.61", "1.22", "1.74", "2.31"), aims={"own": "6.00", "mandate": "6.20"},
        was="5.00", peer=("望川镇", "6.40", "县商务局通报2025"),
    ),
    Gauge(
        name="村集体经营性收入",
        statement="村集体经济组织经营、发包、租赁、投资收益，不含补助，本年累计。",
        measure="万元", decimals=1, by="villages", source="村级会计账", aims={"own": "1200.0"},
        was="1100.0",
    ),
    Gauge(
        name="医保应参保人数",
        statement="户籍和居住证人口中应参加城乡居民医保的人数。",
        measure="人", kind="level", by="villages", rhythm="year", source="医保信息系统",
    ),
    Gauge(
        name="医保实际参保人数", statement="本年度已缴费或获资助参保的人数。", measure="人",
        kind="level", by="villages", rhythm="quarter", source="医保信息系统",
    ),
    Gauge(
        name="城乡居民医保参保率", statement="实际参保人数占应参保人数的比重。", measure="%",
        kind="ratio", decimals=1, factor="100", rhythm="quarter", source="由参保人数算出",
        aggregation="ratio", numerator="医保实际参保人数", denominator="医保应参保人数",
        aims={"own": "97.0"}, was="97.0",
    ),
    Gauge(
        name="到期矛盾纠纷", statement="办理期限在本期内届满的矛盾纠纷，本年累计。", measure="件",
        by="平安办", source="矛盾纠纷台账", last=("412",), now=("26", "51", "98", "131", "166"),
    ),
    Gauge(
        name="按期化解矛盾纠纷", statement="在期限内化解的矛盾纠纷，本年累计。", measure="件",
        by="平安办", source="矛盾纠纷台账", last=("398",), now=("25", "50", "96", "128", "162"),
    ),
    Gauge(
        name="矛盾纠纷按期化解率", statement="按期化解件数占到期件数的比重。", measure="%",
        kind="ratio", decimals=1, factor="100", source="由矛盾纠纷台账算出", aggregation="ratio",
        numerator="按期化解矛盾纠纷", denominator="到期矛盾纠纷", aims={"own": "98.0"}, was="98.0",
    ),
    Gauge(
        name="12345工单满意率",
        statement="回访满意件数占回访件数的比重，以县热线平台为准。",
        measure="%", kind="ratio", decimals=1, by="便民中心", source="县12345热线平台",
        aggregation="latest", was="95.0",
        last=(
            "90.1", "90.6", "91.2", "91.0", "91.5", "91.8",
            "92.0", "91.7", "92.1", "92.4", "92.2", "92.3",
        ),
        now=("92.8", "93.1", "93.0", "93.6"), aims={"own": "95.0", "mandate": "95.0"},
    ),
    Gauge(
        name="生产安全事故", statement="一般及以上生产安全事故起数，本年累计。", measure="起",
        better="lower", by="应急办", source="应急管理局通报", aims={"own": "1"}, was="1",
        last=("0",) * 7 + ("1",) * 5, now=("0",) * 5,
    ),
    Gauge(
        name="规上工业产值构成",
        statement="规上工业总产值按行业的构成，各行业占比合计100%。",
        measure="%", kind="composition", decimals=1, statistics=True, source=BULLETIN,
        rhythm="quarter", aggregation="none",
    ),
    *(
        Gauge(
            name=f"{name}产值", statement=f"规上工业总产值中{name}行业的部分，本年累计。",
            measure="亿元", decimals=2, statistics=True, source=BULLETIN, rhythm="quarter",
            part_of="规上工业产值构成", last=last, now=now,
        )
        for name, last, now in (
            ("泵阀", ("2.98", "6.52", "9.90", "13.51"), ("3.21",)),
            ("铸造", ("2.41", "5.10", "7.62", "10.42"), ("2.36",)),
            ("食品加工", ("1.52", "3.30", "5.08", "6.95"), ("1.77",)),
            ("其他行业", ("1.58", "3.60", "5.57", "7.72"), ("2.09",)),
        )
    ),
)  # fmt: skip

INCOME: Mapping[str, str] = {  # 万元 in 2025: highest 186, lowest 21, nine villages of 50 and more
    "榆园社区": "186.0", "河埠社区": "142.5", "新桥社区": "118.0", "柏溪村": "96.4",
    "沙墩村": "47.2", "石埠村": "88.0", "月湾村": "73.6", "枫塘村": "61.5", "东篱村": "38.4",
    "西坞村": "24.3", "鹤滩村": "43.8", "长陂村": "58.9", "岭下村": "22.6", "鹿鸣村": "21.0",
    "圩田村": "52.1",
}  # fmt: skip
SILENT = {("岭下村", 5), ("西坞村", 4), ("西坞村", 5)}
"""Villages and months of 2026 that nobody has reported: 待补."""
REVISED = ("柏溪村", 3, "28.6", "26.9", "一笔粮仓租金跨季度入账，按权责期调回")
"""A village's figure of 2026 that was revised: unit, month, first, then, why."""
GROWN = 106
"""Percent of last year's course that a village stands at in 2026."""


def spread(year: str, decimals: int, month: int, percent: int = 100) -> str:
    """A year's figure by the end of a month, rounded down; December is the whole."""
    whole = int(year.replace(".", "")) * 10 ** (decimals - len(year.partition(".")[2]))
    part = whole * COURSE[month - 1] * percent // 10_000
    digits = str(part).rjust(decimals + 1, "0")
    return digits if not decimals else f"{digits[:-decimals]}.{digits[-decimals:]}"


def insured(village: str, *, due: bool, quarter: int) -> str:
    """People who should be, or are, insured: about three to a household."""
    should = VILLAGES[village] * 28 // 10
    return str(should if due else should * (955 + 4 * quarter + len(village)) // 1000)
