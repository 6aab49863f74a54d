"""Sentences of sampling: sizes with their arithmetic, results, and who may not look."""

PATTERNS: dict[str, tuple[str, str]] = {
    "sampling.period.year": ("{year}年", "{year}"),
    "sampling.period.h1": ("{year}年上半年", "First half of {year}"),
    "sampling.period.h2": ("{year}年下半年", "Second half of {year}"),
    "sampling.period.q1": ("{year}年一季度", "First quarter of {year}"),
    "sampling.period.q2": ("{year}年二季度", "Second quarter of {year}"),
    "sampling.period.q3": ("{year}年三季度", "Third quarter of {year}"),
    "sampling.period.q4": ("{year}年四季度", "Fourth quarter of {year}"),
    "sampling.period.month": ("{year}年{month}月", "Month {month} of {year}"),
    "sampling.period.range": ("{start}至{end}", "{start} to {end}"),
    "sampling.none": (
        "这一时段没有参加抽取的办结事项。",
        "No closed item of this period takes part in the draw.",
    ),
    "sampling.size": (
        (
            "{population}件中若有{false}件不实（{rate}%），抽{drawn}件至少查出1件的把握为{chance}%，"
            "达到{confidence}%；少抽1件只有{chance_of_less}%。"
        ),
        (
            "If {false} of {population} were not true ({rate}%), looking at {drawn} would find at "
            "least one with a chance of {chance}%, which reaches {confidence}%; with one fewer it "
            "would be {chance_of_less}%."
        ),
    ),
    "sampling.result": ("抽查{drawn}件、属实{true}件", "Drawn {drawn}, found true {true}"),
    "sampling.result.open": (
        "抽查{drawn}件，已查{checked}件、属实{true}件",
        "Drawn {drawn}, looked at {checked}, found true {true}",
    ),
    "sampling.result.must": (
        "必查{listed}件、属实{true}件",
        "Always checked {listed}, found true {true}",
    ),
    "sampling.result.must_open": (
        "必查{listed}件，已查{checked}件、属实{true}件",
        "Always checked {listed}, looked at {checked}, found true {true}",
    ),
    "sampling.no_estimate": ("还没有查看，不作推断。", "Nothing was looked at: nothing follows."),
    "sampling.estimate": (
        "抽中的属实{share}%；由此推断参加抽取的全部事项，属实的占{low}%至{high}%（把握{confidence}%）。",
        (
            "Of those drawn {share}% were true; of all that took part, between {low}% and {high}% "
            "are (confidence {confidence}%)."
        ),
    ),
    "sampling.year": (
        "{year}年抽查{drawn}件、属实{true}件。{estimate}",
        "{year}: looked at {drawn}, found true {true}. {estimate}",
    ),
    "sampling.year.none": (
        "{year}年还没有查过抽中的事项，不作推断。",
        "{year}: nothing that was drawn has been looked at, so nothing follows.",
    ),
    "sampling.not_offered": (
        "时段、把握和假定不实率只能从所列的选项中选。",
        "Period, confidence and supposed rate must be among those offered.",
    ),
    "sampling.drawn_already": (
        "这一时段已于{day}抽取，每个时段只抽一次。",
        "This period was drawn on {day}; each period is drawn once.",
    ),
    "sampling.not_yours": (
        "镇的抽查由党政办抽取，全县的抽查由县督查抽取。",
        "A town's sample is drawn by its office, a county's by the county's supervisors.",
    ),
    "sampling.not_open": ("这次抽查已经结束。", "This spot check has ended."),
    "sampling.checked_already": (
        "这一件已经查看，结论不再更改。",
        "This item has been looked at; what was found is not changed.",
    ),
    "sampling.on_behalf": (
        "抽查须由抽定的人本人填写，不能代录。",
        "What was found is written by the person drawn, never on behalf.",
    ),
    "sampling.checker_is_doer": (
        "查看人不得是承办人或报送人（含代录人）。",
        "Whoever did or reported an item, also on behalf, does not look at it again.",
    ),
    "sampling.checker_is_verifier": (
        "首次复核的人不再查看同一件。",
        "Whoever verified an item the first time does not look at it again.",
    ),
    "sampling.checker_not_drawn": (
        "查看人随机抽定，这一件抽定的不是您。",
        "Who looks is drawn, and for this item it is somebody else.",
    ),
}
