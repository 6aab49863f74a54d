"""The second opinion in words: why none could be had; never the model's own words."""

PATTERNS: dict[str, tuple[str, str]] = {
    "opinion.off": (
        "没有配置语言模型，不能征询第二意见；没有发送任何内容。",
        "No language model is configured, so no second opinion can be asked; nothing was sent.",
    ),
    "opinion.bad_address": (
        "语言模型的地址或名称设置有误：须为 https，本机或内网可用 http。没有发送任何内容。",
        (
            "The model's address or name is set wrongly: https, or http on this machine or a "
            "private address. Nothing was sent."
        ),
    ),
    "opinion.not_read": (
        "这份材料还没有读取，读取后再征询。",
        "This text has not been read yet; ask once it is.",
    ),
    "opinion.not_agreed": (
        "正文将发送到本机以外的{address}，请先勾选同意；没有发送任何内容。",
        "The text would leave this machine for {address}; tick that you agree. Nothing was sent.",
    ),
    "opinion.too_slow": (
        "语言模型在{seconds}秒内没有答完，已停止；条目没有变动，可稍后再试。",
        (
            "The model did not finish within {seconds} seconds and was left; no item was changed. "
            "Try again later."
        ),
    ),
    "opinion.unreachable": (
        "连接不上{address}，已停止；条目没有变动，请系统管理员检查设置和服务。",
        "{address} cannot be reached; no item was changed. Ask the administrator to check it.",
    ),
    "opinion.status": (
        "语言模型回答出错（{status}），已停止；条目没有变动，请系统管理员检查设置。",
        "The model answered with an error ({status}); no item was changed. Ask the administrator.",
    ),
    "opinion.too_long": (
        "语言模型的回答过长，已弃用；条目没有变动。",
        "The model's answer is too long and was thrown away; no item was changed.",
    ),
    "opinion.not_as_asked": (
        "语言模型的回答不合要求，已弃用；条目没有变动。",
        "The model's answer is not as asked for and was thrown away; no item was changed.",
    ),
}
