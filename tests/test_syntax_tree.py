"""Whatever a document says, a generated module does nothing but define what it should.

The judge is `support/permitted.py`. It looks at the hostile golden case, and at documents
that hypothesis builds of nasty strings: names, texts, values, defaults, paths, tags.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st
from support.corpus import Corpus, golden_cases, shared_corpus
from support.permitted import offences

from generator.api.build import build as build_api
from generator.diagnostics import Sink, SpecError
from generator.emit.emit import Options, emit
from generator.emit.model_worker import written
from generator.emit.package import About
from generator.emit.templates import templates_folder
from generator.runtime.shapes import Value
from generator.spec.document import load
from generator.surface.build import build as build_surface
from generator.surface.memory import Previous

ROUTE = "/webhook-events/"
NASTY = [
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    '\\"""',
    '"""\nimport os\n"""',
    "\n",
    "\r\n",
    "\t",
    "\x00",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u061c",
    "\u00ad",
    "\ufeff",
    "\U000e0041",
    "{{ 7 * 7 }}",
    "{% endfor %}",
    "{# #}",
    "${x}",
    "{x}",
    "%s",
    "# ",
    "#:: Other\n",
    '__import__("os").system("true")',
    "); import os; (",
    "] = exec('x') #",
    ": int = print(1)",
    "lambda: 0",
    "\\N{BULLET}",
    "\\u0041",
    "../../etc/passwd",
    "..\\windows",
    "/",
    ".",
    "~1",
    "class",
    "None",
    "self",
    "__init__",
    "__class__",
    "__slots__",
    "__wire__",
    "_call",
    "mro",
    "name",
    "models",
    "Operation",
    "Literal",
    "UNSET",
    "dataclass",
    "list",
    "str",
    "Any",
    "Decimal",
    "date",
    "0",
    "-1",
    "1e999",
    "é",
    "ﬁ",
    "数据",
    "ß",
    "İ",
    "🎉",
    "a",
    "B",
    "a b",
    "",
    " ",
    "|",
    "`",
    "<!--",
]
TEXT = st.lists(st.sampled_from(NASTY), min_size=1, max_size=3).map("".join)
SCALAR = st.one_of(TEXT, st.integers(), st.floats(), st.booleans(), st.none())


def _object(
    *optional: str, **fixed: st.SearchStrategy[Value]
) -> st.SearchStrategy[Value]:
    texts = {name.replace("x_", "x-"): TEXT for name in optional}
    return st.fixed_dictionaries(dict(fixed), optional=texts)


ENUMERATION = st.fixed_dictionaries(
    {"type": st.just("string"), "enum": st.lists(TEXT, min_size=1, max_size=4)},
    optional={
        "description": TEXT,
        "default": TEXT,
        "x-enum-varnames": st.lists(TEXT, min_size=4, max_size=4),
        "x-enum-descriptions": st.lists(TEXT, min_size=4, max_size=4),
    },
)
PLAIN = st.fixed_dictionaries(
    {"type": st.sampled_from(["string", "integer", "number", "boolean"])},
    optional={
        "description": TEXT,
        "format": st.one_of(TEXT, st.sampled_from(["date", "decimal", "binary"])),
        "default": SCALAR,
        "pattern": TEXT,
        "deprecated": st.booleans(),
    },
)
LEAF = st.one_of(PLAIN, ENUMERATION)


def _below(inner: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    return st.one_of(
        st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(TEXT, inner, max_size=3),
            },
            optional={
                "required": st.lists(TEXT, max_size=2),
                "title": TEXT,
                "description": TEXT,
                "additionalProperties": inner,
                "x-speakeasy-name-override": TEXT,
            },
        ),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}),
        st.fixed_dictionaries(
            {"oneOf": st.lists(inner, min_size=1, max_size=2)},
            optional={
                "discriminator": st.fixed_dictionaries(
                    {
                        "propertyName": TEXT,
                        "mapping": st.dictionaries(TEXT, TEXT, max_size=2),
                    }
                )
            },
        ),
    )


SCHEMA = st.recursive(LEAF, _below, max_leaves=4)
MEDIA = st.one_of(st.just("application/json"), st.just("multipart/form-data"), TEXT)
CONTENT = st.dictionaries(
    MEDIA, st.fixed_dictionaries({"schema": SCHEMA}), min_size=1, max_size=2
)
PARAMETER = st.fixed_dictionaries(
    {
        "name": TEXT,
        "in": st.sampled_from(["query", "header", "cookie"]),
        "schema": LEAF,
    },
    optional={"description": TEXT, "style": TEXT, "required": st.booleans()},
)
RESPONSE = st.fixed_dictionaries({"description": TEXT}, optional={"content": CONTENT})
OPERATION = st.fixed_dictionaries(
    {
        "responses": st.dictionaries(
            st.sampled_from(["200", "404", "default"]), RESPONSE, min_size=1
        )
    },
    optional={
        "tags": st.lists(TEXT, max_size=2),
        "operationId": TEXT,
        "summary": TEXT,
        "description": TEXT,
        "parameters": st.lists(PARAMETER, max_size=2),
        "requestBody": st.fixed_dictionaries({"content": CONTENT}),
        "x-codegen": st.fixed_dictionaries({"name": TEXT}),
    },
)
PATH = st.builds(
    lambda start, text, name: f"{start}{text}{{{name}}}",
    st.sampled_from(["/", "/things/", ROUTE]),
    TEXT,
    TEXT,
)
DOCUMENT = st.fixed_dictionaries(
    {
        "openapi": st.just("3.0.3"),
        "info": st.fixed_dictionaries({"title": TEXT, "version": TEXT}),
        "paths": st.dictionaries(
            st.one_of(PATH, TEXT.map(lambda text: ROUTE + text)),
            st.dictionaries(
                st.sampled_from(["get", "post", "put"]), OPERATION, min_size=1
            ),
            max_size=2,
        ),
        "components": st.fixed_dictionaries(
            {
                "schemas": st.dictionaries(TEXT, SCHEMA, max_size=2),
                "securitySchemes": st.dictionaries(
                    TEXT,
                    _object(
                        type=st.just("apiKey"),
                        **{"in": st.just("header"), "name": TEXT},
                    ),
                    max_size=1,
                ),
            }
        ),
        "servers": st.lists(
            st.fixed_dictionaries(
                {"url": TEXT.map(lambda text: f"https://x.test/{text}")},
                optional={"description": TEXT},
            ),
            max_size=2,
        ),
        "tags": st.lists(_object("description", name=TEXT), max_size=1),
    }
)


def files_of(document: Value, folder: Path) -> dict[str, str]:
    """Make the files of a document, all in this process."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    sink = Sink()
    api = build_api(load([str(path)], [], sink=sink), sink)
    surface = build_surface(api, Previous(), sink)
    about = About(
        package="client",
        generator_version="0",
        spec_version=api.version,
        lock_name="lock.json",
    )
    models = partial(written, templates=templates_folder() / "models")
    return {
        each.path: each.text
        for each in emit(surface, about, Options(testing=True), models)
    }


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with shared_corpus(tmp_path_factory) as opened:
        yield opened


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.base.name)
def test_a_golden_package_holds_only_what_a_template_writes(
    case: Value, corpus: Corpus
) -> None:
    assert offences(corpus.made(case).texts()) == []


@pytest.mark.slow
@given(DOCUMENT)
@settings(
    max_examples=120,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_document_smuggles_anything_into_a_module(
    tmp_path_factory: pytest.TempPathFactory, document: Value
) -> None:
    folder = tmp_path_factory.getbasetemp()
    try:
        files = files_of(document, folder)
    except SpecError:
        event("refused")
        return
    event("made")
    assert offences(files) == []
    for path, text in files.items():
        assert not path.startswith(("/", ".."))
        assert "\\" not in path
        if path.endswith(".py"):
            compile(text, path, "exec", dont_inherit=True)


@pytest.mark.parametrize(
    ("smuggled", "said"),
    [
        ("import os", "an import of os"),
        ("from subprocess import run", "an import of subprocess"),
        ("from ..other import x", "an import of other"),
        ("print(1)", "the statement print(1)"),
        ("x = [each for each in ()]", "a ListComp"),
        ("x: int = eval('1')", "a call of eval"),
        ("class A(B): pass", "the bases of A"),
        ("@x\nclass A: pass", "the decorator x"),
        (
            "class A:\n    def f(self):\n        x = 1\n        return x",
            "the function f",
        ),
        ("class A:\n    def f(self, x=(1, 2)): return x", "the default (1, 2)"),
        ("x: str = __builtins__", "the name __builtins__"),
        ("x: str = ''.__class__", "the attribute ''.__class__"),
        ("while True: pass", "the statement while True"),
        ("# \u202e", "the hidden character"),
    ],
)
def test_the_judge_finds_what_does_not_belong(smuggled: str, said: str) -> None:
    found = offences({"models/_x.py": f"{smuggled}\n"})

    assert any(said in each for each in found), found
