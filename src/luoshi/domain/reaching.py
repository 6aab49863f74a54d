"""Which addresses outside a message may be sent to: robots of three vendors, and declared gateways.

Whoever can set an address could otherwise make the server call inside its own network. An address
is read strictly, never mended: what is not written as the rule says is refused. A name is resolved
later, and the numbers that it stands for are judged too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal
from urllib.parse import urlsplit

from luoshi.domain.base import Refused, say

Vendor = Literal["wecom", "dingtalk", "feishu"]
VENDORS: Mapping[Vendor, tuple[str, str]] = {
    "wecom": ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send"),
    "dingtalk": ("oapi.dingtalk.com", "/robot/send"),
    "feishu": ("open.feishu.cn", "/open-apis/bot/v2/hook/"),
}
"""Each vendor's host, and how the path of a robot's address begins."""
HTTPS = 443
LONGEST = 600
_PLAIN = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?/[A-Za-z0-9._~!$&'()*+,;=:@/?%-]*")
"""Lower case, no user, no blank, no backslash, no letters of other scripts, no square brackets."""


@dataclass(frozen=True, slots=True)
class Reach:
    """An address that may be called. The secret parts of it are not printed."""

    host: str
    port: int
    target: str = field(repr=False)
    declared: bool = False

    @property
    def shown(self) -> str:
        """The address as a page names it: its host, never its key."""
        return f"https://{self.host}" + ("" if self.port == HTTPS else f":{self.port}")


def reach(vendor: Vendor, url: str, gateways: frozenset[str] = frozenset()) -> Reach:
    """Read a robot's address; raises Refused in words where it may not be called.

    `https` to the vendor's own host on the usual port, or to one of the `gateways` ("host:port")
    that the machine's administrator declared in the settings.
    """
    if len(url) > LONGEST or not _PLAIN.fullmatch(url):
        raise Refused(say("reaching.not_plain"))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or HTTPS
    except ValueError:
        raise Refused(say("reaching.not_plain")) from None
    if "@" in parts.netloc or "%" in parts.netloc or parts.fragment:
        raise Refused(say("reaching.not_plain"))
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    if f"{host}:{port}" in gateways:
        return Reach(host, port, target, declared=True)
    known, path = VENDORS[vendor]
    if (host, port) != (known, HTTPS):
        raise Refused(say("reaching.host", host=known))
    if not parts.path.startswith(path):
        raise Refused(say("reaching.path", path=path))
    return Reach(host, port, target)


def is_public(number: str) -> bool:
    """Whether a resolved number lies outside every private, local, shared or reserved range.

    Numbers that wrap another one (IPv4 in IPv6, 6to4, Teredo, NAT64) are judged by what they wrap.
    """
    try:
        one = ip_address(number.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if not one.is_global or one.is_multicast or one.is_reserved or one.is_unspecified:
        return False
    return isinstance(one, IPv4Address) or all(map(is_public, _wrapped(one)))


def may_declare(number: str) -> bool:
    """Whether a declared gateway may stand there: anywhere but where machines keep their keys.

    169.254.0.0/16 and fe80::/10 (cloud metadata), multicast and unspecified are never called.
    """
    try:
        one = ip_address(number.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    inner = _wrapped(one) if isinstance(one, IPv6Address) else []
    bad = one.is_link_local or one.is_multicast or one.is_unspecified
    return not bad and all(map(may_declare, inner))


def _wrapped(one: IPv6Address) -> list[str]:
    found = [one.ipv4_mapped, one.sixtofour, *(one.teredo or ())]
    if one in _NAT64:
        found.append(IPv4Address(int(one) & 0xFFFFFFFF))
    return [str(number) for number in found if number is not None]


class _Nat64:
    """64:ff9b::/96 and 64:ff9b:1::/48, which stand for an IPv4 number in their last 32 bits."""

    _HIGH = 0x0064FF9B << 96

    def __contains__(self, one: IPv6Address) -> bool:
        """Whether the number lies in one of the two."""
        return int(one) >> 96 == self._HIGH >> 96 or int(one) >> 80 == (self._HIGH >> 80) + 1


_NAT64 = _Nat64()
