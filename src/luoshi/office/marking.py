"""Secrecy and internal markings, told apart from the same words in running prose (R71).

A marking is a line (or a header, a watermark, a bracket at the head) that says nothing else:
机密★1年, 内部资料 注意保存. "保守国家秘密", "商业秘密" and "内部管理" are prose and pass.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import islice

HEAD_LINES = 8
"""How many lines at the head of each page may carry a marking beside other words."""

_LINE_LIMIT = 60
_PLACE_LIMIT = 10_000
_HEAD_SPAN = 4_000
_PAGE_BREAK = re.compile("\f")
_BREAK = re.compile("[\n\f]")
_CANDIDATE = re.compile("[密㊙]|[内內]\\s*部|[注妥]\\s*[意善]\\s*保")
_LEVEL = "绝密|機密|机密|絕密|工作秘密|秘密"
_STAR = "[★☆*＊⭐]"
_TERM = (
    r"(?:\d{1,3}(?:年|个月|天|日)|[一二三五十]{1,3}年|长期|启用前|解密前"
    r"|\d{4}年\d{1,2}月(?:\d{1,2}日)?)?"
)
_CARE = (
    "(?:,?(?:请?(?:注意|妥善)保[存管]|(?:严禁|不得|禁止|请勿)(?:外传|扩散|翻印|转发|复制)|严格保密|"
    "会后收回|阅后收回|仅供参考|仅供内部(?:使用|参考|参阅)))"
)
_STARRED = re.compile(
    rf"(?:密级:?)?(?:{_STAR}?(?P<mark>{_LEVEL}){_STAR}{_TERM}|{_STAR}(?P<after>{_LEVEL}){_TERM})"
)
_LONE_STAR = re.compile(rf"(?P<mark>{_STAR}){_TERM}")
_ALONE = re.compile(
    rf"(?:(?:密级|涉密等级|等级):?)?(?P<mark>{_LEVEL})(?:级|文件|材料|件)?(?:\(?{_TERM}\)?){_CARE}*"
    rf"|(?P<internal>内部(?:资料|文件|材料|参阅|参考|刊物|明电|事项|使用|情况)|仅供内部(?:使用|参考|参阅)){_CARE}*"
    rf"|(?P<care>(?:请?注意保[存管]|妥善保[存管])){_CARE}*"
)
_INTERNAL = re.compile(rf"(?:(?:密级|公开属性):?)?内部{_CARE}*")
_BRACKETED = re.compile(
    r"^[(\[【〔〖{<](?P<open>[^)\]】〕〗}>]{1,20})[)\]】〕〗}>]|"
    r"[(\[【〔〖{<](?P<close>[^)\]】〕〗}>]{1,20})[)\]】〕〗}>]$"
)
_OUTER = "()[]【】〔〕〖〗{}<>《》—-·.。:;,!、 "
_COPY_NUMBER = re.compile(r"^(?:份号:?|编号:?|NO\.?:?)?\d{4,8}(?=\D)")
_URGENCY = re.compile(r"(?:特急|加急|平急|特提)$")
_CANON = {"絕密": "绝密", "機密": "机密"}


def marking(text: str, *, header: bool = False) -> str | None:
    """The secrecy or internal marking that a text bears, or None.

    `header` says that the text is a page header, a footer or a watermark, where every line is a
    marking place. Answers one of 绝密 机密 秘密 工作秘密 内部资料 内部 注意保存 ★.
    The work is bounded whatever the length of the text.
    """
    text = text.replace("\r", "\n")
    span, count = (_PLACE_LIMIT * 10, _PLACE_LIMIT) if header else (_HEAD_SPAN, HEAD_LINES)
    starts = [0, *(match.end() for match in islice(_PAGE_BREAK.finditer(text), _PLACE_LIMIT))]
    heads = (line for start in starts for line in _lines(text, start, span, count))
    found = next(filter(None, (_of_line(line, head=True) for line in heads)), None)
    if found:
        return found
    places = islice(_CANDIDATE.finditer(text), _PLACE_LIMIT)
    lines = (_line_round(text, match.start()) for match in places)
    return next(filter(None, (_of_line(line, head=False) for line in lines)), None)


def _lines(text: str, start: int, span: int, count: int) -> list[str]:
    """The first lines of a page that are not blank, out of its first `span` characters."""
    while text.startswith("\n", start):
        start += 1
    window = text[start : start + span]
    page, _, _ = window.partition("\f")
    lines = page.split("\n")
    if len(window) == span and len(page) == span:
        lines.pop()  # cut off: half a line is not the line
    return [line for line in lines if line.strip()][:count]


def _line_round(text: str, at: int) -> str:
    """The line that a place stands in; empty where it is too long to be a marking."""
    reach = _LINE_LIMIT * 3
    near = text[max(0, at - reach) : at + reach]
    before, after = near[: min(at, reach)], near[min(at, reach) :]
    cut = _BREAK.split(before)[-1]
    rest = _BREAK.split(after)[0]
    return cut + rest if len(cut) + len(rest) <= reach else ""


def _of_line(line: str, *, head: bool) -> str | None:
    """The marking of one line; at the head also beside other short matter."""
    if len(line) > _LINE_LIMIT * 3:
        return None
    plain = _plain(line)
    squeezed = re.sub(r"\s+", "", plain)
    if not 0 < len(squeezed) <= _LINE_LIMIT:
        return None
    found = _of_words(squeezed, head=head)
    if found or not head:
        return found
    for piece in _pieces(plain, squeezed):
        found = _of_words(re.sub(r"\s+", "", piece), head=True)
        if found:
            return found
    return None


def _plain(line: str) -> str:
    """Full-width letters and old forms made plain, the secret sign spelt out, the star kept."""
    for old, new in (("㊙", "秘密"), ("內", "内"), ("資", "资"), ("\ufeff", "")):
        line = line.replace(old, new)
    return unicodedata.normalize("NFKC", line).strip()


def _pieces(plain: str, squeezed: str) -> list[str]:
    """What may carry a marking in a head line: columns, first word, brackets, core."""
    columns = re.split(r"\s{2,}|\t|\|", plain)
    first = re.match(rf"\S*(?:{_LEVEL}|内部资料|内部文件|内部材料)\S*(?=\s)", plain)
    brackets = [m["open"] or m["close"] for m in _BRACKETED.finditer(squeezed)]
    core = _URGENCY.sub("", _COPY_NUMBER.sub("", squeezed))
    return [*(columns if len(columns) > 1 else []), first[0] if first else "", *brackets, core]


def _of_words(words: str, *, head: bool) -> str | None:
    """The marking that these words are, whole."""
    words = words.strip(_OUTER)
    match = _STARRED.fullmatch(words) or _ALONE.fullmatch(words)
    if match is None and head:
        match = _LONE_STAR.fullmatch(words) or _INTERNAL.fullmatch(words)
    if match is None:
        return None
    groups = match.groupdict()
    if groups.get("care"):
        return "注意保存"
    if groups.get("internal"):
        return "内部资料" if "资料" in groups["internal"] else "内部"
    mark = groups.get("mark") or groups.get("after")
    if mark is None:
        return "内部"
    return "★" if re.fullmatch(_STAR, mark) else _CANON.get(mark, mark)
