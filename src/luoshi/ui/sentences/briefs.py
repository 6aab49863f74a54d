"""The material room in words: what keeps a draft from being changed or finished."""

PATTERNS: dict[str, tuple[str, str]] = {
    "briefs.plan_is_draft": (
        "计划还是草案，定稿后才能签订责任书；未开始生成。",
        "The plan is still a draft: contracts are signed once it is approved. Nothing was begun.",
    ),
    "briefs.contracts_going": (
        "责任书正在生成，请等这一次完成或先取消；未重复开始。",
        "Contracts are being made: wait for this run or cancel it. No second one was begun.",
    ),
    "briefs.paragraph_empty": (
        "段落不能为空；暂缺内容请写“待补”。",
        "A paragraph cannot be empty; write 待补 for what is not known yet.",
    ),
    "briefs.no_paragraph": (
        "这一段已不在文中，请重新打开材料。",
        "This paragraph is no longer in the text; open the material again.",
    ),
    "briefs.only_leader": (
        "“{line}”是否有突出不足，只能由该专线的牵头领导填写。",
        "Only the leader of “{line}” can state that it has no outstanding gap.",
    ),
    "briefs.no_gap_words": (
        "意见中应写明“{words}”。",
        "The sentence must hold the words “{words}”.",
    ),
    "briefs.gap_missing": (
        "还有{n}条专线只有成绩、没有不足：{lines}。请补充不足，或由牵头领导写明“本期无突出不足”。",
        "{n} lines have achievements and no gap: {lines}. Add a gap, or its leader's sentence.",
    ),
    "briefs.rests": (
        "这是上一稿，已重新起草；请在最新一稿中修改和定稿，本稿原样保留。",
        "An earlier draft, kept as it was: change and finish the newest one.",
    ),
    "briefs.final_stays": (
        "这份材料已定稿，不再修改；如需调整，请重新起草。",
        "This text is final and is not changed any more; write a new draft instead.",
    ),
}
