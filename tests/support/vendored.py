"""Clients made of small documents by the command, and imported.

In: the text of an OpenAPI document and of an overlay. Out: the package.
"""

from __future__ import annotations

import importlib
import itertools
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from flexprice_codegen.cli.main import main
from flexprice_codegen.runtime.shapes import Value

_NUMBERS = itertools.count(1)


def vendored(
    folder: Path, document: Mapping[str, Value], overlay: str = "", *options: str
) -> ModuleType:
    """Make the client of a document below a folder, and import it."""
    name = f"vendored_{next(_NUMBERS)}"
    spec, corrections = folder / f"{name}.json", folder / f"{name}.yaml"
    spec.write_text(json.dumps(document), encoding="utf-8")
    command = ["generate", str(spec), "--output", str(folder / name), *options]
    if overlay:
        corrections.write_text(overlay, encoding="utf-8")
        command += ["--overlay", str(corrections)]
    assert main(command) == 0
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    importlib.import_module(f"{name}.models")
    return importlib.import_module(name)


def document(
    paths: Mapping[str, Value], schemas: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """Give a document with these paths and schemas."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://shop.example"}],
        "paths": dict(paths),
        "components": {"schemas": dict(schemas or {})},
    }


def operation(
    name: str,
    answer: Mapping[str, Value] | None = None,
    body: Mapping[str, Value] | None = None,
    **more: Value,
) -> dict[str, Value]:
    """Give an operation of the tag `things`, with JSON both ways."""
    found: dict[str, Value] = {"operationId": name, "tags": ["things"], **more}
    content = {"application/json": {"schema": answer}} if answer else {}
    found["responses"] = {"200": {"description": "Done.", "content": content}}
    if body is not None:
        sent = {"content": {"application/json": {"schema": body}}}
        found["requestBody"] = {"required": True, **sent}
    return found


def ref(name: str) -> dict[str, str]:
    """Refer to a schema."""
    return {"$ref": f"#/components/schemas/{name}"}
