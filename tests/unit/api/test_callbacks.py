"""Callbacks: read for `diff`, and no burden on the operation that has them."""

from __future__ import annotations

from support.documents import asking, document, operation, read_api

from flexprice_codegen.diagnostics import DiagnosticSink

PAID = {"{$request.body#/url}": {"post": asking({"type": "object"})}}


def test_a_callback_has_a_name_an_address_and_a_method() -> None:
    paths = {"/a": {"post": operation(callbacks={"paid": PAID})}}
    (found,) = read_api(document(paths)).operations
    (callback,) = found.callbacks
    assert callback.key == "paid {$request.body#/url} POST"
    assert callback.body is not None


def test_a_wrong_callback_costs_nothing_but_itself() -> None:
    sink = DiagnosticSink()
    wrong = {"here": "no object", "paid": PAID}
    paths = {"/a": {"post": operation(callbacks=wrong)}}
    (found,) = read_api(document(paths), sink).operations
    assert [each.key[:4] for each in found.callbacks] == ["paid"]
    assert {each.level.value for each in sink.diagnostics} <= {"note", "warning"}
