"""The overlays that come with this version, and their copies."""

from __future__ import annotations

from pathlib import Path

import yaml

from flexprice_codegen.cli.arguments import build_parser
from flexprice_codegen.vendor.known_apis import (
    KNOWN_APIS,
    find_copied_api,
    read_delivered_overlay,
)

API = KNOWN_APIS["flexprice"]


def test_no_new_document_breaks_anyone_by_a_delivered_overlay() -> None:
    """An action that matches nothing is no error; the tests of it here are strict."""
    for api in KNOWN_APIS.values():
        actions = yaml.safe_load(read_delivered_overlay(api))["actions"]
        assert all(each.get("x-optional") is True for each in actions)


def test_a_copy_is_known_by_its_first_line() -> None:
    text = read_delivered_overlay(API)
    assert find_copied_api(text) is API
    assert find_copied_api(text + "# mine\n") is API
    assert find_copied_api("# mine\n" + text) is None


def test_the_command_line_knows_the_names() -> None:
    options = build_parser().commands["init"].format_help()
    assert all(name in options for name in KNOWN_APIS)
    assert Path(API.overlay).name.endswith(".overlay.yaml")
