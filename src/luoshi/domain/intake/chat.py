"""A pasted group chat or 接龙, line by line: who speaks, about what, how far; nothing guessed.

Lines are told apart first: who wrote what (a name and a time above it, a name and a colon before
it, a numbered line of a 接龙), what is a greeting, a question or an order. `matching` then finds
the item that a report speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.domain.intake.roster import Holder, Place, Roster, plain
from luoshi.domain.text import canon

_TIME: Final = r"(?:上午|下午|晚上|凌晨|中午)?\d{1,2}:\d{2}(?::\d{2})?"
_DATE: Final = (
    r"(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|昨天|今天|前天|星期.|周.)"
)
_HEAD: Final = re.compile(rf"^(?P<who>\S.{{0,38}}?)\s+(?:{_DATE}\s*)?{_TIME}$")
_STAMP: Final = re.compile(rf"^\[?(?:{_DATE}\s*)?{_TIME}\]?\s+")
_RULE: Final = re.compile(r"^[-—=_*·.\s]*(?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?)?[-—=_*·.\s]*$")
_NUMBERED: Final = re.compile(r"^\s*(?:\(?\d{1,3}[.、),]\s*(?=\D)|[①-⑳]\s*)")
_COLON: Final = re.compile(r"^(?P<who>[^:]{1,24}?)\s*:\s*(?P<said>.+)$")
_LABEL: Final = re.compile(r"^(?:报告|汇报|回复|答复|进度|进展|补充|通知|注|备注|PS|ps)$")
_SYSTEM: Final = re.compile(r"撤回了一条消息|拍了拍|加入了?群聊|移出了?群聊|修改群名|^以下是新消息")
_QUOTED: Final = re.compile(r"^「.*」?$|^-(?:\s*-){3,}$|^引用")
_TAGS: Final = re.compile(r"\[[^\[\]]{1,6}\]|@\S{1,16}(?:\s|$)")
_EXAMPLE: Final = re.compile(r"^\s*例[如:\s\d]")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks as far as the names tell: a person, a unit, several who fit, or nobody known."""

    holders: tuple[Holder, ...] = ()
    place: Place | None = None
    named: str = ""
    apart: bool = False

    @property
    def holder(self) -> Holder | None:
        """The one person meant; None where it is not one."""
        return self.holders[0] if len(self.holders) == 1 and not self.apart else None

    @property
    def names(self) -> tuple[str, ...]:
        """The names by which it was found, the longest first."""
        place = (plain(self.place.name), plain(self.place.short_name)) if self.place else ()
        people = (plain(one.name) for one in self.holders)
        return tuple(sorted({*place, *people}, key=lambda name: (-len(name), name)))


NOBODY: Final = Speaker()


@dataclass(frozen=True, slots=True)
class Told:
    """One source line: its number, what it says of its own, who says it, under which 接龙."""

    number: int
    text: str
    said: str = ""
    speaker: Speaker = NOBODY
    topic: str = ""
    is_message: bool = False
    is_numbered: bool = False


def read_lines(text: str, roster: Roster) -> Iterator[Told]:
    """Every line of a paste in its order, each with what it says and who says it."""
    return _Reader(roster).read(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


class _Reader:
    """Walks down the lines and remembers who spoke last and which 接龙 runs."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.known = _Names(roster)
        self.speaker: Speaker | None = None
        self.topic = ""
        self.relay = False
        self.begun = False

    def read(self, lines: Sequence[str]) -> Iterator[Told]:
        for number, raw in enumerate(lines, start=1):
            yield self._line(number, raw.strip())

    def _line(self, number: int, raw: str) -> Told:
        line = _STAMP.sub("", canon(raw)).strip()
        offset = len(canon(raw)) - len(_STAMP.sub("", canon(raw)))
        raw = raw[offset:].strip()
        bare = _TAGS.sub(" ", line).strip()
        if not bare or _RULE.match(line) or _SYSTEM.search(line) or _QUOTED.match(raw):
            return Told(number, raw)
        head = _HEAD.match(line)
        if head:
            self._leave_relay()
            self.speaker = self.known.speaker(head["who"])
            return Told(number, raw)
        numbered = _NUMBERED.match(line)
        if "接龙" in line and not numbered:
            self.relay, self.begun = True, False
            self.topic = re.sub(r"[#:,.]|接龙", " ", line).strip()
            return Told(number, raw)
        if self.relay and not self.begun and not numbered:
            self.topic = self.topic if _EXAMPLE.match(line) else f"{self.topic} {line}".strip()
            return Told(number, raw)
        if numbered:
            self.begun = True
            said = raw[numbered.end() :].strip()
            return self._message(number, raw, said, self.known.speaker(said), numbered=True)
        if self.begun:
            self._leave_relay()
        return self._spoken(number, raw, line)

    def _spoken(self, number: int, raw: str, line: str) -> Told:
        """A line with a name and a colon before it, or under the name of who spoke last."""
        found = _COLON.match(line)
        if found and not _LABEL.match(found["who"].strip()):
            speaker = self.known.speaker(found["who"])
            if speaker.named or _like_name(found["who"]):
                self.speaker = None
                return self._message(number, raw, raw[found.start("said") :], speaker)
        if self.speaker is not None:
            return self._message(number, raw, raw, self.speaker)
        return self._message(number, raw, raw, self.known.speaker(line))

    def _message(
        self, number: int, raw: str, said: str, speaker: Speaker, *, numbered: bool = False
    ) -> Told:
        topic = self.topic if numbered else ""
        return Told(number, raw, said.strip(), speaker, topic, True, numbered)  # noqa: FBT003

    def _leave_relay(self) -> None:
        self.relay, self.begun, self.topic = False, False, ""


def _like_name(text: str) -> bool:
    """Two to four Han characters, as an unknown person writes himself."""
    return re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text.strip()) is not None


class _Names:
    """Units and people by the names that stand in a text; the longest name wins."""

    def __init__(self, roster: Roster) -> None:
        self.places: list[tuple[str, Place]] = []
        for place in roster.places:
            names = {plain(place.name), plain(place.short_name)}
            names |= {name[:-1] for name in names if name.endswith("村") and len(name) > 2}
            self.places += [(name, place) for name in names if len(name) > 1]
        self.places.sort(key=lambda pair: -len(pair[0]))
        self.people: dict[str, dict[object, Holder]] = {}
        for holder in roster.holders:
            self.people.setdefault(plain(holder.name), {}).setdefault(holder.person_id, holder)
        self.units = {(one.person_id, one.unit_id) for one in roster.holders}
        self.posts = {(one.person_id, one.unit_id): one for one in reversed(roster.holders)}

    def speaker(self, text: str) -> Speaker:
        """Who a text names: the unit first met, and the people of it; of nobody else where both."""
        said = plain(text)
        place = next((place for name, place in self.places if name in said), None)
        names = [name for name in self.people if len(name) > 1 and name in said]
        found = [one for name in names for one in self.people[name].values()]
        if len(names) > 1:
            return Speaker(tuple(found), place, said)
        if place is not None and found:
            here = [
                self.posts[one.person_id, place.id]
                for one in found
                if (one.person_id, place.id) in self.units
            ]
            return Speaker(tuple(here or found), place, said, apart=not here)
        return Speaker(tuple(found), place, said if place or found else "")
