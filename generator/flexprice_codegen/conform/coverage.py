"""What the traffic reached of the document.

In: evidence. Out: `Coverage`: for each operation the status codes that were seen, and the
properties of responses that no exchange had.
"""

from __future__ import annotations

from collections.abc import Mapping

from flexprice_codegen.api.model import Api, ObjectSchema
from flexprice_codegen.conform.evidence import EvidenceCollector
from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class OperationCoverage:
    """An operation: its exchanges by status code, and the documented ones not seen."""

    operation: str
    seen: tuple[tuple[int, int], ...]
    unseen: tuple[str, ...]

    @property
    def exchanges(self) -> int:
        """The number of its exchanges."""
        return sum(count for _, count in self.seen)


@frozen_value
class SchemaCoverage:
    """A schema that was seen, and its properties that were not."""

    schema: str
    unseen: tuple[str, ...]


@frozen_value
class Coverage:
    """All operations, and the schemas that were seen in part."""

    operations: tuple[OperationCoverage, ...]
    schemas: tuple[SchemaCoverage, ...]

    @property
    def reached(self) -> int:
        """The number of operations that have exchanges."""
        return sum(1 for each in self.operations if each.seen)


def build_coverage(api: Api, collector: EvidenceCollector) -> Coverage:
    """Return the coverage of an API."""
    operations = tuple(
        _build_operation_coverage(
            each.key, [r.status for r in each.responses], collector
        )
        for each in api.operations
    )
    schemas = (
        SchemaCoverage(each.key, unseen)
        for each in api.schemas.values()
        if isinstance(each, ObjectSchema) and collector.samples[each.about.origin]
        if (unseen := _list_unseen(each, collector))
    )
    return Coverage(operations, tuple(schemas))


def _build_operation_coverage(
    key: str, documented: list[str], collector: EvidenceCollector
) -> OperationCoverage:
    statuses: Mapping[int, int] = collector.statuses.get(key, {})
    seen = {str(status) for status in statuses}
    ranges = {f"{status // 100}XX" for status in statuses}
    unseen = [
        each
        for each in documented
        if each not in seen | ranges and (each != "default" or not statuses)
    ]
    return OperationCoverage(key, tuple(sorted(statuses.items())), tuple(unseen))


def _list_unseen(schema: ObjectSchema, collector: EvidenceCollector) -> tuple[str, ...]:
    return tuple(
        each.wire
        for each in schema.properties
        if not collector.samples[each.about.origin]
    )
