"""Reading the actions of an overlay."""

from __future__ import annotations

import pytest

from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.spec.overlay import (
    apply_actions,
)
from flexprice_codegen.spec.overlay_file import read_overlay
from flexprice_codegen.spec.sources import Source


def test_an_overlay_may_be_yaml() -> None:
    body = """
overlay: 1.0.0
info: {title: t, version: 1}
actions:
  - target: $.a
    description: A reason.
    x-why: free
    update: {b: on, c: 1.10}
"""
    actions = read_overlay(Source("overlay.yaml", body.encode()))
    assert apply_actions({"a": {}}, actions).data == {"a": {"b": "on", "c": 1.1}}
    assert str(actions[0].at) == "overlay.yaml:5:5"


def test_all_faults_of_an_overlay_are_told_at_once() -> None:
    body = "overlay: 3\nactions: [1, {target: x}, {target: $.a, update: 1, oh: 2}]"
    with pytest.raises(DiagnosticError) as caught:
        read_overlay(Source("overlay.yaml", body.encode()))
    assert len(caught.value.diagnostics) == 6
