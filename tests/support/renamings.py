"""Documents of one API that differ in names, places and content, drawn at random.

In: nothing. Out: a strategy of documents, any two of which can be versions of one API:
schemas, operations, namespaces, paths and enum members are renamed, moved or changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from support.documents import TEXT, Json, document, operation, record, ref

_FIELDS = ("id", "code", "rate", "name", "note")
_CLASSES = ("Coupon", "CouponResponse", "Voucher", "Ticket", "dto.Coupon")
_IDS = ("getCoupon", "readVoucher", "fetchIt")
_LIST_IDS = ("listCoupons", "searchVouchers", "getCoupon")
_PATHS = ("/coupons/{id}", "/coupons/{code}", "/v2/coupons/{id}", "/tickets/{id}")
_LIST_PATHS = ("/coupons", "/v2/coupons", "/vouchers")
_TAGS = ("coupons", "vouchers")
_KINDS = ("Kind", "Sort")
_MEMBERS = (["ON", "OFF"], ["LIVE", "OFF"], ["OPEN", "SHUT"])


@st.composite
def documents(draw: st.DrawFn) -> Json:
    """Draw a version of the API."""
    names = draw(
        st.lists(st.sampled_from(_CLASSES), min_size=2, max_size=2, unique=True)
    )
    kind = draw(st.sampled_from(_KINDS))
    main, child = (_draw_fields(draw) for _ in names)
    if draw(st.booleans()):
        main["child"] = ref(names[1])
    if draw(st.booleans()):
        main["extra"] = record(**_draw_fields(draw))
    states = _draw_enum(draw)
    if draw(st.booleans()):
        main["kind"] = draw(st.sampled_from([ref(kind), states]))
    schemas = {
        names[0]: record(**main),
        names[1]: record(**child),
        kind: states,
    }
    return document(_draw_paths(draw, names), schemas)


def _draw_fields(draw: st.DrawFn) -> dict[str, Any]:
    count = st.lists(st.sampled_from(_FIELDS), min_size=1, max_size=4, unique=True)
    return dict.fromkeys(draw(count), "string")


def _draw_enum(draw: st.DrawFn) -> Json:
    members = draw(st.sampled_from(_MEMBERS))
    return {**TEXT, "enum": ["on", "off"], "x-enum-varnames": members}


def _draw_paths(draw: st.DrawFn, names: Sequence[str]) -> Mapping[str, Any]:
    """Draw the two operations: one returns the first schema, the other a list."""
    path = draw(st.sampled_from(_PATHS))
    placeholder = path.partition("{")[2].rstrip("}")
    parameter = {"name": placeholder, "in": "path", "required": True, "schema": TEXT}
    one = operation(
        draw(st.sampled_from(_IDS)),
        answer=names[0],
        tag=draw(st.sampled_from(_TAGS)),
        parameters=[parameter],
    )
    several = operation(
        draw(st.sampled_from(_LIST_IDS)),
        answer={"type": "array", "items": ref(names[1])},
        tag=draw(st.sampled_from(_TAGS)),
    )
    return {path: {"get": one}, draw(st.sampled_from(_LIST_PATHS)): {"get": several}}
