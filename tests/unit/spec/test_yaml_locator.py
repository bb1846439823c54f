"""From a JSON pointer to a line and column of a YAML text."""

from __future__ import annotations

import pytest

from flexprice_codegen.spec.parse import parse_documents
from flexprice_codegen.spec.sources import Source

YAML = """\
# A comment.
paths:
  /a/b~:
    - 1
    - x: {}
    - "\u20ac"
    - []
base: &base {y: 1}
more:
  <<: *base
  z: 2
"""


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", "2:1"),
        ("/paths/~1a~1b~0", "3:3"),
        ("/paths/~1a~1b~0/0", "4:7"),
        ("/paths/~1a~1b~0/1", "5:7"),
        ("/paths/~1a~1b~0/1/x", "5:7"),
        ("/paths/~1a~1b~0/3", "7:7"),
        ("/more/z", "11:3"),
        ("/more/y", "8:14"),
    ],
)
def test_a_pointer_leads_to_a_place_in_yaml(pointer: str, place: str) -> None:
    (parsed,) = parse_documents(Source("f", YAML.encode()))
    assert str(parsed.locate(pointer)) == f"f:{place}"
