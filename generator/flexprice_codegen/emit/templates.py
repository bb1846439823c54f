"""The location of the templates.

In: nothing. Out: `templates/` at the top of the repository, or
`flexprice_codegen/_templates` in an installed package.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def get_templates_directory() -> Path:
    """Return the directory of the templates."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "templates"
