"""Copies of an overlay that comes with this version, and that differ from it.

In: a client. Out: notes. A copy belongs to its repository, so nothing is applied here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import Diagnostic, Level
from flexprice_codegen.vendor.directory import read_file
from flexprice_codegen.vendor.known_apis import (
    KNOWN_APIS,
    find_copied_api,
    read_delivered_overlay,
)


def find_overlay_updates(client: Client, base: Path) -> Iterator[Diagnostic]:
    """Yield a note for each overlay that this version has in another form.

    Args:
        client: The client.
        base: The directory that its paths start from.
    """
    for path in client.overlay:
        data = read_file(base / path)
        text = (data or b"").decode("utf-8", "replace").replace("\r\n", "\n")
        api = find_copied_api(text)
        if api is None or text == read_delivered_overlay(api):
            continue
        name = next(name for name, each in KNOWN_APIS.items() if each is api)
        yield Diagnostic(
            code="overlay-update",
            level=Level.NOTE,
            message=f"{path} differs from the overlay of {api.title} in this version",
            help=f"`flexprice-codegen init --api {name} --diff` shows how; your own "
            "actions can be in a second overlay",
        )
