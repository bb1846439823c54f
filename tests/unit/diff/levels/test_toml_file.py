"""The TOML files of `diff`, with the places of their keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation
from flexprice_codegen.diff.levels.toml_file import read_toml

TEXT = """\
# The rules.
[[ignore]]
  "rule" = "a"
[[ ignore ]]
rule = 'b'
"""


def test_keys_and_headers_have_their_places(tmp_path: Path) -> None:
    path = tmp_path / "ignore.toml"
    path.write_text(f"\ufeff{TEXT}", encoding="utf-8")
    found = read_toml(str(path))
    name = path.as_posix()
    assert [each["rule"] for each in found.table["ignore"]] == ["a", "b"]
    assert found.find_headers("ignore") == [2, 4]
    assert found.locate_key("rule") == FileLocation(name, 3, 4)
    assert found.locate_key("rule", 4) == FileLocation(name, 5, 1)
    assert found.locate_key("reason", 2, 3) == FileLocation(name, 2, 1)


def test_a_fault_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "ignore.toml"
    path.write_text("a = 1\nb = \n")
    with pytest.raises(DiagnosticError) as raised:
        read_toml(str(path))
    (said,) = raised.value.diagnostics
    assert said.code == "invalid-toml"
    assert str(said.location).endswith("ignore.toml:2:5")


@pytest.mark.parametrize("data", [None, b"a = '\xff'"])
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "ignore.toml"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DiagnosticError, match="cannot read"):
        read_toml(str(path))
