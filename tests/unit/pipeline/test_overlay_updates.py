"""An upgrade offers its overlay, and applies nothing."""

from __future__ import annotations

from pathlib import Path

from flexprice_codegen.config import Client
from flexprice_codegen.diagnostics import Level
from flexprice_codegen.pipeline.overlay_updates import find_overlay_updates
from flexprice_codegen.vendor.known_apis import KNOWN_APIS, read_delivered_overlay

OVERLAY = read_delivered_overlay(KNOWN_APIS["flexprice"])


def notes(folder: Path, text: str | None) -> list[str]:
    """Return the messages for a client with an overlay of this text."""
    if text is not None:
        (folder / "a.overlay.yaml").write_bytes(text.encode())
    client = Client(
        name="c", spec=("a.yaml",), output="c", package="c", overlay=("a.overlay.yaml",)
    )
    found = list(find_overlay_updates(client, folder))
    assert all(each.level is Level.NOTE for each in found)
    return [each.message for each in found]


def test_a_copy_that_differs_is_a_note(tmp_path: Path) -> None:
    (message,) = notes(tmp_path, OVERLAY + "# mine\n")
    assert message.startswith("a.overlay.yaml differs from the overlay of Flexprice")


def test_nothing_is_said_of_the_same_text_or_of_other_overlays(tmp_path: Path) -> None:
    assert not notes(tmp_path, None)
    assert not notes(tmp_path, OVERLAY)
    assert not notes(tmp_path, OVERLAY.replace("\n", "\r\n"))
    assert not notes(tmp_path, "overlay: 1.0.0\n")
