"""Versions of this distribution and what is required of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.config import read_config
from flexprice_codegen.diagnostics import DiagnosticError
from flexprice_codegen.versions import fits_requirement, is_newer


@pytest.mark.parametrize(
    ("version", "other", "expected"),
    [
        ("0.10.0", "0.9.9", True),
        ("0.4.0", "0.4.0", False),
        ("0.4", "0.4.0", False),
        ("0.4.0rc1", "0.4.0", False),
        ("0.4.0.post1", "0.4.0", True),
    ],
)
def test_versions_have_an_order(version: str, other: str, *, expected: bool) -> None:
    assert is_newer(version, other) is expected


def test_what_is_no_version_has_none() -> None:
    with pytest.raises(ValueError, match="expected a version, got 'new'"):
        is_newer("new", "1")


def test_a_pre_release_fits_a_requirement() -> None:
    assert fits_requirement("0.5.0rc1", ">=0.4")
    assert not fits_requirement("0.5.0", ">=0.4,<0.5")
    with pytest.raises(ValueError, match="version specifier"):
        fits_requirement("0.5.0", "0.4 or so")


CLIENT = '[[client]]\nspec = "a.yaml"\noutput = "c"\n'


@pytest.mark.parametrize("requirement", [">=0.1", "~=0.1", ">=0.1,<100"])
def test_a_version_that_fits(tmp_path: Path, requirement: str) -> None:
    path = tmp_path / "flexprice-codegen.toml"
    path.write_text(f'required-version = "{requirement}"\n{CLIENT}')
    assert read_config(path).clients


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ('">=99"', "required-version", "the configuration requires '>=99'"),
        ('"new"', "config-value", "expected a version specifier, such as '>=0.4,<0.5'"),
        ("1", "config-value", "`required-version`: expected a string, got 1"),
    ],
)
def test_another_version_is_an_error_at_its_place(
    tmp_path: Path, value: str, code: str, message: str
) -> None:
    path = tmp_path / "flexprice-codegen.toml"
    path.write_text(f"\nrequired-version = {value}\n{CLIENT}")
    with pytest.raises(DiagnosticError) as caught:
        read_config(path)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == code
    assert message in diagnostic.message
    assert str(diagnostic.location) == f"{path.as_posix()}:2:1"
