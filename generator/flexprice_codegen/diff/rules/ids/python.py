"""Ids of the rules about the generated client, and about mere names.

In: nothing. Out: `PYTHON`, one line an id.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.rule_key import RuleKey

PYTHON: Mapping[RuleKey, str] = {
    # Mere names of the document: operation ids, tags, schemas.
    RuleKey("none", "operation", "operation-id", "added"): "api-operation-id-added",
    RuleKey("none", "operation", "operation-id", "removed"): "api-operation-id-removed",
    RuleKey("none", "operation", "tag", "added"): "api-tag-added",
    RuleKey("none", "operation", "tag", "removed"): "api-tag-removed",
    RuleKey("none", "component-schema", "itself", "removed"): "api-schema-removed",
    # The client: its class, what it is made with, its namespaces.
    RuleKey("none", "client-class", "itself", "renamed"): "client-class-renamed",
    RuleKey("none", "credential", "itself", "added"): "credential-added",
    RuleKey("none", "credential", "itself", "removed"): "credential-removed",
    RuleKey("none", "credential", "itself", "renamed"): "credential-renamed",
    RuleKey("none", "environment-variable", "itself", "renamed"): "environment-variable-renamed",
    RuleKey("none", "server-name", "itself", "added"): "server-name-added",
    RuleKey("none", "server-name", "itself", "removed"): "server-name-removed",
    RuleKey("none", "server-name", "itself", "renamed"): "server-name-renamed",
    RuleKey("none", "server-argument", "itself", "added"): "server-argument-added",
    RuleKey("none", "server-argument", "itself", "removed"): "server-argument-removed",
    RuleKey("none", "server-argument", "itself", "renamed"): "server-argument-renamed",
    RuleKey("none", "server-argument", "type", "narrowed"): "server-argument-type-narrowed",
    RuleKey("none", "server-argument", "type", "widened"): "server-argument-type-widened",
    RuleKey("none", "namespace", "itself", "renamed"): "namespace-renamed",
    # Methods: what they are called, take and return.
    RuleKey("none", "method", "itself", "added"): "method-added",
    RuleKey("none", "method", "itself", "removed"): "method-removed",
    RuleKey("none", "method", "itself", "renamed"): "method-renamed",
    RuleKey("none", "method", "paging", "added"): "method-paging-added",
    RuleKey("none", "method", "paging", "removed"): "method-paging-removed",
    RuleKey("none", "method", "batch", "added"): "method-batch-added",
    RuleKey("none", "method", "batch", "removed"): "method-batch-removed",
    RuleKey("none", "method", "batch", "narrowed"): "method-batch-narrowed",
    RuleKey("none", "method", "batch", "widened"): "method-batch-widened",
    RuleKey("none", "method-body", "itself", "added"): "method-body-added",
    RuleKey("none", "method-body", "itself", "removed"): "method-body-removed",
    RuleKey("none", "method-body", "type", "changed"): "method-body-type-changed",
    RuleKey("none", "method-body", "type", "narrowed"): "method-body-type-narrowed",
    RuleKey("none", "method-body", "type", "widened"): "method-body-type-widened",
    RuleKey("none", "method-body", "required", "became"): "method-body-became-required",
    RuleKey("none", "method-body", "optional", "became"): "method-body-became-optional",
    RuleKey("none", "required-method-body", "itself", "added"): "method-required-body-added",
    RuleKey("none", "return", "type", "changed"): "return-type-changed",
    RuleKey("none", "return", "type", "narrowed"): "return-type-narrowed",
    RuleKey("none", "return", "type", "widened"): "return-type-widened",
    RuleKey("none", "error", "type", "changed"): "error-type-changed",
    # Keywords of methods.
    RuleKey("none", "argument", "itself", "added"): "argument-added",
    RuleKey("none", "argument", "itself", "removed"): "argument-removed",
    RuleKey("none", "argument", "itself", "renamed"): "argument-renamed",
    RuleKey("none", "argument", "type", "changed"): "argument-type-changed",
    RuleKey("none", "argument", "type", "narrowed"): "argument-type-narrowed",
    RuleKey("none", "argument", "type", "widened"): "argument-type-widened",
    RuleKey("none", "argument", "required", "became"): "argument-became-required",
    RuleKey("none", "argument", "optional", "became"): "argument-became-optional",
    RuleKey("none", "argument", "default", "changed"): "argument-default-changed",
    RuleKey("none", "required-argument", "itself", "added"): "argument-required-added",
    # Classes of `models`, and schemas that have none.
    RuleKey("none", "class", "itself", "added"): "class-added",
    RuleKey("none", "class", "itself", "removed"): "class-removed",
    RuleKey("none", "class", "itself", "renamed"): "class-renamed",
    RuleKey("none", "class", "itself", "split"): "class-split",
    RuleKey("none", "class", "itself", "joined"): "class-joined",
    RuleKey("none", "class", "kind", "changed"): "class-kind-changed",
    RuleKey("none", "class", "use", "changed"): "class-use-changed",
    RuleKey("none", "schema", "type", "changed"): "schema-type-changed",
    RuleKey("none", "union-option", "itself", "added"): "union-option-added",
    RuleKey("none", "union-option", "itself", "removed"): "union-option-removed",
    # Fields of dataclasses.
    RuleKey("none", "field", "itself", "added"): "field-added",
    RuleKey("none", "field", "itself", "removed"): "field-removed",
    RuleKey("none", "field", "itself", "renamed"): "field-renamed",
    RuleKey("none", "field", "nullable", "became"): "field-became-nullable",
    RuleKey("none", "field", "nullable", "became-not"): "field-became-non-nullable",
    RuleKey("none", "field", "type", "changed"): "field-type-changed",
    RuleKey("none", "field", "type", "narrowed"): "field-type-narrowed",
    RuleKey("none", "field", "type", "widened"): "field-type-widened",
    RuleKey("none", "field", "required", "became"): "field-became-required",
    RuleKey("none", "field", "optional", "became"): "field-became-optional",
    RuleKey("none", "field", "default", "changed"): "field-default-changed",
    RuleKey("none", "required-field", "itself", "added"): "field-required-added",
    # Enums and their members.
    RuleKey("none", "enum-member", "itself", "added"): "enum-member-added",
    RuleKey("none", "enum-member", "itself", "removed"): "enum-member-removed",
    RuleKey("none", "enum-member", "itself", "renamed"): "enum-member-renamed",
    RuleKey("none", "enum", "base", "changed"): "enum-base-changed",
    # Constants of events, and their payloads.
    RuleKey("none", "event-constant", "itself", "added"): "event-constant-added",
    RuleKey("none", "event-constant", "itself", "removed"): "event-constant-removed",
    RuleKey("none", "event-constant", "itself", "renamed"): "event-constant-renamed",
    RuleKey("none", "event", "payload", "changed"): "event-payload-changed",
}  # fmt: skip
