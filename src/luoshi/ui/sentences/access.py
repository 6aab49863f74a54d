"""Sentences of the access law."""

PATTERNS: dict[str, tuple[str, str]] = {
    "access.no_right": (
        "您现任岗位没有这项权限，请联系党政办。",
        "None of your posts gives this right; please ask the town office.",
    ),
    "access.out_of_scope": (
        "这件事不在您的管辖范围内。",
        "This item is outside the area you answer for.",
    ),
}
