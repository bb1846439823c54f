"""What happened to the batches of a method.

In: the method as it was and as it is. Out: findings about its hint `batch`, where they
matter to code that uses `batching.Batch`.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.findings import PythonLocation, create_finding
from flexprice_codegen.surface.batching import Batching
from flexprice_codegen.surface.model import Method

_ADDED = RuleKey("none", "method", "batch", "added")
_REMOVED = RuleKey("none", "method", "batch", "removed")
_NARROWED = RuleKey("none", "method", "batch", "narrowed")
_WIDENED = RuleKey("none", "method", "batch", "widened")


def compare_batches(
    old: Method, new: Method, location: PythonLocation
) -> Iterator[Finding]:
    """Yield what happened to the batches of a method.

    Args:
        old: The method as it was.
        new: The method as it is.
        location: The place of the method.
    """
    if old.batching is None and new.batching is None:
        return
    if new.batching is None:
        message = f"`{location.python}` no longer accepts items in batches"
        yield create_finding(_REMOVED, location, message)
    elif old.batching is None:
        message = f"`{location.python}` now accepts items in batches"
        yield create_finding(_ADDED, location, message)
    else:
        yield from _compare_limits(old.batching, new.batching, location)


def _compare_limits(
    old: Batching, new: Batching, location: PythonLocation
) -> Iterator[Finding]:
    before = _list_limits(old)
    after = _list_limits(new)
    names = [name for name in before if before[name] != after[name]]
    narrowed = [name for name in names if after[name] < before[name]]
    widened = [name for name in names if after[name] > before[name]]
    start = f"the batches of `{location.python}` accept"
    for key, verb, changed in (
        (_NARROWED, "less", narrowed),
        (_WIDENED, "more", widened),
    ):
        if changed:
            yield create_finding(
                key,
                location,
                f"{start} {verb}",
                before=", ".join(f"{name} {before[name]}" for name in changed),
                after=", ".join(f"{name} {after[name]}" for name in changed),
            )


def _list_limits(batching: Batching) -> dict[str, int]:
    """Return what batches accept, by a name of the hint; more of it accepts more."""
    return {
        "size": batching.size,
        "max-bytes": batching.max_bytes,
        "spool": batching.spool,
    }
