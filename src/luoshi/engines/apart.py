"""The search in a process of its own: a web process never loads a solver, and a watchdog ends it.

`python -m luoshi.engines.apart` reads one problem from its parent and tells, a line each, that it
is ready, every better plan, and the end. The parent reads the CPU time of the child from the
system and ends it when the budget is spent; the last plan that was told stands.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from luoshi.engines import exact, population
from luoshi.engines.base import Budget, Problem, Progress, Report
from luoshi.engines.core import Answer, answer_of
from luoshi.engines.portfolio import ready
from luoshi.engines.portfolio import search as search_here
from luoshi.engines.translate import translate

LOOK_S = 0.05
GRACE_S = 0.5
"""CPU seconds over the budget after which the child is ended."""
READY_S = 120.0
"""CPU seconds for loading and, once on a machine, compiling."""
SETTLING = 0.25
"""The share of the budget that peaks and moves get."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the child told last, and what it spent."""

    best: Answer
    bound: tuple[int, int]
    by: str
    cpu_s: float


def worth_while() -> bool:
    """Whether anything is installed that searches better than plain Python."""
    return population.available() or exact.available()


def search(
    problem: Problem,
    *,
    budget: Budget,
    warm: Answer,
    near: Sequence[int | None] | None,
    report: Report | None = None,
) -> Answered:
    """Search in a child; `warm` stands where nothing better is told."""
    core = translate(problem).core
    asked = pickle.dumps((problem, budget, (warm.starts, warm.ways), near))
    child = subprocess.Popen(
        [sys.executable, "-m", "luoshi.engines.apart"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    lines: Queue[dict[str, Any] | None] = Queue()
    reader = threading.Thread(target=_read, args=(child, lines), daemon=True)
    reader.start()
    try:
        assert child.stdin is not None
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(asked)
            child.stdin.close()
        return _Watchdog(child, budget, report).follow(lines, core, warm)
    finally:
        child.kill()
        child.wait()
        reader.join()
        if child.stdout is not None:
            child.stdout.close()


class _Watchdog:
    """Follows a child's lines and its CPU."""

    def __init__(
        self, child: subprocess.Popen[bytes], budget: Budget, report: Report | None
    ) -> None:
        self.child, self.budget, self.report = child, budget, report
        self.started: float | None = None

    def follow(self, lines: Queue[dict[str, Any] | None], core: Any, warm: Answer) -> Answered:  # noqa: ANN401
        best, bound, by, spent = warm, (0, 0), "rule", 0.0
        while True:
            try:
                line = lines.get(timeout=LOOK_S)
            except Empty:
                if self._over() or not self._go_on(best, bound):
                    break
                continue
            if line is None:
                break
            if "ready" in line:
                self.started = line["ready"]
                continue
            best = answer_of(core, line["starts"], line["ways"])
            bound, by, spent = (line["bound"][0], line["bound"][1]), line["by"], line["cpu"]
            told = Progress(best.lateness, bound[0], spent, best.length, bound[1])
            if line.get("end") or (self.report is not None and not self.report(told)):
                break
            if self._over():
                break
        return Answered(best, bound, by, spent)

    def _go_on(self, best: Answer, bound: tuple[int, int]) -> bool:
        """Whoever waits may stop also while nothing better is found."""
        if self.report is None or self.started is None:
            return True
        spent = max(0.0, cpu_of(self.child.pid) - self.started)
        return self.report(Progress(best.lateness, bound[0], spent, best.length, bound[1]))

    def _over(self) -> bool:
        used = cpu_of(self.child.pid)
        if self.started is None:
            return used > READY_S
        return used - self.started > self.budget.cpu_s * max(1, self.budget.workers) + GRACE_S


def cpu_of(pid: int) -> float:
    """CPU seconds of a process, all its threads; wall time where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return time.monotonic() - _BEGUN
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


_BEGUN = time.monotonic()


def _environment() -> dict[str, str]:
    """The child's environment: no settings of the product, no debugging of the interpreter."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if key
        in {
            "PATH",
            "HOME",
            "NUMBA_CACHE_DIR",
            "TMPDIR",
            "LD_LIBRARY_PATH",
            "OPENBLAS_CORETYPE",
            "OPENBLAS_L2_SIZE",
        }
    }
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _read(child: subprocess.Popen[bytes], lines: Queue[dict[str, Any] | None]) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        with contextlib.suppress(ValueError):
            lines.put(json.loads(line))
    lines.put(None)


def main() -> None:
    """The child: one problem from standard input, lines to standard output."""
    problem, budget, (starts, ways), near = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own parent
    core = translate(problem).core
    warm = answer_of(core, starts, ways)
    ready()
    begun = time.process_time()
    _tell({"ready": begun})
    said = {"by": "rule"}

    def told(answer: Answer, bound: tuple[int, int]) -> bool:
        _tell(_line(answer, bound, said["by"], time.process_time() - begun))
        return True

    settling = SETTLING if exact.available() else 0.0
    share = Budget(budget.cpu_s * (1 - settling), budget.workers, budget.seed)
    found = search_here(core, budget=share, warm=warm, told=told)
    best = found.answer
    if settling and core.amounts:
        left = budget.cpu_s - (time.process_time() - begun) / max(1, budget.workers)
        keep = warm if near is not None and not _worse(core, warm, best) else best
        best = exact.settle(
            core,
            cpu_s=max(0.05, left),
            workers=budget.workers,
            seed=budget.seed,
            best=keep,
            near=near,
        )
    line = _line(best, found.bound, found.by, time.process_time() - begun)
    _tell(line | {"end": True})


def _worse(core: Any, one: Answer, other: Answer) -> bool:  # noqa: ANN401
    if core.has_due:
        return one.lateness > other.lateness
    return one.value > other.value


def _line(answer: Answer, bound: tuple[int, int], by: str, cpu_s: float) -> dict[str, Any]:
    return {
        "starts": answer.starts, "ways": answer.ways, "bound": bound, "by": by, "cpu": cpu_s,
    }  # fmt: skip


def _tell(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
