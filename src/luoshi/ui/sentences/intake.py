"""Sentences of the office's day: what arrives, by when, for whom."""

PATTERNS: dict[str, tuple[str, str]] = {
    "intake.when_missing": ("请填何时前。", "Please say by when."),
    "intake.when_unknown": (
        "看不懂时限“{said}”。可写：今天17:00、周五、6.25、3个工作日内、月底。",
        (
            "The time “{said}” is not understood. Write a day and, where it decides, the hour: "
            "6.25, 2026-06-25, 6.25 17:00."
        ),
    ),
    "intake.hour_unknown": ("“{said}”里的钟点不对，请核对。", "The hour in “{said}” is wrong."),
    "intake.who_missing": ("请填谁来办。", "Please say who carries it."),
    "intake.who_unknown": (
        "没有找到“{who}”：请写本镇在册的单位或在岗的人名；已离岗的不能再交办。",
        (
            "“{who}” is not found: name a unit of the town or somebody in post; who has left can "
            "no longer be assigned anything."
        ),
    ),
    "intake.who_several": (
        "“{who}”不止一个，请写明是哪一个：{choices}。",
        "More than one fits “{who}”. Please say which: {choices}.",
    ),
    "intake.asker_missing": ("请填谁交办。", "Please say who asked for it."),
    "intake.withdrawn": (
        "请核对：该事项像是上级收回事项，部门职责不得下放，可向交办单位说明。",
        (
            "Please check: this reads like a duty that the superiors took back. Departments' "
            "duties may not be pushed down; say so to whoever asked."
        ),
    ),
    "intake.outside": (
        "请核对：履职事项清单中没有找到对应的事项。",
        "Please check: nothing in the duty lists corresponds to this item.",
    ),
    "intake.due.today": ("今天{hour}前", "by {hour} today"),
    "intake.due.tomorrow": ("明天{hour}前", "by {hour} tomorrow"),
    "intake.due.day": ("{day} {hour}前", "by {hour} on {day}"),
}
