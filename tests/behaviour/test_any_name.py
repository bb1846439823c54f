"""Whatever an operation, a tag, or a schema is called, its method and class work."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.documents import document, operation, record, ref
from support.generated import Generator, named
from support.nasty import NASTY
from support.values import Value

pytestmark = pytest.mark.slow

# Letters whose case, normal form, or membership in `\w` is a surprise.
SURPRISING = [
    *(
        "\u00c4nderung",
        "\u00e4nderung",
        "x\u0345",
        "\\x\u0345",
        "xi",
        "x\u0131",
        "xI",
        "x\u0130",
        "x\u03b9",
    ),
    *(
        "\u0390",
        "\u03b0",
        "stra\u00dfe",
        "strasse",
        "STRASSE",
        "\u0149a",
        "\u09f4",
        "x\u09f4",
        "\u24b6",
        "\U0001f150",
        "\ufb01x",
        "fix",
    ),
    *(
        "\u9867\u5ba2",
        "\uace0\uac1d",
        "\u03ba\u03bb\u03ac\u03c3\u03b7",
        "\u039a\u039b\u0391\u03a3\u0397",
        "\u043a\u043b\u0438\u0435\u043d\u0442",
        "\U0001d518nicode",
        "a\u0301",
        "\u01f0",
        "\u1fb3",
        "\u03b1\u03b9",
    ),
]
TEXTS = [*SURPRISING, *(text for text in NASTY if text and len(text) < 100)]


def escape_pointer(name: str) -> str:
    """Return a key as a token of a JSON pointer in a URI fragment."""
    return name.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def build_operation(text: str) -> Value:
    """Return an operation that has a text as its ID, its tag, and its schema's name."""
    return operation(text, ref(escape_pointer(text)), tag=text)


def build_schema(text: str) -> Value:
    """Return a schema with a property and an enum value that are called by a text."""
    value = {"type": "string", "enum": [text, "other"]}
    return {**record([text]), "properties": {text: value}}


@pytest.mark.parametrize("shares_tag", [False, True], ids=["own tags", "one tag"])
def test_every_text_is_the_name_of_a_method_and_of_a_class(
    tmp_path: Path, *, shares_tag: bool
) -> None:
    paths = {
        f"/p{number}": {"get": build_operation(t)} for number, t in enumerate(TEXTS)
    }
    if shares_tag:
        for each in paths.values():
            each["get"]["tags"] = ["all"]
    spec = document(paths, {text: build_schema(text) for text in TEXTS})
    made = Generator(tmp_path)(spec, modules=("testing",))
    methods = named(tmp_path, spec).methods()

    fake = made.module("testing").FakeTransport()
    client: Value = made.client(http_client=fake.client())
    for number, text in enumerate(TEXTS):
        resource, _, method = methods[f"GET /p{number}"].partition(".")
        call = getattr(getattr(client, resource), method)
        fake.on(call).respond({text: text, "number": number})

    for number, text in enumerate(TEXTS):
        resource, _, method = methods[f"GET /p{number}"].partition(".")
        found = getattr(getattr(client, resource), method)()
        assert fake.requests[-1].url.path == f"/p{number}"
        values = [getattr(found, name) for name in found.__dataclass_fields__]
        assert text in values
