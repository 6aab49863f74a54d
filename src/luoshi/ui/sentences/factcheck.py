"""The fact check in words: what contradicts itself or the calendar, what burdens, what to do."""

PATTERNS: dict[str, tuple[str, str]] = {
    "factcheck.nothing": (
        "没有发现疑点。系统只核对本文前后和日历，不核对事实本身。",
        "Nothing found. Only the text itself and the calendar are checked, not the facts.",
    ),
    "factcheck.summary": (
        "错误{errors}处，提醒{warnings}处，说明{infos}处。",
        "{errors} errors, {warnings} warnings, {infos} notes.",
    ),
    "factcheck.F01": (
        "“{plan}”时期是{first}—{last}年，不包括这里写的{said}年。",
        "The {plan} plan period runs from {first} to {last}; it does not hold {said}.",
    ),
    "factcheck.F01.role": (
        "“{plan}”的{role}年应是{right}年，这里写成{year}年。",
        "The {role} year of the {plan} plan is {right}, not {year}.",
    ),
    "factcheck.F01.remedy": (
        "{year}年属于“{plan}”时期，请核对年份或规划名称。",
        "{year} belongs to the {plan} period; check the year or the plan's name.",
    ),
    "factcheck.F01.remedy_range": (
        "请核对起止年份或规划名称。",
        "Check the years or the plan's name.",
    ),
    "factcheck.F01.remedy_role": (
        "请核对年份，或改写这句定位。",
        "Check the year, or reword how the year is placed.",
    ),
    "factcheck.F02.over": (
        "各分项（{parts}）相加为{total}，比总数{whole}多{gap}。",
        "The parts ({parts}) add up to {total}: {gap} more than the whole of {whole}.",
    ),
    "factcheck.F02.short": (
        "各分项（{parts}）相加为{total}，比总数{whole}少{gap}。",
        "The parts ({parts}) add up to {total}: {gap} short of the whole of {whole}.",
    ),
    "factcheck.F02.structure": (
        "三次产业的比例相加为{total}，应为100。",
        "The shares of the three sectors add up to {total}, not 100.",
    ),
    "factcheck.F02.column": (
        "本列各行相加为{total}，合计行写的是{whole}。",
        "The rows of this column add up to {total}; the total row says {whole}.",
    ),
    "factcheck.F02.remedy": (
        "请核对总数和各分项。",
        "Check the whole and its parts.",
    ),
    "factcheck.F02.remedy_list": (
        "如果分项没有列全，可以不改；如果已列全，请核对总数和各分项。",
        "If the list need not be complete, leave it; else check the whole and its parts.",
    ),
    "factcheck.F03": (
        "按{one}和{other}推算应为{right}左右，这里写的是{said}。",
        "From {one} and {other} it should be about {right}; the text says {said}.",
    ),
    "factcheck.F03.remedy": (
        "请核对两个数和百分比；已按四舍五入留出余地，口径不同的请在文中写明。",
        (
            "Check both figures and the percentage; rounding is allowed for. If they are defined "
            "differently, say so in the text."
        ),
    ),
    "factcheck.F04": (
        "“{name}”前面写的是{one}，这里写的是{other}。",
        "“{name}” was {one} before; here it is {other}.",
    ),
    "factcheck.F04.remedy": (
        "请统一数值；时期、范围或口径不同的，请在文中写明。",
        "Use one value; if period, scope or definition differ, say so in the text.",
    ),
    "factcheck.F05.month": ("“{words}”：没有{month}月。", "“{words}”: there is no month {month}."),
    "factcheck.F05.day": (
        "“{words}”：{month}月最多{last}天。",
        "“{words}”: month {month} has at most {last} days.",
    ),
    "factcheck.F05.leap": (
        "“{words}”：{year}年不是闰年，没有这一天。",
        "“{words}”: {year} is not a leap year, so there is no such day.",
    ),
    "factcheck.F05.remedy": ("请核对日期。", "Check the date."),
    "factcheck.F05.weekday": (
        "{day}是星期{right}，这里写成星期{said}。",
        "{day} does not fall on the day of the week that is written.",
    ),
    "factcheck.F05.remedy_weekday": (
        "请核对日期和星期。",
        "Check the date and the weekday.",
    ),
    "factcheck.F06": (
        "时限“{words}”（{day}）早于本材料的日期{dated}。",
        "The limit “{words}” ({day}) lies before the paper's own date, {dated}.",
    ),
    "factcheck.F06.year": (
        "时限“{words}”早于本材料的年度（{year}年）。",
        "The limit “{words}” lies before the paper's own year, {year}.",
    ),
    "factcheck.F06.remedy": (
        "请核对时限；如指下一年，请写明年份。",
        "Check the limit; if the next year is meant, write the year.",
    ),
    "factcheck.F07": (
        "时限“{words}”（{day}，星期{week}）不是工作日。",
        "The limit “{words}” ({day}) is not a working day.",
    ),
    "factcheck.F07.without_notice": (
        "时限“{words}”（{day}）是星期{week}；该年放假安排尚未公布，只按周末判断。",
        "The limit “{words}” ({day}) is at a weekend; that year's holidays are not published yet.",
    ),
    "factcheck.F07.remedy": (
        "可改为前一个工作日{before}或后一个工作日{after}。",
        "Take the working day before ({before}) or after ({after}).",
    ),
    "factcheck.F08": (
        "“{thing}”后面的{figure}没有写单位。",
        "The figure {figure} after “{thing}” has no unit.",
    ),
    "factcheck.F08.remedy": (
        "请补写单位；不要猜测，按底稿核对。",
        "Add the unit from the working papers; do not guess.",
    ),
    "factcheck.F09.figure": (
        "“{words}”的数值没有写明。",
        "The figure in “{words}” is not given.",
    ),
    "factcheck.F09.name": (
        "“{words}”处的名称或数字被隐去，全文共{n}处。",
        "A name or number is masked at “{words}”, {n} time(s) in the text.",
    ),
    "factcheck.F09.letters": (
        "“{words}”等处用字母代替汉字，全文共{n}处。",
        "Letters stand for characters at “{words}” and elsewhere, {n} time(s).",
    ),
    "factcheck.F09.remedy": (
        "待补：请按底稿补全；不能补的，印发前删去。",
        "待补: fill it in from the working papers, or take it out before issue.",
    ),
    "factcheck.F09.remedy_letters": (
        "请改回规范的汉字。",
        "Write the proper characters.",
    ),
    "factcheck.F10.title": (
        "{name}的职务前后不一：{one}、{other}。",
        "The title of {name} differs: {one}, {other}.",
    ),
    "factcheck.F10.person": (
        "{title}的姓名前后差一个字：{one}、{other}。",
        "The name of the {title} differs by one character: {one}, {other}.",
    ),
    "factcheck.F10.unit": (
        "同一单位有两种写法：{one}、{other}。",
        "One unit is written in two ways: {one}, {other}.",
    ),
    "factcheck.F10.project": (
        "两个名称只差一个字：{one}、{other}。",
        "Two names differ by one character: {one}, {other}.",
    ),
    "factcheck.F10.remedy": (
        "请核对后统一；确是两个的，不必改。",
        "Check and use one; if there really are two, leave them.",
    ),
    "factcheck.J01": (
        "全文约{characters}字，超过{most}字（部署专项工作或者具体任务的一般不超过4000字，其他一般不超过5000字）。",
        "About {characters} characters: more than {most} (one matter 4,000, others 5,000).",
    ),
    "factcheck.J01.milder": (
        "可删去背景、意义和重复的要求，具体数字和分工放进附表。",
        "Drop background, meaning and repeated demands; put figures and duties in an annex.",
    ),
    "factcheck.J02": (
        "要求报送贯彻落实情况。",
        "Asks for a report on how the paper is being carried out.",
    ),
    "factcheck.J02.milder": (
        "可改为：“工作中的问题和建议可随时反映，不要求专门报送贯彻落实情况。”",
        "Milder: problems and suggestions may be raised at any time; no separate report is asked.",
    ),
    "factcheck.J03": (
        "要求打卡、留痕或上传照片。",
        "Asks for check-ins, traces or photos.",
    ),
    "factcheck.J03.milder": (
        "可改为：“以工作实效为准，镇里实地了解，不要求打卡、拍照。”",
        "Milder: results count; the town goes and looks; no check-ins or photos are asked.",
    ),
    "factcheck.J04": (
        "要求新填报表或另建台账。",
        "Asks for a new form or another ledger.",
    ),
    "factcheck.J04.milder": (
        "可改为：“已有台账能提供的数据不再填报，由镇里汇总后请各村核对。”",
        "Milder: what the ledger knows is not asked again; the town fills in, villages check.",
    ),
    "factcheck.J05": (
        "要求签订责任状。",
        "Asks for a signed pledge of responsibility.",
    ),
    "factcheck.J05.milder": (
        "可改为：“任务和分工以任务分解表为准，不另签责任状。”",
        "Milder: the table of tasks settles duties; no pledge is signed.",
    ),
    "factcheck.J06": (
        "写了一票否决，没有写明依据。",
        "Uses a one-vote veto without naming its basis.",
    ),
    "factcheck.J06.milder": (
        "请写明依据的文件和层级；没有依据的，改为扣分或约谈。",
        "Name the document and its level; without one, make it a deduction or a talk.",
    ),
    "factcheck.J07": (
        "以留痕、台账、次数或上线率等计分。",
        "Scores by traces: ledgers, counts of meetings, log-in rates.",
    ),
    "factcheck.J07.milder": (
        "可改为按实际成效计分，佐证由考核方自行查核。",
        "Milder: score the result; whoever assesses finds the evidence.",
    ),
    "factcheck.J08": (
        "把责任下压给村（社区）或网格员，可能超出其履职事项。",
        "Pushes a duty down to villages or grid workers that may not be theirs.",
    ),
    "factcheck.J08.milder": (
        "请对照履职事项清单；可改为：“由主管部门负责，村（社区）协助宣传、发现和上报。”",
        (
            "Check the duty list. Milder: the department is responsible; villages help to inform, "
            "notice and report."
        ),
    ),
    "factcheck.J09": (
        "要求当日、次日或休息日报送。",
        "Asks for a report the same day, the next day, or on a day off.",
    ),
    "factcheck.J09.day_off": (
        "要求在休息日报送：“{words}”（{day}）。",
        "Asks for a report by a day off: “{words}” ({day}).",
    ),
    "factcheck.J09.next_day": (
        "本文日期为{dated}，要求“{words}”报送，只留一个工作日或更少。",
        "The paper is dated {dated} and asks for a report by “{words}”: one working day or less.",
    ),
    "factcheck.J09.milder": (
        "非紧急事项请留出不少于三个工作日，时限落在工作日。",
        "Unless urgent, leave at least three working days and end on a working day.",
    ),
    "factcheck.J10": (
        "要求每日、每周反复报送。",
        "Asks for daily or weekly reports.",
    ),
    "factcheck.J10.milder": (
        "可改为在时间节点报一次，中间有变化再报。",
        "Milder: one report at each milestone, and another only when something changes.",
    ),
    "factcheck.source.notice_2019": (
        "依据：《关于解决形式主义突出问题为基层减负的通知》（中共中央办公厅，2019年）",
        (
            "Source: notice on formalism and burdens at the grassroots (General Office of the CPC "
            "Central Committee, 2019)"
        ),
    ),
    "factcheck.source.rules_2024": (
        "依据：《整治形式主义为基层减负若干规定》（中共中央办公厅、国务院办公厅，2024年）",
        (
            "Source: rules against formalism to lighten the grassroots' burden (General Offices "
            "of the CPC Central Committee and the State Council, 2024)"
        ),
    ),
    "factcheck.source.fingertip_2023": (
        "依据：《关于防治“指尖上的形式主义”的若干意见》（中央网络安全和信息化委员会，2023年）",
        (
            "Source: opinions against formalism at the fingertips (Central Cyberspace Affairs "
            "Commission, 2023)"
        ),
    ),
}
