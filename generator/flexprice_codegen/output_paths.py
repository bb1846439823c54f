"""The text of output paths.

In: a path from an option or a configuration file. Out: its normalized form, which all
other code uses. Only the text counts here; `vendor.paths` checks the disk.
"""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

# No path of a user has them, and terminals act on them.
_CONTROLS = frozenset(map(chr, (*range(32), 127)))
_GIT = frozenset({".git", "git~1"})
"""Git's own directory, also as Windows shortens its name."""


def normalize_output(text: str, kind: type[PurePath] = PurePath) -> str:
    """Return a path without `.`, `..` after a name, and doubled or final slashes.

    `build/../client` is `client`, whether or not `build` exists.

    Args:
        text: The path as the user wrote it.
        kind: The path class of this system, which knows its separators.

    Raises:
        ValueError: The path cannot be a directory of this system. The text is what was
            expected.
    """
    _check_characters(text)
    pure = kind(text)
    # `C:client` is relative to the working directory of drive C.
    if pure.drive and not pure.root:
        raise ValueError("a path without a drive, or with a `/` after it")
    if "\\" in pure.as_posix():
        raise ValueError("`/` between directories")

    parts = pure.parts[1:] if pure.anchor else pure.parts
    # On NTFS, `client:x` is an alternate data stream of `client`.
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
    # POSIX lets systems define two slashes at the start; users only mistype them.
    anchor = "/" if pure.anchor == "//" else pure.anchor
    return kind(anchor, *names).as_posix()


def _check_characters(text: str) -> None:
    """Raise `ValueError` for characters that no path of a repository has."""
    if not _CONTROLS.isdisjoint(text):
        raise ValueError("a path without control characters")
    if text.startswith("~"):
        raise ValueError("a path without `~`, which only a shell expands")


def _check_name(name: str) -> None:
    """Raise `ValueError` for a name that git or Windows reads as another name."""
    if is_git_directory(name):
        raise ValueError("a path outside of `.git`")
    # Windows removes dots and spaces at the end of a name.
    if name.endswith((".", " ")):
        raise ValueError("names that do not end in a dot or a space")


def is_git_directory(name: str) -> bool:
    """Return whether a name is that of git's own directory, in any case."""
    return name.casefold() in _GIT


def is_inside(path: str) -> bool:
    """Return whether a path with forward slashes stays in its directory on any system.

    It is relative, has no drive, stream or backslash, and no `..`. No name in it is
    changed by Windows or reserved by git.
    """
    pure = PurePosixPath(path)
    if pure.is_absolute() or not pure.parts or set("\\:\0") & set(path):
        return False
    return not any(
        part.endswith((".", " ")) or is_git_directory(part) for part in pure.parts
    )
