"""Rows for properties: which came, which went, which are required.

In: nothing. Out: `PROPERTY_ROWS`, one row for each rule.

Source: JSON Schema 2020-12 validation §6.5.3 (`required`), §9.4 (`readOnly`,
`writeOnly`); OpenAPI 3.0.3 §4.7.24.
"""

from __future__ import annotations

from functools import partial

from flexprice_codegen.diff.finding import Severity
from flexprice_codegen.diff.rules.contract_rows import ContractRow
from flexprice_codegen.diff.rules.rule import RuleDirection

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_NONE = "Nothing has to be done."
_SEND = "Send it from now on."
_READ = "Check that your code does without it."
_request = partial(ContractRow, area="properties", direction="request")
_response = partial(ContractRow, area="properties", direction="response")

_REFUSED = "A request without it, as callers send it today, is refused."
_MAYBE = (
    "Some servers fill the default in before they check what is required, some do not."
)
_PLACES = (
    ("property", "properties"),
    ("parameter-property", "parameters"),
)
_SENT = tuple(
    row
    for name, area in _PLACES
    for row in (
        _request(f"new-required-request-{name}", _ERROR, "{it} is new and required", _REFUSED, "a property is added, and named under `required`", _SEND, f"request-{name}-removed", area=area),
        _request(f"new-required-request-{name}-with-default", _ERROR, "{it} is new and required, with a default", _MAYBE, "a property with `default: 1` is added, and named under `required`", _SEND, f"request-{name}-removed", area=area),
        _request(f"new-optional-request-{name}", _INFO, "{it} is new and optional", "Requests without it go on as before.", "a property is added", mirror=f"request-{name}-removed", area=area),
        _request(f"request-{name}-removed", _WARNING, "{it} was removed", "Most servers pass over what they do not know, some refuse it; either way it has no effect any more.", "a property is taken away", "Stop to send it.", f"new-optional-request-{name}", area=area),
        _request(f"request-{name}-became-required", _ERROR, "{it} became required", _REFUSED, "a property is named under `required`", _SEND, f"request-{name}-became-optional", area=area),
        _request(f"request-{name}-became-required-with-default", _ERROR, "{it}, which has a default, became required", _MAYBE, "a property with `default: 1` is named under `required`", _SEND, f"request-{name}-became-optional", area=area),
        _request(f"request-{name}-became-optional", _INFO, "{it} became optional", "Requests with it go on as before.", "a property is not named under `required` any more", mirror=f"request-{name}-became-required", area=area),
    )
)  # fmt: skip

_IN_HEADERS = (
    _request("new-required-request-header-property", _ERROR, "{it}, in a header, is new and required", _REFUSED, "a property is added to a header, and named under `required`", _SEND, "request-parameter-property-removed", area="parameters"),
    _request("new-required-request-header-property-with-default", _ERROR, "{it}, in a header, is new and required, with a default", _MAYBE, "a property with `default: 1` is added to a header, and named under `required`", _SEND, "request-parameter-property-removed", area="parameters"),
    _request("request-header-property-became-required", _ERROR, "{it}, in a header, became required", _REFUSED, "a property of a header is named under `required`", _SEND, "request-parameter-property-became-optional", area="parameters"),
    _request("request-header-property-became-required-with-default", _ERROR, "{it}, in a header, which has a default, became required", _MAYBE, "a property of a header with `default: 1` is named under `required`", _SEND, "request-parameter-property-became-optional", area="parameters"),
)  # fmt: skip

_RECEIVED = (
    _response("response-required-property-added", _INFO, "{it} is new", "Callers pass over what they do not know.", "a property is added, and named under `required`", mirror="response-required-property-removed"),
    _response("response-optional-property-added", _INFO, "{it} is new, and may be absent", "Callers pass over what they do not know.", "a property is added", mirror="response-optional-property-removed"),
    _response("response-required-write-only-property-added", _INFO, "{it} is new, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is added, and named under `required`", mirror="response-required-write-only-property-removed"),
    _response("response-optional-write-only-property-added", _INFO, "{it} is new, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is added", mirror="response-optional-write-only-property-removed"),
    _response("response-required-property-removed", _ERROR, "{it} was removed", "Callers relied on it: it was required.", "a property that `required` names is taken away", _READ, "response-required-property-added"),
    _response("response-optional-property-removed", _WARNING, "{it} was removed", "Callers had to be ready for a response without it; those who read it do not get it any more.", "a property is taken away", _READ, "response-optional-property-added"),
    _response("response-required-write-only-property-removed", _INFO, "{it} was removed, and was never sent back", "It was `writeOnly`.", "a property with `writeOnly: true` that `required` names is taken away", mirror="response-required-write-only-property-added"),
    _response("response-optional-write-only-property-removed", _INFO, "{it} was removed, and was never sent back", "It was `writeOnly`.", "a property with `writeOnly: true` is taken away", mirror="response-optional-write-only-property-added"),
    _response("response-property-became-optional", _ERROR, "{it} became optional", "Callers who read it may not get it.", "a property is not named under `required` any more", _READ, "response-property-became-required"),
    _response("response-property-became-required", _INFO, "{it} became required", "Callers get it always.", "a property is named under `required`", mirror="response-property-became-optional"),
    _response("response-write-only-property-became-optional", _INFO, "{it} became optional, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is not named under `required` any more", mirror="response-write-only-property-became-required"),
    _response("response-write-only-property-became-required", _INFO, "{it} became required, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is named under `required`", mirror="response-write-only-property-became-optional"),
)  # fmt: skip


_KEYWORDS = {"read-only": "readOnly", "write-only": "writeOnly"}
_SAID = (
    "Whether callers send it or get it is said more clearly than before; what is "
    "accepted stays the same."
)
_BACK = "It is required and was never sent back; now callers may find it in responses."


def _create_access_rows(
    way: RuleDirection, required: str, word: str
) -> tuple[ContractRow, ...]:
    """Give the rules for a property that is, or is no more, of one direction only."""
    name, keyword = f"{way}-{required}-property", _KEYWORDS[word]
    row = partial(ContractRow, area="properties", direction=way)
    is_new = (way, required, word) == ("response", "required", "write-only")
    return (
        row(f"{name}-became-{word}", _INFO, f"{{it}} is `{keyword}` now", _SAID, f"`{keyword}: true` is added", mirror=f"{name}-became-not-{word}"),
        row(f"{name}-became-not-{word}", _WARNING if is_new else _INFO, f"{{it}} is not `{keyword}` any more", _BACK if is_new else _SAID, f"`{keyword}: true` is taken away", mirror=f"{name}-became-{word}"),
    )  # fmt: skip


_WAYS: tuple[RuleDirection, ...] = ("request", "response")
_TRAVELS = tuple(
    row
    for way in _WAYS
    for required in ("required", "optional")
    for word in ("read-only", "write-only")
    for row in _create_access_rows(way, required, word)
)


_TEAM = "Mend the document, or change what your team has agreed on."
_STOP = "Stop to use it before it is gone."


def _create_lifecycle_rows(way: RuleDirection) -> tuple[ContractRow, ...]:
    """Give the rules for the deprecation and the stability of a property."""
    name = f"{way}-property"
    row = partial(ContractRow, area="properties", direction=way)
    return (
        row(f"{name}-deprecated", _INFO, "{it} is deprecated now", "It works as before, and will be removed some day.", "`deprecated: true` is added", _STOP, f"{name}-reactivated"),
        row(f"{name}-deprecated-with-sunset", _INFO, "{it} is deprecated now, with the day of its sunset", "It works until that day.", "`deprecated: true` and `x-sunset: 2030-01-01` are added", _STOP, f"{name}-reactivated"),
        row(f"{name}-deprecated-sunset-missing", _ERROR, "{it} is deprecated now, without the day of its sunset", "Your policy asks for a sunset.", "`deprecated: true` without `x-sunset`", _TEAM),
        row(f"{name}-deprecated-sunset-invalid", _ERROR, "{it} is deprecated now, and its `x-sunset` is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", _TEAM),
        row(f"{name}-sunset-date-too-small", _ERROR, "{it} is deprecated now, and its sunset is too near", "Your policy gives callers more time.", "`x-sunset` is tomorrow", _TEAM),
        row(f"{name}-reactivated", _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", mirror=f"{name}-deprecated"),
        row(f"{name}-stability-decreased", _ERROR, "{it} is less stable than before", "Callers relied on a promise that does not hold any more.", "`x-stability-level` goes from `stable` to `beta`", _STOP, f"{name}-stability-increased"),
        row(f"{name}-stability-increased", _INFO, "{it} is more stable than before", "Callers are promised more.", "`x-stability-level` goes from `beta` to `stable`", mirror=f"{name}-stability-decreased"),
    )  # fmt: skip


PROPERTY_ROWS = (
    *_SENT,
    *_IN_HEADERS,
    *_RECEIVED,
    *_TRAVELS,
    *(row for way in _WAYS for row in _create_lifecycle_rows(way)),
)
