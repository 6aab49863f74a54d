"""Responsible parties: labels, brackets, columns, and the subject of a duty, as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.domain.extraction.actors import (
    ACTOR,
    BODY,
    BRACKET,
    DESK,
    GROUP_VERB,
    LEAD_LABEL,
    LIST,
    OFFICE_VERB,
    PERSON,
    PERSON_LABEL,
    READILY,
    SUPPORT_LABEL,
)
from luoshi.domain.text import canon

_ACTOR_NAME: Final = re.compile(ACTOR)

_LABELLED: Final = re.compile(
    rf"(?P<role>{LEAD_LABEL}|{SUPPORT_LABEL}|{PERSON_LABEL})[::]\s*(?P<who>(?:(?![,、][一-鿿]{{2,6}}[::])[^\n。;()|\t]|\([^()\n]{{1,16}}\)){{1,400}})"
)
# A bracket that holds nothing but assignment; it is apparatus and never part of the item.
APPARATUS: Final = re.compile(
    rf"\((?:{LEAD_LABEL}|{SUPPORT_LABEL}|{PERSON_LABEL})[::](?:[^()\n。]|\([^()\n]{{1,16}}\)){{1,400}}\)"
    r"|\(?(?:(?<=\()|(?<=[。;,]))?"
    rf"(?:{LEAD_LABEL}|{SUPPORT_LABEL}|{PERSON_LABEL})[::][^\n。;]{{1,400}}"
    r"|\([^()\n]{2,60}?(?:牵头|负责|配合|统筹|承办|组织实施)(?:[,、;][^()\n]{0,60})?\)"
    r"|\([^()\n]{0,30}\([^()\n]{1,16}\)[^()\n]{0,60}?(?:牵头|负责)(?:[,、;][^()\n]{0,60})?\)"
    r"|(?:(?:计划)?(?:完成|办结|整改)?(?:时限|期限)(?:要求)?|(?:计划)?(?:完成|办结)时间|时间(?:要求|节点))[::][^\n。;]{1,60}"
)
_INNER: Final = re.compile(
    r"\((?:由)?(?P<lead>(?:[^()\n,;]|\([^()\n]{1,16}\)){2,80}?)(?P<verb>共同)?(?:牵头|负责|统筹|承办|组织实施)"
    r"(?:[,、;](?P<support>(?:[^()\n,;]|\([^()\n]{1,16}\)){2,60}?)(?:配合|参与|协助))?(?:[,、;][^()\n]{0,60})?\)"
)
_BY: Final = re.compile(
    rf"由(?P<lead>{LIST}?)(?:共同|统一|具体|分别)?(?:牵头|负责|负总责|全程监督|监督|组织实施|组织(?!部|办|科|处|委)|承担|主办|承办|落实|实施|会同|跟踪|督办|协调|推进|汇总)"
    rf"(?:[,、]?(?P<support>{LIST}?)(?:配合|协助|参与|协办|具体(?:负责|落实|实施|承办)|抓(?:好)?落实))?"
)
_WITH: Final = re.compile(
    rf"(?:会同|联合(?!社|体|会|国))(?P<who>{LIST}?)(?=于|每|按|定期|及时|完成|组织(?!部|办|科)|开展|制定|对|落实|在|组[建成]|进行|实施|成立|督促|指导|赴|做好|研究|共同|建立|排查|抓好|加强|推进|提出|保障|共同|统筹|协调|整治|打击|检查|核查|严|加快|,|。|;|\d|$)"
)
_HELPS: Final = re.compile(
    rf"(?:牵头|负责)[,、;](?P<who>{LIST}?)(?:配合|协助|参与|协办)(?=[,。;、)]|$)"
)
_BY_WHOM: Final = re.compile(
    rf"由(?!于)(?P<who>[一-鿿、]{{1,24}}?(?:{BODY}|{PERSON}))(?=组织(?!部|办|科|处|委)|根据|按照|结合|修改|邀请|督促|开展|办理|协调|跟进|实施|研究|提出|制定|审核|汇总|做好|完成|统筹|对接|带队|包[抓保联]|融资|解决|承担|筹[集措]|兜底|会同|具体|统一|予以|出面|任(?:组长|专班|指挥)|对|于|在|\d)"
)
_NEED: Final = re.compile(
    rf"(?:需|需要|请)(?P<who>{LIST}?)(?:配合|协助|支持|牵头|尽快|于\d|\d{{1,2}}月)"
)
_DOES: Final = re.compile(
    rf"(?:^|[,。;:!])(?P<who>{LIST}?)(?:负责(?![人同制的]|、社会)|牵头(?!人|单位|领导|部门|的)|为第一责任人|是第一责任人|是(?:主要|直接)责任人|为责任单位|分头|具体(?:负责|抓)|负总责|总负责|亲自抓|任(?:组长|指挥长|专班))"
)
_MODAL: Final = (
    r"(?:(?<![主需重必只不])要(?![素求点闻件义害道塞职事领目]|紧(?![盯扣跟抓密贴紧]))|须|应当|应|必须|务必|需要|需|务须|均要|都要|也要|一律|不得|负责(?![人同])|牵头|会同|(?<![低高少多大小晚早])于\d|在\d|迅速|结合|要于|负有|"
    r"带头|带队|高度重视|认真|切实|抓紧|尽快|及时|立即|主动|按照|(?:为|是)(?=[^,。]{0,24}(?:责任人|责任单位|总?牵头单位|责任主体))|将(?!军)|对(?=[^,。]{2,24}(?:负(?:总|全面|主体|首要|直接|领导)*责|要|须|应))|根据|与(?=[^,。]{2,60}签[订定])|每(?:季|月|周|半|旬|日|天|年|两|人|名)|年底|年内|全年|按[季月周年]|\d{1,2}月|20\d\d年|正月|一季度|二季度|三季度|四季度|上半年|下半年|春节前|提前)"
)
_WHEN: Final = (
    r"(?:(?:会后|下一步|今年|[上下]半年|下阶段|同时|此外|另外|今后|年底前|年内|"
    r"从现在起|即日起|下步|\d{1,2}月[\d底日前中上下旬]{1,5}|每(?:年|季度|月|周[一二三四五六日天]?|旬)(?:末月?|底|初)?(?:\d{1,2}[日号]之?前)?|20\d\d年[^,]{0,8}),?)?"
)
_WHEN_FIRST: Final = re.compile(_WHEN)
_MODALS: Final = re.compile(_MODAL)
_POSTS: Final = re.compile(
    r"(?:党委|党工委|党组|县委|市委|镇委|常务|政法|组织|宣传|统战|武装|纪委)?(?:委员|常委|副书记|成员|书记|部长|副镇长|副县长|副主任)$"
)
_SECOND_POST: Final = re.compile(
    r"(?:(?:常务|专职)?副?(?:镇长|乡长|县长|市长|区长|主任|主席|部长|书记|局长)|政法委员|组织委员|宣传委员|统战委员|纪委书记|武装部长|人大主席|"
    r"人武部部长)"
)
# One body at several levels: 市、县人民政府 is one name.
_LEVEL: Final = re.compile(r"^(?:所在|有关|相关|各)?[省市县区乡镇]$")
_LEVEL_BODY: Final = re.compile(
    r"[市县区乡镇](?:\([^()]{1,6}\))?(?:[省市县区乡镇]|人民)?(?:政府|党委|各?级|部门)"
)
_NOT_ACTOR: Final = re.compile(
    r"我们|我[县市镇省区村乡]|大家|[这那此]|其(?!他|余)|^各$|^(?:由|会同|一是|工作(?![站组队]|专班)|项目(?!中心|办|部|组|业主|单位)|方面|重点|全面|本|同时|通过|对|把|将|以|在|为|继续|坚持|加强|推进(?!办|组|专班|中心)|按|"
    r"的|要|确保|根据|围绕|实施(?!单位|主体)|推动|开展|加快|完善|建设(?!局|办|委|所|站|部门|单位|公司|集团|厅|科|中心)|落实(?!单位|部门)|强化|建立|完成|深化|抓好|做好|严格|有效|积极|大力|全面|切实|加大|支持|提高|降低|促进(?!局|中心|会|办)|引导|鼓励|明确|指定|安排|确定|成立|各项(?!目)|各类|各种|各自|各方面|各领域|每|发挥|依托|督促|指导|协助|新建)|"
    r"[了的着]|[一-鿿](?:表|册|材料|方案|信息|数据|报告|清单|台账|名单|总结|计划|经费|资金|档案|稿)$|(?<=[一-鿿])(?<![主重需首])要[一-鿿]|厕所|问题|任务|情况|管理(?!局|办|委|所|站|部|处|科|股|中心|单位|区|服务|队|大队|支队|公司|总|者|人员|机构|员)|责任制|目标|事项|谁|[一-鿿]由[一-鿿]|[一-鿿]{2}对(?![外口])"
)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is named: everyone in text order, and the split that labels give."""

    all: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()


class _Collector:
    """Gathers names with their offsets; a name inside one already taken is not taken again."""

    def __init__(self) -> None:
        self.names: dict[str, tuple[int, str]] = {}

    def add(self, names: list[str], at: int, role: str) -> None:
        """Keep names in order, each once."""
        for n, name in enumerate(names):
            self.names.setdefault(name, (at * 64 + n, role))

    def parties(self) -> Parties:
        """Everyone, in the order of the text."""
        order = sorted(self.names, key=lambda name: self.names[name][0])

        def having(role: str) -> tuple[str, ...]:
            return tuple(name for name in order if self.names[name][1] == role)

        return Parties(tuple(order), having("lead"), having("support"), having("leader"))


def split_names(names: str, *, people: bool = False) -> list[str]:
    """Split a list of units or people at 、，； and blanks, not inside brackets.

    Two posts of one person ("党委委员、副镇长") stay one name.
    """
    parts: list[str] = []
    depth, begin = 0, 0
    for k, sign in enumerate(names):
        if sign in "(（":
            depth += 1
        elif sign in ")）":
            depth = max(0, depth - 1)
        elif not depth and sign in "、,，;； \t\n　/":
            parts.append(names[begin:k])
            begin = k + 1
    parts.append(names[begin:])
    kept: list[str] = []
    for part in parts:
        name = re.sub(r"(?:等(?:单位|部门)?|及有关单位)$", "", part.strip(" 。.:：|"))
        if not name or len(name) > 40:
            continue
        if kept and _LEVEL.search(kept[-1]) and _LEVEL_BODY.match(name):
            kept[-1] = f"{kept[-1]}、{name}"
            continue
        joins = kept and _POSTS.search(kept[-1]) and _SECOND_POST.match(name)
        if joins and (people or kept[-1].endswith(("委员", "常委", "成员"))):
            kept[-1] = f"{kept[-1]}、{name}"
        else:
            kept.append(name)
    return kept


def _and(names: list[str]) -> list[str]:
    """Split at 和 and 与 where both sides look like actors (农业农村办和驻村工作队)."""
    result: list[str] = []
    for name in names:
        match = re.match(
            rf"(.{{2,}}?(?:{BODY}|{PERSON}|各[一-鿿]+))(?:和|与|及|以及)(.{{2,}})$", name
        )
        if match and re.search(rf"(?:{BODY}|{PERSON})(?:[)）])?$", match[2]):
            result += [match[1], match[2]]
        else:
            result.append(name)
    return result


def _role(label: str) -> str:
    if re.match(SUPPORT_LABEL, label):
        return "support"
    return "leader" if re.match(rf"{PERSON_LABEL}$", label) else "lead"


def labelled(
    text: str, original: str, start: int, end: int
) -> Iterator[tuple[int, list[str], str]]:
    """Names after a label (牵头单位：…) or in an assignment bracket (X负责), with their role."""
    for match in _LABELLED.finditer(text, start, end):
        role = _role(match["role"])
        a, b = match.span("who")
        yield a, split_names(original[a:b], people=role == "leader"), role
    for match in _INNER.finditer(text, start, end):
        a, b = match.span("lead")
        told = re.sub("会同|联合", "、", original[a:b])
        names = [n.removeprefix("由") for n in split_names(told)]
        yield a, names, "lead"
        if match["support"]:
            a, b = match.span("support")
            yield a, split_names(original[a:b]), "support"


def _spoken(text: str, original: str, start: int, end: int) -> Iterator[tuple[int, list[str], str]]:
    """Names in the sentence itself: 由X牵头, X会同Y, 需X配合, X负责."""
    clause, shift = text[start:end], start
    for pattern, role in _SPOKEN:
        for match in pattern.finditer(clause):
            who = "lead" if pattern is _BY else "who"
            a, b = match.span(who)
            a, b = a + shift, b + shift
            told = re.sub(r"(?<![主需重必])(?:要|须|应|将|必须|务必)$", "", original[a:b])
            told = _ASKING.sub("", told)
            names = [n for n in _and(split_names(told)) if _is_actor(n)]
            if pattern in _BY_FORM or match.group().startswith("联合"):
                names = [n for n in names if _ACTOR_NAME.fullmatch(canon(n))]
            if names:
                yield a, names, role
            if pattern is _BY and match["support"]:
                a, b = (at + shift for at in match.span("support"))
                yield a, [n for n in split_names(original[a:b]) if _is_actor(n)], "support"


# Where only the words around it tell that something acts, it must look like an actor.
_BY_FORM: Final = frozenset({_DOES, _NEED, _HELPS})
_NAMED_BY: Final = re.compile(r"(?:被|有关|相关|存在|未完成|滞后)[^,。的]{0,8}的[一-鿿]{1,3}$")
_SPOKEN: Final = (
    (_BY, "lead"),
    (_BY_WHOM, "lead"),
    (_WITH, "support"),
    (_HELPS, "support"),
    (_NEED, "support"),
    (_DOES, "lead"),
)


def _is_actor(name: str) -> bool:
    if not 1 < len(name) <= 30 or _VERB_LED.match(name):
        return False
    return _NAMED_BY.match(name) is not None or _NOT_ACTOR.search(name) is None


_THING_DONE: Final = re.compile(
    r"(?:于|在)?(?:20\d\d年|\d{1,2}月|年底|年内|[一二三四]季度|[上下]半年|春节|国庆)[^,。;一-鿿]{0,3}(?:[日底前份内末中上下旬]|之前){0,3}(?:全面|正式|基本|全部|主体|建成)?(?:建成|投用|投产|开工|完工|竣工|通车|投入|运营|交付|启用|封顶|挂牌|开园|开业|达产|试运行)(?:达[产效标])?(?=[,。;()\s]|$|运营|使用|投[产用入])"
)


def _subject(text: str, original: str, start: int, end: int) -> tuple[list[str], str, int]:
    """The subject of a duty, its modal, and where its predicate begins; [] where none is named."""
    lead = _WHEN_FIRST.match(text, start, end)
    begin = lead.end() if lead else start
    begin += text[begin : begin + 1] == "("
    for modal in _MODALS.finditer(text, begin, min(end, begin + 70)):
        if _THING_DONE.match(text, modal.start(), end):
            break  # 新园区8月底前投用: what is to stand there does nothing itself
        who = text[begin : modal.start()]
        if re.search(r"[,。;:!?\n]", who):
            break
        told = _ASKING.sub("", original[begin : modal.start()])
        names = _and(split_names(_AFTERWARDS.sub("", told)))
        if told.endswith(("等部门", "等单位")) and all(2 <= len(n) <= 8 for n in names):
            return names, modal.group(), modal.end()
        if names and all(
            _is_actor(n) and _ACTOR_NAME.fullmatch(canon(n.rpartition("、")[2])) for n in names
        ):
            return names, modal.group(), modal.end()
    names, stop = _each(text, original, begin, end)
    return names, "each", stop


def _each(text: str, original: str, start: int, end: int) -> tuple[list[str], int]:
    """各县区、园区引进…: a subject that names its kind needs no modal before a verb of work.

    Nor does an office before what only an office does (镇爱卫办组织检查验收).
    """
    match = _EACH.match(text, start, min(end, start + 60)) or _OFFICE.match(
        text, start, min(end, start + 60)
    )
    if match is None:
        return [], start
    names = _and(split_names(_ASKING.sub("", original[match.start("who") : match.end("who")])))
    return (names, match.end()) if all(_is_actor(name) for name in names) else ([], start)


def subject(text: str, original: str, start: int, end: int) -> list[str]:
    """The grammatical subject of a duty (各村、各部门 … 要), split; [] where none is named."""
    return _subject(text, original, start, end)[0]


def predicate_of(view: str) -> str:
    """A clause without the actor that it names as its subject; "" where it names none."""
    names, modal, stop = _subject(view, view, 0, len(view))
    if names and (joins := re.match("会同|联合", view[stop - 2 * (modal == "会同") :])):
        stop += joins.end() - 2 * (modal == "会同")
        partner = _PARTNER.match(view, stop)
        stop = partner.end() if partner else stop
    if names and modal in {"按照", "根据", "结合", "按"}:
        manner = _AS_TOLD.match(view, stop)
        stop = manner.end() if manner else stop
    return view[stop:].lstrip() if names else ""


_AS_TOLD: Final = re.compile(
    r"[^,。;]{0,16}?(?=做好|抓好|落实|开展|推进|组织|制定|完成|加强|履行|报送|承担)"
)
_ONE: Final = (
    r"[一-鿿]{2,12}?(?:委|办公室|办|局|厅|部门|部|院|所|站|中心|队|政府|公司|学校|村|社区)"
)
_PARTNER: Final = re.compile(rf"{_ONE}(?:[、和]{_ONE}){{0,5}}")


def _subjects(text: str, original: str, start: int, end: int) -> Iterator[tuple[int, list[str]]]:
    """The subject of the first part that has one, and of every later part with its own duty.

    A later part or sentence needs a plain 要, 须, 负责, 每月, or a subject that nobody takes for
    an object (各村).
    """
    names = subject(text, original, start, end)
    if names:
        yield start, names
    for match in re.finditer(r"[,。;] *", text[start : min(end, start + 240)]):
        at = start + match.end()
        names, modal, _ = _subject(text, original, at, end)
        if names and (modal in _PLAIN or modal[0] in "每于" or _SOLE.search(names[0])):
            yield at, names


# No name begins with a verb or an adverb that no office bears in its name, or holds a figure.
_VERB_LED: Final = re.compile(
    r"组织(?![部委办科室人])|充分|坚决|持续|密切|深入|集中|直面|力争|确保|探索|打造|构建|尽心|申报(?!主体|单位|企业|人)|争取|认真|新增|改造|提升|健全|扩大|拓展|"
    r"盘活|培育|引进|招引|聚焦|聚力|着力|扎实|稳步|有序|合理|科学地|配合|带动|推广|搭建|设立|打通|打击|打好|守[住土牢]|不断|不[一-鿿]|逐步|努力|凝聚|弘扬|履行|"
    r"严守|使|进一步|继续|更加|主动|自觉|切实|共同|动员|号召|学习|贯彻|坚定|牢固|树立|增强|有人|检修|购置|维修|[^A-Za-z\d]{0,20}\d(?!\d{2,4}[^\d]{0,6}(?:热线|中心|平台|指挥))"
)
_SOLE: Final = re.compile(r"^(?:各|全[县市镇区乡])|(?:负责人|责任人)$")
_ASKING: Final = re.compile(r"^(?:请|希望|要求|需要?(?!求))(?=各|[一-鿿]{2,})")
# 各乡镇初审后于…: what comes first is no part of the name.
_AFTERWARDS: Final = re.compile(
    r"(?<=[镇乡村区县市门位局办委府])(?!镇|村)(?:[一-鿿]{2,4}后)$|(?:全面|具体|统一|直接|共同|总体|分别|均)$"
)
_EACH: Final = re.compile(
    rf"(?:请|希望|要求)?(?P<who>各(?:级[一-鿿]{{0,6}}|[一-鿿]{{0,8}}?(?:{BODY}|{PERSON}|县区|区县|镇街|乡镇|园区){BRACKET}"
    rf"(?:(?<=\))[一-鿿]{{2,10}}?(?:委|局|办|所|站|部门|政府))?)"
    rf"(?:[、和及][一-鿿]{{0,8}}?(?:{BODY}|{PERSON}))*)(?={READILY}?{GROUP_VERB})"
)
_OFFICE: Final = re.compile(
    rf"(?P<who>甲方|乙方|丙方|[一-鿿]{{1,10}}?{DESK}(?:[、和及与](?:[一-鿿]{{1,10}}?{DESK}|各[一-鿿]{{0,4}}?(?:村|社区|乡镇|镇街|街道|单位|部门))){{0,6}})"
    rf"(?={READILY}?{OFFICE_VERB})"
)
_PLAIN: Final = frozenset(
    {
        "each",
        "要",
        "须",
        "应",
        "应当",
        "必须",
        "务必",
        "负责",
        "需",
        "牵头",
        "均要",
        "都要",
        "带队",
        "会同",
    }
)


# 镇派出所:负责…: who is named before a colon does what follows it.
_HEADED: Final = re.compile(
    rf"(?!{LEAD_LABEL}|{SUPPORT_LABEL}|{PERSON_LABEL})(?P<who>[一-鿿]{{1,14}}?{BODY}):"
    rf"(?={READILY}?(?:负责|牵头|承担|组织(?![部委办科])|抓|做好|落实|统筹|协调|指导|督促|履行|制定|开展|加强))"
)


def read_parties(text: str, original: str, spans: list[tuple[int, int]], *, duty: bool) -> Parties:
    """Everyone named for an item: in its spans, and as its subject where it is a duty."""
    collector = _Collector()
    for start, end in spans:
        for at, names, role in labelled(text, original, start, end):
            collector.add(names, at, role)
        for at, names, role in _spoken(text, original, start, end):
            collector.add(names, at, role)
        if duty:
            if headed := _HEADED.match(text, start, end):
                at = headed.start("who")
                collector.add(split_names(original[at : headed.end("who")]), at, "lead")
            for at, names in _subjects(text, original, start, end):
                collector.add(names, at, "lead")
    return collector.parties()
