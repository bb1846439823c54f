"""Ids of the rules about operations, events, security and servers.

In: nothing. Out: `CONTRACT`, one line an id.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.rule_key import RuleKey

CONTRACT: Mapping[RuleKey, str] = {
    # Operations: OpenAPI 3.0.3 §4.7.10. What comes and stays is an `endpoint` to oasdiff.
    RuleKey("none", "operation", "itself", "added"): "endpoint-added",
    RuleKey("none", "operation", "itself", "removed"): "api-removed-without-deprecation",
    RuleKey("none", "operation", "itself", "removed-with-deprecation"): "api-removed-with-deprecation",
    RuleKey("none", "operation", "itself", "removed-before-sunset"): "api-removed-before-sunset",
    RuleKey("none", "operation", "itself", "deprecated"): "endpoint-deprecated",
    RuleKey("none", "operation", "itself", "deprecated-with-sunset"): "endpoint-deprecated-with-sunset",
    RuleKey("none", "operation", "itself", "reactivated"): "endpoint-reactivated",
    RuleKey("none", "operation", "sunset", "removed"): "sunset-deleted",
    RuleKey("none", "operation", "sunset", "invalid"): "api-path-sunset-parse",
    RuleKey("none", "operation", "sunset-date", "too-small"): "api-sunset-date-too-small",
    RuleKey("none", "operation", "sunset-date", "changed-too-small"): "api-sunset-date-changed-too-small",
    RuleKey("none", "operation", "deprecated-sunset", "missing"): "api-deprecated-sunset-missing",
    RuleKey("none", "operation", "deprecated-sunset", "invalid"): "api-deprecated-sunset-parse",
    RuleKey("none", "operation", "stability", "increased"): "api-stability-increased",
    RuleKey("none", "operation", "stability", "decreased"): "api-stability-decreased",
    RuleKey("none", "operation", "stability", "invalid"): "api-invalid-stability-level",
    # Paths of which no operation is left: OpenAPI 3.0.3 §4.7.8.
    RuleKey("none", "path", "itself", "removed"): "api-path-removed-without-deprecation",
    RuleKey("none", "path", "itself", "removed-with-deprecation"): "api-path-removed-with-deprecation",
    RuleKey("none", "path", "itself", "removed-before-sunset"): "api-path-removed-before-sunset",
    # Events: OpenAPI 3.1.0 §4.8.1 (`webhooks`).
    RuleKey("none", "webhook", "itself", "added"): "webhook-added",
    RuleKey("none", "webhook", "itself", "removed"): "webhook-removed",
    RuleKey("none", "webhook", "itself", "deprecated"): "webhook-deprecated",
    RuleKey("none", "webhook", "itself", "reactivated"): "webhook-reactivated",
    # What an operation asks for: OpenAPI 3.0.3 §4.7.30.
    RuleKey("none", "security", "itself", "added"): "api-security-added",
    RuleKey("none", "security", "itself", "removed"): "api-security-removed",
    RuleKey("none", "security", "scope", "added"): "api-security-scope-added",
    RuleKey("none", "security", "scope", "removed"): "api-security-scope-removed",
    # What the document asks for where an operation says nothing.
    RuleKey("none", "global-security", "itself", "added"): "api-global-security-added",
    RuleKey("none", "global-security", "itself", "removed"): "api-global-security-removed",
    RuleKey("none", "global-security", "scope", "added"): "api-global-security-scope-added",
    RuleKey("none", "global-security", "scope", "removed"): "api-global-security-scope-removed",
    # The schemes themselves: OpenAPI 3.0.3 §4.7.27 to §4.7.29.
    RuleKey("none", "security-scheme", "itself", "added"): "api-security-component-added",
    RuleKey("none", "security-scheme", "itself", "removed"): "api-security-component-removed",
    RuleKey("none", "security-scheme", "itself", "changed"): "api-security-component-changed",
    RuleKey("none", "security-scheme", "type", "changed"): "api-security-component-type-changed",
    RuleKey("none", "security-scheme", "bearer-format", "changed"): "api-security-component-bearer-format-changed",
    RuleKey("none", "security-scheme", "oauth-url", "changed"): "api-security-component-oauth-url-changed",
    RuleKey("none", "security-scheme", "oauth-token-url", "changed"): "api-security-component-oauth-token-url-changed",
    RuleKey("none", "security-scheme", "oauth-scope", "added"): "api-security-component-oauth-scope-added",
    RuleKey("none", "security-scheme", "oauth-scope", "removed"): "api-security-component-oauth-scope-removed",
    RuleKey("none", "security-scheme", "oauth-scope", "changed"): "api-security-component-oauth-scope-changed",
    # Servers: OpenAPI 3.0.3 §4.7.5.
    RuleKey("none", "server", "itself", "added"): "server-added",
    RuleKey("none", "server", "itself", "removed"): "server-removed",
    RuleKey("none", "operation", "server", "added"): "api-server-added",
    RuleKey("none", "operation", "server", "removed"): "api-server-removed",
    # Variables of servers: OpenAPI 3.0.3 §4.7.6.
    RuleKey("none", "server-variable", "itself", "added"): "server-variable-added",
    RuleKey("none", "server-variable", "itself", "removed"): "server-variable-removed",
    RuleKey("none", "server-variable", "default", "missing"): "server-variable-default-missing",
    RuleKey("none", "server-variable", "default", "changed"): "server-variable-default-changed",
    RuleKey("none", "server-variable", "value", "added"): "server-variable-value-added",
    RuleKey("none", "server-variable", "value", "removed"): "server-variable-value-removed",
}  # fmt: skip
