"""What is said of a text that is no YAML, and where."""

from __future__ import annotations

import pytest
from support.yaml_texts import Read, get_refusal


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("a: &a [*a]", "recursive-anchor", "api.yaml:1:4"),
        ("a: &a {b: {c: *a}}", "recursive-anchor", "api.yaml:1:4"),
        ("a: !secret x", "unsupported-tag", "api.yaml:1:4"),
        ("a: !!binary aGk=", "unsupported-tag", "api.yaml:1:4"),
        ("a: !!set {x, y}", "unsupported-tag", "api.yaml:1:4"),
        ("a: !!python/name:os.system ''", "unsupported-tag", "api.yaml:1:4"),
        ("a: !!int 1.5", "invalid-yaml", "api.yaml:1:4"),
        ("a: !!int true", "invalid-yaml", "api.yaml:1:4"),
        ("a: 1\n---\nb: 2", "several-documents", "api.yaml:2:1"),
        ("# nothing", "empty-document", "api.yaml:1:1"),
        ("---\n...\n", "empty-document", "api.yaml:1:1"),
        ("[a]: 1", "invalid-key", "api.yaml:1:1"),
        ("a:\n  <<: 1", "invalid-merge", "api.yaml:2:3"),
        ("a: b: c", "invalid-yaml", "api.yaml:1:5"),
        ("a:\n\t- b", "invalid-yaml", "api.yaml:2:1"),
        ("a: *nothing", "invalid-yaml", "api.yaml:1:4"),
        ("a: &x 1\nb: &x 2", "invalid-yaml", "api.yaml:2:4"),
        ("a: [1, 2", "truncated", "api.yaml:1:9"),
        ("a: 'text", "truncated", "api.yaml:1:9"),
        ("\u00e9\u20ac: \x01", "invalid-character", "api.yaml:1:5"),
        ("- a\nb: c", "invalid-yaml", "api.yaml:2:1"),
    ],
)
def test_a_bad_text_is_refused_at_its_place(
    read: Read, body: str, code: str, place: str
) -> None:
    assert get_refusal(read, body) == (code, place)


@pytest.mark.parametrize("escape", ["\\ud800", "\\U00110000", "\\q", "\\xZZ"])
def test_an_escape_that_names_no_character_is_refused(read: Read, escape: str) -> None:
    assert get_refusal(read, f'a: 1\nb: "{escape}"')[0] == "invalid-yaml"
