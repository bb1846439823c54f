"""Rows for properties: which came, which went, which are required.

In: nothing. Out: `PROPERTY_ROWS`, one row for each rule.

Source: JSON Schema 2020-12 validation §6.5.3 (`required`), §9.4 (`readOnly`,
`writeOnly`); OpenAPI 3.0.3 §4.7.24.
"""

from __future__ import annotations

from functools import partial

from flexprice_codegen.diff.rules.contract_rows import TEAM_ADVICE, ContractRow
from flexprice_codegen.diff.rules.rule_key import (
    Concept,
    Location,
    RuleDirection,
    RuleKey,
)
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING
_INFO = Severity.INFO
_SEND = "Send it from now on."
_READ = "Check that your code does without it."
_in_header = partial(ContractRow, area="parameters")
_received = partial(ContractRow, area="properties")

_REFUSED = "A request without it, as callers send it today, is refused."
_MAYBE = (
    "Some servers fill the default in before they check what is required, some do not."
)


def _create_sent_rows(
    area: str, plain: Location, required: Location, optional: Location
) -> tuple[ContractRow, ...]:
    """Return the rules for a property that callers send: in a body, or in a parameter."""
    row = partial(ContractRow, area=area)
    removed = RuleKey("request", plain, "itself", "removed")
    added = RuleKey("request", optional, "itself", "added")
    became_required = RuleKey("request", plain, "required", "became")
    became_optional = RuleKey("request", plain, "optional", "became")
    return (
        row(RuleKey("request", required, "itself", "added"), _ERROR, "{it} is new and required", _REFUSED, "a property is added, and named under `required`", _SEND, removed),
        row(RuleKey("request", required, "itself", "added-with-default"), _ERROR, "{it} is new and required, with a default", _MAYBE, "a property with `default: 1` is added, and named under `required`", _SEND, removed),
        row(added, _INFO, "{it} is new and optional", "Requests without it go on as before.", "a property is added", opposite=removed),
        row(removed, _WARNING, "{it} was removed", "Most servers pass over what they do not know, some refuse it; either way it has no effect any more.", "a property is taken away", "Stop to send it.", added),
        row(became_required, _ERROR, "{it} became required", _REFUSED, "a property is named under `required`", _SEND, became_optional),
        row(RuleKey("request", plain, "required", "became-with-default"), _ERROR, "{it}, which has a default, became required", _MAYBE, "a property with `default: 1` is named under `required`", _SEND, became_optional),
        row(became_optional, _INFO, "{it} became optional", "Requests with it go on as before.", "a property is not named under `required` any more", opposite=became_required),
    )  # fmt: skip


# oasdiff has rules of its own for a value in a header only where it must be sent.
_IN_HEADERS = (
    _in_header(RuleKey("request", "required-header-property", "itself", "added"), _ERROR, "{it}, in a header, is new and required", _REFUSED, "a property is added to a header, and named under `required`", _SEND, RuleKey("request", "parameter-property", "itself", "removed")),
    _in_header(RuleKey("request", "required-header-property", "itself", "added-with-default"), _ERROR, "{it}, in a header, is new and required, with a default", _MAYBE, "a property with `default: 1` is added to a header, and named under `required`", _SEND, RuleKey("request", "parameter-property", "itself", "removed")),
    _in_header(RuleKey("request", "header-property", "required", "became"), _ERROR, "{it}, in a header, became required", _REFUSED, "a property of a header is named under `required`", _SEND, RuleKey("request", "parameter-property", "optional", "became")),
    _in_header(RuleKey("request", "header-property", "required", "became-with-default"), _ERROR, "{it}, in a header, which has a default, became required", _MAYBE, "a property of a header with `default: 1` is named under `required`", _SEND, RuleKey("request", "parameter-property", "optional", "became")),
)  # fmt: skip

# Who reads a response does without what it does not know, and not without what it does.
_RECEIVED = (
    _received(RuleKey("response", "required-property", "itself", "added"), _INFO, "{it} is new", "Callers pass over what they do not know.", "a property is added, and named under `required`", opposite=RuleKey("response", "required-property", "itself", "removed")),
    _received(RuleKey("response", "optional-property", "itself", "added"), _INFO, "{it} is new, and may be absent", "Callers pass over what they do not know.", "a property is added", opposite=RuleKey("response", "optional-property", "itself", "removed")),
    _received(RuleKey("response", "required-write-only-property", "itself", "added"), _INFO, "{it} is new, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is added, and named under `required`", opposite=RuleKey("response", "required-write-only-property", "itself", "removed")),
    _received(RuleKey("response", "optional-write-only-property", "itself", "added"), _INFO, "{it} is new, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is added", opposite=RuleKey("response", "optional-write-only-property", "itself", "removed")),
    _received(RuleKey("response", "required-property", "itself", "removed"), _ERROR, "{it} was removed", "Callers relied on it: it was required.", "a property that `required` names is taken away", _READ, RuleKey("response", "required-property", "itself", "added")),
    _received(RuleKey("response", "optional-property", "itself", "removed"), _WARNING, "{it} was removed", "Callers had to be ready for a response without it; those who read it do not get it any more.", "a property is taken away", _READ, RuleKey("response", "optional-property", "itself", "added")),
    _received(RuleKey("response", "required-write-only-property", "itself", "removed"), _INFO, "{it} was removed, and was never sent back", "It was `writeOnly`.", "a property with `writeOnly: true` that `required` names is taken away", opposite=RuleKey("response", "required-write-only-property", "itself", "added")),
    _received(RuleKey("response", "optional-write-only-property", "itself", "removed"), _INFO, "{it} was removed, and was never sent back", "It was `writeOnly`.", "a property with `writeOnly: true` is taken away", opposite=RuleKey("response", "optional-write-only-property", "itself", "added")),
    _received(RuleKey("response", "property", "optional", "became"), _ERROR, "{it} became optional", "Callers who read it may not get it.", "a property is not named under `required` any more", _READ, RuleKey("response", "property", "required", "became")),
    _received(RuleKey("response", "property", "required", "became"), _INFO, "{it} became required", "Callers get it always.", "a property is named under `required`", opposite=RuleKey("response", "property", "optional", "became")),
    _received(RuleKey("response", "write-only-property", "optional", "became"), _INFO, "{it} became optional, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is not named under `required` any more", opposite=RuleKey("response", "write-only-property", "required", "became")),
    _received(RuleKey("response", "write-only-property", "required", "became"), _INFO, "{it} became required, and is never sent back", "It is `writeOnly`.", "a property with `writeOnly: true` is named under `required`", opposite=RuleKey("response", "write-only-property", "optional", "became")),
)  # fmt: skip


_SAID = (
    "Whether callers send it or get it is said more clearly than before; what is "
    "accepted stays the same."
)
_BACK = "It is required and was never sent back; now callers may find it in responses."
_HANDLE = "Check that your code can handle it."
# A required property that was `writeOnly` is the one case in which more comes back.
_COMES_BACK = RuleKey("response", "required-property", "write-only", "became-not")


def _create_access_rows(
    direction: RuleDirection, location: Location, concept: Concept, keyword: str
) -> tuple[ContractRow, ...]:
    """Return the rules for a property that is, or no longer is, of one direction only."""
    row = partial(ContractRow, area="properties")
    became = RuleKey(direction, location, concept, "became")
    became_not = RuleKey(direction, location, concept, "became-not")
    is_new = became_not == _COMES_BACK
    return (
        row(became, _INFO, f"{{it}} is `{keyword}` now", _SAID, f"`{keyword}: true` is added", opposite=became_not),
        row(became_not, _WARNING if is_new else _INFO, f"{{it}} is not `{keyword}` any more", _BACK if is_new else _SAID, f"`{keyword}: true` is taken away", _HANDLE if is_new else NOTHING_TO_DO, became),
    )  # fmt: skip


def _create_all_access_rows(direction: RuleDirection) -> tuple[ContractRow, ...]:
    return (
        *_create_access_rows(direction, "required-property", "read-only", "readOnly"),
        *_create_access_rows(direction, "required-property", "write-only", "writeOnly"),
        *_create_access_rows(direction, "optional-property", "read-only", "readOnly"),
        *_create_access_rows(direction, "optional-property", "write-only", "writeOnly"),
    )


# RFC 8594; the policy of the team says how long a deprecated property stays.
_STOP = "Stop to use it before it is gone."


def _create_lifecycle_rows(direction: RuleDirection) -> tuple[ContractRow, ...]:
    """Return the rules for the deprecation and the stability of a property."""
    row = partial(ContractRow, area="properties")
    deprecated = RuleKey(direction, "property", "itself", "deprecated")
    reactivated = RuleKey(direction, "property", "itself", "reactivated")
    less_stable = RuleKey(direction, "property", "stability", "decreased")
    more_stable = RuleKey(direction, "property", "stability", "increased")
    return (
        row(deprecated, _INFO, "{it} is deprecated now", "It works as before, and will be removed some day.", "`deprecated: true` is added", _STOP, reactivated),
        row(RuleKey(direction, "property", "itself", "deprecated-with-sunset"), _INFO, "{it} is deprecated now, with the day of its sunset", "It works until that day.", "`deprecated: true` and `x-sunset: 2030-01-01` are added", _STOP, reactivated),
        row(RuleKey(direction, "property", "deprecated-sunset", "missing"), _ERROR, "{it} is deprecated now, without the day of its sunset", "Your policy asks for a sunset.", "`deprecated: true` without `x-sunset`", TEAM_ADVICE),
        row(RuleKey(direction, "property", "deprecated-sunset", "invalid"), _ERROR, "{it} is deprecated now, and its `x-sunset` is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", TEAM_ADVICE),
        row(RuleKey(direction, "property", "sunset-date", "too-small"), _ERROR, "{it} is deprecated now, and its sunset is too near", "Your policy gives callers more time.", "`x-sunset` is tomorrow", TEAM_ADVICE),
        row(reactivated, _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", opposite=deprecated),
        row(less_stable, _ERROR, "{it} is less stable than before", "Callers relied on a promise that does not hold any more.", "`x-stability-level` goes from `stable` to `beta`", _STOP, more_stable),
        row(more_stable, _INFO, "{it} is more stable than before", "Callers are promised more.", "`x-stability-level` goes from `beta` to `stable`", opposite=less_stable),
    )  # fmt: skip


PROPERTY_ROWS = (
    *_create_sent_rows(
        "properties", "property", "required-property", "optional-property"
    ),
    *_create_sent_rows(
        "parameters",
        "parameter-property",
        "required-parameter-property",
        "optional-parameter-property",
    ),
    *_IN_HEADERS,
    *_RECEIVED,
    *_create_all_access_rows("request"),
    *_create_all_access_rows("response"),
    *_create_lifecycle_rows("request"),
    *_create_lifecycle_rows("response"),
)
