"""The catalogue of rules."""

from __future__ import annotations

from support.comparing import compare_wire
from support.documents import Json, answering, asking, document, record

from flexprice_codegen.diff.rules.catalogue import RULES
from flexprice_codegen.diff.rules.rules_by_key import SOURCE_RULES
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_TEXTS
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO
from flexprice_codegen.diff.rules.wire_rules import list_wire_rules


def test_rules_of_python_say_everything_and_name_their_opposite() -> None:
    ids = {each.id for each in RULES}
    assert len(ids) == len(RULES)
    for each in SOURCE_RULES:
        assert all((each.says, each.why, each.example, each.fix)), each.id
        assert each.mirror in ids, each.id


def test_what_breaks_has_something_to_do() -> None:
    for each in RULES:
        if each.level is not Severity.INFO:
            assert each.fix != NOTHING_TO_DO, each.id


def test_a_keyword_whose_edit_breaks_nobody_asks_for_nothing() -> None:
    for each in list_wire_rules():
        if each.key[2:] in SCHEMA_TEXTS and each.level is Severity.INFO:
            is_lifecycle = each.key.change.startswith("deprecated")
            if each.key.concept == "default-value" and each.key.direction == "request":
                # It breaks no request, and changes what those that omit it mean.
                assert each.fix == "Send it if your code relies on the old default."
            else:
                assert is_lifecycle or each.fix == NOTHING_TO_DO, each.id


def test_what_never_travels_says_so_in_place_of_what_its_rule_says() -> None:
    def of(schema: Json) -> Json:
        whole = record(a={**schema, "readOnly": True})
        return document(
            {"/a": {"post": asking(whole)}, "/b": {"get": answering(whole)}}
        )

    found = compare_wire(
        of({"type": "string"}), of({"type": "string", "pattern": "^a"})
    )
    (sent,) = (each for each in found if each.key.direction == "request")
    assert sent.level is Severity.INFO
    assert sent.why == "It is `readOnly`: callers do not send it."
    assert sent.fix == NOTHING_TO_DO
