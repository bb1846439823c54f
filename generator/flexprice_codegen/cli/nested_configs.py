"""The configuration files below a directory, as a repository of several projects has them.

In: a directory. Out: the paths of its configuration files. Directories that hold no
projects of the repository are skipped: hidden ones, and those of installed packages.
"""

from __future__ import annotations

import os
from pathlib import Path

from flexprice_codegen.config import find_config_in_directory

# They hold the files of others, and often very many.
_SKIPPED = frozenset({"node_modules", "site-packages", "venv", "__pycache__"})


def find_nested_configs(top: Path) -> tuple[Path, ...]:
    """Return the configuration files below a directory, sorted.

    Links to directories are not followed, because they can lead in a circle.

    Raises:
        DiagnosticError: A `pyproject.toml` cannot be read.
    """
    found = []
    for folder, names, _ in os.walk(top):
        names[:] = sorted(
            name for name in names if name not in _SKIPPED and not name.startswith(".")
        )
        config = find_config_in_directory(Path(folder))
        if config is not None:
            found.append(config)
    return tuple(found)
