"""How likely a deadline is."""

from __future__ import annotations

PATTERNS: dict[str, tuple[str, str]] = {
    "risk.bad_points": (
        "三点工期应当乐观不大于最可能、最可能不大于悲观，且都大于0。",
        "Three durations must rise from optimistic to likely to pessimistic, all above 0.",
    ),
    "risk.not_installed": (
        "估算把握要先安装 luoshi[fast]。",
        "To reckon the odds, install luoshi[fast] first.",
    ),
    "risk.no_points": (
        "文件没有三点工期（乐观、最可能、悲观），无法估算把握。请在工期1、工期2、工期3三列填写。",
        "No task has three durations (Duration1 to Duration3), so no odds can be told.",
    ),
    "risk.end": (
        "全部完成：五成把握{half}，八成{most}，九成五{sure}。",
        "All done: half of the draws by {half}, 80 in 100 by {most}, 95 by {sure}.",
    ),
    "risk.kept": (
        "“{step}”时限{deadline}：{kept}%的把握按期；八成把握的日期是{day}。",
        "“{step}”, due {deadline}: kept in {kept} of 100 draws; 80 in 100 are done by {day}.",
    ),
    "risk.drivers": (
        "对完成日期影响最大的：{steps}。",
        "What drives the end most: {steps}.",
    ),
}
