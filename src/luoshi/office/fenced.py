"""Puts limits on this process and becomes another program: `python -m luoshi.office.fenced PROG …`.

Limits on memory, CPU and file size, no core file, and no network where the kernel allows it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

from luoshi.office.answers import MEGABYTE
from luoshi.office.convert import ADDRESSES, CPU_SECONDS

_NEW_USER, _NEW_NETWORK = 0x1000_0000, 0x4000_0000
_FILE_LIMIT = 200 * MEGABYTE


def leave_the_network() -> bool:
    """Move into an empty network namespace; False where the kernel does not let us."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_NETWORK) == 0:
        return True
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    return True


def main() -> None:
    """Fence this process in, then run the program named by the arguments in its place."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_LIMIT, _FILE_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    leave_the_network()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606 - the program the caller found on the path


if __name__ == "__main__":
    main()
