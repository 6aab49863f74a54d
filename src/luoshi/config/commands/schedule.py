"""`luoshi schedule FILE`: a levelled plan of a project file; no server, no database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from luoshi.config.commands import project_files
from luoshi.config.commands.text_files import UNUSABLE, bytes_of, speak, write_out
from luoshi.domain.base import Refused, say
from luoshi.engines import portfolio
from luoshi.engines.base import Budget, Progress
from luoshi.engines.core import answer_of
from luoshi.engines.explaining import reasons
from luoshi.engines.instances import core_of_jobs, people_ways
from luoshi.engines.translate import translate
from luoshi.office import psplib_in
from luoshi.ui.sentences import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from luoshi.engines.base import Problem, Solution
    from luoshi.engines.core import Answer, Core
    from luoshi.engines.portfolio import Found

DEFAULT_S = 10.0


def main(argv: Sequence[str]) -> int:
    """Plan one file; 0 with a plan, 2 with a sentence why there is none."""
    arguments = _arguments(argv)
    path = Path(arguments.file)
    try:
        data = bytes_of(path)
        if path.suffix.lower() == ".xml":
            return _project(path.name, data, arguments)
        return _instance(path.name, data, arguments)
    except Refused as refused:
        speak(refused.why, sys.stderr)
        return UNUSABLE


def _instance(name: str, data: bytes, arguments: argparse.Namespace) -> int:
    """A file of the scheduling field."""
    core, jobs = _core(psplib_in.read(name, data))
    if arguments.time_limit:
        portfolio.ready()
    budget = Budget(arguments.time_limit, os.cpu_count() or 1, arguments.seed)
    found = portfolio.search(core, budget=budget, told=_told)
    if arguments.json:
        write_out(arguments.json, _json(name, core, found))
    if arguments.json != "-":
        _print(core, jobs, found, explain=arguments.explain)
    return 0


def _told(answer: Answer, bound: tuple[int, int]) -> bool:
    """Each better plan while the search goes on."""
    return project_files.live(Progress(answer.lateness, bound[0], 0.0, answer.length, bound[1]))


def _project(name: str, data: bytes, arguments: argparse.Namespace) -> int:
    """A Microsoft Project file: planned on its own calendar, written back where asked."""
    project = project_files.project_of(data, accept=arguments.accept)
    if isinstance(project, int):
        return project
    for caution in project_files.cautions(project):
        speak(caution, sys.stderr)
    solution = project_files.plan(project, arguments)
    told = project_files.outlook(project, arguments.seed) if arguments.risk else None
    if arguments.json:
        answer = project_files.as_data(name, project, solution, told)
        write_out(arguments.json, _bytes(answer))
    if arguments.mspdi:
        write_out(arguments.mspdi, project_files.planned(project, solution.plan))
    if "-" not in {arguments.json, arguments.mspdi}:
        project_files.show(project, solution, told)
        if arguments.explain:
            _explain(project_files.problem_of(project), solution)
            for sentence in project_files.chains(project):
                speak(sentence, sys.stdout)
    return 0


def _explain(problem: Problem, solution: Solution) -> None:
    """Of each step, why it is no earlier."""
    translated = translate(problem)
    core, starts = translated.core, translated.starts_in(solution.plan)
    answer = answer_of(core, [start or 0 for start in starts], (0,) * core.size)
    for i, why in reasons(core, answer).items():
        print(f"{core.names[i]}：{tell(why, 'zh-hans')}")


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="luoshi schedule",
        description="排出一份不超负荷的计划（PSPLIB .sm/.mm、.rcp、.msrcp，Project 的 .xml）。 "
        "A plan that no resource is too small for.",
    )
    parser.add_argument("file", metavar="FILE", help="sm、mm、rcp、msrcp、xml")
    parser.add_argument(
        "--time-limit", type=_seconds, default=DEFAULT_S, metavar="S",
        help="每个核心最多用多少秒 CPU 时间（默认10，0为立即作答）",
    )  # fmt: skip
    parser.add_argument("--json", metavar="OUT", help="写出 JSON（“-”为标准输出）")
    parser.add_argument("--explain", action="store_true", help="逐项说明为什么不能更早")
    parser.add_argument("--accept", action="store_true", help="xml：不支持的部分略去，照样排")
    parser.add_argument("--mspdi", metavar="OUT", help="xml：把排好的日期写成 Project 的 XML")
    parser.add_argument("--risk", action="store_true", help="xml：按三点工期算各时限的把握")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="随机数种子")
    return parser.parse_args(list(argv))


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 86_400:
        message = "0 … 86400"
        raise argparse.ArgumentTypeError(message)
    return seconds


def _core(instance: psplib_in.Instance) -> tuple[Core, list[int]]:
    """The problem of a file; people with skills become the teams that can do a job."""
    if instance.wanted:
        jobs = [
            people_ways(ways[0].duration, wanted, instance.skills)
            for ways, wanted in zip(instance.jobs, instance.wanted, strict=True)
        ]
        return core_of_jobs(jobs, instance.successors, instance.amounts)
    ways = [[(way.duration, way.needs, way.uses) for way in some] for some in instance.jobs]
    return core_of_jobs(ways, instance.successors, instance.amounts, instance.stores)


def _json(name: str, core: Core, found: Found) -> bytes:
    answer = found.answer
    tasks: dict[str, Any] = {}
    for i in sorted(range(core.size), key=lambda i: int(core.names[i])):
        start, way = answer.starts[i], answer.ways[i]
        tasks[core.names[i]] = {"start": start, "finish": core.end(i, way, start), "mode": way + 1}
    data = {
        "file": name,
        "makespan": answer.length,
        "lower_bound": found.bound[1],
        "proved": found.proved,
        "by": found.by,
        "cpu_s": round(found.cpu_s, 3),
        "tasks": tasks,
    }
    return _bytes(data)


def _bytes(data: Any) -> bytes:  # noqa: ANN401
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _print(core: Core, jobs: Sequence[int], found: Found, *, explain: bool) -> None:
    answer, bound = found.answer, found.bound[1]
    told = say("exchange.planned", count=core.size, length=answer.length, bound=bound)
    if found.proved:
        told = say("exchange.planned_proved", count=core.size, length=answer.length)
    speak(told, sys.stdout)
    why = reasons(core, answer) if explain else {}
    for i in sorted(range(core.size), key=lambda i: (answer.starts[i], jobs[i])):
        start, way = answer.starts[i], answer.ways[i]
        mode = f"\t#{way + 1}" if len(core.ways[i]) > 1 else ""
        print(f"{core.names[i]}\t{start}\t{core.end(i, way, start)}{mode}")
        if i in why:
            print(f"    {tell(why[i], 'zh-hans')}")
