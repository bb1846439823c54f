"""Quoting: the only way for the text of a document into Python.

In: any string. Out: docstrings, comments and one-line texts that are what they seem:
no quote ends them early, no control or direction character hides in them. Laid out as
black would (docstrings: its rules of 26.1).

Source: PEP 257; Unicode TR 36 §2.10 (bidirectional text).
"""

from __future__ import annotations

import re
import textwrap

LINE_WIDTH = 88
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKDOWN = re.compile(r"([\\`|<>\[\]*])")
_FENCE = re.compile(r"\s*(```|~~~|\||    )")


def strip_invisible(text: str) -> str:
    """Take out what cannot be seen or written: controls, direction marks, surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _HIDDEN.sub("", text))


def join_lines(text: str) -> str:
    """Put a text on one line."""
    return " ".join(strip_invisible(text).split())


def escape_markdown(text: str) -> str:
    """Put a text on one line where Markdown reads it as text, also in a table."""
    return _MARKDOWN.sub(r"\\\1", join_lines(text))


def wrap_paragraph(text: str, width: int) -> list[str]:
    """Lay out a text in lines; those that are too long are wrapped, tables are not."""
    lines: list[str] = []
    for line in strip_invisible(text).expandtabs().strip().split("\n"):
        bare = line.rstrip()
        if len(bare) <= width or _FENCE.match(bare):
            lines.append(bare)
            continue
        indent = bare[: len(bare) - len(bare.lstrip())]
        lines += textwrap.wrap(
            bare,
            width,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [bare]
    return textwrap.dedent("\n".join(lines)).split("\n")


def format_docstring(text: str, indent: int) -> str:
    """Write a docstring at a depth of `indent` blanks; empty where there is no text."""
    lines = wrap_paragraph(text, LINE_WIDTH - indent)
    body = "\n".join(lines).strip()
    if not body:
        return ""
    body = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if body.startswith('"'):
        body = "\\" + body
    if body.endswith('"') and "\n" not in body:
        body += " "
    pad = " " * indent
    first, *rest = body.split("\n")
    written = [f'{pad}"""{first}', *(f"{pad}{line}" if line else "" for line in rest)]
    return "\n".join([*written, f'{pad}"""']) if rest else f'{written[0]}"""'
