"""Constants: properties with a single value, and the defaults of their fields.

In: a property, the discriminators of unions, the names of enum members. Out: its type
with the values that discriminators give it, and the default of its field.

A constant is the default of a required field, since no other value is valid. That of
an optional field is sent only if the document says that it is the default, or if it
selects a variant of a union: `status: archived` must not be sent by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from flexprice_codegen.api.model import EnumSchema, Property
from flexprice_codegen.api.types import (
    AnyValue,
    Default,
    Literals,
    Nullable,
    Number,
    Scalar,
    String,
)
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.discriminators import NO_DISCRIMINATORS, Discriminators
from flexprice_codegen.surface.listed_values import (
    NamedSchemas,
    find_listing,
    iter_definitions,
    list_values,
)
from flexprice_codegen.surface.python_types import format_literal

EnumMembers = Mapping[str, Mapping[Scalar, str]]
"""The members of enums as code, by the key of the enum and by value."""


@frozen_value
class ConstantFinder:
    """Finds the constants among properties."""

    schemas: NamedSchemas
    discriminators: Discriminators = NO_DISCRIMINATORS
    enum_members: EnumMembers = field(default_factory=dict)

    def add_values(self, owner: str, each: Property) -> Property:
        """Return a property with the values that discriminators give it.

        Only strings without a format, integers and properties without a type get values:
        enums have their own.

        Args:
            owner: The key of its schema.
            each: The property.
        """
        values = self.discriminators.values.get((owner, each.wire), ())
        if not values:
            return each

        inner = each.type.inner if isinstance(each.type, Nullable) else each.type
        match inner:
            case String(format="") | AnyValue(kept=()):
                kind: type = str
            case Number(integer=True):
                kind = int
            case _:
                return each

        if not all(isinstance(value, kind) for value in values):
            return each

        literals = Literals(values=values)
        is_nullable = isinstance(each.type, Nullable)
        return replace(each, type=Nullable(inner=literals) if is_nullable else literals)

    def find_default(self, owner: str, each: Property) -> str:
        """Return the constant that is the default of a field, as code.

        Args:
            owner: The key of its schema.
            each: The property, with the values that discriminators give it.

        Returns:
            A literal or an enum member; empty if the field has no such default.
        """
        only = self._get_only_value(owner, each)
        if only is None:
            return ""

        selects = (owner, each.wire) in self.discriminators.selecting
        if not (each.required or selects or self._is_default(each, only)):
            return ""

        listing = find_listing(self.schemas, each.type)
        if isinstance(listing, EnumSchema):
            return self.enum_members.get(listing.key, {}).get(only, "")
        return format_literal(only)

    def _get_only_value(self, owner: str, each: Property) -> Scalar:
        """Return the only value that a property can have besides null, or None."""
        values = list_values(self.schemas, each.type)
        if len(values) > 1:
            given = self.discriminators.values.get((owner, each.wire), ())
            values = tuple(value for value in values if value in given)
        return values[0] if len(values) == 1 else None

    def _is_default(self, each: Property, value: Scalar) -> bool:
        """Return whether a value is the default of a property or of its schema."""
        wanted = Default(value=value)
        definitions = iter_definitions(self.schemas, each.type)
        defaults = (
            None if isinstance(definition, Literals) else definition.default
            for definition in definitions
        )
        return each.default == wanted or wanted in defaults
