"""Sentences of early warning and of blockers: who spoke in time, and whose move it is."""

PATTERNS: dict[str, tuple[str, str]] = {
    "early.standing": (
        "{on}已提前预警，至今未亮灯；今后亮灯也不扣分。",
        "A risk was told early, on {on}; should the light turn, it costs nothing.",
    ),
    "early.warned": (
        "{on}提前预警，{turned}亮灯，早了{days}天，不扣分。",
        "The risk was told on {on}, {days} days before the light turned on {turned}: no cost.",
    ),
    "early.told": (
        "{turned}如实报告进展，当日亮灯，不扣分。",
        "The light turned on {turned} by the unit's own honest report: no cost.",
    ),
    "early.late": (
        "{turned}亮灯，{on}才说明情况，晚了{days}天。",
        "The light turned on {turned}; the unit spoke on {on}, {days} days late.",
    ),
    "early.hidden": (
        "{turned}亮灯，事前没有预警，事后没有说明，已{days}天。",
        "The light turned on {turned} with no word before or after it: {days} days so far.",
    ),
    "blocking.cleared": (
        "这个堵点已解决，不能再办。如又出现，请在报进展时重新提出。",
        "This blocker is cleared. If it is back, raise it again with a report.",
    ),
    "blocking.not_now": (
        "堵点现在的状态不能这样办，请刷新页面后再看轮到谁。",
        "The blocker does not allow this now; reload the page to see whose move it is.",
    ),
    "blocking.not_needed": (
        "请由被请求解决的单位或岗位答复。",
        "The unit or post that is asked to help answers this.",
    ),
    "blocking.not_raiser": (
        "请由提出堵点的单位确认或改请。",
        "The unit that raised the blocker clears it or asks somebody else.",
    ),
    "blocking.nobody_named": (
        "还没有指明需要谁解决，请先由提出单位指明。",
        "Nobody is named who could help; whoever raised it names one first.",
    ),
    "blocking.returned_already": (
        "已退回过一次，不能再退。请答复办理情况或给出期限；确有争议的请报分管领导。",
        (
            "It was sent back once already. Answer it or name a day; where it is disputed, take "
            "it to the leader in charge."
        ),
    ),
    "blocking.needs_day": ("请写明哪天前解决。", "Please say by which day."),
    "blocking.day_passed": (
        "期限已过，请填今天或以后的日期。",
        "That day has passed; please name today or a later day.",
    ),
    "blocking.needs_words": (
        "请写明办理情况或理由。",
        "Please say in words what was done, or why.",
    ),
    "blocking.needs_text": ("请写明堵在哪里。", "Please say what stands in the way."),
    "blocking.needs_somebody": (
        "请选择需要哪个单位或岗位解决；填写的内容已保留。",
        "Please choose the unit or post that can help; what you typed is kept.",
    ),
    "blocking.one_of_two": (
        "单位和岗位只选一个。",
        "Please choose either a unit or a post, not both.",
    ),
    "blocking.unknown_needed": (
        "所选的单位或岗位不在本辖区或已停用，请重新选择。",
        "That unit or post is not of this jurisdiction or has ended; please choose again.",
    ),
    "blocking.too_many": (
        "这一事项未解决的堵点已有{n}个，请先确认已解决的。",
        "This item already has {n} open blockers; clear those that are solved first.",
    ),
    "blocking.owed.open": (
        "{since}提出，请您解决：{needs}。请答复已办、哪天前解决，或说明不属于您。",
        (
            "Asked of you on {since}: {needs}. Say that it is done, by which day, or that it is "
            "not yours."
        ),
    ),
    "blocking.owed.promised": (
        "您承诺{by}前解决：{needs}。",
        "You promised by {by}: {needs}.",
    ),
    "blocking.owed.answered": (
        "{since}已答复，请确认是否解决：{text}",
        "Answered on {since}; please say whether it is solved: {text}",
    ),
    "blocking.owed.returned": (
        "{since}退回，请改请他人或自行解决：{text}",
        "Sent back on {since}; ask somebody else or solve it: {text}",
    ),
    "blocking.owed.unnamed": (
        "堵点还没有指明需要谁解决，请指明：{text}",
        "The blocker names nobody who could help; please name one: {text}",
    ),
}
