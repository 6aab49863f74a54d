"""The source as the house tests see it: modules by room, parsed once."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "luoshi"


@dataclass(frozen=True)
class Module:
    path: Path
    room: str
    name: str  # dotted, below the package: "ledger.actions.report"
    tree: ast.Module
    lines: int

    @property
    def furniture(self) -> str:
        """The piece of furniture: actions, queries, views … (its package, where it is one)."""
        return self.name.split(".")[1] if "." in self.name else self.name


@lru_cache(maxsize=4)
def modules(package: Path = PACKAGE) -> tuple[Module, ...]:
    found = []
    for path in sorted(package.rglob("*.py")):
        relative = path.relative_to(package)
        if {"tests", "migrations"} & set(relative.parts):
            continue
        name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
        text = path.read_text("utf-8")
        found.append(
            Module(
                path, relative.parts[0].removesuffix(".py"), name, ast.parse(text), text.count("\n")
            )
        )
    return tuple(found)


def calls(tree: ast.AST):
    """Every call with the last part of what it calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            yield name, node
