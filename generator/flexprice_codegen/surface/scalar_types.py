"""The Python types of formats: one row for each format that is not plain `str`.

In: the formats that the user chose. Out: the names of types, and the modules that they
are imported from. The client's codec has to know each of them: a new row also needs
`runtime/shapes.py` and `runtime/samples.py`, unless the type is there already.

Source: OpenAPI format registry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class ScalarRow(NamedTuple):
    """A format, and the type of its values; `module` is empty for a builtin type."""

    format: str
    type: str
    module: str = ""
    is_number: bool = False
    """Whether JSON numbers can have the format as well."""
    is_optional: bool = False
    """Whether only the option `formats` gives the type, a class of the runtime."""


SCALAR_ROWS = (
    ScalarRow("date-time", "datetime", "datetime"),
    ScalarRow("date", "date", "datetime"),
    ScalarRow("time", "time", "datetime"),
    ScalarRow("decimal", "Decimal", "decimal", is_number=True),
    ScalarRow("byte", "bytes"),
    ScalarRow("uuid", "UUID", "spelled", is_optional=True),
    ScalarRow("duration", "timedelta", "spelled", is_optional=True),
)

STRING_FORMATS = {row.format: row.type for row in SCALAR_ROWS if not row.is_optional}
"""The types of strings by format, without options."""
OPTIONAL_FORMATS = {row.format: row.type for row in SCALAR_ROWS if row.is_optional}
"""The types of strings by format that the option `formats` gives."""
NUMBER_FORMATS = {row.format: row.type for row in SCALAR_ROWS if row.is_number}
"""The types of numbers by format."""
SCALAR_MODULES = {
    row.type: row.module for row in SCALAR_ROWS if row.module and not row.is_optional
}
"""The modules of the standard library that generated code has to import types from."""
OPTIONAL_MODULES = {row.type: row.module for row in SCALAR_ROWS if row.is_optional}
"""The modules of the runtime that generated code has to import types from."""


def get_string_formats(chosen: Iterable[str]) -> Mapping[str, str]:
    """Return the types of strings by format, with those that the user chose."""
    return {**STRING_FORMATS, **{each: OPTIONAL_FORMATS[each] for each in chosen}}
