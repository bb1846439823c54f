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
_SEND = "Always send it."
_READ = "Check that your code works without it."
_in_header = partial(ContractRow, area="parameters")
_received = partial(ContractRow, area="properties")

_REFUSED = "The server rejects requests that omit it."
_MAYBE = "Some servers apply the default before they check required properties, and some do not."


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
        row(RuleKey("request", required, "itself", "added"), _ERROR, "{it} {was} added and {is} required", _REFUSED, "a property is added, and listed in `required`", _SEND, removed),
        row(RuleKey("request", required, "itself", "added-with-default"), _ERROR, "{it} {was} added and {is} required, with a default", _MAYBE, "a property with `default: 1` is added, and listed in `required`", _SEND, removed),
        row(added, _INFO, "{it} {was} added and {is} optional", "Requests without it still work.", "a property is added", opposite=removed),
        row(removed, _WARNING, "{it} {was} removed", "Most servers ignore unknown properties, and some reject the request. The property no longer has any effect.", "a property is removed", "Stop sending it.", added),
        row(became_required, _ERROR, "{it} {is} now required", _REFUSED, "a property is listed in `required`", _SEND, became_optional),
        row(RuleKey("request", plain, "required", "became-with-default"), _ERROR, "{it} {is} now required, with a default", _MAYBE, "a property with `default: 1` is listed in `required`", _SEND, became_optional),
        row(became_optional, _INFO, "{it} {is} now optional", "Requests with it still work.", "a property is no longer listed in `required`", opposite=became_required),
    )  # fmt: skip


# oasdiff has rules of its own for a value in a header only where it must be sent.
_IN_HEADERS = (
    _in_header(RuleKey("request", "required-header-property", "itself", "added"), _ERROR, "{it} {was} added to a header and {is} required", _REFUSED, "a property is added to a header, and listed in `required`", _SEND, RuleKey("request", "parameter-property", "itself", "removed")),
    _in_header(RuleKey("request", "required-header-property", "itself", "added-with-default"), _ERROR, "{it} {was} added to a header and {is} required, with a default", _MAYBE, "a property with `default: 1` is added to a header, and listed in `required`", _SEND, RuleKey("request", "parameter-property", "itself", "removed")),
    _in_header(RuleKey("request", "header-property", "required", "became"), _ERROR, "{it} {is} now required in a header", _REFUSED, "a property of a header is listed in `required`", _SEND, RuleKey("request", "parameter-property", "optional", "became")),
    _in_header(RuleKey("request", "header-property", "required", "became-with-default"), _ERROR, "{it} {is} now required in a header, with a default", _MAYBE, "a property of a header with `default: 1` is listed in `required`", _SEND, RuleKey("request", "parameter-property", "optional", "became")),
)  # fmt: skip

# Who reads a response does without what it does not know, and not without what it does.
_RECEIVED = (
    _received(RuleKey("response", "required-property", "itself", "added"), _INFO, "{it} {was} added", "Callers ignore unknown properties.", "a property is added, and listed in `required`", opposite=RuleKey("response", "required-property", "itself", "removed")),
    _received(RuleKey("response", "optional-property", "itself", "added"), _INFO, "{it} {was} added and {is} optional", "Callers ignore unknown properties.", "a property is added", opposite=RuleKey("response", "optional-property", "itself", "removed")),
    _received(RuleKey("response", "required-write-only-property", "itself", "added"), _INFO, "{it} {was} added and {is} write-only", "It is `writeOnly`.", "a property with `writeOnly: true` is added, and listed in `required`", opposite=RuleKey("response", "required-write-only-property", "itself", "removed")),
    _received(RuleKey("response", "optional-write-only-property", "itself", "added"), _INFO, "{it} {was} added and {is} write-only", "It is `writeOnly`.", "a property with `writeOnly: true` is added", opposite=RuleKey("response", "optional-write-only-property", "itself", "removed")),
    _received(RuleKey("response", "required-property", "itself", "removed"), _ERROR, "{it} {was} removed", "It was required, so callers can rely on it.", "a property that `required` lists is removed", _READ, RuleKey("response", "required-property", "itself", "added")),
    _received(RuleKey("response", "optional-property", "itself", "removed"), _WARNING, "{it} {was} removed", "The property was optional, so callers had to handle its absence. It is now always absent.", "a property is removed", _READ, RuleKey("response", "optional-property", "itself", "added")),
    _received(RuleKey("response", "required-write-only-property", "itself", "removed"), _INFO, "{it}, which {was} write-only, {was} removed", "It was `writeOnly`.", "a property with `writeOnly: true` that `required` lists is removed", opposite=RuleKey("response", "required-write-only-property", "itself", "added")),
    _received(RuleKey("response", "optional-write-only-property", "itself", "removed"), _INFO, "{it}, which {was} write-only, {was} removed", "It was `writeOnly`.", "a property with `writeOnly: true` is removed", opposite=RuleKey("response", "optional-write-only-property", "itself", "added")),
    _received(RuleKey("response", "property", "optional", "became"), _ERROR, "{it} {is} now optional", "Responses can omit it.", "a property is no longer listed in `required`", _READ, RuleKey("response", "property", "required", "became")),
    _received(RuleKey("response", "property", "required", "became"), _INFO, "{it} {is} now required", "Responses always have it.", "a property is listed in `required`", opposite=RuleKey("response", "property", "optional", "became")),
    _received(RuleKey("response", "write-only-property", "optional", "became"), _INFO, "{it}, which {is} write-only, {is} now optional", "It is `writeOnly`.", "a property with `writeOnly: true` is no longer listed in `required`", opposite=RuleKey("response", "write-only-property", "required", "became")),
    _received(RuleKey("response", "write-only-property", "required", "became"), _INFO, "{it}, which {is} write-only, {is} now required", "It is `writeOnly`.", "a property with `writeOnly: true` is listed in `required`", opposite=RuleKey("response", "write-only-property", "optional", "became")),
)  # fmt: skip


_SAID = "Only the documentation changed; the same values are accepted."
_BACK = "The property was write-only. It can now appear in responses."
_HANDLE = "Check that your code can handle it."
# A property that the other direction alone has from now on.
_UNUSED = {
    ("request", "read-only"): (
        "The server should ignore it in requests.",
        "Check whether your code sends it.",
    ),
    ("response", "write-only"): (
        "Responses should no longer contain it.",
        "Check whether your code reads it.",
    ),
}
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
    why, fix = _UNUSED.get((direction, concept), (_SAID, NOTHING_TO_DO))
    return (
        row(became, _INFO, f"{{it}} {{is}} now `{keyword}`", why, f"`{keyword}: true` is added", fix, became_not),
        row(became_not, _WARNING if is_new else _INFO, f"{{it}} {{is}} no longer `{keyword}`", _BACK if is_new else _SAID, f"`{keyword}: true` is removed", _HANDLE if is_new else NOTHING_TO_DO, became),
    )  # fmt: skip


def _create_all_access_rows(direction: RuleDirection) -> tuple[ContractRow, ...]:
    return (
        *_create_access_rows(direction, "required-property", "read-only", "readOnly"),
        *_create_access_rows(direction, "required-property", "write-only", "writeOnly"),
        *_create_access_rows(direction, "optional-property", "read-only", "readOnly"),
        *_create_access_rows(direction, "optional-property", "write-only", "writeOnly"),
    )


# RFC 8594; the policy of the team says how long a deprecated property stays.
_STOP = "Stop using it before it is removed."


def _create_lifecycle_rows(direction: RuleDirection) -> tuple[ContractRow, ...]:
    """Return the rules for the deprecation and the stability of a property."""
    row = partial(ContractRow, area="properties")
    deprecated = RuleKey(direction, "property", "itself", "deprecated")
    reactivated = RuleKey(direction, "property", "itself", "reactivated")
    less_stable = RuleKey(direction, "property", "stability", "decreased")
    more_stable = RuleKey(direction, "property", "stability", "increased")
    return (
        row(deprecated, _INFO, "{it} {is} deprecated", "It still works, and a later version can remove it.", "`deprecated: true` is added", _STOP, reactivated),
        row(RuleKey(direction, "property", "itself", "deprecated-with-sunset"), _INFO, "{it} {is} deprecated, with a sunset date", "It works until the sunset date.", "`deprecated: true` and `x-sunset: 2030-01-01` are added", _STOP, reactivated),
        row(RuleKey(direction, "property", "deprecated-sunset", "missing"), _ERROR, "{it} {is} deprecated without a sunset date", "Your policy requires a sunset date.", "`deprecated: true` without `x-sunset`", TEAM_ADVICE),
        row(RuleKey(direction, "property", "deprecated-sunset", "invalid"), _ERROR, "{it} {is} deprecated, and `x-sunset` is not a date", "Callers cannot know when it will be removed.", "`x-sunset: soon`", TEAM_ADVICE),
        row(RuleKey(direction, "property", "sunset-date", "too-small"), _ERROR, "{it} {is} deprecated, and the sunset date is too early", "Your policy requires more time before the sunset date.", "`x-sunset` is tomorrow", TEAM_ADVICE),
        row(reactivated, _INFO, "{it} {is} no longer deprecated", "It is not going to be removed.", "`deprecated: true` is removed", opposite=deprecated),
        row(less_stable, _ERROR, "{it} {has} a lower stability level", "Callers may rely on the old stability level.", "`x-stability-level` goes from `stable` to `beta`", _STOP, more_stable),
        row(more_stable, _INFO, "{it} {has} a higher stability level", "The new level promises more.", "`x-stability-level` goes from `beta` to `stable`", opposite=less_stable),
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
