# Copied from flexprice-codegen's runtime; do not edit.
# SPDX-License-Identifier: 0BSD
"""Hints that are written as texts, so that no model loads before it is used.

In: `"list[Customer]"` and the package of the models. Out: the hint itself.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Final, Literal, get_type_hints

from .shapes import Hint

_NAME = re.compile(r"[A-Za-z_]\w*")
_KNOWN: Final[dict[str, Hint]] = {"Any": Any, "Literal": Literal} | {
    each.__name__: each for each in (date, datetime, time, timedelta, Decimal)
}


@cache
def resolve(text: str, models: str, package: str) -> Hint:
    """Read a hint; names are the standard ones, else those of the module `models`.

    `models` is relative to `package`.
    """

    def holder() -> None: ...

    holder.__annotations__ = {"hint": text}
    module = import_module(models, package)
    names = [each for each in _NAME.findall(text) if each not in _KNOWN]
    found = {each: getattr(module, each) for each in names if hasattr(module, each)}
    return get_type_hints(holder, {}, _KNOWN | found)["hint"]
