"""No figure and no name without its fact: the check that every draft passes, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from luoshi.domain.base import Finding, Remedy, Sentence, Where, say
from luoshi.domain.brief.facts import Fact, Paragraph, Run
from luoshi.domain.brief.figures import Span, figures, known_names, shaped_names, takes_unit


def check(
    paragraphs: Iterable[Paragraph],
    facts: Mapping[str, Fact],
    names: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Every fault that keeps a text from being kept; an empty answer lets it pass.

    A figure (Arabic, or a Chinese numeral that counts) and a name of a person or body must lie
    inside a run that carries a fact; that run says what the fact says, in its unit; and the same
    indicator has one value in the text. `names` are all names of the jurisdiction's units
    and people, so that a wrong one is caught even where its form gives nothing away. Codes:
    `B01` figure without fact, `B02` name without fact, `B03` unknown fact, `B04` run that differs
    from its fact, `B05` unit changed, `B06` two values.
    """
    kept = tuple(paragraphs)
    found = [
        finding
        for number, paragraph in enumerate(kept, start=1)
        for finding in _paragraph(number, paragraph, facts, names)
    ]
    return (*found, *_two_values(kept, facts))


def attribute(text: str, facts: Sequence[Fact]) -> tuple[Run, ...]:
    """Tie a re-worded text back to its facts: runs that join to exactly `text`.

    The longest statement of a fact wins, then the earlier fact; a value without its unit is not
    enough, a label only where it holds a numeral itself (万人发明专利拥有量), and a number inside a
    longer one is never taken. Give only the facts of the paragraph that was re-worded: where two
    state the same words, the first is tied.
    """
    by_text: dict[str, str] = {}
    for fact in facts:
        if not fact.missing:
            by_text.setdefault(fact.shown, fact.id)
        if any(figures(fact.label)):
            by_text.setdefault(fact.label, fact.id)
    if not by_text:
        return (Run(text),) if text else ()
    longest_first = sorted(by_text, key=len, reverse=True)
    pattern = re.compile("|".join(map(_bounded, longest_first)))
    runs: list[Run] = []
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            runs.append(Run(text[end : match.start()]))
        runs.append(Run(match.group(), by_text[match.group()]))
        end = match.end()
    if end < len(text):
        runs.append(Run(text[end:]))
    return tuple(runs)


def _bounded(text: str) -> str:
    """The text as a pattern that no neighbouring digit can lengthen."""
    before = r"(?<![0-9.．])" if text[0].isdigit() else ""
    after = r"(?![0-9]|[.．][0-9])" if text[-1].isdigit() else ""
    return f"{before}{re.escape(text)}{after}"


def _paragraph(
    number: int, paragraph: Paragraph, facts: Mapping[str, Fact], names: Collection[str]
) -> Iterator[Finding]:
    text = "".join(run.text for run in paragraph.runs)
    covered: list[Span] = []
    begin = 0
    for run in paragraph.runs:
        end = begin + len(run.text)
        if run.fact_id is not None:
            covered.append((begin, end))
            yield from _run(number, run, text[end:], facts)
        begin = end
    for span in sorted(set(figures(text))):
        if not _inside(span, covered):
            why = say("brief.figure_without_fact", figure=_near(text, span))
            yield _finding("B01", number, why)
    whole = {span for span in known_names(text, names) if not _inside(span, covered)}
    shaped = {span for span in shaped_names(text) if not _touches(span, covered)}
    for span in sorted(whole | shaped):
        yield _finding("B02", number, say("brief.name_without_fact", name=text[slice(*span)]))


def _run(number: int, run: Run, following: str, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    fact = facts.get(run.fact_id or "")
    if fact is None:
        yield _finding("B03", number, say("brief.unknown_fact", text=run.text))
    elif run.text not in fact.renderings:
        why = say("brief.differs", text=run.text, label=fact.label, known=fact.shown)
        yield _finding("B04", number, why)
    elif run.text == fact.bare and not fact.missing and fact.kind != "passage":
        yield from _unit(number, fact, following)


def _unit(number: int, fact: Fact, following: str) -> Iterator[Finding]:
    """A value without its unit in the run takes that unit, and no other, from what follows."""
    if not following.startswith(fact.measure):
        why = say("brief.unit_differs", label=fact.label, unit=fact.measure)
        yield _finding("B05", number, why)
    elif not fact.measure and fact.bare[-1].isdigit() and takes_unit(following):
        yield _finding("B05", number, say("brief.unit_added", label=fact.label))


def _two_values(paragraphs: Sequence[Paragraph], facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """One indicator on one day has one value, wherever the text speaks of it."""
    first: dict[tuple[str, object], Fact] = {}
    for number, paragraph in enumerate(paragraphs, start=1):
        for fact in (facts.get(run.fact_id or "") for run in paragraph.runs):
            if fact is None or fact.kind != "figure":
                continue
            other = first.setdefault((fact.label, fact.as_of), fact)
            if other.shown != fact.shown:
                why = say("brief.two_values", label=fact.label, one=other.shown, two=fact.shown)
                yield _finding("B06", number, why)


def _inside(span: Span, covered: Sequence[Span]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in covered)


def _touches(span: Span, covered: Sequence[Span]) -> bool:
    """What only looks like a name may be the seam of a fact and the words before it (但柏溪村)."""
    return any(begin < span[1] and span[0] < end for begin, end in covered)


def _near(text: str, span: Span) -> str:
    """The figure with what follows it, so that a reader finds it."""
    return text[span[0] : span[1] + 4]


def _finding(code: str, number: int, why: Sentence) -> Finding:
    where = Where("paragraph", None, str(number))
    return Finding(code, "error", where, why, Remedy("edit_paragraph", {"paragraph": number}))
