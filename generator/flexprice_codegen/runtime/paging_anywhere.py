# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Pages for an API whose responses have their lists in several places.

In: a method of a client. Out: see `paging`; only a list in `items` has a type.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar, cast, overload

from . import paging
from .paging import AsyncPages, Page, Pages, Progress

P = ParamSpec("P")
T = TypeVar("T")


@overload
def paged(
    method: Callable[P, Coroutine[Any, Any, Page[T] | list[T]]],
    size: int | None = None,
    progress: Progress = None,
) -> Callable[P, AsyncPages[T]]: ...
@overload
def paged(
    method: Callable[P, Page[T] | list[T]],
    size: int | None = None,
    progress: Progress = None,
) -> Callable[P, Pages[T]]: ...
@overload
def paged(
    method: Callable[P, object], size: int | None = None, progress: Progress = None
) -> Callable[P, Any]: ...
def paged(method: Any, size: int | None = None, progress: Progress = None) -> Any:
    """Return a method that gives all items, as `paging.paged` does."""
    # No overload of it takes every method.
    make_pages = cast("Any", paging.paged)
    return make_pages(method, size, progress)
