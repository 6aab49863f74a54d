"""Plans that come from and go to other programs' files."""

from __future__ import annotations

PATTERNS: dict[str, tuple[str, str]] = {
    "exchange.not_understood": (
        "看不懂“{name}”，没有写出结果。可读的有：.sm、.mm、.rcp、.msrcp。",
        "“{name}” cannot be understood; nothing was written. Read are .sm, .mm, .rcp and .msrcp.",
    ),
    "exchange.too_big": (
        "文件超过{megabytes}MB，没有读取。请分成几份。",
        "The file is larger than {megabytes} MB and was not read. Please split it.",
    ),
    "exchange.contradiction": (
        "文件中的数字互相矛盾：后续工作不存在，或工期、需要量是负数。请核对后再试。",
        "The file contradicts itself: an unknown successor, a negative duration or need. Check it.",
    ),
    "exchange.doubly": (
        "文件含双重约束资源，本系统不支持，没有导入。",
        "The file has doubly constrained resources, which are not supported. Nothing was read.",
    ),
    "exchange.planned": (
        "{count}项工作，排{length}天；不可能少于{bound}天，是否还能更短尚未证明。",
        "{count} jobs in {length} days; fewer than {bound} are impossible, less is not ruled out.",
    ),
    "exchange.planned_proved": (
        "{count}项工作，排{length}天，已证明不能更短。",
        "{count} jobs in {length} days, proved the least.",
    ),
    "exchange.why.first": (
        "已经排在允许的第一天。",
        "It starts on the first day allowed.",
    ),
    "exchange.why.after": (
        "要等“{before}”。",
        "It waits for “{before}”.",
    ),
    "exchange.why.resource": (
        "再早一天，第{day}天资源{number}不够：{others}正在用。",
        "A day earlier, resource {number} would be short on day {day}: {others} hold it.",
    ),
    "exchange.why.could": (
        "第{day}天起就可以开始，现在的日期是为了让开别的工作。",
        "It could start from day {day}; its date gives way to other work.",
    ),
}
