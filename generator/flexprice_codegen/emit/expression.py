"""Python code with its imports: the values that templates print.

In: names of libraries, of the client and of its runtime. Out: `Expression` values.
Their imports are values too, so that no code has to search a text for names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from flexprice_codegen.frozen_values import frozen_value

Home: TypeAlias = Literal["library", "client", "runtime"]


@frozen_value(order=True)
class ImportedName:
    """A name that a generated module imports.

    `module` is the dotted path in its home: of a library (`typing`), of the client
    (`resources.customers`; empty for the package itself), or of the runtime
    (`operation`). An empty name imports the module itself.
    """

    home: Home
    module: str
    name: str = ""


# One value for all, because most expressions need none.
NO_IMPORTS: frozenset[ImportedName] = frozenset()


@frozen_value
class Expression:
    """Python code on one line, with its imports."""

    text: str
    imports: frozenset[ImportedName] = NO_IMPORTS

    def __str__(self) -> str:
        return self.text


def import_expression(name: ImportedName) -> Expression:
    """Return an imported name as an expression."""
    return Expression(name.name, frozenset({name}))


def join_expressions(separator: str, parts: Iterable[Expression]) -> Expression:
    """Return expressions joined by a separator, with the imports of all."""
    parts = tuple(parts)
    text = separator.join(part.text for part in parts)
    return Expression(text, collect_imports(parts))


def collect_imports(parts: Iterable[Expression]) -> frozenset[ImportedName]:
    """Return the imports of some expressions."""
    return NO_IMPORTS.union(*(part.imports for part in parts))


def wrap_expression(before: str, inner: Expression, after: str) -> Expression:
    """Return an expression with text before and after it."""
    return Expression(f"{before}{inner.text}{after}", inner.imports)


def call_expression(
    function: Expression,
    *arguments: Expression,
    keywords: Mapping[str, Expression] | None = None,
) -> Expression:
    """Return the call of a function.

    Args:
        function: The function.
        arguments: Positional arguments.
        keywords: Keyword arguments, in order.
    """
    named = [
        wrap_expression(f"{name}=", value, "")
        for name, value in (keywords or {}).items()
    ]
    content = join_expressions(", ", (*arguments, *named))
    return Expression(
        f"{function.text}({content.text})", function.imports | content.imports
    )


def dict_expression(pairs: Iterable[tuple[str, Expression]]) -> Expression:
    """Return a dictionary; its keys are Python code, not strings."""
    items = [wrap_expression(f"{key}: ", value, "") for key, value in pairs]
    return wrap_expression("{", join_expressions(", ", items), "}")


def tuple_expression(items: Iterable[Expression]) -> Expression:
    """Return a tuple, with a comma if it has one item."""
    items = tuple(items)
    end = ",)" if len(items) == 1 else ")"
    return wrap_expression("(", join_expressions(", ", items), end)
