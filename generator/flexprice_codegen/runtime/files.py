# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Names and media types of files that are sent.

In: a file, its name, and the media types that the document allows. Out: the one to send.
"""

from __future__ import annotations

from collections.abc import Sequence
from mimetypes import guess_type
from typing import Any


def own_name(content: Any) -> str:
    """Return the name of an open file without its folder; empty if it has none."""
    name = getattr(content, "name", None)
    return name.replace("\\", "/").rpartition("/")[2] if isinstance(name, str) else ""


def fitting_type(declared: Sequence[str], file_name: str) -> str:
    """Return a media type for a file: that of its name, if the document allows it.

    Else the first that the document names. A range such as `image/*` allows what it
    covers, and is never sent itself.
    """
    guessed = guess_type(file_name)[0] or "application/octet-stream"
    fitting = [each for each in declared if _covers_type(each, guessed)]
    concrete = [each for each in fitting or declared if "*" not in each]
    return concrete[0] if concrete else guessed


def _covers_type(declared: str, media_type: str) -> bool:
    main, _, sub = declared.partition(";")[0].strip().lower().partition("/")
    own_main, _, own_sub = media_type.partition("/")
    return main in ("*", own_main) and sub in ("*", own_sub)
