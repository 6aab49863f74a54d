"""`make bench`: every folder's question and table; 1 where a ratio or limit was missed.

`python -m benchmarks [folder …]` runs only those named; `--quick` takes small sizes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
QUICK = {
    "benchmarks.pages": ("--tasks", "1000", "--rounds", "2", "--per", "4"),
    "benchmarks.files": ("--rows", "1000"),
    "benchmarks.indicators": ("--indicators", "5", "--towns", "5"),
    "benchmarks.journal": ("--entries", "2000,5000"),
    "benchmarks.notices": ("--towns", "1"),
    "benchmarks.rebuild": ("--towns", "1"),
    "benchmarks.tables": ("--rows", "1000"),
    "benchmarks/schedule/passes.py": ("--sizes", "1000", "--rounds", "2"),
    "benchmarks/schedule/workdays.py": ("--count", "2000"),
    "benchmarks/schedule/levelling.py": ("--count", "4", "--cpu", "0.3"),
    "benchmarks/schedule/juggler.py": ("--sizes", "100"),
    "benchmarks.schedule.replan": ("--size", "1000"),
    "benchmarks.schedule.odds": ("--draws", "1000"),
    "benchmarks/reading/gold.py": ("--dev-only",),
}


def main(arguments: list[str]) -> int:
    """Run the folders in the order of their names."""
    quick = "--quick" in arguments
    chosen = [name for name in arguments if not name.startswith("-")]
    folders = chosen or sorted(path.parent.name for path in HERE.glob("*/__init__.py"))
    env = os.environ | {"PYTHONPATH": str(HERE.parent)}
    missed: list[str] = []
    for folder in folders:
        module = import_module(f"benchmarks.{folder}")
        print(f"\n== {folder}: {(module.__doc__ or '').strip().splitlines()[0]}", flush=True)
        for run in module.RUNS:
            more = QUICK.get(run[-1], ()) if quick else ()
            answer = subprocess.run(
                [sys.executable, *run, *more], cwd=HERE.parent, env=env, check=False
            )
            if answer.returncode:
                missed.append(" ".join(run))
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nevery ratio held")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
