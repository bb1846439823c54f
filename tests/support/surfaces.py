"""What Python sees of a small document, before anything is printed.

In: paths and schemas. Out: the `Surface` and the diagnostics; the names of an earlier
one are kept, as with a lock file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import Method, Surface
from flexprice_codegen.surface.previous_names import PreviousNames
from support.documents import document, read_api


class NamedClient(NamedTuple):
    """A surface, and the codes of the diagnostics about it."""

    surface: Surface
    codes: list[str]

    def list_classes(self) -> list[str]:
        """Return the names of the models."""
        return [model.name for model in self.surface.models]

    def list_aliases(self) -> list[tuple[str, str]]:
        """Return the deprecated aliases with the current names."""
        return [(each.old, each.new) for each in self.surface.deprecated_aliases]

    def list_methods(self) -> list[str]:
        """Return the methods, each after its resource."""
        return [
            f"{resource.name}.{method.name}"
            for resource in self.surface.resources
            for method in resource.methods
        ]

    def get_method(self) -> Method:
        """Return the only method."""
        ((method,),) = (resource.methods for resource in self.surface.resources)
        return method


def build_client(
    paths: Mapping[str, Any],
    schemas: Mapping[str, Any] | None = None,
    before: NamedClient | None = None,
    version: str = "3.1.0",
) -> NamedClient:
    """Build the surface of a document.

    Args:
        paths: Its paths.
        schemas: Its component schemas.
        before: The client of an earlier version.
        version: The version of OpenAPI.
    """
    previous = PreviousNames()
    if before is not None:
        previous = PreviousNames(
            before.surface.names, before.surface.deprecated_aliases
        )

    sink = DiagnosticSink()
    api = read_api(document(paths, schemas, openapi=version), sink)
    surface = build_surface(api, previous, sink)
    return NamedClient(surface, [each.code for each in sink.diagnostics])
