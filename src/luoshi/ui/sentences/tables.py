"""Sentences about tables on their way into the ledger: what is wrong, what is allowed."""

PATTERNS: dict[str, tuple[str, str]] = {
    "tables.no_header": (
        (
            "没有找到表头：至少要有两列的名称能认出来，例如“任务内容”“责任单位”。什么都没有保存，"
            "请补上表头再来。"
        ),
        (
            "No header row was found: at least two columns need names that are known, such as "
            "Task or Lead unit. Nothing was kept; please add the headers and come back."
        ),
    ),
    "tables.field_twice": (
        "一项内容只能对应一列：{fields}。多出的列请改为“表内数据”或“不导入”。",
        (
            "One column only for each of: {fields}. Please set the others to table data or leave "
            "them out."
        ),
    ),
    "tables.no_title_column": (
        "请指定哪一列是事项名称；只有单位的表，指定“单位（兼作事项名称）”。",
        ("Please say which column names the item; where a table has units only, choose the unit."),
    ),
    "tables.two_titles": (
        "事项名称和“单位（兼作事项名称）”只能选一个，单位请改为“牵头（责任）单位”。",
        "Either a name or the unit as the name, not both; please make the unit the lead unit.",
    ),
    "tables.left.total": (
        "合计行，不是事项。",
        "A row of totals, no item.",
    ),
    "tables.left.note": (
        "表注，不是事项。",
        "A note to the table, no item.",
    ),
    "tables.left.head": (
        "表头重复，不是事项。",
        "The header again, no item.",
    ),
    "tables.group": (
        "类别，作为上级事项新增。",
        "A group: added as the item above.",
    ),
    "tables.no_upper": (
        "编号{mark}找不到它的上级编号，请在表中补上或改号。",
        "Nothing bears the number above {mark}; please add it to the table or renumber.",
    ),
    "tables.too_deep": (
        "层级过深，最多{n}级，请把末级合并。",
        "Too many levels, at most {n}; please merge the innermost.",
    ),
    "tables.upper_refused": (
        "上级事项（第{row}行）不能导入，本行也不能。",
        "The item above (row {row}) cannot be taken, so neither can this one.",
    ),
    "tables.formula": (
        "“{column}”栏的“{text}”像公式，打开表格时可能被执行。请改成普通文字或数值。",
        (
            "“{text}” under {column} looks like a formula that a spreadsheet may run. Please "
            "make it plain text or a figure."
        ),
    ),
    "tables.unreckoned": (
        "本行有未计算的公式，读不到数值。请在 Excel 或 WPS 中打开、保存后再导入。",
        (
            "A formula in this row has no value in the file. Please open and save it in Excel or "
            "WPS first."
        ),
    ),
    "tables.no_title": (
        "“{column}”栏没有写事项名称，请补上。",
        "There is no name under {column}; please fill it in.",
    ),
    "tables.long_title": (
        "“{column}”超过{n}字。请在表中缩短，或把这一列对应为“举措”、另选名称列。",
        (
            "{column} is longer than {n} characters. Please shorten it, or make the column the "
            "measures and choose another for the name."
        ),
    ),
    "tables.too_long": (
        "“{column}”超过{n}字，请缩短，或把这一列对应为“举措”或“表内数据”。",
        (
            "{column} is longer than {n} characters; please shorten it, or make the column the "
            "measures or table data."
        ),
    ),
    "tables.no_date": (
        (
            "“{column}”栏的“{text}”读不出日期。可写 2026-06-30、6月底、二季度、全年；暂无的留空或"
            "写待补。"
        ),
        (
            "No date can be read from “{text}” under {column}. Write a day (2026-06-30) or a "
            "period; leave it empty or write 待补 where there is none yet."
        ),
    ),
    "tables.no_number": (
        "“{column}”栏要填数字（最多4位小数），这里是“{text}”。暂无的留空或写待补，不要填0。",
        (
            "{column} takes a figure of at most 4 decimals, here stands “{text}”. Leave it empty "
            "or write 待补 where there is none yet, not 0."
        ),
    ),
    "tables.no_weight": (
        "“{column}”栏要填0到100000的整数，这里是“{text}”。",
        "{column} takes a whole number from 0 to 100000, here stands “{text}”.",
    ),
    "tables.starts_after_due": (
        "计划开始晚于完成时限，请核对。",
        "It would start after it is due; please check the dates.",
    ),
    "tables.due_passed": (
        "完成时限{due}已过，补录须写明理由。",
        "Due on {due}, which has passed; late entry needs a reason.",
    ),
    "tables.to_fill_in": (
        "“{column}”待补：原文保留，不作数值，不记为0。",
        "{column} is to be filled in: kept as written, never taken as 0.",
    ),
    "tables.first_only": (
        "“{column}”栏有几个人，只认第一个：{name}；原文保留。",
        "{column} names several people; only the first is taken, {name}. The text is kept.",
    ),
    "tables.one_lead": (
        "“{column}”栏有几个单位：第一个牵头，其余列为配合单位。",
        "{column} names several units: the first leads, the others support.",
    ),
    "tables.kept_only": (
        "“{column}”栏的“{text}”没有对应的选项，原文保留。",
        "“{text}” under {column} is none of the choices; it is kept as written.",
    ),
    "tables.no_line": (
        "没有名为“{text}”的工作专线，原文保留。",
        "There is no work line called “{text}”; it is kept as written.",
    ),
    "tables.unknown_row": (
        "外部编号不是这份年度计划里您能看到的事项。若是新事项，请清空这一格。",
        (
            "The external number is no item of this plan that you may see. Empty the cell for a "
            "new item."
        ),
    ),
    "tables.row_twice": (
        "同一外部编号在表中出现两次，请删去一行；复制来的新行请清空外部编号。",
        (
            "The same external number stands twice; please delete one row, or empty the number "
            "of a copy."
        ),
    ),
    "tables.changed_meanwhile": (
        "导出之后有人改过这一项，为免覆盖，不能导入。请重新导出，再改这一行。",
        (
            "Somebody changed this item after it was exported; it is not overwritten. Please "
            "export again and make the change there."
        ),
    ),
    "tables.not_taken_progress": (
        "“{column}”栏的改动不采用：进展由责任单位报告。",
        "The change under {column} is not taken: progress is reported by the unit.",
    ),
    "tables.not_taken_number": (
        "“{column}”栏改为“{new}”，不采用：编号由台账编排，仍为“{old}”。",
        (
            "“{new}” under {column} is not taken: the ledger numbers its items, this one is still "
            "“{old}”."
        ),
    ),
    "tables.not_taken_group": (
        "“{column}”栏的改动不采用：上级事项不能用表格调整。",
        "The change under {column} is not taken: items are not moved by a table.",
    ),
    "tables.not_taken_unit": (
        "“{column}”栏的改动不采用：作为事项名称的单位不能用表格更换。",
        "The change under {column} is not taken: the unit that names the row stays.",
    ),
}
