"""Sentences about 委托代理."""

PATTERNS: dict[str, tuple[str, str]] = {
    "delegating.not_own": (
        "只能委托本人现任的岗位；代他人办理期间不能再委托。没有保存。",
        (
            "You can give away only a post that you hold yourself, and not while you stand in "
            "for another. Nothing was saved."
        ),
    ),
    "delegating.role": (
        "只有领导和单位负责人的岗位可以委托，管理员权限不能委托。没有保存。",
        (
            "Only the post of a leader or a head of unit can be delegated, never the powers of "
            "an administrator. Nothing was saved."
        ),
    ),
    "delegating.oneself": (
        "不能委托给自己。没有保存。",
        "You cannot delegate to yourself. Nothing was saved.",
    ),
    "delegating.out_of_scope": (
        "只能委托给本人所辖单位的在岗人员。没有保存。",
        (
            "You can delegate only to somebody who holds a post within your own scope. "
            "Nothing was saved."
        ),
    ),
    "delegating.no_reason": (
        "请写明委托事由，如出差、培训、休假。没有保存。",
        "Say why, for example travel, training or leave. Nothing was saved.",
    ),
    "delegating.past": (
        "起始日期不能早于今天（{today}）。没有保存。",
        "It cannot begin before today ({today}). Nothing was saved.",
    ),
    "delegating.order": (
        "截止日期（{end}）早于起始日期（{start}）。没有保存。",
        "It ends ({end}) before it begins ({start}). Nothing was saved.",
    ),
    "delegating.too_long": (
        "一次委托不超过{days}天；更长的请按代理或借调挂职任命。没有保存。",
        (
            "A delegation lasts {days} days at most; ask for an acting appointment instead. "
            "Nothing was saved."
        ),
    ),
    "delegating.past_term": (
        "本人任期到{until}，委托不能更晚。没有保存。",
        "Your own term ends on {until}; a delegation cannot last longer. Nothing was saved.",
    ),
    "delegating.twice": (
        "这个岗位在这段时间已委托他人，请先收回。没有保存。",
        "This post is delegated in that time already. Take that back first. Nothing was saved.",
    ),
    "delegating.over": (
        "委托已到期、收回，或委托人已离任，现以本人身份办理。",
        "The delegation has ended or was taken back. You now act as yourself.",
    ),
}
