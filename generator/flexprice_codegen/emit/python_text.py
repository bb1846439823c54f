"""Quoting: every text of a document enters Python code through these functions.

In: any string. Out: docstrings, comments and one-line texts that are what they seem: no
quote ends them early, and they contain no invisible control or direction character. The
layout is black's (docstrings: its rules of 26.1).

Source: PEP 257; Unicode TR 36 §2.10 (bidirectional text).
"""

from __future__ import annotations

import re

LINE_WIDTH = 88
"""The length of a line, which is black's own. The layout and docstrings follow it."""
# C0 and C1 controls except tab and line breaks, soft hyphen, zero-width and
# bidirectional marks, byte order mark, and tags (Unicode categories Cc, Cf, Zl and Zp).
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Half of a pair has no encoding in UTF-8, so that no file can hold it.
_SURROGATE = re.compile("[\ud800-\udfff]")
# Each can begin a code span, a cell of a table, a tag, a link, or emphasis.
_MARKDOWN = re.compile(r"([\\`|<>\[\]*])")
# Lines whose layout has a meaning in Markdown: code and tables.
_FENCE = re.compile(r"\s*(```|~~~|\||    )")


def strip_invisible(text: str) -> str:
    """Return a text without controls and direction marks, with LF line breaks.

    Lone surrogates, which UTF-8 cannot encode, become U+FFFD.
    """
    # Most texts need no search, which takes longer.
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _HIDDEN.sub("", text))


def show_invisible(text: str) -> str:
    """Return a text with the escapes of Python for controls and direction marks.

    Lone surrogates, which UTF-8 cannot encode, are escapes as well.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub(_format_escape, _HIDDEN.sub(_format_escape, text))


def _format_escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def join_lines(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(strip_invisible(text).split())


def escape_markdown(text: str) -> str:
    """Return a text on one line that Markdown shows as text, also in a table."""
    return _MARKDOWN.sub(r"\\\1", join_lines(text))


def wrap_paragraph(text: str, width: int) -> list[str]:
    """Return the lines of a text; long lines are wrapped, except tables and code.

    Args:
        text: Text of a document.
        width: The maximum length of a line. A longer word is not broken.
    """
    # Late: the command line, which shows no documentation, starts with this module.
    import textwrap

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

    if len(lines) == 1:
        return lines
    return textwrap.dedent("\n".join(lines)).split("\n")


def format_docstring(text: str, indent: int) -> str:
    """Return a docstring; empty for an empty text.

    Args:
        text: Text of a document.
        indent: The indentation, in spaces.
    """
    lines = wrap_paragraph(text, LINE_WIDTH - indent)
    body = "\n".join(lines).strip()
    if not body:
        return ""

    body = body.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    # A quote next to the delimiter would end the docstring early, or start it late.
    if body.startswith('"'):
        body = "\\" + body
    if body.endswith('"') and "\n" not in body:
        body += " "

    pad = " " * indent
    first, *rest = body.split("\n")
    written = [f'{pad}"""{first}', *(f"{pad}{line}" if line else "" for line in rest)]
    return "\n".join([*written, f'{pad}"""']) if rest else f'{written[0]}"""'
