"""What the documents room says."""

PATTERNS: dict[str, tuple[str, str]] = {
    "documents.rule_unit": (
        "本地规则：“{phrase}”指{unit}。",
        "Local rule: “{phrase}” means {unit}.",
    ),
    "documents.rule_heading": (
        "本地规则：在标题“{phrase}”之下。",
        "Local rule: under the heading “{phrase}”.",
    ),
    "documents.rule_sentence": (
        "本地规则：句中有“{phrase}”。",
        "Local rule: the sentence holds “{phrase}”.",
    ),
    "documents.rule_too_short": (
        "原文说法至少写{n}个字，规则没有保存。",
        "Write at least {n} characters of the text. The rule was not kept.",
    ),
    "documents.rule_half": (
        "单位名称须选所指单位，标题和句子须选怎样处理；规则没有保存。",
        (
            "A unit's name needs its unit, a heading or sentence what becomes of it. "
            "The rule was not kept."
        ),
    ),
    "documents.rule_known": (
        "“{phrase}”已有一条同类规则，请改那一条。",
        "There is such a rule for “{phrase}” already; change that one.",
    ),
    "documents.doubt_reason_missing": (
        "请写明为什么不改；疑点没有变动。",
        "Say why it is left as it is; nothing was changed.",
    ),
    "documents.doubt_gone": (
        "这份材料现在没有这条疑点，可能分类或年度已改；请刷新后再看。",
        "The text raises no such doubt now; kinds or the year may have changed. Reload the page.",
    ),
    "documents.doubt_dismissed": (
        "这条疑点已有说明：{reason}。如需改写，请先恢复疑点。",
        "A reason was given already: {reason}. Raise the doubt again to give another.",
    ),
    "documents.decided_already": (
        "这份材料已有条目被修改或处理，不能重新读取。",
        "Items of this text were changed or decided already, so it cannot be read again.",
    ),
    "documents.nothing_given": (
        "请粘贴正文，或选择一个文件。",
        "Paste a text, or choose a file.",
    ),
    "documents.both_given": (
        "正文和文件只能选一种：请清空正文，或不选文件。",
        "Give either a text or a file: clear the text, or choose no file.",
    ),
    "documents.empty_folder": (
        "文件夹“{name}”中没有可读的材料。",
        "The folder “{name}” holds no texts that can be read.",
    ),
    "documents.batch_one": (
        "[{place}] {name}：读出 {n} 条。",
        "[{place}] {name}: {n} items.",
    ),
    "documents.batch_known": (
        "[{place}] {name}：上次已读，未再读。",
        "[{place}] {name}: read before, not read again.",
    ),
    "documents.batch_refused": (
        "[{place}] {name}：{why}",
        "[{place}] {name}: {why}",
    ),
    "documents.batch_read": (
        "读完 {n} 份，未能读取 {refused} 份。",
        "{n} texts were read, {refused} could not be.",
    ),
    "documents.batch_stopped": (
        "已停止，读完的都已写出；再次执行同一命令即可继续。",
        "Stopped. What was read is written; the same command goes on.",
    ),
    "documents.no_file": (
        "找不到文件“{name}”。请核对路径。",
        "There is no file “{name}”. Check the path.",
    ),
    "documents.unreadable": (
        "无法打开文件“{name}”。请核对权限。",
        "The file “{name}” cannot be opened. Check its permissions.",
    ),
    "documents.cannot_write": (
        "无法写出文件“{name}”。请核对文件夹是否存在、是否可写。",
        "The file “{name}” cannot be written. Check that its folder exists and may be written.",
    ),
    "documents.nothing_found": (
        "没有读出条目。请核对这是一份讲话、报告或任务清单。",
        "Nothing was found. Check that this is a speech, a report or a list of tasks.",
    ),
}
