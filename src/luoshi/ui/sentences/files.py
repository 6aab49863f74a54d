"""Sentences about attachments."""

PATTERNS: dict[str, tuple[str, str]] = {
    "files.too_many": (
        "您今天已上传{files}个文件，达到每日上限；这一个没有保存，已传的都在。请明天再传，或请管理员调整上限。",
        (
            "You have uploaded {files} files today, which is the limit. This one was not kept, "
            "the others were. Try again tomorrow, or ask the administrator to raise the limit."
        ),
    ),
    "files.too_much": (
        (
            "您今天上传的文件将超过{megabytes} MB，达到每日上限；这一个没有保存，已传的都在。"
            "请压缩后再传，或明天再传。"
        ),
        (
            "With this file you would pass {megabytes} MB today, which is the limit. It was not "
            "kept, the others were. Make it smaller, or try again tomorrow."
        ),
    ),
}
