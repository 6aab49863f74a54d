"""The cascade law in words: shares that do not add up, and gaps in a plan."""

PATTERNS: dict[str, tuple[str, str]] = {
    "cascade.share.nobody": ("没有可分解的单位。", "There is nobody to divide the target among."),
    "cascade.share.no_number": (
        "目标值或分解值不是有效数字。",
        "The target or a share is not a usable number.",
    ),
    "cascade.share.too_fine": (
        "目标值或核定值的精度超过指标精度{step}。",
        "The target or a fixed share is finer than the indicator's precision, {step}.",
    ),
    "cascade.share.figure_missing": (
        "以下单位尚未核定：{who}。",
        "No figure is set for: {who}.",
    ),
    "cascade.share.does_not_add_up": (
        "分解合计{parts}，与总目标{whole}不符。",
        "The shares add up to {parts}, not to the target of {whole}.",
    ),
    "cascade.share.fixed_exceeds": (
        "人工核定部分合计{parts}，已超过总目标{whole}。",
        "The shares fixed by hand add up to {parts}, more than the target of {whole}.",
    ),
    "cascade.share.basis_missing": (
        "以下单位缺少分解依据（权重或基数）：{who}。缺项不按零计算，请先补充。",
        "No weight or base figure for: {who}. A missing figure is not zero; please supply it.",
    ),
    "cascade.share.basis_not_positive": (
        "权重或基数不得为负，也不得全部为零。",
        "Weights and base figures are never negative, nor all zero.",
    ),
    "cascade.share.weight_zero": (
        "{who}的权重为0，分不到任务；如本意如此可以保存。",
        "The weight of {who} is 0, so it gets nothing; save it if that is meant.",
    ),
    "cascade.share.weight_negative": (
        "{who}的权重为{weight}，权重不得为负。",
        "The weight of {who} is {weight}; weights are never negative.",
    ),
    "cascade.share.weight_over": (
        "{who}的权重为{weight}，权重是百分数，不得超过100；人口、上年完成值等请用“按基数”。",
        (
            "The weight of {who} is {weight}; a weight is a percentage, at most 100. "
            "For population or last year's figure, divide by base figure."
        ),
    ),
    "cascade.share.weights_over": (
        "权重合计{total}，超过100，将按比例折算。",
        "The weights add up to {total}, over 100; they are taken in proportion.",
    ),
    "cascade.share.circle": (
        "{who}的目标由本单位或其上级分解而来，不能再分给它（循环分解）。",
        "{who} hands this target down itself, so it cannot take a share of it: a circle.",
    ),
    "cascade.share.twice": ("{who}重复列入。", "{who} is listed twice."),
    "cascade.C01.lead_leader": ("没有牵头领导。", "No lead leader."),
    "cascade.C01.lead_unit": ("没有责任单位。", "No lead unit."),
    "cascade.C01.owner": ("没有责任人。", "No owner."),
    "cascade.C01.lead_leader_overdue": (
        "没有牵头领导，“待定”已于{until}到期，请分管领导明确。",
        "No lead leader: left open until {until}, the leader in charge must now name someone.",
    ),
    "cascade.C01.lead_unit_overdue": (
        "没有责任单位，“待定”已于{until}到期，请分管领导明确。",
        "No lead unit: left open until {until}, the leader in charge must now name someone.",
    ),
    "cascade.C01.owner_overdue": (
        "没有责任人，“待定”已于{until}到期，请分管领导明确。",
        "No owner: left open until {until}, the leader in charge must now name someone.",
    ),
    "cascade.C02.no_date": ("没有完成时限。", "No deadline."),
    "cascade.C02.no_rhythm": (
        "常态化工作没有检查频次。",
        "Standing work without a rhythm of checks.",
    ),
    "cascade.C02.no_quarter_state": (
        "全年性工作未写明第{quarters}季度末应达到的状态。",
        "Year-long work does not say what is true at the end of quarter {quarters}.",
    ),
    "cascade.C03.bare_quarter": (
        "第{quarters}季度没有时间节点。",
        "No milestone in quarter {quarters}.",
    ),
    "cascade.C03.piled": (
        "{all}个时间节点中有{late}个集中在12月。",
        "{late} of {all} milestones are piled into December.",
    ),
    "cascade.C03.plan_piled": (
        "{all}项任务中有{late}项的完成时限集中在12月。",
        "{late} of {all} tasks are due in December.",
    ),
    "cascade.C04.none": ("没有完成标准。", "No acceptance rule."),
    "cascade.C04.slogan": (
        "完成标准只是重复任务名称，无法验收。",
        "The acceptance rule only repeats the task: it cannot be checked.",
    ),
    "cascade.C04.measures": (
        "没有工作举措，只有“干什么”，没有“怎么干”。",
        "No measures: it says what to do, not how.",
    ),
    "cascade.C05.missing": (
        "同级任务已设权重，以下各项尚缺：{who}。",
        "Others at this level have weights; none for: {who}.",
    ),
    "cascade.C05.not_whole": (
        "下级权重合计{total}%，应为100%。",
        "The weights add up to {total}%, not 100%.",
    ),
    "cascade.C06.missing": (
        "下级目标已填合计{total}{unit}，总目标{whole}{unit}，以下各项待补：{who}。",
        "Targets known so far add up to {total} {unit} of {whole} {unit}; to be filled in: {who}.",
    ),
    "cascade.C06.short": (
        "下级目标合计{total}{unit}，比总目标{whole}{unit}少{gap}{unit}。",
        "The parts add up to {total} {unit}, {gap} {unit} short of {whole} {unit}.",
    ),
    "cascade.C06.over": (
        "下级目标合计{total}{unit}，比总目标{whole}{unit}多{gap}{unit}。",
        "The parts add up to {total} {unit}, {gap} {unit} more than {whole} {unit}.",
    ),
    "cascade.C06.not_same": (
        "以下各项目标与上级目标{whole}{unit}不一致：{who}。",
        "These differ from the common target of {whole} {unit}: {who}.",
    ),
    "cascade.C07.after_parent": (
        "完成时限{due}晚于上级任务“{parent}”的{parent_due}。",
        "Due {due}, after its parent “{parent}”, due {parent_due}.",
    ),
    "cascade.C08.empty": (
        "该单位在本计划中没有任何任务。",
        "This unit carries nothing in the plan.",
    ),
    "cascade.C09.empty": (
        "岗位未承担计划事项，也未写明岗位常规职责。",
        "The post carries nothing of the plan, and its routine duties are not written down.",
    ),
    "cascade.C10.overloaded": (
        "承担工作量{load}项日，超过同类岗位中位数的2倍（{limit}项日）。",
        "Carries {load} item-days, over twice the median of comparable posts ({limit}).",
    ),
    "cascade.C14.unanswered": (
        "问题没有对应任务，也未说明不列任务的理由。",
        "The problem has no task, and no reason says why none follows.",
    ),
    "cascade.C11.untaken": (
        "原文有要求，尚无人承接，也未说明理由。",
        "The source obliges, nobody took it up, and no reason is given.",
    ),
    "cascade.C12.withdrawn": (
        "与上级收回事项“{line}”（对应部门：{department}）相近，不应由乡镇承担。",
        "Reads like “{line}”, which the superiors took back ({department}): not the town's to do.",
    ),
    "cascade.C13.vacant": (
        "责任人岗位空缺或人员已离任。",
        "The owner's post is vacant, or the person has left.",
    ),
    "cascade.C16.statistics": (
        "统计岗位不得承担以{unit}计的经济指标任务，请另定责任人。",
        "A statistics post may not own an economic target (in {unit}); name another owner.",
    ),
    "cascade.C15.circle": (
        "任务互为前置，形成循环：{path}。",
        "The tasks wait for each other in a circle: {path}.",
    ),
    "cascade.C15.own_ancestor": (
        "任务成为自己的上级，形成循环：{path}。",
        "A task has become its own ancestor: {path}.",
    ),
}
