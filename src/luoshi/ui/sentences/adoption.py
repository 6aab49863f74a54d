"""What the adoption room says."""

PATTERNS: dict[str, tuple[str, str]] = {
    "adoption.nothing_chosen": (
        "尚未选择条目。请先勾选。",
        "Nothing is chosen. Tick some items first.",
    ),
    "adoption.nothing_adoptable": (
        "所选条目都是原则要求或套语，不能立项。可改类别，或注明理由后不立项。",
        (
            "What is chosen are principles or formulas, which cannot be adopted. "
            "Change their kind, or set them aside with a reason."
        ),
    ),
    "adoption.not_here": (
        "所选条目不在这份材料中，或已被撤销。请刷新后再选。",
        "What is chosen is not in this text, or was taken back. Reload and choose again.",
    ),
    "adoption.other_plans_item": (
        "“{title}”不属于由这份材料形成的计划，未作关联。",
        "“{title}” is not of a plan made from this text; nothing was tied.",
    ),
    "adoption.decided": (
        "所选条目中有 {n} 项已处理（如“{title}”），未作改动。请刷新后再选。",
        "{n} of the chosen items are decided already (“{title}”). Nothing was changed; reload.",
    ),
    "adoption.line_of_other_plan": (
        "工作专线“{line}”不属于所选年度计划，未作改动。",
        "The work line “{line}” is not of the chosen plan. Nothing was changed.",
    ),
    "adoption.no_problem": (
        "这不是待解决的问题，未作改动。",
        "This is no open problem. Nothing was changed.",
    ),
    "adoption.measure_half": (
        "每条举措都要写明做什么、牵头单位和完成时限；填写的内容还在，补齐后再保存。",
        "Each measure needs its words, a lead unit and a due date. What you typed is kept.",
    ),
    "adoption.not_of_meeting": (
        "所选两条不在这次会议的两份材料中，未作合并。请刷新后再选。",
        "The two items are not in two texts of this meeting. Nothing was merged; reload.",
    ),
    "adoption.no_title": (
        "事项不能为空，未作改动。",
        "An item needs words. Nothing was changed.",
    ),
    "adoption.no_reason": (
        "不立项须注明理由。",
        "Setting aside needs a reason.",
    ),
    "adoption.merge_needs_two": (
        "合并须选择两项以上。",
        "Choose at least two items to merge.",
    ),
    "adoption.split_outside": (
        "拆分处须在这一条的文字中间，未作改动。",
        "The cut must lie inside the words of the item. Nothing was changed.",
    ),
    "adoption.undone_already": (
        "这一步已经撤销。",
        "This step was undone already.",
    ),
    "adoption.changed_since": (
        "这一步之后相关条目又有改动，不能撤销。请先撤销后来的操作。",
        "The items were changed since, so this step cannot be undone. Undo the later steps first.",
    ),
    "adoption.acted_on": (
        "已立项的事项有他人办理过，不能撤销；确需取消请在台账中办理撤销。",
        (
            "Somebody else has acted on an adopted item, so this cannot be undone. "
            "Cancel it in the ledger if need be."
        ),
    ),
    "adoption.no_day": (
        "“{text}”不是日期，请按 2026-06-30 填写。未作改动。",
        "“{text}” is no date; write 2026-06-30. Nothing was changed.",
    ),
    "adoption.no_plan": (
        "请选择列入哪个年度计划。",
        "Choose the plan that these go into.",
    ),
    "adoption.no_kind": (
        "请选择改为哪一类。",
        "Choose the kind to change to.",
    ),
}
