"""Models: what a class has for each schema, and what it is on the wire."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from msgspec import UNSET
from support.documents import read_stored
from support.generated import Generated, Generator
from support.loopback import Loopback, Reply
from support.values import Value

SPEC = read_stored("models")


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the document that this module acts on."""
    return generated(SPEC)


def sent_body(
    api: Generated, server: Loopback, use: Callable[[Value], Value]
) -> dict[str, Value]:
    """Return the JSON that a call sends."""
    with api.client(base_url=server.url) as client:
        use(client)
    found: dict[str, Value] = json.loads(server.last.body)
    return found


def test_a_class_is_a_slotted_dataclass_of_keywords(api: Generated) -> None:
    kind = api.models.Sent
    assert not hasattr(kind(id="a", maybe_required=None, loose=None), "__dict__")
    with pytest.raises(TypeError, match="positional"):
        kind("a", None)
    assert kind(id="a", maybe_required=None, loose=None) == kind(
        id="a", maybe_required=None, loose=None
    )


def test_a_request_leaves_out_what_was_not_given_and_sends_null_where_it_was(
    api: Generated, server: Loopback
) -> None:
    kind = api.models.Sent
    body = kind(id="a", maybe_required=None, loose=None)
    sent = sent_body(api, server, lambda client: client.echo.send(body, kind="k"))
    assert sent == {
        "id": "a",
        "maybe_required": None,
        "kind": "only",
        "loose": None,
    }
    body = kind(id="a", maybe_required="b", loose=None, maybe=None, plain="c", size=4)
    sent = sent_body(api, server, lambda client: client.echo.send(body, kind="k"))
    assert sent == {
        "id": "a",
        "maybe_required": "b",
        "kind": "only",
        "loose": None,
        "maybe": None,
        "plain": "c",
        "size": 4,
    }


def test_a_request_class_needs_what_is_required_also_where_null_is_allowed(
    api: Generated,
) -> None:
    with pytest.raises(TypeError, match="maybe_required"):
        api.models.Sent(id="a")
    with pytest.raises(TypeError, match="id"):
        api.models.Sent(maybe_required=None, loose=None)


def test_an_optional_field_of_a_request_is_unset_and_null_only_where_it_is_allowed(
    api: Generated,
) -> None:
    body = api.models.Sent(id="a", maybe_required=None, loose=None)
    unset = ("plain", "maybe", "size", "with_null_default", "anything", "at", "inner")
    assert all(getattr(body, name) is UNSET for name in unset)
    text = api.text("models/_sent.py")
    assert "    plain: str | UnsetType = UNSET\n" in text
    assert "    maybe: str | None | UnsetType = UNSET\n" in text
    assert "    maybe_required: str | None\n" in text
    assert "    loose: Loose | None\n" in text
    assert '    kind: Literal["only"] = "only"\n' in text
    assert "    inner: SentInner | UnsetType = UNSET\n" in text
    assert "    x: int | UnsetType = UNSET\n" in api.text("models/_sent_inner.py")


def test_a_class_that_is_only_received_has_none_for_what_did_not_come(
    api: Generated, server: Loopback
) -> None:
    text = api.text("models/_received.py")
    assert "UNSET" not in text
    assert "    id: str\n" in text
    assert "    plain: str | None = None\n" in text
    server.reply(Reply(200, b'{"id": "a", "maybe_required": null, "kind": "only"}'))
    body = api.models.Sent(id="a", maybe_required=None, loose=None)
    with api.client(base_url=server.url) as client:
        found = client.echo.send(body, kind="k")
    assert (found.plain, found.maybe, found.size) == (None, None, None)


def test_a_class_that_travels_both_ways_tells_absent_null_and_value_apart(
    api: Generated, server: Loopback
) -> None:
    shared = api.models.Shared
    for json_text, expected in (
        (b'{"id": "a"}', shared(id="a")),
        (b'{"id": "a", "maybe": null}', shared(id="a", maybe=None)),
        (b'{"id": "a", "maybe": "b"}', shared(id="a", maybe="b")),
    ):
        server.reply(Reply(200, json_text))
        with api.client(base_url=server.url) as client:
            found = client.echo.share(shared(id="a"))
        assert found == expected
    assert shared(id="a") != shared(id="a", maybe=None)


def test_a_2xx_never_raises_because_of_its_data(
    api: Generated, server: Loopback
) -> None:
    body = api.models.Sent(id="a", maybe_required=None, loose=None)
    for answer, expected in (
        (b"{}", (None, None)),
        (b'{"id": null, "plain": null}', (None, None)),
        (b'{"id": 5, "plain": ["x"]}', ("5", ["x"])),
    ):
        server.reply(Reply(200, answer))
        with api.client(base_url=server.url) as client:
            found = client.echo.send(body, kind="k")
        assert (found.id, found.plain) == expected


def test_formats_decode_to_their_python_types(api: Generated, server: Loopback) -> None:
    server.reply(
        Reply(
            200,
            b'{"id":"a","maybe_required":"b","kind":"only","at":"2026-01-31T12:00:00.5Z",'
            b'"day":"2026-01-31","price":"1.10","data":"aGk=","ratio":1.5,"exact":1.10}',
        )
    )
    body = api.models.Sent(id="a", maybe_required=None, loose=None)
    with api.client(base_url=server.url, strict=True) as client:
        found = client.echo.send(body, kind="k")
    assert found.at == datetime(2026, 1, 31, 12, 0, 0, 500_000, tzinfo=UTC)
    assert (found.day, found.data) == (date(2026, 1, 31), b"hi")
    assert (found.price, found.ratio) == (Decimal("1.10"), 1.5)
    assert str(found.exact) == "1.10"


def test_defaults_constraints_and_words_stand_in_docstrings(api: Generated) -> None:
    text = api.text("models/_sent.py")
    assert '    """The name. At most 5 characters."""\n' in text
    assert '    """At least 1. The server\'s default is 3."""\n' in text
    assert api.models.Sent.__doc__ == "What is sent."


def test_read_only_members_are_not_sent_and_write_only_ones_not_read(
    api: Generated,
) -> None:
    names = {each.name for each in dataclasses.fields(api.models.Sent)}
    assert "server_made" not in names
    assert "secret" in names
    names = {each.name for each in dataclasses.fields(api.models.Received)}
    assert "server_made" in names
    assert "secret" not in names


def test_required_read_only_members_split_a_class_in_two_with_all_that_lead_to_it(
    api: Generated, server: Loopback
) -> None:
    models = api.models

    def fields(kind: type) -> list[str]:
        return [each.name for each in dataclasses.fields(kind)]

    assert fields(models.Account) == ["id", "name", "owner", "plain"]
    assert fields(models.AccountInput) == ["name", "password", "owner", "plain"]
    assert fields(models.Owner) == ["since", "name", "account"]
    assert fields(models.OwnerInput) == ["name", "account"]
    assert not hasattr(models, "AccountPageInput")
    assert not hasattr(models, "SharedInput")
    owner = models.OwnerInput(name="o")
    body = models.AccountInput(name="a", password="p", owner=owner)  # noqa: S106
    server.reply(
        Reply(
            200,
            b'{"items":[{"id":"1","name":"a","owner":'
            b'{"since":"2026-01-01T00:00:00Z","name":"o"}}]}',
        )
    )
    with api.client(base_url=server.url, strict=True) as client:
        found = client.accounts.create_account(body)
    assert json.loads(server.last.body) == {
        "name": "a",
        "password": "p",
        "owner": {"name": "o"},
    }
    since = datetime(2026, 1, 1, tzinfo=UTC)
    first = found.items[0]
    assert type(first) is models.Account
    assert first.owner == models.Owner(since=since, name="o")


def test_optional_read_only_members_need_no_second_class(api: Generated) -> None:
    names = [each.name for each in dataclasses.fields(api.models.Soft)]
    assert names == ["name", "made", "secret"]
    assert not hasattr(api.models, "SoftInput")


def test_fields_keep_their_names_but_for_those_that_python_or_the_class_needs(
    api: Generated,
) -> None:
    found = {
        getattr(api.models.Odd, "__wire__", {}).get(each.name, each.name): each.name
        for each in dataclasses.fields(api.models.Odd)
    }
    assert found == {
        "class": "class_",
        "from-date": "from_date",
        "list": "list_",
        "str": "str_",
        "bytes": "bytes_",
        "id": "id",
        "type": "type",
        "field": "field",
        "name": "name",
        "__init__": "init",
        "__wire__": "wire",
        "_private": "_private",
        "date": "date_",
        "Color": "Color_",
        "color": "color",
        "1st": "field_1st",
        "$ref-ish": "ref_ish",
        "": "field_2",
        "camelCase": "camelCase",
        "self": "self",
        "None": "none",
        "a.b": "a_b_2",
        "a_b": "a_b",
    }


def test_renamed_fields_travel_by_their_wire_names(
    api: Generated, server: Loopback
) -> None:
    odd = api.models.Odd
    wire = odd.__wire__
    values: dict[str, Value] = {
        each.name: each.name for each in dataclasses.fields(odd)
    }
    values |= {"from_date": date(2026, 1, 1), "list_": ["x"], "bytes_": 4}
    values |= {"Color_": api.models.Color.RED}
    server.reply(Reply(200, b"{}"))
    body = odd(**values)
    sent = sent_body(api, server, lambda client: client.odd.send_odd(body))
    assert sent == {
        wire.get(name, name): value
        for name, value in (values | {"from_date": "2026-01-01"}).items()
    }
    server.reply(Reply(200, json.dumps(sent).encode()))
    with api.client(base_url=server.url, strict=True) as client:
        assert client.odd.send_odd(body) == body


def test_typed_members_beside_the_declared_ones_are_extra(
    api: Generated, server: Loopback
) -> None:
    kind = api.models.WithExtra
    body = kind(
        id="a", field_=1, extra="text", dataclass="d", extra_2={"x-y": Decimal("1.5")}
    )
    server.reply(Reply(200, b'{"id": "a", "z": "2.50"}'))
    with api.client(base_url=server.url, strict=True) as client:
        found = client.odd.send_extra(body)
    assert json.loads(server.last.body) == {
        "id": "a",
        "field": 1,
        "extra": "text",
        "dataclass": "d",
        "x-y": "1.5",
    }
    assert found == kind(id="a", extra_2={"z": Decimal("2.50")})
    with pytest.raises(ValueError, match=r"^body\.id: set twice"):
        api.client(base_url=server.url).odd.send_extra(
            kind(id="a", extra_2={"id": "b"})
        )
