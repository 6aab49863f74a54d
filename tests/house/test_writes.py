"""Rows are written by actions only, and every action is one transaction with an entry."""

import ast
import inspect

import pytest

from tests.house.source import calls, modules

WRITES = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
# Where rows may be written, besides a room's actions: each with its reason.
ALLOWED = {
    "store.rows": "the narrow update that actions call",
    "journal.sealer": "numbers and seals entries, in the worker",
    "jobs.actions": "the queue",
    "config.load.write": "the measured set, by its own action, into an empty database",
}


def writing_places(found):
    for module in found:
        if (
            module.furniture == "actions"
            or module.name in ALLOWED
            or module.room in {"domain", "office", "engines", "ui"}
        ):
            continue
        for name, node in calls(module.tree):
            receiver = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
            if (name in WRITES and "objects" in receiver) or name == "insert_many":
                yield f"{module.name}:{node.lineno} {receiver}.{name}"
            if name in {"save", "update"} and (
                "objects" in receiver or receiver.endswith("filter")
            ):
                yield f"{module.name}:{node.lineno} {receiver}.{name}"
            if name == "atomic":
                yield f"{module.name}:{node.lineno} atomic"


def test_rows_are_written_by_actions_only():
    assert list(writing_places(modules())) == []


def test_a_planted_write_is_found(tmp_path):
    room = tmp_path / "ledger"
    room.mkdir()
    (room / "views.py").write_text(
        "def page(r):\n    Task.objects.filter(pk=1).update(title='x')\n"
    )
    assert len(list(writing_places(modules(tmp_path)))) == 1


def action_functions():
    for module in modules():
        if module.furniture != "actions":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef):
                for decorator in node.decorator_list:
                    if (
                        isinstance(decorator, ast.Call)
                        and getattr(decorator.func, "id", "") == "write"
                    ):
                        yield module, node, decorator.args[0].value


@pytest.mark.parametrize(
    ("module", "node", "verb"), [pytest.param(*row, id=row[2]) for row in action_functions()]
)
def test_action_has_the_form_of_the_house(module, node, verb):
    names = [argument.arg for argument in node.args.kwonlyargs]
    assert not node.args.args, "actions take keywords only"
    assert names[:2] == ["actor", "today"]
    assert verb.split(".")[0] == module.room
    assert verb.count(".") == 2
    assert ast.get_docstring(node)
    journals = any(name in {"record", "nothing"} for name, _ in calls(module.tree))
    assert journals, "an action writes a journal entry"


def test_verbs_are_unique():
    verbs = [verb for _, _, verb in action_functions()]
    assert len(verbs) == len(set(verbs))


def public_queries():
    for module in modules():
        if module.furniture != "queries" or module.room == "jobs":
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield module, node


# Queries that answer before there is an actor, or that are pure helpers of one.
NO_ACTOR = {
    "org.queries.actor_for",
    "org.queries.feed_by_secret",  # the secret says whose dates; the actor follows from it
    "org.queries.holds",
    "ledger.queries.scope.opens",  # registers what a room opens to an actor; reads nothing
    "supervision.queries.desk.working_due",  # of a row already scoped, without a read
    "supervision.queries.waiting.why_of",  # the same
}


@pytest.mark.parametrize(
    ("module", "node"), [pytest.param(m, n, id=f"{m.name}.{n.name}") for m, n in public_queries()]
)
def test_query_takes_the_actor_first_or_a_row_already_scoped(module, node):
    if f"{module.name}.{node.name}" in NO_ACTOR:
        return
    arguments = [argument.arg for argument in node.args.args]
    assert arguments[:1] == ["actor"], f"{module.name}.{node.name}({', '.join(arguments)})"
    assert ast.get_docstring(node)


def test_writing_decorator_refuses_an_action_without_an_entry(cast):
    from luoshi.journal.actions import Written, write
    from tests.cast import TODAY

    @write("tests.row.forgotten")
    def forget(*, actor, today):
        return Written("org.unit", cast.east.pk, 1)

    with pytest.raises(RuntimeError, match="journalled nothing"):
        forget(actor=cast.actor("lin"), today=TODAY)
    assert inspect.signature(forget).parameters["actor"].kind is inspect.Parameter.KEYWORD_ONLY
