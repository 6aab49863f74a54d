"""Sentences of visits and watch lists: why a note is refused, why one is needed somewhere."""

PATTERNS: dict[str, tuple[str, str]] = {
    "visiting.future": (
        "{on}还没有到，去过之后再记。",
        "{on} has not come yet; note a visit once it has been made.",
    ),
    "visiting.too_old": (
        "{on}已超过一年，不再补记。",
        "{on} is more than a year ago and is no longer noted.",
    ),
    "visiting.no_place": ("请写明地点。", "Please say where."),
    "visiting.nothing_seen": ("请写明看到的情况。", "Please say what was seen."),
    "visiting.not_yours": (
        "只有领导本人可以记自己的走访和盯办，或者由本镇党政办代录。",
        "Only a leader notes the own visits and watched items; the town's office may type them.",
    ),
    "visiting.post_not_held": (
        "{on}没有人担任该岗位，不能记在这个岗位名下。",
        "Nobody held that post on {on}, so nothing can be noted for it.",
    ),
    "visiting.held_by_other": (
        "{on}该岗位由{name}担任，不能记作您的走访。",
        "{name} held that post on {on}; it cannot be noted as your visit.",
    ),
    "visiting.unknown_item": (
        "选的事项或堵点不在您可见的范围内。",
        "An item or blocker chosen is not in your view.",
    ),
    "visiting.too_many_items": (
        "一次走访最多关联{n}项。",
        "A visit is tied to at most {n} items.",
    ),
    "visiting.marked": (
        "内容带有“{marking}”字样，本系统不处理，未保存。",
        "The text is marked {marking}; the system does not handle it and kept nothing.",
    ),
    "visiting.promise_alone": (
        "写了答应的事，就请选由谁办、哪天前办完。",
        "A promise needs who does it and by when.",
    ),
    "visiting.promise_nothing": (
        "选了由谁办或时限，就请写明答应了什么。",
        "Please say what was promised to whom that was chosen.",
    ),
    "visiting.caution": (
        "{why}仍要答应的，请勾选“仍按此时限”。",
        "{why} To promise it nevertheless, tick “keep this date”.",
    ),
    "visiting.promise_stands": (
        "答应的事已列入台账，请在事项页办理，不在这里改。",
        "The promise is an item of the ledger; change it there.",
    ),
    "visiting.need.asked": (
        "等您出面{days}天：{text}",
        "Has waited for you for {days} days: {text}",
    ),
    "visiting.need.blocked": (
        "卡在{whose}{days}天：{text}",
        "Stuck with {whose} for {days} days: {text}",
    ),
    "visiting.need.late": ("滞后：{why}", "Late: {why}"),
    "visiting.need.silent": ("到期未报{days}天：{why}", "No word for {days} days: {why}"),
    "visiting.need.not_started": ("应启未启：{why}", "Not started: {why}"),
    "visiting.told": (
        "{year}年走访{n}次，其中{m}次之后30天内堵点由提出单位确认解决。",
        (
            "Visits in {year}: {n}; after {m} of them its raiser confirmed a blocker solved "
            "within 30 days."
        ),
    ),
    "watching.no_step": ("请写明下一步做什么。", "Please say what the next step is."),
    "watching.passed": (
        "{on}已过，请填今天或以后的日期。",
        "{on} has passed; give today or a later day.",
    ),
    "watching.too_many": (
        "盯办清单最多{n}项。先去掉一项，再加这一项；其余事项台账里都有。",
        "A watch list holds at most {n} items. Take one off first; the ledger has all others.",
    ),
    "watching.over": ("该事项已办结或撤销，不用再盯。", "The item is over; no need to watch it."),
    "watching.ended": ("这一项已经不在盯办清单里。", "The item is not on the watch list any more."),
    "watching.next.blocker": ("等您答复：{needs}", "Awaits your answer: {needs}"),
    "watching.next.promised": ("您承诺解决：{needs}", "You promised to solve: {needs}"),
    "watching.next.assigned": ("{who}还没有签收，请催签收。", "{who} has not signed for it yet."),
    "watching.next.disputed": ("承办单位再次退回，请您裁定。", "Returned twice: please rule."),
    "watching.next.under_way": ("{who}在办，等办结。", "{who} is at it; completion awaited."),
    "watching.next.late": (
        "{who}没有按时办结，请问清卡在哪里。",
        "{who} is past the date; ask what it is stuck on.",
    ),
    "watching.next.done": ("{who}已报办结，待复核。", "{who} reports it done; to be verified."),
    "watching.next.verified": ("复核属实，待办结销号。", "Verified; to be closed."),
}
