"""Sentences about the organisation."""

PATTERNS: dict[str, tuple[str, str]] = {
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
    "org.no_such_row": (
        "没有找到要改的单位、岗位或人员，内容未改动。",
        "That unit, post or person was not found; nothing was changed.",
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
