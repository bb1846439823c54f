"""`runtime.typed_inputs`: classes of dicts, and what is wrong with a dict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import pytest
from msgspec import UNSET, UnsetType
from support.values import Value

from flexprice_codegen.runtime.one_of import one_of
from flexprice_codegen.runtime.shapes import Hint
from flexprice_codegen.runtime.typed_inputs import build_input, make_builder
from flexprice_codegen.runtime.wire_names import WireNames


@dataclass(slots=True, kw_only=True)
class Part:
    """A class with a name that Python cannot have."""

    __wire__: ClassVar[WireNames] = WireNames({"plus": "+1"})
    plus: int
    text: str | UnsetType = UNSET


@dataclass(slots=True, kw_only=True)
class Loose:
    """A class with additional properties, which are classes."""

    __extra__: ClassVar[str] = "others"
    kind: Literal["loose"] = "loose"
    others: dict[str, Part] = field(default_factory=dict)


EITHER = one_of("Either", lambda: (Part, Loose, list[Part]))
TAGGED = one_of(
    "Tagged", lambda: (Loose, Part), "kind", lambda: {"loose": Loose, None: Part}
)
PART = Part(plus=1)


@pytest.mark.parametrize(
    ("hint", "value", "expected"),
    [
        (Part, {"+1": 1}, PART),
        (Part, {"+1": 1, "text": UNSET}, PART),
        (Part, {"+1": 1, "text": None}, Part(plus=1, text=None)),  # type: ignore[arg-type]
        (Part | None, None, None),
        (Part, PART, PART),
        (Part | UnsetType, UNSET, UNSET),
        (list[Part], ({"+1": 1}, PART), [PART, PART]),
        (dict[str, Part], {"a": {"+1": 1}}, {"a": PART}),
        (list[dict[str, list[Part]]], [{"a": [{"+1": 1}]}], [{"a": [PART]}]),
        (Loose, {"b": {"+1": 1}}, Loose(others={"b": PART})),
        (EITHER, {"+1": 1}, PART),
        (EITHER, {"kind": "loose"}, Loose()),
        (EITHER, [{"+1": 1}], [PART]),
        (EITHER | None, {"+1": 1}, PART),
        (TAGGED, {"kind": "loose"}, Loose()),
        (TAGGED, {"+1": 1}, PART),
        (list[Part] | list[Loose], [{"+1": 1}], [PART]),
        (list[Part] | list[Loose], [{"kind": "loose"}, PART], [Loose(), PART]),
        (str, {"a": 1}, {"a": 1}),  # which the type checker has refused
        (Part, [1], [1]),
        (dict[str, object], {"a": {"b": 1}}, {"a": {"b": 1}}),
    ],
)
def test_a_dict_becomes_the_class(hint: Hint, value: Value, expected: Value) -> None:
    found = build_input(hint, value)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("hint", "value", "message"),
    [
        (Part, {}, "body: required key '+1' of Part is missing"),
        (Part, {"+1": UNSET}, "body: required key '+1' of Part is missing"),
        (
            Part,
            {"+1": 1, "plus": 1},
            "body: unknown key 'plus' of Part; expected '+1', 'text'",
        ),
        (Part, {"+1": 1, 2: 1}, "body: unknown key 2 of Part; expected '+1', 'text'"),
        (
            list[Part],
            [{"+1": 1}, {}],
            "body[1]: required key '+1' of Part is missing",
        ),
        (Loose, {"b": {}}, "body.b: required key '+1' of Part is missing"),
        (
            list[Part] | list[str],
            [{}],
            "body[0]: required key '+1' of Part is missing",
        ),
        (
            list[Part] | list[Loose],
            [{"x": {}}],
            "body: the list fits none of list[Part], list[Loose]",
        ),
        (
            Part | Loose,
            {"a": {"b": 1}},
            "body: the dict fits none of Part, Loose",
        ),
    ],
)
def test_an_error_says_where_it_is(hint: Hint, value: Value, message: str) -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        build_input(hint, value)
    assert str(caught.value) == message


def test_the_type_is_found_with_the_first_body() -> None:
    asked = []

    def find_hint() -> Hint:
        asked.append(Part)
        return Part

    build = make_builder(find_hint)
    assert not asked
    assert [build({"+1": 1}), build(PART)] == [PART, PART]
    assert asked == [Part]
