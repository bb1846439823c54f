"""What a new version of a document does to the Python that calls its client."""

from __future__ import annotations

from support.comparing import compare, list_in_python
from support.documents import content, document, record, ref
from support.values import Value


def test_events() -> None:
    def of(**events: str) -> dict[str, Value]:
        hooks = {
            name.replace("_", "."): {
                "post": {"requestBody": {"content": content(ref(schema))}}
            }
            for name, schema in events.items()
        }
        schemas = {"A": record(a="string"), "B": record(b="string", c="string")}
        return document(schemas=schemas, webhooks=hooks)

    old, new = of(a_made="A", b_made="A"), of(b_made="B", c_made="A")
    assert [
        each for each in list_in_python(compare(old, new)) if "models" not in each[0]
    ] == [
        ("webhooks.A_MADE", "event-constant-removed", "error"),
        ("webhooks.B_MADE", "event-payload-changed", "error"),
        ("webhooks.C_MADE", "event-constant-added", "warning"),
    ]
