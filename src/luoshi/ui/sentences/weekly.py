"""Sentences of the week: weekly lists, decisions of meetings, promises, recurring work."""

PATTERNS: dict[str, tuple[str, str]] = {
    "weekly.carried": ("上周结转（第{n}次）", "Carried over (times: {n})"),
    "weekly.decided": ("{on}会议议定", "Decided by a meeting on {on}"),
    "weekly.due": ("{on}到期", "Due on {on}"),
    "weekly.red": ("亮红灯", "Red light"),
    "weekly.red_due": ("亮红灯，时限{on}", "Red light, due on {on}"),
    "weekly.arrived": ("{on}新交办", "Newly assigned on {on}"),
    "weekly.typed": ("补充列入", "Added by hand"),
    "weekly.owed": (
        "周清单已结转{n}次，请您定下一步：协调、调整时限或撤销。",
        "Carried over {n} times on weekly lists: please decide what happens next.",
    ),
    "weekly.item_cancelled": (
        "该事项已撤销，本行只能按“取消”处理。",
        "its item was called off: the line can only be cancelled",
    ),
    "weekly.no_outcome": (
        "还没有结论，请选完成、结转或取消。",
        "choose done, carried over or cancelled",
    ),
    "weekly.cancelled_why": ("取消须写明理由。", "say why it is cancelled"),
    "promise.no_date": (
        "没有写明完成时限，不能列入纪要。请写上日期，或写明不列任务的理由。",
        "No date is named. Give a date, or say why no item is needed.",
    ),
    "promise.passed": (
        "{due}已经过去，承诺不了。请另定日期。",
        "{due} has passed and cannot be promised. Please set another date.",
    ),
    "promise.day_off": (
        "{due}不是工作日，建议定在{near}。",
        "{due} is not a working day; {near} would do.",
    ),
    "promise.tight": (
        "离时限只有{days}个工作日",
        "Working days left: {days}",
    ),
    "promise.heavy": (
        "{unit}同一周已有{n}项到期",
        "Items of {unit} due in the same week: {n}",
    ),
    "recurring.no_weekday": ("每周的工作请选星期几。", "Choose the day of the week."),
    "recurring.no_day": (
        "请填日期：1至31，31表示月末。",
        "Give a day from 1 to 31; 31 is the month's end.",
    ),
    "recurring.no_such_day": (
        "{month}月没有{day}日，请改一个日期。没有保存。",
        "No year has day {day} of month {month}. Nothing was saved.",
    ),
    "recurring.no_such_season": (
        "季节起止请写成“05-01”这样的月日，两头都要填，日期要存在。",
        "Write the season as month and day (05-01), both ends, on days that exist.",
    ),
    "recurring.ends_before": ("截止日期早于起始日期。", "It would end before it begins."),
    "recurring.lead": ("提前天数在0至{n}之间。", "Days ahead: 0 to {n}."),
    "recurring.daily": ("每日", "every day"),
    "recurring.workdays": ("每个工作日", "every working day"),
    "recurring.weekly": ("每周{day}", "every {day}"),
    "recurring.weekday.0": ("一", "Monday"),
    "recurring.weekday.1": ("二", "Tuesday"),
    "recurring.weekday.2": ("三", "Wednesday"),
    "recurring.weekday.3": ("四", "Thursday"),
    "recurring.weekday.4": ("五", "Friday"),
    "recurring.weekday.5": ("六", "Saturday"),
    "recurring.weekday.6": ("日", "Sunday"),
    "recurring.monthly": ("每月{day}日", "on day {day} of every month"),
    "recurring.month_end": ("每月月末", "on the last day of every month"),
    "recurring.quarterly": ("每季末", "on the last day of every quarter"),
    "recurring.yearly": ("每年{month}月{day}日", "every year on {day} {month}"),
    "recurring.season": (
        "每年{m1}月{d1}日至{m2}月{d2}日，{base}",
        "from {d1} {m1} to {d2} {m2}, {base}",
    ),
    "recurring.month.1": ("1", "January"),
    "recurring.month.2": ("2", "February"),
    "recurring.month.3": ("3", "March"),
    "recurring.month.4": ("4", "April"),
    "recurring.month.5": ("5", "May"),
    "recurring.month.6": ("6", "June"),
    "recurring.month.7": ("7", "July"),
    "recurring.month.8": ("8", "August"),
    "recurring.month.9": ("9", "September"),
    "recurring.month.10": ("10", "October"),
    "recurring.month.11": ("11", "November"),
    "recurring.month.12": ("12", "December"),
    "supervision.week.drafted": (
        "第{n}周的清单已经起草，请直接打开修改。",
        "The list of week {n} is drafted already; please open it.",
    ),
    "supervision.week.no_text": (
        "请写明本周要做什么。",
        "Please say what is to be done this week.",
    ),
    "supervision.week.no_unit": (
        "请选由哪个单位办。补充的一行会列入台账。",
        "Choose the unit that does it: the line becomes an item.",
    ),
    "supervision.week.twice": ("这一事项已在清单上。", "This item is on the list already."),
    "supervision.week.not_yours": (
        "只能修改自己牵头的事项。没有保存。",
        "You can change your own lines only. Nothing was saved.",
    ),
    "supervision.week.line_gone": (
        "这一行已被他人去掉，事项仍在台账中。",
        "Somebody has dropped this line; its item is still in the ledger.",
    ),
    "supervision.week.empty": (
        "清单上一项也没有，不能印发。请先补充。",
        "The list is empty and cannot be issued. Please add lines first.",
    ),
    "supervision.week.still_draft": (
        "清单还是草稿，请先印发。",
        "The list is still a draft; issue it first.",
    ),
    "supervision.week.issued": (
        "清单已于{on}印发，不再修改；变动在例会结清时写明。",
        "The list was issued on {on} and does not change; the meeting closes it.",
    ),
    "supervision.week.closed": (
        "清单已于{on}结清，结论不变。",
        "The list was closed on {on}; what was decided stands.",
    ),
    "supervision.week.nothing_said": (
        "一行也没有填进展，没有保存。",
        "Nothing was said of any line, so nothing was saved.",
    ),
    "supervision.week.line": ("第{n}行：{why}", "Line {n}: {why}"),
    "supervision.meeting.kinds_there": (
        "会议类别已经设好，请逐个增加。",
        "The kinds are there already; add others one by one.",
    ),
    "supervision.meeting.no_text": ("请写明议定了什么。", "Please say what was decided."),
    "supervision.meeting.no_unit": (
        "请选责任单位；确实不用列任务的，写明理由。没有保存。",
        "Choose the unit responsible, or say why no item is needed. Nothing was saved.",
    ),
    "supervision.meeting.caution": (
        "{why}。仍按此时限的，勾选“会议仍定此时限”再提交。",
        "{why}. To keep the date, tick that the meeting keeps it and send again.",
    ),
    "supervision.meeting.nothing_decided": (
        "还没有议定事项，不能印发纪要。",
        "Nothing is decided yet, so the minutes cannot be issued.",
    ),
    "supervision.meeting.issued": (
        "纪要已于{on}印发，不再修改。",
        "The minutes were issued on {on} and do not change.",
    ),
    "supervision.recurring.no_words": (
        "请写明名称和要做什么。",
        "Please give a name and say what is to be done.",
    ),
    "supervision.recurring.begins_before": (
        "起始日期不能早于今天（{today}），过去的不补生成。",
        "It cannot begin before today ({today}); the past is not made up.",
    ),
    "supervision.recurring.no_unit": (
        "责任单位不在本镇，请重选。",
        "The unit is not of this town; please choose again.",
    ),
    "supervision.recurring.other_post": (
        "责任岗位不是该单位的岗位，请重选。",
        "The post is not one of the unit's; please choose again.",
    ),
    "supervision.recurring.why_end": ("请写明为什么停止。", "Please say why it ends."),
    "supervision.recurring.ended": ("已于{on}停止。", "It ended on {on}."),
    "supervision.recurring.why_skip": ("跳过须写明理由。", "Please say why this time is skipped."),
    "supervision.recurring.not_to_come": (
        "{on}不是还没生成的一次，不能跳过；已生成的请在台账中撤销。",
        "{on} is not a time still to come; an item already made is called off in the ledger.",
    ),
    "supervision.recurring.skipped_already": ("{on}已经跳过。", "{on} is skipped already."),
    "supervision.whose.unit": ("{unit}", "{unit}"),
    "supervision.whose.none": ("—", "—"),
    "goals.other_kind": (
        "会议类别不属于该单位，请重选。",
        "This kind of meeting belongs to another unit; please choose again.",
    ),
    "goals.kind_words": (
        "请写明会议类别的名称和纪要代字。",
        "Give the kind's name and the mark of its minutes.",
    ),
    "goals.kind_there": ("已有“{name}”这一类别。", "There is a kind called “{name}” already."),
}
