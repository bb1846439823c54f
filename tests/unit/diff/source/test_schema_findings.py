"""What one schema does to several places."""

from __future__ import annotations

from support.comparing import compare, list_in_python
from support.documents import document, operation, record
from support.values import Value


def test_a_class_that_another_finding_names_needs_none_of_its_own() -> None:
    """However long the type is: reports show its first 200 characters."""

    def of(inner: Value, **schemas: Value) -> dict[str, Value]:
        for _ in range(24):
            inner = {"type": "object", "additionalProperties": inner}
        paths = {"/a": {"get": operation("getA", answer="Holder")}}
        return document(paths, {"Holder": record(x=inner), **schemas})

    new = of({"$ref": "#/components/schemas/Customer"}, Customer=record(a="string"))
    found = list_in_python(compare(of({"type": "string"}), new))
    assert found == [("models.Holder.x", "field-type-changed", "error")]
