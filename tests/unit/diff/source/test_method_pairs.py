"""Methods of two versions that are one, whatever they are called."""

from __future__ import annotations

from support.comparing import compare, list_in_python
from support.customers import called, query
from support.documents import document, operation

from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.runtime.shapes import Value


def test_a_renamed_tag_is_one_finding() -> None:
    def of(tag: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation("a", tag=tag), "post": operation("b", tag=tag)}},
            {},
        )

    found = list_in_python(compare(of("Customers"), of("Accounts")))
    assert found == [("client.customers", "namespace-renamed", "error")]


def test_a_method_that_goes_takes_its_keywords_along_and_not_its_classes() -> None:
    old = called(query("limit"), body="A", answer="B")
    found = list_in_python(compare(old, document()))
    assert found == [
        ("client.things.call", "method-removed", "error"),
        ("models.A", "class-removed", "error"),
        ("models.B", "class-removed", "error"),
    ]  # fmt: skip


def test_a_lock_keeps_the_name_of_a_method() -> None:
    from_lock = compare(called(), called(name="addCustomer"), names=())
    (told,) = from_lock.findings
    assert (told.rule, told.level) == ("api-operation-id-removed", Severity.INFO)
