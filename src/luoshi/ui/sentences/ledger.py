"""Sentences of the ledger: what is wrong with what was typed, and what to do."""

PATTERNS: dict[str, tuple[str, str]] = {
    "ledger.no_title": ("请填写目标任务。", "Please say what is to be done."),
    "ledger.too_long": (
        "内容过长，不能超过{n}字，请精简后再存。",
        "The text is too long: at most {n} characters; please shorten it.",
    ),
    "ledger.no_text": ("请写一句话进展。", "Please say in one line how far it is."),
    "ledger.nothing_chosen": ("请先选定事项。", "Please choose the items first."),
    "ledger.no_parent": (
        "上级任务不在台账中，或层级过深，请重新选择。",
        "The item above is not in the ledger, or the tree is too deep; please choose again.",
    ),
    "ledger.other_plan": (
        "同一批事项须属于同一份年度计划。",
        "Items entered together must belong to one plan.",
    ),
    "ledger.open_until_passed": (
        "待定日期{day}已过，未保存；请填今天或以后的日期，或现在就明确。",
        "The day {day} has passed; nothing was saved. Give today or a later day, or name them now.",
    ),
    "ledger.weight_range": (
        "“{title}”的权重{weight}不在0到{most}之间，未保存；0表示不计入上级，各项合计应为100。",
        "“{title}”: the weight {weight} is not from 0 (no say) to {most}; nothing was saved.",
    ),
    "ledger.not_of_this_plan": (
        "所选专线或目标不属于本事项的年度计划，未修改；请从本计划的专线和目标中选。",
        "The line or goal chosen is of another plan; nothing was changed. Choose one of this plan.",
    ),
    "ledger.no_unit": (
        "请选择承办单位，所填单位不在本辖区。",
        "Please choose a unit of this jurisdiction.",
    ),
    "ledger.unit_ended": (
        "单位已撤并或不在本辖区：{units}，请另选单位。",
        "No longer a unit here: {units}. Please choose another.",
    ),
    "ledger.post_ended": (
        "岗位已撤销或不在本辖区：{posts}，请另选岗位。",
        "No longer a post here: {posts}. Please choose another.",
    ),
    "ledger.due_passed": (
        "“{title}”的完成时限{due}已过。确需补录的，请写明理由。",
        "The due date of “{title}”, {due}, has passed. To enter it late, please give the reason.",
    ),
    "ledger.starts_after_due": (
        "“{title}”的计划开始日期晚于完成时限，请核对。",
        "“{title}” would start after it is due; please check the dates.",
    ),
    "ledger.steps_need_plan": (
        "“{title}”不在年度计划中，不能套用程序步骤。",
        "“{title}” is in no year's plan, so it cannot be given the steps of a procedure.",
    ),
    "ledger.done_stays": (
        "“{title}”已经办结，日期是事实，不能再排。",
        "“{title}” is done: its dates are facts and no longer move.",
    ),
    "ledger.started_stays": (
        "“{title}”已于{on}开始，开始日期是事实，不能再改。",
        "“{title}” began on {on}: that is a fact and no longer moves.",
    ),
    "ledger.parts_decide": (
        "“{title}”有分项，起止由各分项决定，请移动分项。",
        "“{title}” has parts, and they decide its days: please move a part.",
    ),
    "ledger.duration_odd": (
        "“{title}”的工期须在0到{n}个工作日之间。",
        "The duration of “{title}” must be between 0 and {n} working days.",
    ),
    "ledger.lag_too_long": (
        "先后间隔不能超过{n}个工作日。",
        "A lag may not be longer than {n} working days.",
    ),
    "ledger.deadline_by_request": (
        "计划已付诸执行，“{title}”的时限须由承办单位申请延期，分管领导同意、交办人批准后变动。",
        (
            "The plan is in force: the deadline of “{title}” moves by an extension, asked by its "
            "unit, agreed by the leader in charge and approved by whoever assigned it."
        ),
    ),
    "ledger.ended": (
        "事项已归档或撤销，只供查阅。",
        "The item is archived or cancelled: it can be read, not changed.",
    ),
    "ledger.in_force": (
        "计划已付诸执行，已定的完成时限和权重不能直接改；时限请走延期程序。",
        "The plan is in force: set dates and weights no longer change here; ask for an extension.",
    ),
    "ledger.still_carried": (
        "还承担{n}项未办结事项（如“{title}”），不能撤销；请先移交。",
        "{n} open items are still carried (“{title}”); hand them over first. Nothing was changed.",
    ),
    "ledger.nothing_to_hand": (
        "没有未办结的事项可移交，内容未改动。",
        "No open item to hand over; nothing was changed.",
    ),
    "ledger.hand_to_other": (
        "请选择另一个单位或岗位接手，内容未改动。",
        "Choose another unit or post to take over; nothing was changed.",
    ),
    "ledger.weights_whole": (
        "这一组权重合计已为100%，无需调整，内容未改动。",
        "The weights of this group already make 100%; nothing was changed.",
    ),
    "ledger.superior_deadline": (
        "“{title}”的时限由上级确定，须凭上级答复调整，内容未改动。",
        "A superior set the deadline of “{title}”; it needs the superior's reply. Nothing changed.",
    ),
    "ledger.no_later_part": (
        "“{title}”没有晚于其时限的下级任务，时限未改动。",
        "No part of “{title}” runs past its deadline; the deadline was not moved.",
    ),
    "ledger.no_target": (
        "“{title}”没有目标值，无从分解，内容未改动。",
        "“{title}” has no target to share; nothing was changed.",
    ),
    "ledger.share_missing": (
        "每项下级目标都要填写，且不得为负；内容未改动，请补齐后再保存。",
        "Each part needs a target, never below 0. Nothing was changed; fill them all and save.",
    ),
    "ledger.shares_differ": (
        "下级目标合计{total}{unit}，与总目标{whole}{unit}不符，内容未改动，请调整后再保存。",
        "The parts make {total} {unit}, not {whole} {unit}. Nothing was changed; adjust and save.",
    ),
    "ledger.person_left": (
        "被代录人现不承担此事（可能已调离），请改选现任责任人。",
        "The person you type for does not carry this item today; choose who holds the post now.",
    ),
    "ledger.children_open": (
        "下级还有{n}项未办结，办结后再报。",
        "{n} items below are still open; report done when they are.",
    ),
    "ledger.no_milestone": (
        "这个时间节点不属于本事项，请刷新后重选。",
        "That node does not belong to this item; please reload and choose again.",
    ),
    "ledger.progress_of_parent": (
        "有下级的事项，进度由下级汇总，不单独填报。",
        "An item with items below takes its progress from them.",
    ),
    "ledger.progress_range": (
        "进度须在0%至100%之间。",
        "Progress lies between 0% and 100%.",
    ),
    "ledger.has_children": (
        "事项下已有下级或报告，不能撤回，请按程序撤销。",
        "Items or reports hang under this one, so it cannot be withdrawn; please cancel it.",
    ),
    "ledger.node_in_use": (
        "时间节点已完成或已有进展，不能删除，只能改期。",
        "The node is done or was reported on: it can be moved, not removed.",
    ),
    "ledger.same_task": (
        "一件事不能等待自己。",
        "An item cannot wait for itself.",
    ),
    "ledger.nothing_to_undo": (
        "没有可以撤销的修改。",
        "There is nothing to undo.",
    ),
    "ledger.undo_too_late": (
        "“{title}”此后又有改动，不能撤销这次修改。",
        "“{title}” was changed again since, so this edit cannot be undone.",
    ),
    "ledger.light.not_handed": ("尚未交办，不计进度。", "Not assigned yet, so no pace is kept."),
    "ledger.light.suspended": ("{on}起缓办。", "Suspended since {on}."),
    "ledger.light.verified": ("{on}复核属实，待办结。", "Verified on {on}; waiting to be closed."),
    "ledger.light.submitted": (
        "{on}已报请上级认定，待上级答复。",
        "Submitted on {on}; the superior's word is awaited.",
    ),
    "ledger.light.cancelled": ("{on}撤销。", "Cancelled on {on}."),
    "ledger.found_whole": (
        "查实的进度应在0%到100%之间，不到100%；查实已全部完成的，请选属实。",
        "What was found is between 0% and less than 100%; if all is done, choose true.",
    ),
    "ledger.owed.sign": ("待签收。", "Waiting to be signed for."),
    "ledger.owed.sign_by": ("请于{by}前签收。", "Please sign for it by {by}."),
    "ledger.owed.sign_late": ("应于{by}前签收，已超时。", "It was to be signed for by {by}."),
    "ledger.owed.node": ("{node}到节点，请报一句进展。", "A node is due on {node}: please report."),
    "ledger.owed.done": (
        "{due}到期，请报进展或报办结。",
        "Due on {due}: please report how far it is, or that it is done.",
    ),
    "ledger.owed.done_late": (
        "{due}已到期，超期{days}天，请报进展或报办结。",
        "It was due on {due}, {days} days ago: please report how far it is, or that it is done.",
    ),
    "ledger.table_closed": (
        "这张表已经处理过，或已放弃。需要时请重新导入。",
        "This table has been dealt with or left. Please bring it in again if need be.",
    ),
    "ledger.table_of_another": (
        "这张表是别人导入的，只能由本人处理。",
        "This table was brought in by somebody else, who alone can go on with it.",
    ),
    "ledger.table_names_open": (
        "还有{n}个名称没有说定指谁，请先选定。",
        "{n} names still need to be told apart; please choose whom they mean.",
    ),
    "ledger.table_twins_open": (
        "还有{n}行疑似重复没有说定，请先选定。",
        "{n} rows seem to be there already; please decide on them first.",
    ),
    "ledger.table_rows_refused": (
        "有{n}行不能导入。请改正表格后重来，或勾选不写入这些行。",
        ("{n} rows are refused. Please mend the table and come back, or tick to leave them out."),
    ),
    "ledger.table_nothing": (
        "没有要写入的内容：没有新增，也没有改动。",
        "There is nothing to write: no new item and no change.",
    ),
    "ledger.table_moved": (
        "核对之后台账有了变化，没有写入。下面是按现在的台账重新核对的结果，请再看一遍。",
        (
            "The ledger has changed since the check, so nothing was written. Below is the report "
            "as of now; please look again."
        ),
    ),
    "ledger.table_rows_moved": (
        "写入时发现有人刚改过这些行的事项：{rows}。一行都没有写入。",
        "Somebody has just changed the items of rows {rows}. No row was written.",
    ),
    "ledger.table_too_long": (
        "一次最多写入{n}项，请分成几张表导入。",
        "At most {n} items are written at once; please split the table.",
    ),
    "ledger.table_used": (
        "其中有事项已经接着办了，不能整表撤销；请逐项处理。",
        (
            "Work has gone on with some of its items, so the table cannot be taken back as a "
            "whole; please deal with them one by one."
        ),
    ),
}
