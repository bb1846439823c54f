"""Rows for what is not a schema: operations, parameters, messages, security, servers.

In: nothing. Out: `CONTRACT_ROWS`, one row for each rule.

Source: OpenAPI 3.0.3 §4.7.
"""

from __future__ import annotations

from functools import partial

from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO
from flexprice_codegen.frozen_values import frozen_value

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING
_INFO = Severity.INFO
_CHECK = "Check that your code does not depend on it before you upgrade."
TEAM_ADVICE = "Fix the document, or change your team's policy."
_SEND = "Change what your code sends when you upgrade."
_MOVE = "Stop using it, or stay on the old version until your code no longer needs it."


@frozen_value
class ContractRow:
    """A rule. `says` has an `{it}` for the thing that it is about."""

    key: RuleKey
    level: Severity
    says: str
    why: str
    example: str
    fix: str = NOTHING_TO_DO
    opposite: RuleKey | None = None
    area: str = "paths"


_operation = partial(ContractRow, area="paths")
_event = partial(ContractRow, area="events")
_parameter = partial(ContractRow, area="parameters")
_request = partial(ContractRow, area="bodies")
_response = partial(ContractRow, area="responses")
_header = partial(ContractRow, area="headers")
_security = partial(ContractRow, area="security")
_server = partial(ContractRow, area="servers")

# OpenAPI 3.0.3 §4.7.10 (`deprecated`); RFC 8594 (`x-sunset`). What was announced in time
# breaks nobody, so that a removal has a level by what came before it.
_GONE = "Calls to it fail."
_OPERATIONS = (
    _operation(RuleKey("none", "operation", "itself", "added"), _INFO, "{it} {was} added", "No existing code calls it.", "a path gets a `post`", opposite=RuleKey("none", "operation", "itself", "removed")),
    _operation(RuleKey("none", "operation", "itself", "removed"), _ERROR, "{it} {was} removed", f"{_GONE} It was not deprecated before.", "a path loses its `post`", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "operation", "itself", "removed-before-sunset"), _ERROR, "{it} {was} removed before the sunset date", f"{_GONE} The announced sunset date has not passed.", "`x-sunset` is next month, and the operation is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "operation", "itself", "removed-with-deprecation"), _INFO, "{it} {was} removed after deprecation", "The deprecation announced it.", "an operation with `deprecated: true` is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "path", "itself", "removed"), _ERROR, "{it} {was} removed", f"{_GONE} It was not deprecated before.", "`/customers` is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "path", "itself", "removed-before-sunset"), _ERROR, "{it} {was} removed before the sunset date", f"{_GONE} The announced sunset date has not passed.", "`x-sunset` is next month, and `/customers` is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "path", "itself", "removed-with-deprecation"), _INFO, "{it} {was} removed after deprecation", "The deprecation announced it.", "`/customers`, all of it deprecated, is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "operation", "sunset", "invalid"), _ERROR, "{it} {has} an `x-sunset` that is not a date", "Callers cannot know when it will be removed.", "`x-sunset: soon`", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "itself", "deprecated"), _INFO, "{it} {is} deprecated", "It still works, and a later version can remove it.", "`deprecated: true` is added", _MOVE, RuleKey("none", "operation", "itself", "reactivated")),
    _operation(RuleKey("none", "operation", "itself", "deprecated-with-sunset"), _INFO, "{it} {is} deprecated, with a sunset date", "It works until the sunset date.", "`deprecated: true` and `x-sunset: 2030-01-01` are added", _MOVE, RuleKey("none", "operation", "itself", "reactivated")),
    _operation(RuleKey("none", "operation", "itself", "reactivated"), _INFO, "{it} {is} no longer deprecated", "It is not going to be removed.", "`deprecated: true` is removed", opposite=RuleKey("none", "operation", "itself", "deprecated")),
    _operation(RuleKey("none", "operation", "deprecated-sunset", "missing"), _ERROR, "{it} {is} deprecated without a sunset date", "Your policy requires a sunset date.", "`deprecated: true` without `x-sunset`", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "deprecated-sunset", "invalid"), _ERROR, "{it} {is} deprecated, and `x-sunset` is not a date", "Callers cannot know when it will be removed.", "`x-sunset: soon`", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "sunset-date", "too-small"), _ERROR, "{it} {is} deprecated, and the sunset date is too early", "Your policy requires more time before the sunset date.", "`x-sunset` is tomorrow", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "sunset-date", "changed-too-small"), _ERROR, "the sunset date of {it} was moved, and is too early", "Your policy requires more time before the sunset date.", "`x-sunset` moves from next year to tomorrow", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "sunset", "removed"), _ERROR, "{it} {is} deprecated, and lost the sunset date", "Callers no longer know how long it works.", "`x-sunset` is removed, `deprecated: true` stays", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "stability", "decreased"), _ERROR, "{it} {has} a lower stability level", "Callers may rely on the old stability level.", "`x-stability-level` goes from `stable` to `beta`", _CHECK, RuleKey("none", "operation", "stability", "increased")),
    _operation(RuleKey("none", "operation", "stability", "increased"), _INFO, "{it} {has} a higher stability level", "The new level promises more.", "`x-stability-level` goes from `beta` to `stable`", opposite=RuleKey("none", "operation", "stability", "decreased")),
    _operation(RuleKey("none", "operation", "stability", "invalid"), _ERROR, "{it} {has} an invalid `x-stability-level`; expected draft, alpha, beta, or stable", "Callers cannot know what they can rely on.", "`x-stability-level: ready`", TEAM_ADVICE),
    _event(RuleKey("none", "webhook", "itself", "added"), _INFO, "event {it} {was} added", "Only subscribers receive it.", "`webhooks` gets `invoice.paid`", opposite=RuleKey("none", "webhook", "itself", "removed")),
    _event(RuleKey("none", "webhook", "itself", "removed"), _ERROR, "event {it} {was} removed", "The event is no longer sent.", "`webhooks` loses `invoice.paid`", _MOVE, RuleKey("none", "webhook", "itself", "added")),
    _event(RuleKey("none", "webhook", "itself", "deprecated"), _INFO, "event {it} {is} deprecated", "It is still sent, and a later version can remove it.", "`deprecated: true` is added", _MOVE, RuleKey("none", "webhook", "itself", "reactivated")),
    _event(RuleKey("none", "webhook", "itself", "reactivated"), _INFO, "event {it} {is} no longer deprecated", "It is not going to be removed.", "`deprecated: true` is removed", opposite=RuleKey("none", "webhook", "itself", "deprecated")),
)  # fmt: skip


# OpenAPI 3.0.3 §4.7.18: the server calls the caller, who reads what it carries.
_REFUSED = "The server rejects requests that omit it."
_callback = partial(ContractRow, area="events")
_CALLBACKS = (
    _callback(RuleKey("response", "callback", "itself", "added"), _INFO, "{it} {was} added", "The server calls it only for callers who request it.", "`callbacks` gets `onPaid`", opposite=RuleKey("response", "callback", "itself", "removed")),
    _callback(RuleKey("response", "callback", "itself", "removed"), _ERROR, "{it} {was} removed", "The event is no longer sent.", "`callbacks` loses `onPaid`", _MOVE, RuleKey("response", "callback", "itself", "added")),
    _callback(RuleKey("response", "callback-body", "itself", "added"), _INFO, "{it} now {has} a body", "Existing code does not read it.", "a callback gets a `requestBody`", opposite=RuleKey("response", "callback-body", "itself", "removed")),
    _callback(RuleKey("response", "callback-body", "itself", "removed"), _ERROR, "{it} no longer {has} a body", "Code that reads it finds nothing.", "a callback loses its `requestBody`", _MOVE, RuleKey("response", "callback-body", "itself", "added")),
)  # fmt: skip

# OpenAPI 3.0.3 §4.7.12: what a parameter means to the server, and how it is written.
_PARAMETERS = (
    _parameter(RuleKey("request", "required-parameter", "itself", "added"), _ERROR, "{it} {was} added and {is} required", _REFUSED, "a query parameter with `required: true` is added", _SEND, RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "optional-parameter", "itself", "added"), _INFO, "{it} {was} added and {is} optional", "Requests without it still work.", "a query parameter is added", opposite=RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "path-parameter", "itself", "added"), _ERROR, "{it} {was} added", "Every request must have a value for it.", "`/customers` becomes `/{tenant}/customers`", _SEND, RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "required-path-item-parameter", "itself", "added"), _ERROR, "{it} {was} added to the whole path and {is} required", _REFUSED, "the path gets a parameter with `required: true`", _SEND, RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "optional-path-item-parameter", "itself", "added"), _INFO, "{it} {was} added to the whole path and {is} optional", "Requests without it still work.", "the path gets a parameter", opposite=RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "parameter", "itself", "removed"), _WARNING, "{it} {was} removed", "Most servers ignore unknown parameters, and some reject the request. The parameter no longer has any effect.", "a query parameter is removed", _MOVE, RuleKey("request", "optional-parameter", "itself", "added")),
    _parameter(RuleKey("request", "parameter", "itself", "removed-with-deprecation"), _INFO, "{it} {was} removed after deprecation", "The deprecation announced it.", "a parameter with `deprecated: true` is removed", _MOVE, RuleKey("request", "optional-parameter", "itself", "added")),
    _parameter(RuleKey("request", "parameter", "itself", "removed-before-sunset"), _ERROR, "{it} {was} removed before the sunset date", "The announced sunset date has not passed.", "`x-sunset` is next month, and the parameter is gone", _MOVE, RuleKey("request", "optional-parameter", "itself", "added")),
    _parameter(RuleKey("request", "parameter", "required", "became"), _ERROR, "{it} {is} now required", _REFUSED, "`required: true` is added", _SEND, RuleKey("request", "parameter", "optional", "became")),
    _parameter(RuleKey("request", "parameter", "optional", "became"), _INFO, "{it} {is} now optional", "Requests with it still work.", "`required: true` is removed", opposite=RuleKey("request", "parameter", "required", "became")),
    _parameter(RuleKey("request", "parameter", "style", "changed"), _ERROR, "{it} changed style", "The server parses existing requests differently.", "`style: form` becomes `style: pipeDelimited`", _SEND),
    _parameter(RuleKey("request", "parameter", "explode", "changed"), _ERROR, "{it} changed `explode`", "The server parses existing requests differently.", "`explode: true` becomes `explode: false`", _SEND),
    _parameter(RuleKey("request", "parameter", "allow-reserved", "changed"), _WARNING, "{it} changed `allowReserved`", "The server can parse values with `/`, `?`, or `&` differently.", "`allowReserved: true` is added", _SEND),
    _parameter(RuleKey("request", "parameter", "media-type", "changed"), _ERROR, "{it} changed media type", "The server parses existing requests differently.", "`schema` becomes `content: {application/json: …}`", _SEND),
    _parameter(RuleKey("request", "parameter", "itself", "deprecated"), _INFO, "{it} {is} deprecated", "It still works, and a later version can remove it.", "`deprecated: true` is added", _MOVE, RuleKey("request", "parameter", "itself", "reactivated")),
    _parameter(RuleKey("request", "parameter", "itself", "reactivated"), _INFO, "{it} {is} no longer deprecated", "It is not going to be removed.", "`deprecated: true` is removed", opposite=RuleKey("request", "parameter", "itself", "deprecated")),
    _parameter(RuleKey("request", "parameter", "deprecated-sunset", "missing"), _ERROR, "{it} {is} deprecated without a sunset date", "Your policy requires a sunset date.", "`deprecated: true` without `x-sunset`", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset", "invalid"), _ERROR, "{it} {has} an `x-sunset` that is not a date", "Callers cannot know when it will be removed.", "`x-sunset: soon`", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset-date", "too-small"), _ERROR, "{it} {is} deprecated, and the sunset date is too early", "Your policy requires more time before the sunset date.", "`x-sunset` is tomorrow", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset-date", "changed-too-small"), _ERROR, "the sunset date of {it} was moved, and is too early", "Your policy requires more time before the sunset date.", "`x-sunset` moves from next year to tomorrow", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset", "removed"), _ERROR, "{it} {is} deprecated, and lost the sunset date", "Callers no longer know how long it works.", "`x-sunset` is removed, `deprecated: true` stays", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "allow-empty", "set"), _INFO, "{it} {is} now allowed without a value", "The same values are accepted as before.", "`allowEmptyValue: true` is added", opposite=RuleKey("request", "parameter", "allow-empty", "unset")),
    _parameter(RuleKey("request", "parameter", "allow-empty", "unset"), _ERROR, "{it} {is} no longer allowed without a value", "The server can reject requests that it used to accept.", "`allowEmptyValue: true` is removed", _SEND, RuleKey("request", "parameter", "allow-empty", "set")),
)  # fmt: skip


# OpenAPI 3.0.3 §4.7.13 to §4.7.17, §4.7.21. A body that is added breaks callers if it is
# required; a medium that is added never does, for callers ask for those that they read.
_READ = "Change how your code reads the response when you upgrade."
_MESSAGES = (
    _request(RuleKey("request", "required-body", "itself", "added"), _ERROR, "{it} {was} added and {is} required", _REFUSED, "the operation gets a `requestBody` with `required: true`", _SEND, RuleKey("request", "body", "itself", "removed")),
    _request(RuleKey("request", "optional-body", "itself", "added"), _INFO, "{it} {was} added and {is} optional", "Requests without it still work.", "the operation gets a `requestBody`", opposite=RuleKey("request", "body", "itself", "removed")),
    _request(RuleKey("request", "body", "itself", "removed"), _ERROR, "{it} {was} removed", "The server ignores the body, or rejects the request.", "the `requestBody` is removed", _SEND, RuleKey("request", "optional-body", "itself", "added")),
    _request(RuleKey("request", "body", "required", "became"), _ERROR, "{it} {is} now required", _REFUSED, "`required: true` is added", _SEND, RuleKey("request", "body", "optional", "became")),
    _request(RuleKey("request", "body", "optional", "became"), _INFO, "{it} {is} now optional", "Requests with it still work.", "`required: true` is removed", opposite=RuleKey("request", "body", "required", "became")),
    _request(RuleKey("request", "body", "media-type", "added"), _INFO, "{it} {has} a new media type", "Existing requests are still accepted.", "`content` gets `application/xml`", opposite=RuleKey("request", "body", "media-type", "removed")),
    _request(RuleKey("request", "body", "media-type", "removed"), _ERROR, "{it} lost a media type", "The server rejects requests of that media type.", "`content` loses `application/xml`", _SEND, RuleKey("request", "body", "media-type", "added")),
    _request(RuleKey("request", "body", "media-type-schema", "added"), _ERROR, "{it} now {has} a schema", "Existing requests may not match the schema.", "a media type gets a `schema`", _SEND, RuleKey("request", "body", "media-type-schema", "removed")),
    _request(RuleKey("request", "body", "media-type-schema", "removed"), _INFO, "{it} no longer {has} a schema", "Everything that was valid is still valid.", "a media type loses its `schema`", opposite=RuleKey("request", "body", "media-type-schema", "added")),
    _request(RuleKey("request", "body", "encoding", "changed"), _ERROR, "a part of {it} changed encoding", "The server parses existing requests differently.", "`contentType` of a part becomes `image/png`", _SEND),
    _request(RuleKey("request", "body", "streaming", "changed"), _ERROR, "{it} changed between a stream and a single body", "The server parses existing requests differently.", "`schema` becomes `itemSchema`", _SEND, RuleKey("request", "body", "streaming", "changed")),
    _response(RuleKey("response", "body", "streaming", "changed"), _ERROR, "{it} changed between a stream and a single body", "Callers have to read it differently.", "`schema` becomes `itemSchema`", _READ, RuleKey("response", "body", "streaming", "changed")),
    _response(RuleKey("response", "success-status", "itself", "added"), _INFO, "{it} {was} added", "Callers can receive another successful response.", "`202` is added to `responses`", opposite=RuleKey("response", "success-status", "itself", "removed")),
    _response(RuleKey("response", "success-status", "itself", "removed"), _ERROR, "{it} {was} removed", "Callers that expect this status code no longer receive it.", "`200` is removed from `responses`", _READ, RuleKey("response", "success-status", "itself", "added")),
    _response(RuleKey("response", "non-success-status", "itself", "added"), _INFO, "{it} {was} added", "Callers have to handle every error status code anyway.", "`409` is added to `responses`", opposite=RuleKey("response", "non-success-status", "itself", "removed")),
    _response(RuleKey("response", "non-success-status", "itself", "removed"), _INFO, "{it} {was} removed", "Callers only lose an error response.", "`409` is removed from `responses`", opposite=RuleKey("response", "non-success-status", "itself", "added")),
    _response(RuleKey("response", "body", "media-type", "added"), _INFO, "{it} {has} a new media type", "Callers receive it only if they request it.", "`content` gets `application/xml`", opposite=RuleKey("response", "body", "media-type", "removed")),
    _response(RuleKey("response", "body", "media-type", "removed"), _ERROR, "{it} lost a media type", "Callers that read this media type receive another one.", "`content` loses `application/json`", _READ, RuleKey("response", "body", "media-type", "added")),
    _response(RuleKey("response", "body", "media-type-name", "changed"), _INFO, "the media type of {it} changed its parameters", "Callers that ignore the parameters still work.", "`application/json; v=1` becomes `application/json; v=2`"),
    _response(RuleKey("response", "body", "media-type-name", "generalized"), _ERROR, "the media type of {it} was widened", "Callers can receive a body that they cannot parse.", "`application/vnd.a+json` becomes `application/json`", _READ, RuleKey("response", "body", "media-type-name", "specialized")),
    _response(RuleKey("response", "body", "media-type-name", "specialized"), _INFO, "the media type of {it} was narrowed", "Callers that parse the old media type can parse the new one.", "`application/json` becomes `application/vnd.a+json`", opposite=RuleKey("response", "body", "media-type-name", "generalized")),
    _response(RuleKey("response", "body", "media-type-schema", "added"), _INFO, "{it} now {has} a schema", "The document says more than before.", "a media type gets a `schema`", opposite=RuleKey("response", "body", "media-type-schema", "removed")),
    _response(RuleKey("response", "body", "media-type-schema", "removed"), _WARNING, "{it} no longer {has} a schema", "The document no longer says what callers receive.", "a media type loses its `schema`", _READ, RuleKey("response", "body", "media-type-schema", "added")),
    _response(RuleKey("response", "body", "encoding", "changed"), _WARNING, "a part of {it} changed encoding", "Callers can parse it differently.", "`contentType` of a part becomes `image/png`", _READ),
    _header(RuleKey("response", "header", "itself", "added"), _INFO, "{it} {was} added", "Callers ignore unknown headers.", "`X-Rate-Limit` is added to `headers`", opposite=RuleKey("response", "optional-header", "itself", "removed")),
    _header(RuleKey("response", "required-header", "itself", "removed"), _ERROR, "{it} {was} removed", "It was required, so callers can rely on it.", "a header with `required: true` is removed", _READ, RuleKey("response", "header", "itself", "added")),
    _header(RuleKey("response", "optional-header", "itself", "removed"), _WARNING, "{it} {was} removed", "Callers that read it no longer receive it.", "a header is removed", _READ, RuleKey("response", "header", "itself", "added")),
    _header(RuleKey("response", "header", "optional", "became"), _ERROR, "{it} {is} now optional", "Responses can omit it.", "`required: true` is removed", _READ, RuleKey("response", "header", "required", "became")),
    _header(RuleKey("response", "header", "required", "became"), _INFO, "{it} {is} now required", "Responses always have it.", "`required: true` is added", opposite=RuleKey("response", "header", "optional", "became")),
    _header(RuleKey("response", "header", "itself", "deprecated"), _INFO, "{it} {is} deprecated", "It is still sent, and a later version can remove it.", "`deprecated: true` is added", _MOVE, RuleKey("response", "header", "itself", "reactivated")),
    _header(RuleKey("response", "header", "itself", "reactivated"), _INFO, "{it} {is} no longer deprecated", "It is not going to be removed.", "`deprecated: true` is removed", opposite=RuleKey("response", "header", "itself", "deprecated")),
    _response(RuleKey("response", "link", "itself", "added"), _INFO, "{it} {has} a new link", "Callers that do not follow it are not affected.", "`links` gets `next`", opposite=RuleKey("response", "link", "itself", "removed")),
    _response(RuleKey("response", "link", "itself", "removed"), _INFO, "{it} lost a link", "A link only points to another operation, which still exists.", "`links` loses `next`", opposite=RuleKey("response", "link", "itself", "added")),
    _response(RuleKey("response", "link", "itself", "changed"), _INFO, "{it} changed the target of a link", "A link only points to another operation, which still exists.", "`operationId` of a link changes", opposite=RuleKey("response", "link", "itself", "changed")),
)  # fmt: skip


# OpenAPI 3.0.3 §4.7.27, §4.7.30, §4.7.5. A scheme counts only where it is asked for, and a
# server may be gone or only no longer written down.
_UNAUTHORIZED = "Existing calls fail with 401 or 403."
_LOGIN = "Pass the credentials that the new version requires."
_SCHEMES = (
    _security(RuleKey("none", "security", "itself", "added"), _ERROR, "{owner} now requires {it}", f"{_UNAUTHORIZED} If another credential is still accepted, existing calls work.", "`security: [{key: []}]` is added", _LOGIN, RuleKey("none", "security", "itself", "removed")),
    _security(RuleKey("none", "security", "itself", "removed"), _ERROR, "{owner} no longer accepts {it}", f"{_UNAUTHORIZED} If no credential is required, existing calls work.", "`{key: []}` is removed from `security`", _LOGIN, RuleKey("none", "security", "itself", "added")),
    _security(RuleKey("none", "security", "scope", "added"), _ERROR, "{owner} requires a new scope: {it}", _UNAUTHORIZED, "`{oauth: [read]}` becomes `{oauth: [read, write]}`", _LOGIN, RuleKey("none", "security", "scope", "removed")),
    _security(RuleKey("none", "security", "scope", "removed"), _INFO, "{owner} no longer requires a scope: {it}", "Tokens with more scopes still work.", "`{oauth: [read, write]}` becomes `{oauth: [read]}`", opposite=RuleKey("none", "security", "scope", "added")),
    _security(RuleKey("none", "global-security", "itself", "added"), _ERROR, "all operations now require {it}", f"{_UNAUTHORIZED} If another credential is still accepted, existing calls work.", "`security: [{key: []}]` is added to the document", _LOGIN, RuleKey("none", "global-security", "itself", "removed")),
    _security(RuleKey("none", "global-security", "itself", "removed"), _ERROR, "the API no longer accepts {it}", f"{_UNAUTHORIZED} If no credential is required, existing calls work.", "`{key: []}` is removed from the `security` of the document", _LOGIN, RuleKey("none", "global-security", "itself", "added")),
    _security(RuleKey("none", "global-security", "scope", "added"), _ERROR, "all operations require a new scope: {it}", _UNAUTHORIZED, "`{oauth: [read]}` becomes `{oauth: [read, write]}`", _LOGIN, RuleKey("none", "global-security", "scope", "removed")),
    _security(RuleKey("none", "global-security", "scope", "removed"), _INFO, "the API no longer requires a scope: {it}", "Tokens with more scopes still work.", "`{oauth: [read, write]}` becomes `{oauth: [read]}`", opposite=RuleKey("none", "global-security", "scope", "added")),
    _security(RuleKey("none", "security-scheme", "itself", "added"), _INFO, "{it} {was} added", "It matters only to operations that require it.", "`securitySchemes` gets `key`", opposite=RuleKey("none", "security-scheme", "itself", "removed")),
    _security(RuleKey("none", "security-scheme", "itself", "removed"), _INFO, "{it} {was} removed", "It matters only to operations that require it, which have findings of their own.", "`securitySchemes` loses `key`", opposite=RuleKey("none", "security-scheme", "itself", "added")),
    _security(RuleKey("none", "security-scheme", "type", "changed"), _ERROR, "{it} changed type", _UNAUTHORIZED, "`type: apiKey` becomes `type: http`", _LOGIN),
    _security(RuleKey("none", "security-scheme", "itself", "changed"), _ERROR, "{it} changed how the credential is sent", _UNAUTHORIZED, "`name: X-Key` becomes `name: Authorization`", _LOGIN),
    _security(RuleKey("none", "security-scheme", "bearer-format", "changed"), _INFO, "{it} changed the token format", "The format is documentation: callers send tokens unchanged.", "`bearerFormat: JWT` is added"),
    _security(RuleKey("none", "security-scheme", "oauth-url", "changed"), _WARNING, "{it} changed the authorization URL", "Clients that are configured with the old URL can fail.", "`authorizationUrl` changes", _LOGIN),
    _security(RuleKey("none", "security-scheme", "oauth-token-url", "changed"), _WARNING, "{it} changed the token URL", "Clients that are configured with the old URL can fail.", "`tokenUrl` changes", _LOGIN),
    _security(RuleKey("none", "security-scheme", "oauth-scope", "added"), _INFO, "{it} {has} a new scope", "It matters only to operations that require it.", "`scopes` gets `write`", opposite=RuleKey("none", "security-scheme", "oauth-scope", "removed")),
    _security(RuleKey("none", "security-scheme", "oauth-scope", "removed"), _WARNING, "{it} lost a scope", "Token requests with this scope can fail.", "`scopes` loses `write`", _LOGIN, RuleKey("none", "security-scheme", "oauth-scope", "added")),
    _security(RuleKey("none", "security-scheme", "oauth-scope", "changed"), _INFO, "{it} changed the description of a scope", "Only the documentation changed.", "the text of `write` changes"),
    _server(RuleKey("none", "server", "itself", "added"), _INFO, "a server was added: {it}", "The old servers still exist.", "`servers` gets a URL", NOTHING_TO_DO, RuleKey("none", "server", "itself", "removed")),
    _server(RuleKey("none", "server", "itself", "removed"), _WARNING, "a server was removed: {it}", "Calls to it can fail. The document does not say whether it still runs.", "`servers` loses a URL", _CHECK, RuleKey("none", "server", "itself", "added")),
    _operation(RuleKey("none", "operation", "server", "added"), _INFO, "{it} {has} a new server", "The old servers still exist.", "`servers` of an operation gets a URL", NOTHING_TO_DO, RuleKey("none", "operation", "server", "removed")),
    _operation(RuleKey("none", "operation", "server", "removed"), _WARNING, "{it} lost a server", "Calls to it can fail. The document does not say whether it still runs.", "`servers` of an operation loses a URL", _CHECK, RuleKey("none", "operation", "server", "added")),
    _server(RuleKey("none", "server-variable", "itself", "added"), _INFO, "a server has a new variable: {it}", "Its default keeps the URL that callers use.", "`https://eu.example` becomes `https://{region}.example` with `default: eu`", NOTHING_TO_DO, RuleKey("none", "server-variable", "itself", "removed")),
    _server(RuleKey("none", "server-variable", "itself", "removed"), _WARNING, "a server lost a variable: {it}", "Callers that set it can no longer select that server.", "`https://{region}.example` with `default: eu` becomes `https://eu.example`", _CHECK, RuleKey("none", "server-variable", "itself", "added")),
    _server(RuleKey("none", "server-variable", "default", "missing"), _ERROR, "a server variable has no default: {it}", "Callers that do not set it have no URL.", "`default: eu` is removed", "Set the variable, or pass the whole URL.", RuleKey("none", "server-variable", "default", "changed")),
    _server(RuleKey("none", "server-variable", "default", "changed"), _WARNING, "a server variable changed its default: {it}", "Callers that do not set it use another server.", "`default: eu` becomes `default: us`", _CHECK),
    _server(RuleKey("none", "server-variable", "value", "added"), _INFO, "a server variable has a new value: {it}", "The old values still exist.", "`enum` gets `us`", NOTHING_TO_DO, RuleKey("none", "server-variable", "value", "removed")),
    _server(RuleKey("none", "server-variable", "value", "removed"), _WARNING, "a server variable lost a value: {it}", "Calls to that server can fail.", "`enum` loses `eu`", _CHECK, RuleKey("none", "server-variable", "value", "added")),
)  # fmt: skip

CONTRACT_ROWS = (*_OPERATIONS, *_CALLBACKS, *_PARAMETERS, *_MESSAGES, *_SCHEMES)
