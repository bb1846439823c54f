"""Idempotency keys in the code and the docstrings of methods.

In: the `IdempotencyKey` of a method. Out: its expression for the runtime, and sentences
for a docstring.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flexprice_codegen.emit.expression import (
    Expression,
    ImportedName,
    call_expression,
    dict_expression,
    import_expression,
)
from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.surface.model import IdempotencyKey
from flexprice_codegen.surface.python_types import format_literal

KEY_ARGUMENT_TEXT: Final = "The `error.idempotency_key` of a call, to repeat it."
_KEY_FIELDS = import_expression(ImportedName("runtime", "idempotency", "KeyFields"))


def format_key(key: IdempotencyKey) -> Expression:
    """Return a `KeyFields` expression: the fields that make a retry safe."""
    fields = dict_expression(
        (format_literal(field.path), Expression(format_literal(field.filling)))
        for field in key.fields
    )
    unless = {"unless": Expression(format_literal(key.unless))} if key.unless else {}
    return call_expression(_KEY_FIELDS, fields, keywords=unless)


def describe_key(key: IdempotencyKey) -> str:
    """Return sentences about when a retry is safe, and what the client does for it."""
    if not key.fields:
        return "A retry is safe: the server recognizes a repeated call by its content."

    first, *rest = [f"`{join_lines(each.path)}`" for each in key.fields]
    said = f"A retry is safe only if {first} is sent."
    if rest:
        said = (
            f"A retry is safe only if all of {_join_names([first, *rest])} are sent: {first} "
            f"without {_join_names(rest)} is not an idempotency key."
        )

    them = "them" if rest else "it"
    if key.fields[0].filling == "caller":
        return f"{said} The client does not fill {them} in."

    omitted = "fills in those that the body omits"
    said += f" The client {omitted if rest else 'fills it in if the body omits it'}."
    if not key.unless:
        return said

    unless = join_lines(key.unless)
    return f"{said} With `{unless}`, it neither fills {them} in nor retries."


def _join_names(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
