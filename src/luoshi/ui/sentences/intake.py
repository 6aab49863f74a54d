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
    "intake.chat.elsewhere": (
        "“{who}”不在“{place}”任职，请核对。",
        "“{who}” holds no post at “{place}”; please check.",
    ),
    "intake.chat.several_people": (
        "同名或提到的有{n}人，请选是谁说的。",
        "{n} people fit; please choose who said it.",
    ),
    "intake.chat.unit_only": (
        "只写了单位，没有写是谁说的。",
        "Only the unit is named, not who said it.",
    ),
    "intake.chat.nobody": (
        "没有认出是谁：名册里没有，或已离岗。",
        "Nobody is recognised: not in the roster, or no longer in post.",
    ),
    "intake.chat.which_item": (
        "分不清是哪一件，请选。",
        "It is not clear which item is meant; please choose.",
    ),
    "intake.chat.no_item": (
        "没有对应的在办事项。",
        "No open item corresponds.",
    ),
    "intake.chat.over": (
        "超过100%，请核对后填写。",
        "More than 100%; please check and enter the figure.",
    ),
    "intake.chat.two_figures": (
        "一条里有不同的百分比，请核对。",
        "The line states different percentages; please check.",
    ),
    "intake.chat.two_items": ("像是说了不止一件事。", "It seems to speak of more than one item."),
    "intake.chat.plea": (
        "像是请求或询问延期，不是进展。",
        "It reads like a request for more time, not like progress.",
    ),
    "intake.chat.says_nothing": ("只有名字，没有说进展。", "Only a name; no progress is told."),
    "intake.chat.nothing_chosen": ("没有勾选要录入的进展。", "No line is ticked."),
    "intake.chat.too_many": (
        "一次最多代录{n}条，请分两次。",
        "At most {n} reports can be entered at once; please do it in two goes.",
    ),
    "intake.chat.too_long": (
        "文字超过{n}行，没有读取；原文还在框里，请分几次粘贴。",
        "The text has more than {n} lines and was not read; it is still in the box. Paste parts.",
    ),
    "intake.chat.no_item_now": (
        "第{n}行的事项已不在您可办的范围，全部没有录入，请重新识别。",
        "The item of line {n} is no longer within your scope; nothing was entered. Read it again.",
    ),
    "intake.chat.line_refused": (
        "第{n}行“{title}”不能录入：{why}全部没有录入，改后再试。",
        "Line {n}, “{title}”, cannot be entered: {why} Nothing was entered; mend it and try again.",
    ),
    "intake.chat.unclear": (
        "第{n}行还没有选定谁说的、哪件事，全部没有录入。",
        "Line {n}: choose who said it and of which item. Nothing was entered.",
    ),
    "intake.chat.percent": (
        "第{n}行的百分比“{said}”不对，应在0到100之间，全部没有录入。",
        "Line {n}: the percentage “{said}” must lie between 0 and 100. Nothing was entered.",
    ),
    "intake.confirm_not_yours": (
        "只有本人可以确认代录的进展。",
        "Only the person it was typed for can confirm it.",
    ),
    "intake.confirm_not_typed": ("这条不是代录的。", "This report was not typed for somebody."),
    "intake.confirm_needs_note": ("请写明哪里不对。", "Please say what is not right."),
    "intake.confirm_twice": ("这条已经答复过了。", "This one has been answered already."),
    "intake.paper.due_missing": (
        "要求回复的来文，请填上级时限（日期和钟点）。",
        "A paper that asks for an answer needs the superior's deadline (day and hour).",
    ),
    "intake.paper.due_before_receipt": (
        "上级时限{due}不晚于收文时间{received}，请核对。",
        "The superior's deadline {due} is not later than receipt {received}; please check.",
    ),
    "intake.paper.internal_alone": (
        "没有上级时限，就没有内部时限。",
        "Without the superior's deadline there is no internal one.",
    ),
    "intake.paper.internal_after": (
        "内部时限{internal}晚于上级时限{due}，请改早。",
        "The internal deadline {internal} is after the superior's {due}; set it earlier.",
    ),
    "intake.paper.internal_before_receipt": (
        "内部时限早于收文时间{received}，请核对。",
        "The internal deadline lies before receipt {received}; please check.",
    ),
    "intake.paper.twice": (
        "文号{reference}在{received}登记过：{title}。如确是另一次来文，请勾选后再登记。",
        (
            "Number {reference} was registered on {received}: {title}. If this is another paper, "
            "tick the box and register it again."
        ),
    ),
    "intake.paper.no_answer": ("这份来文无需回复。", "This paper asks for no answer."),
    "intake.paper.too_many_figures": (
        "一稿最多登记{n}个数。",
        "At most {n} figures can be entered for one version.",
    ),
    "intake.paper.same_person": (
        "{first}和{second}不能是同一人。",
        "“{first}” and “{second}” must be different people.",
    ),
    "intake.paper.not_a_leader": (
        "{step}须由在岗的镇领导办理。",
        "“{step}” is for a leader of the town in post.",
    ),
    "intake.paper.step_missing": (
        "还没有{step}，不能报出。",
        "It cannot leave: “{step}” is still missing.",
    ),
    "intake.paper.left_when": (
        "报出时间应在收文（{received}）之后、现在之前。",
        "It must have left after receipt ({received}) and not later than now.",
    ),
    "intake.paper.late_why": (
        "已过上级时限{due}，请写明迟报原因。",
        "The superior's deadline {due} has passed; please say why it is late.",
    ),
    "intake.paper.left_already": (
        "这一稿已经报出，不能再改；需要更正的请登记新的一稿。",
        "This version has left and cannot be changed; register a new one to correct it.",
    ),
    "intake.paper.clash": (
        "{name}（{period}）这次是{value}，{source}是{other}。请写明为什么不一致。",
        "{name} ({period}) is {value} here, and {other} in {source}. Please say why they differ.",
    ),
    "intake.step.drafted": ("拟稿", "Drafted"),
    "intake.step.checked": ("核稿", "Checked"),
    "intake.step.reviewed": ("审核", "Reviewed"),
    "intake.step.signed": ("签字", "Signed"),
    "intake.step.sealed": ("盖章", "Sealed"),
    "intake.owed.step": (
        "第{n}稿待您{step}，上级时限{due}。",
        "Version {n} awaits you: {step}; the superior's deadline is {due}.",
    ),
}
