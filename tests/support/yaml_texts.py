"""YAML texts read as the generator reads them, by either of its loaders."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.limits import Limits
from flexprice_codegen.spec.nodes import Json
from flexprice_codegen.spec.source_text import SourceText
from flexprice_codegen.spec.yaml_nodes import LOADERS, compose_yaml
from flexprice_codegen.spec.yaml_text import build_value

Read: TypeAlias = Callable[[str], Json]


def read_yaml(body: str, loader: int = 0, limits: Limits | None = None) -> Json:
    """Return the value of a text, read by one of the loaders."""
    text = SourceText("api.yaml", body)
    bounds = limits or Limits()
    return build_value(text, compose_yaml(text, bounds, LOADERS[loader]), bounds)


def get_refusal(read: Read, body: str) -> tuple[str, str]:
    """Return the code and the place of a refusal."""
    with pytest.raises(DiagnosticError) as caught:
        read(body)
    (fault,) = caught.value.diagnostics
    assert fault.help
    return fault.code, str(fault.location)
