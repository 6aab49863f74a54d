"""Sentences of the working calendar."""

PATTERNS: dict[str, tuple[str, str]] = {
    "workdays.without_notice": (
        "{years}年放假安排尚未公布，工作日暂按周一至周五推算。",
        "No official notice for {years} yet: working days follow the weekly pattern for now.",
    ),
    "workdays.beyond": (
        "日期超出工作日历范围（{first}年至{last}年），请核对。",
        "The date lies outside the working calendar ({first} to {last}); please check it.",
    ),
    "workdays.no_working_day": (
        "工作日历中没有任何工作日，无法推算日期。",
        "The working calendar has no working day at all, so no date can be computed.",
    ),
    "workdays.bad_hours": (
        "办公时段为空、重叠或顺序颠倒，请重新设置。",
        "The office hours are empty, overlap or are out of order; please set them again.",
    ),
    "workdays.negative_hours": (
        "时限小时数不能为负数。",
        "A time limit in hours cannot be negative.",
    ),
}
