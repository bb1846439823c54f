"""Find words that readers stumble over, in every text that people read.

In: pages, templates, and modules, whose strings are help, messages and docstrings. Out:
one line for each match. Code blocks and words in backticks are names, which keep theirs.

Usage: python scripts/plain_english.py [PATH …]; the exit code is 1 if a word is found.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PLACES = (
    "AGENTS.md",
    "README.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "RELEASING.md",
    "SECURITY.md",
    "Makefile",
    "action.yml",
    "docs",
    "examples",
    "generator",
    "specs/README.md",
    "templates",
    ".github",
)
SUFFIXES = {".md", ".py", ".jinja", ".jinja2", ".yml", ".toml", ".html", ""}
UNCLEAR = re.compile(
    r"""\b(
        any\ more | pass(es|ed)?\ over | anew | judged? | told | tells? | beside | blanks?
        | stop\ to | grav(e|er|est) | stands? | left\ out | must\ be\ given
        | may\ be\ left\ out | (?<!connection\ )refus(e|es|ed) | (is|are)\ no(?!\ longer)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""Idioms and words with many meanings. The plain ones: "no longer" (any more), "skip"
(pass over), "again" (anew), "check" (judge), "say" and "report" (tell), "next to"
(beside), "reject" (refuse), "is not a" (is no), "required" (must be given)."""
_FENCED = re.compile(r"^ *(`{3,})[^\n]*\n.*?^ *\1`* *$", re.MULTILINE | re.DOTALL)
_DOCSTRING = re.compile(r'"""(.*?)"""', re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


class Match(NamedTuple):
    """Words that were found, and where."""

    path: Path
    line: int
    words: str


def find_words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each match; the first line of a text is 0."""
    prose = re.sub(r"\n[ #>]*", "\n", _CODE.sub(_hide, text))
    for found in UNCLEAR.finditer(prose.replace("\n", " ")):
        yield prose.count("\n", 0, found.start()), found.group()


def _hide(code: re.Match[str]) -> str:
    """Return what replaces a piece of code: as many lines, and no words."""
    return "`" + "\n" * code.group().count("\n") + "`"


def list_matches(path: Path) -> list[Match]:
    """Return the matches in a file."""
    return [
        Match(path, start + number, words)
        for start, text in _iter_texts(path)
        for number, words in find_words(text)
    ]


def _iter_texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file, with their first lines."""
    content = path.read_text("utf-8")
    if path.suffix == ".py":
        yield from _iter_strings(ast.parse(content))
    elif path.name.endswith(".py.jinja"):
        for found in _DOCSTRING.finditer(content):
            yield content.count("\n", 0, found.start()) + 1, found[1]
    else:
        yield 1, _FENCED.sub(_hide, content)


def _iter_strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield texts of a module with their lines; a string without a space is a name."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if " " in text:
                yield node.lineno, text


def iter_files(places: list[Path]) -> Iterator[Path]:
    """Yield the files that hold texts."""
    for place in places:
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        yield from (
            each for each in found if each.is_file() and each.suffix in SUFFIXES
        )


def main(arguments: list[str]) -> int:
    """Print the matches, and return 1 if there are any."""
    places = [Path(each) for each in arguments] or [ROOT / each for each in PLACES]
    matches = [match for path in iter_files(places) for match in list_matches(path)]
    for match in matches:
        sys.stdout.write(f"{match.path}:{match.line}: {match.words}\n")
    return int(bool(matches))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
