"""The finding that a rule of the Python side makes.

In: the key of a rule, a place, a sentence. Out: a `Finding` with the level and the
reasons of its rule.
"""

from __future__ import annotations

from dataclasses import replace

from flexprice_codegen.api.types import Default
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.diff.finding import AffectedParts, Finding, shorten_value
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.rules_by_key import get_rule
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.python_types import (
    PyType,
    format_literal,
    format_type,
    list_model_names,
)

_SOURCE = frozenset({Side.SOURCE})
_NOWHERE = AffectedParts()


@frozen_value(kw_only=True)
class PythonLocation:
    """A place in Python, where the document speaks of it, and what it is a part of."""

    python: str
    old: Origin | None = None
    new: Origin | None = None
    affected: AffectedParts = _NOWHERE


@frozen_value
class PythonText:
    """A piece of Python as reports show it, and the classes that it names."""

    text: str
    classes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


_NOTHING = PythonText("")


def show_type(type_: PyType, name: str = "", default: str = "") -> PythonText:
    """Return an annotation as reports show it, with what it annotates if that is named.

    Args:
        type_: The type.
        name: The field or keyword that has the type.
        default: What the field or keyword has where it is not given.
    """
    start = f"{name}: " if name else ""
    end = f" = {default}" if default else ""
    return PythonText(f"{start}{format_type(type_)}{end}", list_model_names(type_))


def show_class(name: str) -> PythonText:
    """Return the name of a class as reports show it."""
    return PythonText(name, (name,))


def create_finding(
    key: RuleKey,
    location: PythonLocation,
    message: str,
    *,
    before: PythonText | str = _NOTHING,
    after: PythonText | str = _NOTHING,
) -> Finding:
    """Create the finding of a rule.

    Args:
        key: The rule, which gives level, reason and advice.
        location: Where it is.
        message: What has happened, as one sentence without its period.
        before: What Python saw, empty where there was nothing; a plain text names no
            class.
        after: The same of what it sees now.

    Raises:
        KeyError: It is not a rule about Python.
    """
    rule = get_rule(key)
    return Finding(
        key=key,
        level=rule.level,
        sides=_SOURCE,
        path=location.python,
        python=location.python,
        subject=f"`{location.python}`",
        message=message,
        why=rule.why,
        fix=rule.fix,
        before=shorten_value(str(before)),
        after=shorten_value(str(after)),
        classes_before=_list_classes(before),
        classes_after=_list_classes(after),
        affected=location.affected,
        old=location.old,
        new=location.new,
    )


def _list_classes(shown: PythonText | str) -> tuple[str, ...]:
    return shown.classes if isinstance(shown, PythonText) else ()


def override_level(finding: Finding, level: Severity | None) -> Finding:
    """Return a finding with another level than its rule has, if there is one."""
    return finding if level is None else replace(finding, level=level)


def format_default(default: Default | None) -> str:
    """Return a default as Python writes it, nothing where there is none."""
    return "" if default is None else format_literal(default.value)
