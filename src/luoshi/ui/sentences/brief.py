"""The brief law in words: what keeps a text from being kept."""

PATTERNS: dict[str, tuple[str, str]] = {
    "brief.figure_without_fact": (
        "“{figure}”没有数据来源，请改为引用台账数据或写“待补”。",
        "No fact stands behind “{figure}”; cite the ledger or write 待补.",
    ),
    "brief.name_without_fact": (
        "“{name}”不在本材料引用的单位、人员之内。",
        "“{name}” is not among the units and people whom this text cites.",
    ),
    "brief.unknown_fact": (
        "“{text}”引用的数据已不存在。",
        "The fact that “{text}” cites does not exist.",
    ),
    "brief.differs": (
        "“{text}”与“{label}”的台账数据{known}不一致。",
        "“{text}” differs from {label}, which the ledger gives as {known}.",
    ),
    "brief.unit_differs": (
        "“{label}”的单位应为{unit}。",
        "{label} is stated in {unit}.",
    ),
    "brief.unit_added": (
        "“{label}”没有单位，文中不得另加。",
        "{label} has no unit; the text must not add one.",
    ),
    "brief.two_values": (
        "“{label}”在文中出现两个数值：{one}、{two}。",
        "{label} has two values in this text: {one} and {two}.",
    ),
}
