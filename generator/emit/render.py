"""Rendering: the only place that knows Jinja.

In: the name of a template and its values. Out: text. Templates stand in `templates/` at
the top of the repository, and in `generator/_templates` in an installed package.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.surface.python import literal

_PACKAGE = Path(__file__).resolve().parent.parent


def templates_folder() -> Path:
    """Give the folder of the templates."""
    installed = _PACKAGE / "_templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def render(template: str, **values: object) -> str:
    """Render a template; a value that it names and does not get is an error."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Python is written, not HTML; filters quote
    )
    environment.filters["literal"] = literal
    return environment


def generator_digest() -> str:
    """Give a digest of all that decides what is written: this program and its templates."""
    folder = templates_folder()
    paths = [each for each in _PACKAGE.rglob("*.py") if "_templates" not in each.parts]
    paths += [each for each in folder.rglob("*") if each.is_file()]
    digest = sha256()
    for path in sorted(
        paths, key=lambda each: each.relative_to(_base(each, folder)).as_posix()
    ):
        digest.update(path.relative_to(_base(path, folder)).as_posix().encode() + b"\0")
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _base(path: Path, folder: Path) -> Path:
    return folder if path.is_relative_to(folder) else _PACKAGE
