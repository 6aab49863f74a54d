"""Sentences about the journal."""

PATTERNS: dict[str, tuple[str, str]] = {
    "journal.no_key": (
        "未找到日志密钥文件 journal.key，请先运行 luoshi setup。",
        "The journal's key file journal.key is missing; run `luoshi setup` first.",
    ),
    "journal.intact": (
        "操作日志完整：已封印{sealed}条，待封印{unsealed}条。",
        "The journal is intact: {sealed} entries sealed, {unsealed} waiting for their seal.",
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
        "第{seq}条与外存锚点不符，日志链被整体改写。",
        "Entry {seq} differs from the anchor kept elsewhere: the chain was rewritten.",
    ),
    "journal.sealing_stopped": (
        "封印已停止，第{seq}条起尚未封印，请检查后台进程。",
        "Sealing has stopped: entries from {seq} on wait for their seal; check the worker.",
    ),
}
