"""What a clause of the plan part asks: its parts between commas act, profess or describe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from luoshi.domain.extraction import lexicon as lx
from luoshi.domain.extraction.responsible import predicate_of

# What may stand before the verb of a part: a time, a modal, an actor that speaks of itself.
_BEFORE_VERB: Final = re.compile(
    r"(?:(?:今年|全年|明年|年内|年底前|下一步|同时|此外|另外|一方面|另一方面|其中|会后|\d{1,2}月[底份前中]*),?)?"
    r"(?:我们|大家|全[镇县市区乡省州]上下|(?:各[一-鿿、()]{1,20}?|全体[一-鿿]{2,6}|[一-鿿]{0,6}(?:干部|党员|同志|班子|委员|代表))(?=都?(?:(?<![主需重首])要|须|必须|务必)))?(?:还|也|都|更|就|再)?(?:要|必须|务必|将|须|应当?|需)?(?:(?:继续|进一步|更加|始终|坚定不移地?|一如既往地?|及时|主动|认真|逐步|坚决|全力|着力|大力|努力|常态化|适当|适度|适时|稳妥|稳慎|科学|合理|精准|分[类级批期层]|有序|高效|从[严快]|统一|率先|同步|协同|联动|新|重点|优先|高(?:标准|水平|质量)|深度|系统|集中|规范|灵活|定期|广泛|用[心情]|多(?:渠道|形式|方式)|全(?:方位|链条|过程|域|程|员)|牢牢|力争|争取|奋力|成功|有效|精心|自觉|妥善|动态|尽快|加速|紧紧|持之以恒|驰而不息|千方百计|大规模|多形式|宽领域|深层次|广覆盖|多措并举|全力以赴|有力|联合|共同|真正|超额|圆满|至少|严密|严厉|因地制宜|分别|不断|充分|基本|狠|深入|持续|积极|扎实|切实|强力|倾力|广|更好地?|更加注重)、?){0,3}地?"
)
# To profess: verbs of conviction, and objects that nobody can inspect.
_PROFESSES: Final = re.compile(
    r"^(?:坚持(?!不懈|开展)|坚定|坚信|反对|不搞|提高(?:政治)?(?:站位|认识)|扛[起稳牢]|当好|把[^,]{0,6}(?:心思|精力|功夫|心血)|(?:多|少)[想问讲比]|牢固|牢记|牢牢(?!守|抓|兜)|树[牢立]|高举|克服[^,]{0,10}(?:思想|心理|情绪)|摒弃|始终|胸怀|带着[^,]{0,4}(?:感情|责任|真情|温度)|深刻|(?:时刻)?绷紧|切实增强|自觉(?!接受)|拥护|捍卫|恪守|严守|敬畏|不忘|传承(?!发展|保护|创新)|弘扬|发扬|秉持|秉承|站稳|永葆|保持|"
    r"做到(?=“|[一二两三四五六七八九]个|心中|思想|政治|忠诚|知行|绝对)|顺势|乘势|学好用好|认识|正视|统一思想|解放思想|提高站位|对应|对准|把[^,]{2,30}(?:作为|当[成作]|摆在|放在|挺在|贯穿|融入|刻在|记在|装在)|以[^,]{2,30}(?:换取|赢得|践行|诠释|展现))"
    r"|(?:意识|自信|信念|(?<!消费)(?<!市场)(?<!投资)(?<!企业)(?<!发展)信心|定力|思想|理念|精神|认识|境界|情怀|本色|觉悟|站位|品格|自觉性?|[闯干韧拼]劲|劲头|责任感|使命感|紧迫感|忠诚|初心|胸襟|勇气|决心|政绩观|根本指针|终身课题|不竭动力)$"
)
# Manner and purpose carry no weight of their own: 以X为抓手, 围绕X, 按照X, 确保X.
_MANNER: Final = re.compile(
    r"^(?:做到|(?:形成|凝聚|营造|汇聚)[^,]{0,24}(?:合力|氛围|环境|格局|局面|机制)$|以[^,]{2,40}为|围绕|按照|聚焦|紧[扣盯贴]|立足|瞄准|针对|着眼|依托|通过|结合|本着|遵循|根据|为[^,]{2,30}(?:提供|奠定|作出|打下))"
)
_OBJECT_DONE: Final = re.compile(
    r"清单|台账|方案|机制|项目|工程|专班|责任制|报送|开展|建立|制定|编制|出台|建设|打造|培育|实施|机构|平台|园区|示范|改造|新建|整治|排查|服务|政策|产业|基地|体系|制度|行动|监管|培训|规划|清理|打击|化解|纠纷|普法"
)
# A part that begins with a verb-object pair of daily work, though not with a word of the list.
VERB_FIRST: Final = re.compile(
    r"(?:[抓建办管用守防治查改补强打拓育引招修通种养植护减增降压稳保促推聚激释汇搭筑织铺架拆清创申报签对联走访帮扶救发送评选"
    r"学听看谋定列盘调配派轮考问追纠限禁停关退转换融带拉吸争抢迎接组参购投贷免奖惠兜把将夯搞开攻擦放绘让]"
    r"|突出|形成|维护|提供|采取|贯彻|协调|覆盖|满足|运用|面向|注重|破解|认定|严控|厚植|力促|培养|消除|营造|缓解|筹[集措备建]|安[排装置]|履行|集聚|执行|净增"
    r"|腾退|摸[清排底]|锁定|提[出交请供取]|张贴|悬挂|铺设|敷设|植树|硬化|亮化|绿化|美化|净化|维[修护]|抽查|比对|采[购集取]|租赁|印[发制]|登记|拨付|兑[现付]|缴纳|扑灭|撤[并销]"
    r"|划[定拨]|起草|约谈|劝[返导]|捐赠|募集|融资|贴息|充实|聘[请用]|演练|值[守班]|巡[查逻护]|播种|收[割购储集缴]|栽[植种]|灭火|消[杀毒]|疏[浚导]|填[补报]|平整|立[项案]|结[对案]|认[领养]"
    r"|复[耕垦绿]|加[密大强快深]|制[订作]|规划|动员|狠抓|壮大|保障|实现|指导|研究|邀请|通报|监督|负责|牵头|参与|征求|衔接|洽谈|约请|委托|签订|审核|核[实查]|收集|征集|录入|更换|购置|配备|统计|公布|公开|树立|挖掘|开发|利用|落细|落地|办理|处置|受理|实行|推行|丰富|畅通|理顺|叫响|接受)[一-鿿“]"
)


# 在X规划建设Y, 将X延伸至Y, and in the plan part also what is to stand there: X建成运营.
# 端午节前完成…, 按季度通报…, 三日内提出…: when or how often says nothing of what is done.
_WHEN_PART: Final = re.compile(
    r"(?:在|于|截至|从[^,]{1,6}至)?[^,。;]{1,10}?(?:之?前|[年月季]?底|年?末|之?内|期间|[上中下]旬|[一二三四]季度|[上下]半年|明春|[日月]起)(?=[^的,])"
    r"|(?:按|逐|每)(?:半|两|一)?个?(?:季度|年|月|周|旬|日|季)(?:末|底)?"
)
_PLACED: Final = re.compile(
    r"[^,]{2,24}?签[订定]|为[^,]{2,24}?(?:建立|提供|办理|发放|配备|购买|开展|安装|免费)|向[^,]{2,16}?(?:报告|反馈|汇报|公示|公布|通报|申请|争取)|(?:在|依托|利用|围绕)[^,]{2,24}?(?:规划|新建|建设|设立|打造|布局|开展|各建|实施|推行|设[卡立置]|巡[查逻护]|值守)[一-鿿]{2}"
)
_TURNED: Final = re.compile(
    r"[将把][^,]{2,30}(?:延伸|整合|纳入|打造成|建成|提高到|列入|转化|下放|改造|列为|提至)"
)
_STANDS_DONE: Final = re.compile(
    r"[^,]{4,40}(?:建成|投[产用]|开工|开业|通车|完工|竣工|挂牌|揭牌|达产|封顶|投入)(?:[投运使][营用行产])?$"
)
_READILY: Final = re.compile(
    r"^(?:共同|协同|联合|分别|适时|定期|不定期|及时|主动|立即|逐[一项户村]|全面|继续|认真|切实)"
)


@dataclass(frozen=True, slots=True)
class Weight:
    """How many parts of a clause act, profess and describe; and whether one names an object."""

    acts: int
    professes: int
    states: int
    objects: bool

    @property
    def duty(self) -> bool:
        """More is to be done than to be believed; at a tie the thing to be made decides."""
        if not self.acts:
            return False
        return self.acts > self.professes or (self.acts == self.professes and self.objects)


def weigh(view: str) -> Weight:
    """Count the parts of a clause (canonical text) by what they do.

    A part acts when it begins with a verb of work after time, actor, modal and adverb; it
    professes when it begins with a verb of conviction or ends in a thing of the mind; manner and
    purpose count for nothing; whatever is left describes.
    """
    acts = professes = states = 0
    objects = False
    for part in re.split(r"[,;:]", view):
        words = part.strip(" “”\"'")
        if len(words) < 3 or (_MANNER.match(words) and not _PROFESSES.search(words)):
            continue
        if (when := _WHEN_PART.match(words)) and len(words) - when.end() > 3:
            words = words[when.end() :]
        lead = _BEFORE_VERB.match(words)
        core = words[lead.end() :] if lead and len(words) - lead.end() > 2 else words
        if _PROFESSES.search(words) or _PROFESSES.search(core):
            professes += 1
        elif lx.ACTION.match(words) or lx.ACTION.match(core) or VERB_FIRST.match(core):
            acts += 1
            objects = objects or _OBJECT_DONE.search(core) is not None
        elif _PLACED.match(core) or _TURNED.match(words) or _STANDS_DONE.search(words):
            acts += 1
            objects = True
        elif done := _READILY.sub("", predicate_of(words), count=1):
            believed = _PROFESSES.search(done) is not None
            acting = lx.ACTION.match(done) or VERB_FIRST.match(done) or _PLACED.match(done)
            professes += believed
            acts += bool(acting) and not believed
            states += not (acting or believed)
            objects = objects or (bool(acting) and _OBJECT_DONE.search(done) is not None)
        else:
            states += 1
    return Weight(acts, professes, states, objects)
