"""The styles of parameters by location, and their defaults.

In: nothing. Out: the facts of OpenAPI 3.1.1 §4.8.12.2.2 (`style`, `explode`).
"""

from __future__ import annotations

from typing import Final

WHOLE_QUERY: Final = "querystring"
STYLES: Final = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form", "cookie"),
    WHOLE_QUERY: ("form",),
}
"""The styles of each location, the default first.

`querystring` and the style `cookie` are of OpenAPI 3.2.
"""
FORM_STYLE: Final = "form"
"""The default style of fields in a form (OpenAPI 3.1.1 §4.8.15.1.1)."""


def get_default_style(location: str) -> str:
    """Return the style of a parameter that declares none."""
    return STYLES[location][0]


def is_exploded_by_default(style: str) -> bool:
    """Return the value of `explode` for a parameter or a field that declares none."""
    return style == FORM_STYLE
