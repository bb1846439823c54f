"""The program: write every generated page of `docs/`, or check that they are up to date.

Usage: `python -m reference` writes; `python -m reference --check` exits with 1 and names
the pages that differ.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from reference.commands import format_commands_page
from reference.configuration import format_configuration_page
from reference.diagnostics import format_diagnostics_page
from reference.home import format_home_page
from reference.picture import format_picture

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
PAGES: Mapping[str, Callable[[], str]] = {
    "assets/terminal.svg": format_picture,
    "index.md": format_home_page,
    "reference/commands.md": format_commands_page,
    "reference/configuration.md": format_configuration_page,
    "reference/diagnostics.md": format_diagnostics_page,
}


def list_outdated_pages() -> list[str]:
    """Return the names of the pages that differ from what the code gives."""
    return [name for name, build in PAGES.items() if _read(name) != build()]


def main() -> int:
    """Run the program, and return its exit code."""
    parser = argparse.ArgumentParser(prog="reference", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    arguments = parser.parse_args()

    outdated = list_outdated_pages()
    for name in outdated:
        state = "out of date" if arguments.check else "written"
        sys.stdout.write(f"docs/{name}: {state}\n")
        if not arguments.check:
            (DOCS / name).write_text(PAGES[name](), encoding="utf-8")

    return 1 if arguments.check and outdated else 0


def _read(name: str) -> str:
    path = DOCS / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    raise SystemExit(main())
