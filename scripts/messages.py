"""Keep the English catalogue: one fragment a room in locale/en/, compiled into one django.mo.

python scripts/messages.py update    collect the texts of the source into the fragments
python scripts/messages.py compile   fragments -> locale/en/LC_MESSAGES/django.mo
python scripts/messages.py check     exit 1 when a text has no English, or two different ones
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "luoshi"
LOCALE = PACKAGE / "locale" / "en"
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop"}


def texts_of_python(path: Path) -> set[str]:
    """Literal arguments of gettext calls in a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if name in MARKS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def texts_of_template(path: Path) -> set[str]:
    """Message ids of {% translate %} and {% blocktranslate %} in a template."""
    from django.template.base import Lexer, TokenType
    from django.utils.text import smart_split

    found: set[str] = set()
    block: list[str] | None = None
    trimmed = False
    for token in Lexer(path.read_text("utf-8")).tokenize():
        if block is not None:
            if token.token_type is TokenType.BLOCK:
                text = "".join(block)
                if trimmed:
                    text = "".join(
                        line.strip() if i == 0 else " " + line.strip()
                        for i, line in enumerate(text.strip().splitlines())
                    )
                found.add(text)
                block = None
            elif token.token_type is TokenType.VAR:
                block.append(f"%({token.contents.split('|')[0].strip()})s")
            else:
                block.append(token.contents.replace("%", "%%"))
            continue
        if token.token_type is TokenType.VAR:
            continue
        if token.token_type is TokenType.BLOCK:
            words = list(smart_split(token.contents))
            if words[0] in {"translate", "trans"} and words[1][0] in "\"'":
                found.add(words[1][1:-1].replace("%", "%%"))
            elif words[0] in {"blocktranslate", "blocktrans"}:
                block, trimmed = [], "trimmed" in words
            else:
                # _("…") as an argument of any tag
                for word in words[1:]:
                    start = word.find('_("')
                    if start >= 0:
                        found.add(word[start + 3 : word.index('")', start)])
    return found


def collect() -> dict[str, set[str]]:
    """Texts by room."""
    rooms: dict[str, set[str]] = {}
    for path in sorted(PACKAGE.rglob("*")):
        room = path.relative_to(PACKAGE).parts[0]
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        if path.suffix == ".py":
            rooms.setdefault(room, set()).update(texts_of_python(path))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            rooms.setdefault(room, set()).update(texts_of_template(path))
    return {room: texts for room, texts in rooms.items() if texts}


def read(room: str) -> Catalog:
    path = LOCALE / f"{room}.po"
    if not path.exists():
        return Catalog(locale="en", domain=room)
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """Add new texts, drop the ones that the source no longer has; translations stay."""
    LOCALE.mkdir(parents=True, exist_ok=True)
    for room, texts in collect().items():
        old, new = read(room), Catalog(locale="en", domain=room, fuzzy=False)
        for text in sorted(texts):
            known = old.get(text)
            new.add(text, known.string if known and known.string else "", flags=())
        with (LOCALE / f"{room}.po").open("wb") as file:
            write_po(file, new, width=0, omit_header=True, sort_output=True)


def merged() -> tuple[dict[str, str], list[str]]:
    """All translations, and what is wrong with them."""
    all_texts: dict[str, str] = {}
    faults: list[str] = []
    for room, texts in collect().items():
        catalogue = read(room)
        for text in sorted(texts):
            message = catalogue.get(text)
            english = str(message.string) if message and message.string else ""
            if not english:
                faults.append(f"{room}: no English for {text!r}")
            elif all_texts.setdefault(text, english) != english:
                faults.append(
                    f"{room}: {text!r} is {english!r} here, {all_texts[text]!r} elsewhere"
                )
    return all_texts, faults


def compile_catalogue() -> None:
    target = LOCALE / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    catalogue = Catalog(locale="en", domain="django", fuzzy=False)
    for fragment in sorted(LOCALE.glob("*.po")):
        for message in read(fragment.stem):
            if message.id and message.string and message.id not in catalogue:
                catalogue.add(message.id, message.string)
    with target.open("wb") as file:
        write_mo(file, catalogue)


def main(verb: str) -> int:
    if verb == "update":
        update()
    elif verb == "compile":
        compile_catalogue()
    elif verb == "check":
        faults = merged()[1]
        print("\n".join(faults) or "every text has its English")
        return bool(faults)
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
