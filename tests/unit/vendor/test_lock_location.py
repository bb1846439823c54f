"""A lock file is called after its API, and one that exists keeps its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.lock_location import (
    build_lock_name,
    find_lock_name,
    find_lock_path,
    is_lock,
)

SPEC = """
openapi: 3.0.3
info: {title: TITLE, version: "1"}
paths: {/a: {get: {operationId: getA, responses: {"204": {description: ok}}}}}
"""
CONFIG = """
[[client]]
name = "one"
spec = "api.yaml"
output = "app/one"
package = "app.one"
runtime = "../runtime"
[[client]]
name = "two"
spec = "api.yaml"
output = "app/two"
package = "app.two"
runtime = "../runtime"
"""


def generate(title: str) -> list[str]:
    """Generate a client, and return the names of its lock files."""
    Path("api.yaml").write_text(SPEC.replace("TITLE", title), "utf-8")
    assert main(["generate", "api.yaml", "--output", "client"]) == 0
    return sorted(path.name for path in Path("client").glob("*.lock.json"))


@pytest.mark.parametrize(
    ("class_name", "expected"),
    [
        ("Flexprice", "flexprice.lock.json"),
        ("PetStore", "pet_store.lock.json"),
        ("Con", "client.lock.json"),
        ("Ж", "client.lock.json"),
    ],
)
def test_a_lock_file_is_called_after_the_class(class_name: str, expected: str) -> None:
    assert build_lock_name(class_name) == expected


def test_the_lock_file_of_another_api_does_not_name_flexprice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert generate("Shop API") == ["shop.lock.json"]
    assert "`shop.lock.json`" in Path("client/README.md").read_text("utf-8")
    # Another title is no reason to rename it.
    assert generate("Pets API") == ["shop.lock.json"]
    assert main(["check", "api.yaml", "--output", "client"]) == 0
    assert main(["diff", "client", "api.yaml"]) == 0
    assert main(["diff", "client/shop.lock.json", "api.yaml"]) == 0


def test_a_lock_file_of_an_earlier_version_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    generate("Shop API")
    Path("client/shop.lock.json").rename("client/flexprice.lock.json")
    assert generate("Pets API") == ["flexprice.lock.json"]
    assert main(["check", "api.yaml", "--output", "client"]) == 0


def test_a_shared_runtime_has_a_lock_file_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("api.yaml").write_text(SPEC.replace("TITLE", "Shop API"), "utf-8")
    Path("flexprice-codegen.toml").write_text(CONFIG, "utf-8")
    assert main(["generate"]) == 0
    found = {path.as_posix() for path in Path("app").glob("*/*.lock.json")}
    assert found == {
        "app/one/shop.lock.json",
        "app/two/shop.lock.json",
        "app/runtime/runtime.lock.json",
    }
    assert main(["check"]) == 0


def test_the_former_name_comes_first_and_deeper_files_do_not_count() -> None:
    names = ["a/b.lock.json", "z.lock.json", "flexprice.lock.json", "b.lock.json"]
    assert find_lock_name(names) == "flexprice.lock.json"
    assert find_lock_name(names[:2]) == "z.lock.json"
    assert find_lock_name(names[:1]) is None


def test_a_link_is_no_lock_file(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("{}")
    (tmp_path / "a.lock.json").symlink_to(tmp_path / "elsewhere")
    assert find_lock_path(tmp_path) is None


def test_the_lock_file_of_another_tool_is_none_of_ours() -> None:
    assert not is_lock("packages.lock.json", b'{"version": 1}')
    assert is_lock("shop.lock.json", b'{\n  "source_id": "1"\n}')
    assert is_lock("flexprice.lock.json", b"{}")
