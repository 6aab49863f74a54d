"""Plans that come from and go to other programs' files."""

from __future__ import annotations

PATTERNS: dict[str, tuple[str, str]] = {
    "exchange.not_understood": (
        "看不懂“{name}”，没有写出结果。可读的有：.sm、.mm、.rcp、.msrcp、.xml。",
        "“{name}” cannot be understood; nothing was written. Read: .sm .mm .rcp .msrcp .xml.",
    ),
    "exchange.too_big": (
        "文件超过{megabytes}MB，没有读取。请分成几份。",
        "The file is larger than {megabytes} MB and was not read. Please split it.",
    ),
    "exchange.contradiction": (
        "文件中的数字互相矛盾：后续工作不存在，或工期、需要量是负数。请核对后再试。",
        "The file contradicts itself: an unknown successor, a negative duration or need. Check it.",
    ),
    "exchange.doubly": (
        "文件含双重约束资源，本系统不支持，没有导入。",
        "The file has doubly constrained resources, which are not supported. Nothing was read.",
    ),
    "exchange.planned": (
        "{count}项工作，排{length}天；不可能少于{bound}天，是否还能更短尚未证明。",
        "{count} jobs in {length} days; fewer than {bound} are impossible, less is not ruled out.",
    ),
    "exchange.planned_proved": (
        "{count}项工作，排{length}天，已证明不能更短。",
        "{count} jobs in {length} days, proved the least.",
    ),
    "exchange.why.first": (
        "已经排在允许的第一天。",
        "It starts on the first day allowed.",
    ),
    "exchange.why.after": (
        "要等“{before}”。",
        "It waits for “{before}”.",
    ),
    "exchange.why.resource": (
        "再早一天，第{day}天资源{number}不够：{others}正在用。",
        "A day earlier, resource {number} would be short on day {day}: {others} hold it.",
    ),
    "exchange.why.could": (
        "第{day}天起就可以开始，现在的日期是为了让开别的工作。",
        "It could start from day {day}; its date gives way to other work.",
    ),
    "exchange.left.inactive": (
        "停用的任务{count}项（如“{name}”），不导入。",
        "{count} inactive tasks (such as “{name}”) are not imported.",
    ),
    "exchange.left.heading_link": (
        "摘要任务上的先后关系{count}处（如“{name}”），不导入，请改连到具体任务。",
        "{count} links of summary tasks (such as “{name}”) are left out; link the tasks.",
    ),
    "exchange.left.task_calendar": (
        "任务自带日历{count}处（如“{name}”），按项目日历排。",
        "{count} tasks with calendars of their own (such as “{name}”) follow the project's.",
    ),
    "exchange.left.recurring": (
        "周期性任务{count}项（如“{name}”），按一次导入。",
        "{count} recurring tasks (such as “{name}”) are imported once.",
    ),
    "exchange.left.baseline": (
        "基线{count}处（如“{name}”），不导入。",
        "{count} baselines (such as of “{name}”) are not imported.",
    ),
    "exchange.left.split": (
        "拆分或分时段数据{count}处（如“{name}”），按不间断导入。",
        "{count} splits or time-phased data (such as of “{name}”): imported unbroken.",
    ),
    "exchange.left.part_of_day": (
        "不足一天的工期或间隔{count}处（如“{name}”），进为整天。",
        "{count} durations or lags with a part of a day (such as “{name}”) are rounded up.",
    ),
    "exchange.left.constraint": (
        "较硬的日期限制{count}处（如“{name}”），只保留“不早于”和时限。",
        "{count} harder constraints (such as of “{name}”): no-earlier and deadlines stay.",
    ),
    "exchange.left.far_link": (
        "连到文件外或未导入任务的关系{count}处（如“{name}”），不导入。",
        "{count} links to tasks outside or not imported (such as of “{name}”) are left out.",
    ),
    "exchange.left.material": (
        "材料、成本类资源{count}项（如“{name}”），不导入。",
        "{count} material or cost resources (such as “{name}”) are not imported.",
    ),
    "exchange.left.exception": (
        "按周、月、年重复的日历例外{count}处（如“{name}”），不导入。",
        "{count} repeating calendar exceptions (such as “{name}”) are not imported.",
    ),
    "exchange.not_accepted": (
        "以上{count}类内容不支持，没有导入。确认可以略去，请加 --accept 再试。",
        "These {count} kinds are not supported; nothing was imported. --accept leaves them out.",
    ),
    "exchange.no_project": (
        "这不是 Microsoft Project 的 XML 文件，没有导入。",
        "This is not an XML file of Microsoft Project; nothing was imported.",
    ),
    "exchange.no_start": (
        "文件没有写开始日期，没有导入。请在 Project 中填上再导出。",
        "The file has no start date; nothing was imported. Give it one and export again.",
    ),
    "exchange.xml_figures": (
        "文件中有读不懂的日期、工期或编号，没有导入。请用 Project 重新导出。",
        "A date, duration or number cannot be read; nothing was imported. Export it again.",
    ),
    "exchange.too_many": (
        "任务超过{limit}项，没有导入。请分成几份。",
        "There are more than {limit} tasks; nothing was imported. Please split the file.",
    ),
    "exchange.plan_days": (
        "{count}项工作，排{days}个工作日；超过时限合计{late}个工作日。",
        "{count} tasks in {days} working days; deadlines are missed by {late} working days in all.",
    ),
    "exchange.chain": (
        "不计人手，决定工期的一串：{steps}。",
        "Hands left aside, the chain that decides: {steps}.",
    ),
    "exchange.near": (
        "再拖{days}个工作日以内也会变成关键的：{steps}。",
        "Critical too if they slip by more than {days} working days: {steps}.",
    ),
    "exchange.live": (
        "目前{days}天，超期合计{late}天，离最好至多{gap}% ",
        "So far {days} days, {late} late in all, at most {gap}% from the best ",
    ),
}
