# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Cookies; a client has this module only if a parameter or a credential is one.

In: values by wire name. Out: requests with them, behind the cookies that are there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

import httpx2

from .operation import Operation
from .parameters import Values, pairs

Addition: TypeAlias = Callable[[httpx2.Request], None]
IN_COOKIE: Final = "!#$&'()*+-./:<=>?@[]^_`{|}~"


def cookies(operation: Operation[Any], values: Values) -> tuple[Addition, ...]:
    """Return what adds the cookies of a call to its request."""
    written = [*pairs("cookie", values, operation.styles, IN_COOKIE)]
    names = [each.partition("=")[0] for each in written]

    def add(request: httpx2.Request) -> None:
        add_cookies(request, names, lambda: "; ".join(written))

    return (add,) if written else ()


def add_cookies(
    request: httpx2.Request, names: Iterable[str], text: Callable[[], str]
) -> None:
    """Add what a function returns to the cookies; those of an `http_client` stay."""
    pattern = rf"(^|; )({'|'.join(map(re.escape, names))})=[^;]*"
    request.headers["cookie"] = (
        f"{re.sub(pattern, '', request.headers.get('cookie', ''))}; {text()}"
    ).lstrip("; ")
