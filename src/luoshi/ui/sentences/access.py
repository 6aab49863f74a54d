"""Sentences of the access law."""

PATTERNS: dict[str, tuple[str, str]] = {
    "access.no_right": (
        "您现任岗位没有这项权限，请联系党政办。",
        "None of your posts gives this right; please ask the town office.",
    ),
    "access.administrators_apart": (
        "系统管理员、安全管理员、审计管理员不得由同一人担任。请另选人员，或先免去其另一管理员岗位。",
        (
            "One person cannot hold two of the posts of system, security and audit administrator."
            " Choose somebody else, or end the other administrator's post first."
        ),
    ),
    "access.out_of_scope": (
        "这件事不在您的管辖范围内。",
        "This item is outside the area you answer for.",
    ),
}
