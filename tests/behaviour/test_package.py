"""The package: what it imports, what stands in it, and where it may stand."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply

SPEC = """
openapi: 3.0.3
info: {title: Packed API, version: "2.1", description: What it is for.}
security: [{ApiKeyAuth: []}]
servers: [{url: 'https://packed.example.com'}]
tags: [{name: things, description: All about things.}]
paths:
  /things:
    post:
      tags: [things]
      operationId: createThing
      description: "Hostile: \\"\\"\\" \\\\ ''' \\u202e and a line that is very long indeed, so long that it must be wrapped"
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}}
  /files:
    post:
      tags: [files]
      operationId: upload
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}}}}}}
      responses: {"200": {description: ok, content: {application/octet-stream: {}}}}
  /styled:
    get:
      tags: [files]
      operationId: styled
      parameters:
        - {name: deep, in: query, style: deepObject, explode: true, schema: {type: object}}
        - {name: at, in: query, schema: {type: string, format: date-time}}
      responses: {"204": {description: ok}}
  /webhook-events/thing.made:
    post: {responses: {"200": {description: p, content: {application/json: {schema: {$ref: '#/components/schemas/Payload'}}}}}}
components:
  securitySchemes: {ApiKeyAuth: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Thing:
      type: object
      required: [name]
      properties:
        name: {type: string}
        pet: {$ref: '#/components/schemas/Pet'}
        order: {type: string, enum: [asc, desc]}
        at: {type: string, format: date-time}
      additionalProperties: {type: integer}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, class: {type: string}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
    Payload: {type: object, properties: {type: {type: string, enum: [thing.made]}, thing: {$ref: '#/components/schemas/Thing'}}}
"""
SMALL = """
openapi: 3.0.3
info: {title: Small, version: "1"}
servers: [{url: 'https://small.example.com'}]
paths:
  /a: {get: {tags: [a], operationId: read, responses: {"200": {description: ok, content: {application/json: {schema: {type: string}}}}}}}
"""


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document above, nested in packages of its own."""
    return generated(SPEC, package="company.vendor.packed")


@pytest.fixture(scope="module")
def small(generated: Generator) -> Generated:
    """Return the client of a document with one operation."""
    return generated(SMALL)


def modules(api: Generated) -> Iterator[tuple[Path, ast.Module]]:
    """Yield the Python files of a client, parsed."""
    for path in sorted(api.folder.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def run(api: Generated, program: str) -> str:
    """Run a program that can import the client; warnings are errors."""
    top = api.folder
    for _ in api.name.split("."):
        top = top.parent
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=top,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PACKED_API_KEY": "k"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def loaded(api: Generated, *statements: str) -> list[str]:
    """Return the modules of httpx2, msgspec and the client that statements load."""
    program = "\n".join(
        [
            "import sys, json",
            *statements,
            f"own = '{api.name}.'",
            "found = {n.removeprefix(own) for n in sys.modules if n.startswith(own)}",
            "found |= {n for n in ('httpx2', 'msgspec') if n in sys.modules}",
            "print(json.dumps(sorted(found)))",
        ]
    )
    found: list[str] = json.loads(run(api, program))
    return found


def test_importing_the_package_loads_nothing_but_its_front_door(
    api: Generated,
) -> None:
    assert loaded(api, f"import {api.name}") == ["runtime", "runtime.lazy"]


def test_importing_models_loads_no_model_and_no_http(api: Generated) -> None:
    found = loaded(api, f"from {api.name} import models")
    assert found == ["models", "runtime", "runtime.lazy"]


def test_a_model_loads_itself_and_what_it_needs(api: Generated) -> None:
    found = loaded(api, f"from {api.name}.models import Dog")
    assert found == ["models", "models._dog", "runtime", "runtime.lazy"]


def test_the_client_loads_a_namespace_when_it_is_used_and_no_model(
    api: Generated,
) -> None:
    first = loaded(api, f"from {api.name} import Packed", "client = Packed()")
    assert "httpx2" in first
    # The packages hold names alone, for tools that read type hints.
    assert not [each for each in first if each.startswith(("models", "resources."))]
    second = loaded(
        api,
        f"from {api.name} import Packed",
        "Packed().things.create_thing",
    )
    extra = set(second) - set(first)
    assert {each for each in extra if "runtime" not in each} == {
        "models",
        "resources.things",
    }


def test_every_import_inside_is_relative_and_the_rest_is_known(api: Generated) -> None:
    outside = set()
    for _, tree in modules(api):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                outside |= {each.name.split(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                outside.add(str(node.module).split(".")[0])
    assert outside - set(sys.stdlib_module_names) == {"httpx2", "msgspec"}
    assert api.name.split(".")[0] not in outside


def test_no_generated_module_leaves_its_package(api: Generated) -> None:
    for path, tree in modules(api):
        depth = len(path.relative_to(api.folder).parts)
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.level <= depth, path


def test_the_package_works_where_it_is_nested(api: Generated, server: Loopback) -> None:
    thing = api.models.Thing(name="a", extra={"more": 1})
    for mode in ("sync", "async"):
        server.reply(Reply(200, b'{"name":"a","pet":{"kind":"cat","class":"c"}}'))
        found = api.call(
            mode,
            lambda client: client.things.create_thing(thing),
            base_url=server.url,
            api_key="k",
        )
        assert type(found.pet) is api.models.Cat
        assert server.last.body == b'{"name":"a","more":1}'


def test_every_python_file_says_what_it_is_in_its_first_line(api: Generated) -> None:
    header = "# Generated by flexprice-codegen from an OpenAPI document; do not edit."
    copied = "# Copied from flexprice-codegen's runtime; do not edit. "
    for path in sorted(api.folder.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").split("\n")
        lines[0] = lines[0].partition("  # ruff: noqa: ")[0]
        if path.parent.name == "runtime":
            assert lines[0] == f"{copied}SPDX-License-Identifier: 0BSD", path
        else:
            assert lines[0] == header, path


def test_files_for_tools_stand_beside_the_code(api: Generated) -> None:
    assert api.text("py.typed") == ""
    assert api.text(".gitattributes") == "* text eol=lf linguist-generated\n"
    assert json.loads(api.text("packed.lock.json"))
    assert 'SPEC_VERSION = "2.1"\n' in api.text("_version.py")


def test_the_readme_says_how_to_use_the_package_and_its_names_are_real(
    api: Generated,
) -> None:
    text = api.text("README.md")
    assert "from company.vendor.packed import Packed, models\n" in text
    assert "client.things.create_thing(models.Thing(...))\n" in text
    assert "`PACKED_API_KEY`" in text
    assert "0BSD" in text
    blocks = text.split("```python\n")[1:]
    assert len(blocks) == 2
    for block in blocks:
        ast.parse(block.partition("```")[0])


def test_the_licence_of_the_runtime_stands_in_it(api: Generated) -> None:
    assert "SPDX-License-Identifier: 0BSD" in api.text("runtime/client.py")


def test_the_user_agent_names_the_client_and_its_version(
    api: Generated, server: Loopback
) -> None:
    server.reply(Reply(200, b"{}"))
    with api.client(base_url=server.url, api_key="k") as client:
        client.things.create_thing(api.models.Thing(name="a"))
    agent = server.last.headers["user-agent"]
    assert agent.startswith("packed-python/2.1 flexprice-codegen/")


def test_only_the_runtime_that_a_client_needs_is_copied(
    api: Generated, small: Generated
) -> None:
    def runtime(made: Generated) -> set[str]:
        return {path.stem for path in (made.folder / "runtime").glob("*.py")}

    special = {"events", "forms", "one_of", "open_enum", "styles"}
    assert special <= runtime(api)
    assert not special & runtime(small)


def test_every_copied_module_of_the_runtime_can_be_imported(small: Generated) -> None:
    for path in (small.folder / "runtime").glob("*.py"):
        if path.stem != "__init__":
            small.module(f"runtime.{path.stem}")


def test_every_module_can_be_imported_as_the_first(api: Generated) -> None:
    names = [
        ".".join((api.name, *path.relative_to(api.folder).with_suffix("").parts))
        for path, _ in modules(api)
        if path.name != "__init__.py"
    ]
    program = "\n".join(
        [
            "import importlib, sys",
            f"for name in {names!r}:",
            "    for each in [n for n in sys.modules if n.startswith('company')]:",
            "        del sys.modules[each]",
            "    importlib.import_module(name)",
            "print('done')",
        ]
    )
    assert run(api, program) == "done"


def test_the_public_names_of_the_package_are_all_there(api: Generated) -> None:
    package = api.package
    assert set(package.__all__) == {
        "APIConnectionError", "APIError", "APIStatusError", "APITimeoutError",
        "AsyncPacked", "AuthenticationError", "BadRequestError", "ConflictError",
        "MissingCredentialsError", "NotFoundError", "Packed",
        "PermissionDeniedError", "RateLimitError", "RawResponse", "RequestOptions",
        "ResponseBodyError",
        "ResponseMismatchError", "Retry", "ServerError", "UnprocessableEntityError",
        "download",
    }  # fmt: skip
    assert all(getattr(package, name).__name__ == name for name in package.__all__)
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = package.Nothing


def test_docstrings_are_left_out_where_they_are_not_wanted(
    generated: Generator,
) -> None:
    bare = generated(SPEC, docstrings=False, package="bare_packed")
    full = generated(SPEC, package="company.vendor.packed")
    assert "line that is very long" in full.text("resources/things.py")
    assert "line that is very long" not in bare.text("resources/things.py")
    assert "All about things" not in bare.text("resources/things.py")


def test_equal_documents_give_equal_bytes(generated: Generator) -> None:
    texts = []
    for name in ("one_more", "two_more"):
        made = generated(SPEC, package=name)
        texts.append(
            {
                path.relative_to(made.folder)
                .as_posix(): path.read_bytes()
                .replace(name.encode(), b"NAME")
                for path in sorted(made.folder.rglob("*"))
                if path.suffix in (".py", ".md") or path.name == ".gitattributes"
            }
        )
    assert texts[0] == texts[1]
