"""Python code with the imports that it needs: the values that templates print.

In: names of the libraries, of the client and of its runtime. Out: `Expression`, whose
text is code and whose imports are values, so that nobody has to look for them in text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Home: TypeAlias = Literal["library", "client", "runtime"]


@dataclass(frozen=True, slots=True, order=True)
class ImportedName:
    """A name that a generated module imports.

    `module` is the dotted path in its home: of a library (`typing`), of the client
    (`resources.customers`; empty for the package itself), or of the runtime
    (`operation`). Without a name the module itself is imported.
    """

    home: Home
    module: str
    name: str = ""


NO_IMPORTS: frozenset[ImportedName] = frozenset()


@dataclass(frozen=True, slots=True)
class Expression:
    """Code of one line, and what it imports."""

    text: str
    imports: frozenset[ImportedName] = NO_IMPORTS

    def __str__(self) -> str:
        return self.text


def import_expression(name: ImportedName) -> Expression:
    """Return an imported name as an expression."""
    return Expression(name.name, frozenset({name}))


def join_expressions(separator: str, parts: Iterable[Expression]) -> Expression:
    """Return expressions with a separator between them."""
    parts = tuple(parts)
    text = separator.join(part.text for part in parts)
    return Expression(text, collect_imports(parts))


def collect_imports(parts: Iterable[Expression]) -> frozenset[ImportedName]:
    """Return all that some expressions import."""
    return NO_IMPORTS.union(*(part.imports for part in parts))


def wrap_expression(before: str, inner: Expression, after: str) -> Expression:
    """Return an expression with text around it."""
    return Expression(f"{before}{inner.text}{after}", inner.imports)


def call_expression(
    function: Expression,
    *arguments: Expression,
    keywords: Mapping[str, Expression] | None = None,
) -> Expression:
    """Return the call of a function."""
    named = [
        wrap_expression(f"{name}=", value, "")
        for name, value in (keywords or {}).items()
    ]
    content = join_expressions(", ", (*arguments, *named))
    return Expression(
        f"{function.text}({content.text})", function.imports | content.imports
    )


def dict_expression(pairs: Iterable[tuple[str, Expression]]) -> Expression:
    """Return a dictionary; the keys are code, too."""
    items = [wrap_expression(f"{key}: ", value, "") for key, value in pairs]
    return wrap_expression("{", join_expressions(", ", items), "}")


def tuple_expression(items: Iterable[Expression]) -> Expression:
    """Return a tuple."""
    items = tuple(items)
    end = ",)" if len(items) == 1 else ")"
    return wrap_expression("(", join_expressions(", ", items), end)
