"""Path templates, such as `/customers/{id}/invoices`.

In: a path. Out: its placeholders, its fixed segments, or its form without names.

Source: OpenAPI 3.1.1 §4.8.8.2 (path templating).
"""

from __future__ import annotations

import re

# `runtime.parameters` fills in what this finds; a test compares the two expressions.
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


def find_placeholders(path: str) -> tuple[str, ...]:
    """Return the names between braces in a path template, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(path)))


def normalize_path(path: str) -> str:
    """Return a path without the names of its parameters: `/customers/{}`."""
    return PLACEHOLDER.sub("{}", path)


def list_fixed_segments(path: str) -> list[str]:
    """Return the segments of a path that have no placeholder."""
    return [each for each in path.split("/") if each and "{" not in each]
