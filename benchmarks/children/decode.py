"""Reads the body of a response, again and again.

In: who reads (`ours`, `msgspec`, `pydantic`, `sdk`), the name of the class, the file of
the body. Out: see `loop`. A body that does not fit its class ends the process.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.children.loop import serve


def subject(reader: str, name: str, body: bytes) -> Callable[[], object]:
    """Give what reads the body once."""
    match reader:
        case "ours":
            return _ours(name, body)
        case "msgspec":
            kind = getattr(import_module("flexprice_client.models"), name)
            decoder = import_module("msgspec.json").Decoder(kind)
            return lambda: decoder.decode(body)
        case "pydantic":
            validate = _sdk_class(name).model_validate_json
            return lambda: validate(body)
        case "sdk":
            kind, text = _sdk_class(name), body.decode()
            unmarshal = import_module("flexprice.utils.serializers").unmarshal_json
            return lambda: unmarshal(text, kind)
    raise SystemExit(f"no reader {reader!r}")


def _ours(name: str, body: bytes) -> Callable[[], object]:
    """Read as the generated client does; see that nothing is left over."""
    decode = import_module("flexprice_client.runtime.decoding").decode
    kind = getattr(import_module("flexprice_client.models"), name)
    report: list[object] = []
    decode(body, kind, report)
    if report:
        raise SystemExit(f"the body does not fit: {report[0]}")
    return lambda: decode(body, kind, report)


def _sdk_class(name: str) -> Any:  # noqa: ANN401 - a class that is not here
    return getattr(import_module("flexprice.models"), name)


def main() -> None:
    """Read the arguments and serve."""
    reader, name, body = sys.argv[1:]
    serve(subject(reader, name, Path(body).read_bytes()))


if __name__ == "__main__":
    main()
