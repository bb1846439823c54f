"""The OpenAPI documents in a page of documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from flexprice_codegen.diagnostics import DiagnosticError, FileLocation
from flexprice_codegen.spec.markdown import extract_documents
from flexprice_codegen.spec.parse import parse_documents
from flexprice_codegen.spec.source_text import SourceText
from flexprice_codegen.spec.sources import Source, read_source

YAML = "openapi: 3.0.3\npaths: {}"


def bodies(page: str) -> list[str]:
    return [each.body for each in extract_documents(SourceText("page.md", page))]


@pytest.mark.parametrize(
    "info", ["", "yaml", "yml", "YAML openapi.json post /x", " yaml"]
)
@pytest.mark.parametrize("fence", ["```", "~~~", "````", "~~~~~~"])
def test_a_block_in_yaml_or_in_no_language_is_found(fence: str, info: str) -> None:
    assert bodies(f"# Orders\n\n{fence}{info}\n{YAML}\n{fence}\n") == [YAML]


@pytest.mark.parametrize("info", ["bash", "python", "yamlish"])
def test_a_block_in_another_language_is_not(info: str) -> None:
    assert bodies(f"```{info}\n{YAML}\n```\n") == []


def test_a_block_ends_at_a_fence_of_its_own_kind_and_length() -> None:
    inner = f"{YAML}\ninfo:\n  description: |\n    ```\n    x\n    ```"
    assert bodies(f"````yaml\n{inner}\n```\n~~~~\n`````\n") == [f"{inner}\n```\n~~~~"]


def test_backticks_in_a_line_of_backticks_open_no_block() -> None:
    assert bodies(f"``` yaml `x`\n{YAML}\n") == []


def test_four_spaces_before_a_fence_make_it_text() -> None:
    assert bodies(f"    ```yaml\n{YAML}\n    ```\n") == []


def test_the_indentation_of_the_fence_is_taken_off_its_block() -> None:
    page = SourceText(
        "page.md", "text\n   ```\n   openapi: 3.0.3\n  paths:\n     a: 1\n   ```\n"
    )
    (block,) = extract_documents(page)
    assert block.body == "openapi: 3.0.3\npaths:\n  a: 1"
    assert block.get_location(block.body.index("openapi")) == FileLocation(
        "page.md", 3, 4
    )
    assert block.get_location(block.body.index("paths")) == FileLocation(
        "page.md", 4, 3
    )
    assert block.get_location(block.body.index("a:")) == FileLocation("page.md", 5, 6)


def test_a_document_in_json_needs_the_key_at_its_root() -> None:
    assert bodies('```json\n{"example": {"openapi": "x"}}\n```\n') == []
    assert bodies('```json\n{"openapi": "3.0.3"}\n```\n') == ['{"openapi": "3.0.3"}']


def test_a_key_that_is_indented_is_not_at_the_root() -> None:
    assert bodies("```yaml\nservice:\n  openapi: docs.yaml\n```\n") == []


def test_a_page_may_have_several_documents() -> None:
    page = f'```yaml\n{YAML}\n```\ntext\n```json\n{{\n"swagger": 2}}\n```\n'
    first, second = parse_documents(Source("page.mdx", page.encode()))
    assert first.data["openapi"] == "3.0.3"
    assert second.locate("/swagger") == FileLocation("page.mdx", 8, 1)


def test_lines_may_end_as_on_windows() -> None:
    page = f"# Orders\r\n\r\n```yaml\r\n{YAML}\r\n```\r\n"
    (parsed,) = parse_documents(Source("page.md", page.encode()))
    assert parsed.data == {"openapi": "3.0.3", "paths": {}}
    assert parsed.locate("/paths") == FileLocation("page.md", 5, 1)


def test_a_block_without_a_closing_fence_is_refused_if_it_is_a_document() -> None:
    with pytest.raises(DiagnosticError) as caught:
        extract_documents(SourceText("page.md", f"# Orders\n```yaml\n{YAML}\n"))
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.location) == ("truncated", FileLocation("page.md", 4, 10))
    assert bodies("```yaml\na: 1\n") == []


def test_the_pages_of_the_reference_are_read_with_their_places(shared: Path) -> None:
    for name in ("create-customer", "webhook-customer-created"):
        source = read_source(str(shared / "seeds" / f"{name}.md"))
        (parsed,) = parse_documents(source)
        lines = source.data.decode().splitlines()
        place = parsed.locate("/components/schemas/CustomerResponse")
        assert lines[place.line - 1][place.column - 1 :] == "CustomerResponse:"
