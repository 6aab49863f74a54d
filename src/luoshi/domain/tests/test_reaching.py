"""No spelling of an address inside the network is taken for a robot's address."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.domain.base import Refused
from luoshi.domain.reaching import VENDORS, is_public, may_declare, reach

GOOD = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-4bc4-97a0",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=f1a2b3",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/0c9e-11aa",
}


@pytest.mark.parametrize("vendor", GOOD)
def test_vendor_address_is_read(vendor):
    found = reach(vendor, GOOD[vendor])
    assert (found.host, found.port) == (VENDORS[vendor][0], 443)
    assert GOOD[vendor] == f"https://{found.host}{found.target}"
    assert found.target not in repr(found)
    assert "key" not in found.shown


def test_robot_of_another_vendor_is_refused():
    with pytest.raises(Refused, match=r"reaching\.host"):
        reach("wecom", GOOD["feishu"])


def test_declared_gateway_is_taken_as_declared_and_not_otherwise():
    gateways = frozenset({"gate.county.example:8443"})
    assert reach("wecom", "https://gate.county.example:8443/hook", gateways).declared
    for url in ("https://gate.county.example/hook", "https://gate.county.example:8444/hook"):
        with pytest.raises(Refused):
            reach("wecom", url, gateways)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1", "2001:0:7f00:1::", "fe80::1%eth0", "not a number", "",
    ],
)  # fmt: skip
def test_number_inside_is_not_public(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["1.1.1.1", "120.53.53.53", "2606:4700:4700::1111"])
def test_number_outside_is_public(number):
    assert is_public(number)


@given(number=st.integers(0, 2**32 - 1))
def test_wrapping_a_number_makes_it_no_more_public(number):
    plain = is_public(str(IPv4Address(number)))
    for wrapped in (
        (0xFFFF << 32) | number,
        (0x2002 << 112) | (number << 80),
        (0x64FF9B << 96) | number,
    ):
        assert not is_public(str(IPv6Address(wrapped))) or plain


def test_keys_of_machines_are_reached_by_no_gateway():
    assert may_declare("10.1.2.3")
    assert may_declare("127.0.0.1")
    for number in (
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::1",
        "224.0.0.1",
        "0.0.0.0",
        "x",
    ):
        assert not may_declare(number)
