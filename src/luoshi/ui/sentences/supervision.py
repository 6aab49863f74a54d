"""Sentences of supervision: what waits for whom, and why a check is refused."""

PATTERNS: dict[str, tuple[str, str]] = {
    "supervision.no_note": (
        "请写明复核情况：看了什么、情况如何。",
        "Please say what you looked at and what you found.",
    ),
    "supervision.no_person": (
        "该账号没有对应的人员，不能复核或申请延期。",
        "This account stands for no person, so it can neither verify nor ask for an extension.",
    ),
    "supervision.nobody_verifies": (
        "办完后无人可复核：承办的就是党政办，又未明确牵头领导。请指定牵头领导或改由其他单位承办。",
        (
            "Nobody could verify it: the town office carries it itself and no lead leader is "
            "named. Name a lead leader, or let another unit carry it."
        ),
    ),
    "supervision.whose.leader": ("分管领导", "Leader in charge"),
    "supervision.whose.assigner": ("交办人", "Assigner"),
    "supervision.whose.office": ("党政办", "Town office"),
    "supervision.whose.superior": ("上级", "The superior"),
    "supervision.whose.drawn": ("抽定的复核人", "Verifier drawn"),
    "supervision.whose.nobody": (
        "无人可抽，须由其他人员复核",
        "Nobody to draw: another person must verify",
    ),
    "supervision.owed.verify": (
        "{since}报完成，已抽定由您复核。",
        "Reported done on {since}; you were drawn to verify it.",
    ),
    "supervision.owed.look": (
        "{since}抽查抽到，请您回头看。",
        "Drawn for a spot check on {since}; you were drawn to look at it.",
    ),
    "supervision.owed.look_must": (
        "{since}列为必查，请您回头看。",
        "Listed on {since} as always checked; you were drawn to look at it.",
    ),
    "supervision.owed.close": (
        "{since}复核属实，待您办结销号。",
        "Verified on {since}; it is yours to close.",
    ),
    "supervision.owed.accept": (
        "{since}已报请上级，待上级认定。",
        "Submitted on {since}; the superior's recognition is awaited.",
    ),
    "supervision.owed.rule": (
        "{since}再次退回，待您裁定承办单位。",
        "Returned a second time on {since}; you are to rule which unit takes it.",
    ),
    "supervision.owed.agree": (
        "申请由{old}延期至{new}，待您同意。理由：{reason}",
        "An extension from {old} to {new} awaits your agreement. Reason: {reason}",
    ),
    "supervision.owed.approve": (
        "申请由{old}延期至{new}，分管领导已同意，待您批准。理由：{reason}",
        (
            "An extension from {old} to {new}, agreed to by the leader in charge, awaits your "
            "approval. Reason: {reason}"
        ),
    ),
}
