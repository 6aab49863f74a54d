"""The outline: numbering marks, at line starts and run on inside a paragraph, and their levels.

Levels are relative. A stack keeps the open marks; a family (一、 or 一是) that is already open
continues or restarts its level, a new family goes under the innermost one that may hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from luoshi.domain.text import numeral

_CN = "[一二三四五六七八九十百零]{1,4}"
_MARK: Final = re.compile(
    rf"(?P<tiao>第(?:{_CN}|\d{{1,3}})[章节条](?=[ ,:、\S]))"
    rf"|\((?P<pcn>{_CN})\)[、.,]?"
    r"|\((?P<pn>\d{1,3})\)[、.,]?"
    rf"|(?P<cn>{_CN})[、.]"
    r"|(?<![\dA-Za-z.])(?P<n>\d{1,3})(?P<dot>[.、])"
    r"|(?<![\dA-Za-z.(])(?P<hn>\d{1,2})\)"
    r"|(?P<circ>[①-⑳])"
    rf"|(?P<ord>第{_CN})(?:句话|[个大]?方面|个(?:问题|意思|关键词)|点|件事)?(?=[,、:是])[,、:]?"
    r"|(?P<shi>[一二三四五六七八九十]{1,3}是)(?![一二三四五六七八九十不]|[否非])"
    r"|(?P<yao>[一二三四五六七八九十]{1,3}要)(?!素|点|义|求|件|闻|害)"
    r"|(?P<seq>首先|其次|再次|再者|最后)(?:,|、|是|要)?"
    r"|(?P<qi>其[一二三四五六七八九])(?=[,、:是])[,、:]?"
    r"|(?P<alpha>(?<![A-Za-z])[A-H])、"
    r"|(?P<code>(?<![A-Za-z0-9])[A-Z]{1,2}-?\d{1,3})(?=[ \t、.:][^\d\n])[、.:]?"
    r"|(?P<dash>——|—|--|●|■|◆|•|·)(?=[^\n—-])"
)
# 一、二季度 is a list of quarters; 二、四季度安排 after a section 一 is a heading.
_COUNTED_ON: Final = re.compile(r"[一二三四五六七八九十]{1,2}(?:[、,季是期]|等)")
_SEQ: Final = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 99}
# Which family may hold which when nothing in the document has shown it yet: a smaller one is outer.
_RANK: Final = {
    "tiao": 0,
    "cn": 1,
    "row": 1,
    "pcn": 2,
    "ord": 2,
    "seq": 2,
    "n": 3,
    "alpha": 3,
    "code": 3,
    "hn": 4,
    "pn": 4,
    "circ": 5,
    "dash": 5,
    "shi": 6,
    "qi": 6,
    "yao": 6,
}
_LOOSE: Final = frozenset({"shi", "yao", "seq", "qi", "ord"})
_DATE: Final = re.compile(r"\d{4}年|\d{1,2}月(?:\d|底|中|上|下|末|份|前)")
# 3.1.5万亩 and 2.3家 are marks before a figure: none has two points, nobody counts 2.3 houses.
_NO_DECIMAL: Final = re.compile(r"\d{1,4}(?:\.\d|[家个户名所座项件处次场台辆村镇](?![\d.]))")
_TERMINAL: Final = frozenset("。;:!?”\"'|\t")
_SUBTITLE: Final = re.compile(r"—+[^\n]{0,60}(?:会议|大会|全会|会)上|—+\d{4}年\d+月")


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark found: its family, count, path element, range, and how it stands."""

    family: str
    number: int
    name: str
    start: int
    end: int
    at_line: bool
    after_colon: bool = False


def _read(match: re.Match[str]) -> tuple[str, int, str]:
    """Family, count and path element of a match."""
    family = str(match.lastgroup)
    if family == "dot":
        family = "n"
    word = match.group(family)
    if family == "circ":
        return family, ord(word) - ord("①") + 1, word
    if family == "seq":
        return family, _SEQ[word], word
    if family == "code":
        return family, int(re.sub(r"\D", "", word)), word
    if family == "alpha":
        return family, ord(word) - 64, word
    if family == "dash":
        return family, 0, ""
    name = {"pcn": f"({word})", "pn": f"({word})", "hn": f"{word})"}.get(family, word)
    number = numeral(re.sub(r"[第章节条是要其]", "", word))
    return family, number or 0, name


@dataclass(slots=True)
class _Finder:
    """Decides, mark by mark, whether what looks like a mark is one."""

    text: str
    later: dict[str, int]
    counts: dict[str, int] = field(default_factory=dict)

    def fits(self, family: str, number: int) -> bool:
        """Whether the number starts a list or continues the last one of its family."""
        last = self.counts.get(family, 0)
        return number == 1 or 0 < number - last <= 2 or (family == "seq" and last > 0)

    def accepts(self, match: re.Match[str], at_line: bool, before: str) -> Mark | None:  # noqa: FBT001
        """The mark, or None where the characters are prose, a figure or a date."""
        family, number, name = _read(match)
        if not self._stands(match, family, number, at_line, before):
            return None
        if family != "dash":
            self.counts[family] = number
        return Mark(family, number, name, match.start(), match.end(), at_line, before == ":")

    def _stands(  # noqa: PLR0911 - the rule is a list of cases
        self,
        match: re.Match[str],
        family: str,
        number: int,
        at_line: bool,  # noqa: FBT001
        before: str,
    ) -> bool:
        if family == "code":
            return at_line
        if family == "dash":
            return at_line and not _SUBTITLE.match(self.text, match.start())
        if not number:
            return False
        if family == "n" and not self._number_stands(match, number, at_line):
            return False
        if family == "cn" and _COUNTED_ON.match(self.text, match.end()):
            return at_line and number > 1 and number == self.counts.get("cn", 0) + 1
        if family in {"shi", "yao"} and number == 1 and not at_line and before in {",", "、"}:
            # "抓早动快,一要早排": only with a second one further on in the text.
            return self.later.get("二" + match.group(family)[-1], -1) > match.end()
        if at_line:
            return family not in _LOOSE or family == "ord" or self.fits(family, number)
        if before == "," and family not in {"shi", "yao"}:
            return False
        return self.fits(family, number)

    def _number_stands(self, match: re.Match[str], number: int, at_line: bool) -> bool:  # noqa: FBT001
        end = match.end()
        after = self.text[end : end + 1]
        if not after.isdigit():
            return True
        if _DATE.match(self.text, end):
            return self.fits("n", number) and (match.group("dot") == "." or at_line)
        last = self.counts.get("n", 0)
        if number == last + 1 and _NO_DECIMAL.match(self.text, end):
            return True
        return match.group("dot") == "、" and at_line and number in {1, last + 1}


def find_marks(text: str, begin: int) -> list[Mark]:
    """All marks of the canonical text from `begin` on, in order; one pass."""
    later = {key: text.rfind(key) for key in ("二是", "二要")}
    finder = _Finder(text, later)
    found: list[Mark] = []
    for match in _MARK.finditer(text, begin):
        before, at_line = _before(text, match.start(), begin)
        if not at_line and before not in _TERMINAL and before not in {",", "、"}:
            if not _glued(text, match, before, finder):
                continue
        elif before == "、" and match.lastgroup not in {"shi", "yao"}:
            continue
        mark = finder.accepts(match, at_line, before)
        if mark is not None:
            found.append(mark)
    return found


def _before(text: str, start: int, begin: int) -> tuple[str, bool]:
    """The last sign before `start` that is no blank, and whether a line starts here."""
    k = start - 1
    while k >= begin and k > start - 12 and text[k] in " *#>-":
        k -= 1
    if k < begin or text[k] == "\n":
        return "\n", True
    if text[k] in "|\t":
        return text[k], True
    return text[k], False


_NEXT: Final = {
    "pcn": re.compile(r"[。;!?)]\(二\)"),
    "n": re.compile(r"[。;!?)]2[.、](?:\D|\d{1,2}月|\d{4}年)"),
    "alpha": re.compile(r"[。;!?)]B、"),
}


def _glued(text: str, match: re.Match[str], before: str, finder: _Finder) -> bool:
    """A first mark run on without a stop (申报1.各市…, 责任目标(一)…): its second must follow soon.

    After a closing bracket (10分)2. a mark stands where it continues its list.
    """
    family = "n" if match.lastgroup == "dot" else str(match.lastgroup)
    if family not in _NEXT or text[match.end() : match.end() + 1].isdigit():
        return False
    number = _read(match)[1]
    if number > 1:
        return before == ")" and number == finder.counts.get(family, 0) + 1
    if before != ")" and not "一" <= before <= "鿿":
        return False
    return _NEXT[family].search(text, match.end(), match.end() + 900) is not None


@dataclass(frozen=True, slots=True)
class Open:
    """An open level: the family, its count, its path element and the section it opened."""

    family: str
    number: int
    name: str
    section: int
    inline: bool
    body_on_line: bool = False


@dataclass(slots=True)
class Levels:
    """The stack of open marks with what the document has shown about their order."""

    stack: list[Open] = field(default_factory=list)
    above: dict[str, set[str]] = field(default_factory=dict)

    def place(self, mark: Mark) -> None:
        """Close what the mark ends: its own family's level, or families that cannot hold it."""
        families = [level.family for level in self.stack]
        if mark.family in families:
            depth = len(families) - 1 - families[::-1].index(mark.family)
            del self.stack[depth:]
            return
        known = self.above.get(mark.family)
        while self.stack and not mark.after_colon:
            top = self.stack[-1]
            if known is not None and top.family in known:
                break
            if known is None and _RANK[top.family] <= _RANK[mark.family]:
                break
            if known is not None and _RANK[top.family] < _RANK[mark.family]:
                break
            self.stack.pop()
        if mark.after_colon:
            self._leave_finished_list(mark)

    def _leave_finished_list(self, mark: Mark) -> None:
        """After a colon a list may open under anything, but not under a list of a deeper rank."""
        while self.stack and _RANK[self.stack[-1].family] > _RANK[mark.family] and mark.at_line:
            self.stack.pop()

    def push(self, level: Open) -> None:
        """Open a level and remember which families stood above it."""
        self.above.setdefault(level.family, set()).update(o.family for o in self.stack)
        self.stack.append(level)

    def path(self) -> tuple[str, ...]:
        """The path elements of the open levels, outermost first."""
        return tuple(level.name for level in self.stack if level.name)

    def names(self) -> Iterator[str]:
        """The families that are open, outermost first."""
        return (level.family for level in self.stack)
