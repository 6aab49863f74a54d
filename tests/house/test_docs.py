"""The documentation is complete where a machine can tell."""

import re

import pytest

from luoshi.config.cli import VERBS
from tests.house.source import PACKAGE, ROOT

REFERENCE = ROOT / "docs" / "reference"


def test_every_setting_is_documented():
    text = (PACKAGE / "config" / "settings.py").read_text("utf-8")
    for path in (PACKAGE / "config" / "commands").glob("*.py"):
        text += path.read_text("utf-8")
    named = set(re.findall(r'"(LUOSHI_[A-Z_]+|DATABASE_URL)"', text)) - {"LUOSHI_UPLOAD_TOO_LARGE"}
    page = (REFERENCE / "settings.md").read_text("utf-8")
    assert {name for name in named if f"`{name}`" not in page} == set()


def test_every_command_is_documented():
    page = (REFERENCE / "commands.md").read_text("utf-8")
    assert {verb for verb in VERBS if f"`luoshi {verb}" not in page} == set()


def test_every_requirement_has_its_page_and_test_or_says_later():
    page = (REFERENCE / "requirements.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| (R\d\d) \|(.*)\|$", page, re.MULTILINE))
    assert sorted(rows) == [f"R{number:02}" for number in range(1, 87)]
    for number, row in rows.items():
        cells = [cell.strip() for cell in row.split("|")]
        if cells[-1] == "later":
            continue
        tests = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", cells[-1])
        assert tests, f"{number} names no test and does not say later"
        for file, name in tests:
            path = ROOT / file
            assert path.exists(), f"{number}: {file} is not there"
            assert not name or f"def {name}" in path.read_text("utf-8"), (
                f"{number}: {file} has no {name}"
            )


@pytest.mark.parametrize(
    "room",
    sorted(
        p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name not in {"locale", "__pycache__"}
    ),
)
def test_every_room_introduces_itself_in_thirty_lines(room):
    if room == "config":
        return
    text = (PACKAGE / room / "README.md").read_text("utf-8")
    assert len(text.splitlines()) <= 30


def test_every_dependency_has_its_reason_beside_it():
    block = (
        (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("\n]")[0]
    )
    lines = [line for line in block.splitlines() if line.strip().startswith('"')]
    assert lines
    assert [line for line in lines if "#" not in line] == []


def test_no_two_adrs_have_one_number():
    """A number is given before its page is written, so that a gap may stand for a while."""
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")]
    assert "0001" in numbers
    assert len(numbers) == len(set(numbers))
