"""What a client is made from: the generator itself counts, whatever file of it changes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flexprice_codegen.vendor.inputs import files_digest

ROOT = Path(__file__).parent.parent.parent.parent
PACKAGE = "generator/flexprice_codegen"
FOLDERS = (PACKAGE, "templates")
KINDS = sorted(
    {
        (folder, path.suffix)
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the generator and its templates, as a checkout has them."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """Return a copy of one directory of the generator and of its templates."""
    for name in (f"{PACKAGE}/vendor", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return tmp_path


def digest_of(checkout: Path) -> str:
    return files_digest(checkout / PACKAGE, checkout / "templates")


def test_every_kind_of_file_is_known() -> None:
    assert {
        (PACKAGE, ".py"),
        (PACKAGE, ".json"),
        ("templates", ".jinja"),
        ("templates", ".jinja2"),
    } <= set(KINDS)


# It reads all files of the generator once for each of them.
@pytest.mark.slow
@pytest.mark.parametrize(("folder", "suffix"), KINDS)
def test_an_edit_of_any_kind_of_file_changes_the_digest(
    folder: str, suffix: str, checkout: Path
) -> None:
    before = digest_of(checkout)
    for path in sorted((checkout / folder).rglob(f"*{suffix}")):
        if path.suffix != suffix or "__pycache__" in path.parts:
            continue
        data = path.read_bytes()
        path.write_bytes(data + b"\n")
        assert digest_of(checkout) != before, path
        path.write_bytes(data)
    assert digest_of(checkout) == before


def swap_templates(checkout: Path) -> None:
    """Put two templates in each other's place."""
    one, other = sorted((checkout / "templates" / "models").glob("*.jinja2"))
    texts = one.read_bytes(), other.read_bytes()
    one.write_bytes(texts[1])
    other.write_bytes(texts[0])


def rename_template(checkout: Path) -> None:
    path = checkout / "templates" / "models" / "dataclass.jinja2"
    path.rename(path.with_name("struct.jinja2"))


def move_template(checkout: Path) -> None:
    path = checkout / "templates" / "models" / "dataclass.jinja2"
    path.rename(checkout / "templates" / path.name)


def delete_template(checkout: Path) -> None:
    (checkout / "templates" / "models" / "dataclass.jinja2").unlink()


def add_file(checkout: Path) -> None:
    (checkout / "templates" / "models" / "filters").write_text("")


@pytest.mark.parametrize(
    "change",
    [swap_templates, rename_template, move_template, delete_template, add_file],
)
def test_a_file_that_comes_goes_or_moves_changes_the_digest(
    change: Callable[[Path], None], part: Path
) -> None:
    before = digest_of(part)
    change(part)
    assert digest_of(part) != before


def test_what_python_and_editors_leave_behind_changes_nothing(part: Path) -> None:
    before = digest_of(part)
    caches = part / PACKAGE / "vendor" / "__pycache__"
    caches.mkdir(exist_ok=True)
    (caches / "emit.cpython-399.pyc").write_bytes(b"\0")
    (part / "templates" / ".#dataclass.jinja2").symlink_to("somebody@somewhere.1")
    assert digest_of(part) == before


def test_an_installed_package_has_the_digest_of_its_checkout(checkout: Path) -> None:
    before = digest_of(checkout)
    installed = checkout / "site-packages" / "flexprice_codegen"
    shutil.copytree(checkout / PACKAGE, installed)
    (checkout / "templates").rename(installed / "_templates")
    assert files_digest(installed, installed / "_templates") == before

    edited = installed / "_templates" / "models" / "dataclass.jinja2"
    edited.write_text(edited.read_text().replace("class ", "# edited\nclass ", 1))
    assert files_digest(installed, installed / "_templates") != before
