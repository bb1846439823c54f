"""What the path of an output may look like.

In: a path as an option or a configuration file writes it. Out: the one way to write the
same path, by which everything else is decided. This is only about the text of a path;
`vendor.paths` looks at what is on the disk.
"""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

_CONTROLS = frozenset(map(chr, (*range(32), 127)))
_GIT = frozenset({".git", "git~1"})
"""Git's own directory, also as Windows shortens its name."""


def normalize_output(text: str, kind: type[PurePath] = PurePath) -> str:
    """Return a path without `.`, `..` after a name, and doubled or closing slashes.

    `build/../client` is `client`: whether `build` exists, and what it is, plays no part.

    Args:
        text: The path as it was written.
        kind: The kind of paths of this system; it says what separates directories.

    Raises:
        ValueError: No directory of this system can be meant; it says what was expected.
    """
    _check_characters(text)
    pure = kind(text)
    if pure.drive and not pure.root:
        raise ValueError("a path without a drive, or with a `/` after it")
    if "\\" in pure.as_posix():
        raise ValueError("`/` between directories")

    parts = pure.parts[1:] if pure.anchor else pure.parts
    if isinstance(pure, PureWindowsPath) and ":" in "".join(parts):
        raise ValueError("a path without `:` in its names")

    names: list[str] = []
    for part in parts:
        if part != "..":
            _check_name(part)
            names.append(part)
        elif names and names[-1] != "..":
            names.pop()
        elif not pure.root:
            names.append(part)
    # Two slashes at the start mean something of its own in POSIX, and nothing to users.
    anchor = "/" if pure.anchor == "//" else pure.anchor
    return kind(anchor, *names).as_posix()


def _check_characters(text: str) -> None:
    """Raise `ValueError` for what no path of a repository holds."""
    if not _CONTROLS.isdisjoint(text):
        raise ValueError("a path without control characters")
    if text.startswith("~"):
        raise ValueError("a path without `~`, which only a shell expands")


def _check_name(name: str) -> None:
    """Raise `ValueError` for a name that git or Windows reads as something else."""
    if is_git_directory(name):
        raise ValueError("a path outside of `.git`")
    if name.endswith((".", " ")):
        raise ValueError("names that do not end in a dot or a space")


def is_git_directory(name: str) -> bool:
    """Return whether a name is that of git's own directory, in any case."""
    return name.casefold() in _GIT


def is_inside(path: str) -> bool:
    """Return whether a path with forward slashes stays in its directory everywhere.

    It is relative, has no drive, stream or backslash, does not climb, and holds no name
    that Windows shortens or that git keeps to itself.
    """
    pure = PurePosixPath(path)
    if pure.is_absolute() or not pure.parts or set("\\:\0") & set(path):
        return False
    return not any(
        part.endswith((".", " ")) or is_git_directory(part) for part in pure.parts
    )
