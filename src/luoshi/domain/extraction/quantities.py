"""Quantities: figures with a unit, their comparison, name and period; masked ones keep no value."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from luoshi.domain.extraction.deadlines import TimePhrase
from luoshi.domain.extraction.models import Op, QuantityMention, Value
from luoshi.domain.text import numeral

_COUNTERS: Final = (
    "用户|方面|条次|平方公里|平方千米|平方米|立方米|千瓦时|兆瓦时|百分点|个百分点|公里|千米|公顷|公斤|千克|人次|户次|场次|件次|车次|班次|批次|剂次|头次|"
    r"微克/立方米|毫克/升|吨标准煤|个月|个|项|家|户|人|名|座|所|处|条|场|套|件|台|辆|盏|张|份|次|亩|米|吨|倍|村|镇|县\(区\)|县|只|头|株|棵|支|批|间|栋|"
    "幢|孔|眼|口|部|架|艘|艇|枚|期|门|对|组|片|块|宗|例|起|笔|类|轮|趟|班|标准箱|标箱|箱|床|路|具|兆瓦|千伏安|千伏|千瓦|"
    "瓦|度|方|美元|欧元|港元|元|斤|厘米|毫米|升|尾|羽|担|亿斤|学时|课时|篇|幅|首|册|部|位|对|队|蒸吨|梯口|车位|泊位|套房|P|PB|TB|GB|MW|GW|km"
)
_UNIT: Final = (
    rf"(?:(?:[万亿]?(?:千瓦时|兆瓦时|千伏安))|(?:万亿|千亿|百亿|亿|千万|百万|万|千|百)?(?:{_COUNTERS})(?:/[天日年月亩人个吨户]){{0,2}}"
    r"|个百分点|%|‰|万亿|千亿|百亿|亿|千万|百万|万)"
)
_NUM: Final = r"\d+(?:,\d{3})*(?:\.\d+)?"
_FIGURE: Final = re.compile(
    rf"(?P<head>从|由)?(?P<a>(?<![\d.A-Za-z第]){_NUM})(?P<ua>{_UNIT})?(?P<rel>—+|--?|~|至|到)"
    rf"(?P<b>{_NUM})(?P<more2>余|多)?(?P<u2>{_UNIT})"
    rf"|(?P<n>(?<![\d.A-Za-z第〔\[]){_NUM})(?P<more> ?[余多])? ?(?P<u>{_UNIT}|天)"
    r"|(?P<c>(?<![一二三四五六七八九十百千第每这那某另同两几数])(?:[一二两三四五六七八九]?[百千][一二三四五六七八九十百零]{1,5}|[一二两三四五六七八九十]{1,3}))"
    r"(?P<cu>个|家|次|盏|座|条|项|户|所|处|名|件|场|套|台|支|批次|期|辆|间|栋)(?![一二三四五六七八九十]|月|别|案|性|体|人信|规定|纪律|原则|基本)"
    rf"|(?P<mask>[*]+|(?<![A-Za-z])[Xx]{{1,8}}(?:\.[Xx]{{1,4}})?(?![A-Za-z])|_{{2,}}|#{{2,}})(?P<mu>{_UNIT})"
    r"|(?P<lost>(?<=增长|下降|提高|达到|完成)%)"
    r"|(?:指数|系数|得分率|强度|密度)(?:控制在|不超过|不高于|不低于|达到|为|降至)(?P<bare>\d+\.\d+)(?![\d%‰万亿个分])"
)
_OPENING: Final = re.compile(
    _FIGURE.pattern.replace(r"(?<![\d.A-Za-z第〔\[])", "").replace(r"(?<![\d.A-Za-z第])", "")
)
_FOUNDED: Final = re.compile(r"(?:新建|建成|建设|改建|扩建|引进|招引|新增|开工|组建)$")
_BUILT: Final = frozenset("座所家栋台处间辆户")
_YEAR_AGE: Final = re.compile(
    r"(?:岁|周岁|届|号|版|级|点|时|分钟|分(?!之)|世纪|线|代|制|居室|小时|式|型|位数)"
)
_DUE: Final = frozenset(
    {"目前", "当前", "底前", "月前", "日前", "号前", "年前", "节前", "末前", "之前", "以前"}
)
_TIME_UNIT: Final = frozenset({"天", "日", "年", "月"})
_SIZED: Final = re.compile(r"(?:及)?以[上下](?=\d+[个家项户])")
_QUALIFIER: Final = re.compile(
    r"(?:(?:以上|以下|及以上)的?[一-鿿]{1,8}?(?:项目|企业)(?=\d|[一二三四五六七八九十两])|(?:以上|以下|及以上|级|余)?(?:的)?(?:工业|重大|大|产业|规模|重点|新|签约|招商|外资|制造业|单体|单个|亿元|优质|生产安全|安全|较大|一般|亡人|责任|道路交通)*"
    r"(?:项目|企业|工程|产业|集群|园区|镇|村|街|商户|户|平台|产品|单体|燃煤锅炉|锅炉|机组|事故))"
)
_BEFORE_OPS: Final[tuple[tuple[Op, re.Pattern[str]], ...]] = (
    (
        ">=",
        re.compile(
            r"(?:不少于|不低于|不小于|不得少于|不得低于|至少|最少|高于或等于|力保|≥)(?:每|各|再)?[一-鿿]{0,24}$"
        ),
    ),
    (
        "<=",
        re.compile(
            r"(?:不超过|不高于|不大于|不多于|不得超过|不得高于|不突破|最高|最多|≤|控制在|压降至?)[一-鿿]{0,3}$"
        ),
    ),
    (">", re.compile(r"(?:突破|超过|超|逾|高于|大于|多于|>)[一-鿿]{0,2}$")),
    ("<", re.compile(r"(?:低于|少于|小于|不足|不到|<)[一-鿿]{0,2}$")),
    ("~", re.compile(r"(?:大约|(?<!签)约|近|接近|左右)(?:为)?$")),
)
_AFTER_OPS: Final[tuple[tuple[Op, re.Pattern[str]], ...]] = (
    (">=", re.compile(r"\)?(?:及|或|\(含\))?以上")),
    ("<=", re.compile(r"\)?(?:及|或)?(?:以内|以下|之内)")),
    ("~", re.compile(r"(?:左右|上下)")),
)
_VERBS: Final = (
    "新开工|新签约|新引进|新建成|新改建|新建|新增|新认定|改扩建|续建|扩建|改建|建成|建设|完成|实施|实现|打造|改造提升|改造|提升|"
    "引进|引育|培育|创建|打通|整治|治理|修复|硬化|铺设|敷设|安装|开展|组织|举办|招引|储备|策划|谋划|发展|流转|推进|推动|启动|"
    "开工|开通|修通|贯通|投入|争取|安排|落实|帮扶|资助|招募|促进|启用|配备|配置|购置|购买|发放|更新|维修|修建|拓宽|绿化|治理|拆除|清理|"
    "完善|扩增|增加|增设|优化|上马|增|评定|推荐|明确|设立|成立|选派|选聘|培训|发动|签约|盯住|覆盖|惠及|确保|力争|全年|全市|全县|全镇|"
    "全区|全省|全乡|全部|累计|共计|共|已|其中|年内|今年|到20[0-9]{2}年底?|每(?:年|半年|季度|月|周|旬|天|日)|每个?[旗县市区镇村]*|各|将|要|再|为|对|把|使|即|报送|办结|解决|化解|处置|受理|"
    "获批|获评|认定|入选|入库|申报|种植|出栏|生产|处理|加装|布设|试点|推广|服务|救助|补贴|至少|不少于|不低于|达成|服务|整合|"
    "动态保持在?|保持在?|稳定在?|控制在?"
)
_LEAD_VERB: Final = re.compile(rf"(?:{_VERBS})")
_TAIL: Final = re.compile(
    r"(?:分别|累计|预计|力争|确保|争取|实现|总数|总量)?(?:达到|达|突破|超过|超|逾|不少于|不低于|不超过|不高于|不小于|不大于|"
    r"不得超过|不得低于|不得少于|控制在|保持在|稳定在|维持在|只有|仅有|仅|至少|最多|最高|最低|为|是|(?<!签)约|近|有|共|均|较|也|还|各|"
    r"提高到|提高至|提升到|提升至|增加到|增至|降至|降到|下降到|压减到|扩大到|到|至|:|≥|≤|>|<)+$"
)
_GROWTH: Final = re.compile(
    r"(?:分别|同比|平均|年均|预计|力争|实际|均|名义|较上年|比上年|再)*(?:同比|年均)?(?P<g>增长|增速|增幅|增|下降|降低|减少|提高|提升|"
    r"上升|回落|压减)(?:幅度|率)?(?:达到|达|不低于|高于|超过|突破|控制在|保持在|为|约|近|在|至少|不少于|了|到|均|分别)*$"
)
_CUT: Final = re.compile(r"[,。;:、!?\s\t|()]")
_STOP_RIGHT: Final = re.compile(
    r"[,。;:、!?\s\t|()]|以上|以下|左右|以内|实现|完成|开展|建设|提供|建立|配备|深度|进行|增长|达到|已|均|正|全部|得|扣|,"
)
_SKIP_CLAUSE: Final = re.compile(
    r"(?<=[,;])(?:[\d.]+%?(?:—+|-|~|至))?[\d.]+%?(?:以[上下内])?的?(?:不?得|扣|计)[\d.]*分|(?:发生|出现|发现|查实)\d+[起次例件人个](?=[^,。;]{0,8}扣)"
    r"|(?:得|扣|加|减|计|记|满分|占|基础分)[\d.]+分|[缺少漏迟][\d]+[次个项件](?=[^,。;]{0,4}扣)|每[缺低少多高超逾]|(?<![\d.])[\d.]{1,6}分以[上下]|扣完为止|[低高少多]于[\d.]+%?不得分|奖励|奖金"
)


def _decimal(word: str) -> Decimal | None:
    try:
        return Decimal(word.replace(",", ""))
    except InvalidOperation:
        return None


def _op(text: str, start: int, end: int, low: int) -> Op:
    """The comparison written before or after a figure; = where none is."""
    before = text[max(low, start - 30) : start]
    before = re.split(r"[,。;、:]", before)[-1]
    after = text[end : end + 6]
    for op, pattern in _AFTER_OPS:
        if pattern.match(after):
            return op
    for op, pattern in _BEFORE_OPS:
        if pattern.search(before):
            return op
    return "="


class _Reader:
    """Reads the figures of one span; keeps what earlier figures of the span were called."""

    def __init__(self, text: str, original: str, span: tuple[int, int], period: str | None) -> None:
        self.text, self.original, self.span, self.default = text, original, span, period
        self.found: list[QuantityMention] = []
        self.names: list[str] = []
        self.phrases: Sequence[TimePhrase] = ()
        self.starts: list[int] = []

    def read(self, phrases: Sequence[TimePhrase]) -> tuple[QuantityMention, ...]:
        """All figures of the span that measure something of the item."""
        self.phrases = phrases
        self.starts = [phrase.start for phrase in phrases]
        start, end = self.span
        barred = _barred(self.text, start, end, phrases)
        passed = 0
        for match in self._figures(start, end):
            at = match.start("n") if match.group("n") else match.start()
            while passed < len(barred) and barred[passed][1] <= at:
                passed += 1
            if passed < len(barred) and barred[passed][0] <= at:
                continue
            if self._no_measure(match):
                continue
            self._take(match)
        return tuple(self.found)

    def _figures(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """Every figure; one that opens the span may stand right after a mark (3.1.5万亩)."""
        if self.text[start - 1 : start] == "." and self.text[start].isdigit():
            first = _OPENING.match(self.text, start, end)
            if first is not None:
                yield first
                start = first.end()
        yield from _FIGURE.finditer(self.text, start, end)

    def _no_measure(self, match: re.Match[str]) -> bool:  # noqa: C901, PLR0911 - the rule is a list of cases
        """Names, ages, scores, time limits and qualifiers (亿元以上项目) measure nothing."""
        text, end = self.text, match.end()
        if _YEAR_AGE.match(text, end):
            return True
        before = text[max(0, match.start() - 2) : match.start()]
        if before[-1:] in {"第", "前", "“"} and before not in _DUE:
            closing = text.find("”", end, end + 12)
            if text[match.start() - 1] != "“" or closing >= 0:
                return True
        unit = match.group("u") or match.group("cu") or ""
        sized = re.search(r"[超逾过]$", text[max(0, match.start() - 1) : match.start()])
        if sized and unit.endswith("元") and _QUALIFIER.match(text, end):
            return True
        if unit == "个" and text.startswith(("工作日", "小时", "自然日"), end):
            return True
        if self._only_time(match, unit):
            return True
        if unit in {"期", "级", "度", "路", "部", "号"} and not match.group("n"):
            return True
        if match.group("mu") in {"镇", "村", "县", "场", "组", "班", "路", "所", "部", "口", "期"}:
            return True
        if match.group("c"):
            return not self._counts(match)
        if unit.endswith(("元", "亩", "平方米")) or unit in {"人", "吨", "蒸吨"}:
            tail = re.match(r"(?:以上|以下|及以上|级)", text[end : end + 4])
            if tail and (_QUALIFIER.match(text, end) or _SIZED.match(text, end)):
                return True
        before = text[max(self.span[0], match.start() - 4) : match.start()]
        if unit == "位" and re.search(r"(?:提升|上升|前移|跃升|后退|下降)$", before):
            return True
        return bool(
            re.search(r"(?:第|缺|每|每满|连续|排名|位居|位列|名列)$", before)
        ) and unit not in {
            "元",
            "%",
        }

    def _only_time(self, match: re.Match[str], unit: str) -> bool:
        """Months gone by, days that are no 天数, and 110千伏 as part of a name."""
        text, start = self.text, match.start()
        if unit == "天":
            if (start, match.end()) == self.span:
                return False  # the cell of a table that is nothing but a figure
            return re.search(r"天数[^,。;\d]{0,6}$", text[max(0, start - 12) : start]) is None
        if unit == "个月":
            return re.search(r"[拖延缩提推滞][^,。]{0,2}$", text[max(0, start - 2) : start]) is None
        return unit == "千伏" and "一" <= text[match.end() : match.end() + 1] <= "鿿"

    def _counts(self, match: re.Match[str]) -> bool:
        """Whether a Chinese numeral counts things (至少一个, 两个以上, 新建三座) and is no name."""
        text = self.text
        before = text[max(self.span[0], match.start() - 8) : match.start()]
        after = text[match.end() : match.end() + 3]
        bounded = re.search(r"(?:至少|不少于|不低于|不超过|各)[一-鿿]{0,3}$", before) is not None
        bounded = bounded or after.startswith(("以上", "以内", "及以上"))
        if bounded:
            return True
        if before.endswith("、") and self.found and self.found[-1].op == ">=":
            return True
        number = numeral(match.group("c"))
        if re.match(r"[,。;、)]|$", after) and re.search(r"[一-鿿]$", before):
            missed = re.search(r"不[漏落少留错][一-鿿]?$", before)  # 不漏一户 counts nothing
            told = match["cu"] in _BUILT or _LEAD_VERB.search(before) is not None
            return told and not missed
        if match["cu"] in _BUILT and number != 1 and "一" <= before[-1:] <= "鿿":
            return True
        if number == 1 or text[match.start() - 1 : match.start()] in {"“", "一"}:
            return match["cu"] in _BUILT and _FOUNDED.search(before) is not None
        return _LEAD_VERB.search(before[-4:]) is not None

    def _take(self, match: re.Match[str]) -> None:
        low, start = self.span[0], match.start()
        if match.group("a"):
            self._range(match)
            return
        value: Value
        if match.group("n"):
            value, unit, start = _decimal(match["n"]), match["u"], match.start("n")
        elif match.group("c"):
            number = numeral(match["c"])
            value, unit = None if number is None else Decimal(number), match["cu"]
        elif match.group("mask"):
            value, unit = None, match["mu"]
        elif match.group("bare"):
            start = match.start("bare")
            value, unit = _decimal(match["bare"]), ""
        else:
            value, unit = None, "%"
        op = _op(self.text, start, match.end(), low)
        if match.group("more") and op == "=":
            op = ">"
        self._add(value, unit, op, (start, match.end()))

    def _range(self, match: re.Match[str]) -> None:
        """A—B with one unit is a range; 从A到B is a change: the later figure counts."""
        first, second = _decimal(match["a"]), _decimal(match["b"])
        if first is None or second is None:
            return
        if match.group("head") or (match["rel"] == "到" and match.group("ua")):
            self._add(second, match["u2"], "=", (match.start("b"), match.end()))
            return
        span = (match.start("a"), match.end())
        self._add((min(first, second), max(first, second)), match["u2"], "range", span)

    def _add(self, value: Value, unit: str, op: Op, span: tuple[int, int]) -> None:
        name = self._name(span, unit)
        self.names.append(name)
        start, end = span
        unit = unit.replace("km", "公里")
        if "(" in unit:
            unit = self.original[end - len(unit) : end]
        period = self._period(start)
        self.found.append(QuantityMention(name, op, value, unit, period, start, end))

    def _period(self, start: int) -> str | None:
        """The nearest time written before the figure in its sentence, else the default."""
        best: str | None = None
        k = bisect_right(self.starts, start) - 1
        while k >= 0 and best is None and start - self.starts[k] < 400:
            norm = self.phrases[k].norm
            best = norm if norm and norm[:2] == "20" else None
            k -= 1
        if best is None:
            return self.default
        return best[:4] if len(best) == 10 and best.endswith("12-31") else best

    def _name(self, span: tuple[int, int], unit: str) -> str:  # noqa: PLR0911 - the rule is a list of cases
        """The shortest noun phrase for the thing: before the figure, else after it."""
        text, low = self.text, self.span[0]
        left = self._left(span[0], low)
        if growth := _GROWTH.search(left):
            return self._growth(left[: growth.start()], growth["g"])
        bare = _strip(left)
        if len(bare) >= 2:
            return bare
        right = _STOP_RIGHT.split(text[span[1] : min(span[1] + 24, self.span[1])], maxsplit=1)[0]
        right = re.sub(r"^(?:的|余|多|以上)+", "", right)
        if len(right) >= 2:
            return _strip(right[:16]) or right[:16]
        if bare:
            return bare
        if text[max(low, span[0] - 1) : span[0]] == ":":
            label = _CUT.split(text[max(low, span[0] - 30) : span[0] - 1])[-1]
            if label:
                return label
        if self.names and unit != "":
            return self.names[-1]
        return (
            _strip(_CUT.split(text[max(low, span[0] - 60) : span[0]].rstrip(",、"))[-1])
            or text[low : low + 8]
        )

    def _left(self, start: int, low: int) -> str:
        text = self.text
        previous = self.found[-1].end if self.found else low
        begin = max(low, previous, start - 40)
        return _CUT.split(text[begin:start])[-1]

    def _growth(self, subject: str, verb: str) -> str:
        subject = _strip(subject) or (self.names[-1] if self.names else "")
        subject = subject.removesuffix("增速")
        if verb in {"增长", "增", "增速"}:
            return subject + "增速"
        return subject + verb


_PLACE_ONLY: Final = re.compile(
    r"(?:全[县镇市区乡省村]|[一-鿿]{1,5}[县镇市区乡村])?(?:仍|共|有|还|已|均|现|目前|累计|其中|新|再|各|每年?)*$|每?(?:季度|月|周|年)(?:至少)?$"
)


def _strip(phrase: str) -> str:
    """A noun phrase without the verbs before it and the predicate after it."""
    if _PLACE_ONLY.match(phrase):
        return ""
    previous = None
    phrase = _TAIL.sub("", phrase).strip(" 的在了和与及并以")
    while phrase != previous:
        previous = phrase
        phrase = _TAIL.sub("", phrase).strip(" 的在了和与及并以")
        match = _LEAD_VERB.match(phrase)
        if match and len(phrase) - match.end() >= 2:
            phrase = phrase[match.end() :].strip(" 的在了和与及并以")
    return "" if _LEAD_VERB.fullmatch(phrase) else phrase


_CHANGES: Final = (
    re.compile(
        r"(?:从|由)([^,。;]{1,40}?)(?:提高|增加|增长|提升|下降|调整|降低|扩大|上升|缩短|压减|增|降)?(?:到|至)(?=[\d、])"
    ),
    re.compile(
        r"(?<![\d.])(\d[\d.]{0,12}[^\d,。;、]{1,4})(?:提高|增加|提升|调整|降)(?:到|至)(?=\d)"
    ),
    re.compile(r"“[^”]{1,14}”"),
)
_CLAUSE_END: Final = re.compile(r"[,;。]")


def _barred(
    text: str, start: int, end: int, phrases: Sequence[TimePhrase]
) -> list[tuple[int, int]]:
    """Ranges whose figures do not count: times, scores, the "from" of 从A提高到B, names in quotes.

    Sorted and merged, so that a walk over the figures passes each once.
    """
    barred = [(p.start, p.end) for p in phrases]
    for pattern in _CHANGES:
        barred.extend(match.span() for match in pattern.finditer(text, start, end))
    for match in _SKIP_CLAUSE.finditer(text, start, end):
        stop = _CLAUSE_END.search(text, match.start(), min(end, match.end() + 80))
        barred.append((match.start(), stop.start() if stop else min(end, match.end() + 80)))
    merged: list[tuple[int, int]] = []
    for a, b in sorted(barred):
        if merged and a <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def read_quantities(
    text: str,
    original: str,
    span: tuple[int, int],
    phrases: Sequence[TimePhrase],
    period: str | None,
) -> tuple[QuantityMention, ...]:
    """The figures of a clause; `period` is what a figure without a time of its own speaks of."""
    if not _HAS.search(text, *span):
        return ()
    return _Reader(text, original, span, period).read(phrases)


_HAS: Final = re.compile(
    r"\d|[一二两三四五六七八九十][个家座条项户所处名件场套]|[*Xx_#]|[长降高到成]%"
)
