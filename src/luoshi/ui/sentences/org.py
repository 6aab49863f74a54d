"""Sentences about the organisation."""

PATTERNS: dict[str, tuple[str, str]] = {
    "org.appointing_is_apart": (
        "已设安全管理员：账号、任命和免职由安全管理员办理，您负责单位、岗位、日历和设置。本次没有改动。",
        (
            "A security administrator is in office: accounts and who holds which post are hers;"
            " units, posts, calendar and settings are yours. Nothing was changed."
        ),
    ),
    "org.roster_blank": ("“{column}”没有填。", "“{column}” is blank."),
    "org.roster_too_long": (
        "“{column}”超过{n}个字。",
        "“{column}” is longer than {n} characters.",
    ),
    "org.roster_formula": (
        "“{column}”里是会在表格中运行的公式，不能导入；请改为文字。",
        "“{column}” holds a formula that a spreadsheet would run. Write it as text.",
    ),
    "org.roster_no_day": (
        "“{column}”写的“{text}”不是日期；请写成 2026-03-01 这样的日期。",
        "“{text}” under “{column}” is no date. Write it as 2026-03-01.",
    ),
    "org.roster_unknown": (
        "“{column}”写的“{text}”没有这一种；可以写：{known}。",
        "“{text}” under “{column}” is unknown. It may be: {known}.",
    ),
    "org.roster_fixed": (
        "“{column}”与现有记录不同；这一项不由表格修改，请改回或空着。",
        "“{column}” differs from what stands and is not changed by a table. Leave it blank.",
    ),
    "org.roster_gone": (
        "外部编号对应的记录不存在，或不归本辖区；请重新导出后再改。",
        "The key of this row is not known here. Export again and edit that file.",
    ),
    "org.roster_stale": (
        "导出之后有人改过这一条，没有覆盖；请重新导出后再改。",
        "Somebody changed this after the export, so it is not overwritten. Export again.",
    ),
    "org.roster_which_unit": (
        "“{name}”有{n}个，分不清是哪一个；请填上级单位，或写成“上级/单位”。",
        "“{name}” may be {n} units. Name the unit above it, or write “above/unit”.",
    ),
    "org.roster_no_unit": (
        "没有叫“{name}”的单位，表中也没有。",
        "No unit is called “{name}”, here or in the file.",
    ),
    "org.roster_twice": ("“{name}”在表中出现了两次。", "“{name}” stands twice in the file."),
    "org.roster_same_name": (
        "同一上级下已有叫“{name}”的单位；请换一个名称，或填外部编号。",
        "A unit called “{name}” stands there already. Choose another name.",
    ),
    "org.roster_role_guessed": (
        "没有写角色，按工作人员登记（权限最小）。",
        "No role is written: taken as staff, which has the least rights.",
    ),
    "org.roster_successor": (
        "现任自{since}起在任；换人请填晚于这一天的任职日期。",
        "The post is held since {since}. A successor begins on a later day.",
    ),
    "org.roster_namesakes": (
        "叫“{name}”的有{n}位，分不清是哪一位；请填电话。",
        "{n} people are called “{name}”. Fill in the telephone.",
    ),
    "org.roster_phone_stays": (
        "{name}已登记另一个电话，不由表格修改。",
        "Another telephone stands for {name}; a table does not change it.",
    ),
    "org.roster_rows": (
        "超过{n}行，没有导入；请分成几个文件。",
        "More than {n} rows: nothing was read. Divide the file.",
    ),
    "org.roster_no_head": (
        "没有找到单位、岗位或单位关系的表头，没有导入；请按模板填写。",
        "No header of units, posts or bonds was found; nothing was read. Use the template.",
    ),
    "org.roster_lacks": (
        "{sheet}还缺这几列：{fields}。",
        "{sheet} still lacks: {fields}.",
    ),
    "org.roster_closed": (
        "这张表已经写入、放弃，或不是您导入的。",
        "This table is written or left already, or is another person's.",
    ),
    "org.roster_refused": (
        "有{n}行不能导入，一行也没有写入；请改好后重新导入。",
        "{n} rows cannot be taken, so none was written. Mend the file and bring it in again.",
    ),
    "org.roster_moved": (
        "核对之后组织有变动，没有写入；下面是按现在重新核对的结果。",
        "The organisation changed since the check, so nothing was written. Below is the new check.",
    ),
    "org.roster_nothing": (
        "表中没有要新增或修改的。",
        "Nothing in the file is to be added or changed.",
    ),
    "org.roster_used": (
        "导入之后已有人用了其中的单位、岗位或人员，不能整体撤销，没有改动；请在单位页面逐项办理。",
        "Somebody went on with what the file made, so it stands. Change it on the units' pages.",
    ),
    "org.duty_list_unknown": (
        "“{given}”不是三张清单之一（基本、配合、上级收回）。",
        "“{given}” is none of the three lists (basic, assisting, withdrawn).",
    ),
    "org.duty_empty": ("履职事项是空的。", "The duty is empty."),
    "org.duty_too_long": (
        "履职事项超过{n}个字。",
        "The duty is longer than {n} characters.",
    ),
    "org.duty_twice": (
        "序号{n}在这张清单里出现了两次。",
        "Number {n} stands twice in this list.",
    ),
    "org.duties_faulty": (
        "有{n}行不能导入，或没有内容；现有清单未改动，请改正后再核对。",
        "{n} rows cannot be taken in, or there is nothing; the lists stand as they were.",
    ),
    "org.force_needs_end": (
        "专班要有截止日期，未设立；请填写后再保存。",
        "A task force needs a last day; nothing was set up. Fill it in and save again.",
    ),
    "org.unit_has_units": (
        "该单位下还有：{units}，不能撤销；请先调整或撤销下级单位。",
        "Units still stand below this one: {units}. Move or end them first; nothing was changed.",
    ),
    "org.unit_has_people": (
        "该单位还有{n}个岗位在任，不能撤销；请先免职或改任。",
        "{n} posts of this unit are held; end or move those terms first. Nothing was changed.",
    ),
    "org.post_is_held": (
        "“{post}”还有人在任，不能撤销；请先免职或改任。",
        "Somebody holds “{post}”; end or move that term first. Nothing was changed.",
    ),
    "org.unit_circle": (
        "“{unit}”不能挂到“{under}”之下：单位不能成为自己的下级，隶属关系未改动。",
        "“{unit}” cannot stand below “{under}”: no unit is below itself. Nothing was moved.",
    ),
    "org.link_again": (
        "“{unit}”与“{other}”已有这一关系，或是同一单位，未再建立。",
        "“{unit}” and “{other}” are bound so already, or are the same unit; nothing was added.",
    ),
    "org.routine_empty": (
        "请写明岗位常规职责，内容未改动。",
        "Please write the routine duties of the post; nothing was changed.",
    ),
    "org.day_passed": (
        "已过的日期不能再改上班或放假。",
        "Days that have passed cannot be changed any more.",
    ),
    "org.no_post": (
        "目前没有任职岗位，没有可订阅的时限。",
        "You hold no post at present, so there are no dates to subscribe to.",
    ),
    "org.no_such_row": (
        "没有找到要改的单位、岗位或人员，内容未改动。",
        "That unit, post or person was not found; nothing was changed.",
    ),
    "org.phone_unlike": (
        "电话只能有数字、“-”和开头的“+”。没有保存。",
        "A telephone number has digits, “-” and a leading “+” only. Nothing was saved.",
    ),
    "org.phone_no_reason": (
        "查看完整号码要写明事由，记入日志。",
        "Say why you need the whole number; the reason is journalled.",
    ),
    "org.term_ends_before_start": (
        "任期截止（{end}）早于起始（{start}），未保存，请改截止日期。",
        "The term would end ({end}) before it starts ({start}); not saved, please mend the end.",
    ),
    "org.nobody_turned_over": (
        "没有填写任何一个岗位的接任人，未作调整；不变的岗位留空，免职待补的填“空缺”。",
        "No post was given to anybody; nothing was changed. Name a successor, or vacate a post.",
    ),
    "org.no_such_person": (
        "没有叫“{name}”的人员，未作调整；请从候选名单中选，或先在账号页登记此人。",
        "Nobody is called “{name}”; nothing was changed. Choose from the list, or add them first.",
    ),
    "org.login_taken": (
        "登录名“{login}”已有人使用，请换一个。",
        "The login name “{login}” is taken; please choose another.",
    ),
}
