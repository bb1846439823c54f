"""Keywords that no client reads."""

from __future__ import annotations

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import asking, document


@pytest.mark.parametrize(
    "strange",
    [
        "{type: object, required: true}",
        "{type: array, required: [1, null, a]}",
        "{type: object, patternProperties: 7}",
        "{type: object, dependentRequired: [a], minContains: x}",
        "{type: array, prefixItems: {a: b}, contains: 3}",
        "{not: 5, if: [], then: null}",
        "{type: string, contentSchema: 1, x-extensible-enum: 4}",
        "{type: object, discriminator: 3, properties: {a: {}}}",
    ],
)
def test_strange_keywords_stop_nothing(strange: str) -> None:
    schema, plain = yaml.safe_load(strange), {"type": "object", "minProperties": 1}
    old, new = (document({"/a": {"post": asking(each)}}) for each in (schema, plain))
    assert compare_wire(old, old) == ()
    assert compare_wire(old, new)
    assert compare_wire(new, old)
