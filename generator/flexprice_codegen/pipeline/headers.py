"""Headers of a request, with secrets from the environment.

In: headers as the configuration writes them, and environment variables. Out: headers to
send. A value is never part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flexprice_codegen.diagnostics import build_error

_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<bare>\w+))")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding"})


def expand_headers(
    headers: Mapping[str, str], environment: Mapping[str, str]
) -> dict[str, str]:
    """Put environment variables into headers.

    Raises:
        DiagnosticError: `header`: a variable is not set, or a name or value cannot be sent.
            No value is part of the message.
    """
    made = {}
    for name, value in headers.items():
        if not _HEADER.fullmatch(name) or name.lower() in _OURS:
            raise build_error(
                "header",
                f"{name!r:.80} is no header to send",
                hint="give, for example, headers = {Authorization = 'Bearer $TOKEN'}",
            )
        missing = [
            variable
            for found in _VARIABLE.finditer(value)
            if not environment.get(variable := found["braced"] or found["bare"])
        ]
        if missing:
            raise build_error(
                "header",
                f"the header {name} needs the environment variable {missing[0]}",
                hint=f"set {missing[0]}; in CI, from a secret",
            )
        text = _VARIABLE.sub(
            lambda found: environment[found["braced"] or found["bare"]], value
        )
        if not (text.isascii() and text.isprintable()):
            raise build_error(
                "header",
                f"the value of the header {name} cannot be sent",
                hint="it may hold no line break, and only ASCII",
            )
        made[name] = text.strip()
    return made
