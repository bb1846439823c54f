"""The process that calls datamodel-code-generator.

In: the folder of the templates; on standard input, a bundle a line, in JSON. Out: on
standard output, an object a line, in JSON: the text of each class, by its name.

It warms itself with a tiny call before it reads, so that the library's first call, which
costs half a second, runs beside the reading of the document.
"""

from __future__ import annotations

import gc
import json
import re
import sys
from pathlib import Path
from typing import Any

from datamodel_code_generator import generate
from datamodel_code_generator.enums import DataModelType, InputFileType
from datamodel_code_generator.format import DatetimeClassType, PythonVersion

_MARKER = re.compile(r"^#:: (\w+)\n", re.MULTILINE)


def written(bundle: dict[str, Any], templates: Path) -> dict[str, str]:
    """Give the text of each class of the bundle, by name."""
    text = generate(
        bundle,
        input_file_type=InputFileType.JsonSchema,
        output_model_type=DataModelType.DataclassesDataclass,
        formatters=[],
        target_python_version=PythonVersion.PY_311,
        output_datetime_class=DatetimeClassType.Datetime,
        custom_template_dir=templates,
        custom_class_name_generator=str,
        treat_dot_as_module=False,
        skip_root_model=True,
        use_specialized_enum=False,
        disable_timestamp=True,
    )
    assert isinstance(text, str)
    parts = _MARKER.split(text)[1:]
    return {
        name: body.strip("\n") + "\n"
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }


def main() -> None:
    """Warm up, then answer one request a line until there are no more."""
    gc.disable()  # a short life: collecting costs a sixth of it and frees next to nothing
    templates = Path(sys.argv[1])
    warm = {"x-rows": [], "x-doc": "", "x-wire": [], "x-extra": ""}
    written({"$defs": {"Warm": {"type": "object", **warm}}}, templates)
    for request in sys.stdin.buffer:
        answer = json.dumps(written(json.loads(request), templates))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
