"""What the tests of behaviour share: made clients, and a server to call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.generated import Generator, Named, create_generator, named
from support.values import Value

from flexprice_codegen.surface.model import AssignedName


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    """Return the function that makes a client of a document and imports it."""
    return create_generator(tmp_path_factory, "clients")


@pytest.fixture
def names_of(tmp_path: Path) -> Callable[..., Named]:
    """Return the function that names everything of a document, and prints nothing."""

    def names(
        spec: str | dict[str, Value], earlier: tuple[AssignedName, ...] = ()
    ) -> Named:
        return named(tmp_path, spec, earlier)

    return names
