"""Every location, style, explode and kind of value, against another's RFC 6570.

OpenAPI defines its styles by templates of RFC 6570 (3.1.1, appendix C). The library
`uri_template` expands them; what OpenAPI adds to the RFC is put together from single
expansions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
from support.documents import document
from support.generated import Generator
from support.loopback import Loopback, Received
from support.values import Value
from uri_template import expand


class Cell(NamedTuple):
    """A way to declare a parameter."""

    location: str
    style: str
    explode: bool
    reserved: bool = False

    @property
    def name(self) -> str:
        """The name of the operation with this parameter."""
        words = (self.location, self.style.lower())
        flags = ("exploded",) * self.explode + ("reserved",) * self.reserved
        return "_".join((*words, *flags))


CELLS = [
    *(
        Cell("path", style, explode)
        for style in ("simple", "label", "matrix")
        for explode in (False, True)
    ),
    *(
        Cell("query", style, explode)
        for style in ("form", "spaceDelimited", "pipeDelimited")
        for explode in (False, True)
    ),
    Cell("query", "deepObject", explode=True),
    Cell("query", "form", explode=False, reserved=True),
    *(Cell("header", "simple", explode) for explode in (False, True)),
    *(Cell("cookie", "form", explode) for explode in (False, True)),
]
VALUES: list[Any] = [
    "blue",
    "",
    "a b/c?d=e&f;g,h.i%2F#[j]!'()*@:$+~_-|",
    "é€😀",
    True,
    False,
    7,
    -1,
    7.0,
    1.5,
    ["blue"],
    ["blue", "a b&c", "é"],
    ["", "x"],
    [1, 2.5, True],
    [],
    {"R": "100", "G": "a b&c"},
    {"é k": "v", "n": 1},
    {"R": "", "G": "x"},
    {"R": None, "G": "x"},
    {"R": None},
    {},
]
Send = Callable[[Cell, Value], Received]
REFUSED = "expected a value other than"


def defined(value: Value) -> Value:
    """Return a value without what is undefined (RFC 6570, section 2.3): None if all is."""
    match value:
        case dict():
            return {
                key: each for key, each in value.items() if each is not None
            } or None
        case list():
            return value or None
        case float() if value.is_integer():
            return int(value)  # the same number, which every reader takes
        case _:
            return value


def expanded(template: str, value: Value) -> str:
    """Expand a template for the parameter `p`."""
    return expand(template, p=defined(value)) or ""


def list_parts(value: Value) -> list[str]:
    """Return the members of an object or the elements of a list, each by itself."""
    given = defined(value) or []
    if isinstance(given, dict):
        given = [part for pair in given.items() for part in pair]
    return [expanded("{p}", each) for each in given]


def has_empty_part(value: Value) -> bool:
    """Return whether a value, an element or a member is an empty string."""
    parts = value.values() if isinstance(value, dict) else value
    return "" in parts if isinstance(value, dict | list) else value == ""


def expected(cell: Cell, value: Value) -> str:
    """Return what is sent: a path, a query, or the text of a header or cookie."""
    star = "*" if cell.explode else ""
    has_parts = isinstance(value, list | dict)
    match cell:
        case Cell(location="path", style=style):
            sign = {"simple": "", "label": ".", "matrix": ";"}[style]
            return expanded(f"{{{sign}p{star}}}", value)
        case Cell(location="header"):
            return unquote(expanded(f"{{p{star}}}", value))
        case Cell(location="cookie"):
            pairs = expanded(f"{{?p{star}}}", value).removeprefix("?")
            return "; ".join(map(unquote, pairs.split("&"))) if pairs else ""
        case Cell(style="deepObject") if has_parts:
            given = defined(value) or {}
            named = (
                [(f"p[{key}]", each) for key, each in given.items()]
                if isinstance(given, dict)
                else [("p[]", each) for each in given]
            )
            return "&".join(
                f"{expanded('{p}', name)}={expanded('{p}', each)}"
                for name, each in named
            )
        case Cell(reserved=True):
            kept = expanded("{+p}", value)
            # The RFC would let these end the member, or the query.
            for each in "&=+#[]":
                kept = kept.replace(each, expanded("{p}", each))
            return "" if defined(value) is None else f"p={kept}"
        case Cell(style="spaceDelimited" | "pipeDelimited", explode=False) if has_parts:
            separator = "%20" if cell.style == "spaceDelimited" else "%7C"
            parts = list_parts(value)
            return f"p={separator.join(parts)}" if parts else ""
        case _:
            return expanded(f"{{?p{star}}}", value).removeprefix("?")


def read(cell: Cell, received: Received) -> str:
    """Return what came: the counterpart of `expected`."""
    match cell.location:
        case "path":
            return received.path.rpartition("/")[2]
        case "query":
            return received.query
        case "header":
            return received.headers.get("p", "")
        case _:
            return unquote(received.headers.get("cookie", ""))


def declare(cell: Cell) -> dict[str, Any]:
    """Return the path item of a cell."""
    parameter = {
        "name": "p",
        "in": cell.location,
        "required": True,
        "style": cell.style,
        "explode": cell.explode,
        "allowReserved": cell.reserved,
        "schema": {},
    }
    operation = {
        "operationId": cell.name,
        "tags": ["cells"],
        "parameters": [parameter],
        "responses": {"204": {"description": "Done."}},
    }
    end = "/{p}" if cell.location == "path" else ""
    return {f"/{cell.name}{end}": {"get": operation}}


@pytest.fixture(scope="module")
def send(generated: Generator) -> Iterator[Send]:
    """Yield the function that calls the method of a cell, and returns the request."""
    paths = {path: item for cell in CELLS for path, item in declare(cell).items()}
    api = generated(document(paths))
    with Loopback() as server, api.client(base_url=server.url) as client:

        def sent(cell: Cell, value: Value) -> Received:
            getattr(client.cells, cell.name)(p=value)
            return server.last

        yield sent


GIVEN = [
    (cell, value)
    for cell in CELLS
    for value in VALUES
    # `uri_template` writes `;p=` there, against section 3.2.7.
    if not (cell == Cell("path", "matrix", explode=True) and has_empty_part(value))
]


@pytest.mark.parametrize(
    ("cell", "value"),
    GIVEN,
    ids=[f"{cell.name}-{json.dumps(value)}" for cell, value in GIVEN],
)
def test_a_cell_is_what_the_rfc_says(cell: Cell, value: Value, send: Send) -> None:
    wanted = expected(cell, value)
    if cell.location == "path" and wanted in {"", ".", ".."}:
        with pytest.raises(ValueError, match=REFUSED):
            send(cell, value)
    elif cell.location == "header" and not wanted.isascii():
        with pytest.raises(ValueError, match="a letter outside of ASCII"):
            send(cell, value)
    else:
        assert read(cell, send(cell, value)) == wanted


@pytest.mark.parametrize(
    "cell",
    [each for each in CELLS if each.location != "path"],
    ids=lambda each: each.name,
)
def test_a_value_that_was_not_given_is_not_sent(cell: Cell, send: Send) -> None:
    assert read(cell, send(cell, None)) == ""
