"""A first configuration file, for people to read and change.

In: a document, its output directory, and examples from the document. Out: the text of
`flexprice-codegen.toml`, which explains its keys.
"""

from __future__ import annotations

import json

from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.frozen_values import frozen_value

_HEAD = """\
# The clients in this repository that flexprice-codegen makes. `flexprice-codegen generate`
# makes them, `flexprice-codegen check` tells whether they are as made. Paths count from
# the folder of this file.
"""
_SOURCE = """\
# Where the document comes from; `flexprice-codegen pull` fetches it.
"""
_HEADERS = """\
# headers = {Authorization = "Bearer $TOKEN"}  # from the environment, where it is private
"""


@frozen_value(kw_only=True)
class StarterConfig:
    """The values of a first configuration file.

    Attributes:
        spec: The document, as a path from the configuration file.
        source: The address to fetch it from; empty for a document that is on the disk.
        overlay: Its overlay; empty if there is none yet.
        output: The directory of the package.
        package: Its dotted import path.
        name: The name of the client.
        tag: A tag of the document, as an example; likewise `operation` and `event`.
    """

    spec: str
    source: str = ""
    overlay: str = ""
    output: str
    package: str
    name: str
    tag: str = "Customers"
    operation: str = "GET /customers/*"
    event: str = "customer.created"


def format_starter_config(beginning: StarterConfig) -> str:
    """Return the text of a first configuration file."""
    overlay = beginning.overlay or _get_overlay_path(beginning.spec)
    mark = "" if beginning.overlay else "# "
    lines = [
        _HEAD,
        "[[client]]",
        f"name = {_quote_toml(beginning.name)}  # for --client and in messages",
        f"spec = {_quote_toml(beginning.spec)}",
        f"{mark}overlay = {_quote_toml(overlay)}  # corrections of the document",
        f"output = {_quote_toml(beginning.output)}  # the folder of the package itself",
        f"package = {_quote_toml(beginning.package)}  # its import path",
        "# docstrings = false  # leaves the document's prose out",
        "# testing = true  # adds a module for tests without a network",
        "# recording = true  # adds a module that records exchanges, for `conform`",
        "",
        "# Everything in the document is taken, unless one of these says what is; `*` stands",
        "# for anything.",
        f"# tags = [{_quote_toml(beginning.tag)}]",
        f"# operations = [{_quote_toml(beginning.operation)}]  # or ids",
        f"# events = [{_quote_toml(beginning.event)}]",
        "",
    ]

    if beginning.source:
        lines += [
            f"{_SOURCE}[[spec]]",
            f"path = {_quote_toml(beginning.spec)}",
            f"from = {_quote_toml(beginning.source)}",
            _HEADERS,
        ]

    return "\n".join(lines)


def _get_overlay_path(spec: str) -> str:
    """Return the usual name of the overlay of a document."""
    stem, dot, suffix = spec.rpartition(".")
    return (
        f"{stem}.overlay.yaml" if dot and "/" not in suffix else f"{spec}.overlay.yaml"
    )


def _quote_toml(text: str) -> str:
    """Return a basic string of TOML (TOML 1.0, § string)."""
    # JSON strings are TOML strings, except DEL and surrogates, which `join_lines`
    # removes.
    return json.dumps(join_lines(text), ensure_ascii=False)
