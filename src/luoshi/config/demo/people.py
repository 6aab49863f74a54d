"""The people of three levels and the posts they hold; every name is invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from luoshi.config.demo.shapes import DemoAccount, DemoPerson, DemoPost, DemoTerm
from luoshi.config.demo.units import FORCE_FROM, FORCE_TO, FOUNDED, SYSTEM, TASK_FORCE, TOWN
from luoshi.domain.access import Role

SINCE = date(2024, 3, 1)
CHANGED = date(2026, 4, 15)  # 经发办主任 becomes 项目中心主任
LEFT_BUILDING = date(2026, 5, 8)  # the planner of 村建办 leaves; the post stays vacant
SECRETARY = f"{TOWN}/党委书记"
MAYOR = f"{TOWN}/镇长"
OFFICE_HEAD = "党政办/主任"
VACANT = (f"{TOWN}/副镇长（文教卫生）", "村建办/规划岗")

Row = tuple[str, str, Role, str, str]
LEADERS: tuple[Row, ...] = (
    (TOWN, "党委书记", "leader", "周懋林", "zhoumaolin"),
    (TOWN, "镇长", "leader", "卢晓岚", "luxiaolan"),
    (TOWN, "人大主席", "leader", "邵长河", "shaochanghe"),
    (TOWN, "党委副书记、政法委员", "leader", "尹承志", "yinchengzhi"),
    (TOWN, "纪委书记", "leader", "闻静秋", "wenjingqiu"),
    (TOWN, "常务副镇长", "leader", "顾明川", "gumingchuan"),
    (TOWN, "组织委员", "leader", "宋雨禾", "songyuhe"),
    (TOWN, "宣传统战委员", "leader", "蓝青竹", "lanqingzhu"),
    (TOWN, "武装部部长", "leader", "石大勇", "shidayong"),
    (TOWN, "副镇长（工业）", "leader", "钟立行", "zhonglixing"),
    (TOWN, "副镇长（农业农村）", "leader", "陶春生", "taochunsheng"),
    (TOWN, "副镇长（城建）", "leader", "骆建坪", "luojianping"),
    (TOWN, "科技副镇长", "leader", "郁思衡", "yusiheng"),
)
OFFICES: tuple[Row, ...] = (
    ("党政办", "主任", "town_office", "雷振声", "leizhensheng"),
    ("党政办", "副主任（督办）", "town_office", "苏亦舟", "suyizhou"),
    ("党政办", "督办岗", "town_office", "康小棠", "kangxiaotang"),
    ("党政办", "文秘岗", "town_office", "傅一鸣", "fuyiming"),
    ("党建办", "主任", "unit_head", "薛映雪", "xueyingxue"),
    ("党建办", "组织干事", "staff", "廖星辰", "liaoxingchen"),
    ("党建办", "村级事务岗", "staff", "段玉珂", "duanyuke"),
    ("经发办", "主任", "unit_head", "丁海岳", "dinghaiyue"),
    ("经发办", "副主任", "staff", "苗兰舒", "miaolanshu"),
    ("经发办", "工业统计岗", "staff", "季文博", "jiwenbo"),
    ("经发办", "科技岗", "staff", "汤若水", "tangruoshui"),
    ("项目中心", "主任", "unit_head", "章文斌", "zhangwenbin"),
    ("项目中心", "招商岗", "staff", "樊子谦", "fanziqian"),
    ("项目中心", "项目调度岗", "staff", "倪书瑶", "nishuyao"),
    ("农业农村办", "主任", "unit_head", "庞立秋", "pangliqiu"),
    ("农业农村办", "农田水利岗", "staff", "郝田宇", "haotianyu"),
    ("农业农村办", "乡村建设岗", "staff", "单小禾", "shanxiaohe"),
    ("村建办", "主任", "unit_head", "柯伟东", "keweidong"),
    ("村建办", "工程岗", "staff", "俞大江", "yudajiang"),
    ("村建办", "规划岗", "staff", "詹小满", "zhanxiaoman"),
    ("社会事务办", "主任", "unit_head", "穆晚晴", "muwanqing"),
    ("社会事务办", "民政岗", "staff", "滕可欣", "tengkexin"),
    ("社会事务办", "教育卫生岗", "staff", "尚知行", "shangzhixing"),
    ("平安办", "主任", "unit_head", "聂铁山", "nietieshan"),
    ("平安办", "调解岗", "staff", "祁和顺", "qiheshun"),
    ("应急办", "主任", "unit_head", "艾国峰", "aiguofeng"),
    ("应急办", "安全监管岗", "staff", "卜永安", "buyongan"),
    ("应急办", "防汛岗", "staff", "江一帆", "jiangyifan"),
    ("财政所", "所长", "unit_head", "简秋实", "jianqiushi"),
    ("财政所", "预算会计", "staff", "连心怡", "lianxinyi"),
    ("便民中心", "主任", "unit_head", "安若彤", "anruotong"),
    ("便民中心", "热线岗", "staff", "杭语嫣", "hangyuyan"),
    ("便民中心", "就业社保岗", "staff", "鲍晓晨", "baoxiaochen"),
    ("综合执法队", "队长", "unit_head", "牛向阳", "niuxiangyang"),
    ("综合执法队", "一中队长", "staff", "屈大鹏", "qudapeng"),
    ("派出所", "所长", "unit_head", "龚剑平", "gongjianping"),
    ("司法所", "所长", "unit_head", "伍明理", "wumingli"),
    ("自然资源所", "所长", "unit_head", "佟青原", "tongqingyuan"),
    ("自然资源所", "用地岗", "staff", "湛清和", "zhanqinghe"),
    ("市场监管所", "所长", "unit_head", "乐正诚", "lezhengcheng"),
    ("卫生院", "院长", "unit_head", "宫丽华", "gonglihua"),
)
VILLAGERS: tuple[Row, ...] = (
    ("榆园社区", "书记", "unit_head", "冉红梅", "ranhongmei"),
    ("榆园社区", "网格员", "staff", "邱可心", "qiukexin"),
    ("河埠社区", "书记", "unit_head", "翟志军", "zhaizhijun"),
    ("河埠社区", "文书", "staff", "盛夏荷", "shengxiahe"),
    ("新桥社区", "书记", "unit_head", "娄建业", "loujianye"),
    ("新桥社区", "网格员", "staff", "竺月明", "zhuyueming"),
    ("柏溪村", "书记", "unit_head", "柏长青", "baichangqing"),
    ("柏溪村", "文书", "staff", "阮采薇", "ruancaiwei"),
    ("沙墩村", "书记", "unit_head", "沙海生", "shahaisheng"),
    ("沙墩村", "文书", "staff", "尤小蕾", "youxiaolei"),
    ("石埠村", "书记", "unit_head", "甘泉涌", "ganquanyong"),
    ("月湾村", "书记", "unit_head", "惠明月", "huimingyue"),
    ("枫塘村", "书记", "unit_head", "秋振岗", "qiuzhengang"),
    ("枫塘村", "文书", "staff", "卞雨荷", "bianyuhe"),
    ("东篱村", "书记", "unit_head", "陶菊香", "taojuxiang"),
    ("西坞村", "书记", "unit_head", "毛祖林", "maozulin"),
    ("鹤滩村", "书记", "unit_head", "于水根", "yushuigen"),
    ("长陂村", "书记", "unit_head", "万长贵", "wanchanggui"),
    ("长陂村", "文书", "staff", "谷小雨", "guxiaoyu"),
    ("岭下村", "书记", "unit_head", "单永福", "shanyongfu"),
    ("鹿鸣村", "书记", "unit_head", "查广林", "zhaguanglin"),
    ("圩田村", "书记", "unit_head", "祝满田", "zhumantian"),
    ("圩田村", "文书", "staff", "单小麦", "shanxiaomai"),
)
COUNTY_PEOPLE: tuple[Row, ...] = (
    ("县督查室", "主任", "county_supervisor", "岳定远", "yuedingyuan"),
    ("县督查室", "督查员一", "county_supervisor", "仇思明", "qiusiming"),
    ("县督查室", "督查员二", "county_supervisor", "晏国平", "yanguoping"),
    ("县审计局", "审计员", "auditor", "臧清源", "zangqingyuan"),
    ("县发改局", "投资股股长", "unit_head", "费长风", "feichangfeng"),
    ("县财政局", "预算股股长", "unit_head", "荀守信", "xunshouxin"),
    ("县农业农村局", "农田股股长", "unit_head", "鲍春庚", "baochungeng"),
    ("县住建局", "村镇股股长", "unit_head", "桑志远", "sangzhiyuan"),
    (SYSTEM, "系统管理员", "system_admin", "辛维康", "xinweikang"),
    (SYSTEM, "安全管理员", "security_admin", "沈亦安", "shenyian"),
    (SYSTEM, "审计管理员", "audit_admin", "闵文静", "minwenjing"),
)
SPARSE_PEOPLE: tuple[Row, ...] = (
    ("望川镇", "党委书记", "leader", "路致远", "luzhiyuan"),
    ("望川镇", "镇长", "leader", "逄晓东", "pangxiaodong"),
    ("望川镇党政办", "主任", "town_office", "边晓月", "bianxiaoyue"),
    ("望川镇经发办", "主任", "unit_head", "巫少云", "wushaoyun"),
    ("望川镇农业农村办", "主任", "unit_head", "计友田", "jiyoutian"),
    ("棠梨村", "书记", "unit_head", "唐满枝", "tangmanzhi"),
    ("大樟村", "书记", "unit_head", "章树根", "zhangshugen"),
    ("浦口社区", "书记", "unit_head", "浦建超", "pujianchao"),
    ("云陂镇", "党委书记", "leader", "洪远帆", "hongyuanfan"),
    ("云陂镇", "镇长", "leader", "袁尚青", "yuanshangqing"),
    ("云陂镇党政办", "主任", "town_office", "印晓璋", "yinxiaozhang"),
    ("云陂镇经发办", "主任", "unit_head", "尚路平", "shangluping"),
    ("云陂镇农业农村办", "主任", "unit_head", "麦秋林", "maiqiulin"),
    ("莲蓬村", "书记", "unit_head", "连志清", "lianzhiqing"),
    ("磨石村", "书记", "unit_head", "莫小刚", "moxiaogang"),
    ("堰头社区", "书记", "unit_head", "颜水平", "yanshuiping"),
)
ROSTER = LEADERS + OFFICES + VILLAGERS + COUNTY_PEOPLE + SPARSE_PEOPLE
SWITCHER = (
    "kangxiaotang",
    "zhoumaolin",
    "luxiaolan",
    "gumingchuan",
    "keweidong",
    "baichangqing",
    "fanziqian",
    "yuedingyuan",
    "zangqingyuan",
    "xinweikang",
)
NO_ACCOUNT = frozenset(  # nobody needs a password to be responsible: the office types for them
    (
        "于水根",
        "单永福",
        "查广林",
        "毛祖林",
        "祝满田",
        "甘泉涌",
        "陶菊香",
        "尤小蕾",
        "连志清",
        "莫小刚",
        "章树根",
    )
)
FORCE_POSTS: tuple[tuple[str, Role, str], ...] = (
    ("专班组长", "unit_head", "骆建坪"),
    ("房屋征收组", "staff", "俞大江"),
    ("资金保障组", "staff", "连心怡"),
    ("村级协调组", "staff", "沙海生"),
)


def posts() -> tuple[DemoPost, ...]:
    """Every post, the vacant ones and those of the task force included."""
    rows = [
        DemoPost(f"{unit}/{title}", unit, title, role, FOUNDED) for unit, title, role, *_ in ROSTER
    ]
    rows.append(DemoPost(VACANT[0], TOWN, "副镇长（文教卫生）", "leader", FOUNDED))
    rows.append(DemoPost("县发改局/项目股干部", "县发改局", "项目股干部", "staff", FOUNDED))
    rows.append(DemoPost("石埠村/第一书记", "石埠村", "第一书记", "staff", FOUNDED))
    rows.extend(
        DemoPost(f"{TASK_FORCE}/{title}", TASK_FORCE, title, role, FORCE_FROM)
        for title, role, _ in FORCE_POSTS
    )
    return tuple(rows)


def people() -> tuple[DemoPerson, ...]:
    """Every person once."""
    return tuple(DemoPerson(name, name) for name in dict.fromkeys(row[3] for row in ROSTER))


def terms() -> tuple[DemoTerm, ...]:
    """Who held which post when: many posts of one person, an acting one, a change, departures."""
    return tuple(_terms())


def _terms() -> Iterator[DemoTerm]:
    day_before = CHANGED.replace(day=CHANGED.day - 1)
    ends = {"经发办/主任": day_before, "项目中心/主任": day_before, "村建办/规划岗": LEFT_BUILDING}
    for unit, title, _role, name, _login in ROSTER:
        post = f"{unit}/{title}"
        if title == "科技副镇长":
            yield DemoTerm(name, post, "seconded", date(2024, 9, 2))
        else:
            yield DemoTerm(name, post, "holder", SINCE, ends.get(post))
    yield DemoTerm("丁海岳", "项目中心/主任", "holder", CHANGED)
    yield DemoTerm("苗兰舒", "经发办/主任", "acting", CHANGED)
    yield DemoTerm("章文斌", "县发改局/项目股干部", "holder", CHANGED)
    yield DemoTerm("段玉珂", "石埠村/第一书记", "seconded", date(2025, 5, 6))
    # While the clerk of civil affairs is on leave, the head of the office does the post's work.
    yield DemoTerm("穆晚晴", "社会事务办/民政岗", "delegate", date(2026, 6, 1), date(2026, 6, 30))
    for title, _role, name in FORCE_POSTS:
        yield DemoTerm(name, f"{TASK_FORCE}/{title}", "holder", FORCE_FROM, FORCE_TO)


def accounts() -> tuple[DemoAccount, ...]:
    """A login for everyone but those for whom the office types."""
    return tuple(
        DemoAccount(login, name, login in SWITCHER)
        for _unit, _title, _role, name, login in ROSTER
        if name not in NO_ACCOUNT
    )
