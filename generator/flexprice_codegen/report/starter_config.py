"""A first configuration file, for people to read and change.

In: a document, its output directory, and examples from the document. Out: the text of
`flexprice-codegen.toml`, which explains its keys.
"""

from __future__ import annotations

import json

from flexprice_codegen.emit.python_text import join_lines
from flexprice_codegen.frozen_values import frozen_value

_HEAD = """\
# The clients that flexprice-codegen generates in this repository. `flexprice-codegen
# generate` writes them, `flexprice-codegen check` exits with 1 if one is out of date.
# Paths are relative to the directory of this file.
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
        tags: Tags of the document; likewise `operation` and `events`.
        is_selected: Whether tags and events are selected, and not only examples.
        class_name: The name of the client's class; empty for that of the document.
        secret: The environment variable for the secret of a webhook endpoint; empty if
            it is not known.
    """

    spec: str
    source: str = ""
    overlay: str = ""
    output: str
    package: str
    name: str
    tags: tuple[str, ...] = ("Customers",)
    operation: str = "GET /customers/*"
    events: tuple[str, ...] = ("customer.created",)
    is_selected: bool = False
    class_name: str = ""
    secret: str = ""


def format_starter_config(beginning: StarterConfig) -> str:
    """Return the text of a first configuration file."""
    overlay = beginning.overlay or _get_overlay_path(beginning.spec)
    mark = "" if beginning.overlay else "# "
    selected = "" if beginning.is_selected else "# "
    lines = [
        _HEAD,
        "[[client]]",
        f"name = {_quote_toml(beginning.name)}  # for --client and in messages",
        f"spec = {_quote_toml(beginning.spec)}",
        f"{mark}overlay = {_quote_toml(overlay)}  # corrections to the document",
        f"output = {_quote_toml(beginning.output)}  # the directory of the package",
        f"package = {_quote_toml(beginning.package)}  # its import path",
        *_list_class_lines(beginning),
        'formats = ["uuid", "duration"]  # typed as UUID and timedelta',
        "# docstrings = false  # omit descriptions of the document",
        "# request-options = true  # add `request_options=` to each method",
        '# inputs = "both"  # take typed dicts as well as classes',
        "# testing = true  # add a module for tests without a network",
        "# recording = true  # add a module that records exchanges, for `conform`",
        "",
        "# Without these keys, everything is generated; `*` and `?` are wildcards.",
        f"{selected}tags = [{_quote_all(beginning.tags)}]",
        f"# operations = [{_quote_toml(beginning.operation)}]  # or operation IDs",
        f"{selected}events = [{_quote_all(beginning.events)}]",
        *_list_secret_lines(beginning),
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


def _list_class_lines(beginning: StarterConfig) -> list[str]:
    """Return the line for the class of the client, if its name is known."""
    if not beginning.class_name:
        return []
    return [f"class = {_quote_toml(beginning.class_name)}"]


def _list_secret_lines(beginning: StarterConfig) -> list[str]:
    """Return the lines about the secret of a webhook endpoint, if it is known."""
    if not beginning.secret:
        return []
    call = f'WebhookRouter(secret=os.environ["{beginning.secret}"])'
    return [
        "",
        "# Deliveries are verified with the secret of the endpoint:",
        f"# {call}",
    ]


def _quote_all(texts: tuple[str, ...]) -> str:
    return ", ".join(map(_quote_toml, texts))


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
