"""Which of the seven kinds a clause is: by its place in the document first, by its words second."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from luoshi.domain.base import Sentence, say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.duties import weigh
from luoshi.domain.extraction.models import Kind, Part, Strength
from luoshi.domain.extraction.predicates import DIGIT, has_gap, is_metric, strength_of
from luoshi.domain.extraction.reasons import FORMULAS, OBLIGED

VIEW: Final = 600  # characters of a clause that decide its kind; the rest cannot change it
_HARD_GAP: Final = re.compile(
    r"仍(?!然?(?:要|将))|还(?:不|有|需|须|比较|存在)|尚|偏[低少小弱慢软]|不够|薄弱|滞后|亟|有待|未能|凤毛麟角|松散|不均|迟迟|难以|[入就看停办]难|不到位|断档|跟不上|造假"
)
_FUTURE: Final = re.compile(r"以上|左右|以内|力争|确保|目标|预期|争取")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: part, problem zone, document form, section title, position 0..1."""

    part: Part
    form: str
    problem_zone: bool = False
    heading: str = ""
    position: float = 0.0
    preamble: bool = False
    entry: bool = False
    after_contrast: bool = False
    targets: bool = False
    told: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind with its reasons and the confidence (0..1) measured for the rule that gave it."""

    kind: Kind
    confidence: Decimal
    reasons: tuple[Sentence, ...]


def verdict(kind: Kind, confidence: str, *reasons: Sentence) -> Verdict:
    """A kind with its confidence and reasons."""
    return Verdict(kind, Decimal(confidence), reasons)


def boilerplate(view: str, place: Place) -> str | None:
    """The code of the formula that makes a clause boilerplate, or None."""
    if lx.ADDRESS.match(view):
        return "address"
    late = place.position > 0.85 and place.form in {"speech", "report"}
    asks = DIGIT.search(view) or _ASKS.search(view) or lx.ACTION.match(view)
    if late and len(view) < 32 and not asks:
        halves = view.split(",")
        if len(halves) == 2 and (len(halves[0]) == len(halves[1]) or "就" in halves[0]):
            return "finale"
    for code, pattern in lx.BOILERPLATE:
        if not _out_of_place(code, view, place) and pattern.search(view):
            return code
    return None


def _out_of_place(code: str, view: str, place: Place) -> bool:
    """Whether a formula cannot be meant here: the words alone do not make one."""
    if code == "basis":
        return not place.preamble
    if code == "finale":
        return not (place.position > 0.85 or view[:4] in {"同志们,", "各位代表"})
    if code == "greeting":
        return place.part == "plan" and place.position < 0.9 and len(view) > 60
    if code == "aphorism":
        return len(view) > 50 or DIGIT.search(view) is not None
    return code == "weighty" and place.problem_zone and has_gap(view)


def classify(clause: str, place: Place) -> Verdict:  # noqa: PLR0911 - the rule is a list of cases
    """The kind of one clause (canonical text without its stop) at its place."""
    view = clause[:VIEW]
    formula = boilerplate(view, place)
    if formula is not None and not place.entry:
        return _formula(view, place, formula)
    if place.problem_zone:
        return _in_problem_zone(view, place)
    if place.form == "commendation":
        return _in_commendation(view)
    if (
        place.targets
        and lx.METRIC.search(view)
        and not lx.ACTION.match(view)
        and (strength_of(view) in {None, "strive"} or view.startswith("确保"))
    ):
        return verdict("indicator", "0.8", say("extraction.plan_part"), say("extraction.metric"))
    if place.part != "review" and _LOOKS_BACK.match(view) and not has_gap(view):
        return verdict("achievement", "0.75", say("extraction.past"))
    if place.part == "review":
        return _in_review(view, place)
    if place.part == "other" and place.form == "speech":
        return _in_between(view, place)
    return _in_plan(view, place)


_ASKS: Final = re.compile(
    r"(?:我们|大家|全[镇县市区乡]上下|各[一-鿿、()]{1,16}|下一步,?)?(?:务必|必须|要)(?!看到|清醒|认识到)"
)
_LOOKS_BACK: Final = re.compile(
    r"(?:这?一年来|五年来|过去的?(?:一|五|几)年|去年|上年|今年以来|年初以来|近年来|截至|这一年|在过去)"
)


_CALLS_ON: Final = re.compile(lx.GOAL.pattern + r"|(?:推动|促进|进一步开展)[^。]{4,}")


def _in_commendation(view: str) -> Verdict:
    """A commendation tells what was done and who is honoured; its call is goal or slogan."""
    if re.match(r"[^,。]{2,24}要", view) and _CALLS_ON.search(view):
        return verdict("goal", "0.5", say("extraction.goal"))
    if re.search(
        r"再接再厉|珍惜荣誉|戒骄戒躁|为榜样|向[^,。]{2,16}学习|号召|希望|以[^,。]{2,12}为(?:标杆|典型)",
        view,
    ):
        if lx.GOAL.search(view) or re.search(r"上下要|为[^。]{4,40}(?:贡献|努力|奋斗)", view):
            return verdict("goal", "0.5", say("extraction.goal"))
        return verdict("boilerplate", "0.6", FORMULAS["call"])
    if re.match(r"为|根据|按照|经(?:研究|考核|评)", view) and not re.search(
        r"授予|荣获|命名为", view
    ):
        return verdict("boilerplate", "0.7", FORMULAS["basis"])
    if re.search(r"授予|予以|给予|荣获|命名为|获", view):
        return verdict("achievement", "0.85", say("extraction.award"))
    return verdict("achievement", "0.65", say("extraction.past"))


def _formula(view: str, place: Place, formula: str) -> Verdict:
    """A formula, unless a goal follows the 年份定位, or results are told in the same breath."""
    if (
        formula == "year"
        and lx.GOAL.search(view)
        and re.search(r"(?:上下|我们|大家|必须)[^,。]{0,4}要|奋力", view)
    ):
        return verdict("goal", "0.6", say("extraction.goal"))
    if formula in {"credit", "greeting"} and re.search(r"\d[\d.]*(?:%|亿|万|个)", view):
        return _in_review(view, place)
    return verdict("boilerplate", "0.9", FORMULAS[formula])


_ANNOUNCES: Final = re.compile(
    r"(?:问题|不足|差距|困难|挑战|短板)(?:和(?:问题|不足|差距|困难|挑战|短板))?$"
)


_OPENS_MEETING: Final = re.compile(r"(?:今天|这次|此次|本次)|(?:会议的?)?主要任务是")
# A sanction or reward for a case that may arise: a rule, not a duty.
_SANCTION: Final = re.compile(
    r"(?:因|凡|违反|未)[^,。]{2,40}的[^,。]{0,30}(?:追究|扣发|扣罚|扣减|取消|处罚|处分|问责)|(?:对|凡|因|发生|出现|存在|连续)[^。]{2,60}的(?:单位|干部|个人|同志|乡镇|村|企业|责任人|人员)?,[^。]{0,40}(?:约谈|问责|追责|追究|通报|处理|处分|扣分|取消|一票否决|表扬|加分|奖励|一查到底|姑息|检讨|说明情况|表态)"
)


def _in_problem_zone(view: str, place: Place) -> Verdict:
    if len(view) < 45 and lx.PROBLEM_LEAD.search(view) and _ANNOUNCES.search(view):
        return verdict("boilerplate", "0.6", FORMULAS["handover"])
    if re.match(r"(?:我们(?:将|要|必须)|下一步|必须|要)", view) and not has_gap(view):
        return verdict("principle", "0.5", say("extraction.principle"))
    plain = not has_gap(view) and not lx.LACK.search(view) and not place.after_contrast
    if plain and (lx.REVIEW_FACT.search(view) or _PRAISED.search(view)):
        return verdict("achievement", "0.6", say("extraction.past"))
    return verdict("problem", "0.9", say("extraction.problem_part"))


_PRAISED: Final = re.compile(
    r"取得[^,。]{0,8}成|荣获|超额|顺利|圆满|同比增长|获评|有[一-鿿]{0,2}(?:起色|进步|改进|好转|改观)"
)


_BUT_NOT: Final = re.compile(r"不[一-鿿]|还有|仍|没|未|缺|偏|[弱慢低少]$")
_MODAL: Final = re.compile(
    r"(?:^|[,;])[^,;]{0,16}(?:(?<![需重主必只不首纲摘提简概将])要(?![求素点闻件义害道塞职事紧领目看清])|必须|务必|须(?!知)|力争|确保|下一步|今后)"
)
_AHEAD: Final = re.compile(r"月底前|年内|年底前|[日月]前(?:完成|报|拿出)|以上(?:$|,)|左右(?:$|,)")
_TOLD: Final = re.compile(
    r"我们[^,。]{0,4}(?:坚持|始终|全力|大力|积极|深入|扎实|紧紧|狠抓|聚焦|着力|把|以|用|持续)|[一-鿿]了|得到|\d"
)


def _in_between(view: str, place: Place) -> Verdict:
    """A speech before anything has said where it stands: told as done, as a gap, or asked for."""
    if _MODAL.search(view) or _AHEAD.search(view):
        return _in_plan(view, replace(place, part="plan"))
    if place.position < 0.15 and _OPENS_MEETING.match(view) and not has_gap(view):
        return _in_plan(view, place)
    if has_gap(view):
        return verdict("problem", "0.7", say("extraction.gap"))
    done = place.told and not _ASKS.match(view) and not lx.PRINCIPLE.search(view)
    if done or lx.PAST.search(view) or _TOLD.search(view) or lx.REVIEW_FACT.search(view):
        return verdict("achievement", "0.65", say("extraction.past"))
    return _in_plan(view, place)


def _in_review(view: str, place: Place) -> Verdict:
    plain = place.form in {"report", "work_points"} and not place.after_contrast
    if place.form == "supervision_notice" and lx.CELL_GAP.search(lx.REMEDY.sub("", view)):
        return verdict("problem", "0.8", say("extraction.review_part"), say("extraction.gap"))
    if place.after_contrast and (_BUT_NOT.search(view) or lx.LACK.search(view)):
        return verdict("problem", "0.8", say("extraction.review_part"), say("extraction.gap"))
    if has_gap(view) and (not plain or (_HARD_GAP.search(view) and not lx.ACTION.match(view))):
        return verdict("problem", "0.85", say("extraction.review_part"), say("extraction.gap"))
    if (
        place.form == "speech"
        and lx.PRINCIPLE.search(view)
        and not (lx.PAST.search(view) or DIGIT.search(view) or re.search(r"提升|增强|完成", view))
        and len(view) < 45
    ):
        return verdict("principle", "0.5", say("extraction.principle"))
    if place.form == "speech" and _ASKS.match(view):
        return _in_plan(view, place)
    return verdict("achievement", "0.9", say("extraction.review_part"))


def _in_plan(view: str, place: Place) -> Verdict:  # noqa: PLR0911 - the rule is a list of cases
    if _SANCTION.match(view):
        return verdict("principle", "0.7", say("extraction.condition"))
    opens = place.form == "speech" and place.position < 0.15 and not place.heading.strip()
    if opens and _OPENS_MEETING.match(view):
        return verdict("boilerplate", "0.7", FORMULAS["meeting"])
    strength = strength_of(view)
    if _tells_gap(view, place, strength):
        return verdict("problem", "0.8", say("extraction.gap"))
    if is_metric(view) and (place.part == "plan" or _FUTURE.search(view)):
        return verdict("indicator", "0.85", say("extraction.plan_part"), say("extraction.metric"))
    if ruled := _by_form(view, place):
        return ruled
    if _is_goal(view):
        return verdict("goal", "0.6", say("extraction.plan_part"), say("extraction.goal"))
    if _is_principle(view):
        return verdict("principle", "0.6", say("extraction.principle"))
    return _duty(view, place, strength)


def _tells_gap(view: str, place: Place, strength: Strength | None) -> bool:
    if not has_gap(view):
        return False
    if place.after_contrast:
        return True
    bare = strength in {None, "encourage"} and not lx.ACTION.match(view)
    return bare and (_HARD_GAP.search(view) is not None or place.part == "other")


def _by_form(view: str, place: Place) -> Verdict | None:
    """Conditions, rewards and grading of rules, letters and notices are principles."""
    if place.form not in {
        "assessment_rules",
        "application_notice",
        "responsibility_letter",
        "commendation",
    }:
        return None
    if place.entry and place.form == "assessment_rules":
        return None
    if place.form == "commendation" and re.search(r"授予|予以(?:表扬|表彰)|荣获|给予", view):
        return verdict("achievement", "0.8", say("extraction.award"))
    head = re.search(
        r"条件|方向|标准|对象|范围|原则|奖惩|结果|方式|政策|等次|等级|纪律|期限", place.heading
    )
    step = re.search(
        r"(?:\d{1,2}月|每(?:季|月|年|半))[^,。]{0,20}(?:通报|组织|开展|报|完成|检查)|报送|上报",
        view,
    )
    if re.search(r"条件|对象|标准|方向|范围", place.heading):
        step = None
    asked = re.match(r"各[^,。;]{1,12}(?:要|须|必须|应)", view) is not None
    if lx.CONDITION.search(view) and not (step and not head) and not (asked and not head):
        return verdict("principle", "0.75", say("extraction.condition"))
    if head and not step:
        return verdict("principle", "0.75", say("extraction.condition"))
    return None


def _is_goal(view: str) -> bool:
    """An end state of the whole unit without a figure, with no step that could be checked."""
    view = re.sub(r"^20\d\d年,?", "", view)
    if DIGIT.search(view) or not lx.GOAL.search(view) or len(view) > 150:
        return False
    if view.count("、") > 2 or view.count(",") > 3:
        return False
    lead = re.match(
        r"(?:我们要?|全[镇县市区乡省](?:上下|各级[^,。]{0,10})?|各级[^,。]{0,12})?(?:都?要)?[^,。]{0,30},?(?:[^,。]{0,20},)?"
        r"(?:奋力|努力|全力|合力|推动|力争|确保|实现)",
        view,
    )
    return lead is not None


def _is_principle(view: str) -> bool:
    """A conviction: guidance by name, or attitudes without a clause of action beside them."""
    banned = [_BANNED.search(c) is not None for c in re.split(r"[,;]", view)]
    if len(banned) > 1 and all(banned) and not DIGIT.search(view):
        return True
    if not lx.PRINCIPLE.search(view):
        return False
    if lx.GUIDANCE.search(view):
        return True
    if DIGIT.search(view):
        return False
    if _BAN.match(view) or _SPIRIT.search(view):
        return True
    clauses = [c for c in re.split(r"[,;]", view) if len(c) > 3]
    acts = [c for c in clauses if lx.ACTION.search(c) and not lx.ATTITUDE.search(c)]
    return not acts or (len(acts) < len(clauses) / 2 and not lx.DELIVERABLE.search(" ".join(acts)))


_BAN: Final = re.compile(
    r"(?:我们|大家)?(?:严禁|杜绝|不允许|不得|[决绝]不(?:允许|能|搞|让|做|当)?|不能)"
)
_BANNED: Final = re.compile(r"不能|不许|不得|不可|[决绝]不|严禁|切忌")
_SPIRIT: Final = re.compile(
    r"(?:心态|姿态|常态|劲头|状态|精神|干劲)[^,。]{0,4},[^。]{0,20}(?:抓好|推进|做好|干好|投入)[^,。]{0,8}(?:工作|事业|落实)"
)


def _duty(view: str, place: Place, strength: Strength | None) -> Verdict:  # noqa: PLR0911 - the rule is a list of cases
    """What is left: a task where something can be done and checked, else a result or a slogan."""
    past = re.search(r"已[^,。]{1,12}|同比|获评|荣获|进行了", view)
    if past and strength is None and not lx.ACTION.match(view):
        return verdict("achievement", "0.6", say("extraction.past"))
    if place.form in _TOLD_FORMS and (idle := _no_duty(view, place, strength)):
        return idle
    if strength is not None and lx.ACTION.search(view):
        return verdict(
            "task",
            "0.85",
            say("extraction.plan_part"),
            OBLIGED[strength],
        )
    if lx.ACTION.search(view) and place.part == "plan" and len(view) > 5:
        bare = lx.ACTION.match(view) is not None or place.form != "speech"
        return verdict(
            "task",
            "0.85" if bare else "0.6",
            say("extraction.plan_part"),
            say("extraction.deliverable"),
        )
    if strength is not None:
        return verdict("task", "0.6", OBLIGED[strength])
    if place.part == "plan" and re.search(r"\d|由[^,。]{2,16}(?:牵头|负责)", view):
        return verdict("task", "0.6", say("extraction.deliverable"))
    manner = place.part == "plan" and _PROMPT.search(view) is not None
    if manner or (place.part == "plan" and place.form != "speech"):
        return verdict("task", "0.55", say("extraction.plan_part"))
    return verdict("boilerplate", "0.55", say("extraction.no_duty"))


_COUNTS: Final = re.compile(r"总计|合计|共计|共有|涉及|总投资")
_TOLD_FORMS: Final = frozenset({"report", "speech", "work_points", "supervision_notice"})


def _no_duty(view: str, place: Place, strength: Strength | None) -> Verdict | None:
    """A clause of the plan part that professes or describes, and asks nothing; else None."""
    weight = weigh(view)
    if not weight.duty and weight.professes and (not weight.acts or strength is None):
        return verdict("principle", "0.6", say("extraction.principle"))
    if not weight.idle or strength not in {None, "strive"}:
        return None
    if not DIGIT.search(view):
        return verdict("boilerplate", "0.6", say("extraction.no_duty"))
    if place.form == "supervision_notice" and _COUNTS.search(view):
        return verdict("achievement", "0.6", say("extraction.past"))
    return None


# How a thing is to be done makes a demand of a clause without a verb of action.
_PROMPT: Final = re.compile(
    r"限时|限期|当场|立即|立刻|马上|及时|逐[一个户条项]|按[时期]|第一时间|尽快|全部|主动|^对[^,。]{2,30},"
)
