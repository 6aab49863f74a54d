"""Sentences of an indicator's pace: its figure in its own unit, its forecast, its three gaps."""

_EXPECTED = "应达{expected}{unit}，实际{value}{unit}"
_DUE = "{value}{unit} against {expected}{unit} expected"
_BEHIND = "，差{gap}{unit}，慢{points}个百分点"
_SHORT = ": {gap}{unit} short, {points} points behind"

PATTERNS: dict[str, tuple[str, str]] = {
    "pacing.figure.missing": (
        "应达{expected}{unit}，完成数待补。",
        "{expected}{unit} expected; the figure is missing.",
    ),
    "pacing.figure.ahead": (
        _EXPECTED + "，多{gap}{unit}，快{points}个百分点。",
        _DUE + ": {gap}{unit} better, {points} points ahead.",
    ),
    "pacing.figure.level": (
        _EXPECTED + "，与序时进度持平。",
        _DUE + ": on pace.",
    ),
    "pacing.figure.behind": (_EXPECTED + _BEHIND + "。", _DUE + _SHORT + "."),
    "pacing.figure.within": (
        _EXPECTED + _BEHIND + "，未到偏慢线（{limit}个百分点）。",
        _DUE + _SHORT + ", within the slow line {limit}.",
    ),
    "pacing.figure.slow": (
        _EXPECTED + _BEHIND + "，已到偏慢线（{limit}个百分点）。",
        _DUE + _SHORT + ", past the slow line {limit}.",
    ),
    "pacing.figure.late": (
        _EXPECTED + _BEHIND + "，超过滞后线（{limit}个百分点）。",
        _DUE + _SHORT + ", over the late line {limit}.",
    ),
    "pacing.figure.slow_relative": (
        _EXPECTED + "，差{gap}{unit}，低于序时进度{size}%。",
        _DUE + ": {gap}{unit} short, {size}% short of pace.",
    ),
    "pacing.figure.late_relative": (
        _EXPECTED + "，差{gap}{unit}，低于序时进度{size}%，超过滞后线（{limit}%）。",
        _DUE + ": {gap}{unit} short, {size}% short of pace, over the late line {limit}%.",
    ),
    "pacing.figure.late_bottom": (
        _EXPECTED + _BEHIND + "，且居倒数第{rank}位。",
        _DUE + _SHORT + ", and {rank} from the bottom.",
    ),
    "pacing.figure.late_again": (
        _EXPECTED + _BEHIND + "，连续{times}次偏慢，转为滞后。",
        _DUE + _SHORT + ", {times} times slow in a row: late.",
    ),
    "pacing.figure.spare": (
        "至今可用{expected}{unit}，实际{value}{unit}，余{gap}{unit}。",
        "{value}{unit} used of {expected}{unit} allowed so far: {gap}{unit} to spare.",
    ),
    "pacing.figure.used": (
        "至今可用{expected}{unit}，实际{value}{unit}，超{gap}{unit}，快{points}个百分点用完。",
        "{value}{unit} used of {expected}{unit} allowed so far: {gap}{unit} over, {points} points.",
    ),
    "pacing.figure.broken": (
        "控制数{target}{unit}，实际{value}{unit}，已突破。",
        "The ceiling is {target}{unit} and {value}{unit} has come: it is exceeded.",
    ),
    "pacing.figure.met": (
        "期末{value}{unit}，达到目标{target}{unit}。",
        "{value}{unit} at the end: the target {target}{unit} is met.",
    ),
    "pacing.figure.not_met": (
        "期末{value}{unit}，未达目标{target}{unit}。",
        "{value}{unit} at the end: the target {target}{unit} is not met.",
    ),
    "pacing.figure.not_due": (
        "未到节点，下次报送期限{due}。",
        "Nothing is owed yet; the next figure is due on {due}.",
    ),
    "pacing.figure.between": (
        "未到节点，{as_of}为{value}{unit}，当时符合序时进度；下次报送期限{due}。",
        "Between nodes: {value}{unit} on {as_of}, on pace then; the next figure is due on {due}.",
    ),
    "pacing.figure.silent": (
        "截至{end}的数应于{due}报送，至今未报，已{days}天。",
        "The figure up to {end} was due on {due} and has not come; days since: {days}.",
    ),
    "pacing.figure.silent_since": (
        "截至{end}的数应于{due}报送，至今未报，已{days}天；现有数截至{as_of}。",
        (
            "The figure up to {end} was due on {due} and has not come; days since: {days}; "
            "the last one speaks of {as_of}."
        ),
    ),
    "pacing.forecast.unknown": (
        "本期尚无数据，无法预计。",
        "Nothing is known of this period, so nothing can be forecast.",
    ),
    "pacing.forecast.no_share": (
        "序时进度为零，暂不预计。",
        "Nothing is expected yet, so nothing is forecast.",
    ),
    "pacing.forecast.final": ("期末为{value}{unit}。", "{value}{unit} at the end."),
    "pacing.forecast.middle": (
        "照此进度，期末预计{value}{unit}；数据不足四期，不给区间。",
        "At this pace {value}{unit} at the end; too few figures for an interval.",
    ),
    "pacing.forecast.interval": (
        "照此进度，期末预计{value}{unit}，八成把握在{low}至{high}{unit}之间（按{steps}段实际波动）。",
        (
            "At this pace {value}{unit} at the end, eight times in ten between {low} and "
            "{high}{unit} (from how {steps} steps have strayed)."
        ),
    ),
    "pacing.gap.no_reference": ("未下达。", "None was set."),
    "pacing.gap.no_peer": ("未设对标。", "No benchmark."),
    "pacing.gap.unknown": (
        "{peer}{value}{unit}，本地数待补。",
        "{peer}: {value}{unit}; our own figure is missing.",
    ),
    "pacing.gap.ahead": (
        "{peer}{value}{unit}，领先{gap}{unit}。",
        "{peer}: {value}{unit}; we are {gap}{unit} better.",
    ),
    "pacing.gap.behind": (
        "{peer}{value}{unit}，差{gap}{unit}。",
        "{peer}: {value}{unit}; we are {gap}{unit} short.",
    ),
}
