"""The Python types of formats: one row for each format that is not plain `str`.

In: nothing. Out: the names of types, and the modules of the standard library that they
are imported from. The client's codec has to know each of them: a new row also needs
`runtime/shapes.py` and `runtime/samples.py`, unless the type is there already.

Source: OpenAPI format registry.
"""

from __future__ import annotations

from typing import NamedTuple


class ScalarRow(NamedTuple):
    """A format, and the type of its values; `module` is empty for a builtin type."""

    format: str
    type: str
    module: str = ""
    is_number: bool = False
    """Whether JSON numbers can have the format as well."""


SCALAR_ROWS = (
    ScalarRow("date-time", "datetime", "datetime"),
    ScalarRow("date", "date", "datetime"),
    ScalarRow("time", "time", "datetime"),
    ScalarRow("decimal", "Decimal", "decimal", is_number=True),
    ScalarRow("byte", "bytes"),
)

STRING_FORMATS = {row.format: row.type for row in SCALAR_ROWS}
"""The types of strings by format."""
NUMBER_FORMATS = {row.format: row.type for row in SCALAR_ROWS if row.is_number}
"""The types of numbers by format."""
SCALAR_MODULES = {row.type: row.module for row in SCALAR_ROWS if row.module}
"""The modules of types that generated code has to import."""
