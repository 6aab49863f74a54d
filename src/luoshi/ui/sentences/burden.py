"""Sentences of the burden meter: why a request is refused, where a fact stands already."""

PATTERNS: dict[str, tuple[str, str]] = {
    "burden.no_title": ("请写明要什么数据。", "Please say which data are wanted."),
    "burden.no_fields": (
        "一个填报项也没有，不能下达。请列出要填的项，一行一项。",
        "There is no field to fill in. List the fields, one a line.",
    ),
    "burden.many_fields": (
        "填报项{n}个，超过{most}个。请只留真正要用的，台账已有的由系统代填。",
        (
            "{n} fields are more than {most}. Keep those that will be used; what the ledger knows "
            "is filled in by the system."
        ),
    ),
    "burden.field_twice": (
        "填报项重复或无名：{fields}。同一份表里一项只问一次。",
        "Fields without a name or asked twice: {fields}. A form asks each thing once.",
    ),
    "burden.no_units": ("请选定由哪些单位填报。", "Choose the units that are to answer."),
    "burden.empty_units": (
        "{units}没有在岗人员，下达后无人可填。请取消或先补任职。",
        "Nobody holds a post in {units}: the request would reach no one. Leave them out.",
    ),
    "burden.due_passed": (
        "完成时限{due}已过，不能下达。",
        "The deadline {due} has passed; the request cannot be issued.",
    ),
    "burden.at_night": (
        "夜间不下达当日要的报表。请改到下一个工作日以后。",
        "No form is asked at night for the same day. Choose a later working day.",
    ),
    "burden.over_rest": (
        "休息日前15时以后或休息日下达的，不得要求{first}（下一个工作日）就报，时限{due}不留工作时间。请往后放一个工作日。",
        (
            "What is issued after 15:00 before days off, or on a day off, may not be due on the "
            "next working day ({first}): {due} leaves no working time. Allow one more."
        ),
    ),
    "burden.twin": (
        "与{number}号报表要求相同：同样的填报项已向同样的单位要过。请直接用那一份的汇总。",
        "Request {number} asks the same of the same units already. Use its summary.",
    ),
    "burden.where.ledger": (
        "台账“{label}”栏，可直接打印",
        "the ledger's column “{label}”; print it from there",
    ),
    "burden.where.indicator": (
        "指标“{name}”，按期已有完成值",
        "the indicator “{name}”, whose readings come in by its own rhythm",
    ),
    "burden.where.unit": ("组织机构中已登记", "the organisation's own register"),
    "burden.where.request": ("{number}号报表要求已填过", "request {number} was answered with it"),
    "burden.how.same": ("名称相同", "the same name"),
    "burden.how.synonym": ("同义栏目“{word}”", "the same as “{word}”"),
    "burden.how.within": (
        "去掉修饰词即“{word}”",
        "“{word}” with words around it that add nothing",
    ),
    "burden.not_yours": (
        "只有党政办或领导可以下达或不予下发报表要求。",
        "Only the town office or a leader issues or withholds a request for data.",
    ),
    "burden.not_drafter": (
        "报表要求由镇直办公室、站所负责人或党政办起草。",
        "Requests for data are drafted by the heads of the town's offices or by the town office.",
    ),
    "burden.decided": (
        "这份报表要求已经处理过（{state}），没有再改。",
        "This request has been decided already ({state}); nothing was changed.",
    ),
    "burden.no_reason": ("请写明理由。", "Please give the reason."),
    "burden.not_asked": (
        "这份报表没有要求本单位填报，或不在本期。",
        "This request does not ask your unit for this round.",
    ),
    "burden.answer_missing": (
        "第{n}项“{field}”还没有填；没有的请写“无”。已填的都保留。",
        "Field {n} “{field}” is empty; write “none” if there is nothing. The rest is kept.",
    ),
    "burden.answer_long": (
        "第{n}项“{field}”超过{most}字。已填的都保留。",
        "Field {n} “{field}” is longer than {most} characters. What you typed is kept.",
    ),
    "burden.minutes_odd": (
        "用时请填1到{most}分钟的整数。",
        "Give the time as whole minutes from 1 to {most}.",
    ),
    "burden.no_what": ("请写明要的是什么。", "Please say what was asked for."),
    "burden.asked_ahead": ("日期不能晚于今天。", "The day cannot lie ahead."),
    "burden.no_text": ("请写明意见或建议。", "Please write the complaint or suggestion."),
    "burden.no_answer": ("请写明答复内容。", "Please write the answer."),
    "burden.no_place": (
        "本账号没有任职单位，不能登记。",
        "This account holds no post in a unit, so nothing can be recorded.",
    ),
    "burden.answered": (
        "这条意见已经答复；新的答复没有保存。",
        "It has been answered already; the new answer was not kept.",
    ),
    "burden.no_timing": (
        "“{form}”还没有测够{least}次，用时待测，不按0计",
        "“{form}” was measured fewer than {least} times: its time is not known, and is not 0",
    ),
    "burden.timing_odd": (
        "用时不是可信的数，没有计入。",
        "The time is not a sound figure and was not counted.",
    ),
}
