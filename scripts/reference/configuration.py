"""The page of the configuration file, from the model that reads it."""

from __future__ import annotations

import dataclasses

from flexprice_codegen import config
from reference.markdown import GENERATED, format_code, format_table

_HEAD = """# Configuration

`flexprice-codegen.toml`, or the table `[tool.flexprice-codegen]` of `pyproject.toml`. The nearest file in the current
directory or above is used. Paths count from its directory. An unknown key is an error with a suggestion.
"""
_EXAMPLE = """## Example

```toml
[[client]]
spec = "specs/flexprice.yaml"
overlay = "specs/flexprice.overlay.yaml"
output = "src/billing/flexprice_client"
package = "billing.flexprice_client"
tags = ["Customers"]
operations = ["createInvoice", "GET /plans*"]
events = ["customer.*"]

[[spec]]
path = "specs/flexprice.yaml"
from = "https://docs.example.com/openapi.yaml"
headers = {Authorization = "Bearer $DOCS_TOKEN"}
```
"""
_CLIENT = {
    "name": "Name of the client, for `--client`",
    "spec": "OpenAPI document, or a list of documents that are merged",
    "output": "Directory of the package",
    "package": "Import path of the package. Only texts use it.",
    "class": "Name of the client class",
    "env_prefix": "Prefix of the environment variables",
    "formats": "Formats of strings to read as Python types: `uuid` as `UUID`, `duration` as `timedelta`",
    "overlay": "OpenAPI Overlay, or a list of overlays that are applied in order",
    "request-options": "Give each method the keyword argument `request_options`",
    "inputs": "What methods take as a request body: `dataclass`, or `both` classes and typed dicts",
    "docstrings": "Copy descriptions from the document into docstrings",
    "testing": "Add a `testing` module with a fake transport",
    "recording": "Add a `recording` module that records traffic for `conform`",
    "agents": "Add an `AGENTS.md` with rules and tables for coding agents",
    "tags": "Generate only operations with these tags; `*` and `?` are wildcards",
    "operations": "Generate only these operations: operation IDs or `METHOD /path`, with wildcards",
    "events": "Generate only these webhook events, with wildcards",
    "runtime": "Directory of a shared runtime, relative to `output`",
}
_SPEC = {
    "path": "File that `pull` writes",
    "from": "https URL, or `git:REV:PATH`",
    "headers": "Request headers; `$NAME` is the value of an environment variable",
    "pages": "Paths of the pages that hold documents, with `*`, if `from` is an index of pages",
}
_TYPES = {
    "bool": "Boolean",
    "str": "string",
    "Inputs": "string",
    "tuple[str, ...]": "string or list of strings",
    "Mapping[str, str]": "table of strings",
}
# What the reader of the file does if a required field is missing, or a default is empty.
_DEFAULTS = {
    "name": "name of the output directory",
    "package": "name of the output directory",
    "class": "from the lock file, else from the title of the document",
    "env_prefix": "from the lock file, else from the class name",
    "tags": "all",
    "operations": "all",
    "events": "all",
    "runtime": "an own copy",
    "inputs": format_code("dataclass"),
    "formats": "none",
    "overlay": "none",
    "headers": "none",
    "pages": "none",
}


def format_configuration_page() -> str:
    """Return the page `reference/configuration.md`."""
    return "\n".join(
        (
            GENERATED,
            _HEAD,
            "## `[[client]]`\n",
            _format_keys(config.CLIENT_KEYS, _CLIENT, _list_client_fields()),
            "## `[[spec]]`\n",
            "`flexprice-codegen pull` downloads these documents.\n",
            _format_keys(config.SPEC_KEYS, _SPEC, _list_source_fields()),
            _EXAMPLE,
        )
    )


def _list_client_fields() -> dict[str, dataclasses.Field[object]]:
    """Return the fields of the model by the keys of a `[[client]]` table."""
    keys = {field: key for key, field in config.OPTION_KEYS.items()}
    keys["request_options"] = "request-options"
    models = (config.Client, config.Selection, config.PythonOptions)
    fields = [field for model in models for field in dataclasses.fields(model)]
    return {keys.get(field.name, field.name): field for field in fields}


def _list_source_fields() -> dict[str, dataclasses.Field[object]]:
    """Return the fields of the model by the keys of a `[[spec]]` table."""
    fields = {field.name: field for field in dataclasses.fields(config.DocumentSource)}
    return {**fields, "from": fields["source"]}


def _format_keys(
    keys: tuple[str, ...],
    meanings: dict[str, str],
    fields: dict[str, dataclasses.Field[object]],
) -> str:
    """Return a table with a row for each key.

    Raises:
        KeyError: A key has no row here or no field in the model.
    """
    rows = [
        (
            format_code(key),
            _get_type(fields[key]),
            _get_default(key, fields[key]),
            meanings[key],
        )
        for key in keys
    ]
    return format_table(("key", "type", "default", "meaning"), rows)


def _get_type(field: dataclasses.Field[object]) -> str:
    # Annotations are postponed, so that a type is a string.
    return {"tuple[Pattern, ...]": "string or list of strings", **_TYPES}[
        str(field.type)
    ]


def _get_default(key: str, field: dataclasses.Field[object]) -> str:
    if isinstance(field.default, bool):
        return format_code(str(field.default).lower())

    return _DEFAULTS.get(key, "required")
