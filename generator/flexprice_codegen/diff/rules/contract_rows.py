"""Rows for what is not a schema: operations, parameters, messages, security, servers.

In: nothing. Out: `CONTRACT_ROWS`, one row for each rule.

Source: OpenAPI 3.0.3 §4.7.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from flexprice_codegen.diff.finding import Severity
from flexprice_codegen.diff.rules.rule import RuleDirection

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_CHECK = (
    "Check that your code does not depend on it before you move to the new version."
)
_NONE = "Nothing has to be done."
_TEAM = "Mend the document, or change what your team has agreed on."
_SEND = "Change what your code sends, together with the move to the new version."
_MOVE = "Stop to use it, or stay with the old version until your code can do without."


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A rule. `says` has an `{it}` for the thing that it is about."""

    id: str
    level: Severity
    says: str
    why: str
    example: str
    fix: str = _NONE
    mirror: str = ""
    direction: RuleDirection = "none"
    area: str = "paths"


_operation = partial(ContractRow, area="paths")
_event = partial(ContractRow, area="events")
_parameter = partial(ContractRow, area="parameters", direction="request")
_request = partial(ContractRow, area="bodies", direction="request")
_response = partial(ContractRow, area="responses", direction="response")
_header = partial(ContractRow, area="headers", direction="response")
_security = partial(ContractRow, area="security")
_server = partial(ContractRow, area="servers")

_GONE = "Calls of it fail from now on."
_OPERATIONS = (
    _operation("endpoint-added", _INFO, "{it} is new", "Nobody calls it yet.", "a path gets a `post`", mirror="api-removed-without-deprecation"),
    _operation("api-removed-without-deprecation", _ERROR, "{it} was removed", f"{_GONE} It was not marked `deprecated` before.", "a path loses its `post`", _MOVE, "endpoint-added"),
    _operation("api-removed-before-sunset", _ERROR, "{it} was removed before the day of its sunset", f"{_GONE} Callers were told that it stays longer.", "`x-sunset` is next month, and the operation is gone", _MOVE, "endpoint-added"),
    _operation("api-removed-with-deprecation", _INFO, "{it} was removed after its deprecation", "Callers were told in time.", "an operation with `deprecated: true` is gone", _MOVE, "endpoint-added"),
    _operation("api-path-removed-without-deprecation", _ERROR, "{it} was removed, and its whole path", f"{_GONE} It was not marked `deprecated` before.", "`/customers` is gone", _MOVE, "endpoint-added"),
    _operation("api-path-removed-before-sunset", _ERROR, "{it} was removed, and its whole path, before the day of its sunset", f"{_GONE} Callers were told that it stays longer.", "`x-sunset` is next month, and `/customers` is gone", _MOVE, "endpoint-added"),
    _operation("api-path-removed-with-deprecation", _INFO, "{it} was removed, and its whole path, after its deprecation", "Callers were told in time.", "`/customers`, all of it deprecated, is gone", _MOVE, "endpoint-added"),
    _operation("api-path-sunset-parse", _ERROR, "{it} has an `x-sunset` that is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", _TEAM),
    _operation("endpoint-deprecated", _INFO, "{it} is deprecated now", "It works as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, "endpoint-reactivated"),
    _operation("endpoint-deprecated-with-sunset", _INFO, "{it} is deprecated now, with the day of its sunset", "It works until that day.", "`deprecated: true` and `x-sunset: 2030-01-01` are added", _MOVE, "endpoint-reactivated"),
    _operation("endpoint-reactivated", _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", mirror="endpoint-deprecated"),
    _operation("api-deprecated-sunset-missing", _ERROR, "{it} is deprecated now, without the day of its sunset", "Your policy asks for a sunset.", "`deprecated: true` without `x-sunset`", _TEAM),
    _operation("api-deprecated-sunset-parse", _ERROR, "{it} is deprecated now, and its `x-sunset` is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", _TEAM),
    _operation("api-sunset-date-too-small", _ERROR, "{it} is deprecated now, and its sunset is too near", "Your policy gives callers more time.", "`x-sunset` is tomorrow", _TEAM),
    _operation("api-sunset-date-changed-too-small", _ERROR, "the sunset of {it} was brought forward, too near", "Your policy gives callers more time.", "`x-sunset` moves from next year to tomorrow", _TEAM),
    _operation("sunset-deleted", _ERROR, "{it} is deprecated, and lost the day of its sunset", "Callers do not know any more how long it stays.", "`x-sunset` is taken away, `deprecated: true` stays", _TEAM),
    _operation("api-stability-decreased", _ERROR, "{it} is less stable than before", "Callers relied on a promise that does not hold any more.", "`x-stability-level` goes from `stable` to `beta`", _CHECK, "api-stability-increased"),
    _operation("api-stability-increased", _INFO, "{it} is more stable than before", "Callers are promised more.", "`x-stability-level` goes from `beta` to `stable`", mirror="api-stability-decreased"),
    _operation("api-invalid-stability-level", _ERROR, "{it} has an `x-stability-level` that is none of draft, alpha, beta, stable", "Nobody can tell what callers may rely on.", "`x-stability-level: ready`", _TEAM),
    _event("webhook-added", _INFO, "the event {it} is new", "Whoever does not subscribe to it does not get it.", "`webhooks` gets `invoice.paid`", mirror="webhook-removed"),
    _event("webhook-removed", _ERROR, "the event {it} was removed", "Code that waits for it waits for ever.", "`webhooks` loses `invoice.paid`", _MOVE, "webhook-added"),
    _event("webhook-deprecated", _INFO, "the event {it} is deprecated now", "It is sent as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, "webhook-reactivated"),
    _event("webhook-reactivated", _INFO, "the event {it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", mirror="webhook-deprecated"),
)  # fmt: skip


_REFUSED = "A call without it, as callers make it today, is refused."
_callback = partial(ContractRow, area="events", direction="response")
_CALLBACKS = (
    _callback("callback-added", _INFO, "{it} is new", "The server makes it only to callers who ask for it.", "`callbacks` gets `onPaid`", mirror="callback-removed"),
    _callback("callback-removed", _ERROR, "{it} was removed", "Code that waits for it waits for ever.", "`callbacks` loses `onPaid`", _MOVE, "callback-added"),
    _callback("callback-body-added", _INFO, "{it} carries a body now", "Code that does not read it goes on as before.", "a callback gets a `requestBody`", mirror="callback-body-removed"),
    _callback("callback-body-removed", _ERROR, "{it} carries no body any more", "Code that reads it finds nothing.", "a callback loses its `requestBody`", _MOVE, "callback-body-added"),
)  # fmt: skip

_PARAMETERS = (
    _parameter("new-required-request-parameter", _ERROR, "{it} is new and required", _REFUSED, "a query parameter with `required: true` is added", _SEND, "request-parameter-removed"),
    _parameter("new-optional-request-parameter", _INFO, "{it} is new and optional", "Calls without it go on as before.", "a query parameter is added", mirror="request-parameter-removed"),
    _parameter("new-request-path-parameter", _ERROR, "{it} is new", "Each call must fill it in.", "`/customers` becomes `/{tenant}/customers`", _SEND, "request-parameter-removed"),
    _parameter("new-required-request-default-parameter-to-existing-path", _ERROR, "{it} is new and required, for all operations of the path", _REFUSED, "the path gets a parameter with `required: true`", _SEND, "request-parameter-removed"),
    _parameter("new-optional-request-default-parameter-to-existing-path", _INFO, "{it} is new and optional, for all operations of the path", "Calls without it go on as before.", "the path gets a parameter", mirror="request-parameter-removed"),
    _parameter("request-parameter-removed", _WARNING, "{it} was removed", "Most servers pass over what they do not know, some refuse it; either way it has no effect any more.", "a query parameter is taken away", _MOVE, "new-optional-request-parameter"),
    _parameter("request-parameter-removed-with-deprecation", _INFO, "{it} was removed after its deprecation", "Callers were told in time.", "a parameter with `deprecated: true` is taken away", _MOVE, "new-optional-request-parameter"),
    _parameter("request-parameter-removed-before-sunset", _ERROR, "{it} was removed before the day of its sunset", "Callers were told that it stays longer.", "`x-sunset` is next month, and the parameter is gone", _MOVE, "new-optional-request-parameter"),
    _parameter("request-parameter-became-required", _ERROR, "{it} became required", _REFUSED, "`required: true` is added", _SEND, "request-parameter-became-optional"),
    _parameter("request-parameter-became-optional", _INFO, "{it} became optional", "Calls with it go on as before.", "`required: true` is taken away", mirror="request-parameter-became-required"),
    _parameter("request-parameter-style-changed", _ERROR, "{it} is written in another style", "The server reads what callers write today as something else.", "`style: form` becomes `style: pipeDelimited`", _SEND),
    _parameter("request-parameter-explode-changed", _ERROR, "the members of {it} are written in another way", "The server reads what callers write today as something else.", "`explode: true` becomes `explode: false`", _SEND),
    _parameter("request-parameter-allow-reserved-changed", _WARNING, "{it} treats reserved characters in another way", "Values with `/`, `?` or `&` may be read as something else.", "`allowReserved: true` is added", _SEND),
    _parameter("request-parameter-media-type-changed", _ERROR, "{it} travels in another media type", "The server reads what callers write today as something else.", "`schema` becomes `content: {application/json: …}`", _SEND),
    _parameter("request-parameter-deprecated", _INFO, "{it} is deprecated now", "It works as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, "request-parameter-reactivated"),
    _parameter("request-parameter-reactivated", _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", mirror="request-parameter-deprecated"),
    _parameter("request-parameter-deprecated-sunset-missing", _ERROR, "{it} is deprecated now, without the day of its sunset", "Your policy asks for a sunset.", "`deprecated: true` without `x-sunset`", _TEAM),
    _parameter("request-parameter-sunset-parse", _ERROR, "{it} has an `x-sunset` that is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", _TEAM),
    _parameter("request-parameter-sunset-date-too-small", _ERROR, "{it} is deprecated now, and its sunset is too near", "Your policy gives callers more time.", "`x-sunset` is tomorrow", _TEAM),
    _parameter("request-parameter-sunset-date-changed-too-small", _ERROR, "the sunset of {it} was brought forward, too near", "Your policy gives callers more time.", "`x-sunset` moves from next year to tomorrow", _TEAM),
    _parameter("request-parameter-sunset-deleted", _ERROR, "{it} is deprecated, and lost the day of its sunset", "Callers do not know any more how long it stays.", "`x-sunset` is taken away, `deprecated: true` stays", _TEAM),
)  # fmt: skip


_READ = "Change how your code reads the response, together with the move."
_MESSAGES = (
    _request("request-body-added-required", _ERROR, "{it} is new and required", _REFUSED, "the operation gets a `requestBody` with `required: true`", _SEND, "request-body-removed"),
    _request("request-body-added-optional", _INFO, "{it} is new and optional", "Calls without it go on as before.", "the operation gets a `requestBody`", mirror="request-body-removed"),
    _request("request-body-removed", _ERROR, "{it} was removed", "What callers send has no effect any more, or is refused.", "the `requestBody` is taken away", _SEND, "request-body-added-optional"),
    _request("request-body-became-required", _ERROR, "{it} became required", _REFUSED, "`required: true` is added", _SEND, "request-body-became-optional"),
    _request("request-body-became-optional", _INFO, "{it} became optional", "Calls with it go on as before.", "`required: true` is taken away", mirror="request-body-became-required"),
    _request("request-body-media-type-added", _INFO, "{it} may be of a further media type", "Callers may send what they send today.", "`content` gets `application/xml`", mirror="request-body-media-type-removed"),
    _request("request-body-media-type-removed", _ERROR, "{it} may not be of a media type any more", "Callers who send it are refused.", "`content` loses `application/xml`", _SEND, "request-body-media-type-added"),
    _request("request-body-media-type-schema-added", _ERROR, "{it} has a schema now", "What callers send today may not fit it.", "a media type gets a `schema`", _SEND, "request-body-media-type-schema-removed"),
    _request("request-body-media-type-schema-removed", _INFO, "{it} has no schema any more", "All that was accepted before is still accepted.", "a media type loses its `schema`", mirror="request-body-media-type-schema-added"),
    _request("request-body-encoding-changed", _ERROR, "a part of {it} is written in another way", "The server reads what callers write today as something else.", "`contentType` of a part becomes `image/png`", _SEND),
    _request("request-body-streaming-changed", _ERROR, "{it} is sent as a whole now, or piece by piece", "The server reads what callers write today as something else.", "`schema` becomes `itemSchema`", _SEND, "request-body-streaming-changed"),
    _response("response-body-streaming-changed", _ERROR, "{it} comes as a whole now, or piece by piece", "Callers read it in another way.", "`schema` becomes `itemSchema`", _READ, "response-body-streaming-changed"),
    _response("response-success-status-added", _INFO, "{it} is new", "Callers must expect a further good answer.", "`202` is added to `responses`", mirror="response-success-status-removed"),
    _response("response-success-status-removed", _ERROR, "{it} was removed", "Callers who wait for that status do not get it any more.", "`200` is taken from `responses`", _READ, "response-success-status-added"),
    _response("response-non-success-status-added", _INFO, "{it} is new", "Callers handle failures of any status.", "`409` is added to `responses`", mirror="response-non-success-status-removed"),
    _response("response-non-success-status-removed", _INFO, "{it} was removed", "A failure that does not happen any more breaks nobody.", "`409` is taken from `responses`", mirror="response-non-success-status-added"),
    _response("response-media-type-added", _INFO, "{it} may be of a further media type", "Callers get it only if they ask for it.", "`content` gets `application/xml`", mirror="response-media-type-removed"),
    _response("response-media-type-removed", _ERROR, "{it} is not of a media type any more", "Callers who read it get something else.", "`content` loses `application/json`", _READ, "response-media-type-added"),
    _response("response-media-type-name-changed", _INFO, "the media type of {it} has other parameters", "Callers who read the type without its parameters go on as before.", "`application/json; v=1` becomes `application/json; v=2`"),
    _response("response-media-type-name-generalized", _ERROR, "the media type of {it} is a broader one", "Callers may get what they cannot read.", "`application/vnd.a+json` becomes `application/json`", _READ, "response-media-type-name-specialized"),
    _response("response-media-type-name-specialized", _INFO, "the media type of {it} is a narrower one", "Callers who read the broader one can read it.", "`application/json` becomes `application/vnd.a+json`", mirror="response-media-type-name-generalized"),
    _response("response-body-media-type-schema-added", _INFO, "{it} has a schema now", "Callers know more than before.", "a media type gets a `schema`", mirror="response-body-media-type-schema-removed"),
    _response("response-body-media-type-schema-removed", _WARNING, "{it} has no schema any more", "Callers do not know any more what they get.", "a media type loses its `schema`", _READ, "response-body-media-type-schema-added"),
    _response("response-body-encoding-changed", _WARNING, "a part of {it} is written in another way", "Callers may read it as something else.", "`contentType` of a part becomes `image/png`", _READ),
    _header("response-header-added", _INFO, "{it} is new", "Callers pass over headers that they do not know.", "`X-Rate-Limit` is added to `headers`", mirror="optional-response-header-removed"),
    _header("required-response-header-removed", _ERROR, "{it} was removed", "Callers relied on it: it was required.", "a header with `required: true` is taken away", _READ, "response-header-added"),
    _header("optional-response-header-removed", _WARNING, "{it} was removed", "Callers who read it do not get it any more.", "a header is taken away", _READ, "response-header-added"),
    _header("response-header-became-optional", _ERROR, "{it} became optional", "Callers who read it may not get it.", "`required: true` is taken away", _READ, "response-header-became-required"),
    _header("response-header-became-required", _INFO, "{it} became required", "Callers get it always.", "`required: true` is added", mirror="response-header-became-optional"),
    _header("response-header-deprecated", _INFO, "{it} is deprecated now", "It is sent as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, "response-header-reactivated"),
    _header("response-header-reactivated", _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", mirror="response-header-deprecated"),
)  # fmt: skip


_UNAUTHORIZED = "Calls that are made as before are refused with 401 or 403."
_LOGIN = "Give the client what the new version asks for."
_SCHEMES = (
    _security("api-security-added", _ERROR, "the operation asks for {it} now", f"{_UNAUTHORIZED} (Beside another way in that stays, it is an offer and breaks nobody.)", "`security: [{key: []}]` is added", _LOGIN, "api-security-removed"),
    _security("api-security-removed", _ERROR, "the operation does not accept {it} any more", f"{_UNAUTHORIZED} (Where no login is needed any more, nobody breaks.)", "`{key: []}` is taken from `security`", _LOGIN, "api-security-added"),
    _security("api-security-scope-added", _ERROR, "the operation asks for a further scope: {it}", _UNAUTHORIZED, "`{oauth: [read]}` becomes `{oauth: [read, write]}`", _LOGIN, "api-security-scope-removed"),
    _security("api-security-scope-removed", _INFO, "the operation does not ask for a scope any more: {it}", "Tokens with more scopes go on as before.", "`{oauth: [read, write]}` becomes `{oauth: [read]}`", mirror="api-security-scope-added"),
    _security("api-global-security-added", _ERROR, "all operations ask for {it} now", f"{_UNAUTHORIZED} (Beside another way in that stays, it is an offer and breaks nobody.)", "`security: [{key: []}]` is added to the document", _LOGIN, "api-global-security-removed"),
    _security("api-global-security-removed", _ERROR, "the API does not accept {it} any more", f"{_UNAUTHORIZED} (Where no login is needed any more, nobody breaks.)", "`{key: []}` is taken from the `security` of the document", _LOGIN, "api-global-security-added"),
    _security("api-global-security-scope-added", _ERROR, "all operations ask for a further scope: {it}", _UNAUTHORIZED, "`{oauth: [read]}` becomes `{oauth: [read, write]}`", _LOGIN, "api-global-security-scope-removed"),
    _security("api-global-security-scope-removed", _INFO, "the API does not ask for a scope any more: {it}", "Tokens with more scopes go on as before.", "`{oauth: [read, write]}` becomes `{oauth: [read]}`", mirror="api-global-security-scope-added"),
    _security("api-security-component-added", _INFO, "{it} is new", "It counts only where an operation asks for it.", "`securitySchemes` gets `key`", mirror="api-security-component-removed"),
    _security("api-security-component-removed", _INFO, "{it} was removed", "It counts only where an operation asks for it, and that is told there.", "`securitySchemes` loses `key`", mirror="api-security-component-added"),
    _security("api-security-component-type-changed", _ERROR, "{it} is of another type", _UNAUTHORIZED, "`type: apiKey` becomes `type: http`", _LOGIN),
    _security("api-security-component-changed", _ERROR, "{it} works in another way", _UNAUTHORIZED, "`name: X-Key` becomes `name: Authorization`", _LOGIN),
    _security("api-security-component-bearer-format-changed", _INFO, "{it} has another format of its token", "The format is a hint: callers send the token as they get it.", "`bearerFormat: JWT` is added"),
    _security("api-security-component-oauth-url-changed", _WARNING, "{it} has another URL to log in", "A login that is set up with the old URL may fail.", "`authorizationUrl` changes", _LOGIN),
    _security("api-security-component-oauth-token-url-changed", _WARNING, "{it} has another URL for tokens", "A login that is set up with the old URL may fail.", "`tokenUrl` changes", _LOGIN),
    _security("api-security-component-oauth-scope-added", _INFO, "{it} has a further scope", "It counts only where an operation asks for it.", "`scopes` gets `write`", mirror="api-security-component-oauth-scope-removed"),
    _security("api-security-component-oauth-scope-removed", _WARNING, "{it} lost a scope", "Who asks for it when logging in may be refused.", "`scopes` loses `write`", _LOGIN, "api-security-component-oauth-scope-added"),
    _security("api-security-component-oauth-scope-changed", _INFO, "a scope of {it} has another description", "The scope is the same.", "the text of `write` changes"),
    _server("server-added", _INFO, "the API has a further server: {it}", "The servers that callers know are still there.", "`servers` gets a URL", _NONE, "server-removed"),
    _server("server-removed", _WARNING, "the API has lost a server: {it}", "Calls to it may fail. Whether it is gone cannot be decided here.", "`servers` loses a URL", _CHECK, "server-added"),
    _server("server-variable-default-changed", _WARNING, "a variable of a server has another default: {it}", "Callers who do not set it talk to another server.", "`default: eu` becomes `default: us`", _CHECK),
    _server("server-variable-value-added", _INFO, "a variable of a server may have a further value: {it}", "The values that callers use are still there.", "`enum` gets `us`", _NONE, "server-variable-value-removed"),
    _server("server-variable-value-removed", _WARNING, "a variable of a server may not have a value any more: {it}", "Calls to that server may fail.", "`enum` loses `eu`", _CHECK, "server-variable-value-added"),
)  # fmt: skip

CONTRACT_ROWS = (*_OPERATIONS, *_CALLBACKS, *_PARAMETERS, *_MESSAGES, *_SCHEMES)
