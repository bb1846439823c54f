"""JSONPath expressions for the targets of overlay actions.

In: a JSON pointer. Out: a JSONPath query that selects its node, in the short form where
a name allows it.

Source: RFC 9535 §2.5.1 (child segment).
"""

from __future__ import annotations

import json
import re

from flexprice_codegen.json_pointers import parse_array_index, split_pointer

# Keys that can follow a dot (RFC 9535 §2.5.1.1); others are put in brackets.
_SHORT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def build_json_path(pointer: str) -> str:
    """Return the query for a JSON pointer."""
    parts = ["$"]
    keys = split_pointer(pointer)
    for number, key in enumerate(keys):
        is_index = parse_array_index(key) is not None
        # A number is an index only in an array; responses have status codes as keys.
        if is_index and number and keys[number - 1] in _ARRAYS:
            parts.append(f"[{key}]")
        elif _SHORT.fullmatch(key):
            parts.append(f".{key}")
        else:
            parts.append(f"[{quote_key(key)}]")

    return "".join(parts)


def quote_key(key: str) -> str:
    """Return a name as a string of a query, in single quotes."""
    # JSON's escapes are those of RFC 9535, but for the quotes.
    text = json.dumps(key, ensure_ascii=True)[1:-1].replace('\\"', '"')
    return "'" + text.replace("'", "\\'") + "'"


# In these a number is an index; elsewhere it is a key, such as a status code.
_ARRAYS = frozenset({"parameters", "allOf", "anyOf", "oneOf", "prefixItems", "servers"})
