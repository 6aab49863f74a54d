"""What a long run found: `proof/<claim>.json`, with commit, seed, and counts."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def keep(claim: str, *, seed: int, **figures: object) -> None:
    """Write a claim's figures beside those of earlier runs of other claims."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    changed = subprocess.run(
        ["git", "status", "--porcelain", "src"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    told = {
        "claim": claim,
        "commit": commit + ("+changes" if changed else ""),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": seed,
        "cores": os.cpu_count(),
        "load": [round(part, 1) for part in os.getloadavg()],
        **figures,
    }
    folder = ROOT / "proof"
    folder.mkdir(exist_ok=True)
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (folder / f"{claim}.json").write_text(text + "\n", "utf-8")
    print(text)
