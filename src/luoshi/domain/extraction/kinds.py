"""Which of the seven kinds a clause is: by its place in the document first, by its words second."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.plan import CELL_GAP, HARD_GAP, OPENS_MEETING, in_plan
from luoshi.domain.extraction.predicates import DIGIT, has_gap, strength_of
from luoshi.domain.extraction.reasons import FORMULAS
from luoshi.domain.extraction.responsible import predicate_of
from luoshi.domain.extraction.verdicts import VIEW, Place, Verdict, verdict


def boilerplate(view: str, place: Place) -> str | None:
    """The code of the formula that makes a clause boilerplate, or None."""
    if lx.ADDRESS.match(view):
        return "address"
    if place.form in {"speech", "report"} and _ends_the_speech(view, place.position):
        return "finale"
    for code, pattern in lx.BOILERPLATE:
        if _may_be(code, view, place) and pattern.search(view):
            return code
    return None


def _among_targets(view: str) -> bool:
    """Among announced targets a metric, a thing with its figure or an order to be met counts."""
    free = strength_of(view) in {None, "strive"} or view.startswith("确保")
    named = lx.METRIC.search(view.replace("水平", ""))
    if named and not lx.ACTION.match(view) and free:
        return True
    if lx.ACTION.match(view):
        return _ORDERED.match(view) is not None
    return re.match(r"[^\d,]{4,24}[\d.]+(?:%|[万亿千百]|[一-鿿])", view) is not None


_ORDERED: Final = re.compile(
    r"(?:全面|确保|如期)?完成[^,]{0,4}(?:省|市|州|国家|上级)[定下][^,]{0,20}(?:任务|目标|指标)"
)


def _ends_the_speech(view: str, position: float) -> bool:
    """让我们…, 同志们,… and a couplet near the end: a call that asks nobody for anything."""
    if position > 0.6 and _CALLS.match(view):
        return True
    if position <= 0.85 or DIGIT.search(view) or _ASKS.search(view):
        return False
    if len(view) < 60 and re.match(r"希望(?:大家|同志们|各位|全体)", view):
        return True
    if len(view) < 60 and _COMRADES.match(view):
        return True
    halves = view.split(",")
    paired = len(halves) == 2 and (len(halves[0]) == len(halves[1]) or "就" in halves[0])
    acts = any(lx.ACTION.match(half) for half in halves) and len(view) > 16
    return paired and len(view) < 32 and not acts


def _may_be(code: str, view: str, place: Place) -> bool:
    """Where and how long a clause may be to be a formula of this code."""
    if code == "basis":
        return place.preamble
    if code == "meeting" and _ASKED_ACTOR.match(view):
        return False
    if code == "finale":
        return place.position > 0.85 or view[:4] in {"同志们,", "各位代表"}
    if code == "greeting":
        return place.part != "plan" or place.position >= 0.9 or len(view) <= 60
    return code != "aphorism" or (len(view) <= 50 and DIGIT.search(view) is None)


_ASKED_ACTOR: Final = re.compile(r"(?:各|全[县市镇乡村])[^,。]{1,14}?(?:要|须|必须|务必)")
_COMRADES: Final = re.compile(r"(?:同志们|各位代表|乡亲们|朋友们)[,!:]")
_CALLS: Final = re.compile(r"(?:(?:同志们|各位代表|乡亲们)[,!:])?[^。]{0,60}?(?:^|,)让我们")
# Formulas that may follow a lack in the same sentence, and do not undo it (…,任重道远).
_WEAK: Final = frozenset({"weighty", "aphorism", "year"})


# Blanks that a copy left around its figures (2013 年, 8.2% ) are no part of the words.
_LOOSE: Final = re.compile(r"(?<=[一-鿿%]) (?=\d)|(?<=[\d%]) (?=[一-鿿])")


def classify(clause: str, place: Place) -> Verdict:  # noqa: PLR0911 - the rule is a list of cases
    """The kind of one clause (canonical text without its stop) at its place."""
    view = _LOOSE.sub("", clause[:VIEW])
    formula = boilerplate(view, place)
    weak = formula in _WEAK and place.problem_zone and has_gap(view)
    if formula is not None and not place.entry and not weak:
        return _formula(view, place, formula)
    if place.problem_zone:
        return _in_problem_zone(view, place)
    if place.form == "commendation":
        return _in_commendation(view)
    if place.targets and _among_targets(view):
        return verdict("indicator", "0.8", say("extraction.plan_part"), say("extraction.metric"))
    if place.part != "review" and _LOOKS_BACK.match(view) and not has_gap(view):
        return verdict("achievement", "0.75", say("extraction.past"))
    if place.part == "review":
        return _in_review(view, place)
    if place.part == "other" and place.form in {"speech", "minutes"}:
        return _in_between(view, place)
    return in_plan(view, place)


_ASKS: Final = re.compile(
    r"(?:我们|大家|全[镇县市区乡]上下|各[一-鿿、()]{1,16}|下一步,?)?(?:务必|必须|(?<![为需重主必首])要)(?!看到|清醒|认识到)"
)
_DEMANDS: Final = re.compile(
    r"(?:希望|请|要求)?(?:各|全)[^,。]{1,18}(?:要|须|必须|务必|应|继续|认真|切实|尽快)|(?:希望|请)(?:[各你贵]|有关|相关|上述|以上|被通报|[^,。]{2,12}(?:立即|认真|尽快|抓紧|对照|于\d))|要(?!求)|[^,。]{2,14}(?:要|须|必须|务必)(?:于|在|立即|尽快|按)|[^,。]{2,14}将(?:适时|定期|不定期|继续|于|对)"
)
_LOOKS_BACK: Final = re.compile(
    r"(?:这?一年来|五年来|过去的?(?:一|五|几)年|去年|上年|今年以来|年初以来|近年来|截至|这一年|在过去)"
)


def _in_commendation(view: str) -> Verdict:  # noqa: PLR0911 - the rule is a list of cases
    """A commendation tells what was done and who is honoured; its call is goal or slogan."""
    if re.match(r"(?:请|希望)?[^,。]{0,24}(?<![需重主必])(?:要(?!求)|务必|必须)", view):
        if lx.GOAL.search(view) or re.search(r"为[^。]{4,40}(?:贡献|努力|奋斗)", view):
            return verdict("goal", "0.5", say("extraction.goal"))
        return verdict("boilerplate", "0.6", FORMULAS["call"])
    if re.search(
        r"再接再厉|珍惜荣誉|戒骄戒躁|为榜样|向[^,。]{2,16}学习|号召|希望|以[^,。]{2,12}为(?:标杆|典型)",
        view,
    ):
        if lx.GOAL.search(view) or re.search(r"上下要|为[^。]{4,40}(?:贡献|努力|奋斗)", view):
            return verdict("goal", "0.5", say("extraction.goal"))
        return verdict("boilerplate", "0.6", FORMULAS["call"])
    if re.search(r"授予|予以|给予|荣获|命名为|获", view):
        return verdict("achievement", "0.85", say("extraction.award"))
    if re.search(r"遭遇|突发|来袭", view) and not re.search(r"完成|成功|取得|转移|保障", view):
        return verdict("boilerplate", "0.6", FORMULAS["basis"])
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
    if formula == "meeting" and place.form == "minutes" and _REPORTED_THERE.search(view):
        return _in_review(view, place)
    told = re.search(r"面对|实现|完成|取得|统筹|全力", view[20:]) is not None
    if formula == "year" and len(view) > 90 and told and place.part == "review":
        return _in_review(view, place)
    return verdict("boilerplate", "0.9", FORMULAS[formula])


_REPORTED_THERE: Final = re.compile(r",[^。]{0,40}(?:已|完成|累计|目前)[^,。]{0,16}\d")
_ANNOUNCES: Final = re.compile(
    r"(?:问题|不足|差距|困难|挑战|短板)(?:和(?:问题|不足|差距|困难|挑战|短板))?$"
)


def _in_problem_zone(view: str, place: Place) -> Verdict:
    leads = not place.path_deep or re.match(r"清醒|但|同时|当前|我们|也", view)
    if leads and len(view) < 45 and lx.PROBLEM_LEAD.search(view) and _ANNOUNCES.search(view):
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
    r"(?:^|[,;])[^,;]{0,16}(?:(?<![需重主必只不首纲摘提简概将])要(?![求素点闻件义害道塞职事领目看清]|紧(?![盯扣跟抓密贴紧]))|必须|务必|须(?!知)|力争|确保|下一步|今后)"
)
_AHEAD: Final = re.compile(r"月底前|年内|年底前|[日月]前(?:完成|报|拿出)|以上(?:$|,)|左右(?:$|,)")
_TOLD: Final = re.compile(
    r"我们[^,。]{0,4}(?:坚持|始终|全力|大力|积极|深入|扎实|紧紧|狠抓|聚焦|着力|把|以|用|持续)|[一-鿿]了|得到|\d"
)


def _in_between(view: str, place: Place) -> Verdict:
    """A speech before anything has said where it stands: told as done, as a gap, or asked for."""
    if _MODAL.search(view) or _AHEAD.search(view):
        return in_plan(view, replace(place, part="plan"))
    if place.position < 0.15 and OPENS_MEETING.match(view) and not has_gap(view):
        return in_plan(view, place)
    if has_gap(view) or (place.after_contrast and lx.LACK.search(view)):
        return verdict("problem", "0.7", say("extraction.gap"))
    if re.match(r"未来|预计(?![^,。]*\d)", view):
        return in_plan(view, place)
    done = place.told and not _ASKS.match(view) and not lx.PRINCIPLE.search(view)
    if done or lx.PAST.search(view) or _TOLD.search(view) or lx.REVIEW_FACT.search(view):
        return verdict("achievement", "0.65", say("extraction.past"))
    return in_plan(view, place)


def _asked_by_name(view: str) -> bool:
    """Whether a clause names an actor and asks something of it (其他乡镇要…, 请X、Y…)."""
    asked = re.match(r"请?[^,。]{2,24}?(?:(?<![需重主必首])要|须|务必|认真|尽快)", view)
    return asked is not None and bool(predicate_of(view)) and not has_gap(view)


def _in_review(view: str, place: Place) -> Verdict:  # noqa: PLR0911 - the rule is a list of cases
    plain = place.form in {"report", "work_points"} and not place.after_contrast
    if place.form == "supervision_notice" and CELL_GAP.search(lx.REMEDY.sub("", view)):
        return verdict("problem", "0.8", say("extraction.review_part"), say("extraction.gap"))
    if place.after_contrast and (_BUT_NOT.search(view) or lx.LACK.search(view)):
        return verdict("problem", "0.8", say("extraction.review_part"), say("extraction.gap"))
    if has_gap(view) and (not plain or (HARD_GAP.search(view) and not lx.ACTION.match(view))):
        return verdict("problem", "0.85", say("extraction.review_part"), say("extraction.gap"))
    if (
        place.form == "speech"
        and lx.PRINCIPLE.search(view)
        and not (lx.PAST.search(view) or DIGIT.search(view) or re.search(r"提升|增强|完成", view))
        and len(view) < 45
    ):
        return verdict("principle", "0.5", say("extraction.principle"))
    if place.form == "speech" and _ASKS.match(view):
        return in_plan(view, place)
    if place.form == "supervision_notice" and (_DEMANDS.match(view) or _asked_by_name(view)):
        return in_plan(view, replace(place, part="plan"))
    return verdict("achievement", "0.9", say("extraction.review_part"))
