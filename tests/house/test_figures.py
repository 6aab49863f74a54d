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
