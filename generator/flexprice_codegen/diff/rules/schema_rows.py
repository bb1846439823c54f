"""Keyword rows: the edits of one schema, whatever it describes.

In: nothing. Out: `SCHEMA_ROWS`: per concept and change the effect on the set of accepted
values, a sentence, and a schema before and after the edit. A row is the text of a rule at
each location and in each direction for which the tables of ids have a row.

Source: JSON Schema 2020-12 validation §6, core §10 and §11; OpenAPI 3.0.3 §4.7.24.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.diff.rules.rule_key import Change, Concept, Location, RuleKey
from flexprice_codegen.diff.rules.variance import Effect
from flexprice_codegen.frozen_values import frozen_value

# One letter each, so that a row stays on a line that can be read.
N = Effect.NARROWS
W = Effect.WIDENS
C = Effect.CHANGES
NOTHING = Effect.NOTHING


@frozen_value
class SchemaRow:
    """One kind of edit.

    `says` has a `{it}` for the thing that is edited; `old` and `new` are schemas as YAML
    on one line. `opposite` is the change that takes it back; of another concept where
    `opposite_concept` says so.
    """

    concept: Concept
    change: Change
    effect: Effect
    says: str
    old: str
    new: str
    opposite: Change
    opposite_concept: Concept | None = None

    @property
    def pair(self) -> tuple[Concept, Change]:
        """What the row is about: the part of a key that no location decides."""
        return self.concept, self.change

    @property
    def opposite_pair(self) -> tuple[Concept, Change]:
        """What the opposite edit is about."""
        return self.opposite_concept or self.concept, self.opposite


def _add_article(words: str) -> str:
    return f"an {words}" if words.startswith("e") else f"a {words}"


def _create_maximum_rows(
    concept: Concept, keyword: str, words: str, rest: str, values: str
) -> tuple[SchemaRow, ...]:
    """Return the rows of a keyword whose larger value accepts more."""
    less, more, none = _format_bounds(keyword, rest, values)
    return (
        SchemaRow(concept, "set", N, f"{{it}} now {{has}} {_add_article(words)}", none, more, "unset"),
        SchemaRow(concept, "decreased", N, f"the {words} of {{it}} was decreased", more, less, "increased"),
        SchemaRow(concept, "increased", W, f"the {words} of {{it}} was increased", less, more, "decreased"),
        SchemaRow(concept, "unset", W, f"{{it}} no longer {{has}} {_add_article(words)}", more, none, "set"),
    )  # fmt: skip


def _create_minimum_rows(
    concept: Concept, keyword: str, words: str, rest: str, values: str
) -> tuple[SchemaRow, ...]:
    """Return the rows of a keyword whose larger value accepts less."""
    less, more, none = _format_bounds(keyword, rest, values)
    return (
        SchemaRow(concept, "set", N, f"{{it}} now {{has}} {_add_article(words)}", none, less, "unset"),
        SchemaRow(concept, "increased", N, f"the {words} of {{it}} was increased", less, more, "decreased"),
        SchemaRow(concept, "decreased", W, f"the {words} of {{it}} was decreased", more, less, "increased"),
        SchemaRow(concept, "unset", W, f"{{it}} no longer {{has}} {_add_article(words)}", less, none, "set"),
    )  # fmt: skip


def _format_bounds(keyword: str, rest: str, values: str) -> tuple[str, str, str]:
    less, more = values.split()
    return (
        f"{{{rest}, {keyword}: {less}}}",
        f"{{{rest}, {keyword}: {more}}}",
        f"{{{rest}}}",
    )


def _create_keyword_rows(
    concept: Concept, keyword: str, rest: str, one: str, other: str, strange: str = ""
) -> tuple[SchemaRow, ...]:
    """Return the rows of a keyword that demands something more of the value.

    What is in it is compared itself where it says something of the type; of some types
    (`strange`), and of some keywords always, it is compared whole.
    """
    first = f"{{{rest}, {keyword}: {one}}}"
    none = f"{{{rest}}}"
    before = f"{{{strange or rest}, {keyword}: {one}}}"
    after = f"{{{strange or rest}, {keyword}: {other}}}"
    return (
        SchemaRow(concept, "added", N, f"{{it}} now {{has}} `{keyword}`", none, first, "removed"),
        SchemaRow(concept, "removed", W, f"{{it}} no longer {{has}} `{keyword}`", first, none, "added"),
        SchemaRow(concept, "changed", C, f"{{it}} changed `{keyword}`", before, after, "changed"),
    )  # fmt: skip


_TEXT = "type: string"
_NUMBER = "type: number"
_LIST = "type: array, items: {type: string}"
_MAP = "type: object, additionalProperties: {type: string}"
# JSON Schema 2020-12 validation §6.2 to §6.5.
_BOUNDS = (
    *_create_maximum_rows("max-length", "maxLength", "maximum length", _TEXT, "10 20"),
    *_create_minimum_rows("min-length", "minLength", "minimum length", _TEXT, "1 2"),
    *_create_maximum_rows("max", "maximum", "maximum", _NUMBER, "10 20"),
    *_create_minimum_rows("min", "minimum", "minimum", _NUMBER, "1 2"),
    *_create_maximum_rows("exclusive-max", "exclusiveMaximum", "exclusive maximum", _NUMBER, "10 20"),
    *_create_minimum_rows("exclusive-min", "exclusiveMinimum", "exclusive minimum", _NUMBER, "1 2"),
    *_create_maximum_rows("max-items", "maxItems", "maximum number of items", _LIST, "10 20"),
    *_create_minimum_rows("min-items", "minItems", "minimum number of items", _LIST, "1 2"),
    *_create_maximum_rows("max-properties", "maxProperties", "maximum number of properties", _MAP, "10 20"),
    *_create_minimum_rows("min-properties", "minProperties", "minimum number of properties", _MAP, "1 2"),
    *_create_maximum_rows("max-contains", "maxContains", "maximum number of items that match `contains`",
            f"{_LIST}, contains: {{const: a}}", "3 5"),
    *_create_minimum_rows("min-contains", "minContains", "minimum number of items that match `contains`",
            f"{_LIST}, contains: {{const: a}}", "2 3"),
)  # fmt: skip

# JSON Schema 2020-12 validation §6.1.2, §6.1.3, §6.2.1, §6.3.3, §6.4.3, §9.2. What is added
# to `x-extensible-enum` had to be expected, so that it has no effect.
_SETS = (
    SchemaRow("multiple-of", "set", N, "{it} {is} now limited to multiples", "{type: number}", "{type: number, multipleOf: 5}", "unset"),
    SchemaRow("multiple-of", "unset", W, "{it} {is} no longer limited to multiples", "{type: number, multipleOf: 5}", "{type: number}", "set"),
    SchemaRow("multiple-of", "narrowed", N, "{it} {is} now limited to multiples of a larger number", "{type: number, multipleOf: 5}", "{type: number, multipleOf: 10}", "widened"),
    SchemaRow("multiple-of", "widened", W, "{it} {is} now limited to multiples of a smaller number", "{type: number, multipleOf: 10}", "{type: number, multipleOf: 5}", "narrowed"),
    SchemaRow("multiple-of", "changed", C, "{it} {is} now limited to multiples of another number", "{type: number, multipleOf: 5}", "{type: number, multipleOf: 3}", "changed"),
    SchemaRow("unique-items", "set", N, "{it} now {has} to have unique items", f"{{{_LIST}}}", f"{{{_LIST}, uniqueItems: true}}", "unset"),
    SchemaRow("unique-items", "unset", W, "{it} no longer {has} to have unique items", f"{{{_LIST}, uniqueItems: true}}", f"{{{_LIST}}}", "set"),
    SchemaRow("pattern", "added", N, "{it} now {has} a pattern", "{type: string}", "{type: string, pattern: '^a$'}", "removed"),
    SchemaRow("pattern", "removed", W, "{it} no longer {has} a pattern", "{type: string, pattern: '^a$'}", "{type: string}", "added"),
    SchemaRow("pattern", "changed", C, "{it} changed pattern", "{type: string, pattern: '^a$'}", "{type: string, pattern: '^b$'}", "changed"),
    SchemaRow("pattern", "generalized", W, "{it} now {has} a pattern that matches everything", "{type: string, pattern: '^a$'}", "{type: string, pattern: '.*'}", "changed"),
    SchemaRow("enum-value", "added", W, "{it} {has} a new enum value", "{type: string, enum: [a, b]}", "{type: string, enum: [a, b, c]}", "removed"),
    SchemaRow("enum-value", "removed", N, "{it} lost an enum value", "{type: string, enum: [a, b, c]}", "{type: string, enum: [a, b]}", "added"),
    SchemaRow("enum", "became", N, "{it} {is} now an enum", "{type: string}", "{type: string, enum: [a, b]}", "lifted"),
    SchemaRow("enum", "lifted", W, "{it} {is} no longer an enum", "{type: string, enum: [a, b]}", "{type: string}", "became"),
    SchemaRow("x-extensible-enum-value", "added", NOTHING, "{it} {has} a new value in `x-extensible-enum`", "{type: string, x-extensible-enum: [a]}", "{type: string, x-extensible-enum: [a, b]}", "removed"),
    SchemaRow("x-extensible-enum-value", "removed", N, "{it} lost a value in `x-extensible-enum`", "{type: string, x-extensible-enum: [a, b]}", "{type: string, x-extensible-enum: [a]}", "added"),
    SchemaRow("const", "added", N, "{it} now {has} a constant value", "{type: string}", "{type: string, const: a}", "removed"),
    SchemaRow("const", "removed", W, "{it} no longer {has} a constant value", "{type: string, const: a}", "{type: string}", "added"),
    SchemaRow("const", "changed", C, "{it} changed the constant value", "{type: string, const: a}", "{type: string, const: b}", "changed"),
    SchemaRow("nullable", "became", W, "{it} {is} now nullable", "{type: string}", "{type: [string, 'null']}", "became-not"),
    SchemaRow("nullable", "became-not", N, "{it} {is} no longer nullable", "{type: [string, 'null']}", "{type: string}", "became"),
    SchemaRow("default-value", "added", NOTHING, "{it} now {has} a default", "{type: string}", "{type: string, default: a}", "removed"),
    SchemaRow("default-value", "removed", NOTHING, "{it} no longer {has} a default", "{type: string, default: a}", "{type: string}", "added"),
    SchemaRow("default-value", "changed", NOTHING, "{it} changed default", "{type: string, default: a}", "{type: string, default: b}", "changed"),
)  # fmt: skip

# JSON Schema 2020-12 validation §6.1.1, core §10.2.1, §10.3.2.3; OpenAPI 3.0.3 §4.7.25. That
# a property selects a variant changes no value; of its own values some come and go.
_TYPES = (
    SchemaRow("type", "changed", C, "{it} changed type", "{type: boolean}", "{type: integer}", "changed"),
    SchemaRow("type", "generalized", W, "the type of {it} was widened", "{type: integer}", "{type: number}", "specialized"),
    SchemaRow("type", "specialized", N, "the type of {it} was narrowed", "{type: number}", "{type: integer}", "generalized"),
    SchemaRow("type", "compatible", NOTHING, "the type of {it} changed, but not its encoding", "{type: integer}", "{type: string}", "compatible"),
    SchemaRow("list-of-types", "widened", W, "{it} {has} a new type", "{oneOf: [{type: boolean}, {type: integer}]}", "{oneOf: [{type: boolean}, {type: integer}, {type: array, items: {type: integer}}]}", "narrowed"),
    SchemaRow("list-of-types", "narrowed", N, "{it} lost a type", "{oneOf: [{type: boolean}, {type: integer}, {type: array, items: {type: integer}}]}", "{oneOf: [{type: boolean}, {type: integer}]}", "widened"),
    SchemaRow("one-of", "added", W, "{it} {has} a new `oneOf` variant", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "removed"),
    SchemaRow("one-of", "removed", N, "{it} lost a `oneOf` variant", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "added"),
    SchemaRow("any-of", "added", W, "{it} {has} a new `anyOf` variant", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "removed"),
    SchemaRow("any-of", "removed", N, "{it} lost an `anyOf` variant", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}, {type: object, properties: {c: {type: string}}}]}", "{anyOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {b: {type: string}}}]}", "added"),
    SchemaRow("one-of", "became-any-of", W, "{it} changed from `oneOf` to `anyOf`", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "{anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "became-one-of", "any-of"),
    SchemaRow("any-of", "became-one-of", N, "{it} changed from `anyOf` to `oneOf`", "{anyOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "became-any-of", "one-of"),
    SchemaRow("one-of", "wrapped-in", C, "{it} {is} now one of several variants", "{type: object, properties: {a: {type: string}}}", "{oneOf: [{type: object, properties: {a: {type: string}}, required: [a]}, {type: object, properties: {b: {type: string}}}]}", "unwrapped-from"),
    SchemaRow("one-of", "unwrapped-from", C, "{it} {is} no longer one of several variants", "{oneOf: [{type: object, properties: {a: {type: string}}, required: [a]}, {type: object, properties: {b: {type: string}}}]}", "{type: object, properties: {a: {type: string}}}", "wrapped-in"),
    SchemaRow("additional-properties", "forbidden", N, "{it} no longer {allows} additional properties", "{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}, additionalProperties: false}", "allowed"),
    SchemaRow("additional-properties", "allowed", W, "{it} now {allows} additional properties", "{type: object, properties: {a: {type: string}}, additionalProperties: false}", "{type: object, properties: {a: {type: string}}}", "forbidden"),
    SchemaRow("additional-properties", "typed", N, "additional properties of {it} now have a schema", "{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}", "untyped"),
    SchemaRow("additional-properties", "untyped", W, "additional properties of {it} no longer have a schema", "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}", "{type: object, properties: {a: {type: string}}}", "typed"),
    SchemaRow("discriminator", "added", NOTHING, "{it} now {has} a discriminator", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "removed"),
    SchemaRow("discriminator", "removed", NOTHING, "{it} no longer {has} a discriminator", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}", "added"),
    SchemaRow("discriminator-property-name", "changed", NOTHING, "{it} changed the property of the discriminator", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: sort}}", "changed"),
    SchemaRow("discriminator-mapping", "added", W, "the discriminator of {it} has a new value", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tomcat: '#/components/schemas/Cat'}}}", "removed"),
    SchemaRow("discriminator-mapping", "removed", N, "the discriminator of {it} lost a value", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', tomcat: '#/components/schemas/Cat'}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat'}}}", "added"),
    SchemaRow("discriminator-mapping", "changed", C, "a value of the discriminator of {it} selects another variant", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', pet: '#/components/schemas/Cat'}}}", "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', pet: '#/components/schemas/Dog'}}}", "changed"),
)  # fmt: skip

# JSON Schema 2020-12 core §10.2.2, §10.3, §11, validation §8.
# A list of values of several types: what is written beside it is compared whole.
_MIXED = "type: [string, integer], enum: [a, 1]"
_OBJECT = "type: object, properties: {a: {type: string}, b: {type: string}}"
# Behind further items that are allowed, a schema for one of them is an edit of its type.
_TUPLE = "type: array, items: false"
_KEPT = (
    *_create_keyword_rows("not", "not", _TEXT, "{const: a}", "{const: b}"),
    *_create_keyword_rows("if", "if", f"{_OBJECT}, then: {{required: [b]}}", "{required: [a]}", "{required: [b]}"),
    *_create_keyword_rows("then", "then", f"{_OBJECT}, if: {{required: [a]}}", "{required: [a]}", "{required: [b]}", f"{_TEXT}, if: {{pattern: x}}"),
    *_create_keyword_rows("else", "else", f"{_OBJECT}, if: {{required: [a]}}", "{required: [a]}", "{required: [b]}", f"{_TEXT}, if: {{pattern: x}}"),
    *_create_keyword_rows("contains", "contains", _LIST, "{const: a}", "{const: b}", _MIXED),
    *_create_keyword_rows("property-names", "propertyNames", _OBJECT, "{pattern: a}", "{pattern: b}", _MIXED),
    *_create_keyword_rows("unevaluated-items", "unevaluatedItems", _LIST, "{const: a}", "{const: b}", _MIXED),
    *_create_keyword_rows("unevaluated-properties", "unevaluatedProperties", _OBJECT, "{const: a}", "{const: b}", _MIXED),
    *_create_keyword_rows("content-schema", "contentSchema", _TEXT, "{const: a}", "{const: b}", f"{_TEXT}, enum: [a, b]"),
    *_create_keyword_rows("dependencies", "dependencies", _OBJECT, "{a: [b]}", "{b: [a]}"),
    *_create_keyword_rows("pattern-property", "patternProperties", _OBJECT, "{'^x': {type: string}}", "{'^x': {type: integer}}", _MIXED),
    *_create_keyword_rows("dependent-required", "dependentRequired", _OBJECT, "{a: [b]}", "{a: [c]}"),
    *_create_keyword_rows("dependent-schema", "dependentSchemas", _OBJECT, "{a: {required: [b]}}", "{a: {required: [c]}}", _MIXED),
    SchemaRow("prefix-items", "added", W, "{it} {has} a schema for another item in `prefixItems`", f"{{{_TUPLE}, prefixItems: [{{const: a}}]}}", f"{{{_TUPLE}, prefixItems: [{{const: a}}, {{const: b}}]}}", "removed"),
    SchemaRow("prefix-items", "removed", N, "{it} lost the schema of an item in `prefixItems`", f"{{{_TUPLE}, prefixItems: [{{const: a}}, {{const: b}}]}}", f"{{{_TUPLE}, prefixItems: [{{const: a}}]}}", "added"),
    SchemaRow("prefix-items", "changed", C, "{it} changed the schema of an item in `prefixItems`", f"{{{_MIXED}, prefixItems: [{{const: a}}]}}", f"{{{_MIXED}, prefixItems: [{{const: b}}]}}", "changed"),
    SchemaRow("content-media-type", "changed", C, "{it} changed `contentMediaType`", "{type: string, contentMediaType: text/html}", "{type: string, contentMediaType: image/png}", "changed"),
    SchemaRow("content-encoding", "changed", C, "{it} changed `contentEncoding`", "{type: string, contentEncoding: base64}", "{type: string, contentEncoding: base32}", "changed"),
    SchemaRow("xml", "changed", C, "{it} changed its form in XML", "{type: object, properties: {a: {type: string}}, xml: {name: x}}", "{type: object, properties: {a: {type: string}}, xml: {name: y}}", "changed"),
)  # fmt: skip

SCHEMA_ROWS = (*_BOUNDS, *_SETS, *_TYPES, *_KEPT)

SCHEMA_TEXTS: Mapping[tuple[Concept, Change], SchemaRow] = {
    row.pair: row for row in SCHEMA_ROWS
}
_TEXT_LOCATIONS: tuple[Location, ...] = ("body", "property", "header")
TEXTS_AT: Mapping[RuleKey, SchemaRow] = {
    # Of a value in a parameter a number may become a text; that way back has its own rule.
    **{
        # Who reads texts reads a number that is written as one; the other way round not.
        RuleKey("response", location, "type", "compatible"): SchemaRow("type", "compatible", NOTHING, "the type of {it} changed, but not its encoding", "{type: string}", "{type: integer}", "generalized")
        for location in _TEXT_LOCATIONS
    },
    RuleKey("request", "parameter-property", "type", "changed"): SchemaRow("type", "changed", C, "{it} changed type", "{type: integer}", "{type: string}", "specialized"),
}  # fmt: skip
"""Rows that one rule has in place of that of its concept and change."""
