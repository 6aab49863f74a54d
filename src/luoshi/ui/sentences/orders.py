"""Sentences of orders and inspections: why one is refused, where it stands, whose move it is."""

PATTERNS: dict[str, tuple[str, str]] = {
    "orders.style_length": (
        "文号样式须为1至{n}个字。",
        "A style of numbers has 1 to {n} characters.",
    ),
    "orders.style_places": (
        "文号样式须各写一次{year}和{number}，例如“督办〔{year}〕{number}号”。",
        "A style of numbers names {year} and {number} once each.",
    ),
    "orders.style_rest": (
        "文号样式除年份、序号外，不能再有数字或花括号。",
        "Besides year and number, a style holds no digits and no braces.",
    ),
    "orders.style_taken": (
        "今年已按这个样式编号到第{n}号，样式从下一年度起可改。",
        "This year {n} papers already bear this style; it can change from next year on.",
    ),
    "orders.limit_range": (
        "办理时限须为1至250个工作日。",
        "A time limit is 1 to 250 working days.",
    ),
    "orders.due_passed": (
        "办理时限{due}已过，请填今天或以后的日期。",
        "The deadline {due} has passed. Enter today or a later day.",
    ),
    "orders.due_beyond": (
        "办理时限{due}超过这类来源的规定时限{usual}，请写明理由。",
        "The deadline {due} lies beyond the limit {usual} of this source. Please say why.",
    ),
    "orders.due_stays": (
        "该事项的时限是{due}，督办单不改时限；需要调整的，按延期程序办理。其他内容已保留，未登记。",
        (
            "The item's deadline is {due}, and an order does not move it; ask for an extension "
            "instead. What you typed was kept; nothing was registered."
        ),
    ),
    "orders.town_only": (
        "督办单由乡镇办理；县级对乡镇开展的是督查，请登记督查。",
        "Orders are a town's own act. What the county does to towns is an inspection.",
    ),
    "orders.inspection_county_only": (
        "督查由县级及以上督查机构开展；本镇的工作请用督办单。",
        "Only supervisors of the county or above inspect. A town uses its own orders.",
    ),
    "orders.inspection_of_towns": (
        "督查对象是乡镇；乡镇以下由乡镇自行督办。",
        "An inspection is of a town; below the town, the town supervises itself.",
    ),
    "orders.not_yours": (
        "只有本镇党政办和领导班子可以办理督办单。",
        "Only the town's own office and its leaders handle its orders.",
    ),
    "orders.inspection_not_yours": (
        "只有被督查乡镇的党政办和领导班子可以答复。",
        "Only the inspected town's office and leaders answer.",
    ),
    "orders.no_requirement": (
        "请写明办理要求。",
        "Please say what is required.",
    ),
    "orders.no_title": ("请写明督办事项。", "Please say what is to be done."),
    "orders.no_unit": ("请选择承办单位。", "Please choose the unit that takes it."),
    "orders.marked": (
        "内容带有“{marking}”标志，本系统为非涉密系统，不予登记，已输入的内容未保存。请用本办的话重新概括办理要求。",
        (
            "The text bears the marking “{marking}”. This system is not for classified or "
            "internal material: nothing was kept. State the requirement in the office's own words."
        ),
    ),
    "orders.person_left": (
        "交办领导{name}已不在任，请改选现任领导。",
        "{name} no longer holds a post. Choose somebody who does.",
    ),
    "orders.person_unknown": (
        "没有找到交办领导，请重新选择。",
        "The person who asked was not found. Choose again.",
    ),
    "orders.post_vacant": (
        "责任岗位“{post}”目前无人任职，请改选，或先在组织页补上任职。",
        "Nobody holds the post “{post}” today. Choose another, or enter its holder first.",
    ),
    "orders.task_ended": (
        "该事项已办结、归档或撤销，不能再发督办单；需要重新办理的，先重启事项。",
        "The item is closed, archived or cancelled. Re-open it before an order is made of it.",
    ),
    "orders.has_order": (
        "该事项已有未结的督办单{serial}，不重复发单。",
        "The item already has the open order {serial}; no second one is made.",
    ),
    "orders.office_concludes": (
        "督办结果由党政办或领导班子认定。",
        "The result is set by the town office or a leader.",
    ),
    "orders.doer_concludes": (
        "办理或报送过该事项的人不能认定结果，请由其他人认定。",
        "Whoever did or reported the work does not set its result; somebody else must.",
    ),
    "orders.concluded_already": (
        "该督办单已有结果，不再更改；情况有变的，另发督办单。",
        "The order already has its result, which stays. Make a new order if things changed.",
    ),
    "orders.withdrawn": (
        "事项已撤销，督办单随之终止，可直接归档。",
        "The item was cancelled and the order ends with it; it can be archived.",
    ),
    "orders.not_closed": (
        "事项尚未复核办结，不能认定为“已整改”。请先办理复核、办结销号，或改选其他结果。",
        (
            "The item is not verified and closed, so it is not “rectified”. Verify and close it "
            "first, or choose another result."
        ),
    ),
    "orders.check_first": (
        "已报完成，正在复核销号，请等复核结论出来再认定结果。",
        "It was reported done and is being verified. Wait for what the check finds.",
    ),
    "orders.closed_is_rectified": (
        "事项已办结销号，结果只能是“已整改”；认为不实的，先重启办理。",
        "The item is closed: its result is “rectified”. If that is untrue, re-open it first.",
    ),
    "orders.no_check": (
        "没有复核属实的记录，不能认定为“已整改”。",
        "No check found it true, so it cannot be “rectified”.",
    ),
    "orders.no_note": (
        "请写明情况：办到哪一步、还差什么、为什么。",
        "Please say how far it got, what is missing and why.",
    ),
    "orders.no_evidence": (
        "发单以来没有任何办理情况报送，没有依据认定为部分或持续整改；没有办理的，选“未整改”。",
        (
            "Nothing was reported since the order, so nothing shows partial or continuing work. "
            "If nothing was done, choose “not rectified”."
        ),
    ),
    "orders.no_next": (
        "部分整改、持续整改的，请写明下次查看的日期（今天之后）。",
        "For partial or continuing work, name the day after today on which it is looked at again.",
    ),
    "orders.archived_already": ("该督办单已归档。", "The order is archived already."),
    "orders.not_concluded": (
        "督办单还没有结果，不能归档。",
        "The order has no result yet and cannot be archived.",
    ),
    "orders.inspection_no_words": ("请写明答复内容。", "Please say what was done."),
    "orders.inspection_stands": (
        "该督查{state}，不能再办理。",
        "This inspection is settled ({state}).",
    ),
    "orders.inspection_no_answer": (
        "被督查乡镇还没有答复，时限{due}未到，不能认定结果。",
        "The town has not answered and its time runs until {due}; no conclusion yet.",
    ),
    "orders.inspection_no_finding": (
        "请写明督查结论和依据。",
        "Please state the conclusion and what it rests on.",
    ),
    "orders.inspection_open_orders": (
        "由本次督查转出的督办单还有{n}件未结，不能报“已整改”。",
        "{n} of the orders made of this inspection are still open; it cannot be “rectified”.",
    ),
    "orders.whose.office": ("党政办", "Town office"),
    "orders.whose.unit": ("承办单位", "The unit"),
    "orders.whose.leader": ("分管领导", "Leader in charge"),
    "orders.whose.assigner": ("交办人", "Assigner"),
    "orders.whose.verifier": ("抽定的复核人", "Verifier drawn"),
    "orders.whose.superior": ("上级", "The superior"),
    "orders.whose.nobody": ("已结，无人待办", "Nobody: it has ended"),
    "orders.stage.to_assign": ("待交办", "To be assigned"),
    "orders.stage.to_sign": ("待签收", "To be signed for"),
    "orders.stage.to_rule": ("再次退回、待裁定", "Returned twice, to be ruled on"),
    "orders.stage.working": ("办理中", "Under way"),
    "orders.stage.suspended": ("缓办", "Suspended"),
    "orders.stage.to_check": ("已报完成、待复核", "Reported done, to be verified"),
    "orders.stage.to_close": ("已复核、待办结", "Verified, to be closed"),
    "orders.stage.to_recognise": ("待上级认定", "Awaiting the superior"),
    "orders.stage.to_conclude": ("已办结、待认定结果", "Closed, result to be set"),
    "orders.stage.withdrawn": ("事项已撤销", "Item cancelled"),
    "orders.stage.concluded": ("已有结果", "Concluded"),
    "orders.stage.archived": ("已归档", "Archived"),
    "orders.step.register": ("登记发单 {serial}", "Registered as {serial}"),
    "orders.step.rectified": ("认定结果：已整改", "Result set: rectified"),
    "orders.step.partly": ("认定结果：部分整改", "Result set: partly rectified"),
    "orders.step.continuing": ("认定结果：持续整改", "Result set: rectification continues"),
    "orders.step.not": ("认定结果：未整改", "Result set: not rectified"),
    "orders.step.told": ("通报 {serial}", "Told of in {serial}"),
    "orders.step.praised": ("通报表扬 {serial}", "Praised in {serial}"),
    "orders.step.archive": ("归档", "Archived"),
}
