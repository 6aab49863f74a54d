"""What the documents room says."""

PATTERNS: dict[str, tuple[str, str]] = {
    "documents.already_read": (
        "这份材料已经读取，不必再读。",
        "This text has already been read.",
    ),
    "documents.nothing_given": (
        "请粘贴正文，或选择一个文件。",
        "Paste a text, or choose a file.",
    ),
    "documents.both_given": (
        "正文和文件只能选一种：请清空正文，或不选文件。",
        "Give either a text or a file: clear the text, or choose no file.",
    ),
}
