"""Sentences of the goals room: why a plan cannot go on."""

PATTERNS: dict[str, tuple[str, str]] = {
    "goals.called_already": (
        "这次会议已请各单位报落实方案，不再重复交办。",
        "The meeting has called for action plans already. Nothing was handed out again.",
    ),
    "goals.plan_exists": (
        "{unit}{year}年度计划已经建立，请直接打开使用。",
        "{unit} already has a plan for {year}; please open that one.",
    ),
    "goals.plan_closed": (
        "{year}年度计划已收官，只供查阅，不再修改。",
        "The plan of {year} is closed: it can be read, not changed.",
    ),
    "goals.plan_not_draft": (
        "只有草案可以定稿，这份计划已经定稿。",
        "Only a draft can be approved; this plan has been approved already.",
    ),
    "goals.plan_not_approved": (
        "计划须先定稿，再付诸执行。",
        "A plan must be approved before it goes into force.",
    ),
    "goals.plan_not_in_force": (
        "只有执行中的计划可以收官。",
        "Only a plan in force can be closed.",
    ),
    "goals.errors_open": (
        "还有{n}处必须改正的问题（{codes}），改正后方可执行。",
        "{n} faults must be mended first ({codes}); then the plan can go into force.",
    ),
    "goals.warnings_unsigned": (
        "还有{n}处提醒（{codes}），请逐条确认并签字后执行。",
        "{n} warnings are open ({codes}); they must be signed for before the plan goes into force.",
    ),
    "goals.in_use": (
        "已有任务引用这一条，不能撤回。",
        "Tasks already refer to this entry, so it cannot be taken back.",
    ),
}
