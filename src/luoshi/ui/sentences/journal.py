"""Sentences about the journal."""

PATTERNS: dict[str, tuple[str, str]] = {
    "journal.no_key": (
        "未找到日志密钥文件 journal.key，请先运行 luoshi setup。",
        "The journal's key file journal.key is missing; run `luoshi setup` first.",
    ),
    "journal.intact": (
        "操作日志完整：已封印{sealed}条，待封印{unsealed}条，与{anchors}个锚点相符。",
        (
            "The journal is intact: {sealed} entries sealed, {unsealed} waiting for their seal;"
            " anchors that agree: {anchors}."
        ),
    ),
    "journal.changed": ("第{seq}条被改动。", "Entry {seq} was changed."),
    "journal.deleted": ("第{seq}条被删除。", "Entry {seq} was deleted."),
    "journal.inserted": (
        "第{seq}条是事后插入的。",
        "Entry {seq} was inserted afterwards.",
    ),
    "journal.reordered": (
        "第{seq}条的次序被调换。",
        "Entry {seq} was moved out of its order.",
    ),
    "journal.cut_tail": (
        "第{seq}条及以后的日志被截去。",
        "The journal was cut off from entry {seq} on.",
    ),
    "journal.rewritten": (
        "第{seq}条与留存的锚点不符，日志链被整体改写。",
        "Entry {seq} differs from the anchor that was kept: the chain was rewritten.",
    ),
    "journal.sealing_stopped": (
        "封印已停止，第{seq}条起尚未封印，请检查后台进程。",
        "Sealing has stopped: entries from {seq} on wait for their seal; check the worker.",
    ),
    "journal.anchor_subject": ("操作日志锚点 {on}", "Anchor of the journal, {on}"),
    "journal.anchor_line": (
        "{on}：日志链止于第{seq}条，封印 {seal}",
        "{on}: the chain ends with entry {seq}, seal {seal}",
    ),
    "journal.anchor_agrees": (
        "相符：第{seq}条的封印与所填一致。",
        "They agree: entry {seq} carries the seal that you entered.",
    ),
    "journal.anchor_differs": (
        "不符：第{seq}条的封印与所填不同，请核对是否抄错；确无抄错，即日志链已被改写，请报审计人员。",
        (
            "They differ: entry {seq} carries another seal. Check your copy; if it is right, the"
            " chain was rewritten: tell the auditor."
        ),
    ),
    "journal.anchor_beyond": (
        "不符：日志没有第{seq}条，请核对是否抄错；确无抄错，即日志尾部已被截去，请报审计人员。",
        (
            "There is no entry {seq}. Check your copy; if it is right, the end of the journal was"
            " cut off: tell the auditor."
        ),
    ),
    "journal.kept_too_short": (
        "操作日志至少保存{least}天，不能设为{days}天。",
        "The journal is kept for at least {least} days; {days} is refused.",
    ),
    "journal.kept_for_ever": (
        "未设保存天数（LUOSHI_JOURNAL_DAYS），操作日志长期保存，不归档。",
        "LUOSHI_JOURNAL_DAYS is not set: the journal is kept for ever and nothing is archived.",
    ),
    "journal.archive_exists": (
        "文件{file}已存在，未归档，请换一个文件名。",
        "{file} exists already; nothing was archived. Give another name.",
    ),
    "journal.archive_intact": (
        "归档完整：第{first}条至第{last}条。",
        "The archive is intact: entries {first} to {last}.",
    ),
}
