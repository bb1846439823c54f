"""What the tests of reading YAML share: both of the loaders."""

from __future__ import annotations

from functools import partial

import pytest
from support.yaml_texts import Read, read_yaml

from flexprice_codegen.spec.yaml_nodes import LOADERS


@pytest.fixture(params=range(len(LOADERS)), ids=lambda index: f"loader-{index}")
def read(request: pytest.FixtureRequest) -> Read:
    """Return the reader over libyaml, and the one in pure Python."""
    return partial(read_yaml, loader=request.param)
