"""Another schema in the same place: one finding, with all that the two differ by."""

from __future__ import annotations

from support.comparing import compare
from support.documents import document, operation, record, ref
from support.values import Value

from flexprice_codegen.diff.changes import Changes
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.severity import Side


def holding(type_: Value, **schemas: Value) -> dict[str, Value]:
    """Return a document whose `Holder.x` is of a type, with some schemas beside it."""
    paths = {"/holders": {"get": operation("getHolder", answer="Holder")}}
    keep = {"get": operation("getOthers", answer="Others")}
    others = record(**{name: ref(name) for name in schemas})
    return document(
        {**paths, "/others": keep},
        {"Holder": record(x=type_), "Others": others, **schemas},
    )


def of_holder(changes: Changes) -> Finding:
    (found,) = (each for each in changes.findings if each.python == "models.Holder.x")
    return found


def replaced(old: Value, new: Value) -> Finding:
    """Return the finding about a place that had one class and has another."""
    return of_holder(
        compare(
            holding(ref("Old"), Old=old, New=new),
            holding(ref("New"), Old=old, New=new),
        )
    )


def test_the_properties_that_came_and_went_are_named() -> None:
    found = replaced(
        record(same="string", went="string"),
        record(["came"], same="string", came="string"),
    )
    assert found.message.endswith(
        ", with 2 differences on the wire (removed: went; added: came)"
    )


def test_a_property_that_lost_a_keyword_is_not_gone() -> None:
    fixed: Value = {"type": "string", "const": "a", "default": "a", "pattern": "a"}
    found = replaced(
        record(went="string", kept=fixed), record(kept="string", came="string")
    )
    assert "(removed: went; added: came)" in found.message
    back = replaced(
        record(kept="string", came="string"), record(went="string", kept=fixed)
    )
    assert "(removed: came; added: went)" in back.message


def test_a_pattern_of_names_is_no_property() -> None:
    patterns: Value = {"patternProperties": {"^x": {"type": "string"}}}
    found = replaced({**record(a="string"), **patterns}, record(a="string", b="string"))
    assert "(added: b)" in found.message


def test_a_property_is_named_as_the_document_names_it() -> None:
    found = replaced(
        {"type": "object", "properties": {"a/b": {"type": "string"}}},
        {"type": "object", "properties": {"c~d": {"type": "string"}}},
    )
    assert "(removed: a/b; added: c~d)" in found.message


def nested(schema: Value) -> Value:
    """Return a schema of maps in maps, whose type in Python fills a line of a report."""
    for _ in range(24):
        schema = {"type": "object", "additionalProperties": schema}
    return schema


def test_a_class_is_known_however_long_its_place_is_written() -> None:
    """Reports show 200 characters of a type; what belongs together is not decided by them."""
    schemas: dict[str, Value] = {"Old": record(a="string"), "New": record(b="string")}
    found = of_holder(
        compare(
            holding(nested(ref("Old")), **schemas),
            holding(nested(ref("New")), **schemas),
        )
    )
    assert "(removed: a; added: b)" in found.message
    (in_python,) = (part for part in found.parts if Side.SOURCE in part.sides)
    assert in_python.classes_before == ("Old",)
    assert in_python.classes_after == ("New",)
    assert in_python.before.endswith("…")
    assert "Old" not in in_python.before


def test_a_literal_is_no_class() -> None:
    """A type of one value is written as that value, which may be the name of a class."""

    def fixed(value: str) -> Value:
        return {"type": "string", "const": value}

    schemas: dict[str, Value] = {"Old": record(a="string"), "New": record(b="string")}
    changes = compare(
        holding(fixed("Old"), **schemas), holding(fixed("New"), **schemas)
    )
    assert all("On the wire" not in each.message for each in changes.findings)
