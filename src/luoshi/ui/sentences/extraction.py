"""What the extraction law says about its items."""

PATTERNS: dict[str, tuple[str, str]] = {
    "extraction.plan_part": ("位于安排部署部分", "stands in the plan part"),
    "extraction.review_part": ("位于回顾总结部分", "stands in the review part"),
    "extraction.problem_part": ("位于查找问题部分", "stands among the problems"),
    "extraction.entry": ("清单中的一项", "a numbered entry of a list"),
    "extraction.task_column": ("表格的任务栏", "the task column of a table"),
    "extraction.progress_column": ("表格的进展栏", "the progress column of a table"),
    "extraction.problem_column": ("表格的问题栏", "the problem column of a table"),
    # As drafts kept it that were read before the kinds of formula had words.
    "extraction.formula": ("公文套语", "a formula of official texts"),
    "extraction.obligation": ("有义务词", "a word of obligation"),
    "extraction.formula.address": ("公文套语（称呼）", "a formula: an address"),
    "extraction.formula.greeting": (
        "公文套语（问候、致谢）",
        "a formula: a greeting or thanks",
    ),
    "extraction.formula.meeting": (
        "公文套语（会议说明）",
        "a formula: what the meeting is for",
    ),
    "extraction.formula.handover": (
        "公文套语（过渡语）",
        "a formula: a hand-over to what follows",
    ),
    "extraction.formula.credit": (
        "公文套语（归功于领导和各方）",
        "a formula: credit to leaders",
    ),
    "extraction.formula.year": (
        "公文套语（年份、形势定位）",
        "a formula: what the year or the times mean",
    ),
    "extraction.formula.weighty": (
        "公文套语（强调意义重大）",
        "a formula: stress on how weighty it is",
    ),
    "extraction.formula.remedy": (
        "公文套语（对问题的总体表态）",
        "a formula: a general promise to mend",
    ),
    "extraction.formula.formal": (
        "公文套语（印发、联系等程式语）",
        "a formula: a formal closing",
    ),
    "extraction.formula.basis": (
        "公文套语（制发依据）",
        "a formula: the grounds of a paper",
    ),
    "extraction.formula.finale": (
        "公文套语（结尾号召）",
        "a formula: a closing call",
    ),
    "extraction.formula.aphorism": (
        "公文套语（格言警句）",
        "a formula: an aphorism",
    ),
    "extraction.formula.call": (
        "公文套语（号召学习）",
        "a formula: a call to learn",
    ),
    "extraction.obligation.must": ("有义务词（必须、确保）", "a word of obligation (must)"),
    "extraction.obligation.should": ("有义务词（要、应当）", "a word of obligation (should)"),
    "extraction.obligation.strive": ("有义务词（力争、努力）", "a word of obligation (strive)"),
    "extraction.obligation.encourage": (
        "有义务词（鼓励、支持）",
        "a word of obligation (encourage)",
    ),
    "extraction.gap": ("含不足、差距一类的表述", "tells of a lack or gap"),
    "extraction.metric": ("主语是指标，谓语是数值或对比", "a metric with a value or relation"),
    "extraction.goal": ("整体要达到的状态，没有数值", "an end state of the whole, no figure"),
    "extraction.principle": ("讲理念、原则、态度，没有具体成果", "a conviction, no deliverable"),
    "extraction.condition": ("条件、等次或奖惩规定", "a condition, grade, reward or penalty"),
    "extraction.award": ("授予或表扬的决定", "an award or commendation granted"),
    "extraction.past": ("讲已经发生的事", "tells of what has been done"),
    "extraction.deliverable": ("动词带宾语，可以检查", "a verb with its object, can be checked"),
    "extraction.lead_in": (
        "位于大标题与第一个小标题之间，统领下文",
        "frames what follows between a main heading and its first sub-heading",
    ),
    "extraction.no_duty": ("没有行动、成果或问题", "names no action, result or problem"),
    "extraction.stuck": ("项目停滞，没有下一步时限", "the project is stuck, with no next date"),
    "extraction.done": ("项目已完成", "the project is done"),
    "extraction.masked": ("有隐去的内容，按待补处理", "part of it is masked and stays 待补"),
    "extraction.left.comment": ("来源注记，不读", "a note of the source, not read"),
    "extraction.left.apparatus": (
        "责任、时限等附注，已写入所属条目",
        "names or dates of an item beside it, kept in its fields",
    ),
    "extraction.left.title": ("标题", "the title"),
    "extraction.left.heading": ("只起编号和提示作用的小标题", "a heading that only names a topic"),
    "extraction.left.terms": ("名词解释", "an explanation of terms"),
    "extraction.left.described": ("只说明基本情况或为空", "only describes, or is empty"),
    "extraction.left.announces": ("引出下文", "announces what follows"),
    "extraction.left.frame": (
        "引语、落款、表头等，没有单独成项的内容",
        "an opening, a signature or a table head: nothing of its own",
    ),
    "extraction.incomplete": ("原文在此处中断", "the text breaks off here"),
}
