"""The plan part: what is asked, hoped for, held to, or only said; and the entries of lists."""

from __future__ import annotations

import re
from typing import Final

from luoshi.domain.base import say
from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.duties import weigh
from luoshi.domain.extraction.models import Strength
from luoshi.domain.extraction.predicates import DIGIT, has_gap, is_metric, strength_of
from luoshi.domain.extraction.reasons import FORMULAS, OBLIGED
from luoshi.domain.extraction.responsible import predicate_of
from luoshi.domain.extraction.verdicts import VIEW, Place, Verdict, verdict

OPENS_MEETING: Final = re.compile(r"(?:今天|这次|此次|本次)|(?:会议的?)?主要任务是")
_SANCTION: Final = re.compile(
    r"(?:因|凡|违反|未)[^,。]{2,40}的[^,。]{0,30}(?:追究|扣发|扣罚|扣减|取消|处罚|处分|问责)|(?![^,。]{0,20}(?:要|须|必须))[^,。]{3,60}的(?:单位|干部|个人|同志|乡镇|村|企业|责任人|人员)?,[^。]{0,40}(?:约谈|问责|追责|追究|通报|处理|处分|扣分|取消|一票否决|表扬|加分|奖励|一查到底|姑息|检讨|说明情况|表态|调离|免职|除名|淘汰|收回|暂停|终止|追回|失信|移送|查封|立案|不得)"
)
HARD_GAP: Final = re.compile(
    r"仍(?!然?(?:要|将))|还(?:不|有|需|须|比较|存在)|尚|偏[低少小弱慢软]|不够|薄弱|滞后|亟|有待|未能|凤毛麟角|松散|不均|迟迟|难以|[入就看停办]难|不到位|断档|跟不上|造假"
)
_FUTURE: Final = re.compile(r"以上|左右|以内|力争|确保|目标|预期|争取")
CELL_GAP: Final = re.compile(
    r"(?:^|[,、;一-鿿])(?:尚未|暂未|仍未|还未|未)(?!来|成年|婚|雨)|没有|滞后|缓慢|偏慢|偏低|不足|不到位|不及|困难|停工|停滞|受阻|卡在|低于|逾期|超期|搁置|不齐|无(?:实质性?)?进展|持平|仍有|尚有|争议|缺口|无法(?!律)|难以|拒不|未能|未(?:兑付|办理|支付|解决)"
)


def in_plan(view: str, place: Place) -> Verdict:  # noqa: C901, PLR0911, PLR0912 - the rule is a list of cases
    """The kind of a clause of the plan part: rule, gap, metric, goal, conviction, else duty."""
    if _ONLY_DAYS.fullmatch(view):
        return verdict("boilerplate", "0.8", say("extraction.no_duty"))
    if _SANCTION.match(view) or _WHO_THAT.match(view):
        return verdict("principle", "0.7", say("extraction.condition"))
    opens = place.form == "speech" and place.position < 0.15 and not place.heading.strip()
    if opens and OPENS_MEETING.match(view):
        return verdict("boilerplate", "0.7", FORMULAS["meeting"])
    if view.endswith("的") and not lx.ACTION.match(view) and _THAT.search(place.heading):
        return verdict("principle", "0.7", say("extraction.condition"))
    strength = strength_of(view)
    if _tells_gap(view, place, strength):
        return verdict("problem", "0.8", say("extraction.gap"))
    if is_metric(view) and (place.part == "plan" or _FUTURE.search(view)):
        return verdict("indicator", "0.85", say("extraction.plan_part"), say("extraction.metric"))
    if ruled := _by_form(view, place):
        return ruled
    if _is_goal(view) or _under_goal(view, place) or (place.targets and _END_STATE.match(view)):
        return verdict("goal", "0.6", say("extraction.plan_part"), say("extraction.goal"))
    if _RULE.search(view) and (not DIGIT.search(view) or _FIXED.match(view)):
        return verdict("principle", "0.6", say("extraction.condition"))
    if _DUE.search(view) and not lx.GUIDANCE.search(view):
        return _duty(view, place, strength)
    thought = _THOUGHT.search(place.heading) is not None and re.search(r"\d", view) is None
    if thought or _is_principle(view):
        return verdict("principle", "0.6", say("extraction.principle"))
    if _opens_speech(view, place) and not _NAMED.search(view):
        return verdict("boilerplate", "0.6", FORMULAS["meeting"])
    if place.lead_in and not _NAMED.match(view):
        return _before_the_list(view, strength)
    return _duty(view, place, strength)


_ONLY_DAYS: Final = re.compile(r"[\d年月日号时分:至到底前初末上下中旬—~-]+")
_WHO_THAT: Final = re.compile(r"谁[^,。]{1,8}谁[^,。]{1,8}(?:,|$)")
_THAT: Final = re.compile(r"情形|情况之一|下列|以下")
# Who is answerable and who pays: always so, nothing to be ticked off.
_RULE: Final = re.compile(
    r"(?:第一|主要|直接)责任人(?:的?(?:职责|责任))?$|^[^,。]{2,16}(?:标准|比例|限额|额度)(?:为|是)|(?:实行|执行)[^,。]{2,40}(?:负责制|责任制)$|^[^,。]{2,40}(?:承担|不再[^,。]{2,20}|追究责任)$|^(?:[^,。]{2,16}(?:后|批准|公布),)?任何(?:单位|个人)[^,。]{0,8}不得|原则上"
)
_WHOLE_GOAL: Final = re.compile(
    r"(?:^| )(?:总体?|奋斗|发展|工作|年度|主要|创建|行动|预期|责任|管控|控制|整治|建设|攻坚)?"
    r"目标(?= |$)"
)
_TITLE_WON: Final = re.compile(r"(?:力争|争取|争创|争当|创建|创成|建成|打造)[^,。;]{2,30}$")
_FIXED: Final = re.compile(r"[^,。]{2,16}(?:标准|比例|限额|额度)(?:为|是)[^,]{1,30}$")
# A day or a rhythm makes a demand of what would otherwise be a conviction.
_DUE: Final = re.compile(
    r"\d[日号]?之?前|[月年]底?之?前|年内|季度|每半?[月周日天年旬]|工作日内|小时内|[上下]半年"
)
_THOUGHT: Final = re.compile(r"指导思想|总体要求|总体思路|工作思路|(?:基本|工作|总体)原则|工作方针")
_NAMED: Final = re.compile(
    r"(?:(?:请|希望)各[^,。]{1,20}|(?:各[^,。]{1,20}|全[县市镇区乡]上下)(?:要|须|应|必须|务必|于\d))"
)


# Among the targets that a sentence announces: an end without a figure.
_END_STATE: Final = re.compile(
    r"(?![^。]*\d)(?:与[^,]{2,14}同步|力争|确保|努力|奋力|率先|如期|初步|全面|基本|进一步)?(?:全面|基本)?(?:建成|建立|形成|实现|达到|成为|创成|打造|迈入|进入|构建|完成|更加|显著|明显)|[^,\d]{4,16}新(?:的)?[一-鿿]{2}$"
    r"|(?![^。]*\d)[^,]{2,20}(?:更加|显著|明显|不断|持续|进一步|大幅)(?:提升|改善|增强|优化|提高|好转|增进|完善|巩固)"
)
# 要坚持…: who says that he must hold to something names no step, unless a figure stands with it.
_HOLDS_TO: Final = re.compile(
    r"[^,。]{0,8}坚持[^,。]{4,30}的原则$|(?:(?:为)?(?:实现|完成|做好)[^,]{2,16},)?(?:我们|全[县市镇区乡省]上下|各级)?(?:要|必须|将)(?:始终|继续|一以贯之)?坚持(?!不懈|开展|每|做好|推进)(?![^。]*\d)"
    r"|(?:我们)?(?:将|要)?(?:认真|全面|深入)?(?:贯彻落实|学习贯彻|全面贯彻|深入贯彻)(?:党的|习近平|党中央|中央)(?![^。]*\d)[^。]{40,}"
    r"|(?:为)?(?:实现|完成)(?:上述|以上|这些|全年|既定)[^,]{0,8}(?:目标|任务),(?![^。]*\d)"
    r"|(?:尤其是|特别是)?(?:党的[^,。]{1,6}大|党中央|中央|国家|国务院|省委|市委)(?![^。]*(?:要|须|我们))[^,。]{0,24}(?:擘画|作出|赋予|吹响|描绘|指明|给予|批准|强化|出台|实施|支持|明确)"
)


def _before_the_list(view: str, strength: Strength | None) -> Verdict:
    """What stands between a main heading and its first sub-heading frames what follows.

    It says how things stand or how to think; a thing to be done has a figure or a verb of work
    in its first part.
    """
    weight = weigh(view)
    if _HELD_FIRST.match(view):
        return verdict("principle", "0.6", say("extraction.lead_in"))
    if _CONCRETE.match(view) and weight.objects:
        return verdict("task", "0.6", say("extraction.plan_part"), say("extraction.deliverable"))
    if weight.acts and (DIGIT.search(view) or weight.acts > weight.professes + weight.states):
        return verdict("task", "0.6", say("extraction.plan_part"), say("extraction.deliverable"))
    if strength in {"must", "should"} or weight.professes or lx.GUIDANCE.search(view):
        return verdict("principle", "0.6", say("extraction.lead_in"))
    return verdict("boilerplate", "0.6", say("extraction.lead_in"))


_HELD_FIRST: Final = re.compile(
    r"(?![^。]*\d)(?:始终|忠实|牢牢|坚决)?(?:坚持|牢固树立|践行|秉持|坚定|立足|树立)(?![^。]*“[^”]{2,12}”(?:行动|工程|责任))"
)
_CONCRETE: Final = re.compile(r"(?:加快)?(?:建设|新建|改造|开工|建成|完成|启动|续建|扩建|编制)")


def _tells_gap(view: str, place: Place, strength: Strength | None) -> bool:
    if not has_gap(view):
        return False
    if place.after_contrast:
        return True
    bare = strength in {None, "encourage"} and not lx.ACTION.match(view)
    return bare and (HARD_GAP.search(view) is not None or place.part == "other")


def _by_form(view: str, place: Place) -> Verdict | None:  # noqa: PLR0911 - the rule is a list of cases
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
    if _CONDITION_LABEL.match(view):
        return verdict("principle", "0.75", say("extraction.condition"))
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


_CONDITION_LABEL: Final = re.compile(r"[^:,。]{0,8}(?:对象|条件|标准|范围|方向|期限|时间|原则):")


def _under_goal(view: str, place: Place) -> bool:
    """Under 总体目标 or 工作目标 a state without a figure and without a step is a goal."""
    view = re.sub(r"^(?:确保|力争|实现)", "", view)
    told = DIGIT.search(view) or strength_of(view) not in {None, "strive"} or _RULE.search(view)
    stood = not weigh(view).acts or _TITLE_WON.match(view) is not None
    return bool(_WHOLE_GOAL.search(place.heading)) and not told and stood


def _is_goal(view: str) -> bool:
    """An end state of the whole unit without a figure, with no step that could be checked."""
    view = re.sub(r"20\d\d年,?", "", view)
    if DIGIT.search(view) or not lx.GOAL.search(view) or len(view) > 150:
        return False
    if view.count("、") > 2 or view.count(",") > 3:
        return False
    if re.match(r"(?:不断|努力|真正|切实)?[让使]", view):
        return True
    weight = weigh(view)
    if weight.objects and weight.acts - weight.professes >= 2:
        return False
    lead = re.match(
        r"(?:我们要?|全[镇县市区乡省](?:上下|各级[^,。]{0,10})?|各级[^,。]{0,12})?(?:都?要)?[^,。]{0,30},?(?:[^,。]{0,20},)?"
        r"(?:奋力|努力|全力|合力|推动|力争|确保|实现)",
        view,
    )
    return lead is not None


def _is_principle(view: str) -> bool:
    """A conviction: guidance by name, or more parts that profess than parts that act."""
    if _HOLDS_TO.match(view):
        return True
    banned = [_BANNED.search(c) is not None for c in re.split(r"[,;]", view)]
    if len(banned) > 1 and all(banned) and not DIGIT.search(view):
        return True
    weight = weigh(view)
    if _NAMED.match(view) and weight.acts:
        return False
    if lx.GUIDANCE.search(view) and (lx.PRINCIPLE.search(view) or not weight.objects):
        return True
    told = (
        lx.PRINCIPLE.search(view) or lx.PRINCIPLE.match(predicate_of(view))
    ) and not DIGIT.search(view)
    if told and (_BAN.match(view) or _SPIRIT.search(view)):
        return True
    return weight.professes > 0 and not weight.duty and re.search(r"\d", view) is None


_BAN: Final = re.compile(
    r"(?:我们|大家)?(?:严禁|杜绝|不允许|不得|[决绝]不(?:允许|能|搞|让|做|当)?|不能)"
)
_BANNED: Final = re.compile(r"不能|不许|不得|不可|[决绝]不|严禁|切忌")
_SPIRIT: Final = re.compile(
    r"(?:心态|姿态|常态|劲头|状态|精神|干劲)[^,。]{0,4},[^。]{0,20}(?:抓好|推进|做好|干好|投入)[^,。]{0,8}(?:工作|事业|落实)"
)


def _duty(view: str, place: Place, strength: Strength | None) -> Verdict:
    """What is left: a task where something can be done and checked, else a result or a slogan."""
    past = re.search(r"已[^,。]{1,12}|同比|获评|荣获", view)
    if past and strength is None and not lx.ACTION.match(view) and view[0] != "对":
        return verdict("achievement", "0.6", say("extraction.past"))
    weight = weigh(view)
    asked = OBLIGED[strength or "should"]
    if strength is not None and (weight.acts or lx.ACTION.search(view)):
        sure = "0.85" if weight.acts > weight.states else "0.7"
        return verdict("task", sure, say("extraction.plan_part"), asked)
    if weight.acts and place.part == "plan" and len(view) >= 5:
        bare = lx.ACTION.match(view) is not None or place.form != "speech"
        sure = "0.85" if bare and weight.acts >= weight.states else "0.6"
        return verdict("task", sure, say("extraction.plan_part"), say("extraction.deliverable"))
    if strength is not None:
        return verdict("task", "0.6", asked)
    return _only_said(view, place)


_FOUND_WELL: Final = re.compile(
    r"(?:情况|总体|整体)[^,。]{0,6}(?:较好|良好|平稳|有序)|[较比]?(?:整洁|好转|重视)|有所(?:提升|改善|好转)"
)
# In a letter, a notice or a plan what stands under a mark is asked, however it is worded.
_TASKED: Final = frozenset({"responsibility_letter", "application_notice"})
_DATED: Final = re.compile(
    r"\d|由[^,。]{2,16}(?:牵头|负责|统[一筹]|具体|承担|组织|办理|实施|兜底|安排|解决)"
)


def _opens_speech(view: str, place: Place) -> bool:
    """Before a speech comes to its first point nobody is asked for anything."""
    early = place.form == "speech" and place.position < 0.15 and not place.path_deep
    return early and not DIGIT.search(view) and not _NAMED.match(view) and not _DUE.search(view)


def _only_said(view: str, place: Place) -> Verdict:
    """No verb of work begins any part: figures, names and manner may still ask."""
    if place.form == "supervision_notice" and _FOUND_WELL.search(view):
        return verdict("achievement", "0.6", say("extraction.past"))
    if place.part != "plan":
        return verdict("boilerplate", "0.55", say("extraction.no_duty"))
    if _DATED.search(view) or _DUE.search(view):
        return verdict("task", "0.6", say("extraction.plan_part"), say("extraction.deliverable"))
    if _AS_NOUN.search(view) and place.path_deep and len(view) < 60:
        return verdict("task", "0.6", say("extraction.plan_part"), say("extraction.deliverable"))
    if _PROMPT.search(view) or (place.form in _TASKED and place.path_deep):
        return verdict("task", "0.5", say("extraction.plan_part"))
    return verdict("boilerplate", "0.55", say("extraction.no_duty"))


# A task told as a noun: 背街小巷整治常态化, 校舍安全改造, 网格员轮训全覆盖.
_AS_NOUN: Final = re.compile(
    r"(?:常态化|全覆盖|清零|“?零(?:容忍|火点|上访|事故)”?|应[一-鿿]尽[一-鿿]|见底|清仓|达标|到位|闭环|整治|改造|建设|创建|治理|修缮|修复|整改|招引|招录|培训|轮训|排查|摸底|普查|验收|普及|扫尾|收尾|攻坚|备案|申报|对接|调研|值守|宣传|防控|管护|监测|演练|征收|征缴|交付|迁建|贯通|投用|投产|扩面|提质|增效|提标|扩围|下沉|提档|转化|改革|转型|融合|共建|共享|互认|互通|移风易俗|倡导|联动|换届|认定|遴选|签约|跟踪|回访|慰问|搬迁|拆除|清理|提升|扩容|升级|评选|推广)"
    r"(?:工程|行动|项目|工作|计划|任务)?$"
)
# How a thing is to be done makes a demand of a clause without a verb of action.
_PROMPT: Final = re.compile(
    r"限时|限期|当场|立即|立刻|马上|及时|逐[一个户条项]|按[时期]|第一时间|尽快|全部|主动|^对[^,。]{2,30},"
)


def classify_entry(clause: str, place: Place) -> Verdict:
    """A numbered entry of a list: a task, unless its form makes it an indicator or a state."""
    view = clause[:VIEW]
    if place.form == "project_ledger":
        return _ledger_entry(view, place.heading)
    if place.form == "assessment_rules":
        scored = re.sub(r"\([^)]*分\)", "", view)
        if re.match(r"(?:全年)?(?:无|不发生|未发生|没有发生|杜绝)", scored):
            return verdict("task", "0.7", say("extraction.entry"))
        if is_metric(scored) or _GROWS_BY.match(scored):
            return verdict("indicator", "0.85", say("extraction.entry"), say("extraction.metric"))
    if only_metrics(view):
        return verdict("indicator", "0.85", say("extraction.entry"), say("extraction.metric"))
    return verdict("task", "0.92", say("extraction.entry"))


_GROWS_BY: Final = re.compile(
    r"[^,;:]{2,24}(?:收入|增速|总额|产值|满意度|指数|覆盖面|比例|比重):?[^,;]{0,8}\d|[^,;]{2,24}(?:达到?|不低于|保持在?)[\d.]+%|[^,;]{2,24}率[^,;]{0,12}\d|[^,;]{2,20}(?:较上年|比上年|同比)?(?:增长|提高|下降)[\d.]+(?:%|个百分点)"
)


def only_metrics(view: str) -> bool:
    """受害率控制在0.9‰以内: every part of the entry is a metric with its value."""
    parts = [part.strip() for part in re.split(r"[,;]", re.sub(r"\([^()]*\)", "", view))]
    parts = [re.sub(r"^(?:确保|力争|实现)", "", part) for part in parts if part]
    return all(is_metric(part) and not lx.ACTION.match(part) for part in parts)


_STEP_AHEAD: Final = re.compile(
    r"月底前|月前|年内|[本下][周月旬]|\d日前|需[一-鿿]|会同|由[^,。]{2,16}(?:负责|牵头|督促|协调)|。[^。]{2,20}(?:要|牵头|负责|督促)"
)
# The name of a stage tells nothing of its own: 签约未落地, 开工未投产(2025年3月开工).
STAGE_NAME: Final = re.compile(r"(?:[一-鿿]{2}未[一-鿿]{2}|在谈|签约|在建)(?:\([^()]{0,16}\))?")


def _ledger_entry(view: str, heading: str) -> Verdict:
    """A project told in one entry: stuck, still to move, or done; its group's heading helps."""
    live = lx.LIVE.search(view)
    if not live and lx.STALLED_GROUP.search(heading):
        return verdict("problem", "0.7", say("extraction.stuck"))
    if not live and lx.DONE_GROUP.search(heading):
        return verdict("achievement", "0.7", say("extraction.done"))
    if lx.STUCK.search(view) and not (live and _STEP_AHEAD.search(view)):
        return verdict("problem", "0.8", say("extraction.stuck"))
    if lx.DONE.search(view) and not live:
        return verdict("achievement", "0.8", say("extraction.done"))
    if live:
        return verdict("task", "0.85", say("extraction.entry"))
    # Without a step ahead an entry tells how the project stands, unless it opens with a verb.
    asked = lx.ACTION.match(view) or strength_of(view) in {"must", "should"}
    stands = lx.PAST.search(view) or not asked
    return verdict("achievement" if stands else "task", "0.6", say("extraction.entry"))


_ENDS_BADLY: Final = re.compile(r"(?:困难|缓慢|滞后|受阻|不畅)$")


def classify_report_cell(clause: str) -> Verdict:
    """A progress cell: an achievement, or a problem where it tells of something not done."""
    view = clause[:VIEW]
    if CELL_GAP.search(lx.REMEDY.sub("", view)) or _ENDS_BADLY.search(view):
        return verdict("problem", "0.9", say("extraction.progress_column"), say("extraction.gap"))
    return verdict("achievement", "0.92", say("extraction.progress_column"))
