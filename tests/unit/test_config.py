"""The configuration: what it says, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.config import find_config, read_config
from flexprice_codegen.diagnostics import DiagnosticError

GOOD = """
[[client]]
spec = ["specs/a.yaml", "specs/b.yaml"]
overlay = "specs/a.overlay.yaml"
output = "src/billing/flexprice_client"
docstrings = false
testing = true
inputs = "both"

[[client]]
name = "other"
spec = "specs/other.json"
output = "other_client"
package = "vendor.other_client"
"""


def written(tmp_path: Path, text: str, name: str = "flexprice-codegen.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_configuration_is_read(tmp_path: Path) -> None:
    config = read_config(written(tmp_path, GOOD))
    first, second = config.clients
    assert config.directory == tmp_path
    assert first.name == first.package == "flexprice_client"
    assert first.spec == ("specs/a.yaml", "specs/b.yaml")
    assert first.overlay == ("specs/a.overlay.yaml",)
    assert not first.docstrings
    assert first.testing
    assert (first.inputs, second.inputs) == ("both", "dataclass")
    assert not second.testing
    assert (second.name, second.package, second.docstrings) == (
        "other",
        "vendor.other_client",
        True,
    )


def test_the_nearest_configuration_upward_is_found(tmp_path: Path) -> None:
    deep = tmp_path / "src" / "billing"
    deep.mkdir(parents=True)
    assert find_config(deep) != tmp_path / "flexprice-codegen.toml"
    path = written(tmp_path, GOOD)
    assert find_config(deep) == path


def test_a_pyproject_counts_only_with_our_table(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    written(inner, "[project]\nname = 'x'\n", "pyproject.toml")
    outer = written(
        tmp_path,
        '[[tool.flexprice-codegen.client]]\nspec = "a.yaml"\noutput = "client"\n',
        "pyproject.toml",
    )
    assert find_config(inner) == outer
    assert read_config(outer).clients[0].output == "client"


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        (
            '[[client]]\nspecs = "a.yaml"\noutput = "c"\n',
            "2:1",
            "unknown key 'specs' in a client",
            "did you mean 'spec'?",
        ),
        (
            "\nclients = 1\n",
            "2:1",
            "unknown key 'clients' in the configuration",
            "'client'",
        ),
        (
            '[[client]]\nspec = "a.yaml"\n',
            "1:1",
            "`output`: expected a string, got nothing",
            "set output",
        ),
        (
            '[[client]]\noutput = "c"\nspec = 5\n',
            "3:1",
            "`spec`: expected a string or an array of strings, got 5",
            "an array of strings",
        ),
        (
            '[[client]]\noutput = "c"\nspec = "s"\ndocstrings = "no"\n',
            "4:1",
            "`docstrings`: expected true or false, got 'no'",
            "true or false",
        ),
        (
            '[[client]]\noutput = "c"\nspec = "s"\ninputs = "dict"\n',
            "4:1",
            "`inputs`: expected 'dataclass' or 'both', got 'dict'",
            "'dataclass' or 'both'",
        ),
        (
            "",
            "1:1",
            "`client`: expected one table [[client]] or more, got nothing",
            "one table [[client]] or more",
        ),
        ("[[client\n", "1:9", "Expected", "correct the TOML"),
        (
            "a = " + "[" * 50_000,
            "1:1",
            "too large or nested too deeply",
            "correct the TOML",
        ),
        (
            "a = 1" + "0" * 5_000,
            "1:1",
            "too large or nested too deeply",
            "correct the TOML",
        ),
        (
            '[[client]]\nspec="s"\noutput="a/c"\n[[client]]\nspec="s"\noutput="./a"\n',
            "6:1",
            "two clients share the directory a/c",
            "a separate output directory for each",
        ),
        (
            '[[client]]\nspec="s"\noutput="c"\n[[client]]\nspec="s"\noutput="d/c"\n',
            "6:8",
            "two clients have the name 'c'",
            "a different name for each",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(
    tmp_path: Path, text: str, place: str, message: str, hint: str
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        read_config(written(tmp_path, text))
    (diagnostic,) = caught.value.diagnostics
    assert message in diagnostic.message
    assert hint in diagnostic.help
    assert str(diagnostic.location).endswith(f"flexprice-codegen.toml:{place}")


def test_a_missing_configuration_is_explained(tmp_path: Path) -> None:
    with pytest.raises(DiagnosticError, match=r"cannot read .*none\.toml"):
        read_config(tmp_path / "none.toml")


def test_a_pyproject_without_our_table_is_explained(tmp_path: Path) -> None:
    with pytest.raises(
        DiagnosticError, match=r"has no \[tool.flexprice-codegen\] table"
    ):
        read_config(written(tmp_path, "[project]\n", "pyproject.toml"))
