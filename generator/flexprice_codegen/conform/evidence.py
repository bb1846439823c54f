"""What many exchanges say about each place of a document.

In: exchanges and their verdicts. Out: `Evidence`: how many samples of a place differ, in how many
exchanges and operations, and a schema that accepts them. No value is kept, but enum
values if the user asks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from flexprice_codegen.api.model import NamedSchema, ObjectSchema
from flexprice_codegen.api.types import Reference
from flexprice_codegen.conform.differences import DOCUMENT, Difference
from flexprice_codegen.conform.exchange_judge import JudgedExchange
from flexprice_codegen.conform.inference import SchemaSketch
from flexprice_codegen.conform.scalar_forms import (
    is_date,
    is_decimal,
    is_identifier,
    is_timestamp,
)
from flexprice_codegen.conform.value_judge import ValueJudge
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.frozen_values import frozen_value

# With more values it is no enum, but names or IDs, which would only cost memory.
_MOST_ENUM_VALUES = 50


@frozen_value(order=True)
class EvidenceKey:
    """What differs: the rule, the place, and the detail."""

    rule: str
    at: Origin
    detail: str


def build_key(difference: Difference) -> EvidenceKey:
    """Return what a difference is counted by."""
    return EvidenceKey(difference.rule, difference.at, difference.detail)


@dataclass(slots=True)
class Evidence:
    """The samples of one difference.

    Attributes:
        samples: The values that differ.
        exchanges: The exchanges that they are in.
        operations: The operations that they are of.
        sketch: A schema that accepts them.
        fitting: The keys of the object schemas that accept all of them.
        formats: How many of them have each form.
        enum_values: Values that are not listed, with the number of their exchanges; only
            those that look like identifiers.
    """

    samples: int = 0
    exchanges: int = 0
    operations: dict[str, None] = field(default_factory=dict)
    sketch: SchemaSketch = field(default_factory=SchemaSketch)
    fitting: set[str] | None = None
    formats: Counter[str] = field(default_factory=Counter)
    enum_values: Counter[str] = field(default_factory=Counter)
    last_exchange: int = 0


@dataclass(slots=True)
class Habit:
    """The forms of the strings at a place that declares no format."""

    samples: int = 0
    exchanges: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    last_exchange: int = 0


class EvidenceCollector:
    """Collects evidence over all exchanges."""

    def __init__(self, schemas: Mapping[str, NamedSchema]) -> None:
        self.evidence: dict[EvidenceKey, Evidence] = {}
        self.samples: Counter[Origin] = Counter()
        self.habits: dict[Origin, Habit] = {}
        self.statuses: dict[str, Counter[int]] = {}
        self.exchange_count = 0
        self._judge = ValueJudge(schemas)
        self._objects = [
            each for each in schemas.values() if isinstance(each, ObjectSchema)
        ]

    def add(self, judged: JudgedExchange) -> None:
        """Add an exchange."""
        self.exchange_count += 1
        if judged.operation is not None:
            statuses = self.statuses.setdefault(judged.label, Counter())
            statuses[judged.status] += 1

        self.samples.update(judged.verdict.places)
        for difference in judged.verdict.differences:
            self._add_difference(difference, judged)
        for place, text in judged.verdict.texts:
            self._add_text(place, text, judged.number)

    def _add_difference(self, difference: Difference, judged: JudgedExchange) -> None:
        key = build_key(difference)
        found = self.evidence.get(key)
        if found is None:
            found = self.evidence[key] = Evidence()

        found.samples += 1
        found.operations.setdefault(judged.label)
        # A retry has the number of its first attempt, and is no other witness.
        if found.last_exchange < judged.number:
            found.last_exchange = judged.number
            found.exchanges += 1

        value = difference.value
        found.sketch.add_value(value)
        if isinstance(value, str):
            _add_forms(found.formats, value)
            is_listed = len(found.enum_values) < _MOST_ENUM_VALUES
            if is_identifier(value) and (is_listed or value in found.enum_values):
                found.enum_values[value] += 1
        if isinstance(value, dict) and value:
            self._narrow_fitting(found, value)

    def _narrow_fitting(self, found: Evidence, value: dict[str, object]) -> None:
        """Keep the object schemas that also accept this value without a difference."""
        names = value.keys()
        found.fitting = {
            schema.key
            for schema in self._objects
            if (found.fitting is None or schema.key in found.fitting)
            and names & {each.wire for each in schema.properties}
            and self._accepts(schema, value)
        }

    def _accepts(self, schema: ObjectSchema, value: dict[str, object]) -> bool:
        declared = {each.wire for each in schema.properties}
        if schema.extra is None and not value.keys() <= declared:
            return False

        reference = Reference(key=schema.key)
        return not self._judge.judge(value, reference, DOCUMENT).differences

    def _add_text(self, place: Origin, text: str, number: int) -> None:
        habit = self.habits.get(place)
        if habit is None:
            habit = self.habits[place] = Habit()

        habit.samples += 1
        _add_forms(habit.forms, text)
        if habit.last_exchange < number:
            habit.last_exchange = number
            habit.exchanges += 1


def _add_forms(forms: Counter[str], text: str) -> None:
    """Count the forms that a string has; they can be several."""
    if not text:
        forms["empty"] += 1
    elif is_timestamp(text):
        forms["date-time"] += 1
    elif is_date(text):
        forms["date"] += 1
    elif is_decimal(text):
        forms["decimal"] += 1
        forms["fraction"] += "." in text
    else:
        forms["other"] += 1
