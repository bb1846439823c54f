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
_CHECK = (
    "Check that your code does not depend on it before you move to the new version."
)
TEAM_ADVICE = "Mend the document, or change what your team has agreed on."
_SEND = "Change what your code sends, together with the move to the new version."
_MOVE = "Stop to use it, or stay with the old version until your code can do without."


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
_GONE = "Calls of it fail from now on."
_OPERATIONS = (
    _operation(RuleKey("none", "operation", "itself", "added"), _INFO, "{it} is new", "Nobody calls it yet.", "a path gets a `post`", opposite=RuleKey("none", "operation", "itself", "removed")),
    _operation(RuleKey("none", "operation", "itself", "removed"), _ERROR, "{it} was removed", f"{_GONE} It was not marked `deprecated` before.", "a path loses its `post`", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "operation", "itself", "removed-before-sunset"), _ERROR, "{it} was removed before the day of its sunset", f"{_GONE} Callers were told that it stays longer.", "`x-sunset` is next month, and the operation is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "operation", "itself", "removed-with-deprecation"), _INFO, "{it} was removed after its deprecation", "Callers were told in time.", "an operation with `deprecated: true` is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "path", "itself", "removed"), _ERROR, "{it} was removed, and its whole path", f"{_GONE} It was not marked `deprecated` before.", "`/customers` is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "path", "itself", "removed-before-sunset"), _ERROR, "{it} was removed, and its whole path, before the day of its sunset", f"{_GONE} Callers were told that it stays longer.", "`x-sunset` is next month, and `/customers` is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "path", "itself", "removed-with-deprecation"), _INFO, "{it} was removed, and its whole path, after its deprecation", "Callers were told in time.", "`/customers`, all of it deprecated, is gone", _MOVE, RuleKey("none", "operation", "itself", "added")),
    _operation(RuleKey("none", "operation", "sunset", "invalid"), _ERROR, "{it} has an `x-sunset` that is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "itself", "deprecated"), _INFO, "{it} is deprecated now", "It works as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, RuleKey("none", "operation", "itself", "reactivated")),
    _operation(RuleKey("none", "operation", "itself", "deprecated-with-sunset"), _INFO, "{it} is deprecated now, with the day of its sunset", "It works until that day.", "`deprecated: true` and `x-sunset: 2030-01-01` are added", _MOVE, RuleKey("none", "operation", "itself", "reactivated")),
    _operation(RuleKey("none", "operation", "itself", "reactivated"), _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", opposite=RuleKey("none", "operation", "itself", "deprecated")),
    _operation(RuleKey("none", "operation", "deprecated-sunset", "missing"), _ERROR, "{it} is deprecated now, without the day of its sunset", "Your policy asks for a sunset.", "`deprecated: true` without `x-sunset`", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "deprecated-sunset", "invalid"), _ERROR, "{it} is deprecated now, and its `x-sunset` is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "sunset-date", "too-small"), _ERROR, "{it} is deprecated now, and its sunset is too near", "Your policy gives callers more time.", "`x-sunset` is tomorrow", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "sunset-date", "changed-too-small"), _ERROR, "the sunset of {it} was brought forward, too near", "Your policy gives callers more time.", "`x-sunset` moves from next year to tomorrow", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "sunset", "removed"), _ERROR, "{it} is deprecated, and lost the day of its sunset", "Callers do not know any more how long it stays.", "`x-sunset` is taken away, `deprecated: true` stays", TEAM_ADVICE),
    _operation(RuleKey("none", "operation", "stability", "decreased"), _ERROR, "{it} is less stable than before", "Callers relied on a promise that does not hold any more.", "`x-stability-level` goes from `stable` to `beta`", _CHECK, RuleKey("none", "operation", "stability", "increased")),
    _operation(RuleKey("none", "operation", "stability", "increased"), _INFO, "{it} is more stable than before", "Callers are promised more.", "`x-stability-level` goes from `beta` to `stable`", opposite=RuleKey("none", "operation", "stability", "decreased")),
    _operation(RuleKey("none", "operation", "stability", "invalid"), _ERROR, "{it} has an `x-stability-level` that is none of draft, alpha, beta, stable", "Nobody can tell what callers may rely on.", "`x-stability-level: ready`", TEAM_ADVICE),
    _event(RuleKey("none", "webhook", "itself", "added"), _INFO, "the event {it} is new", "Whoever does not subscribe to it does not get it.", "`webhooks` gets `invoice.paid`", opposite=RuleKey("none", "webhook", "itself", "removed")),
    _event(RuleKey("none", "webhook", "itself", "removed"), _ERROR, "the event {it} was removed", "Code that waits for it waits for ever.", "`webhooks` loses `invoice.paid`", _MOVE, RuleKey("none", "webhook", "itself", "added")),
    _event(RuleKey("none", "webhook", "itself", "deprecated"), _INFO, "the event {it} is deprecated now", "It is sent as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, RuleKey("none", "webhook", "itself", "reactivated")),
    _event(RuleKey("none", "webhook", "itself", "reactivated"), _INFO, "the event {it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", opposite=RuleKey("none", "webhook", "itself", "deprecated")),
)  # fmt: skip


# OpenAPI 3.0.3 §4.7.18: the server calls the caller, who reads what it carries.
_REFUSED = "A call without it, as callers make it today, is refused."
_callback = partial(ContractRow, area="events")
_CALLBACKS = (
    _callback(RuleKey("response", "callback", "itself", "added"), _INFO, "{it} is new", "The server makes it only to callers who ask for it.", "`callbacks` gets `onPaid`", opposite=RuleKey("response", "callback", "itself", "removed")),
    _callback(RuleKey("response", "callback", "itself", "removed"), _ERROR, "{it} was removed", "Code that waits for it waits for ever.", "`callbacks` loses `onPaid`", _MOVE, RuleKey("response", "callback", "itself", "added")),
    _callback(RuleKey("response", "callback-body", "itself", "added"), _INFO, "{it} carries a body now", "Code that does not read it goes on as before.", "a callback gets a `requestBody`", opposite=RuleKey("response", "callback-body", "itself", "removed")),
    _callback(RuleKey("response", "callback-body", "itself", "removed"), _ERROR, "{it} carries no body any more", "Code that reads it finds nothing.", "a callback loses its `requestBody`", _MOVE, RuleKey("response", "callback-body", "itself", "added")),
)  # fmt: skip

# OpenAPI 3.0.3 §4.7.12: what a parameter means to the server, and how it is written.
_PARAMETERS = (
    _parameter(RuleKey("request", "required-parameter", "itself", "added"), _ERROR, "{it} is new and required", _REFUSED, "a query parameter with `required: true` is added", _SEND, RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "optional-parameter", "itself", "added"), _INFO, "{it} is new and optional", "Calls without it go on as before.", "a query parameter is added", opposite=RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "path-parameter", "itself", "added"), _ERROR, "{it} is new", "Each call must fill it in.", "`/customers` becomes `/{tenant}/customers`", _SEND, RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "required-path-item-parameter", "itself", "added"), _ERROR, "{it} is new and required, for all operations of the path", _REFUSED, "the path gets a parameter with `required: true`", _SEND, RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "optional-path-item-parameter", "itself", "added"), _INFO, "{it} is new and optional, for all operations of the path", "Calls without it go on as before.", "the path gets a parameter", opposite=RuleKey("request", "parameter", "itself", "removed")),
    _parameter(RuleKey("request", "parameter", "itself", "removed"), _WARNING, "{it} was removed", "Most servers pass over what they do not know, some refuse it; either way it has no effect any more.", "a query parameter is taken away", _MOVE, RuleKey("request", "optional-parameter", "itself", "added")),
    _parameter(RuleKey("request", "parameter", "itself", "removed-with-deprecation"), _INFO, "{it} was removed after its deprecation", "Callers were told in time.", "a parameter with `deprecated: true` is taken away", _MOVE, RuleKey("request", "optional-parameter", "itself", "added")),
    _parameter(RuleKey("request", "parameter", "itself", "removed-before-sunset"), _ERROR, "{it} was removed before the day of its sunset", "Callers were told that it stays longer.", "`x-sunset` is next month, and the parameter is gone", _MOVE, RuleKey("request", "optional-parameter", "itself", "added")),
    _parameter(RuleKey("request", "parameter", "required", "became"), _ERROR, "{it} became required", _REFUSED, "`required: true` is added", _SEND, RuleKey("request", "parameter", "optional", "became")),
    _parameter(RuleKey("request", "parameter", "optional", "became"), _INFO, "{it} became optional", "Calls with it go on as before.", "`required: true` is taken away", opposite=RuleKey("request", "parameter", "required", "became")),
    _parameter(RuleKey("request", "parameter", "style", "changed"), _ERROR, "{it} is written in another style", "The server reads what callers write today as something else.", "`style: form` becomes `style: pipeDelimited`", _SEND),
    _parameter(RuleKey("request", "parameter", "explode", "changed"), _ERROR, "the members of {it} are written in another way", "The server reads what callers write today as something else.", "`explode: true` becomes `explode: false`", _SEND),
    _parameter(RuleKey("request", "parameter", "allow-empty", "set"), _INFO, "{it} may be sent without a value now", "All that was accepted before is still accepted.", "`allowEmptyValue: true` is added", opposite=RuleKey("request", "parameter", "allow-empty", "unset")),
    _parameter(RuleKey("request", "parameter", "allow-empty", "unset"), _ERROR, "{it} must not be sent without a value any more", "A request that was accepted before may be refused now.", "`allowEmptyValue: true` is taken away", _SEND, RuleKey("request", "parameter", "allow-empty", "set")),
    _parameter(RuleKey("request", "parameter", "allow-reserved", "changed"), _WARNING, "{it} treats reserved characters in another way", "Values with `/`, `?` or `&` may be read as something else.", "`allowReserved: true` is added", _SEND),
    _parameter(RuleKey("request", "parameter", "media-type", "changed"), _ERROR, "{it} travels in another media type", "The server reads what callers write today as something else.", "`schema` becomes `content: {application/json: …}`", _SEND),
    _parameter(RuleKey("request", "parameter", "itself", "deprecated"), _INFO, "{it} is deprecated now", "It works as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, RuleKey("request", "parameter", "itself", "reactivated")),
    _parameter(RuleKey("request", "parameter", "itself", "reactivated"), _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", opposite=RuleKey("request", "parameter", "itself", "deprecated")),
    _parameter(RuleKey("request", "parameter", "deprecated-sunset", "missing"), _ERROR, "{it} is deprecated now, without the day of its sunset", "Your policy asks for a sunset.", "`deprecated: true` without `x-sunset`", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset", "invalid"), _ERROR, "{it} has an `x-sunset` that is no date", "Nobody can tell from which day it may be gone.", "`x-sunset: soon`", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset-date", "too-small"), _ERROR, "{it} is deprecated now, and its sunset is too near", "Your policy gives callers more time.", "`x-sunset` is tomorrow", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset-date", "changed-too-small"), _ERROR, "the sunset of {it} was brought forward, too near", "Your policy gives callers more time.", "`x-sunset` moves from next year to tomorrow", TEAM_ADVICE),
    _parameter(RuleKey("request", "parameter", "sunset", "removed"), _ERROR, "{it} is deprecated, and lost the day of its sunset", "Callers do not know any more how long it stays.", "`x-sunset` is taken away, `deprecated: true` stays", TEAM_ADVICE),
)  # fmt: skip


# OpenAPI 3.0.3 §4.7.13 to §4.7.17, §4.7.21. A body that is added breaks callers if it is
# required; a medium that is added never does, for callers ask for those that they read.
_READ = "Change how your code reads the response, together with the move."
_MESSAGES = (
    _request(RuleKey("request", "required-body", "itself", "added"), _ERROR, "{it} is new and required", _REFUSED, "the operation gets a `requestBody` with `required: true`", _SEND, RuleKey("request", "body", "itself", "removed")),
    _request(RuleKey("request", "optional-body", "itself", "added"), _INFO, "{it} is new and optional", "Calls without it go on as before.", "the operation gets a `requestBody`", opposite=RuleKey("request", "body", "itself", "removed")),
    _request(RuleKey("request", "body", "itself", "removed"), _ERROR, "{it} was removed", "What callers send has no effect any more, or is refused.", "the `requestBody` is taken away", _SEND, RuleKey("request", "optional-body", "itself", "added")),
    _request(RuleKey("request", "body", "required", "became"), _ERROR, "{it} became required", _REFUSED, "`required: true` is added", _SEND, RuleKey("request", "body", "optional", "became")),
    _request(RuleKey("request", "body", "optional", "became"), _INFO, "{it} became optional", "Calls with it go on as before.", "`required: true` is taken away", opposite=RuleKey("request", "body", "required", "became")),
    _request(RuleKey("request", "body", "media-type", "added"), _INFO, "{it} may be of a further media type", "Callers may send what they send today.", "`content` gets `application/xml`", opposite=RuleKey("request", "body", "media-type", "removed")),
    _request(RuleKey("request", "body", "media-type", "removed"), _ERROR, "{it} may not be of a media type any more", "Callers who send it are refused.", "`content` loses `application/xml`", _SEND, RuleKey("request", "body", "media-type", "added")),
    _request(RuleKey("request", "body", "media-type-schema", "added"), _ERROR, "{it} has a schema now", "What callers send today may not fit it.", "a media type gets a `schema`", _SEND, RuleKey("request", "body", "media-type-schema", "removed")),
    _request(RuleKey("request", "body", "media-type-schema", "removed"), _INFO, "{it} has no schema any more", "All that was accepted before is still accepted.", "a media type loses its `schema`", opposite=RuleKey("request", "body", "media-type-schema", "added")),
    _request(RuleKey("request", "body", "encoding", "changed"), _ERROR, "a part of {it} is written in another way", "The server reads what callers write today as something else.", "`contentType` of a part becomes `image/png`", _SEND),
    _request(RuleKey("request", "body", "streaming", "changed"), _ERROR, "{it} is sent as a whole now, or piece by piece", "The server reads what callers write today as something else.", "`schema` becomes `itemSchema`", _SEND, RuleKey("request", "body", "streaming", "changed")),
    _response(RuleKey("response", "body", "streaming", "changed"), _ERROR, "{it} comes as a whole now, or piece by piece", "Callers read it in another way.", "`schema` becomes `itemSchema`", _READ, RuleKey("response", "body", "streaming", "changed")),
    _response(RuleKey("response", "success-status", "itself", "added"), _INFO, "{it} is new", "Callers must expect a further good answer.", "`202` is added to `responses`", opposite=RuleKey("response", "success-status", "itself", "removed")),
    _response(RuleKey("response", "success-status", "itself", "removed"), _ERROR, "{it} was removed", "Callers who wait for that status do not get it any more.", "`200` is taken from `responses`", _READ, RuleKey("response", "success-status", "itself", "added")),
    _response(RuleKey("response", "link", "itself", "added"), _INFO, "{it} has a further link", "Who does not follow it does not notice.", "`links` gets `next`", opposite=RuleKey("response", "link", "itself", "removed")),
    _response(RuleKey("response", "link", "itself", "removed"), _INFO, "{it} lost a link", "A link is a hint at another operation, which is there as before.", "`links` loses `next`", opposite=RuleKey("response", "link", "itself", "added")),
    _response(RuleKey("response", "link", "itself", "changed"), _INFO, "{it} has a link that leads elsewhere", "A link is a hint at another operation, which is there as before.", "`operationId` of a link changes", opposite=RuleKey("response", "link", "itself", "changed")),
    _response(RuleKey("response", "non-success-status", "itself", "added"), _INFO, "{it} is new", "Callers handle failures of any status.", "`409` is added to `responses`", opposite=RuleKey("response", "non-success-status", "itself", "removed")),
    _response(RuleKey("response", "non-success-status", "itself", "removed"), _INFO, "{it} was removed", "A failure that does not happen any more breaks nobody.", "`409` is taken from `responses`", opposite=RuleKey("response", "non-success-status", "itself", "added")),
    _response(RuleKey("response", "body", "media-type", "added"), _INFO, "{it} may be of a further media type", "Callers get it only if they ask for it.", "`content` gets `application/xml`", opposite=RuleKey("response", "body", "media-type", "removed")),
    _response(RuleKey("response", "body", "media-type", "removed"), _ERROR, "{it} is not of a media type any more", "Callers who read it get something else.", "`content` loses `application/json`", _READ, RuleKey("response", "body", "media-type", "added")),
    _response(RuleKey("response", "body", "media-type-name", "changed"), _INFO, "the media type of {it} has other parameters", "Callers who read the type without its parameters go on as before.", "`application/json; v=1` becomes `application/json; v=2`"),
    _response(RuleKey("response", "body", "media-type-name", "generalized"), _ERROR, "the media type of {it} is a broader one", "Callers may get what they cannot read.", "`application/vnd.a+json` becomes `application/json`", _READ, RuleKey("response", "body", "media-type-name", "specialized")),
    _response(RuleKey("response", "body", "media-type-name", "specialized"), _INFO, "the media type of {it} is a narrower one", "Callers who read the broader one can read it.", "`application/json` becomes `application/vnd.a+json`", opposite=RuleKey("response", "body", "media-type-name", "generalized")),
    _response(RuleKey("response", "body", "media-type-schema", "added"), _INFO, "{it} has a schema now", "Callers know more than before.", "a media type gets a `schema`", opposite=RuleKey("response", "body", "media-type-schema", "removed")),
    _response(RuleKey("response", "body", "media-type-schema", "removed"), _WARNING, "{it} has no schema any more", "Callers do not know any more what they get.", "a media type loses its `schema`", _READ, RuleKey("response", "body", "media-type-schema", "added")),
    _response(RuleKey("response", "body", "encoding", "changed"), _WARNING, "a part of {it} is written in another way", "Callers may read it as something else.", "`contentType` of a part becomes `image/png`", _READ),
    _header(RuleKey("response", "header", "itself", "added"), _INFO, "{it} is new", "Callers pass over headers that they do not know.", "`X-Rate-Limit` is added to `headers`", opposite=RuleKey("response", "optional-header", "itself", "removed")),
    _header(RuleKey("response", "required-header", "itself", "removed"), _ERROR, "{it} was removed", "Callers relied on it: it was required.", "a header with `required: true` is taken away", _READ, RuleKey("response", "header", "itself", "added")),
    _header(RuleKey("response", "optional-header", "itself", "removed"), _WARNING, "{it} was removed", "Callers who read it do not get it any more.", "a header is taken away", _READ, RuleKey("response", "header", "itself", "added")),
    _header(RuleKey("response", "header", "optional", "became"), _ERROR, "{it} became optional", "Callers who read it may not get it.", "`required: true` is taken away", _READ, RuleKey("response", "header", "required", "became")),
    _header(RuleKey("response", "header", "required", "became"), _INFO, "{it} became required", "Callers get it always.", "`required: true` is added", opposite=RuleKey("response", "header", "optional", "became")),
    _header(RuleKey("response", "header", "itself", "deprecated"), _INFO, "{it} is deprecated now", "It is sent as before, and will be removed some day.", "`deprecated: true` is added", _MOVE, RuleKey("response", "header", "itself", "reactivated")),
    _header(RuleKey("response", "header", "itself", "reactivated"), _INFO, "{it} is not deprecated any more", "It stays.", "`deprecated: true` is taken away", opposite=RuleKey("response", "header", "itself", "deprecated")),
)  # fmt: skip


# OpenAPI 3.0.3 §4.7.27, §4.7.30, §4.7.5. A scheme counts only where it is asked for, and a
# server may be gone or only no longer written down.
_UNAUTHORIZED = "Calls that are made as before are refused with 401 or 403."
_LOGIN = "Give the client what the new version asks for."
_SCHEMES = (
    _security(RuleKey("none", "security", "itself", "added"), _ERROR, "{owner} asks for {it} now", f"{_UNAUTHORIZED} (Beside another way in that stays, it is an offer and breaks nobody.)", "`security: [{key: []}]` is added", _LOGIN, RuleKey("none", "security", "itself", "removed")),
    _security(RuleKey("none", "security", "itself", "removed"), _ERROR, "{owner} does not accept {it} any more", f"{_UNAUTHORIZED} (Where no login is needed any more, nobody breaks.)", "`{key: []}` is taken from `security`", _LOGIN, RuleKey("none", "security", "itself", "added")),
    _security(RuleKey("none", "security", "scope", "added"), _ERROR, "{owner} asks for a further scope: {it}", _UNAUTHORIZED, "`{oauth: [read]}` becomes `{oauth: [read, write]}`", _LOGIN, RuleKey("none", "security", "scope", "removed")),
    _security(RuleKey("none", "security", "scope", "removed"), _INFO, "{owner} does not ask for a scope any more: {it}", "Tokens with more scopes go on as before.", "`{oauth: [read, write]}` becomes `{oauth: [read]}`", opposite=RuleKey("none", "security", "scope", "added")),
    _security(RuleKey("none", "global-security", "itself", "added"), _ERROR, "all operations ask for {it} now", f"{_UNAUTHORIZED} (Beside another way in that stays, it is an offer and breaks nobody.)", "`security: [{key: []}]` is added to the document", _LOGIN, RuleKey("none", "global-security", "itself", "removed")),
    _security(RuleKey("none", "global-security", "itself", "removed"), _ERROR, "the API does not accept {it} any more", f"{_UNAUTHORIZED} (Where no login is needed any more, nobody breaks.)", "`{key: []}` is taken from the `security` of the document", _LOGIN, RuleKey("none", "global-security", "itself", "added")),
    _security(RuleKey("none", "global-security", "scope", "added"), _ERROR, "all operations ask for a further scope: {it}", _UNAUTHORIZED, "`{oauth: [read]}` becomes `{oauth: [read, write]}`", _LOGIN, RuleKey("none", "global-security", "scope", "removed")),
    _security(RuleKey("none", "global-security", "scope", "removed"), _INFO, "the API does not ask for a scope any more: {it}", "Tokens with more scopes go on as before.", "`{oauth: [read, write]}` becomes `{oauth: [read]}`", opposite=RuleKey("none", "global-security", "scope", "added")),
    _security(RuleKey("none", "security-scheme", "itself", "added"), _INFO, "{it} is new", "It counts only where an operation asks for it.", "`securitySchemes` gets `key`", opposite=RuleKey("none", "security-scheme", "itself", "removed")),
    _security(RuleKey("none", "security-scheme", "itself", "removed"), _INFO, "{it} was removed", "It counts only where an operation asks for it, and that is told there.", "`securitySchemes` loses `key`", opposite=RuleKey("none", "security-scheme", "itself", "added")),
    _security(RuleKey("none", "security-scheme", "type", "changed"), _ERROR, "{it} is of another type", _UNAUTHORIZED, "`type: apiKey` becomes `type: http`", _LOGIN),
    _security(RuleKey("none", "security-scheme", "itself", "changed"), _ERROR, "{it} works in another way", _UNAUTHORIZED, "`name: X-Key` becomes `name: Authorization`", _LOGIN),
    _security(RuleKey("none", "security-scheme", "bearer-format", "changed"), _INFO, "{it} has another format of its token", "The format is a hint: callers send the token as they get it.", "`bearerFormat: JWT` is added"),
    _security(RuleKey("none", "security-scheme", "oauth-url", "changed"), _WARNING, "{it} has another URL to log in", "A login that is set up with the old URL may fail.", "`authorizationUrl` changes", _LOGIN),
    _security(RuleKey("none", "security-scheme", "oauth-token-url", "changed"), _WARNING, "{it} has another URL for tokens", "A login that is set up with the old URL may fail.", "`tokenUrl` changes", _LOGIN),
    _security(RuleKey("none", "security-scheme", "oauth-scope", "added"), _INFO, "{it} has a further scope", "It counts only where an operation asks for it.", "`scopes` gets `write`", opposite=RuleKey("none", "security-scheme", "oauth-scope", "removed")),
    _security(RuleKey("none", "security-scheme", "oauth-scope", "removed"), _WARNING, "{it} lost a scope", "Who asks for it when logging in may be refused.", "`scopes` loses `write`", _LOGIN, RuleKey("none", "security-scheme", "oauth-scope", "added")),
    _security(RuleKey("none", "security-scheme", "oauth-scope", "changed"), _INFO, "a scope of {it} has another description", "The scope is the same.", "the text of `write` changes"),
    _server(RuleKey("none", "server", "itself", "added"), _INFO, "the API has a further server: {it}", "The servers that callers know are still there.", "`servers` gets a URL", NOTHING_TO_DO, RuleKey("none", "server", "itself", "removed")),
    _server(RuleKey("none", "server", "itself", "removed"), _WARNING, "the API has lost a server: {it}", "Calls to it may fail. Whether it is gone cannot be decided here.", "`servers` loses a URL", _CHECK, RuleKey("none", "server", "itself", "added")),
    _operation(RuleKey("none", "operation", "server", "added"), _INFO, "{it} is called at a further server", "The servers that callers know are still there.", "`servers` of an operation gets a URL", NOTHING_TO_DO, RuleKey("none", "operation", "server", "removed")),
    _operation(RuleKey("none", "operation", "server", "removed"), _WARNING, "{it} is no longer called at a server", "Calls to it may fail. Whether it is gone cannot be decided here.", "`servers` of an operation loses a URL", _CHECK, RuleKey("none", "operation", "server", "added")),
    _server(RuleKey("none", "server-variable", "default", "changed"), _WARNING, "a variable of a server has another default: {it}", "Callers who do not set it talk to another server.", "`default: eu` becomes `default: us`", _CHECK),
    _server(RuleKey("none", "server-variable", "value", "added"), _INFO, "a variable of a server may have a further value: {it}", "The values that callers use are still there.", "`enum` gets `us`", NOTHING_TO_DO, RuleKey("none", "server-variable", "value", "removed")),
    _server(RuleKey("none", "server-variable", "value", "removed"), _WARNING, "a variable of a server may not have a value any more: {it}", "Calls to that server may fail.", "`enum` loses `eu`", _CHECK, RuleKey("none", "server-variable", "value", "added")),
)  # fmt: skip

CONTRACT_ROWS = (*_OPERATIONS, *_CALLBACKS, *_PARAMETERS, *_MESSAGES, *_SCHEMES)
