"""Schemas that need a class for what is sent and one for what is received."""

from __future__ import annotations

from support.documents import document, operation, read_api, record, ref

from flexprice_codegen.api.reachability import find_schema_usage
from flexprice_codegen.surface.splitting import find_split_keys

ID = {"type": "string", "readOnly": True}


def split_keys(**schemas: object) -> frozenset[str]:
    """Return the keys that are split if `A` is sent and received, and `R` received."""
    paths = {
        "/a": {"post": operation(answer="A", body="A")},
        "/r": {"get": operation(answer="R")},
    }
    api = read_api(document(paths, {"R": record(x="string"), **schemas}))
    return find_split_keys(api.schemas, find_schema_usage(api))


def test_a_required_property_of_one_direction_splits_its_schema() -> None:
    assert split_keys(A=record(["id"], id=ID)) == {"A"}
    assert split_keys(A=record(id=ID)) == frozenset()
    assert split_keys(A=record(x="string"), R=record(["id"], id=ID)) == frozenset()


def test_whoever_refers_to_a_split_schema_is_split_as_well() -> None:
    inner = record(["id"], id=ID)
    assert split_keys(A=record(b=ref("B")), B=record(c=ref("C")), C=inner) == {"A", "B", "C"}  # fmt: skip
