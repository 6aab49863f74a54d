"""The day comes from one place: laws, queries and actions are told it."""

from tests.house.source import calls, modules

# Modules that may read the clock, each with its reason.
CLOCKS = {
    "config.middleware": "the one clock of requests",
    "config.commands": "the entry of a command",
    "config.demo": "the generator",
    "journal.actions": "the server's instant of an entry",
}


def clock_places(found):
    for module in found:
        if module.furniture in {"views", "tasks"} or any(
            module.name.startswith(name) for name in CLOCKS
        ):
            continue
        for name, node in calls(module.tree):
            if name in {"now", "today", "utcnow", "localdate", "localtime"}:
                yield f"{module.name}:{node.lineno} {name}()"


def test_only_views_tasks_and_commands_read_the_clock():
    places = [place for place in clock_places(modules()) if "config.bootstrap" not in place]
    assert places == []


def test_a_planted_clock_is_found(tmp_path):
    room = tmp_path / "ledger"
    room.mkdir()
    (room / "queries.py").write_text(
        "from datetime import date\n\ndef due(actor):\n    return date.today()\n"
    )
    assert len(list(clock_places(modules(tmp_path)))) == 1
