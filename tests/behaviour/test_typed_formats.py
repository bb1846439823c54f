"""UUIDs and durations as types of Python, which keep the text that a server sent."""

from __future__ import annotations

import copy
import json
import pickle
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from support.corpus import GOLDEN
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

UPPER = "0F8FAD5B-D9CB-469F-A165-70867728950E"
LOWER = UPPER.lower()
ONE = uuid.UUID(UPPER)
WIRE = {
    "id": UPPER,
    "period": "PT36H",
    "either": UPPER,
    "parent": None,
    "depot": "00000000-0000-4000-8000-00000000000A",
    "timedelta": {"rest": "P2W", "tea": "PT0.25S"},
    "bikes": [UPPER, LOWER],
    "owner": {"value": "P1DT12H"},
}


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the golden document, with both formats."""
    spec = (GOLDEN / "formats/spec.yaml").read_text("utf-8")
    return generated.with_formats(spec, "uuid", "duration")


@pytest.fixture(scope="module")
def plain(generated: Generator) -> Generated:
    """Return the client of the same document without the option."""
    return generated((GOLDEN / "formats/spec.yaml").read_text("utf-8"))


def test_a_value_has_the_type_of_its_format(api: Generated) -> None:
    found = api.models.from_dict(api.models.Rental, WIRE, strict=True)
    assert (found.id, found.either, found.bikes) == (ONE, ONE, [ONE, ONE])
    assert isinstance(found.id, uuid.UUID)
    assert found.period == timedelta(hours=36) == found.owner.value
    assert isinstance(found.period, timedelta)
    assert found.timedelta_["rest"] == timedelta(weeks=2)
    assert found.timedelta_["tea"] == timedelta(milliseconds=250)
    assert {ONE: 1}[found.id] == {timedelta(hours=36): 1}[found.period]


def test_without_the_option_a_value_is_its_text(plain: Generated) -> None:
    found = plain.models.from_dict(plain.models.Rental, WIRE, strict=True)
    assert (found.id, found.period) == (UPPER, "PT36H")
    assert not (plain.folder / "runtime/spelled.py").exists()


def test_what_was_read_is_written_as_it_was(api: Generated, server: Loopback) -> None:
    server.reply(Reply(body=json.dumps(WIRE).encode()), Reply(status=204))
    rental = api.call(
        "sync", lambda c: c.rentals.get_rental(id=ONE), base_url=server.url, strict=True
    )
    api.call(
        "sync",
        lambda c: c.rentals.put_rental(rental, id=rental.id),
        base_url=server.url,
    )
    assert json.loads(server.last.body) == WIRE
    assert server.last.path == f"/rentals/{UPPER}"


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, replace])
def test_a_copy_keeps_the_text(api: Generated, twin: Value) -> None:
    found = api.models.from_dict(api.models.Rental, WIRE)
    assert api.models.to_dict(twin(found)) == WIRE
    stored = pickle.dumps(found)
    assert api.models.to_dict(pickle.loads(stored)) == WIRE  # noqa: S301 - our own


def test_another_value_has_a_text_of_its_own(api: Generated) -> None:
    found = api.models.from_dict(api.models.Rental, WIRE)
    longer = replace(found, period=found.period * 2, id=uuid.UUID(int=found.id.int))
    sent = api.models.to_dict(longer)
    assert (sent["id"], sent["period"]) == (LOWER, "P3D")


def test_parameters_and_forms_take_them(api: Generated, server: Loopback) -> None:
    day = timedelta(days=1)
    sent = api.sent(
        lambda c: c.rentals.get_rental(id=ONE, within=day, bikes=[ONE], x_trace=ONE),
        server,
    )
    assert sent.target == f"/rentals/{LOWER}?within=P1D&bikes={LOWER}"
    assert sent.headers["x-trace"] == LOWER

    form = api.models.ReserveBikesBody(bike=ONE, breaks=[day, timedelta(hours=1)])
    server.reply(*[Reply(status=204)] * 2)
    sent = api.sent(lambda c: c.bikes.reserve_bikes(form), server)
    assert sent.body.decode() == f"bike={LOWER}&breaks=P1D&breaks=PT3600S"


def test_a_body_that_is_no_object_has_them(api: Generated, server: Loopback) -> None:
    server.reply(Reply(body=json.dumps([UPPER]).encode()))
    found = api.call("sync", lambda c: c.bikes.list_bikes(), base_url=server.url)
    assert found == [ONE]
    assert api.models.to_dict(api.models.Person(id=found[0])) == {"id": UPPER}


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"id": "1"}, "id"),
        ({"id": 5}, "id"),
        ({"id": "{" + UPPER + "}"}, "id"),
        ({"period": 36}, "period"),
        ({"period": "1 day"}, "period"),
        # Years and months have no fixed length.
        ({"period": "P1Y"}, "period"),
        ({"bikes": [UPPER, "x"]}, r"bikes\[1\]"),
    ],
)
def test_what_is_none_is_a_mismatch_and_kept(
    api: Generated, changed: dict[str, Value], place: str
) -> None:
    models = api.models
    with pytest.raises(ValueError, match=rf"^\$\.{place} is a"):
        models.from_dict(models.Rental, {**WIRE, **changed}, strict=True)
    found = models.from_dict(models.Rental, {**WIRE, **changed})
    assert models.to_dict(found) == {**WIRE, **changed}


def test_a_variant_of_another_json_type_is_chosen(api: Generated) -> None:
    for value in (7, UPPER):
        found = api.models.from_dict(api.models.Rental, {**WIRE, "either": value})
        assert found.either == (value if value == 7 else ONE)


def test_digits_beyond_microseconds_are_cut(api: Generated) -> None:
    found = api.models.from_dict(api.models.Rental, {**WIRE, "period": "PT0.1234567S"})
    assert found.period == timedelta(microseconds=123456)
    assert api.models.to_dict(found)["period"] == "PT0.1234567S"


def test_the_fake_transport_has_samples(api: Generated) -> None:
    fake = api.module("testing").FakeTransport()
    with api.client(http_client=fake.client(), strict=True) as client:
        assert isinstance(client.rentals.get_rental(id=ONE).period, timedelta)
        assert isinstance(client.bikes.list_bikes()[0], uuid.UUID)
