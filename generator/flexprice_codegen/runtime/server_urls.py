# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""Base URLs with variables. Source: OpenAPI 3.1.1, 4.8.5 and 4.8.6.

In: a template, and what the user gave. Out: the URL.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct, field

_LEAVES_HOST = re.compile(r"[/?#@\\\s]")


class ServerTemplate(Struct, frozen=True):
    """A base URL with variables: their defaults, and the values of those that are listed."""

    url: str
    defaults: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict[str, tuple[str, ...]]
    )

    def fill(self, given: Mapping[str, str | None]) -> str:
        """Return the URL; a variable that is None has its default.

        Raises:
            ValueError: a value is not listed, or would lead to another host.
        """
        url = self.url
        # In `https://{tenant}.example.com/v1` the host stands between slashes.
        host = "".join(self.url.split("/")[2:3])
        for name, default in self.defaults.items():
            value = given.get(name)
            if value is None:
                value = default
            elif name in self.values and value not in self.values[name]:
                listed = ", ".join(self.values[name])
                raise ValueError(f"{name}: {value!r} is not one of {listed}")
            elif f"{{{name}}}" in host and _LEAVES_HOST.search(value):
                raise ValueError(f"{name}: {value!r} cannot be part of a host name")
            url = url.replace(f"{{{name}}}", value)
        return url
