"""Writes a request with three fields, again and again.

In: who writes (`ours`, `pydantic`, `sdk`). Out: see `loop`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.children.loop import serve

FIELDS = {
    "external_id": "acme-0001",
    "name": "Acme Corporation",
    "email": "billing@acme.example",
}


def subject(writer: str) -> Callable[[], object]:
    """Return what writes the request once."""
    models = import_module(
        f"{'flexprice_client' if writer == 'ours' else 'flexprice'}.models"
    )
    request = models.CreateCustomerRequest(**FIELDS)
    match writer:
        case "ours":
            encode = import_module("flexprice_client.runtime.encoding").encode
            return lambda: encode(request)
        case "pydantic":
            dump = request.model_dump_json
            return lambda: dump(by_alias=True, exclude_none=True)
        case "sdk":
            marshal = import_module("flexprice.utils.serializers").marshal_json
            return lambda: marshal(request, models.CreateCustomerRequest)
    raise SystemExit(f"no writer {writer!r}")


def main() -> None:
    """Check what is written, and serve."""
    write = subject(sys.argv[1])
    written = write()
    if not isinstance(written, (bytes, str)) or json.loads(written) != FIELDS:
        raise SystemExit(f"something else was written: {written!r}")
    serve(write)


if __name__ == "__main__":
    main()
