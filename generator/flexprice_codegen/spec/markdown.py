"""OpenAPI documents in a page of documentation.

In: the `SourceText` of a page in Markdown. Out: a `SourceText` for each fenced code
block that holds an OpenAPI document, with the locations of the page. The fences are
those of CommonMark 0.31 (§4.5).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from flexprice_codegen.diagnostics import build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.source_text import SourceText

# At most three spaces before a fence: with four it is an indented code block.
_FENCE = re.compile(
    r"(?P<indent> {0,3})(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>.*)", re.DOTALL
)
# Of a code block that can be a document; many have none.
_LANGUAGES = frozenset({"", "yaml", "yml", "json"})
# The key has no indentation, so that `openapi:` in a nested object does not count.
_YAML_KEY = re.compile(
    r"^(?:openapi|'openapi'|\"openapi\"|swagger|'swagger'|\"swagger\")[ \t]*:",
    re.MULTILINE,
)
# For a block that is not valid JSON; the parser then reports its errors.
_JSON_KEY = re.compile(r"[\"']?(?:openapi|swagger)[\"']?\s*:")
_KEYS = ("openapi", "swagger")


@frozen_value
class _Line:
    """A line of the page and its offset."""

    number: int
    offset: int
    body: str


@frozen_value
class _Fence:
    """The line that opens a block."""

    line: _Line
    indent: int
    mark: str
    language: str


def extract_documents(page: SourceText) -> tuple[SourceText, ...]:
    """Return the fenced blocks that are OpenAPI documents.

    A block counts if its language is YAML, JSON or omitted, and if `openapi` or
    `swagger` is a key of its root.

    Raises:
        DiagnosticError: `truncated`, if a block with a document has no closing fence.
    """
    return tuple(block for block in _iter_blocks(page) if _is_document(block.body))


def _iter_blocks(page: SourceText) -> Iterator[SourceText]:
    """Yield the content of each fenced block whose language a document may have."""
    opened: _Fence | None = None
    content: list[_Line] = []

    for line in _iter_lines(page):
        if opened is None:
            opened = _parse_opening_fence(line)
            content = []
        elif not _is_closing_fence(line, opened):
            content.append(line)
        else:
            if opened.language in _LANGUAGES:
                yield _extract_content(page, opened, content)
            opened = None

    if opened is None or opened.language not in _LANGUAGES:
        return
    rest = _extract_content(page, opened, content)
    if _is_document(rest.body):
        raise build_error(
            "truncated",
            "unexpected end of page in the code block that starts at "
            f"{page.get_location(opened.line.offset)}",
            at=page.get_end_location(),
            hint=f"download the page again; {opened.mark} must close the block",
        )


def _iter_lines(page: SourceText) -> Iterator[_Line]:
    offset = 0
    for number, body in enumerate(page.body.split("\n")):
        yield _Line(number, offset, body)
        offset += len(body) + 1


def _parse_opening_fence(line: _Line) -> _Fence | None:
    """Parse a line as the opening fence of a block; return None for another line."""
    found = _FENCE.fullmatch(line.body)
    # The info string after backticks holds no backtick, so inline code is not a fence.
    if found is None or (found["fence"][0] == "`" and "`" in found["info"]):
        return None

    words = str(found["info"]).split()
    language = words[0].lower() if words else ""
    return _Fence(line, len(found["indent"]), found["fence"], language)


def _is_closing_fence(line: _Line, opened: _Fence) -> bool:
    """Return whether a line closes the block: as many marks or more, nothing else."""
    found = _FENCE.fullmatch(line.body)
    return (
        found is not None
        and found["fence"].startswith(opened.mark)
        and not found["info"].strip()
    )


def _extract_content(
    page: SourceText, opened: _Fence, content: list[_Line]
) -> SourceText:
    """Return the lines of a block without the indentation of its fence."""
    spaces = [len(line.body) - len(line.body.lstrip(" ")) for line in content]
    removed = tuple(min(opened.indent, each) for each in spaces)
    return SourceText(
        file=page.file,
        body="\n".join(
            line.body[cut:] for line, cut in zip(content, removed, strict=True)
        ),
        first_line=page.first_line + opened.line.number + 1,
        removed=removed,
    )


def _is_document(body: str) -> bool:
    """Return whether a block is meant to be an OpenAPI document."""
    if not body.lstrip().startswith("{"):
        return _YAML_KEY.search(body) is not None

    try:
        root = json.loads(body)
    except (ValueError, RecursionError):
        # Documents on pages are often cut, or have comments.
        return _JSON_KEY.search(body) is not None
    return isinstance(root, dict) and any(key in root for key in _KEYS)
