# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Forms; a client has this module only if it sends one.

In: a dataclass or a dict of fields. Out: `application/x-www-form-urlencoded`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import partial
from typing import Any, cast
from urllib.parse import quote

from msgspec import UNSET

from .encoding import wire_members
from .operation import Body
from .parameters import Styles
from .styles import Arrays, Nested


def form_body(
    value: object, styles: Styles | None = None, arrays: Arrays | None = None
) -> Body:
    """Write a body as `application/x-www-form-urlencoded`; None sends no body.

    `styles` are by wire name. Without one, a list is several fields of one name, or as
    `arrays` says.
    """
    if value is None:
        return Body()
    usual = Nested(arrays=arrays)
    escape = partial(quote, safe="")
    found: list[str] = []
    for name, each in form_fields(value).items():
        style = (styles or {}).get(name, usual)
        found += map("=".join, style.pairs(name, each, escape))
    return Body("application/x-www-form-urlencoded", "&".join(found).encode())


def form_fields(value: object) -> dict[str, Any]:
    """Return the fields of a form by wire name, without those that are not given."""
    if is_dataclass(value) and not isinstance(value, type):
        given: Mapping[str, Any] = wire_members(value, "body")
    elif isinstance(value, Mapping):
        given = cast("Mapping[str, Any]", value)
    else:
        kind = type(value).__name__
        raise TypeError(f"body: expected an object or a dict, got {kind}")
    return {k: v for k, v in given.items() if v is not None and v is not UNSET}
