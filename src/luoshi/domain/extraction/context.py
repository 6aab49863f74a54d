"""What a document is as a whole: its title, its form and the year it plans or reports."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from luoshi.domain.extraction.lexicon import REVIEW_CUE
from luoshi.domain.extraction.models import Part
from luoshi.domain.extraction.tense import tells_the_past

_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "minutes",
        re.compile(
            r"会议纪要|(?:联席会|办公会|常委会|专题会|调度会|协调会|党委会)[^,。]{0,6}纪要|议定事项"
        ),
    ),
    ("speech", re.compile(r"讲话|致辞|发言|表态")),
    ("responsibility_letter", re.compile(r"责任书|责任状|承诺书|军令状|目标管理书")),
    ("application_notice", re.compile(r"申报|申请|申领|遴选|征集")),
    ("commendation", re.compile(r"(?:表彰|表扬|嘉奖|命名|通报表扬)")),
    ("assessment_rules", re.compile(r"考核|考评|评分|评价办法|绩效|评比办法|测评")),
    ("supervision_notice", re.compile(r"督查|督办|督导|通报|巡查|检查情况")),
    (
        "project_ledger",
        re.compile(
            r"项目.{0,8}(?:台账|推进|进展|进度|一览|清单|调度|库|(?:计划|安排|汇总|情况|明细)表|[^,。]{0,14}情况$)|(?:台账|调度表)"
        ),
    ),
    ("progress_table", re.compile(r"(?:完成|进展|落实|推进)情况")),
    ("task_table", re.compile(r"分解|任务清单|分工|责任清单|任务表|责任表|任务分解")),
    ("livelihood_list", re.compile(r"实事|民生工程|民心工程|惠民")),
    ("report", re.compile(r"工作报告|政府报告")),
    ("work_points", re.compile(r"要点|计划|方案|安排|意见|规划|总结|打算")),
    ("work_points", re.compile(r"制度|规定|规则|公约|规程|守则|措施|通知$")),
)
_BODY_FORMS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("report", re.compile(r"各位代表|请予审议|人民代表大会")),
    ("speech", re.compile(r"同志们|大家好|这次会议|今天的会议|刚才")),
    ("responsibility_letter", re.compile(r"甲方|乙方")),
    ("supervision_notice", re.compile(r"(?:有关|具体|检查|督查|落实)[^,。]{0,8}情况通报如下")),
)
LISTS: Final = frozenset(
    {"livelihood_list", "task_table", "progress_table", "project_ledger", "assessment_rules"}
)
_NAMED: Final = re.compile(
    r"关于[^。\n]{2,60}的(?:决定|通知|通报|意见|方案|报告|公告)|(?:^|(?<=\n))[^。\n,]{2,30}(?:责任书|责任状|考核办法|考核细则|台账|任务分解表|分工表)"
)
_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?:年|[—\-~至]|(?=[./-]\d))")
_PLAN_YEAR: Final = re.compile(
    r"(?<!\d)(?<!过去的)(?<!过去)(?<!过去的 )(20\d{2}) ?年,?(?:是(?![^。]{0,20}(?:不平凡"
    r"|不寻常|极其|极不|负重|砥砺|迎难|里程碑|发展史上|胜利收官|圆满收官|逆势))"
    r"[^。]{0,80}(?:之年|一年|开局|元年|[一-鿿]{2}年(?=[,。;]))|(?:工作|重点工作|主要|经济社会|政府)?"
    r"[^,。\n]{0,8}(?:安排|打算|预期目标|目标任务|工作重点|工作思路|主要任务|重点任务|重点工作|主要工作|工作任务|奋斗目标|总体要求|主要目标|总体思路))"
    r"|做好(20\d{2})年"
)
_PAST_YEAR: Final = re.compile(r"过去的?(?:这)? ?(20\d{2}) ?年")
_LEDGER_YEAR: Final = re.compile(
    r"(?<!\d)(20\d{2})(?:年度?(?=\d|底|末|内|前|[^一-鿿]|计划|目标|任务|[上下]半年|[一二三四]季)|(?=[./-]\d))"
)
_REVIEW_TITLE: Final = re.compile(r"总结|回顾|表彰|表扬")
_PLAN_TITLE: Final = re.compile(r"暨|谋划|计划|安排|要点|目标|任务|申报|考核办法|责任书")
_SPOKEN: Final = re.compile(r"(20\d{2})年(1[0-2]|[1-9])月\d{1,2}日[^\n]{0,6}在[^\n]{4,40}会议?上")
# A whole report before an assembly begins with what was done.
_ASSEMBLY: Final = re.compile(r"请予?审议|向大会(?:报告|作)|请[^。]{0,12}提出意见")
_DATED: Final = re.compile(r"(?:^|\n)[ \t]*(20\d{2})年\d{1,2}月\d{1,2}日")
# 今年是“十五五”规划的第一年 names the year without a figure: five-year plans begin in 2021, 2026 ….
_FIVE_YEARS: Final = re.compile(
    r"今年,?(?:既?是|作为|,)[^。;]{0,12}[“\"]?十(?P<plan>[四五六七])五[”\"]?(?:规划|时期)?(?:纲要)?(?:实施)?的?"
    r"[^。;,]{0,4}?(?:第(?P<nth>[一二三四五])[年个]|(?P<first>开局|首年|起步|头一?年|元年)|(?P<last>收官|决胜|最后一年|末年))"
)
_PAPER_NUMBER: Final = re.compile(r"[〔\[](20\d{2})[〕\]]\s*(?:第?\s*)?\d{1,4}\s*(?:号|期)")
_COMMENT_YEAR: Final = re.compile(r"(?<!\d)(20[12]\d)(?:\.[a-z]{2,4})?\s*$", re.MULTILINE)
_ASOF_MONTH: Final = re.compile(
    r"(?:截至|截止|\(|于)?(?:目前|20\d\d年)?(1[0-2]|[1-9])月(?:份|底|末)?(?:\)|$|[0-3]?\d日)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as a whole; `asof` is the period its reported figures speak of."""

    form: str
    title: str
    year: int | None
    asof: str | None
    default: Part


def title_of(text: str, original: str, begin: int) -> str:
    """The title: of the opening lines without a stop the one that names a form, else the first.

    A title broken over two lines is read by its last line; issuing bodies above it are passed by.
    """
    first = ""
    for match in re.finditer(r"[^\n]+", text[begin : begin + 1000]):
        line = match.group().strip()
        if not line:
            continue
        bad = line[-1] in "。;!?:" or re.match(r"[一二三四五六七八九十]{1,3}、|\(|\d+[.、]|—", line)
        if bad or "\t" in line or "|" in line or len(line) > 80:
            return first
        words = original[begin + match.start() : begin + match.end()].strip()
        if any(pattern.search(line) for _, pattern in _FORMS):
            return words
        first = first or words
    return first


def form_of(text: str, title: str, begin: int) -> str:
    """The document's form, by its title, else by how it opens; a plain plan is a report."""
    for form, pattern in _FORMS:
        if pattern.search(title):
            return _narrow(form, title, text[begin : begin + 3000])
    named = _NAMED.search(text, begin, begin + 300)
    if named is not None:
        for form, pattern in _FORMS:
            if pattern.search(named.group()):
                return _narrow(form, named.group(), text[begin : begin + 3000])
    head = text[begin : begin + 1500]
    if re.match(r"\s*(?:\|[^\n]*\||[^\n\t]{1,12}\t[^\n]*\t)", head):
        return "task_table"
    for form, pattern in _BODY_FORMS:
        if pattern.search(head):
            return form
    return "report"


def _narrow(form: str, title: str, head: str) -> str:
    """Titles that name two things: 民生实事督办通报 is a notice, 实事完成情况 a progress table."""
    if form == "project_ledger" and re.search(r"通报|申报", title):
        return "supervision_notice"
    if form == "supervision_notice" and re.search(r"表扬|表彰", title):
        return "commendation"
    if form == "progress_table" and not re.search(r"[|\t]", head) and "实事" in title:
        return "livelihood_list"
    rows = re.search(r"[|\t]|(?:牵头|责任|主办)(?:责任)?(?:单位|部门|科室|领导|人)[::]", head)
    if form == "task_table" and title.endswith("通知") and rows is None:
        return "work_points"
    if form == "application_notice" and "讲话" in title:
        return "speech"
    return form


def year_of(text: str, title: str, begin: int, form: str) -> int | None:
    """The plan year: of the title, of "N年是…之年", of the date line, else the commonest year."""
    spoken = _SPOKEN.search(text, begin, begin + 400) if form == "report" else None
    if spoken is not None:
        # A report is given at the beginning of the year it plans, or at the end of the one before.
        return int(spoken[1]) + (int(spoken[2]) >= 11)
    named = [int(y) for y in _YEAR.findall(title)]
    body = text[begin : begin + 60_000]
    planned = [int(a or b) for a, b in _PLAN_YEAR.findall(body)]
    if named and (_PLAN_TITLE.search(title) or not _REVIEW_TITLE.search(title)):
        best = max(named)
        # A report titled by the year it looks back on plans the next one.
        behind = form == "speech" or _looks_back_on(best, body)
        return max([best, *(y for y in planned if y == best + 1 and behind)])
    if planned:
        return max(planned)
    told = _PAST_YEAR.search(body) if form in {"report", "speech", "work_points"} else None
    if told is not None:
        # 刚刚过去的2022年: what follows that year is planned.
        return max([int(told[1]) + 1, *named])
    if named:
        return max(named)
    return _year_by_the_way(text, body, begin, form)


def _year_by_the_way(text: str, body: str, begin: int, form: str) -> int | None:  # noqa: PLR0911 - the rule is a list of cases
    """The year of the date line, of a five-year plan, of the paper's number, else the commonest."""
    if dated := _DATED.findall(body):
        return int(dated[-1])
    if begun := _FIVE_YEARS.search(body):
        return _year_of_five(begun)
    if numbered := _PAPER_NUMBER.search(text, begin, begin + 600):
        return int(numbered[1])
    if in_comment := _COMMENT_YEAR.findall(text[:begin]):
        return int(in_comment[-1])
    if form == "project_ledger" and (years := _LEDGER_YEAR.findall(body)):
        return max(int(y) for y in years)
    if form == "project_ledger":
        return None  # 2019年修路 tells when something was; a ledger without another year names none
    counted = Counter(_YEAR.findall(body)).most_common(1)
    return int(counted[0][0]) if counted else None


def _year_of_five(match: re.Match[str]) -> int:
    """The year of a five-year plan that 第一年, 开局之年 or 收官之年 names."""
    start = 2021 + 5 * "四五六七".index(match["plan"])
    if match["nth"]:
        return start + "一二三四五".index(match["nth"])
    return start if match["first"] else start + 4


def _looks_back_on(year: int, body: str) -> bool:
    """Whether a text calls this year past: 2025年工作回顾, 2025年是不平凡的一年."""
    work = r"(?:主要)?工作(?:的)?(?:回顾|总结|成效|情况|完成)"
    told = rf"{year}年,?(?:{work}|是[^。]{{0,20}}不(?:平凡|寻常))"
    return re.search(told, body) is not None


def asof_of(text: str, title: str, begin: int, form: str, year: int | None) -> str | None:
    """The period of reported figures: last year in reports, else the month named."""
    if year is None:
        return None
    if form in {"report", "speech", "work_points", "minutes"}:
        return f"{year}-H1" if re.search(r"上?半年", title) else str(year - 1)
    match = _ASOF_MONTH.search(title) or (
        _ASOF_MONTH.search(text, begin, begin + 300) if form == "supervision_notice" else None
    )
    return f"{year}-{int(match[1]):02d}" if match else str(year)


_TITLED_REVIEW: Final = re.compile(r"总结|回顾|述职|完成情况|进展情况")
_TITLED_PLAN: Final = re.compile(r"安排|打算|计划|暨|制度|规定|规则|公约|守则|通知$")


def default_part(text: str, begin: int, form: str, title: str) -> Part:  # noqa: PLR0911 - the rule is a list of cases
    """What text without any heading is: a report fragment full of results is review, else plan."""
    if form == "commendation":
        return "review"
    if form not in {"report", "work_points", "speech"}:
        return "plan"
    head = text[begin : begin + 2000]
    if form == "report" and _ASSEMBLY.search(head):
        return "review"
    if form == "speech":
        return "other"
    if _TITLED_PLAN.search(title) is None and _TITLED_REVIEW.search(title):
        return "review"
    if re.search(r"安排|打算|计划|方案|要点|清单", title) and not _TITLED_REVIEW.search(title):
        return "plan"
    if re.search(r"制度|规定|规则|公约|守则|通知$", title):
        return "plan"
    if any(REVIEW_CUE.match(p.strip()) for p in re.split(r"[。;\n]", head)[:4]):
        return "review"
    return "review" if tells_the_past(text, begin, len(text)) else "plan"


def read_document(text: str, original: str, begin: int, year: int | None) -> Document:
    """Title, form, year, reporting period and default part of a text."""
    title = title_of(text, original, begin)
    canonical = text[original.find(title, begin) :][: len(title)] if title else ""
    form = form_of(text, canonical, begin)
    found = year if year is not None else year_of(text, canonical, begin, form)
    asof = asof_of(text, canonical, begin, form, found)
    return Document(form, title, found, asof, default_part(text, begin, form, canonical))
