"""A grammar of documents that mean harm, or are just odd.

In: nothing. Out: strategies of hypothesis for whole documents, whose every name, text,
value, default, path, tag and hint may be a nasty string; and some documents of it that
are the same on every machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

Value: TypeAlias = Any
"""A JSON value."""
Strategy: TypeAlias = st.SearchStrategy[Value]

ROUTE = "/webhook-events/"
NASTY = [
    '"', "'", '"""', "'''", "\\", '\\"""', '"""\nimport os\n"""', "\\'", '"#', 'r"',
    "\n", "\r\n", "\r", "\t", "\x00", "\x0b", "\x1b[31m", "\x7f", "\x85", "\x9b",
    "\u2028", "\u202e", "\u2066", "\u061c", "\u200d", "\u00ad", "\ufeff", "\ufffe",
    "\U000e0041", "\ue000", "\U0001f3f4", "e\u0301", "\u0345", "\u1160", "\u3164",
    "{{ 7 * 7 }}", "{% endfor %}", "{# #}", "{% raw %}", "${x}", "{x}", "{", "}", "{}",
    "%s", "%(x)s", "# ", "#:: Other\n", "#::", "# type: ignore", "# fmt: off", "# noqa",
    '__import__("os").system("true")', "); import os; (", "] = exec('x') #", "f'{x}'",
    ": int = print(1)", "lambda: 0", "\\N{BULLET}", "\\u0041", "\\x", "::error::x",
    "../../etc/passwd", "..\\windows", "/", ".", "..", "~1", "~0", "%2e%2e%2f", "a:b",
    "con", "NUL", "aux.py", "COM1", "lpt9", "-rf", "~", "*", "?", "a.", "a ", "##[x]",
    "class", "None", "self", "async", "await", "match", "type", "_", "__", "___",
    "__init__", "__class__", "__slots__", "__wire__", "__extra__", "__all__", "__doc__",
    "_call", "mro", "name", "value", "values", "models", "Operation", "Literal", "raw",
    "UNSET", "UnsetType", "dataclass", "field", "list", "str", "dict", "Any", "Decimal",
    "date", "datetime", "runtime", "resources", "webhooks", "errors", "testing", "lazy",
    "0", "-1", "1e999", "01", "0x10", "1_000", "nan", "inf", "true", "null", "9" * 30,
    "\xe9", "\ufb01", "\u6570\u636e", "\xdf", "\u0130", "\u0131", "\u03c2", "\U0001f389",
    "\u05e9\u05dc\u05d5\u05dd", "\u0661", "\xaa", "\u2460", "\uff21", "\u212a",
    "a", "A", "B", "b", "a b", "a-b", "aB", "", " ", "|", "`", "<!--", "]]>", "<script>",
    "X-A\r\nX-B: 1", "application/json\r\nX: 1", "x" * 300, "Xy" * 200,
    " > ", "GET /x", "event x", "#/components/schemas/A", "| a",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map("".join)
WORD = st.sampled_from(["id", "kind", "name", "items", "next", "state", "event_type"])
NAME = st.one_of(TEXT, TEXT, WORD)
NUMBER = st.one_of(
    st.integers(-3, 3),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([2**63, -(2**63) - 1, 10**40, 1e300, 5e-324, -0.0]),
)
SCALAR = st.one_of(TEXT, NUMBER, st.booleans(), st.none())
ANY = st.recursive(
    SCALAR,
    lambda inner: st.one_of(
        st.lists(inner, max_size=2), st.dictionaries(TEXT, inner, max_size=2)
    ),
    max_leaves=3,
)
COMPONENTS = ("A", "a", "A B", "x/y", "C > d")
PROSE = {
    "description": TEXT,
    "title": TEXT,
    "example": ANY,
    "deprecated": st.booleans(),
}


def _pointer(name: str) -> str:
    """Write a reference to a component (RFC 6901 § 6, in a fragment)."""
    escaped = name.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    return f"#/components/schemas/{escaped}"


def _object(fixed: dict[str, Strategy], **optional: Strategy) -> Strategy:
    return st.fixed_dictionaries(fixed, optional=optional)


REFERENCE = st.sampled_from([*map(_pointer, COMPONENTS * 3), *NASTY[:3]]).map(
    lambda target: {"$ref": target}
)
ENUMERATION = _object(
    {
        "type": st.sampled_from(["string", "integer", ["string", "null"]]),
        "enum": st.lists(st.one_of(TEXT, NUMBER, SCALAR), min_size=1, max_size=4),
    },
    **PROSE,
    **{
        "default": SCALAR,
        "x-enum-varnames": st.lists(TEXT, min_size=1, max_size=4),
        "x-enum-descriptions": st.lists(TEXT, min_size=1, max_size=4),
    },
)
FORMATS = [
    "date",
    "date-time",
    "decimal",
    "binary",
    "byte",
    "uuid",
    "int64",
    "duration",
]
PLAIN = _object(
    {"type": st.sampled_from(["string", "integer", "number", "boolean"])},
    **PROSE,
    format=st.one_of(TEXT, st.sampled_from(FORMATS)),
    default=ANY,
    pattern=st.one_of(TEXT, st.just("(a+)+$")),
    nullable=st.booleans(),
    minimum=NUMBER,
    maxLength=st.integers(0, 2**70),
    readOnly=st.booleans(),
)
LEAF = st.one_of(
    PLAIN,
    PLAIN,
    ENUMERATION,
    REFERENCE,
    st.fixed_dictionaries({"const": SCALAR}),
    st.sampled_from([{}, True]),
)


def _below(inner: Strategy) -> Strategy:
    discriminator = _object(
        {"propertyName": NAME}, mapping=st.dictionaries(TEXT, TEXT, max_size=2)
    )
    record = _object(
        {
            "type": st.just("object"),
            "properties": st.dictionaries(NAME, inner, max_size=4),
        },
        **PROSE,
        **{
            "required": st.lists(NAME, max_size=2),
            "additionalProperties": st.one_of(inner, st.booleans()),
            "x-speakeasy-name-override": TEXT,
            "x-codegen": _object({}, name=TEXT),
        },
    )
    options = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        record,
        record,
        _object({"type": st.just("array"), "items": inner}, default=ANY),
        _object({"oneOf": options}, discriminator=discriminator, **PROSE),
        _object(
            {"anyOf": options}, properties=st.dictionaries(NAME, inner, max_size=1)
        ),
        _object({"allOf": options}, **PROSE),
        _object({"type": st.just("object"), "additionalProperties": inner}),
    )


SCHEMA = st.recursive(LEAF, _below, max_leaves=5)
MEDIA = st.one_of(
    st.sampled_from(
        [
            *("application/json", "multipart/form-data", "text/event-stream"),
            *(
                "application/x-www-form-urlencoded",
                "application/x-ndjson",
                "text/plain",
            ),
            *("application/problem+json; charset=utf-8", "*/*", "image/png"),
            *("application/json\r\nX: 1", "text/{{ 1 }}", "'", ""),
        ]
    ),
    st.just("application/json"),
)
ENCODING = st.dictionaries(NAME, _object({}, contentType=TEXT, style=TEXT), max_size=1)
CONTENT = st.dictionaries(
    MEDIA, _object({"schema": SCHEMA}, encoding=ENCODING), min_size=1, max_size=2
)
HEADERS = [
    "X-A",
    "if-match",
    "Content-Type",
    "x_a",
    "X-A\r\nX-B: 1",
    "__init__",
    "\xe9",
]


def _parameter(location: str, name: Strategy, *styles: str) -> Strategy:
    return _object(
        {"name": name, "in": st.just(location), "schema": SCHEMA},
        description=TEXT,
        style=st.sampled_from(styles),
        explode=st.booleans(),
        required=st.booleans(),
    )


PARAMETER = st.one_of(
    _parameter("query", NAME, "form", "deepObject", "pipeDelimited", "spaceDelimited"),
    _parameter("path", NAME, "simple", "label", "matrix"),
    _parameter("header", st.sampled_from(HEADERS), "simple"),
    _parameter("cookie", NAME, "form"),
)
RESPONSE = _object(
    {"description": TEXT},
    content=CONTENT,
    headers=st.dictionaries(TEXT, _object({"schema": LEAF}), max_size=1),
)
STATUS = st.sampled_from(["200", "201", "204", "4XX", "404", "default"])
HINTS = _object(
    {},
    **{
        "name": TEXT,
        "route": st.one_of(TEXT, TEXT.map(lambda text: f"/{text}")),
        "event": st.one_of(TEXT, st.just(value=False)),
        "idempotency-key": st.one_of(ANY, NAME.map(lambda name: {"fill": name})),
        "paging": st.one_of(
            ANY, NAME.map(lambda name: {"by": "offset", "send": name, "limit": name})
        ),
    },
)
SERVERS = st.lists(
    _object(
        {"url": TEXT.map(lambda text: f"https://x.test/{text}")},
        description=TEXT,
        variables=st.dictionaries(TEXT, _object({"default": TEXT}), max_size=1),
    ),
    max_size=2,
)
ANY_BODY = {"content": {"application/json": {"schema": {"type": "object"}}}}
CALL = _object(
    {"responses": st.dictionaries(STATUS, RESPONSE, min_size=1, max_size=3)},
    **{
        "tags": st.lists(TEXT, max_size=2),
        "operationId": TEXT,
        "summary": TEXT,
        "description": TEXT,
        "deprecated": st.booleans(),
        "parameters": st.lists(PARAMETER, max_size=3),
        "requestBody": _object({"content": CONTENT}, required=st.booleans()),
        "security": st.lists(
            st.dictionaries(TEXT, st.just([]), max_size=2), max_size=2
        ),
        "servers": SERVERS,
        "x-codegen": HINTS,
    },
)


def _with_rule(call: dict[str, Value], value: str) -> dict[str, Value]:
    """Return an operation a rule of events, and a body that may fit any rule."""
    hints = {**call.get("x-codegen", {}), "event-when": {"event_type": value}}
    return {**call, "x-codegen": hints, "requestBody": ANY_BODY}


OPERATION = st.one_of(CALL, st.builds(_with_rule, CALL, TEXT))
PATH = st.one_of(
    st.builds(
        lambda start, text, name: f"{start}{text}{{{name}}}",
        st.sampled_from(["/", "/things/", ""]),
        TEXT,
        NAME,
    ),
    st.sampled_from(NASTY).map(lambda text: ROUTE + text),
    st.sampled_from(NASTY).map(lambda text: f"/{text}"),
)
METHOD = st.sampled_from(["get", "post", "put", "delete", "patch"])
ITEM = st.dictionaries(METHOD, OPERATION, min_size=1, max_size=2)
SCHEME = st.one_of(
    _object(
        {
            "type": st.just("apiKey"),
            "in": st.sampled_from(["header", "query", "cookie"]),
            "name": TEXT,
        },
        description=TEXT,
    ),
    _object({"type": st.just("http"), "scheme": st.sampled_from(["bearer", "basic"])}),
    _object({"type": st.just("oauth2"), "flows": st.just({})}),
    _object({"type": st.just("openIdConnect"), "openIdConnectUrl": TEXT}),
)
SCHEMAS = st.builds(
    lambda named, others: {**others, **named},
    st.fixed_dictionaries(dict.fromkeys(COMPONENTS, SCHEMA)),
    st.dictionaries(TEXT, LEAF, max_size=3),
)
DOCUMENT = _object(
    {
        "openapi": st.sampled_from(["3.0.3", "3.1.0"]),
        "info": _object({"title": TEXT, "version": TEXT}, description=TEXT),
        "paths": st.dictionaries(PATH, ITEM, min_size=1, max_size=3),
        "components": st.fixed_dictionaries(
            {
                "schemas": SCHEMAS,
                "securitySchemes": st.dictionaries(TEXT, SCHEME, max_size=2),
            }
        ),
        "servers": SERVERS,
        "tags": st.lists(_object({"name": TEXT}, description=TEXT), max_size=1),
    },
    webhooks=st.dictionaries(TEXT, ITEM, max_size=2),
    security=st.lists(st.dictionaries(TEXT, st.just([]), max_size=1), max_size=1),
)

deterministic = partial(
    settings,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
"""Settings under which the same documents are made on every machine."""


def documents(count: int) -> list[Value]:
    """Return so many documents, the same every time.

    They are made in a process of their own: hypothesis also tries what stands in the
    modules that are loaded, and so would give others to each test run.
    """
    done = subprocess.run(
        [sys.executable, "-m", "support.nasty", str(count)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        check=True,
    )
    made: list[Value] = json.loads(done.stdout)
    return made


def _collected(count: int) -> list[Value]:
    made: list[Value] = []

    @deterministic(max_examples=count, phases=(Phase.generate,))
    @given(DOCUMENT)
    def collect(document: Value) -> None:
        made.append(document)

    collect()
    return made


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_collected(int(sys.argv[1]))))
