"""Faults: values that a client gets wrong, as text that can be pasted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from support.oracle.calls import Case
from support.oracle.dialect import Json


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that a client gets wrong.

    `kind` is `skipped` (there is no method), `error` (a valid value was refused),
    `mismatch` (it was reported), `lost` (another value came back), `choice` (it has the
    class of another option), `silent` (a value that nothing accepts was no mismatch), or
    `wrong-error` (it was refused).
    """

    kind: str
    case: Case
    value: Json
    message: str

    @property
    def sign(self) -> str:
        """What it has in common with smaller ones of the same cause."""
        text = re.sub(r"\(read as .*", "", self.message, flags=re.DOTALL)
        words = re.findall(r"came back as (nothing|None|[\[{'\dTF])|(\w+Error)", text)
        return f"{self.kind} {sorted(set(words))}"

    def __str__(self) -> str:
        """Return the schemas, the value, and what is wrong."""
        components = self.case.components.items()
        lines = [
            f"{self.kind} (OpenAPI {self.case.version}): {self.message}",
            f"  schema: {json.dumps(self.case.schema)}",
            *(f"  {name}: {json.dumps(each)}" for name, each in components),
            f"  value: {json.dumps(self.value)}",
        ]
        return "\n".join(lines)
