"""The bytes of a file to the documents in it.

In: a `Source`. Out: one `ParsedDocument` for each document: one for a JSON or YAML
file, one or more for a page of documentation. The content decides how a text is parsed;
the suffix of its name only decides between two readings that the content allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from flexprice_codegen.diagnostics import DiagnosticError, build_error
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.spec.json_locator import JsonLocator, LocateFunction
from flexprice_codegen.spec.json_text import read_json
from flexprice_codegen.spec.limits import DEFAULT_LIMITS, Limits
from flexprice_codegen.spec.nodes import Json, get_json_type
from flexprice_codegen.spec.source_text import SourceText, decode_source
from flexprice_codegen.spec.sources import Source

# Pages of documentation, which hold the document in a code block.
_PAGES = frozenset({".md", ".markdown", ".mdx"})
_YAML = frozenset({".yaml", ".yml"})


@frozen_value
class ParsedDocument:
    """One document: its plain data, and the locations of its parts.

    Attributes:
        name: The name of its file.
        data: The root, an object.
        locate: Returns the location of the node that a JSON pointer names.
    """

    name: str
    data: Mapping[str, Json]
    locate: LocateFunction


def parse_documents(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> tuple[ParsedDocument, ...]:
    """Parse the documents in a file; there is at least one.

    A text that begins with a brace or bracket is JSON. In a file that is named as YAML
    it may also be YAML in flow style. A page is a file that is named as Markdown, or
    any other with a document in a fenced block.

    Raises:
        DiagnosticError: With its location, for a text that is empty, not UTF-8, not
            well-formed or beyond the limits, and for a page without a document.
    """
    text = decode_source(source)
    _check_content(text)
    suffix = PurePosixPath(source.name).suffix.lower()

    if suffix in _PAGES:
        return tuple(
            _parse_document(block, "", limits) for block in _find_document_blocks(text)
        )

    if not _is_json(text) and suffix not in _YAML | {".json"}:
        blocks = _extract_documents(text)
        if blocks:
            return tuple(_parse_document(block, "", limits) for block in blocks)
    return (_parse_document(text, suffix, limits),)


def parse_value(
    source: Source, limits: Limits = DEFAULT_LIMITS
) -> tuple[Json, LocateFunction]:
    """Parse a JSON or YAML file whose root may be any value.

    Returns:
        The value, and a function from JSON pointers to locations.

    Raises:
        DiagnosticError: As `parse_documents`.
    """
    text = decode_source(source)
    _check_content(text)
    return _read_json_or_yaml(text, PurePosixPath(source.name).suffix.lower(), limits)


def _check_content(text: SourceText) -> None:
    """Raise an error for a text that is empty or an HTML page."""
    start = text.body.lstrip()
    if not start:
        raise build_error(
            "empty-document",
            "the document is empty",
            at=text.get_location(0),
            hint="pass an OpenAPI document",
        )

    # A download often ends with a login page, which YAML would parse as one long
    # string.
    if start[:14].lower().startswith(("<!doctype html", "<html")):
        raise build_error(
            "html-page",
            "expected a document, got an HTML page",
            at=text.get_location(len(text.body) - len(start)),
            hint="save the JSON or YAML file, or the page as Markdown",
        )


def _find_document_blocks(page: SourceText) -> tuple[SourceText, ...]:
    """Return the documents of a page, of which there must be at least one."""
    blocks = _extract_documents(page)
    if not blocks:
        raise build_error(
            "page-without-document",
            "the page has no code block with an OpenAPI document",
            at=page.get_location(0),
            hint="pass a page with a fenced YAML or JSON block that has the `openapi` "
            "key",
        )
    return blocks


def _parse_document(text: SourceText, suffix: str, limits: Limits) -> ParsedDocument:
    """Parse one document, whose root must be an object."""
    data, locate = _read_json_or_yaml(text, suffix, limits)
    if not isinstance(data, Mapping):
        raise build_error(
            "not-an-object",
            f"expected an object as the root of the document, got {get_json_type(data)}",
            at=locate(""),
            hint="pass an OpenAPI document",
        )
    return ParsedDocument(text.file, data, locate)


def _read_json_or_yaml(
    text: SourceText, suffix: str, limits: Limits
) -> tuple[Json, LocateFunction]:
    """Parse a text as JSON or YAML, according to its content."""
    if suffix == ".json" or _is_json(text):
        try:
            return read_json(text, limits), JsonLocator(text).locate
        except DiagnosticError as error:
            if suffix not in _YAML or error.diagnostics[0].code != "invalid-json":
                raise
    # The import of PyYAML takes 20 ms, which a JSON document does not need to pay.
    from flexprice_codegen.spec.yaml_locator import YamlLocator
    from flexprice_codegen.spec.yaml_text import read_yaml

    return read_yaml(text, limits), YamlLocator(text, limits).locate


def _is_json(text: SourceText) -> bool:
    return text.body.lstrip()[:1] in ("{", "[")


def _extract_documents(text: SourceText) -> tuple[SourceText, ...]:
    """Return the documents in the fenced blocks of a page."""
    # Late: few documents are pages, and its expressions take longer than most parse.
    from flexprice_codegen.spec.markdown import extract_documents

    return extract_documents(text)
