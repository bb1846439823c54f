"""Values to a schema that accepts them.

In: values, one at a time. Out: a `SchemaSketch`, which keeps kinds and names of
properties, and no value. A sketch becomes a Schema Object that is as wide as what was
seen: nothing is required, and nothing has a limit or an enum.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from flexprice_codegen.conform.scalar_forms import is_timestamp
from flexprice_codegen.conform.value_judge import get_kind

_MOST_PROPERTIES = 200
"""An object with more names is a map: its names are values."""
_DEEPEST = 12
"""Levels that are inferred; deeper values are not described."""


@dataclass(slots=True)
class SchemaSketch:
    """What was seen of the values at one place."""

    count: int = 0
    kinds: set[str] = field(default_factory=set)
    are_timestamps: bool = True
    properties: dict[str, SchemaSketch] = field(default_factory=dict)
    items: SchemaSketch | None = None

    def add_value(self, value: object, depth: int = 0) -> None:
        """Widen the sketch, so that it accepts a value."""
        self.count += 1
        self.kinds.add(get_kind(value))
        if depth >= _DEEPEST:
            return

        match value:
            case str():
                self.are_timestamps &= not value or is_timestamp(value)
            case list():
                self.items = self.items or SchemaSketch()
                for each in value:
                    self.items.add_value(each, depth + 1)
            case dict():
                for name, member in value.items():
                    if len(self.properties) < _MOST_PROPERTIES:
                        sketch = self.properties.setdefault(name, SchemaSketch())
                        sketch.add_value(member, depth + 1)
            case _:
                pass

    def to_schema(self, *, has_nullable: bool) -> dict[str, object]:
        """Return the schema; `{}` if values of several types, or only null, were seen.

        Args:
            has_nullable: Whether the document is OpenAPI 3.0, which has `nullable`.
        """
        kinds = self.kinds - {"null"}
        if kinds == {"integer", "number"}:
            kinds = {"number"}
        if len(kinds) != 1:
            return {}

        (kind,) = kinds
        is_nullable = "null" in self.kinds
        schema: dict[str, object] = {"type": kind}
        if is_nullable and has_nullable:
            schema["nullable"] = True
        elif is_nullable:
            schema["type"] = [kind, "null"]

        return schema | self._describe_content(kind, has_nullable=has_nullable)

    def _describe_content(self, kind: str, *, has_nullable: bool) -> dict[str, object]:
        match kind:
            case "string" if self.are_timestamps:
                return {"format": "date-time"}
            case "array":
                items = self.items or SchemaSketch()
                return {"items": items.to_schema(has_nullable=has_nullable)}
            case "object" if len(self.properties) >= _MOST_PROPERTIES:
                return {"additionalProperties": {}}
            case "object" if self.properties:
                return self._describe_properties(has_nullable=has_nullable)
            case _:
                return {}

    def _describe_properties(self, *, has_nullable: bool) -> dict[str, object]:
        # A name that only one of several objects has can be a value, as in a map.
        least = min(2, self.count)
        described = {
            name: sketch.to_schema(has_nullable=has_nullable)
            for name, sketch in sorted(self.properties.items())
            if sketch.count >= least
        }
        return {"properties": described} if described else {}
