"""Files of the scheduling field: PSPLIB and MMLIB (.sm, .mm), Patterson (.rcp), MSLIB (.msrcp).

All of them say durations, needs and successors of numbered jobs. Whatever a file is, the answer is
an `Instance`, or a sentence that names the line which cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from luoshi.domain.base import say
from luoshi.office.answers import MEGABYTE, RejectedError

SIZE_LIMIT = 20 * MEGABYTE
JOBS_LIMIT = 100_000
SUFFIXES = (".sm", ".mm", ".rcp", ".msrcp")


@dataclass(frozen=True, slots=True)
class JobWay:
    """One way of doing a job: days, how much of each resource, what it uses up of each store."""

    duration: int
    needs: tuple[int, ...]
    uses: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Instance:
    """Jobs by position, successors by position, what there is of each resource and store.

    `skills[r]` are the skills that person r masters and `wanted[j]` how many of each skill job j
    wants, where the file speaks of people.
    """

    jobs: tuple[tuple[JobWay, ...], ...]
    successors: tuple[tuple[int, ...], ...]
    amounts: tuple[int, ...]
    stores: tuple[int, ...] = ()
    skills: tuple[frozenset[int], ...] = ()
    wanted: tuple[tuple[int, ...], ...] = field(default=())


def read(name: str, data: bytes) -> Instance:
    """Read a file by its ending; raises RejectedError with a sentence where it is not one."""
    if len(data) > SIZE_LIMIT:
        raise RejectedError(say("exchange.too_big", megabytes=SIZE_LIMIT // MEGABYTE))
    text = data.decode("latin-1")
    lower = name.lower()
    if not lower.endswith(SUFFIXES):
        raise RejectedError(say("exchange.not_understood", name=name))
    try:
        if lower.endswith(".rcp"):
            return _sound(_patterson(_Numbers(text)))
        if lower.endswith(".msrcp"):
            return _sound(_skilled(_Numbers(text)))
        return _sound(_psplib(text))
    except (ValueError, IndexError, StopIteration) as error:
        raise RejectedError(say("exchange.not_understood", name=name)) from error


def _sound(instance: Instance) -> Instance:
    """Refuse figures that contradict each other."""
    size = len(instance.jobs)
    inside = all(0 <= other < size for some in instance.successors for other in some)
    ways = [way for job in instance.jobs for way in job]
    positive = all(way.duration >= 0 and min(way.needs + way.uses, default=0) >= 0 for way in ways)
    if not inside or not positive or len(instance.successors) != size:
        raise RejectedError(say("exchange.contradiction"))
    return instance


class _Numbers:
    """The numbers of a file, one after another, whatever the lines are."""

    def __init__(self, text: str) -> None:
        """Comments stand between backslashes and stars; any other word is no number."""
        self.numbers: Iterator[int] = (
            int(word) for word in re.sub(r"\\\*.*?\*\\", " ", text).split() if _whole(word)
        )

    def take(self, count: int) -> list[int]:
        """The next numbers."""
        if not 0 <= count <= JOBS_LIMIT:
            raise ValueError
        return [next(self.numbers) for _ in range(count)]


def _whole(word: str) -> bool:
    if re.fullmatch(r"-?\d{1,9}", word) is None:
        raise ValueError
    return True


def _patterson(numbers: _Numbers) -> Instance:
    """Jobs and resources; amounts; then of each job days, needs, how many successors and which."""
    size, resources = numbers.take(2)
    amounts = numbers.take(resources)
    jobs, successors = [], []
    for _ in range(_count(size)):
        [duration, *needs] = numbers.take(1 + resources)
        jobs.append((JobWay(duration, tuple(needs)),))
        [count] = numbers.take(1)
        successors.append(tuple(job - 1 for job in numbers.take(count)))
    return Instance(tuple(jobs), tuple(successors), tuple(amounts))


def _count(size: int) -> int:
    if not 0 < size <= JOBS_LIMIT:
        raise ValueError
    return size


def _skilled(numbers: _Numbers) -> Instance:
    """MSLIB: jobs and their order; who masters which skill; how many of each a job wants."""
    size, people, skills, _levels = numbers.take(4)
    numbers.take(2)  # two deadlines of the authors' own
    jobs, successors = [], []
    for _ in range(_count(size)):
        duration, count = numbers.take(2)
        jobs.append((JobWay(duration, ()),))
        successors.append(tuple(job - 1 for job in numbers.take(count)))
    masters = []
    for _ in range(people):
        row = numbers.take(skills)
        masters.append(frozenset(k for k, level in enumerate(row) if level > 0))
    numbers.take(people * skills)  # how well they master it: no time depends on it
    wanted = [tuple(numbers.take(skills)) for _ in range(size)]
    return Instance(
        tuple(jobs), tuple(successors), (1,) * people, skills=tuple(masters), wanted=tuple(wanted)
    )


def _psplib(text: str) -> Instance:
    """Sections by their headings; a job's further ways stand on lines of their own."""
    lines = text.splitlines()
    size = _count(int(_after(lines, r"jobs\b.*:\s*(\d+)")))
    lasting = int(_after(lines, r"-\s*renewable\s*:\s*(\d+)"))
    stores = int(_after(lines, r"-\s*nonrenewable\s*:\s*(\d+)"))
    if int(_after(lines, r"-\s*doubly constrained\s*:\s*(\d+)")):
        raise RejectedError(say("exchange.doubly"))
    at = _section(lines, "PRECEDENCE RELATIONS") + 2
    successors: list[tuple[int, ...]] = []
    for line in lines[at : at + size]:
        job, _modes, count, *rest = map(int, line.split())
        if job != len(successors) + 1 or len(rest) != count:
            raise ValueError
        successors.append(tuple(other - 1 for other in rest))
    ways: list[list[JobWay]] = []
    for line in lines[_section(lines, "REQUESTS/DURATIONS") + 2 :]:
        row = [] if set(line.strip()) <= set("-*") else [int(word) for word in line.split()]
        if not row:
            if ways:
                break
            continue
        if len(row) == 3 + lasting + stores:
            ways.append([])
            row = row[1:]
        duration, needs = row[1], row[2:]
        ways[-1].append(JobWay(duration, tuple(needs[:lasting]), tuple(needs[lasting:])))
        if len(needs) != lasting + stores:
            raise ValueError
    amounts = list(map(int, lines[_section(lines, "RESOURCE ?AVAILABILITIES") + 2].split()))
    return Instance(
        tuple(tuple(some) for some in ways),
        tuple(successors),
        tuple(amounts[:lasting]),
        tuple(amounts[lasting : lasting + stores]),
    )


def _after(lines: Sequence[str], pattern: str) -> str:
    for line in lines[:40]:
        if match := re.search(pattern, line):
            return match[1]
    raise ValueError


def _section(lines: Sequence[str], heading: str) -> int:
    return next(n for n, line in enumerate(lines) if re.match(rf"\s*{heading}", line))
