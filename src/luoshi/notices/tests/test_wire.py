"""Nothing inside the network is called, whatever an address says; what answers is understood."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from luoshi.notices import robots, wire
from luoshi.notices.robots import speak

from .receivers import Listener

NOW = datetime(2026, 6, 18, 8, 30, tzinfo=UTC)
VENDOR = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k"

FORMS = [
    "http://127.0.0.1:{p}/cgi-bin/webhook/send", "https://127.0.0.1:{p}/cgi-bin/webhook/send",
    "https://localhost:{p}/cgi-bin/webhook/send", "https://LOCALHOST:{p}/x", "https://localhost.:{p}/x",
    "https://127.1:{p}/x", "https://127.0.1:{p}/x", "https://2130706433:{p}/x",
    "https://0x7f000001:{p}/x", "https://0x7f.0.0.1:{p}/x", "https://0177.0.0.1:{p}/x",
    "https://017700000001:{p}/x", "https://127.000.000.001:{p}/x", "https://0:{p}/x",
    "https://0.0.0.0:{p}/x", "https://[::1]:{p}/x", "https://[::]:{p}/x",
    "https://[::ffff:127.0.0.1]:{p}/x", "https://[::ffff:7f00:1]:{p}/x",
    "https://[0:0:0:0:0:ffff:127.0.0.1]:{p}/x", "https://[64:ff9b::7f00:1]:{p}/x",
    "https://[fe80::1%25lo]:{p}/x", "https://169.254.169.254/latest/meta-data/",
    "https://10.0.0.1:{p}/x", "https://192.168.0.1:{p}/x", "https://172.16.0.1:{p}/x",
    "https://100.100.100.200/latest/meta-data/",
    "https://qyapi.weixin.qq.com@127.0.0.1:{p}/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com:x@127.0.0.1:{p}/x", "https://127.0.0.1:{p}#@qyapi.weixin.qq.com/x",
    "https://127.0.0.1:{p}\\@qyapi.weixin.qq.com/x", "https://qyapi.weixin.qq.com\\@127.0.0.1:{p}/x",
    "https://qyapi.weixin.qq.com.:443/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com:{p}/cgi-bin/webhook/send",
    "https://qyapi.weixin.qq.com.evil.test/cgi-bin/webhook/send",
    "https://evil-qyapi.weixin.qq.com/cgi-bin/webhook/send",
    "https://QYAPI.weixin.qq.com/cgi-bin/webhook/send", "https://qyapi。weixin。qq。com/cgi-bin/webhook/send",
    "https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{p}/x", "https://①②⑦.⓪.⓪.①:{p}/x", "https://127%2e0%2e0%2e1:{p}/x",
    "https://127.0.0.1:{p}\t/x", " https://127.0.0.1:{p}/x", "https://127.0.0.1:{p}/x\r\nHost: y",
    "https:127.0.0.1:{p}/x", "https:///127.0.0.1:{p}/x", "//127.0.0.1:{p}/x", "file:///etc/passwd",
    "gopher://127.0.0.1:{p}/_x", "ftp://127.0.0.1:{p}/x", "https://localtest.me:{p}/x",
    "https://127.0.0.1.nip.io:{p}/x", "https://127.0.0.1:{p}99999/x", "https://",
    "https://qyapi.weixin.qq.com/other/path", "",
]  # fmt: skip


@pytest.fixture
def listener():
    found = Listener()
    yield found
    found.socket.close()


def test_no_form_of_an_address_reaches_this_machine(listener):
    assert len(FORMS) >= 40
    for form in FORMS:
        url = form.format(p=listener.port) if "{p}" in form else form
        outcome = speak("wecom", url, "", "x", NOW)
        assert outcome.went == "refused", url
        assert outcome.told.code.startswith("reaching."), url
    assert listener.knocks() == 0


INSIDE = [
    "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fe80::1%lo", "0.0.0.0",
    "100.100.100.200", "64:ff9b::7f00:1",
]  # fmt: skip


@pytest.mark.parametrize("number", INSIDE)
def test_vendor_name_that_stands_for_a_number_inside_is_not_called(number, monkeypatch):
    def never(*args, **kwargs):
        pytest.fail("a connection was tried")

    monkeypatch.setattr(wire.socket, "create_connection", never)
    for found in ([number], ["120.53.53.53", number]):
        outcome = speak("wecom", VENDOR, "", "x", NOW, resolve=lambda *_, found=found: found)
        assert (outcome.went, outcome.told.code) == ("not_sent", "notices.wire.inside")


def test_the_connection_goes_to_the_number_that_was_judged(monkeypatch):
    """A name that stands for another number a moment later (DNS rebinding) changes nothing."""
    asked, called = [], []

    def resolve(host, port):
        asked.append(host)
        return ["120.53.53.53"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address, timeout):
        called.append(address)
        raise OSError

    monkeypatch.setattr(wire.socket, "create_connection", connect)
    outcome = speak("wecom", VENDOR, "", "x", NOW, resolve=resolve)
    assert outcome.told.code == "notices.wire.connect"
    assert called == [("120.53.53.53", 443)]
    assert asked == ["qyapi.weixin.qq.com"]


def gate(robot):
    return {"gateways": frozenset({f"gate.test:{robot.port}"}), "resolve": lambda *_: ["127.0.0.1"]}


def say_to(robot, settings, vendor="wecom", secret="", path="/cgi-bin/webhook/send?key=k"):
    url = f"https://gate.test:{robot.port}{path}"
    return speak(
        vendor, url, secret, "您有3项待办", NOW, trust=settings.LUOSHI_ROBOT_CA, **gate(robot)
    )


def test_message_arrives_in_the_vendors_form(robot, settings):
    assert say_to(robot, settings).went == "sent"
    assert robot.calls == [
        ("/cgi-bin/webhook/send?key=k", {"msgtype": "text", "text": {"content": "您有3项待办"}})
    ]


def test_dingtalk_signature_is_what_dingtalk_reckons(robot, settings):
    assert (
        say_to(robot, settings, "dingtalk", "SECabc", "/robot/send?access_token=t").went == "sent"
    )
    asked = parse_qs(urlsplit(robot.calls[0][0]).query)
    stamp = asked["timestamp"][0]
    assert stamp == str(int(NOW.timestamp() * 1000))
    mac = hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()
    assert asked["sign"] == [base64.b64encode(mac).decode()]
    assert asked["access_token"] == ["t"]


def test_feishu_signature_is_what_feishu_reckons(robot, settings):
    robot.answers = [(200, {"code": 0, "msg": "success"})]
    assert say_to(robot, settings, "feishu", "s3cret", "/open-apis/bot/v2/hook/h").went == "sent"
    message = robot.calls[0][1]
    stamp = message["timestamp"]
    mac = hmac.new(f"{stamp}\ns3cret".encode(), b"", hashlib.sha256).digest()
    assert message["sign"] == base64.b64encode(mac).decode()
    assert message["msg_type"] == "text"


@pytest.mark.parametrize(
    ("answer", "went"),
    [
        ((200, {"errcode": 0}), "sent"),
        ((200, {"errcode": 45009}), "not_sent"),
        ((200, {"errcode": 93000}), "refused"),
        ((200, b"not json"), "refused"),
        ((200, b"[" * 100_000), "refused"),
        ((404, b""), "refused"),
        ((502, b""), "unclear"),
    ],
)
def test_answer_is_taken_for_what_it_says(robot, settings, answer, went):
    robot.answers = [answer]
    assert say_to(robot, settings).went == went
    assert len(robot.calls) == 1


def test_redirect_is_never_followed(robot, settings, listener):
    for status in (301, 302, 303, 307, 308):
        robot.answers, robot.leads_to = [(status, b"")], f"https://127.0.0.1:{listener.port}/x"
        assert say_to(robot, settings).went == "refused"
    assert listener.knocks() == 0


def test_who_does_not_answer_in_time_is_unclear_and_never_asked_again(robot, settings, monkeypatch):
    monkeypatch.setattr(wire, "SECONDS", 0.4)
    robot.answers = [("slow", 1.5)]
    assert say_to(robot, settings).went == "unclear"
    assert len(robot.calls) == 1


def test_long_answer_is_read_to_its_limit_only(robot, settings):
    robot.answers = [(200, b"x" * 5_000_000)]
    assert say_to(robot, settings).went == "refused"


def test_certificate_of_another_is_refused(robot, settings):
    url = f"https://gate.test:{robot.port}/cgi-bin/webhook/send?key=k"
    outcome = speak("wecom", url, "", "x", NOW, **gate(robot))
    assert (outcome.went, robot.calls) == ("not_sent", [])


def test_no_key_is_told_in_words_or_in_a_fault(robot):
    outcome = speak("wecom", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=verysecret", "s", "x", NOW,
                    resolve=lambda *_: [])  # fmt: skip
    assert "verysecret" not in repr(outcome)
    assert robots.BUSY
