"""Callbacks, compared: what they carry travels to the caller.

In: an operation of both versions. Out: edits, and tasks for the types.

Source: OpenAPI 3.0.3 §4.7.18 (Callback Object).
"""

from __future__ import annotations

from flexprice_codegen.api.model import ApiOperation, Callback
from flexprice_codegen.diff.rules.rule_key import Change, RuleKey
from flexprice_codegen.diff.wire import messages
from flexprice_codegen.diff.wire.diff_state import DiffState
from flexprice_codegen.diff.wire.edits import EditLocation, SchemaContext


def compare_callbacks(
    state: DiffState, old: ApiOperation, new: ApiOperation, node: int
) -> None:
    """Compare the callbacks of an operation."""
    before = {callback.key: callback for callback in old.callbacks}
    after = {callback.key: callback for callback in new.callbacks}
    for name in dict.fromkeys((*before, *after)):
        first = before.get(name)
        second = after.get(name)
        # The server makes the request: who reads it is the caller of the operation, so
        # that it is weighed as a response is.
        subject = f"the callback `{name}` of {new.key}"
        context = SchemaContext(node, "response", "body", subject)
        location = EditLocation(
            f"{new.key} callback {name}",
            name,
            old.about.origin if first is None else first.about.origin,
            new.about.origin if second is None else second.about.origin,
        )
        if first is None or second is None:
            change: Change = "added" if first is None else "removed"
            key = RuleKey("response", "callback", "itself", change)
            state.add_rule_edit(context, key, location)
        else:
            _compare_bodies(state, first, second, location, context)


def _compare_bodies(
    state: DiffState,
    old: Callback,
    new: Callback,
    location: EditLocation,
    context: SchemaContext,
) -> None:
    if old.body is not None and new.body is not None:
        messages.compare_contents(state, old.body, new.body, location, context)
    elif old.body is not new.body:
        change: Change = "added" if old.body is None else "removed"
        key = RuleKey("response", "callback-body", "itself", change)
        state.add_rule_edit(context, key, location)
