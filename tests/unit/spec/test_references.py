"""Where a `$ref` leads."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support.patience import PATIENCE

from flexprice_codegen.diagnostics import (
    Diagnostic,
    DiagnosticError,
    DiagnosticSink,
    Origin,
)
from flexprice_codegen.spec.document import Document, load_document
from flexprice_codegen.spec.nodes import Json, Node

API = """\
openapi: 3.0.3
components:
  schemas:
    Order: {type: object}
    Alias: {$ref: '#/components/schemas/Order'}
    Chain: {$ref: '#/components/schemas/Alias'}
    a/b~c d: {type: string}
    List: {items: [{type: integer}]}
    Props: {$ref: {type: string}}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the documents stand in, and go into the one above it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "api" / "schemas").mkdir(parents=True)
    (tmp_path / "api" / "api.yaml").write_text(API, encoding="utf-8")
    return tmp_path / "api"


def document() -> Document:
    return load_document(["api/api.yaml"], sink=DiagnosticSink())


def reference(to: str, holder: Origin | None = None) -> Node:
    return Node({"$ref": to}, holder or Origin("", "/components/schemas/Order"))


def refusal(to: str) -> Diagnostic:
    with pytest.raises(DiagnosticError) as caught:
        document().resolve(reference(to))
    (fault,) = caught.value.diagnostics
    return fault


@pytest.mark.parametrize("to", ["#/definitions/Order", "#/components/Order", "#/Order"])
def test_what_stands_among_the_components_is_suggested(to: str) -> None:
    assert refusal(to).help == "did you mean '#/components/schemas/Order'?"


@pytest.mark.parametrize(
    ("to", "pointer", "value"),
    [
        ("#/components/schemas/Order", "/components/schemas/Order", {"type": "object"}),
        ("#/components/schemas/Chain", "/components/schemas/Order", {"type": "object"}),
        (
            "#/components/schemas/a~1b~0c%20d",
            "/components/schemas/a~1b~0c d",
            {"type": "string"},
        ),
        (
            "#/components/schemas/List/items/0",
            "/components/schemas/List/items/0",
            {"type": "integer"},
        ),
        ("api.yaml#/openapi", "/openapi", "3.0.3"),
        ("../api/api.yaml#/openapi", "/openapi", "3.0.3"),
    ],
)
def test_a_reference_leads_to_a_node(to: str, pointer: str, value: Json) -> None:
    found = document().resolve(reference(to))
    assert found == Node(value, Origin("", pointer))


def test_a_node_without_a_reference_is_given_as_it_is() -> None:
    given = document()
    props = (
        given.root.get_required("components")
        .get_required("schemas")
        .get_required("Props")
    )
    assert given.resolve(props) is props
    assert given.resolve(given.root) is given.root


def test_a_reference_may_lead_to_a_file_and_on_from_there(folder: Path) -> None:
    (folder / "schemas" / "order.yaml").write_text(
        "type: object\nproperties:\n  item: {$ref: item.json#/Item}\n"
    )
    (folder / "schemas" / "item.json").write_text(
        '{"Item": {"$ref": "../api.yaml#/components/schemas/Order"},\n "Count": 1}'
    )
    given = document()
    order = given.resolve(reference("schemas/order.yaml"))
    assert order.origin == Origin("schemas/order.yaml", "")
    item = order.get_required("properties").get_required("item")
    assert given.resolve(item).origin == Origin("", "/components/schemas/Order")
    count = given.resolve(reference("schemas/item.json#/Count"))
    assert count == Node(1, Origin("schemas/item.json", "/Count"))
    assert str(given.locate(count.origin)) == "api/schemas/item.json:2:2"
    assert str(given.locate(item.origin)) == "api/schemas/order.yaml:3:3"


def test_a_file_is_read_once(folder: Path) -> None:
    file = folder / "schemas" / "order.yaml"
    file.write_text("type: object\n")
    given = document()
    first = given.resolve(reference("schemas/order.yaml"))
    file.unlink()
    assert given.resolve(reference("./schemas/order.yaml#")).value is first.value


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("#/components/schemas/Nothing", "unresolved-reference"),
        ("#/components/schemas/List/items/1", "unresolved-reference"),
        ("#/components/schemas/List/items/00", "unresolved-reference"),
        ("#/openapi/deeper", "unresolved-reference"),
        ("#Order", "unresolved-reference"),
        ("missing.yaml", "unresolved-reference"),
        ("schemas", "unresolved-reference"),
        ("nul%00.yaml", "unresolved-reference"),
        ("https://shop.example/api.yaml", "remote-reference"),
        ("file:///etc/passwd", "remote-reference"),
        ("//shop.example/api.yaml", "remote-reference"),
        ("/etc/passwd", "reference-outside"),
        ("../secret.yaml", "reference-outside"),
        ("schemas/../../secret.yaml", "reference-outside"),
        ("%2e%2e/secret.yaml", "reference-outside"),
    ],
)
def test_a_reference_to_nothing_or_to_elsewhere_is_a_fault(to: str, code: str) -> None:
    Path("secret.yaml").write_text("type: string\n")
    fault = refusal(to)
    assert fault.code == code
    assert fault.location == Origin("", "/components/schemas/Order/$ref")
    assert fault.help


def test_a_link_does_not_lead_out_of_the_folder(folder: Path) -> None:
    Path("secret.yaml").write_text("type: string\n")
    try:
        (folder / "link.yaml").symlink_to(Path("secret.yaml").resolve())
    except OSError:
        pytest.skip("this system makes no links")
    assert refusal("link.yaml").code == "reference-outside"


@pytest.mark.skipif(os.name == "nt", reason="Windows makes no such links")
def test_a_link_to_itself_is_a_fault(folder: Path) -> None:
    (folder / "loop.yaml").symlink_to("loop.yaml")
    assert refusal("loop.yaml").code == "unresolved-reference"


def test_a_fault_in_another_file_is_placed_there(folder: Path) -> None:
    (folder / "bad.yaml").write_text("a: 1\na: 2\n")
    fault = refusal("bad.yaml#/a")
    assert (fault.code, str(fault.location)) == ("duplicate-key", "api/bad.yaml:2:1")


def test_the_hint_names_what_is_most_alike() -> None:
    assert refusal("#/components/schemas/Ordre").help == (
        "did you mean '#/components/schemas/Order'?"
    )
    assert "api.yaml#/components" in refusal("api.yaml#/component/schemas").help


def test_references_that_only_lead_to_each_other_are_a_cycle(folder: Path) -> None:
    (folder / "a.yaml").write_text("$ref: b.yaml\n")
    (folder / "b.yaml").write_text("$ref: a.yaml#\n")
    fault = refusal("a.yaml")
    assert fault.code == "reference-cycle"
    assert isinstance(fault.location, Origin)
    assert fault.location.resource in {"a.yaml", "b.yaml"}


@pytest.mark.parametrize(
    ("folder", "here", "where"),
    [
        ("specs", ".", "git:HEAD:specs/api.yaml"),
        ("specs", "specs", "git:HEAD:specs/api.yaml"),
        ("specs", "specs", "git:HEAD:./api.yaml"),
        ("specs", "specs/parts", "git:HEAD:../api.yaml"),
        (".", ".", "git:HEAD:api.yaml"),
        (".", "parts", "git:HEAD:api.yaml"),
    ],
)
def test_a_document_of_a_revision_refers_to_files_of_that_revision(
    folder: str,
    here: str,
    where: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts = tmp_path / folder / "parts"
    parts.mkdir(parents=True)
    (parts.parent / "api.yaml").write_text(
        "openapi: 3.0.3\nx: {$ref: 'parts/pet.yaml#/a'}\ny: {$ref: 'gone.yaml'}\n"
    )
    (parts / "pet.yaml").write_text("a: {$ref: '../api.yaml#/z'}\n")
    with (parts.parent / "api.yaml").open("a") as file:
        file.write("z: committed\n")
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "-qm", "1"]):
        identity = ("-c", "user.name=a", "-c", "user.email=a@b")
        command = ["git", *identity, *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=PATIENCE)
    for file_on_disk in (parts / "pet.yaml", parts.parent / "api.yaml"):
        file_on_disk.unlink()
    monkeypatch.chdir(tmp_path / here)
    read = load_document([where], sink=DiagnosticSink())
    assert read.resolve(read.root.get_required("x")).value == "committed"
    with pytest.raises(DiagnosticError, match=r"cannot resolve reference 'gone\.yaml'"):
        read.resolve(read.root.get_required("y"))
