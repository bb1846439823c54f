"""Bodies of several media types: what the value holds decides, or the caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from msgspec import UNSET
from support.shapes import Cat

from flexprice_codegen.runtime.body_choice import BodyChoice, with_content_type
from flexprice_codegen.runtime.forms import form_body
from flexprice_codegen.runtime.operation import Operation, json_body
from flexprice_codegen.runtime.uploads import raw_body

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data"


@dataclass(kw_only=True)
class Upload:
    """A class whose wire names differ from those of its fields."""

    file_: Any = UNSET
    note: Any = UNSET
    __wire__: ClassVar[dict[str, str]] = {"file_": "file"}


def write_parts(_: object) -> Any:  # noqa: ANN401 - a body
    """Stand for the writer of a multipart body, which would read the file."""
    return raw_body(b"", PARTS)


CHOICE = BodyChoice(
    {JSON: json_body, FORM: form_body, PARTS: write_parts},
    files={PARTS: ("file",)},
    models={FORM: "Cat"},
)


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ({"note": "n"}, JSON),
        ({"file": None, "note": "n"}, JSON),
        ({"file": UNSET}, JSON),
        ({"file": []}, JSON),
        ({"file": b""}, PARTS),
        ({"file": ("a", b"P")}, PARTS),
        (Upload(note="n"), JSON),
        (Upload(file_=b"P"), PARTS),
        (Cat(kind="cat"), FORM),
        ([1], JSON),
        (None, JSON),
        ("file", JSON),
    ],
)
def test_what_a_value_holds_decides(value: object, media_type: str) -> None:
    assert CHOICE(value).media_type == media_type


@pytest.mark.parametrize("media_type", [JSON, FORM, PARTS])
def test_the_caller_decides_first(media_type: str) -> None:
    operation = Operation[None]("POST", "/a", body=CHOICE)
    chosen = with_content_type(operation, media_type)
    assert chosen.body({"file": b"P"}).media_type == media_type
    assert with_content_type(operation, UNSET) is operation


def test_what_is_not_declared_is_refused() -> None:
    with pytest.raises(
        ValueError, match="content_type: 'a/b' is not one of application/"
    ):
        CHOICE.choose("a/b")


def test_a_file_goes_only_where_it_can() -> None:
    write = CHOICE.choose(JSON)
    with pytest.raises(
        TypeError, match=r"body\.file: a file cannot be sent as application/json"
    ):
        write(Upload(file_=("a", b"P")))
    assert write({"file": b"P"}).content == b'{"file":"UA=="}'
