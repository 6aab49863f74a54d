"""Levelling by hands, and the durations that odds are drawn from."""

from __future__ import annotations

PATTERNS: dict[str, tuple[str, str]] = {
    "level.hands": (
        "{hand}在{on}人手已满（{others}），排到其后。",
        "{hand} is full on {on} ({others}), so it comes later.",
    ),
    "level.passed": (
        "原定{on}开始，这一天已过，从今天排起。",
        "It was to begin on {on}; that day has passed, so it begins today.",
    ),
    "level.earlier": ("人手有空，可提前到{on}。", "Hands are free: it can begin on {on} already."),
    "level.together": (
        "为避开人手高峰或与前后环节衔接而推后。",
        "Put off to keep clear of a peak, or to join what comes before and after.",
    ),
    "level.order": (
        "前置环节完成后即可开始。",
        "It can begin as soon as what it waits for is done.",
    ),
    "level.not_a_number": (
        "“{text}”不是可用的数量，请填0以上的数，最多两位小数。",
        "“{text}” is no amount: please give a number from 0, with two decimals at most.",
    ),
    "level.not_days": (
        "“{text}”不是可用的天数，请填1到2000的整数。",
        "“{text}” is no number of days: please give a whole number from 1 to 2,000.",
    ),
    "level.no_such_hand": (
        "所选单位或岗位不在您的范围内，请重新选择。",
        "The unit or post chosen is outside your scope; please choose again.",
    ),
    "level.no_name": ("请填写设备名称。", "Please say what the machine is called."),
    "level.named_twice": (
        "“{name}”已经列出，请修改原来那一行。",
        "“{name}” is listed already: please change its line.",
    ),
    "level.bad_points": (
        "“{title}”的最快与最慢须都填，且最快不大于最慢。",
        "“{title}”: give both the shortest and the longest, the shortest first.",
    ),
    "level.more_than_there_is": (
        "“{title}”的占用超过现有数量，请先增加数量或减少占用。",
        "“{title}” takes more than there is: raise the amount or take less.",
    ),
    "level.no_such_study": ("没有这种推算。", "There is no such study."),
    "level.going": (
        "您的上一次推算还在进行，请等它完成或先停下。",
        "Your last study is still under way: wait for it, or stop it first.",
    ),
    "level.no_hands": (
        "还没有填人手与设备，无从按人手安排；请先填写。",
        "No hands or machines are named yet, so there is nothing to level by; name them first.",
    ),
}
