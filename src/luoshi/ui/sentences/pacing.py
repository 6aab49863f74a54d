"""Sentences of pace and lights: every light says its arithmetic."""

PATTERNS: dict[str, tuple[str, str]] = {
    "pacing.ahead": (
        "应完成{expected}%，实际完成{actual}%，快于序时进度{gap}个百分点。",
        "{expected}% expected, {actual}% done: {gap} points ahead of pace.",
    ),
    "pacing.level": (
        "应完成{expected}%，实际完成{actual}%，与序时进度持平。",
        "{expected}% expected, {actual}% done: on pace.",
    ),
    "pacing.within": (
        "应完成{expected}%，实际完成{actual}%，慢{gap}个百分点，未到偏慢线（{limit}个百分点）。",
        "{expected}% expected, {actual}% done: {gap} points behind, within the slow line {limit}.",
    ),
    "pacing.slow_points": (
        "应完成{expected}%，实际完成{actual}%，慢于序时进度{gap}个百分点，已到偏慢线（{limit}个百分点）。",
        "{expected}% expected, {actual}% done: {gap} points behind, past the slow line {limit}.",
    ),
    "pacing.slow_any": (
        "应完成{expected}%，实际完成{actual}%，慢于序时进度{gap}个百分点。",
        "{expected}% expected, {actual}% done: {gap} points behind pace.",
    ),
    "pacing.late_points": (
        "应完成{expected}%，实际完成{actual}%，慢于序时进度{gap}个百分点，超过滞后线（{limit}个百分点）。",
        "{expected}% expected, {actual}% done: {gap} points behind, over the late line {limit}.",
    ),
    "pacing.slow_relative": (
        "应完成{expected}%，实际完成{actual}%，低于序时进度{size}%。",
        "{expected}% expected, {actual}% done: {size}% short of pace.",
    ),
    "pacing.late_relative": (
        "应完成{expected}%，实际完成{actual}%，低于序时进度{size}%，超过滞后线（{limit}%）。",
        "{expected}% expected, {actual}% done: {size}% short of pace, over the late line {limit}%.",
    ),
    "pacing.late_bottom": (
        "应完成{expected}%，实际完成{actual}%，慢{gap}个百分点，且居倒数第{rank}位。",
        "{expected}% expected, {actual}% done: {gap} points behind and {rank} from the bottom.",
    ),
    "pacing.late_again": (
        "应完成{expected}%，实际完成{actual}%，慢{gap}个百分点，连续{times}次偏慢，转为滞后。",
        "{expected}% expected, {actual}% done: {gap} behind, {times} times slow in a row: late.",
    ),
    "pacing.no_node": (
        "未到节点，下一节点{node}。",
        "No node has come yet; the next is {node}.",
    ),
    "pacing.no_figure": (
        "{on}已报送，进度数待补；下一节点{node}。",
        "Reported on {on} without a figure; the next node is {node}.",
    ),
    "pacing.between_nodes": (
        "未到节点，{on}报送时完成{actual}%，当时符合序时进度；下一节点{node}。",
        "Between nodes: {actual}% when reported on {on}, on pace then; the next node is {node}.",
    ),
    "pacing.silent": (
        "{node}应报送，至今未报，已{days}天。",
        "A report was due on {node} and none has come; days since: {days}.",
    ),
    "pacing.silent_since": (
        "{node}应报送，至今未报，已{days}天；上次报送{last}。",
        "A report was due on {node} and none has come; days since: {days}; last report: {last}.",
    ),
    "pacing.overdue": (
        "应于{due}完成，已逾期{days}天，尚未报完成。",
        "Due on {due} and not reported done; days overdue: {days}.",
    ),
    "pacing.not_started": (
        "应于{start}启动，至今未启动，已{days}天。",
        "Should have started on {start}, nothing begun; days since: {days}.",
    ),
    "pacing.unstarted_slow": (
        "应于{start}启动，至今未启动，已满{months}个月。",
        "Should have started on {start}, nothing begun; whole months since: {months}.",
    ),
    "pacing.unstarted_late": (
        "应于{start}启动，至今未启动，已满{months}个月，列为滞后。",
        "Should have started on {start}, nothing begun; whole months since: {months}, so late.",
    ),
    "pacing.reported_done": (
        "{on}已报完成，待复核。",
        "Reported done on {on}; waiting to be verified.",
    ),
    "pacing.done": ("{on}已销号。", "Closed on {on}."),
    "pacing.need": (
        "距目标还差{remaining}，剩余{months}个月，每月需完成{each}。",
        "{remaining} is still missing with {months} months left: {each} a month.",
    ),
    "pacing.need_nothing": (
        "已完成{done}，达到目标{target}。",
        "{done} done; the target {target} is reached.",
    ),
    "pacing.need_too_late": (
        "期限已到，距目标还差{remaining}。",
        "The period is over and {remaining} is missing.",
    ),
    "pacing.need_unknown": (
        "完成数待补，无法测算每月需完成数。",
        "The figure done so far is missing, so the monthly amount cannot be computed.",
    ),
    "pacing.need_lower": (
        "距目标还需降{remaining}，剩余{months}个月，每月需降{each}。",
        "{remaining} must still come off with {months} months left: {each} a month.",
    ),
    "pacing.spare": (
        "控制数还余{spare}，剩余{months}个月，每月不超过{each}。",
        "{spare} of the ceiling is left for {months} months: at most {each} a month.",
    ),
    "pacing.spare_none": (
        "已超控制数{over}，剩余各月不得再增加。",
        "The ceiling is exceeded by {over}; nothing more may come in the months left.",
    ),
    "pacing.spare_end": ("期限已到，控制数还余{spare}。", "The period is over; {spare} was left."),
    "pacing.bad_curve": (
        "上年进度曲线须有12月的数且大于0，月份不重复。",
        "Last year's curve needs a December figure above 0 and each month once.",
    ),
    "pacing.bad_quarters": (
        "季度权重应为四个非负数，合计100%。",
        "Quarter weights must be four numbers, none negative, that add up to 100%.",
    ),
    "pacing.bad_milestones": (
        "按节点计算进度，至少要有一个节点，且权重均大于0。",
        "Pace by nodes needs at least one node, each with a weight above 0.",
    ),
    "pacing.quarters_need_year": (
        "季度权重只适用于全年（1月1日至12月31日）的目标。",
        "Quarter weights apply only to a whole calendar year.",
    ),
    "pacing.no_target": (
        "目标值应大于0，才能计算完成率。",
        "The target must be above 0 before a completion rate can be computed.",
    ),
    "pacing.rule.yinchuan": (
        "银川2025：慢10至30个百分点为偏慢，超过30个百分点为滞后；应启未启满1个月为偏慢，满3个月为滞后",
        (
            "Yinchuan 2025: 10 to 30 points behind is slow, over 30 late; "
            "a start one month overdue is slow, three months late"
        ),
    ),
    "pacing.rule.sanya": (
        "三亚2022：低于序时进度50%以内为偏慢，超过50%为滞后；两次偏慢约谈",
        "Sanya 2022: up to 50% short of pace is slow, more is late; slow twice means a talk",
    ),
    "pacing.rule.cangnan": (
        "苍南2022：慢于序时进度为偏慢，且居后三位为滞后",
        "Cangnan 2022: behind pace is slow; behind and among the bottom three is late",
    ),
}
