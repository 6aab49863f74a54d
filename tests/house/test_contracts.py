"""The import contracts hold, and fail when somebody breaks them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT

PLANTS = {
    "storeys": ("ledger/plant.py", "from luoshi.home import views\n", "storeys"),
    "furniture": ("ledger/queries/plant.py", "from luoshi.ledger import views\n", "furniture"),
    "unknown furniture": ("ledger/cupboard.py", "", "furniture"),
    "circle": (
        "domain/schedule/model.py",
        "from luoshi.domain.schedule import verdict\n",
        "no circles",
    ),
    "pure laws": ("domain/plant.py", "import django\n", "pure laws"),
    "laws apart": ("domain/schedule/plant.py", "from luoshi.domain import pacing\n", "laws apart"),
    "doors": ("home/queries.py", "from luoshi.ledger import views\n", "doors"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--config", str(folder / "pyproject.toml"), "--no-cache"],
        cwd=folder, env={"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(
        PACKAGE,
        tmp_path / "src" / "luoshi",
        ignore=shutil.ignore_patterns("tests", "static", "locale", "templates", "__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold(copy):
    result = lint(copy)
    assert result.returncode == 0, result.stdout[-3000:]


@pytest.mark.parametrize("name", PLANTS)
def test_contract_fails_on_a_planted_fault(copy, name):
    place, text, contract = PLANTS[name]
    path = copy / "src" / "luoshi" / place
    if path.parent.with_suffix(".py").exists():  # the furniture is a module, not a package
        path = path.parent.with_suffix(".py")
    with path.open("a", encoding="utf-8") as file:
        file.write("\n" + text)
    result = lint(copy)
    assert result.returncode == 1
    broken = [line for line in result.stdout.splitlines() if line.rstrip().endswith("BROKEN")]
    assert any(contract in line for line in broken), result.stdout[-3000:]
