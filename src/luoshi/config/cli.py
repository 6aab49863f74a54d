"""The `luoshi` command: one door for reading, running, backing up and proving.

Each verb is a module of `luoshi.config.commands` with `main(argv) -> exit code`; a module is
imported only when its verb is asked for, so that `luoshi read` needs no database.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

VERBS = {
    "read": "break a text down: outline, draft items, JSON, xlsx (no database needed)",
    "factcheck": "what in a text contradicts itself or the calendar (no database needed)",
    "schedule": "a levelled plan of a project file (no database needed)",
    "setup": "make keys, folders and tables; safe to repeat",
    "serve": "web and worker together, on one machine",
    "web": "the web processes alone",
    "worker": "the worker alone: jobs, sealing, the clock",
    "demo": "the demonstration county; --reset starts over",
    "load-set": "build a measured set: --towns N",
    "check": "what is missing in a plan, like a compiler",
    "rebuild": "count stored sums and lights again; on sound data nothing changes",
    "journal": "verify, print an anchor of, or archive the sealed journal",
    "backup": "write one file that restores everything",
    "restore": "put a backup back",
    "manage": "Django's own commands",
}


def main() -> int:
    """Dispatch to a verb; 0 is success, 1 a finding, 2 a wrong call or unusable input."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    verb, argv = (sys.argv[1] if len(sys.argv) > 1 else ""), sys.argv[2:]
    if verb not in VERBS:
        width = max(map(len, VERBS))
        print("luoshi VERB …\n")
        for name, what in VERBS.items():
            print(f"  {name:<{width}}  {what}")
        return 0 if verb in {"", "-h", "--help", "help"} else 2
    module = import_module(f"luoshi.config.commands.{verb.replace('-', '_')}")
    try:
        return int(module.main(argv))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of the output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
