"""Sentences of the pages that join rooms: whose move it is, what to say and to whom."""

PATTERNS: dict[str, tuple[str, str]] = {
    "home.nobody_leads": (
        "会议的任务还没有牵头单位，没有交办。先为任务定牵头单位。",
        "No unit leads any task of the meeting yet. Nothing was handed out; name lead units first.",
    ),
    "home.call_passed": (
        "落实方案的完成时限已过，没有交办。请改时限。",
        "The day for the action plans has passed. Nothing was handed out; choose another day.",
    ),
    "home.line.unknown": ("尚无一项报过进度，待补。", "No item has reported yet."),
    "home.town.no_plan": ("本年度尚未开立计划。", "No plan for this year yet."),
    "home.journal.asked": (
        "日志较多，已交后台校验，稍后刷新本页查看结果。",
        "The journal is long: it is being checked in the background; reload this page later.",
    ),
    "home.anchor.asked": (
        "请填序号，以及封印的前{least}位或更多。",
        "Enter the number, and the first {least} characters of the seal or more.",
    ),
    "home.journal.tail": (
        "最早一条已等待{minutes}分钟。",
        " The oldest has waited {minutes} minutes.",
    ),
    "home.move.sign": ("请签收", "to sign for it"),
    "home.move.blocked": ("堵点：{blocker}", "stuck: {blocker}"),
    "home.move.report": ("请报进展", "to say how far it is"),
    "home.move.catch_up": ("请赶上进度，或申请延期", "to catch up, or ask for more time"),
    "home.daily.paper": ("{due}报{to}，{who}办", "{due}, to {to}; {who} carries it"),
    "home.daily.report": ("{who}办理，{hour}前报出", "by {hour}; {who} does it"),
    "home.daily.unsigned": ("{who}尚未签收", "{who} has not signed for it"),
    "home.daily.no_word": ("{who}已过时限{days}天未报办结", "{who}: {days} days past its date"),
    "home.daily.newly_late": ("{who}，刚过时限{days}天", "{who}: late since {days} days"),
    "home.daily.due_today": ("{who}，今日到期", "{who}: due today"),
    "home.daily.due_soon": ("{who}，还有{days}天到期", "{who}: due in {days} days"),
    "home.daily.rule": (
        "对{who}说：“{title}”退回两次，今天定下由谁牵头。",
        "Say to {who}: “{title}” came back twice; today we settle who leads it.",
    ),
    "home.daily.unblock": (
        "对{to}说：“{title}”卡在{blocker}，请给出办结日期，{who}随时对接。",
        "Say to {to}: “{title}” is stuck ({blocker}); please name a date. {who} stands by.",
    ),
    "home.daily.extension": (
        "答复{who}：“{title}”申请延期，今天给出意见。",
        "Answer {who}: “{title}” asks for more time; give a decision today.",
    ),
    "home.node_twice": (
        "已有名为“{title}”的时间节点，未添加，请换个名称。",
        "There is a node “{title}” already; nothing was added. Give it another name.",
    ),
    "home.no_figure": (
        "“{text}”不是数字，内容未改动，请改正后再保存。",
        "“{text}” is not a number. Nothing was changed; correct it and save again.",
    ),
    "home.no_value": ("请先填写或选定，再保存。", "Please fill in or choose first."),
    "home.works_on_another": (
        "“{title}”已在解决另一个问题，没有改动；请选别的任务，或到问题页面另立举措。",
        "“{title}” works on another problem already. Choose another item, or open the problem.",
    ),
    "home.no_remedy": ("这一条须到所指页面处理。", "This one is mended on the page it names."),
}
