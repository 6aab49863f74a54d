"""Which open item a line of a chat reports on, and how far; unsure ones say why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal
from uuid import UUID

from luoshi.domain.base import Sentence, say
from luoshi.domain.intake.chat import Speaker, Told, read_lines
from luoshi.domain.intake.roster import Holder, Roster, plain
from luoshi.domain.text import canon, numeral, pairs

Kind = Literal["sure", "ask", "none"]
WHOLE: Final = 10_000
TOPIC: Final = 60
"""A 接龙 is about an item when it names so many percent of the title's pairs."""
MOST_CHOICES: Final = 6
_COMMON: Final = frozenset(
    ("完成", "工作", "开展", "情况", "今天", "明天", "已经", "上半", "半年", "年底", "月底", "进度")
)
_PERCENT: Final = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,2})?)\s*%")
_IN_WORDS: Final = re.compile(r"百分之([零一二三四五六七八九十百两]{1,5})")
_TENTHS: Final = re.compile(
    r"(?<![变建构组造促养现])([一二三四五六七八九]|(?<!\d)[1-9])成(?![为立果功员长])"
)
_HALF: Final = re.compile(r"完成了?一半|进度一半|过了?一半")
_MASKED: Final = re.compile(r"(?:\*+|[xX]{1,3})\s*(?:%|个|户|家|公里|亩|万|亿)")
_NOT_YET: Final = re.compile(
    r"[未没][有能]?(?:全部|按时)?(?:完成|办|交|报)|完成不了|不能完成|差|还剩|预计|计划|争取|力争|"
    r"(?:明天|下周|月底|年底|[日号])前?(?:能|可|才|再)?(?:完成|办结|报)|正在|尚"
)
_DONE: Final = re.compile(
    r"已(?:经)?(?:全部|全面|基本)?(?:完成|办结|完工|结束)|全部完成|全面完成|完成了?(?=$|[,.;!/|]|\s+(?!\d))|"
    r"办结|完工|弄完了|搞完了|都完了"
)
_ACK: Final = re.compile(
    r"^(?:收到|(?:好的?|行|嗯+)?收到|好的?|好嘞|行|明白|知道了?|了解|OK|ok|Ok|嗯+|是的?|对|谢谢\S*|辛苦\S*|感谢\S*|"
    r"马上\S{0,2}(?:安排|办|落实|报|去)|这就\S*|各位\S*|大家\S*好|早上好|\+?1|赞|没问题|照办|已阅)$"
)
_ORDER: Final = re.compile(
    r"^(?:请|各村|各位|各单位|各办|大家|以上|通知|提醒)|大家(?:准备|抓紧|注意)|接龙|尽快(?:上?报|完成)"
)
_QUESTION: Final = re.compile(
    r"[?]|[吗呢]$|怎么样|什么时候|几点|哪天|有没有|是不是|能不能|可否|可不可以|行不行"
)
_PLEA: Final = re.compile(r"能不能|可否|可不可以|申请|延到|延期|宽限")
_TWO: Final = re.compile(r"(?:和|及|跟|、).*都|都.*(?:和|及|跟|、)")


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open item that a line may be about: its title, its number, the units that carry it."""

    id: UUID
    number: str
    title: str
    unit_ids: frozenset[UUID]
    person_ids: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Matched:
    """One line with what was made of it.

    `sure`: one person, one item, nothing doubtful. `ask`: a report, but something is not clear
    (`doubts`); `item`, `holder` hold what is clear, `choices` and `people` what it may be. `none`:
    no report. `progress` in basis points; None where nothing, or only a masked figure, is said.
    """

    number: int
    text: str
    said: str
    kind: Kind
    holder: Holder | None = None
    item: OpenItem | None = None
    progress: int | None = None
    done: bool = False
    masked: bool = False
    doubts: tuple[Sentence, ...] = ()
    choices: tuple[OpenItem, ...] = ()
    people: tuple[Holder, ...] = ()


def match_chat(text: str, roster: Roster, items: Sequence[OpenItem]) -> list[Matched]:
    """Every line of a paste, matched to the open items of whoever speaks.

    An item is meant by its number, or by the words of its title that no other candidate shares as
    well; in a 接龙 by the title above it. A unit with one open item is no reason to take it. A
    percentage over 100, two items in one line, a name of two people, a name at the wrong unit and
    a request are asked about; a masked figure (*%, XX%) is 待补 and never 0.
    """
    book = _Book(roster, items)
    return [book.match(line) for line in read_lines(text, roster)]


class _Book:
    """Open items by unit and person, with the words that tell them apart."""

    def __init__(self, roster: Roster, items: Sequence[OpenItem]) -> None:
        self.roster, self.items = roster, items
        names = {plain(name) for p in roster.places for name in (p.name, p.short_name)}
        self.of_units = frozenset(pair for name in names for pair in pairs(name))
        self.words: Mapping[UUID, frozenset[str]] = {
            item.id: pairs(canon(item.title)) - self.of_units - _COMMON for item in items
        }

    def match(self, line: Told) -> Matched:
        """What one line says."""
        bare = re.sub(r"@\S{1,16}(?:\s|$)|\[[^\[\]]{1,6}\]", " ", canon(line.said)).strip()
        if not line.is_message or not bare:
            return Matched(line.number, line.text, line.said, "none")
        progress, figures = read_progress(bare)
        masked = not figures and _MASKED.search(bare) is not None
        done = says_done(bare, progress)
        item, choices = self._item(line, bare)
        if self._is_talk(line, bare, item, told=bool(figures or masked or done)):
            return Matched(line.number, line.text, line.said, "none")
        if _TWO.search(bare):
            item = None
        doubts = tuple(self._doubts(line, bare, item, choices, figures))
        over = any(figure > WHOLE for figure in figures)
        return Matched(
            line.number,
            line.text,
            line.said,
            "ask" if doubts else "sure",
            line.speaker.holder,
            item,
            None if over or len(set(figures)) > 1 else progress,
            done,
            masked,
            doubts,
            tuple(choices[:MOST_CHOICES]),
            line.speaker.holders if line.speaker.holder is None else (),
        )

    def _is_talk(self, line: Told, bare: str, item: OpenItem | None, *, told: bool) -> bool:
        """Whether a line reports nothing: thanks, orders, questions, talk of people unknown."""
        parts = [part for part in re.split(r"[,.;!\s]+", bare) if part]
        if all(_ACK.match(part) for part in parts):
            return True
        if line.is_numbered:
            return False
        if not told and _QUESTION.search(bare):
            return not (_PLEA.search(bare) and item is not None)
        if not told and _ORDER.search(bare):
            return True
        if told:
            return False
        return not line.speaker.holders and (item is None or not line.speaker.named)

    def _candidates(self, speaker: Speaker) -> list[OpenItem]:
        """The open items of the unit and the person that a line names."""
        if speaker.apart:
            return []
        units = {holder.unit_id for holder in speaker.holders}
        units |= {speaker.place.id} if speaker.place else set()
        people = {holder.person_id for holder in speaker.holders}
        return [item for item in self.items if item.unit_ids & units or item.person_ids & people]

    def _item(self, line: Told, bare: str) -> tuple[OpenItem | None, list[OpenItem]]:
        """The item that a line means, and those it may mean, the likeliest first."""
        speaker = line.speaker
        numbered = [one for one in self.items if len(one.number) > 2 and one.number in bare]
        candidates = self._candidates(speaker)
        if len(numbered) == 1 and (not candidates or numbered[0] in candidates):
            return numbered[0], numbered
        if not candidates and not speaker.named:
            candidates = self._placed(bare)
        said = pairs(bare) - _COMMON
        if line.topic:
            topic = pairs(canon(line.topic)) - _COMMON
            about = [one for one in candidates if self._share(one, topic) >= TOPIC]
            if about or any(self._share(one, topic) >= TOPIC for one in self.items):
                return (about[0], about) if len(about) == 1 else (None, about)
        scores = {one.id: len(self.words[one.id] & said) for one in candidates}
        ranked = sorted(candidates, key=lambda one: -scores[one.id])
        if not ranked or not scores[ranked[0].id]:
            return None, ranked
        best = scores[ranked[0].id]
        second = scores[ranked[1].id] if len(ranked) > 1 else 0
        clear = best > second and (second == 0 or best >= second + 2)
        return (ranked[0] if clear else None), ranked

    def _placed(self, bare: str) -> list[OpenItem]:
        """Items whose words a line of an unknown speaker names; never more than a proposal."""
        said = pairs(bare) - _COMMON
        return [one for one in self.items if len(self.words[one.id] & said) >= 2]

    def _share(self, item: OpenItem, said: frozenset[str]) -> int:
        words = self.words[item.id]
        return 100 * len(words & said) // len(words) if words else 0

    def _rest(self, line: Told) -> str:
        """What a line says beside the names of people and units."""
        said = plain(line.said)
        for name in line.speaker.names:
            said = said.replace(name, "")
        return re.sub(r"\W+", "", said)

    def _doubts(
        self,
        line: Told,
        bare: str,
        item: OpenItem | None,
        choices: Sequence[OpenItem],
        figures: Sequence[int],
    ) -> list[Sentence]:
        """Why a person must look: whom, what, how far."""
        speaker, found = line.speaker, []
        if speaker.apart:
            place = speaker.place.short_name if speaker.place else ""
            names = tuple(one.name for one in speaker.holders)
            found.append(say("intake.chat.elsewhere", who=names, place=place))
        elif len(speaker.holders) > 1:
            found.append(say("intake.chat.several_people", n=len(speaker.holders)))
        elif speaker.holder is None:
            code = "intake.chat.unit_only" if speaker.place else "intake.chat.nobody"
            found.append(Sentence(code))
        if speaker.holder is not None and not self._rest(line) and not _MASKED.search(bare):
            found.append(Sentence("intake.chat.says_nothing"))
        if item is None and not speaker.apart:
            code = "intake.chat.which_item" if choices else "intake.chat.no_item"
            found.append(Sentence(code))
        if any(figure > WHOLE for figure in figures):
            found.append(Sentence("intake.chat.over"))
        elif len(set(figures)) > 1:
            found.append(Sentence("intake.chat.two_figures"))
        if _TWO.search(bare):
            found.append(Sentence("intake.chat.two_items"))
        if _PLEA.search(bare):
            found.append(Sentence("intake.chat.plea"))
        return found


def read_progress(text: str) -> tuple[int | None, list[int]]:
    """How far, in basis points, and every figure that says so: 80%, 百分之八十, 八成, 完成一半."""
    figures = [int(Decimal(found) * 100) for found in _PERCENT.findall(text)]
    figures += [n * 100 for word in _IN_WORDS.findall(text) if (n := numeral(word)) is not None]
    figures += [(numeral(word) or 0) * 1000 for word in _TENTHS.findall(text)]
    if not figures and _HALF.search(text):
        figures = [5000]
    return (figures[0] if figures else None), figures


def says_done(text: str, progress: int | None) -> bool:
    """Whether a line says that all is done; less than 100%, 还差 or 预计 say that it is not."""
    if _NOT_YET.search(text):
        return False
    if progress is not None:
        return progress == WHOLE
    return _DONE.search(text) is not None
