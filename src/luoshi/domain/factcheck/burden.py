"""减负一致性: what an office's own paper asks of the grassroots, rule by rule, with milder words.

The rules are one table (`RULES`): what is looked for, where it is let pass, what is said, the
milder wording, and the document it stands on. A rule whose source was not found names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.domain.base import Sentence, Severity, say
from luoshi.domain.factcheck.dates import dated_on, limits
from luoshi.domain.factcheck.models import Doubt, Paper
from luoshi.domain.factcheck.page import Page, read_page
from luoshi.domain.workdays import FIRST_YEAR, LAST_YEAR, WorkCalendar


@dataclass(frozen=True, slots=True)
class Limits:
    """What counts as long, in characters: the rules of 2024 say 5,000, and 4,000 for one matter."""

    characters: int = 5000
    special: int = 4000


# What each document says was looked up in public reprints and press reports; the words stand in
# docs/explanation/factcheck.md. J09 stands on none that was found.
# 《关于解决形式主义突出问题为基层减负的通知》, General Office of the Central Committee, March 2019.
_NOTICE_2019: Final = say("factcheck.source.notice_2019")
# 《整治形式主义为基层减负若干规定》, General Offices of the Central Committee and the State
# Council, 2024.
_RULES_2024: Final = say("factcheck.source.rules_2024")
# 《关于防治“指尖上的形式主义”的若干意见》, Central Cyberspace Affairs Commission, 2023.
_FINGERTIP_2023: Final = say("factcheck.source.fingertip_2023")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a pattern on the matching copy, and what in its sentence lets it pass."""

    code: str
    severity: Severity
    pattern: re.Pattern[str]
    why: Sentence
    milder: Sentence
    source: Sentence | None
    unless: re.Pattern[str] | None = None


# A sentence that forbids what follows (不得过度留痕) asks for nothing.
_AGAINST: Final = re.compile(
    r"不得|不再|不要求|不搞|不以|不能|无需|不必|不需|严禁|禁止|防止|杜绝|避免|克服|整治|纠治|取消|清理|压减|精简|减少|减轻|过度|反对|破除|力戒|坚决不"
)
_CITES: Final = re.compile(
    r"《[^》]{2,60}》|(?:依据|根据|按照)[^,。;]{0,30}(?:条例|法|规定|办法|细则)"
)
_TRACE: Final = (
    r"(?:留痕|台账|痕迹|会议记录|会议次数|工作笔记"
    r"|图片|照片|影像|简报|信息(?:篇|条)?数|上线率|活跃[度率]|注册率|点赞|转发|阅读量|打卡|签到)"
)
_SCORE: Final = (
    r"(?:计分|打分|评分|得分|扣分|加分|赋分"
    r"|[得扣加减]\d+(?:\.\d+)?分|作为[^,。;]{0,8}考核|纳入[^,。;]{0,8}考核|排名)"
)

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "J02",
        "warning",
        re.compile(
            r"(?:将|把)[^,。;\n]{0,24}(?:贯彻|落实|学习|传达|进展|推进)[^,。;\n]{0,10}情况[^,。;\n]{0,24}(?:报送?|上报|反馈)(?!道|名|告会)[^,。;\n]{0,16}"
        ),
        say("factcheck.J02"),
        say("factcheck.J02.milder"),
        _RULES_2024,
    ),
    Rule(
        "J03",
        "warning",
        re.compile(
            r"(?<!网红)打卡(?![地点]|圣地|网红)|(?:全程|全部|逐项)留痕|留痕(?:管理|备查|备案)|拍照(?:上传|留存|打卡|发群)|截[图屏](?:上传|报送|发群)|上传[^,。;\n]{0,8}(?:照片|截图|定位)|(?:定位|扫码)签到|轨迹(?:上传|管理|考勤)"
        ),
        say("factcheck.J03"),
        say("factcheck.J03.milder"),
        _FINGERTIP_2023,
    ),
    Rule(
        "J04",
        "warning",
        re.compile(
            r"(?:填[报写]|上报|报送)[^,。;\n]{0,20}(?:统计表|情况表|登记表|明细表|汇总表|报表)|(?:一日|一周|一月|每人|一事|一人)一[表报册]|(?:各村|村级|村\(社区\)|社区|网格员|各单位)[^,。;\n]{0,12}(?:建立|另建|新建)[^,。;\n]{0,10}台账"
        ),
        say("factcheck.J04"),
        say("factcheck.J04.milder"),
        _RULES_2024,
    ),
    Rule(
        "J05",
        "warning",
        re.compile(r"责任状|层层签订[^,。;\n]{0,10}责任书|军令状"),
        say("factcheck.J05"),
        say("factcheck.J05.milder"),
        _NOTICE_2019,
    ),
    Rule(
        "J06",
        "warning",
        re.compile(r"[“\"]?一票否决[”\"]?(?:制)?"),
        say("factcheck.J06"),
        say("factcheck.J06.milder"),
        _NOTICE_2019,
        _CITES,
    ),
    Rule(
        "J07",
        "warning",
        re.compile(
            rf"{_TRACE}[^。;\n]{{0,20}}{_SCORE}|(?:以|按|根据){_TRACE}[^。;\n]{{0,12}}(?:考核|评价|衡量)"
        ),
        say("factcheck.J07"),
        say("factcheck.J07.milder"),
        _NOTICE_2019,
    ),
    Rule(
        "J08",
        "warning",
        re.compile(
            r"(?:由|压实|落实)(?:各)?(?:村\(社区\)|村\(居\)|村|社区|网格员|村干部)[^,。;\n]{0,14}(?:负总责|兜底|包干到底|承担(?:主体|全部|直接)责任|负责[^,。;\n]{0,6}(?:执法|审批|拆除|处罚|监测鉴定))|(?:乡镇|镇|街道|村\(社区\)|村)[^,。;\n]{0,6}(?:负总责|兜底责任)"
        ),
        say("factcheck.J08"),
        say("factcheck.J08.milder"),
        _RULES_2024,
    ),
    Rule(
        "J09",
        "warning",
        re.compile(
            r"(?:当[日天]|次日|第二天|明[日天]|今[日天]下班前|周[六日末]|双休日|节假日)[^,。;\n]{0,16}(?:报送|上报|报至|报镇|报县|报回|提交|反馈)[^,。;\n]{0,10}"
        ),
        say("factcheck.J09"),
        say("factcheck.J09.milder"),
        None,
        re.compile(r"事故|险情|灾情|汛情|疫情|火情|突发|紧急信息"),
    ),
    Rule(
        "J10",
        "warning",
        re.compile(
            r"(?:每[日天]|每周[一二三四五六日]?|每旬|每半月)[^,。;\n]{0,14}(?:报送|上报|报告|汇报|报一次|反馈)[^,。;\n]{0,10}|日报告|周报告|零报告|日报(?:制|表)|周报(?:制|表)|一[日天周]一(?:报|汇总|调度)"
        ),
        say("factcheck.J10"),
        say("factcheck.J10.milder"),
        _RULES_2024,
        re.compile(r"汛|防火|火险|灾|疫情|值班|应急"),
    ),
)
_REPORT: Final = re.compile(r"[^。;\n]{0,20}(?:报送|上报|报至|报镇|报县|报回|报[到给]|提交|反馈)")
BURDEN_CODES: Final = ("J01", *(rule.code for rule in RULES))


def check_burden(
    paper: Paper, calendar: WorkCalendar | None = None, length: Limits | None = None
) -> tuple[Doubt, ...]:
    """What an own paper asks that the rules against formalism warn of, in the order of the text.

    Each with the rule it stands on and a milder wording; the office decides before issue. A
    sentence that forbids the thing itself (不得过度留痕) is let pass, and 一票否决 that cites its
    basis; reports of accidents, floods and fires keep their clocks.
    """
    page = read_page(paper)
    found = [*_length(page, length or Limits())]
    if calendar is not None:
        found.extend(_rushed(page, calendar))
    for rule in RULES:
        for match in rule.pattern.finditer(page.text):
            start, end = page.sentence(match.start())
            if _AGAINST.search(page.text, start, match.end()):
                continue
            if rule.unless is not None and rule.unless.search(page.text, start, end):
                continue
            found.append(
                Doubt(
                    rule.code,
                    rule.severity,
                    *match.span(),
                    rule.why,
                    rule.milder,
                    source=rule.source,
                )
            )
    return tuple(sorted(found, key=lambda doubt: (doubt.start, doubt.end, doubt.code)))


def _rushed(page: Page, calendar: WorkCalendar) -> Iterator[Doubt]:
    """A report by a day off, or by the next working day after the paper's own date (J09)."""
    bears = dated_on(page)
    rule = next(rule for rule in RULES if rule.code == "J09")
    for start, end, day in limits(page):
        if not _REPORT.match(page.text, end) or not FIRST_YEAR < day.year < LAST_YEAR:
            continue
        low, high = page.sentence(start)
        if rule.unless is not None and rule.unless.search(page.text, low, high):
            continue
        words = page.words(start, end)
        if not calendar.is_workday(day):
            why = say("factcheck.J09.day_off", words=words, day=day)
        elif bears is not None and bears <= day and calendar.between(bears, day) <= 1:
            why = say("factcheck.J09.next_day", words=words, dated=bears)
        else:
            continue
        yield Doubt("J09", rule.severity, start, end, why, rule.milder, source=rule.source)


_ONE_MATTER: Final = re.compile(r"专项|行动|通知|实施方案|工作方案")


def _length(page: Page, limits: Limits) -> Iterator[Doubt]:
    """A paper longer than the rules of 2024 let it be; shorter where it deploys one matter."""
    body = [line.strip() for line in page.text.split("\n") if "|" not in line and "\t" not in line]
    characters = sum(len(line) for line in body)
    first = next((line for line in body if line and not line.startswith("#")), "")
    one = _ONE_MATTER.search(first[:60]) is not None
    most = limits.special if one else limits.characters
    if characters > most:
        start = page.text.index(first)
        yield Doubt(
            "J01",
            "info",
            start,
            start + len(first[:40]),
            say("factcheck.J01", characters=characters, most=most),
            say("factcheck.J01.milder"),
            source=_RULES_2024,
        )
