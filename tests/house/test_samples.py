"""What never goes into the repository."""

import subprocess

from tests.house.source import ROOT


def test_lock_and_sources_name_no_registry():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    # Joined here, so that this file does not name them either.
    names = (("pypi",), ("python" + "hosted",), ("npmjs",), ("deb", "debian"))
    hosts = [".".join((*name, "org")) for name in names]
    found = []
    for name in filter(None, files):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".png", ".docx", ".xlsx"}:
            text = path.read_text("utf-8", errors="replace")
            found += [f"{name}: {host}" for host in hosts if host in text]
    assert found == []
