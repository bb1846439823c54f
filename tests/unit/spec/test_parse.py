"""The bytes of a file to the documents in it."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flexprice_codegen.diagnostics import Diagnostic, DiagnosticError
from flexprice_codegen.spec.parse import parse_documents
from flexprice_codegen.spec.sources import Source


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("api.json", '{"openapi": "3.0.3"}'),
        ("api.yaml", '{"openapi": "3.0.3"}'),
        ("api.yaml", "{openapi: 3.0.3}"),
        ("api.YML", "openapi: 3.0.3"),
        ("api", "openapi: 3.0.3"),
        ("api", '\n {"openapi": "3.0.3"}'),
        ("api.md", "```\nopenapi: 3.0.3\n```"),
        ("api.txt", "# Page\n```\nopenapi: 3.0.3\n```"),
    ],
)
def test_the_content_says_what_a_text_is(name: str, body: str) -> None:
    (parsed,) = parse_documents(Source(name, body.encode()))
    assert parsed.name == name
    assert parsed.data == {"openapi": "3.0.3"}


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("api.json", "openapi: 3.0.3", "invalid-json"),
        ("api", "{openapi: 3.0.3}", "invalid-json"),
        ("api.yaml", '{"a": 1, "a": 2}', "duplicate-key"),
        ("api.yaml", '{"openapi": "3.0', "truncated"),
        ("api.yaml", "openapi: 3.0.3\n```\nopenapi: 3.1.0\n```", "invalid-yaml"),
        ("api.md", "openapi: 3.0.3", "page-without-document"),
        ("api.yaml", "text", "not-an-object"),
        ("api.json", "[]", "not-an-object"),
        ("api.yaml", " \n\t\n", "empty-document"),
        ("api.yaml", "", "empty-document"),
        ("api.yaml", "<html></html>", "html-page"),
    ],
)
def test_a_text_that_is_not_what_it_should_be_is_refused(
    name: str, body: str, code: str
) -> None:
    with pytest.raises(DiagnosticError) as caught:
        parse_documents(Source(name, body.encode()))
    assert caught.value.diagnostics[0].code == code


def test_a_json_text_means_to_json_what_it_means_here() -> None:
    body = '{"a": 1e3, "b": "12:30", "c": {"on": 1, "10": [0.10]}, "<<": {"x": 1}}'
    (parsed,) = parse_documents(Source("api.yaml", body.encode()))
    assert parsed.data == json.loads(body)


NAMES = st.sampled_from(["a.json", "a.yaml", "a.md", "a"])
PIECES = st.lists(
    st.sampled_from(
        [
            "openapi",
            ": ",
            "\n",
            "  ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            ",",
            "&a ",
            "*a",
            "!!str ",
            "!x ",
            "<<",
            "|",
            ">",
            "#",
            "---",
            "```",
            "~~~",
            "\t",
            "\\",
            "1e999",
            ".nan",
            "010",
            "null",
            "\\ud800",
            "\u2028",
            "\ufeff",
            "\r",
            "? ",
            "%",
        ]
    ),
    max_size=30,
).map("".join)


@given(NAMES, st.binary(max_size=60) | (PIECES | st.text(max_size=40)).map(str.encode))
@example("a.yaml", b"? &a\n: *a")
@example("a.yaml", b"&a : *a")
@example("a.yaml", b"<<: {<<: [{}]}")
@example("a.json", b'{"a": "\\ud800"}')
def test_any_bytes_end_in_a_document_or_in_a_fault_with_a_place(
    name: str, data: bytes
) -> None:
    faults: tuple[Diagnostic, ...] = ()
    try:
        for parsed in parse_documents(Source(name, data)):
            assert isinstance(parsed.data, Mapping)
            json.dumps(parsed.data, ensure_ascii=False, allow_nan=False).encode()
            assert parsed.locate("/openapi").file == name
    except DiagnosticError as error:
        faults = error.diagnostics
        assert faults
    for fault in faults:
        assert str(fault.location).startswith(f"{name}:")
        assert fault.message
        assert fault.help
