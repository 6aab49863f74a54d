"""Sentences of reminders: hours, levels, addresses, what came of a message."""

PATTERNS: dict[str, tuple[str, str]] = {
    "reminding.at_in_quiet": (
        "汇总时间落在免打扰时段内，请改汇总时间或免打扰时段。原设置未改动。",
        (
            "The digest would go out in quiet hours. Change its hour or the quiet hours. "
            "Nothing was changed."
        ),
    ),
    "reminding.levels": (
        "报分管领导的天数要大于报单位负责人的天数，且都不少于1个工作日。原设置未改动。",
        (
            "The leader in charge must be told later than the head of the unit, and both after at "
            "least one working day. Nothing was changed."
        ),
    ),
    "reaching.not_plain": (
        "地址写法不符合要求：须以https://开头、全部小写主机名，不带用户名、空格和其他字符。未保存。",
        (
            "The address is not written as it must be: https://, the host in lower case, no user "
            "name, blanks or other characters. It was not saved."
        ),
    ),
    "reaching.host": (
        "只能填该平台群机器人的地址（{host}）。需要经内网网关转发的，由系统管理员在系统设置中登记网关。未保存。",
        (
            "Only the platform's own robot address ({host}) may be given. A gateway inside the "
            "network is declared by the system administrator in the settings. It was not saved."
        ),
    ),
    "reaching.path": (
        "这不是群机器人的地址：路径应以{path}开头。未保存。",
        "This is no robot's address: its path must begin with {path}. It was not saved.",
    ),
    "notices.wire.name": (
        "主机名{host}解析不到地址，消息未发出。请检查服务器的网络和DNS。",
        "The name {host} was not found, so nothing left. Check the server's network and DNS.",
    ),
    "notices.wire.inside": (
        "{host}解析到内网或本机地址，按规定不连接，消息未发出。",
        "{host} stands for an address inside the network, which is never called. Nothing left.",
    ),
    "notices.wire.connect": (
        "连接不上{host}，消息未发出。",
        "{host} could not be reached, so nothing left.",
    ),
    "notices.wire.unclear": (
        "已向{host}发出，未收到回音；为免重复，不再重发。",
        (
            "It left for {host} and no answer came; it is not sent again, so that nobody gets it "
            "twice."
        ),
    ),
    "notices.wire.status": (
        "{host}回复状态码{status}，未收下消息。",
        "{host} answered {status} and did not take the message.",
    ),
    "notices.wire.vendor": (
        "平台未收下消息，返回码{number}。请核对机器人的地址、加签密钥和关键词。",
        (
            "The platform did not take the message (code {number}). Check the robot's address, its "
            "signing secret and its keywords."
        ),
    ),
    "notices.wire.busy": (
        "平台提示发送过于频繁（返回码{number}），稍后再试。",
        "The platform says it is too often (code {number}); it is tried again later.",
    ),
    "notices.mail.off": (
        "系统没有设置邮件服务器，邮件未发出。",
        "No mail server is set, so no mail left.",
    ),
    "notices.mail.gone": (
        "本人已删去邮箱地址，邮件未发出。",
        "The person took the address back, so no mail left.",
    ),
    "notices.mail.down": (
        "邮件服务器连接不上，邮件未发出。",
        "The mail server could not be reached, so no mail left.",
    ),
    "notices.mail.later": (
        "邮件服务器暂不接收（{number}），稍后再试。",
        "The mail server will not take it now ({number}); it is tried again later.",
    ),
    "notices.mail.refused": (
        "邮件服务器拒收（{number}），请本人核对邮箱地址。",
        "The mail server refused it ({number}); the person should check the address.",
    ),
    "notices.mail.unclear": (
        "邮件发送中断，不能确定是否已经送出；为免重复，不再重发。",
        (
            "Sending broke off and nobody can tell whether it left; it is not sent again, so that "
            "nobody gets it twice."
        ),
    ),
    "notices.crashed": (
        "发送途中程序中断，不能确定是否已经送出；为免重复，不再重发。",
        (
            "The program stopped on the way and nobody can tell whether it left; it is not sent "
            "again, so that nobody gets it twice."
        ),
    ),
    "notices.tries_over": (
        "当天不再重试，并入下一次汇总。",
        "It is not tried again today; the next digest takes its place.",
    ),
    "notices.text.person": (
        "您有{n}项待办，请登录落实系统查看。",
        "You have {n} items to do in Luoshi.",
    ),
    "notices.text.group": (
        "待办汇总：本群有{n}人有待办，请各自登录落实系统查看。",
        "Digest: {n} people of this group have items to do in Luoshi.",
    ),
    "notices.text.test": (
        "落实系统测试消息：本群已接入待办汇总。",
        "Test message of Luoshi: this group now receives the digest.",
    ),
    "notices.subject": ("您有{n}项待办", "You have {n} items to do"),
    "notices.channel_needs_address": (
        "请填写机器人地址。未保存。",
        "Please give the robot's address. Nothing was saved.",
    ),
    "notices.no_place": (
        "只有党政综合办和系统管理员可以设置提醒。",
        "Only the town office and the system administrator may set reminders.",
    ),
    "notices.no_person": (
        "该账号没有对应的人员，没有提醒可设。",
        "This account stands for no person, so there is nothing to set.",
    ),
    "notices.run_over": (
        "这次汇总已经结束，没有可以停止的。",
        "This digest has ended already; there is nothing to stop.",
    ),
    "notices.tested": (
        "测试消息已送出，请到群里查看。",
        "The test message was sent; look in the group.",
    ),
}
