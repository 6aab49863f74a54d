"""Figures stay exact: no averages or divisions in SQL, no floats in laws of figures."""

import ast

from tests.house.source import calls, modules


def test_no_average_or_float_cast_in_sql():
    bad = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.room not in {"domain", "office", "engines"}
        for name, node in calls(module.tree)
        if name in {"Avg", "FloatField", "StdDev", "Variance"}
    ]
    assert bad == []


def test_no_division_of_f_expressions():
    def is_f(node):
        return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"F", "Sum", "Count"}

    bad = [
        f"{module.name}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Div)
        and (is_f(node.left) or is_f(node.right))
    ]
    assert bad == []


# Laws in which a float is no figure of an office: each with its reason.
FLOATS = {
    "likeness": "how alike two texts are",
    "extraction": "how sure the reader is",
    "allocation": "weights of a search, the load itself is whole",
    "schedule": "seeded draws of durations",
    "opinion": "how sure a model says it is",
}


def test_no_float_in_any_law_that_scores_or_sums():
    bad = []
    for module in modules():
        if module.room != "domain" or set(module.name.split(".")) & FLOATS.keys():
            continue
        for node in ast.walk(module.tree):
            named = isinstance(node, ast.Name) and node.id == "float"
            written = isinstance(node, ast.Constant) and isinstance(node.value, float)
            if named or written:
                bad.append(f"{module.name}:{node.lineno}")
    assert bad == []
