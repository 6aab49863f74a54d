"""F10: a name or title that differs within the text: a person, a unit, a project."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.factcheck.models import Doubt, Span
from luoshi.domain.factcheck.page import Page

_SURNAMES: Final = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_TITLE: Final = (
    r"(?:党工委|党委|党组|党总支|党支部|镇|乡|街道|人大|政协|纪委|纪检监察)?(?:常务)?副?"
    r"(?:书记|镇长|乡长|县长|区长|市长|主任|局长|所长|站长|主席|部长|科长|校长|院长|秘书长|组织委员|宣传委员|统战委员|政法委员|武装部长)"
)
_NAME: Final = rf"[{_SURNAMES}][一-鿿]{{1,2}}"
_BEFORE: Final = re.compile(
    rf"(?P<title>{_TITLE}) ?(?P<name>{_NAME}?)"
    r"(?=同志|[、,。;)( \n]|牵头|负责|任组长|包联|包抓|主持)"
)
_AFTER: Final = re.compile(
    rf"(?<![一-鿿])(?P<name>{_NAME}?)[,( ]*(?P<title>{_TITLE})(?=[、,。;)( \n]|牵头|负责)"
)
_FORMER: Final = re.compile(r"[原前时]任?$")
# Words that begin like a surname but name nobody: 任组长, 任副组长, 高度, 范围.
_NO_NAME: Final = re.compile(r"[组副长部员办委会村镇县站所局科室度及等]")
_BODY: Final = re.compile(
    r"(?P<level>[省市县区])(?P<stem>发展和?改革|发改|住建|卫健|卫生健康|工信|经信|交通|教育|民政|水务|农业农村|文旅)(?P<form>委(?!员)|局)"
)
_QUOTED: Final = re.compile(
    r"[“\"](?P<name>[一-鿿A-Za-z0-9]{5,20})[”\"](?:项目|工程|行动|计划|基地|园区|产业园)"
)
_NUMBERED: Final = frozenset(
    "一二三四五六七八九十东西南北中上下左右前后新老大小甲乙丙丁内外0123456789ABCDabcd第期区高低长短增减男女省市县镇乡村年月"
)


def check_names(page: Page) -> Iterator[Doubt]:
    """One person, one title; one post, one name; one unit or project, one spelling.

    A person may hold several posts (党委副书记、镇长), so only 镇长 beside 副镇长 contradicts. Two
    names of one post are doubted where they differ by one character, a slip of typing; projects
    likewise.
    """
    yield from _people(page)
    yield from _bodies(page)
    yield from _projects(page)


def _people(page: Page) -> Iterator[Doubt]:
    titles: dict[str, dict[str, Span]] = defaultdict(dict)
    holders: dict[str, dict[str, Span]] = defaultdict(dict)
    for pattern in (_BEFORE, _AFTER):
        for match in pattern.finditer(page.text):
            if _FORMER.search(page.text, max(0, match.start() - 2), match.start()):
                continue
            if _NO_NAME.search(match["name"]):
                continue
            span = match.span()
            titles[match["name"]].setdefault(match["title"], span)
            holders[match["title"]].setdefault(match["name"], span)
    for name, held in titles.items():
        for title, span in held.items():
            lower = re.sub(r"(?=" + _last(title) + r"$)", "副", title, count=1)
            if lower != title and lower in held and "副" not in title:
                spans = sorted((span, held[lower]))
                yield _doubt(
                    spans[1],
                    spans[0],
                    say("factcheck.F10.title", name=name, one=title, other=lower),
                )
    for title, named in holders.items():
        # Names of two characters (王强、王刚) are as often two people.
        for one, other in _near(
            {name: at for name, at in named.items() if len(name) > 2}, frozenset()
        ):
            why = say("factcheck.F10.person", title=title, one=one, other=other)
            yield _doubt(named[other], named[one], why)


def _last(title: str) -> str:
    return re.sub(
        r"^(?:党工委|党委|党组|党总支|党支部|人大|政协|纪委|纪检监察|街道)?(?:常务)?副?", "", title
    )


def _bodies(page: Page) -> Iterator[Doubt]:
    """市发改委 and 市发改局 in one text: one of them is wrong."""
    seen: dict[tuple[str, str], dict[str, Span]] = defaultdict(dict)
    for match in _BODY.finditer(page.text):
        stem = {"发展改革": "发改", "发展和改革": "发改", "卫生健康": "卫健"}.get(
            match["stem"], match["stem"]
        )
        seen[match["level"], stem].setdefault(match["form"], match.span())
    for forms in seen.values():
        if len(forms) > 1:
            spans = sorted(forms.values())
            yield _doubt(
                spans[1],
                spans[0],
                say("factcheck.F10.unit", one=page.words(*spans[0]), other=page.words(*spans[1])),
            )


def _projects(page: Page) -> Iterator[Doubt]:
    named: dict[str, Span] = {}
    for match in _QUOTED.finditer(page.text):
        named.setdefault(match["name"], match.span("name"))
    for one, other in _near(named, _NUMBERED):
        yield _doubt(named[other], named[one], say("factcheck.F10.project", one=one, other=other))


def _near(named: Mapping[str, Span], telling: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Names of one length that differ in one character, unless that character tells them apart."""
    shapes: dict[tuple[str, str], str] = {}
    for name in named:
        for k in range(1, len(name)):
            other = shapes.setdefault((name[:k], name[k + 1 :]), name)
            if other != name and not {name[k], other[k]} & telling:
                yield other, name


def _doubt(span: Span, other: Span, why: Sentence) -> Doubt:
    return Doubt("F10", "warning", *span, why, say("factcheck.F10.remedy"), (other,))
