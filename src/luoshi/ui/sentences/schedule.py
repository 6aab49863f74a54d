"""Sentences of the schedule law: verdicts, chains, ways out, findings."""

PATTERNS: dict[str, tuple[str, str]] = {
    "schedule.feasible": (
        "可以按期完成：“{step}”最早{finish}完成，时限{deadline}，余{days}个工作日。",
        "Feasible: “{step}” is due {deadline}, possible by {finish}: {days} working days spare.",
    ),
    "schedule.infeasible": (
        "不能按期完成：“{step}”时限{deadline}，最早{finish}才能完成，差{days}个工作日。",
        "Not feasible: “{step}” is due {deadline}, possible by {finish}, {days} working days late.",
    ),
    "schedule.no_deadline": (
        "未设时限，最早{finish}全部完成。",
        "No deadline is set; everything can be finished on {finish}.",
    ),
    "schedule.empty": ("尚无环节，请先分解。", "No steps yet; please break the work down first."),
    "schedule.unsound": (
        "有{count}处问题需先改正，才能排定工期。",
        "{count} faults must be mended before a timetable can be computed.",
    ),
    "schedule.chain.first": (
        "“{step}”最早{start}开始，{finish}完成。",
        "“{step}” runs from {start} at the earliest to {finish}.",
    ),
    "schedule.chain.next": (
        "“{step}”须待“{before}”，最早{start}开始，{finish}完成。",
        "“{step}” waits for “{before}” and runs from {start} to {finish}.",
    ),
    "schedule.change.start": (
        "提前{days}个工作日，于{on}启动。",
        "Start {days} working days earlier, on {on}.",
    ),
    "schedule.change.not_before": (
        "“{step}”的最早开始日提前到{on}。",
        "Let “{step}” start on {on}.",
    ),
    "schedule.change.cut": (
        "“{step}”压缩{days}天，由{old}天减为{new}天。",
        "Shorten “{step}” by {days} days, from {old} to {new}.",
    ),
    "schedule.change.overlap": (
        "“{other}”在“{step}”完成前{days}个工作日提前介入。",
        "Let “{other}” begin {days} working days before “{step}” is finished.",
    ),
    "schedule.change.deadline": (
        "“{step}”的时限由{old}调整到{new}，推后{days}个工作日。",
        "Move the deadline of “{step}” from {old} to {new}, {days} working days later.",
    ),
    "schedule.circle": (
        "环节互相等待，形成循环：{steps}。请删去其中一个先后关系。",
        "These steps wait for each other in a circle: {steps}. Please remove one of the links.",
    ),
    "schedule.unknown_step": (
        "先后关系指向了不存在的环节，请删去或重选。",
        "A link points to a step that does not exist; please remove it or choose again.",
    ),
    "schedule.repeated_step": (
        "同一环节出现了两次，请删去重复的。",
        "The same step stands twice; please remove one.",
    ),
    "schedule.repeated": (
        "环节“{step}”重复出现，请删去重复的。",
        "Step “{step}” stands twice; please remove one.",
    ),
    "schedule.negative": (
        "“{step}”的工期为负数，请改正。",
        "“{step}” has a negative duration; please correct it.",
    ),
    "schedule.below_minimum": (
        "“{step}”只有{days}个工作日，依据{basis}不得少于{least}个工作日。",
        "“{step}” has {days} working days; by {basis} it may not have fewer than {least}.",
    ),
    "schedule.below_minimum_calendar": (
        "“{step}”只有{days}日，依据{basis}不得少于{least}日。",
        "“{step}” has {days} days; by {basis} it may not have fewer than {least}.",
    ),
    "schedule.done_before_start": (
        "“{step}”的完成日早于开始日，请核对。",
        "“{step}” was finished before it was started; please check the dates.",
    ),
    "schedule.fact_ahead": (
        "“{step}”登记的实际日期{on}尚未到来，请核对。",
        "The actual date {on} of “{step}” has not come yet; please check it.",
    ),
    "schedule.deadline_first": (
        "“{step}”的时限{deadline}早于最早开始日{not_before}。",
        "“{step}” is due {deadline}, before it may start on {not_before}.",
    ),
    "schedule.beyond": (
        "“{step}”排到了工作日历范围之外，请核对工期和时限。",
        "“{step}” falls outside the working calendar; please check durations and deadlines.",
    ),
    "schedule.plan.unknown": (
        "方案中有不存在的环节。",
        "The plan has days for a step that does not exist.",
    ),
    "schedule.plan.missing": (
        "方案没有为“{step}”排定日期。",
        "The plan has no days for “{step}”.",
    ),
    "schedule.plan.fact": (
        "方案改动了“{step}”已发生的日期。",
        "The plan changes days of “{step}” that are facts.",
    ),
    "schedule.plan.day_off": (
        "“{step}”排在非工作日{on}。",
        "“{step}” is put on {on}, which is not a working day.",
    ),
    "schedule.plan.length": (
        "“{step}”排定的天数与工期{days}天不符。",
        "The days of “{step}” do not match its duration of {days} days.",
    ),
    "schedule.plan.early": (
        "“{step}”排在{on}，早于允许开始的日期。",
        "“{step}” is put on {on}, before it may start.",
    ),
    "schedule.plan.late": (
        "“{step}”排到{finish}完成，超过时限{deadline}。",
        "“{step}” is planned to finish on {finish}, after its deadline {deadline}.",
    ),
    "schedule.plan.link": (
        "“{step}”排得过早：按与“{before}”的先后关系，至少应推后{days}个工作日。",
        "“{step}” is too early: its link to “{before}” asks for at least {days} working days more.",
    ),
    "schedule.plan.overload": (
        "{on}需要“{resource}”{load}，只有{amount}。",
        "{load} of “{resource}” are needed on {on}, and there are {amount}.",
    ),
    "schedule.plan.used_up": (
        "方案共用“{resource}”{load}，只有{amount}。",
        "The plan uses {load} of “{resource}”, and there are {amount}.",
    ),
    "schedule.plan.own_day_off": (
        "{on}有“{step}”所需的人员或设备不在岗。",
        "Somebody or something that “{step}” needs is off on {on}.",
    ),
    "schedule.capacity.none": (
        "“{resource}”有环节要用，可用数量却是0。请填写可用数量，或从环节中去掉。",
        "Steps need “{resource}”, but there is none. Give its amount or take it off the steps.",
    ),
    "schedule.capacity.unknown": (
        "“{step}”需要的人员或设备不在名单中。请补入名单，或从环节中去掉。",
        "“{step}” needs a resource that is not in the list. Add it or take it off the step.",
    ),
    "schedule.capacity.too_much": (
        "“{step}”同一天需要的多于现有的全部，任何日期都排不下。请减少需要或增加可用数量。",
        "“{step}” needs more at once than there is on any day. Ask for less, or add to it.",
    ),
    "schedule.capacity.negative": (
        "“{what}”的数量或工期是负数。请改为0或正数。",
        "“{what}” has a negative amount or duration. Make it 0 or more.",
    ),
}
