"""The judge: whether a value is valid, as `jsonschema` has it.

In: an OpenAPI document. Out: its schemas as JSON Schema 2020-12, and a verdict on values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012, SchemaRegistry

from support.oracle.dialect import (
    BASE,
    Json,
    add_null,
    demand,
    escape,
    find_families,
    find_options,
    follow,
    list_examples,
    list_tags,
    name_of,
    remove_choices,
    tag_option,
    translate_bounds,
)
from support.oracle.formats import FORMATS
from support.oracle.loose import BareJudge, LooseJudge, loosen, strip

_ITSELF: Final = "!"
"""Behind the pointer of a base: the schema without what extends it."""
_ONE: Final = ("items", "additionalProperties", "not", "contains", "propertyNames")
_ONE_MORE: Final = ("if", "then", "else", "unevaluatedProperties", "unevaluatedItems")
_LISTS: Final = ("allOf", "oneOf", "anyOf", "prefixItems")
_MAPS: Final = ("properties", "patternProperties", "dependentSchemas")
_NO_CONSTRAINT: Final = frozenset(
    {"example", "examples", "xml", "externalDocs", "discriminator", "nullable"}
)


@dataclass
class Judge:
    """Says whether values are valid by the schemas of one document."""

    document: Mapping[str, Json]
    keep_examples: bool = False
    _defs: dict[str, Json] = field(default_factory=dict)

    @cached_property
    def _families(self) -> Mapping[str, Mapping[str, list[str]]]:
        """The schemas that extend a base, by the values of its discriminator."""
        return find_families(self.document)

    @property
    def is_old(self) -> bool:
        """Whether the document is of OpenAPI 3.0, which has a dialect of its own."""
        return str(self.document.get("openapi", "")).startswith("3.0")

    def translate(self, schema: Json, *, extends: bool = False) -> Json:
        """Return a schema as JSON Schema 2020-12, whose references are absolute.

        Args:
            schema: The schema as the document has it.
            extends: Whether its `allOf` is about bases, and not about a value of them.
        """
        if not isinstance(schema, dict):
            return True if schema in (None, []) else schema
        if self.is_old and isinstance(schema.get("$ref"), str):
            # OpenAPI 3.0.3, Reference Object: siblings SHALL be ignored.
            return {"$ref": self._refer(schema["$ref"])}
        made = {
            key: self._translate_keyword(key, value)
            for key, value in schema.items()
            if key not in _NO_CONSTRAINT and not key.startswith("x-")
        }
        if extends and isinstance(schema.get("allOf"), list):
            made["allOf"] = [self._translate_base(each) for each in schema["allOf"]]
        if self.keep_examples and (told := list_examples(schema)):
            made["x-examples"] = told
        if self.is_old:
            translate_bounds(made)
        made = self._add_tags(schema, made)
        return add_null(made) if schema.get("nullable") is True else made

    def _translate_keyword(self, key: str, value: Json) -> Json:
        if key == "$ref" and isinstance(value, str):
            return self._refer(value)
        if key in _LISTS and isinstance(value, list):
            return [self.translate(each) for each in value]
        if key in _MAPS and isinstance(value, dict):
            return {name: self.translate(each) for name, each in value.items()}
        if key in _ONE or key in _ONE_MORE:
            return self.translate(value)
        return value

    def _translate_base(self, part: Json) -> Json:
        target = part.get("$ref", "") if isinstance(part, dict) else ""
        if target in self._families:
            return {"$ref": self._refer(target, _ITSELF)}
        return self.translate(part)

    def _refer(self, pointer: str, suffix: str = "") -> str:
        key = pointer + suffix
        if key not in self._defs:
            self._defs[key] = True
            self.__dict__.pop("_registry", None)
            self.__dict__.pop("bare", None)
            self._defs[key] = self._translate_target(pointer, suffix)
        return f"{BASE}#/$defs/{escape(key)}"

    def _translate_target(self, pointer: str, suffix: str) -> Json:
        schema = follow(self.document, pointer)
        family = self._families.get(pointer)
        if family is None:
            return self.translate(schema, extends=True)
        heirs = {each for targets in family.values() for each in targets}
        if suffix:
            return self.translate(remove_choices(schema, heirs), extends=True)
        # A base stands for whatever extends it (OpenAPI 3.1 §4.8.25).
        tag = schema["discriminator"]["propertyName"]
        options: list[Json] = [
            {"allOf": [{"$ref": self._refer(each)}, demand(tag, [value])]}
            for value, targets in family.items()
            for each in targets
        ]
        # OpenAPI 3.1.1 §4.8.25.4: "If the discriminating value does not match an implicit
        # or explicit mapping, no schema can be determined and validation SHOULD fail."
        names = list_tags(pointer, schema["discriminator"])
        tagged = {"anyOf": [demand(tag, names), {"not": {"required": [tag]}}]}
        own = {"$ref": self._refer(pointer, _ITSELF)}
        return {"anyOf": [*options, {"allOf": [own, tagged]}]}

    def resolve(self, schema: Json) -> Json:
        """Return the schema that a translated reference leads to."""
        return self._defs[name_of(schema)]

    def is_option(self, schema: Json) -> bool:
        """Return whether a translated component is an option of some choice."""
        return any(self._defs.get(each) is schema for each in self._options)

    @cached_property
    def _options(self) -> frozenset[str]:
        """The pointers of the components that are options of a choice."""
        return frozenset(find_options(self.document))

    def _add_tags(self, schema: Json, made: Json) -> Json:
        """Demand of each option the values of the tag that a discriminator gives it."""
        told = schema.get("discriminator")
        if not isinstance(told, dict):
            return made
        for keyword in ("oneOf", "anyOf"):
            if keyword not in schema:
                continue
            made[keyword] = [
                tag_option(option, told, translated)
                for option, translated in zip(
                    schema[keyword], made[keyword], strict=True
                )
            ]
        return made

    @cached_property
    def _registry(self) -> SchemaRegistry:
        contents = {"$defs": dict(self._defs)}
        resource = DRAFT202012.create_resource(contents)
        found: SchemaRegistry = Registry().with_resource(BASE, resource)
        return found

    def is_valid(self, schema: Json, value: Json) -> bool:
        """Return whether a value is valid by a translated schema."""
        registry = self._registry
        checker = Draft202012Validator(
            schema, registry=registry, format_checker=FORMATS
        )
        try:
            return checker.is_valid(value)
        except TypeError:
            # A bound that is no number, as some documents have it.
            return False

    @cached_property
    def bare(self) -> BareJudge:
        """The judge by the keywords that choose an option."""
        return BareJudge({key: strip(each) for key, each in self._defs.items()})

    def loosen(self) -> LooseJudge:
        """Return the judge of what a lenient reading accepts."""
        return LooseJudge({key: loosen(each) for key, each in self._defs.items()})
