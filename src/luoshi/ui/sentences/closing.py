"""The closing law in words: states, moves, and why a move is refused."""

PATTERNS: dict[str, tuple[str, str]] = {
    "closing.state.draft": ("草稿", "Draft"),
    "closing.state.registered": ("已立项", "Registered"),
    "closing.state.assigned": ("待签收", "Assigned, to be signed for"),
    "closing.state.disputed": ("待裁定", "Returned twice, ruling awaited"),
    "closing.state.signed": ("已签收", "Signed for"),
    "closing.state.under_way": ("办理中", "Under way"),
    "closing.state.reported_done": ("待复核", "Reported done, to be verified"),
    "closing.state.verified": ("已复核", "Verified, to be closed"),
    "closing.state.submitted": ("已报请、待上级认定", "Submitted, superior's recognition awaited"),
    "closing.state.completed": ("办结", "Completed"),
    "closing.state.cleared": ("销号", "Cleared"),
    "closing.state.archived": ("已归档", "Archived"),
    "closing.state.suspended": ("缓办", "Suspended"),
    "closing.state.cancelled": ("撤销", "Cancelled"),
    "closing.verb.register": ("立项", "Register"),
    "closing.verb.assign": ("交办", "Assign"),
    "closing.verb.sign_for": ("签收", "Sign for"),
    "closing.verb.return_to_assigner": ("退回交办人", "Return to the assigner"),
    "closing.verb.rule": ("裁定承办单位", "Rule on the unit"),
    "closing.verb.start": ("开始办理", "Start"),
    "closing.verb.report": ("报进展", "Report progress"),
    "closing.verb.report_done": ("报完成", "Report done"),
    "closing.verb.verify": ("复核", "Verify"),
    "closing.verb.return_for_rework": ("退回整改", "Return for rework"),
    "closing.verb.close": ("办结销号", "Close"),
    "closing.verb.accept": ("登记上级认定", "Record the superior's recognition"),
    "closing.verb.archive": ("归档", "Archive"),
    "closing.verb.suspend": ("缓办", "Suspend"),
    "closing.verb.resume": ("恢复办理", "Resume"),
    "closing.verb.cancel": ("撤销", "Cancel"),
    "closing.verb.reopen": ("重启办理", "Re-open"),
    "closing.verb.ask_extension": ("申请延期", "Ask for an extension"),
    "closing.verb.agree_extension": ("同意延期", "Agree to the extension"),
    "closing.verb.approve_extension": ("批准延期", "Approve the extension"),
    "closing.verb.refuse_extension": ("不同意延期", "Refuse the extension"),
    "closing.verb.move_deadline": ("调整上级时限", "Move the superior's deadline"),
    "closing.not_here.draft": (
        "事项尚未立项，只能立项或撤销。",
        "The task is still a draft: it can only be registered or cancelled.",
    ),
    "closing.not_here.registered": (
        "事项已立项、尚未交办，须先交办。",
        "The task is registered but not yet assigned: assign it first.",
    ),
    "closing.not_here.assigned": (
        "事项已交办、尚未签收，须先由承办单位签收或退回。",
        "The task is assigned but not signed for: the unit must first sign for it or return it.",
    ),
    "closing.not_here.disputed": (
        "事项两次退回，待分管领导裁定承办单位。",
        "The task was returned twice: the leader in charge must first rule which unit takes it.",
    ),
    "closing.not_here.signed": (
        "事项已签收、尚未报完成，不能进行此项操作；已签收的不再退回。",
        (
            "The task is signed for and not reported done: this move is not possible, "
            "and a task signed for is not returned."
        ),
    ),
    "closing.not_here.under_way": (
        "事项正在办理，须先报完成，才能复核、办结。",
        "The task is under way: it must be reported done before it is verified and closed.",
    ),
    "closing.not_here.reported_done": (
        "事项已报完成，待复核；须先复核通过或退回整改。",
        "The task is reported done: it must first be verified or returned for rework.",
    ),
    "closing.not_here.verified": (
        "事项已复核，待办结；只能办结或退回整改。",
        "The task is verified: it can only be closed or returned for rework.",
    ),
    "closing.not_here.submitted": (
        "事项已报请上级，待上级认定；只能登记认定结果或退回整改。",
        "The task is submitted to the superior: only the recognition or a return can be recorded.",
    ),
    "closing.not_here.completed": (
        "事项已办结，只能归档或说明理由后重启。",
        "The task is completed: it can only be archived, or re-opened with a reason.",
    ),
    "closing.not_here.cleared": (
        "问题已销号，只能归档或说明理由后重启。",
        "The problem is cleared: it can only be archived, or re-opened with a reason.",
    ),
    "closing.not_here.archived": (
        "事项已归档，不再变更；如问题再次发生，请另行立项。",
        "The task is archived and changes no more; if the matter recurs, register it anew.",
    ),
    "closing.not_here.suspended": (
        "事项处于缓办状态，须先恢复办理。",
        "The task is suspended: resume it first.",
    ),
    "closing.not_here.cancelled": (
        "事项已撤销，不再变更；如需办理，请另行立项。",
        "The task is cancelled and changes no more; if it is needed, register it anew.",
    ),
    "closing.who.register": (
        "立项由党政办、分管领导或交办人办理。",
        "Tasks are registered by the town office, the leader in charge or the assigner.",
    ),
    "closing.who.assign": (
        "交办由党政办、分管领导或交办人办理。",
        "Tasks are assigned by the town office, the leader in charge or the assigner.",
    ),
    "closing.who.sign_for": (
        "签收由责任人或牵头单位负责人办理。",
        "The owner or the head of the lead unit signs for a task.",
    ),
    "closing.who.return_to_assigner": (
        "退回由责任人或牵头单位负责人提出。",
        "The owner or the head of the lead unit returns a task.",
    ),
    "closing.who.rule": (
        "承办单位有争议的，由分管领导裁定。",
        "A dispute about the competent unit is ruled on by the leader in charge.",
    ),
    "closing.who.start": (
        "开始办理由责任人或牵头单位负责人登记。",
        "The owner or the head of the lead unit starts a task.",
    ),
    "closing.who.report": (
        "进展由责任人、牵头单位或配合单位报送。",
        "Progress is reported by the owner, the lead unit or a supporting unit.",
    ),
    "closing.who.report_done": (
        "报完成由责任人或牵头单位负责人办理，配合单位不能代报。",
        "The owner or the head of the lead unit reports a task done; a supporting unit cannot.",
    ),
    "closing.who.verify": (
        "复核由党政办、分管领导或交办人进行。",
        "Verification is made by the town office, the leader in charge or the assigner.",
    ),
    "closing.who.return_for_rework": (
        "退回整改由党政办、分管领导或交办人提出。",
        "The town office, the leader in charge or the assigner returns a task for rework.",
    ),
    "closing.who.close": (
        "谁交办、谁销号：办结由党政办或交办人办理。",
        "Who raised it closes it: the town office or the assigner.",
    ),
    "closing.who.accept": (
        "上级认定结果由党政办、交办人或上级督查登记。",
        "The superior's recognition is recorded by the town office, the assigner or the superior.",
    ),
    "closing.who.archive": ("归档由党政办办理。", "Tasks are archived by the town office."),
    "closing.who.suspend": (
        "缓办由分管领导或交办人决定。",
        "The leader in charge or the assigner decides on a suspension.",
    ),
    "closing.who.resume": (
        "恢复办理由党政办、分管领导或交办人登记。",
        "The town office, the leader in charge or the assigner resumes a task.",
    ),
    "closing.who.cancel": (
        "撤销由分管领导或交办人决定。",
        "The leader in charge or the assigner decides on a cancellation.",
    ),
    "closing.who.reopen": (
        "重启办理由党政办、分管领导或交办人提出。",
        "The town office, the leader in charge or the assigner re-opens a task.",
    ),
    "closing.who.ask_extension": (
        "延期由责任人或牵头单位负责人申请。",
        "The owner or the head of the lead unit asks for an extension.",
    ),
    "closing.who.agree_extension": (
        "延期须先经分管领导同意。",
        "The leader in charge agrees to an extension.",
    ),
    "closing.who.approve_extension": (
        "延期由交办人批准。",
        "The person who assigned the task approves an extension.",
    ),
    "closing.who.refuse_extension": (
        "是否同意延期由分管领导或交办人决定。",
        "The leader in charge or the assigner refuses an extension.",
    ),
    "closing.who.move_deadline": (
        "上级时限凭上级答复，由党政办、分管领导或交办人调整。",
        (
            "On the superior's reply, the town office, the leader in charge or the assigner moves "
            "the superior's deadline."
        ),
    ),
    "closing.on_behalf": (
        "代录只用于签收、退回、报进展、报完成和申请延期，不能代替复核和办结。",
        (
            "Entries on behalf serve to sign for, return, report and ask for an extension; "
            "they never replace verification or close-out."
        ),
    ),
    "closing.not_sampled": (
        "已归档的事项，以及由县督查重启的事项，须经回头看抽查查出不实。",
        (
            "An archived item, or any item for the county's supervisors, is re-opened only where "
            "a spot check found it not true."
        ),
    ),
    "closing.needs.reason": ("请说明理由。", "Please give the reason."),
    "closing.needs.competent_unit": (
        "请写明认为应由哪个单位承办。",
        "Please name the unit you think competent.",
    ),
    "closing.needs.lead_unit": (
        "尚未明确牵头单位，不能交办。",
        "No lead unit is named, so the task cannot be assigned.",
    ),
    "closing.needs.evidence": (
        "请附佐证材料，没有材料的请写明完成情况。",
        "Please attach evidence or, where there is none, say what was done.",
    ),
    "closing.needs.superior_reply": (
        "请登记上级答复的文号或时间、经办人。",
        "Please enter the superior's reply: its number, or date and person.",
    ),
    "closing.needs.superior_consent": (
        "上级交办事项须凭上级答复缓办或撤销。",
        "A task from above is suspended or cancelled only on the superior's reply.",
    ),
    "closing.needs.new_due_on": ("请填写新的完成时限。", "Please give the new deadline."),
    "closing.returned_already": (
        "该事项已退回过一次，再次退回须经分管领导裁定。",
        "The task was returned once already; a second return goes to the leader in charge.",
    ),
    "closing.ruled_already": (
        "分管领导已裁定承办单位，不能再退回。",
        "The leader in charge has ruled on the unit: the task cannot be returned again.",
    ),
    "closing.verifier_is_doer": (
        "复核人不得是承办人或报送人（含代录人），请由他人复核。",
        (
            "The verifier is never the one who did or reported it, also on behalf: "
            "another person must verify."
        ),
    ),
    "closing.verifier_is_responsible": (
        "责任人和牵头单位负责人不得复核本单位承办的事项。",
        "The owner and the head of the lead unit never verify their own task.",
    ),
    "closing.verifier_not_drawn": (
        "复核人已随机抽取，须由抽中的人员复核。",
        "The verifier was drawn at random: the person drawn must verify.",
    ),
    "closing.closer_is_doer": (
        "承办人、报送人（含代录人）不得为本人承办的事项办结销号。",
        "Who did or reported a task, also on behalf, never closes it.",
    ),
    "closing.recognised_above": (
        "上级交办事项须报请上级认定后办结。",
        "A task from above is closed after the superior's recognition.",
    ),
    "closing.deadline_is_own": (
        "该事项时限由本级确定，请按延期程序办理。",
        "This deadline is the town's own: ask for an extension instead.",
    ),
    "closing.problem_is_cleared": (
        "问题应予销号，不作办结。",
        "A problem is cleared, not completed.",
    ),
    "closing.matter_is_completed": (
        "事项应予办结，不作销号。",
        "A matter is completed, not cleared.",
    ),
    "closing.no_deadline": (
        "该事项没有完成时限，无需延期；请先补充时限。",
        "The task has no deadline to extend; give it one first.",
    ),
    "closing.extension_too_late": (
        "延期须在时限内申请，该事项已于{due}到期。",
        "An extension is asked before the deadline; this one passed on {due}.",
    ),
    "closing.extension_pending": (
        "已有延期申请待审批，不能重复申请。",
        "An extension is already awaiting a decision.",
    ),
    "closing.new_date_not_later": (
        "新的时限应晚于现时限{due}。",
        "The new deadline must be later than the present one, {due}.",
    ),
    "closing.beyond_superior": (
        "内部时限不得晚于上级时限{due}；确需顺延的，请先取得上级答复。",
        (
            "The internal deadline cannot pass the superior's, {due}; "
            "get the superior's reply first if it must."
        ),
    ),
    "closing.no_extension": (
        "该事项没有待审批的延期申请。",
        "No extension is awaiting a decision on this task.",
    ),
    "closing.extension_agreed_already": (
        "分管领导已同意，待交办人批准。",
        "The leader in charge has agreed already; the assigner's approval is awaited.",
    ),
    "closing.leader_agrees_first": (
        "延期须先经分管领导同意，再由交办人批准。",
        "The leader in charge agrees first, then the assigner approves.",
    ),
    "closing.asker_decides": (
        "申请人不得审批本人提出的延期。",
        "Who asks for an extension does not decide on it.",
    ),
    "closing.resumes_elsewhere": (
        "事项应恢复到缓办前的状态。",
        "A task resumes in the state it was suspended from.",
    ),
    "closing.note.one_approval": (
        "分管领导与交办人为同一人，一次审批生效。",
        "Leader in charge and assigner are the same person: one approval is enough.",
    ),
    "closing.note.superior_moved": (
        "依据上级答复调整时限：{reply}。",
        "The deadline was moved on the superior's reply: {reply}.",
    ),
    "closing.note.submitted": (
        "已报请、待上级认定。",
        "Submitted; the superior's recognition is awaited.",
    ),
}
