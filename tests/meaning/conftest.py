"""What the tests of meaning share: made clients."""

from __future__ import annotations

import pytest
from support.generated import Generator, create_generator


@pytest.fixture(scope="session")
def generator(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    """Return the function that makes a client of a document and imports it."""
    return create_generator(tmp_path_factory, "meaning")
