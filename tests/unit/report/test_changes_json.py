"""The report as JSON."""

from __future__ import annotations

import json

import jsonschema
from hypothesis import given
from hypothesis import strategies as st
from support.comparing import compare
from support.documents import document, operation, record
from support.findings import a_mixture, read_report_schema
from support.values import Value

from flexprice_codegen.report.changes_json import as_json, format_json

SCHEMA = read_report_schema()


def test_json_is_what_its_schema_says() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    value = json.loads(as_json(a_mixture()))
    jsonschema.validate(value, SCHEMA)
    assert value["summary"] == {
        "error": 2, "warning": 1, "info": 1, "wire": 4, "source": 1, "total": 4, "ignored": 1,
    }  # fmt: skip
    assert value["next_version"] == "2.0.0"
    assert len(value["findings"][0]["operations"]) == 38


def test_a_real_comparison_is_what_the_schema_says() -> None:
    def of(*names: str) -> dict[str, Value]:
        schema = record(**dict.fromkeys(names, "string"))
        return document({"/a": {"get": operation(answer="A")}}, {"A": schema})

    value = json.loads(as_json(compare(of("a", "b"), of("b", "c"))))
    jsonschema.validate(value, SCHEMA)
    added, removed = value["findings"][1], value["findings"][0]
    assert removed["old"] == {"file": "old.json", "line": 39, "column": 6}
    assert {each["sides"][0] for each in added["parts"]} == {"wire", "source"}


def test_groups_name_their_findings() -> None:
    value = json.loads(as_json(a_mixture()))
    grouped = [each for group in value["groups"] for each in group["fingerprints"]]
    assert sorted(grouped) == sorted(each["fingerprint"] for each in value["findings"])
    assert [group["count"] for group in value["groups"]] == [2, 1, 1]
    assert value["groups"][0]["rule"] == "request-property-removed"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=4)
    ),
)


@given(JSON)
def test_json_is_indented_as_the_library_does(value: object) -> None:
    # The texts have no half of a surrogate pair, which only the library would escape.
    assert format_json(value) == f"{json.dumps(value, indent=2)}\n"


def test_half_of_a_surrogate_pair_is_replaced() -> None:
    halves = ["\ud800", "a\udfffb", "\\ud800", "\\\ud83d", "\ud000", "😀", "\ud83d😀"]
    whole = ["\ufffd", "a\ufffdb", "\\ud800", "\\\ufffd", "\ud000", "😀", "\ufffd😀"]
    text = format_json(halves)
    assert text == f"{json.dumps(whole, indent=2)}\n"
    assert text.isascii()
