"""Versions of this distribution, compared as PEP 440 says.

In: versions and requirements as text. Out: whether one is newer, or fits.
"""

from __future__ import annotations

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


def is_newer(version: str, other: str) -> bool:
    """Return whether a version is newer than another one.

    Raises:
        ValueError: One of them is not a version.
    """
    try:
        return Version(version) > Version(other)
    except InvalidVersion as error:
        raise ValueError(f"expected a version, got {version!r}") from error


def fits_requirement(version: str, requirement: str) -> bool:
    """Return whether a version fits a requirement such as `>=0.4,<0.5`.

    Raises:
        ValueError: The requirement is invalid.
    """
    try:
        # Who runs a pre-release has chosen it.
        return SpecifierSet(requirement).contains(version, prereleases=True)
    except InvalidSpecifier as error:
        raise ValueError("a version specifier, such as '>=0.4,<0.5'") from error
