"""Sentences of bulletins: why one is not issued yet, and what a reply needs."""

PATTERNS: dict[str, tuple[str, str]] = {
    "bulletin.reply_days": (
        "答复期限须为{least}至{most}个工作日。",
        "The time to reply is {least} to {most} working days.",
    ),
    "bulletin.not_shown": (
        "还没有征求被通报单位的意见，不能印发。",
        "It was not shown to the units named yet, so it cannot be issued.",
    ),
    "bulletin.reply_time": (
        "答复期限到{until}，{units}还没有答复，不能提前印发。",
        "The units have until {until} to reply, and {units} did not yet: it waits.",
    ),
    "bulletin.unsettled": (
        "{units}的答复还没有处理：请采纳修改，或附后印发。",
        "The reply of {units} is not dealt with: take it up, or print it.",
    ),
    "bulletin.leader_signs": (
        "通报由领导班子成员签发。",
        "A bulletin is signed by a leader.",
    ),
    "bulletin.drafter_signs": (
        "起草人不能签发自己起草的通报，请其他领导签发。",
        "Whoever drafted it does not sign it; another leader must.",
    ),
    "bulletin.issued_stays": (
        "通报已印发，不再更改；确有差错的，另拟一份更正通报。",
        "An issued bulletin never changes; draft a correction.",
    ),
    "bulletin.shown_already": (
        "正在征求意见，期限到{until}。",
        "It is being shown to the units until {until}.",
    ),
    "bulletin.period": (
        "通报时段的起止日期不对：起不晚于止，止不晚于今天。",
        "The period is wrong: it begins before it ends, and ends by today.",
    ),
    "bulletin.town_only": (
        "通报由乡镇党政办起草。",
        "Bulletins are drafted by a town's office.",
    ),
    "bulletin.no_reply_asked": (
        "这份通报没有征求本单位意见，或已印发。",
        "Your unit was not asked about this bulletin, or it was issued.",
    ),
    "bulletin.reply_over": (
        "答复期限{until}已过，没有保存；请直接联系党政办。",
        "The time to reply ended on {until}; nothing was saved. Ask the office.",
    ),
    "bulletin.reply_settled": (
        "本单位的答复已经处理，不再更改。",
        "Your unit's reply was dealt with and stays.",
    ),
    "bulletin.no_words": ("请写明答复内容。", "Please say how your unit sees it."),
    "bulletin.nothing_to_settle": (
        "该单位还没有答复，没有可处理的。",
        "The unit has not replied; there is nothing to settle.",
    ),
    "bulletin.not_changed": (
        "采纳后请先修改有关段落，再标为已采纳。",
        "Change the text first, then mark the reply as taken up.",
    ),
    "bulletin.not_issued": (
        "只有已印发的通报才需要更正；没有印发的直接修改。",
        "Only an issued bulletin is corrected; one that is not is simply changed.",
    ),
}
