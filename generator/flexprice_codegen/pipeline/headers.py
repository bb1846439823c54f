"""Headers of a request, with secrets from environment variables.

In: headers as the configuration file writes them, and environment variables. Out: the
headers to send. A value never appears in a message, because it can be a secret.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flexprice_codegen.diagnostics import build_error

# `$NAME` or `${NAME}`, as in a shell.
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<bare>\w+))")
# A token (RFC 9110, section 5.6.2).
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
# The HTTP client sets these itself; another value would corrupt the request.
_OURS = frozenset({"host", "connection", "content-length", "transfer-encoding"})


def expand_headers(
    headers: Mapping[str, str], environment: Mapping[str, str]
) -> dict[str, str]:
    """Replace environment variables in headers by their values.

    Args:
        headers: Values by name, with `$NAME` or `${NAME}` for variables.
        environment: The environment variables.

    Raises:
        DiagnosticError: A variable is not set, or a name or value cannot be sent
            (`header`). The message does not contain the value.
    """
    made = {}
    for name, value in headers.items():
        if not _HEADER.fullmatch(name) or name.lower() in _OURS:
            raise build_error(
                "header",
                f"invalid header {name!r:.80}",
                hint="use, for example, headers = {Authorization = 'Bearer $TOKEN'}",
            )

        missing = [
            variable
            for found in _VARIABLE.finditer(value)
            if not environment.get(variable := found["braced"] or found["bare"])
        ]
        if missing:
            raise build_error(
                "header",
                f"header {name} needs the environment variable {missing[0]}",
                hint=f"set {missing[0]}; in CI, from a secret",
            )

        text = _VARIABLE.sub(
            lambda found: environment[found["braced"] or found["bare"]], value
        )
        # A line break would end the header, and start another one.
        if not (text.isascii() and text.isprintable()):
            raise build_error(
                "header",
                f"invalid value of header {name}",
                hint="use ASCII characters without line breaks",
            )
        made[name] = text.strip()
    return made
