"""A name of the document, joined to what it does to Python."""

from __future__ import annotations

from support.documents import DONE, Json, answering, document, read_api, ref

from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.grouping.name_changes import attach_name_changes
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.wire.api_names import find_name_changes


def renamed(prefix: str) -> Json:
    schemas: Json = {
        f"{prefix}Customer": {
            "type": "object",
            "properties": {"plan": ref(f"{prefix}Plan")},
        },
        f"{prefix}Plan": {
            "type": "object",
            "properties": {"owner": ref(f"{prefix}Customer")},
        },
        f"{prefix}Color": {"type": "string", "enum": ["red", "blue"]},
        f"{prefix}Paint": {"type": "string", "enum": ["blue", "red"]},
    }
    whole = {
        "type": "object",
        "properties": {
            name: ref(name_) for name, name_ in zip("abcd", schemas, strict=True)
        },
    }
    return document({"/a": {"get": answering(whole)}}, schemas=schemas)


def test_a_label_is_joined_to_what_it_does_to_python() -> None:
    def of(name: str) -> Json:
        return document({"/a": {"get": {"responses": DONE, "operationId": name}}})

    labels = find_name_changes(read_api(of("listAll")), read_api(of("list")))
    renamed = Finding(
        key=RuleKey("none", "method", "itself", "renamed"),
        level=Severity.ERROR,
        sides=frozenset({Side.SOURCE}),
        path="GET /a",
        message="`list_all` is called `list` now",
        affected=AffectedParts(operations=("GET /a",)),
    )
    (joined,) = attach_name_changes([renamed], labels)
    assert [each.rule for each in joined.parts] == [
        "method-renamed",
        "api-operation-id-removed",
    ]
    assert attach_name_changes([], labels) == labels
