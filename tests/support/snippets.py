"""Fenced blocks of the pages that people read.

In: a page of Markdown. Out: its blocks, each with the comment in front of it that says
how the tests treat it: `<!-- not run: REASON -->` or `<!-- output differs -->`.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(
    r"^(?P<comment>[ ]*<!-- (?:not run: .+|output differs) -->\n)?"
    r"(?P<indent>[ ]*)```(?P<language>\w+)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A block: where it is, its language, its text, and the comment in front of it."""

    place: str
    language: str
    text: str
    comment: str

    @property
    def is_run(self) -> bool:
        """Whether a test runs the block."""
        return "not run:" not in self.comment

    @property
    def shows_output(self) -> bool:
        """Whether the output of a command has to be what the page shows."""
        return "output differs" not in self.comment


def iter_snippets(page: Path) -> Iterator[Snippet]:
    """Yield the fenced blocks of a page that name a language."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start("language")) + 1
        yield Snippet(
            place=f"{page.name}:{line}",
            language=found["language"],
            text=textwrap.dedent(found["text"]),
            comment=(found["comment"] or "").strip(),
        )
