# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""The header `Link` of a response. Source: RFC 8288, 3.

In: the value of the header. Out: the target of a relation.
"""

from __future__ import annotations

import re

_LINK = re.compile(
    r"""
    < (?P<target> [^>]*) >
    (?P<parameters> (?: \s* ; \s* [\w!#$%&'*+.^`|~-]+ \s*
        (?: = \s* (?: "(?: [^"\\] | \\. )*" | [^\s;,"]* ) )?
    )* )
    """,
    re.VERBOSE,
)
_PARAMETER = re.compile(
    r"""
    ; \s* (?P<name> [\w!#$%&'*+.^`|~-]+) \s*
    (?: = \s* (?: "(?P<quoted> (?: [^"\\] | \\. )*)" | (?P<token> [^\s;,"]*) ) )?
    """,
    re.VERBOSE,
)


def find_link(header: str, relation: str) -> str | None:
    """Return the target of the first link with a relation such as `next`."""
    for link in _LINK.finditer(header):
        # Of several parameters `rel` the first counts.
        for parameter in _PARAMETER.finditer(link["parameters"]):
            if parameter["name"].lower() == "rel":
                names = parameter["quoted"] or parameter["token"] or ""
                if relation in names.lower().split():
                    return link["target"]
                break
    return None
