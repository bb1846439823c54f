"""The page of all diagnostics: each code with its cause and its remedy."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reference.markdown import GENERATED, format_code, format_table

TABLE = Path(__file__).with_name("diagnostics.toml")
_HEAD = """# Diagnostics

A diagnostic has a location, a level, a message, and a code. Help follows on the next line. Codes are stable, so that you
can filter by them.

| level | meaning |
|---|---|
| note | the generator made a choice for you |
| warning | part of the document was skipped; `--fail-on warning` makes the run fail |
| error | nothing was written |
"""


def read_diagnostics() -> dict[str, dict[str, dict[str, str]]]:
    """Return the rows by section and code; each has a `cause` and a `remedy`."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def format_diagnostics_page() -> str:
    """Return the page `reference/diagnostics.md`."""
    parts = [GENERATED, _HEAD]
    for section, codes in read_diagnostics().items():
        rows = [
            (format_code(code), row["cause"], row["remedy"])
            for code, row in sorted(codes.items())
        ]
        parts += [f"## {section}\n", format_table(("code", "cause", "remedy"), rows)]

    return "\n".join(parts)
