"""Sentences about the organisation."""

PATTERNS: dict[str, tuple[str, str]] = {
    "org.routine_empty": (
        "请写明岗位常规职责，内容未改动。",
        "Please write the routine duties of the post; nothing was changed.",
    ),
    "org.no_such_row": (
        "没有找到要改的单位、岗位或人员，内容未改动。",
        "That unit, post or person was not found; nothing was changed.",
    ),
    "org.term_ends_before_start": (
        "任期截止（{end}）早于起始（{start}），未保存，请改截止日期。",
        "The term would end ({end}) before it starts ({start}); not saved, please mend the end.",
    ),
    "org.login_taken": (
        "登录名“{login}”已有人使用，请换一个。",
        "The login name “{login}” is taken; please choose another.",
    ),
}
