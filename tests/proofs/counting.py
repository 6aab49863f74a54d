"""One hand of many: reads a row's form, counts one on, saves; a process of its own.

`python -m tests.proofs.counting ORDERS` takes its orders as JSON and tells its tally as JSON. A row's
title is its counter: 「第N次 由谁」. Where nothing is lost, the last N of a row is the number of its
acknowledged saves.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter
from typing import Any

from tests.proofs.desk import Desk, form_with

TITLE = re.compile(r"第(\d+)次 由(\w+)")


def count(desk: Any, orders: dict[str, Any]) -> dict[str, Any]:
    """Count on random rows until the time is over; what was acknowledged, refused, and odd."""
    dice = random.Random(orders["seed"])
    acknowledged: Counter[str] = Counter()
    stale, odd, worst, away, back_at = 0, [], 0.0, 0, 0.0
    maybe: Counter[str] = Counter()  # sent, and answered 503: written or not
    end = time.monotonic() + orders["seconds"]
    while time.monotonic() < end and len(odd) < 20:
        row = dice.choice(orders["rows"])
        path = f"/ledger/task/{row}/edit/"
        status, page, _ = desk.ask("GET", path)
        if status == 503 and orders.get("away"):
            away, back_at = away + 1, 0.0
            time.sleep(0.2)
            continue
        if status != 200:
            odd.append(f"GET {status}")
            continue
        sent = form_with(page, "title")
        told = TITLE.search(sent["title"])
        assert told is not None, sent["title"]
        sent["title"] = mine = f"第{int(told[1]) + 1}次 由{orders['who']}"
        begun = time.monotonic()
        status, page, _ = desk.ask("POST", path, sent)
        worst = max(worst, time.monotonic() - begun)
        if status == 302:
            acknowledged[row] += 1
            back_at = back_at or time.monotonic()
        elif status == 503 and orders.get("away"):
            away, back_at = away + 1, 0.0
            maybe[row] += 1
        elif status == 409:
            stale += 1
            theirs = {f"第{n}次 由{who}" for n, who in TITLE.findall(page)} - {mine}
            if mine not in page or not theirs:
                odd.append(f"409 without both values: mine {mine in page}, theirs {theirs}")
        else:
            odd.append(f"POST {status}: {' '.join(page.split())[:200]}")
    return {
        "acknowledged": acknowledged, "stale": stale, "odd": odd, "worst": round(worst, 3),
        "away": away, "maybe": maybe, "back_at": back_at,
    }  # fmt: skip


def main() -> None:
    orders = json.loads(sys.argv[1])
    desk = Desk(orders["base"]).sit_down(orders["session"])
    json.dump(count(desk, orders), sys.stdout)


if __name__ == "__main__":
    main()
