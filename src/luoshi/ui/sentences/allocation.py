"""The allocation law in words: what a proposed sharing breaks."""

PATTERNS: dict[str, tuple[str, str]] = {
    "allocation.incomplete": (
        "共{items}项，只分配了{given}项。",
        "Of {items} items only {given} were given to somebody.",
    ),
    "allocation.unable": (
        "第{item}项交给了不能承担的岗位。",
        "Item {item} was given to a post that may not take it.",
    ),
    "allocation.fixed": (
        "第{item}项已固定，不得调整。",
        "Item {item} is fixed and may not change hands.",
    ),
    "allocation.empty_hands": (
        "还有{n}人没有承担任何事项。",
        "{n} people are left with nothing.",
    ),
}
