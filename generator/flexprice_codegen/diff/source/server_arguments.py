"""What happened to the arguments of the client for server variables.

In: two `Surface`s. Out: findings about arguments that came, went, got another name, or
accept other values. What happened to the URLs themselves is the wire's.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.findings import PythonLocation, create_finding
from flexprice_codegen.surface.model import ServerVariable, Surface

_ADDED = RuleKey("none", "server-argument", "itself", "added")
_REMOVED = RuleKey("none", "server-argument", "itself", "removed")
_RENAMED = RuleKey("none", "server-argument", "itself", "renamed")
_NARROWED = RuleKey("none", "server-argument", "type", "narrowed")
_WIDENED = RuleKey("none", "server-argument", "type", "widened")


def compare_server_arguments(old: Surface, new: Surface) -> Iterator[Finding]:
    """Yield what happened to the arguments for server variables.

    Args:
        old: The client as its callers know it.
        new: The client of the newer version.
    """
    before = {variable.wire: variable for variable in old.server_variables}
    after = {variable.wire: variable for variable in new.server_variables}
    for wire, variable in before.items():
        location = _locate_argument(old, variable)
        if wire in after:
            yield from _compare_argument(location, variable, after[wire])
            continue
        yield create_finding(
            _REMOVED,
            location,
            f"`{location.python}` was removed",
            before=variable.keyword,
        )

    for wire, variable in after.items():
        if wire not in before:
            location = _locate_argument(new, variable)
            yield create_finding(
                _ADDED,
                location,
                f"`{location.python}` was added",
                after=variable.keyword,
            )


def _locate_argument(surface: Surface, variable: ServerVariable) -> PythonLocation:
    return PythonLocation(python=f"{surface.client}({variable.keyword})")


def _compare_argument(
    location: PythonLocation, old: ServerVariable, new: ServerVariable
) -> Iterator[Finding]:
    """Yield what happened to one argument: its name, and the values that it accepts."""
    if old.keyword != new.keyword:
        yield create_finding(
            _RENAMED,
            location,
            f"`{location.python}` was renamed to `{new.keyword}`",
            before=old.keyword,
            after=new.keyword,
        )
    if set(old.values) == set(new.values):
        return

    before = _show_values(old)
    after = _show_values(new)
    is_wider = not new.values or (old.values and set(old.values) < set(new.values))
    yield create_finding(
        _WIDENED if is_wider else _NARROWED,
        location,
        f"`{location.python}` accepts {after} instead of {before}",
        before=before,
        after=after,
    )


def _show_values(variable: ServerVariable) -> str:
    """Return the values of an argument; without a list, it accepts any string."""
    return ", ".join(variable.values) or "any string"
