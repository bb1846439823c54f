"""The keys of an earlier version that have other keys now.

In: nothing. Out: the value that the names of a client and the findings of `diff` share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from flexprice_codegen.frozen_values import frozen_value


@frozen_value
class RenamedKeys:
    """Pairs of a removed key and the one that replaces it."""

    schemas: Mapping[str, str] = field(default_factory=dict)
    operations: Mapping[str, str] = field(default_factory=dict)

    def get_schema(self, key: str) -> str:
        """Return the current key of a schema."""
        return self.schemas.get(key, key)

    def get_operation(self, key: str) -> str:
        """Return the current key of an operation."""
        return self.operations.get(key, key)


NO_RENAMES = RenamedKeys()
