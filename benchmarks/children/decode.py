"""Reads the body of a response, again and again.

In: who reads (`ours`, `tolerant`, `msgspec`, `pydantic`, `sdk`), the name of the class, the file of
the body. Out: see `loop`. A body that does not fit its class ends the process.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.children.loop import serve

_TIME = re.compile(r"\d{4}-\d\d-\d\dT")


def subject(reader: str, name: str, body: bytes) -> Callable[[], object]:
    """Return what reads the body once."""
    match reader:
        case "ours":
            return _ours(name, body)
        case "tolerant":
            return _ours(name, with_a_misfit(body))
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


def with_a_misfit(body: bytes) -> bytes:
    """Make the last of the deepest times an empty text, which only tolerance reads."""
    plain = json.loads(body)
    *_, (_, holder, name) = sorted(_times(plain, 0), key=lambda each: each[0])
    holder[name] = ""
    return json.dumps(plain, separators=(",", ":")).encode()


def _times(value: object, depth: int) -> Iterator[tuple[int, dict[str, str], str]]:
    """Find the times below a value: how deep, in which object, by which name."""
    match value:
        case dict():
            for name, each in value.items():
                if isinstance(each, str) and _TIME.match(each):
                    yield depth, value, name
                yield from _times(each, depth + 1)
        case list():
            for each in value:
                yield from _times(each, depth + 1)
        case _:
            pass


def _sdk_class(name: str) -> Any:  # noqa: ANN401 - a class that is not here
    return getattr(import_module("flexprice.models"), name)


def main() -> None:
    """Read the arguments and serve."""
    reader, name, body = sys.argv[1:]
    serve(subject(reader, name, Path(body).read_bytes()))


if __name__ == "__main__":
    main()
