"""Sentences of disparity: how far apart, in which direction, who was lifted."""

_TOLD_ZH = "（可比{known}个：基尼系数{then}→{now}，最高与最低之比{ratio_then}→{ratio_now}）"
_TOLD_EN = (
    " ({known} compared: Gini {then} to {now}, highest to lowest {ratio_then} to {ratio_now})"
)

PATTERNS: dict[str, tuple[str, str]] = {
    "disparity.unknown": ("尚无数据，无法比较。", "No figures yet, so nothing to compare."),
    "disparity.spread": (
        "最高{highest}{most}，最低{lowest}{least}，相差{ratio}倍；已报{known}个，待补{missing}个。",
        (
            "Highest {highest} {most}, lowest {lowest} {least}: {ratio} times; "
            "{known} known, {missing} missing."
        ),
    ),
    "disparity.spread_no_ratio": (
        "最高{highest}{most}，最低{lowest}{least}，最低不大于0，不算倍数；已报{known}个，待补{missing}个。",
        (
            "Highest {highest} {most}, lowest {lowest} {least}: no ratio to a figure that is not "
            "above 0; {known} known, {missing} missing."
        ),
    ),
    "disparity.narrowing": (
        "差距在缩小" + _TOLD_ZH + "。",
        "The gap is narrowing" + _TOLD_EN + ".",
    ),
    "disparity.widening": ("差距在扩大" + _TOLD_ZH + "。", "The gap is widening" + _TOLD_EN + "."),
    "disparity.unchanged": ("差距持平" + _TOLD_ZH + "。", "The gap is unchanged" + _TOLD_EN + "."),
    "disparity.mixed": (
        "总体与两端方向不一" + _TOLD_ZH + "。",
        "The whole and its ends move apart" + _TOLD_EN + ".",
    ),
    "disparity.trend_unknown": (
        "两期都有数的仅{known}个，无法判断差距变化。",
        "Only {known} have a figure at both moments: no trend can be told.",
    ),
    "disparity.lifted": (
        "以{line}为线：新越过{up}个，回落{down}个，仍未达{below}个，缺数无法判断{unknown}个。",
        (
            "Against the line {line}: {up} lifted over it, {down} fell back, {below} still below, "
            "{unknown} unknown."
        ),
    ),
    "disparity.between": (
        "{one}{first}，{other}{second}，比值{ratio}，相差{gap}。",
        "{one} {first}, {other} {second}: ratio {ratio}, difference {gap}.",
    ),
    "disparity.between_gap": (
        "{one}{first}，{other}{second}，相差{gap}。",
        "{one} {first}, {other} {second}: difference {gap}.",
    ),
    "disparity.between_unknown": (
        "{one}或{other}尚无数据，无法比较。",
        "{one} or {other} has no figures, so they cannot be compared.",
    ),
}
