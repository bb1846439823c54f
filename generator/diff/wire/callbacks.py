"""Callbacks, compared: what they carry travels to the caller.

In: an operation of both versions. Out: edits, and tasks for the types.

Source: OpenAPI 3.0.3 §4.7.18 (Callback Object).
"""

from __future__ import annotations

from generator.api.model import Callback, Operation
from generator.diff.rules.rule_key import Change, RuleKey
from generator.diff.wire import messages
from generator.diff.wire.diff_state import DiffState
from generator.diff.wire.edits import EditLocation, SchemaContext


def compare_callbacks(
    comparison: DiffState, old: Operation, new: Operation, node: int
) -> None:
    """Compare the callbacks of an operation."""
    before = {each.key: each for each in old.callbacks}
    after = {each.key: each for each in new.callbacks}
    for name in dict.fromkeys((*before, *after)):
        first, second = before.get(name), after.get(name)
        what = f"the callback `{name}` of {new.key}"
        context = SchemaContext(node, "response", "body", what)
        where = EditLocation(
            f"{new.key} callback {name}",
            name,
            old.about.origin if first is None else first.about.origin,
            new.about.origin if second is None else second.about.origin,
        )
        if first is None or second is None:
            change: Change = "added" if first is None else "removed"
            key = RuleKey("response", "callback", "itself", change)
            comparison.add_rule_edit(context, key, where)
        else:
            _compare_bodies(comparison, first, second, where, context)


def _compare_bodies(
    comparison: DiffState,
    old: Callback,
    new: Callback,
    where: EditLocation,
    context: SchemaContext,
) -> None:
    if old.body is not None and new.body is not None:
        messages.compare_contents(comparison, old.body, new.body, where, context)
    elif old.body is not new.body:
        change: Change = "added" if old.body is None else "removed"
        key = RuleKey("response", "callback-body", "itself", change)
        comparison.add_rule_edit(context, key, where)
