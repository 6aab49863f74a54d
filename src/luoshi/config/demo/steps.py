"""Step templates by kind of work, and the nodes of a task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from luoshi.config.demo import clock
from luoshi.config.demo.shapes import TODAY, DemoDependency, DemoMilestone, DemoStep, DemoTask
from luoshi.config.demo.tables import rows
from luoshi.config.demo.works import Sprout

BIDDING_LAW = "《中华人民共和国招标投标法》第二十四条：自招标文件开始发出至投标截止不少于二十日"
FOUR_TWO = "四议两公开：决议公告和实施结果公告"

Template = tuple[tuple[str, int, tuple[int, ...], str], ...]
"""Title, share of the time in percent (or fixed working days, negative), steps before, basis."""
TENDER: Template = (
    ("施工图和工程量清单复核", 8, (), ""),
    ("财政投资评审", 8, (0,), ""),
    ("发出招标文件至投标截止", -14, (1,), BIDDING_LAW),
    ("评标和中标公示", -5, (2,), ""),
    ("签订合同、施工准备", 6, (3,), ""),
    ("主体施工", 40, (4,), ""),
    ("附属施工和收尾", 12, (5,), ""),
    ("材料和工序抽检", 30, (4,), ""),
    ("竣工验收", 6, (6, 7), ""),
)
SMALL_WORKS: Template = (
    ("村民代表会议表决、决议公告", -5, (), FOUR_TWO),
    ("询价比选施工队", 10, (0,), ""),
    ("材料进场", 10, (1,), ""),
    ("施工", 50, (2,), ""),
    ("村务监督委员会验收", 8, (3,), ""),
)
TEMPLATES: dict[str, Template] = {
    "招商": (
        ("目标企业筛选", 15, (), ""),
        ("登门拜访和邀请来访", 25, (0,), ""),
        ("条件洽谈", 30, (1,), ""),
        ("协议文本法务审查", 8, (2,), ""),
        ("签约和公司注册", 10, (3,), ""),
    ),
    "企业": (
        ("企业摸底建档", 15, (), ""),
        ("上门辅导补齐材料", 35, (0,), ""),
        ("申报和审核", 25, (1,), ""),
        ("结果公布和回访", 10, (2,), ""),
    ),
    "科创": (
        ("需求和难题征集", 15, (), ""),
        ("院校对接", 20, (0,), ""),
        ("试验和材料准备", 35, (1,), ""),
        ("申报或检测", 15, (2,), ""),
    ),
    "征迁": (
        ("入户调查和权属核对", 15, (), ""),
        ("评估和公示", 20, (0,), ""),
        ("协商签约", 30, (1,), ""),
        ("补偿款发放", 12, (2,), ""),
        ("清表交地", 12, (2,), ""),
    ),
    "农业": (
        ("地块落实和农户签字", 15, (), ""),
        ("物资和机械准备", 15, (), ""),
        ("作业", 50, (0, 1), ""),
        ("自查和申请验收", 12, (2,), ""),
    ),
    "乡村": (
        ("户主会和清单认领", 12, (), ""),
        ("清运整治", 35, (0,), ""),
        ("砌筑绿化", 30, (1,), ""),
        ("自查验收", 10, (2,), ""),
    ),
    "村级": (
        ("方案商议、表决、公告", 20, (), FOUR_TWO),
        ("评估和公开竞租", 30, (0,), ""),
        ("签订合同", 15, (1,), ""),
        ("运营和入账", 20, (2,), ""),
    ),
    "民生": (
        ("对象核实和公示", 20, (), ""),
        ("物资采购和场地准备", 25, (), ""),
        ("实施", 40, (0, 1), ""),
        ("回访和验收", 10, (2,), ""),
    ),
    "平安": (
        ("排查建账", 20, (), ""),
        ("分类处置", 45, (0,), ""),
        ("复查", 15, (1,), ""),
        ("资料归档", 8, (2,), ""),
    ),
    "调解": (
        ("走访当事人、材料归卷", 20, (), ""),
        ("包案领导接访、提出方案", 20, (0,), ""),
        ("调解或鉴定", 40, (1,), ""),
        ("签署协议、回访", 12, (2,), ""),
    ),
    "材料": (
        ("收集和核对", 35, (), ""),
        ("起草", 25, (0,), ""),
        ("审核和报出", 20, (1,), ""),
    ),
}
NODE_WORDS = {
    3: "一季度末：方案、手续和分工到位",
    6: "上半年末：主体任务过半",
    9: "三季度末：主体任务完成，进入收尾",
}
LONG, STEPPED = 75, 40  # days of life from which a task has quarter nodes, or steps


def milestones(sprout: Sprout) -> Iterator[DemoMilestone]:
    """The nodes that the plan names, else the ends of quarters within a long task's life."""
    task = sprout.task
    named = sprout.nodes or tuple(_quarters(sprout))
    for number, (due, title) in enumerate(named, start=1):
        key = f"{task.key}/m{number}"
        yield DemoMilestone(key, task.key, title, due, expected(task.start_on, task.due_on, due))


def _quarters(sprout: Sprout) -> Iterator[tuple[date, str]]:
    task = sprout.task
    if task.due_on is None or task.plan is None or (task.due_on - task.start_on).days < LONG:
        return
    for month, words in NODE_WORDS.items():
        due = date(task.year, month, 31 if month == 3 else 30)
        if task.start_on + timedelta(days=20) <= due <= task.due_on - timedelta(days=15):
            yield due, _measured(sprout, due, words)


def _measured(sprout: Sprout, due: date, words: str) -> str:
    """Where the task counts something, the node says how much; a rate or a growth does not add."""
    task, target = sprout.task, sprout.task.quantity
    if target is None or target.unit in {"", "%"} or target.value < 4:
        return words
    share = expected(task.start_on, task.due_on, due)
    part = (target.value * share / 100).quantize(target.value)
    return f"{words.split('：', maxsplit=1)[0]}：累计{target.name}{part}{target.unit}"


def expected(start: date, due: date | None, on: date) -> int:
    """The share of a task's life that has passed, in whole percent; 0 before, 100 after."""
    if due is None or on >= due:
        return 100
    if on <= start:
        return 0
    return (on - start).days * 100 // (due - start).days


def steps(sprout: Sprout) -> Iterator[DemoStep]:
    """The steps of a planned task that lives long enough to be scheduled."""
    task = sprout.task
    if task.plan is None or task.due_on is None or (task.due_on - task.start_on).days < STEPPED:
        return
    working = clock.between(task.start_on, task.due_on)
    template = _template(sprout, working)
    for number, (title, share, before, basis) in enumerate(template):
        days = -share if share < 0 else max(1, working * share // 100)
        after = tuple(f"{task.key}/s{n + 1}" for n in before)
        yield DemoStep(f"{task.key}/s{number + 1}", task.key, title, days, after, basis)


def _template(sprout: Sprout, working: int) -> Template:
    """Works of the town's offices are put out to tender, a village's are compared by price."""
    if sprout.task.tone != "工程":
        return TEMPLATES[sprout.task.tone]
    village = sprout.lead.endswith(("村", "社区"))
    return SMALL_WORKS if village or working < 70 else TENDER


def durations(found: list[Sprout]) -> list[Sprout]:
    """Give every planned part its working days: as estimated, else four fifths of its time."""
    told = {title: int(days) for title, days in (row.cells for row in rows("durations_2026.txt"))}
    wholes = {sprout.task.parent for sprout in found}
    return [
        sprout
        if sprout.task.plan is None or sprout.task.key in wholes or sprout.task.due_on is None
        else replace(
            sprout,
            task=replace(
                sprout.task,
                duration_days=told.get(_title(sprout.task), 0) or _days(sprout.task),
            ),
        )
        for sprout in found
    ]


def _title(task: DemoTask) -> str:
    """The title under which the table of 2026 knows the part; the year before has no estimates."""
    return task.title if task.year == TODAY.year else ""


def _days(task: DemoTask) -> int:
    assert task.due_on is not None
    return max(1, clock.between(task.start_on, task.due_on) * 4 // 5)


def dependencies(tasks: list[DemoTask]) -> tuple[DemoDependency, ...]:
    """What waits for what in 2026, as the table names it."""
    keys = {task.title: task.key for task in tasks if task.year == TODAY.year}
    return tuple(
        DemoDependency(keys[after], keys[before], int(lag))
        for before, after, lag in (row.cells for row in rows("depends_2026.txt"))
    )
