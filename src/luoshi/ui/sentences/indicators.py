"""Sentences of the register of indicators: why a row of it cannot be written."""

PATTERNS: dict[str, tuple[str, str]] = {
    "indicators.name_taken": (
        "{unit}的指标台账里已有“{name}”，请换个名称或直接使用它。",
        "The register of {unit} has “{name}” already; choose another name or use that one.",
    ),
    "indicators.number_taken": (
        "编号{number}在{unit}的指标台账里已被使用。",
        "Number {number} is taken in the register of {unit}.",
    ),
    "indicators.not_a_composition": (
        "“{name}”不是本单位的构成指标，不能挂组成部分。",
        "“{name}” is no composition of this register and takes no parts.",
    ),
    "indicators.two_parts": (
        "比率须同时写明分子和分母。",
        "A ratio names both its numerator and its denominator.",
    ),
    "indicators.part_of_itself": (
        "“{name}”不能作自己的分子、分母或权数。",
        "“{name}” cannot be its own numerator, denominator or weight.",
    ),
    "indicators.part_is_reckoned": (
        "{names}本身由其他指标计算得出，不能再作分子、分母或权数。",
        "{names} follow from other indicators themselves and cannot be a part or a weight.",
    ),
    "indicators.parts_make_a_ratio": (
        "只有比率、指数可以设分子分母。",
        "Only a ratio or an index has a numerator and a denominator.",
    ),
    "indicators.too_many_decimals": (
        "小数位最多{most}位。",
        "At most {most} decimals.",
    ),
    "indicators.no_weight": (
        "加权平均须指明以哪项指标为权数。",
        "A weighted mean names the indicator that weighs it.",
    ),
    "indicators.ends_before_it_starts": (
        "截止日期早于起始日期{from_on}。",
        "The end lies before the start on {from_on}.",
    ),
    "indicators.definition_says_why": (
        "调整口径请写明原因。",
        "A new definition must say why.",
    ),
    "indicators.definition_not_later": (
        "新口径的启用日期须晚于现有口径（填的是{from_on}）。",
        "A new definition starts after the present one ({from_on} was given).",
    ),
    "indicators.readings_from_then": (
        "{from_on}以后的期间已有数据，是按原口径填报的。请选择其后的启用日期。",
        "Figures stand from {from_on} on under the present definition. Choose a later day.",
    ),
    "indicators.definition_in_use": (
        "已有数据按此口径填报，计量单位、精度、汇总方式和公式不能改，请另立新口径。",
        "Figures stand under this definition; add a new one to change how they are taken.",
    ),
    "indicators.reporter_elsewhere": (
        "{unit}不在该指标台账所属单位之下。",
        "{unit} does not stand below the unit that keeps the register.",
    ),
    "indicators.reporter_nested": (
        "{unit}与其下级{below}不能同时填报，否则汇总重复。",
        "{unit} and {below} below it cannot both report: the sum would count twice.",
    ),
    "indicators.benchmark_no_source": (
        "对标值须写明数据来源。",
        "A figure of a peer area names its source.",
    ),
    "indicators.benchmark_known": (
        "{peer}该期的对标值已经登记，请直接修改。",
        "The figure of {peer} for this period is there already; please change that one.",
    ),
    "indicators.removal_says_why": (
        "删去请写明原因。",
        "Taking it out must say why.",
    ),
    "indicators.not_divided": (
        "该目标还没有分解过，请先选择分解办法。",
        "This target has not been divided yet; choose a rule first.",
    ),
    "indicators.post_elsewhere": (
        "岗位“{post}”不在该目标的承担单位，请先把目标分解到它所在的单位。",
        "The post {post} is not of the target's unit; divide the target to its unit first.",
    ),
    "indicators.taker_elsewhere": (
        "{unit}不是该目标承担单位的下级，不能分到任务。",
        "{unit} does not stand below the target's unit and takes no share.",
    ),
    "indicators.units_or_posts": (
        "一次分解要么到单位，要么到岗位，请分两步。",
        "A division goes either to units or to posts; please take two steps.",
    ),
    "indicators.set_is_empty": (
        "没有选中任何指标，请至少勾选一项。",
        "Nothing is chosen; tick at least one indicator.",
    ),
    "indicators.set_refused": (
        "“{indicator}”不能下达：{why}整套均未保存，已填内容保留在页面上。",
        "{indicator} cannot be handed out: {why} Nothing was saved; what you typed is kept.",
    ),
    "indicators.weights_unreadable": (
        "比重或节点填写有误：季度填四个百分数，节点填日期和权重（如2026-04-30 30）。",
        "Weights cannot be read: four percentages, or a date and a weight (2026-04-30 30).",
    ),
    "indicators.no_such_rule": (
        "没有这一亮灯规则，请从列出的规则中选择。",
        "There is no such rule of lights; choose one of those listed.",
    ),
    "indicators.target_without_unit": (
        "目标值须落到单位，没有单位的目标不予登记。",
        "A target belongs to a unit; one without a unit is not entered.",
    ),
    "indicators.target_known": (
        "{unit}“{indicator}”该期该依据的目标值已有，请直接修改。",
        "{unit} has a target of {indicator} for this period and basis already; change that one.",
    ),
    "indicators.target_says_why": (
        "目标值已在执行，调整请写明原因。",
        "The target is in force; a change must say why.",
    ),
    "indicators.target_divided": (
        "该目标值已分解到下级，请先撤回下级的目标值。",
        "The target is divided among others; take their shares back first.",
    ),
    "indicators.target_withdrawn": (
        "该目标值已撤回。",
        "The target has been withdrawn.",
    ),
    "indicators.published_no_source": (
        "发布数须写明数据来源（如统计公报名称）。",
        "A published figure names its source, such as the title of the bulletin.",
    ),
    "indicators.cell_twice": (
        "同一指标、单位和期间出现了两次，请只留一个。",
        "One indicator, unit and period was given twice; please keep one.",
    ),
    "indicators.cell_refused": (
        "{unit}“{indicator}”截至{end}：{why}全部未保存，内容仍在表中。",
        "{unit}, {indicator}, to {end}: {why} Nothing was saved; all you typed is still there.",
    ),
    "indicators.reading_revised": (
        "该数据已被修订，请核实现行数据。",
        "The figure has been revised; please verify the present one.",
    ),
    "indicators.verifier_reported": (
        "填报人不能核实自己填的数据。",
        "Who stated a figure cannot verify it.",
    ),
    "indicators.total_too_large": (
        "汇总数超出可保存的范围，请检查单位和数值。",
        "The total is too large to be kept; please check units and figures.",
    ),
    "indicators.in_use": (
        "“{name}”已有数据、目标值或被其他指标引用，不能删去，可以停用。",
        "“{name}” has figures or targets, or other indicators rest on it. It can be ended instead.",
    ),
    "indicators.owed": ("{by}前填报", "due by {by}"),
    "indicators.owed_late": ("应于{by}前填报，已过{days}天", "was due by {by}, {days} days ago"),
    "indicators.unknown_cell": (
        "找不到该指标或单位，或者它不在您的范围内。",
        "The indicator or the unit is unknown, or out of your scope.",
    ),
    "indicators.block_too_large": (
        "一次最多保存{most}格，请分批。",
        "At most {most} cells at once; please save in parts.",
    ),
    "indicators.import_rows": (
        "表格里没有可导入的行，或者超过{most}行，请核对后分批导入。",
        "The table has no rows to import, or more than {most}; please check, and import in parts.",
    ),
    "indicators.block_unreadable": (
        "提交的表格无法读取，请刷新页面后重试；已填内容仍保存在本机。",
        "The table sent could not be read. Reload the page; what you typed is kept here.",
    ),
}
