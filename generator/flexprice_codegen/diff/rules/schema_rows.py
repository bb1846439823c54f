"""Keyword rows: the edits of one schema, whatever it describes.

In: nothing. Out: `SCHEMA_ROWS`: per kind of edit its name (the end of a rule id), its
effect on the set of accepted values, its sentence, and a schema before and after it.
With each spot and direction a row makes a rule.

Source: JSON Schema 2020-12 validation §6, core §10 and §11; OpenAPI 3.0.3 §4.7.24.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from flexprice_codegen.diff.rules.variance import Effect

N, W, C, NOTHING = Effect.NARROWS, Effect.WIDENS, Effect.CHANGES, Effect.NOTHING


@dataclass(frozen=True, slots=True)
class SchemaRow:
    """One kind of edit.

    `says` has a `{it}` for the thing that is edited; `old` and `new` are schemas as YAML
    on one line. `mirror` is the concept of the opposite edit. `at` holds patterns of the
    beginnings of ids where the row makes a rule; everywhere, where there is none.
    """

    concept: str
    effect: Effect
    says: str
    old: str
    new: str
    mirror: str = ""
    prefixes: tuple[str, ...] = ()

    def applies_to(self, prefix: str) -> bool:
        """Tell whether the row makes a rule whose id begins like this."""
        return not self.prefixes or any(
            fnmatchcase(prefix, each) for each in self.prefixes
        )


def _add_article(words: str) -> str:
    return f"an {words}" if words.startswith("e") else f"a {words}"


def _create_maximum_rows(
    name: str, keyword: str, words: str, rest: str, values: str
) -> tuple[SchemaRow, ...]:
    """Give the rows of a keyword whose larger value accepts more."""
    less, more, none = _format_bounds(keyword, rest, values)
    return (
        SchemaRow(f"{name}-set", N, f"{{it}} has {_add_article(words)} now", none, more, f"{name}-unset"),
        SchemaRow(
            f"{name}-decreased", N, f"the {words} of {{it}} was lowered", more, less, f"{name}-increased",
        ),
        SchemaRow(
            f"{name}-increased", W, f"the {words} of {{it}} was raised", less, more, f"{name}-decreased",
        ),
        SchemaRow(
            f"{name}-unset", W, f"{{it}} has no {words} any more", more, none, f"{name}-set",
        ),
    )  # fmt: skip


def _create_minimum_rows(
    name: str, keyword: str, words: str, rest: str, values: str
) -> tuple[SchemaRow, ...]:
    """Give the rows of a keyword whose larger value accepts less."""
    less, more, none = _format_bounds(keyword, rest, values)
    return (
        SchemaRow(f"{name}-set", N, f"{{it}} has {_add_article(words)} now", none, less, f"{name}-unset"),
        SchemaRow(
            f"{name}-increased", N, f"the {words} of {{it}} was raised", less, more, f"{name}-decreased",
        ),
        SchemaRow(
            f"{name}-decreased", W, f"the {words} of {{it}} was lowered", more, less, f"{name}-increased",
        ),
        SchemaRow(
            f"{name}-unset", W, f"{{it}} has no {words} any more", less, none, f"{name}-set",
        ),
    )  # fmt: skip


def _format_bounds(keyword: str, rest: str, values: str) -> tuple[str, str, str]:
    less, more = values.split()
    return (
        f"{{{rest}, {keyword}: {less}}}",
        f"{{{rest}, {keyword}: {more}}}",
        f"{{{rest}}}",
    )


def _create_keyword_rows(
    name: str, keyword: str, rest: str, one: str, other: str, strange: str = ""
) -> tuple[SchemaRow, ...]:
    """Give the rows of a keyword that demands something more of the value.

    What is in it is compared itself where it says something; where it says nothing of
    values of the type (`strange`), and of some keywords always, it is compared whole.
    """
    first, none = f"{{{rest}, {keyword}: {one}}}", f"{{{rest}}}"
    before, after = (
        f"{{{strange or rest}, {keyword}: {each}}}" for each in (one, other)
    )
    return (
        SchemaRow(f"{name}-added", N, f"{{it}} has a `{keyword}` now", none, first, f"{name}-removed"),
        SchemaRow(f"{name}-removed", W, f"{{it}} has no `{keyword}` any more", first, none, f"{name}-added"),
        SchemaRow(f"{name}-changed", C, f"the `{keyword}` of {{it}} has changed", before, after, f"{name}-changed"),
    )  # fmt: skip


_REQUEST = ("request-*",)
_SPECIAL = ("response-*", "request-parameter-property")
_BODIES = ("*-body", "request-property", "response-property", "response-header")
_NOT_HEADERS = ("*-body", "*-property", "*-parameter")
_TEXT, _NUMBER, _LIST = (
    "type: string",
    "type: number",
    "type: array, items: {type: string}",
)
_MAP = "type: object, additionalProperties: {type: string}"
_BOUNDS = (
    *_create_maximum_rows("max-length", "maxLength", "maximum length", _TEXT, "10 20"),
    *_create_minimum_rows("min-length", "minLength", "minimum length", _TEXT, "1 2"),
    *_create_maximum_rows("max", "maximum", "maximum", _NUMBER, "10 20"),
    *_create_minimum_rows("min", "minimum", "minimum", _NUMBER, "1 2"),
    *_create_maximum_rows("exclusive-max", "exclusiveMaximum", "exclusive maximum", _NUMBER, "10 20"),
    *_create_minimum_rows("exclusive-min", "exclusiveMinimum", "exclusive minimum", _NUMBER, "1 2"),
    *_create_maximum_rows("max-items", "maxItems", "maximum number of items", _LIST, "10 20"),
    *_create_minimum_rows("min-items", "minItems", "minimum number of items", _LIST, "1 2"),
    *_create_maximum_rows("max-properties", "maxProperties", "maximum number of members", _MAP, "10 20"),
    *_create_minimum_rows("min-properties", "minProperties", "minimum number of members", _MAP, "1 2"),
    *_create_maximum_rows("max-contains", "maxContains", "maximum number of items that match `contains`",
            f"{_LIST}, contains: {{const: a}}", "3 5"),
    *_create_minimum_rows("min-contains", "minContains", "minimum number of items that match `contains`",
            f"{_LIST}, contains: {{const: a}}", "2 3"),
)  # fmt: skip

_SETS = (
    SchemaRow("multiple-of-set", N, "{it} must be a multiple now", "{type: number}", "{type: number, multipleOf: 5}", "multiple-of-unset"),
    SchemaRow("multiple-of-unset", W, "{it} need not be a multiple any more", "{type: number, multipleOf: 5}", "{type: number}", "multiple-of-set"),
    SchemaRow("multiple-of-narrowed", N, "{it} must be a larger multiple", "{type: number, multipleOf: 5}", "{type: number, multipleOf: 10}", "multiple-of-widened"),
    SchemaRow("multiple-of-widened", W, "{it} may be a smaller multiple", "{type: number, multipleOf: 10}", "{type: number, multipleOf: 5}", "multiple-of-narrowed"),
    SchemaRow("multiple-of-changed", C, "{it} must be a multiple of something else", "{type: number, multipleOf: 5}", "{type: number, multipleOf: 3}", "multiple-of-changed"),
    SchemaRow("unique-items-set", N, "the items of {it} must differ now", f"{{{_LIST}}}", f"{{{_LIST}, uniqueItems: true}}", "unique-items-unset"),
    SchemaRow("unique-items-unset", W, "the items of {it} may be equal now", f"{{{_LIST}, uniqueItems: true}}", f"{{{_LIST}}}", "unique-items-set"),
    SchemaRow("pattern-added", N, "{it} must match a pattern now", "{type: string}", "{type: string, pattern: '^a$'}", "pattern-removed"),
    SchemaRow("pattern-removed", W, "{it} need not match a pattern any more", "{type: string, pattern: '^a$'}", "{type: string}", "pattern-added"),
    SchemaRow("pattern-changed", C, "the pattern of {it} has changed", "{type: string, pattern: '^a$'}", "{type: string, pattern: '^b$'}", "pattern-changed"),
    SchemaRow("pattern-generalized", W, "the pattern of {it} matches everything now", "{type: string, pattern: '^a$'}", "{type: string, pattern: '.*'}", "pattern-changed", _REQUEST),
    SchemaRow("enum-value-added", W, "a value was added to those of {it}", "{type: string, enum: [a, b]}", "{type: string, enum: [a, b, c]}", "enum-value-removed"),
    SchemaRow("enum-value-removed", N, "a value was taken from those of {it}", "{type: string, enum: [a, b, c]}", "{type: string, enum: [a, b]}", "enum-value-added"),
    SchemaRow("became-enum", N, "{it} has a fixed list of values now", "{type: string}", "{type: string, enum: [a, b]}", "enum-lifted"),
    SchemaRow("enum-lifted", W, "{it} has no fixed list of values any more", "{type: string, enum: [a, b]}", "{type: string}", "became-enum"),
    SchemaRow("x-extensible-enum-value-added", NOTHING, "a value was added to the open list of {it}", "{type: string, x-extensible-enum: [a]}", "{type: string, x-extensible-enum: [a, b]}", "x-extensible-enum-value-removed"),
    SchemaRow("x-extensible-enum-value-removed", N, "a value was taken from the open list of {it}", "{type: string, x-extensible-enum: [a, b]}", "{type: string, x-extensible-enum: [a]}", "x-extensible-enum-value-added"),
    SchemaRow("const-added", N, "{it} must have one fixed value now", "{type: string}", "{type: string, const: a}", "const-removed"),
    SchemaRow("const-removed", W, "{it} has no fixed value any more", "{type: string, const: a}", "{type: string}", "const-added"),
    SchemaRow("const-changed", C, "the fixed value of {it} has changed", "{type: string, const: a}", "{type: string, const: b}", "const-changed"),
    SchemaRow("became-nullable", W, "{it} may be null now", "{type: string}", "{type: [string, 'null']}", "became-not-nullable"),
    SchemaRow("became-not-nullable", N, "{it} must not be null any more", "{type: [string, 'null']}", "{type: string}", "became-nullable"),
    SchemaRow("default-value-added", NOTHING, "{it} has a default now", "{type: string}", "{type: string, default: a}", "default-value-removed", _NOT_HEADERS),
    SchemaRow("default-value-removed", NOTHING, "{it} has no default any more", "{type: string, default: a}", "{type: string}", "default-value-added", _NOT_HEADERS),
    SchemaRow("default-value-changed", NOTHING, "the default of {it} has changed", "{type: string, default: a}", "{type: string, default: b}", "default-value-changed", _NOT_HEADERS),
)  # fmt: skip

_TYPES = (
    SchemaRow("type-changed", C, "the type of {it} has changed", "{type: boolean}", "{type: integer}", "type-changed", ("*-body", "request-property", "response-property", "*-parameter", "*-header")),
    SchemaRow("type-changed", C, "the type of {it} has changed", "{type: integer}", "{type: string}", "type-specialized", ("request-parameter-property",)),
    SchemaRow("type-generalized", W, "the type of {it} takes more values than before", "{type: integer}", "{type: number}", "type-specialized"),
    SchemaRow("type-specialized", N, "the type of {it} takes fewer values than before", "{type: number}", "{type: integer}", "type-generalized", _SPECIAL),
    SchemaRow("type-compatible", NOTHING, "the type of {it} has another name, and looks the same when sent", "{type: integer}", "{type: string}", "type-compatible", _BODIES),
    SchemaRow("list-of-types-widened", W, "{it} may be of a further type", "{oneOf: [{type: string}, {type: integer}]}", "{oneOf: [{type: string}, {type: integer}, {type: boolean}]}", "list-of-types-narrowed"),
    SchemaRow("list-of-types-narrowed", N, "{it} may be of fewer types", "{oneOf: [{type: string}, {type: integer}, {type: boolean}]}", "{oneOf: [{type: string}, {type: integer}]}", "list-of-types-widened"),
    SchemaRow("one-of-added", W, "an option was added to {it}", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "one-of-removed"),
    SchemaRow("one-of-removed", N, "an option was taken from {it}", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "one-of-added"),
    SchemaRow("any-of-added", W, "an option was added to {it}", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "any-of-removed"),
    SchemaRow("any-of-removed", N, "an option was taken from {it}", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "any-of-added"),
    SchemaRow("one-of-became-any-of", W, "{it} may be of several options at once now", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "{anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "any-of-became-one-of"),
    SchemaRow("any-of-became-one-of", N, "{it} must be of exactly one option now", "{anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "one-of-became-any-of"),
    SchemaRow("wrapped-in-one-of", C, "{it} is one of several options now", "{type: object, properties: {a: {type: string}}}", "{oneOf: [{type: object, properties: {a: {type: string}}, required: [a]}, {type: object, properties: {b: {type: string}}}]}", "unwrapped-from-one-of"),
    SchemaRow("unwrapped-from-one-of", C, "{it} is not one of several options any more", "{oneOf: [{type: object, properties: {a: {type: string}}, required: [a]}, {type: object, properties: {b: {type: string}}}]}", "{type: object, properties: {a: {type: string}}}", "wrapped-in-one-of"),
    SchemaRow("additional-properties-forbidden", N, "{it} must not have members beside those listed any more", "{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}, additionalProperties: false}", "additional-properties-allowed"),
    SchemaRow("additional-properties-allowed", W, "{it} may have members beside those listed now", "{type: object, properties: {a: {type: string}}, additionalProperties: false}", "{type: object, properties: {a: {type: string}}}", "additional-properties-forbidden"),
    SchemaRow("additional-properties-typed", N, "further members of {it} have a schema now", "{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}", "additional-properties-untyped"),
    SchemaRow("additional-properties-untyped", W, "further members of {it} have no schema any more", "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}", "{type: object, properties: {a: {type: string}}}", "additional-properties-typed"),
    SchemaRow("discriminator-added", NOTHING, "{it} names the property that tells its options apart", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "discriminator-removed"),
    SchemaRow("discriminator-removed", NOTHING, "{it} does not name the property that tells its options apart any more", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "discriminator-added"),
    SchemaRow("discriminator-property-name-changed", NOTHING, "another property tells the options of {it} apart", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: sort}}", "discriminator-property-name-changed"),
    SchemaRow("discriminator-mapping-added", NOTHING, "a value of the discriminator of {it} was added", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tomcat: '#/components/schemas/Cat'}}}", "discriminator-mapping-deleted"),
    SchemaRow("discriminator-mapping-deleted", NOTHING, "a value of the discriminator of {it} was taken away", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tomcat: '#/components/schemas/Cat'}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}", "discriminator-mapping-added"),
    SchemaRow("discriminator-mapping-changed", NOTHING, "a value of the discriminator of {it} means another option", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', pet: '#/components/schemas/Cat'}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', pet: '#/components/schemas/Dog'}}}", "discriminator-mapping-changed"),
)  # fmt: skip

_OBJECT = "type: object, properties: {a: {type: string}, b: {type: string}}"
_KEPT = (
    *_create_keyword_rows("not", "not", _TEXT, "{const: a}", "{const: b}"),
    *_create_keyword_rows("if", "if", _OBJECT, "{required: [a]}", "{required: [b]}"),
    *_create_keyword_rows("then", "then", _OBJECT, "{required: [a]}", "{required: [b]}", _TEXT),
    *_create_keyword_rows("else", "else", _OBJECT, "{required: [a]}", "{required: [b]}", _TEXT),
    *_create_keyword_rows("contains", "contains", _LIST, "{const: a}", "{const: b}", _TEXT),
    *_create_keyword_rows("property-names", "propertyNames", _OBJECT, "{pattern: a}", "{pattern: b}", _TEXT),
    *_create_keyword_rows("unevaluated-items", "unevaluatedItems", _LIST, "{const: a}", "{const: b}", _TEXT),
    *_create_keyword_rows("unevaluated-properties", "unevaluatedProperties", _OBJECT, "{const: a}", "{const: b}", _TEXT),
    *_create_keyword_rows("content-schema", "contentSchema", _TEXT, "{const: a}", "{const: b}", "type: boolean"),
    *_create_keyword_rows("dependencies", "dependencies", _OBJECT, "{a: [b]}", "{b: [a]}"),
    *_create_keyword_rows("pattern-property", "patternProperties", _OBJECT, "{'^x': {type: string}}", "{'^x': {type: integer}}", _TEXT),
    *_create_keyword_rows("dependent-required", "dependentRequired", _OBJECT, "{a: [b]}", "{a: [c]}"),
    *_create_keyword_rows("dependent-schema", "dependentSchemas", _OBJECT, "{a: {required: [b]}}", "{a: {required: [c]}}", _TEXT),
    SchemaRow("prefix-items-added", W, "{it} has a schema for a further item at its front", f"{{{_LIST}, prefixItems: [{{const: a}}]}}", f"{{{_LIST}, prefixItems: [{{const: a}}, {{const: b}}]}}", "prefix-items-removed"),
    SchemaRow("prefix-items-removed", N, "{it} has no schema any more for an item at its front", f"{{{_LIST}, prefixItems: [{{const: a}}, {{const: b}}]}}", f"{{{_LIST}, prefixItems: [{{const: a}}]}}", "prefix-items-added"),
    SchemaRow("prefix-items-changed", C, "the schema of an item at the front of {it} has changed", "{type: string, prefixItems: [{const: a}]}", "{type: string, prefixItems: [{const: b}]}", "prefix-items-changed"),
    SchemaRow("content-media-type-changed", C, "the media type of the text in {it} has changed", "{type: string, contentMediaType: text/html}", "{type: string, contentMediaType: image/png}", "content-media-type-changed"),
    SchemaRow("content-encoding-changed", C, "the encoding of the text in {it} has changed", "{type: string, contentEncoding: base64}", "{type: string, contentEncoding: base32}", "content-encoding-changed"),
)  # fmt: skip

SCHEMA_ROWS = (*_BOUNDS, *_SETS, *_TYPES, *_KEPT)
