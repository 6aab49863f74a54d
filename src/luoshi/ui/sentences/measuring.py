"""Sentences of the law of measuring: what a cell says, periods, why a reading is refused."""

PATTERNS: dict[str, tuple[str, str]] = {
    "measuring.no_number": (
        "“{text}”不是数字。没有数据请留空，不要填0。",
        "“{text}” is no number. Leave the cell empty where nothing is known; do not enter 0.",
    ),
    "measuring.too_large": (
        "“{text}”位数过多，请检查是否多打了数字。",
        "“{text}” has too many digits; please check for a slip of the keyboard.",
    ),
    "measuring.other_unit": (
        "单位“{unit}”不能换算为“{measure}”，请按“{measure}”填报。",
        "The unit {unit} does not convert to {measure}; please state the figure in {measure}.",
    ),
    "measuring.not_even": (
        "由“{unit}”换算为“{measure}”除不尽，请按“{measure}”填报。",
        "Converting {unit} to {measure} does not come out even; please state it in {measure}.",
    ),
    "measuring.negative": (
        "“{text}”为负数，该指标不会小于0。",
        "“{text}” is negative; this indicator is never below 0.",
    ),
    "measuring.too_fine": (
        "“{text}”超出该指标的精度（小数{decimals}位），系统不代为取舍，请核定后填报。",
        "“{text}” is finer than the indicator's {decimals} decimals. Nothing is rounded for you.",
    ),
    "measuring.period.year": ("{year}年", "{year}"),
    "measuring.period.half": ("{year}年第{number}个半年", "half {number} of {year}"),
    "measuring.period.quarter": ("{year}年第{number}季度", "Q{number} of {year}"),
    "measuring.period.month": ("{year}年{number}月", "{year}-{number}"),
    "measuring.period.range": ("{start}至{end}", "{start} to {end}"),
    "measuring.denominator_zero": (
        "分母为0，比率无从计算，请核对分母指标。",
        "The denominator is 0, so that there is no ratio. Please check the denominator.",
    ),
    "measuring.reckoned": (
        "该指标由分子、分母计算得出，请填报分子或分母。",
        "This indicator follows from its numerator and denominator; please enter those.",
    ),
    "measuring.composed": (
        "该指标的构成由各组成部分计算得出，请填报各组成部分。",
        "The composition follows from its parts; please enter the parts.",
    ),
    "measuring.statistics": (
        "统计数据以发布数为准，不在此填报，请用“导入发布数”。",
        "Statistics are not typed here; please import the published figures.",
    ),
    "measuring.no_reporter": (
        "该单位不是这项指标的填报单位。",
        "The unit does not report this indicator.",
    ),
    "measuring.other_rhythm": (
        "该期间与指标的发布频次不符。",
        "The period does not follow the indicator's publishing rhythm.",
    ),
    "measuring.future": (
        "该期间到{end}才结束，尚不能填报。",
        "The period ends on {end}; it cannot be stated yet.",
    ),
    "measuring.future_source": (
        "数据日期{as_of}晚于今天，请核对。",
        "The as-of date {as_of} lies in the future; please check.",
    ),
    "measuring.revision_says_why": (
        "该期已有数据，修订请写明原因。",
        "The period has a figure already; a revision must say why.",
    ),
}
