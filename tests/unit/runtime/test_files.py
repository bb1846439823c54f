"""Media types of files: the first that fits."""

from __future__ import annotations

import io

import pytest

from flexprice_codegen.runtime.files import fitting_type, own_name


@pytest.mark.parametrize(
    ("declared", "file_name", "media_type"),
    [
        ((), "a.png", "image/png"),
        ((), "upload", "application/octet-stream"),
        (("image/png",), "upload", "image/png"),
        (("image/png",), "a.gif", "image/png"),
        (("image/png", "image/gif"), "a.gif", "image/gif"),
        (("image/png", "image/gif"), "upload", "image/png"),
        (("image/*",), "a.gif", "image/gif"),
        (("image/*",), "upload", "application/octet-stream"),
        (("image/*", "text/csv"), "upload", "text/csv"),
        (("image/png; q=1",), "a.png", "image/png; q=1"),
        (("*/*",), "a.gif", "image/gif"),
    ],
)
def test_the_first_that_fits_is_taken(
    declared: tuple[str, ...], file_name: str, media_type: str
) -> None:
    assert fitting_type(declared, file_name) == media_type


def test_only_an_open_file_has_a_name_of_its_own() -> None:
    file = io.BytesIO()
    assert own_name(file) == own_name(b"") == ""
    file.name = r"C:\pictures\a.png"
    assert own_name(file) == "a.png"
    file.name = "/pictures/b.png"
    assert own_name(file) == "b.png"
