"""UUIDs and durations with the text that they were read from."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError
from msgspec.json import encode as dump
from support.values import Value

from flexprice_codegen.runtime.decoding import Mismatch, decode
from flexprice_codegen.runtime.encoding import encode
from flexprice_codegen.runtime.spelled import SpelledDuration, SpelledUUID

HOUR = dt.timedelta(hours=1)
NIL = uuid.UUID(int=0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("PT1H", HOUR),
        ("pt60m", HOUR),
        ("PT3600S", HOUR),
        ("P1W", dt.timedelta(weeks=1)),
        ("P1DT1H", dt.timedelta(days=1, hours=1)),
        ("PT0.1234569S", dt.timedelta(microseconds=123456)),
        ("-PT1H", -HOUR),
        ("P0D", dt.timedelta()),
    ],
)
def test_a_duration_has_its_text(text: str, value: dt.timedelta) -> None:
    found = SpelledDuration.read(text)
    assert found == value
    assert encode(found) == dump(text)


@pytest.mark.parametrize(
    "text", ["", "P", "1H", "P1Y", "P1M", "P1WT1H", "PT1X", 5, None]
)
def test_what_is_no_duration_is_refused(text: Value) -> None:
    with pytest.raises(ValidationError):
        SpelledDuration.read(text)


@pytest.mark.parametrize(
    "text", ["", "0", f"urn:uuid:{NIL}", f"{{{NIL}}}", 5, None, []]
)
def test_what_is_no_uuid_is_refused(text: Value) -> None:
    with pytest.raises(ValidationError):
        SpelledUUID.read(text)


@given(value=st.uuids(), upper=st.booleans(), short=st.booleans())
def test_a_uuid_has_its_text(value: uuid.UUID, *, upper: bool, short: bool) -> None:
    text = value.hex if short else str(value)
    text = text.upper() if upper else text
    report: list[Mismatch] = []
    found = decode(dump(text), SpelledUUID, report)
    assert (found, report) == (value, [])
    assert hash(found) == hash(value)
    assert encode([found, value]) == dump([text, value])


@pytest.mark.parametrize(
    "one", [SpelledUUID(str(NIL).upper()), SpelledDuration("PT60M")]
)
def test_a_copy_is_the_same_with_its_text(one: Value) -> None:
    stored = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own bytes
    for twin in (copy.copy(one), copy.deepcopy(one), stored):
        assert (twin, type(twin), twin.__text__) == (one, type(one), one.__text__)


def test_it_shows_itself_as_the_type_of_the_standard_library() -> None:
    assert repr(SpelledUUID(str(NIL))) == repr(NIL)
    assert repr(SpelledDuration("PT1H")) == "timedelta(seconds=3600)"
    report: list[Mismatch] = []
    decode(b'"x"', SpelledUUID, report)
    assert [each.expected for each in report] == ["UUID"]
