"""What the server of Flexprice does otherwise than its document says.

In: nothing. Out: lies of operations and of deliveries, each with the findings that it
causes; habits; and what is odd without being a lie.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Change = Callable[[Any], object]
Finding = tuple[str, str]
"""A rule, and the end of a place."""
SCHEMAS = "/components/schemas"
MESSAGE = {"message": "done"}
PROBLEM = {"code": "not_found", "message": "no", "http_status_code": 404}


def keep(body: object) -> object:
    """Return a body as it is."""
    return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """What an operation answers or accepts, and the findings.

    `change` makes the answer of an honest one, `sent` is the body of the request.
    """

    call: str
    findings: tuple[Finding, ...] = ()
    change: Change = keep
    status: int = 0
    media: str = "application/json"
    query: tuple[tuple[str, str], ...] = ()
    sent: object = None


def with_items(**members: object) -> Change:
    """Return what sets members of the first item of a list."""
    return lambda body: {**body, "items": [{**body["items"][0], **members}]}


def with_members(**members: object) -> Change:
    """Return what sets members of an object."""
    return lambda body: {**body, **members}


def with_first(**members: object) -> Change:
    """Return what sets members of the first element of a list."""
    return lambda body: [{**body[0], **members}]


def answer(body: object) -> Change:
    """Return what answers with a body, whatever an honest one is."""
    return lambda _: body


DECIMALS = frozenset({"threshold", "conversion_rate", "overage_factor"})
"""Properties that the server writes in quotes, wherever they are."""


def quote_decimals(value: object, owner: str = "") -> object:
    """Return a body with the decimals as the server writes them, in all its answers."""
    match value:
        case dict():
            return {
                name: (
                    str(member)
                    if name in DECIMALS or (owner, name) == ("auto_topup", "amount")
                    else quote_decimals(member, name)
                )
                for name, member in value.items()
            }
        case list():
            return [quote_decimals(each, owner) for each in value]
        case _:
            return value


def find_null(name: str) -> tuple[Finding, ...]:
    """Return the finding that a property is null."""
    return (("null-unexpected", f"{SCHEMAS}/{name}"),)


def find_quotes(
    owner: str, *names: str, rule: str = "number-in-quotes"
) -> tuple[Finding, ...]:
    """Return the findings that properties of an owner are numbers in quotes."""
    return tuple((rule, f"{SCHEMAS}/{owner}/properties/{name}") for name in names)


def quote_in_requests(call: str, owner: str, sent: object, *names: str) -> Lie:
    """Return the lie that an operation accepts numbers in quotes."""
    findings = find_quotes(owner, *names, rule="request-number-in-quotes")
    return Lie(call=call, sent=sent, findings=findings)


NULLS = {
    "a list is null": Lie(
        call="POST /customers/search",
        findings=find_null("ListCustomersResponse/properties/items"),
        change=with_members(items=None),
    ),
    "an empty map is null": Lie(
        call="POST /customers",
        findings=find_null("CustomerResponse/properties/metadata"),
        change=with_members(metadata=None),
    ),
    "a nested object is null": Lie(
        call="GET /subscriptions/{id}",
        findings=find_null("SubscriptionResponse/properties/plan"),
        change=with_members(plan=None),
    ),
    "a time is null": Lie(
        call="POST /subscriptions/search",
        findings=find_null("SubscriptionResponse/properties/trial_start"),
        change=with_items(trial_start=None),
    ),
    "an integer is null": Lie(
        call="GET /coupons/{id}",
        findings=find_null("CouponResponse/properties/max_redemptions"),
        change=with_members(max_redemptions=None),
    ),
    "a string is null": Lie(
        call="POST /invoices",
        findings=find_null("InvoiceResponse/properties/invoice_number"),
        change=with_members(invoice_number=None),
    ),
    "a list of strings is null": Lie(
        call="GET /groups/{id}",
        findings=find_null("GroupResponse/properties/entity_ids"),
        change=with_members(entity_ids=None),
    ),
}
QUOTES = {
    "decimals of a wallet": Lie(
        call="GET /customers/wallets",
        findings=find_quotes("types.AutoTopup", "threshold", "amount"),
    ),
    "decimals of an item": Lie(
        call="POST /usage-records/search",
        findings=find_quotes("UsageRecordResponse", "quantity", "amount"),
        change=with_items(quantity="2", amount="0.5"),
    ),
    "a rate of conversion": Lie(
        call="POST /features/search",
        findings=find_quotes("types.ReportingUnit", "conversion_rate"),
    ),
    "a factor in a bucket": Lie(
        call="DELETE /subscriptions/lineitems/{id}",
        findings=find_quotes("types.TimeOfDayBucket", "overage_factor"),
        sent={},
    ),
    "decimals of a new line item": quote_in_requests(
        "POST /subscriptions/{id}/lineitems",
        "CreateSubscriptionLineItemRequest",
        {
            "commitment_amount": "1.5",
            "commitment_overage_factor": "1.5",
            "commitment_quantity": "2.5",
            "quantity": "3.5",
        },
        "commitment_amount",
        "commitment_overage_factor",
        "commitment_quantity",
        "quantity",
    ),
    "decimals of a line item": quote_in_requests(
        "PUT /subscriptions/lineitems/{id}",
        "UpdateSubscriptionLineItemRequest",
        {
            "commitment_amount": "1.5",
            "commitment_overage_factor": "1.5",
            "commitment_quantity": "2.5",
        },
        "commitment_amount",
        "commitment_overage_factor",
        "commitment_quantity",
    ),
    "decimals of a commitment": quote_in_requests(
        "POST /subscriptions/addon",
        "LineItemCommitmentConfig",
        {
            "addon_id": "a",
            "subscription_id": "s",
            "line_item_commitments": {
                "x": {
                    "commitment_amount": "1.5",
                    "commitment_quantity": "2.5",
                    "overage_factor": "1.5",
                }
            },
        },
        "commitment_amount",
        "commitment_quantity",
        "overage_factor",
    ),
    "decimals of a filter": quote_in_requests(
        "POST /invoices/search",
        "types.InvoiceFilter",
        {"amount_due_gt": "1.5", "amount_remaining_gt": "0.5"},
        "amount_due_gt",
        "amount_remaining_gt",
    ),
    "a decimal of a filter": quote_in_requests(
        "POST /wallets/transactions/search",
        "types.WalletTransactionFilter",
        {"credits_available_gt": "1.5"},
        "credits_available_gt",
    ),
}
SHAPES = {
    "a decimal is a time": Lie(
        call="POST /alerts/search",
        findings=(("format-other", "types.AlertInfo/properties/value_at_time"),),
        # Without its wallet, whose decimals are told as numbers elsewhere.
        change=with_members(items=[{"alert_info": {"value_at_time": "12.5"}}]),
    ),
    "a hidden member": Lie(
        call="GET /invoices/{id}",
        findings=(("property-undeclared", f"{SCHEMAS}/errors.ErrorResponse"),),
        change=answer({**PROBLEM, "details": {"ExternalID": "is required"}}),
        status=404,
    ),
    "a message for a record": Lie(
        call="POST /creditnotes/{id}/void",
        findings=(
            (
                "shape-other",
                "void/post/responses/200/content/application~1json/schema",
            ),
        ),
        change=answer(MESSAGE),
    ),
    "a message for another record": Lie(
        call="POST /creditnotes/{id}/finalize",
        findings=(
            (
                "shape-other",
                "finalize/post/responses/200/content/application~1json/schema",
            ),
        ),
        change=answer(MESSAGE),
    ),
    "a message for a wallet": Lie(
        call="POST /wallets/{id}/terminate",
        findings=(
            (
                "shape-other",
                "terminate/post/responses/200/content/application~1json/schema",
            ),
        ),
        change=answer(MESSAGE),
    ),
    "an error of a handler": Lie(
        call="GET /taxes/rates",
        findings=(
            ("shape-other", "rates/get/responses/400/content/application~1json/schema"),
        ),
        change=answer({"error": "wrong"}),
        status=400,
    ),
    "JSON for a file": Lie(
        call="GET /invoices/{id}/pdf",
        findings=(("media-type-undocumented", "responses/200"),),
        change=answer({"presigned_url": "https://files.example.com/a"}),
        query=(("url", "true"),),
    ),
    "no body": Lie(
        call="DELETE /taxes/associations/{id}",
        findings=(("body-missing", "responses/200"),),
        change=answer(None),
    ),
    "no body of a panic": Lie(
        call="GET /addons/{id}",
        findings=(("body-missing", "responses/500"),),
        change=answer(None),
        status=500,
    ),
}
EVERYWHERE = (("error-undocumented-everywhere", ""),)
STATUSES = {
    "another success": Lie(
        call="DELETE /tasks/scheduled/{id}",
        findings=(("status-undocumented", "/delete"),),
        change=answer({**MESSAGE, "id": "task_1", "status": "deleted"}),
        status=200,
    ),
    "200 for 201": Lie(
        call="POST /groups",
        findings=(("status-undocumented", "/post"),),
        status=200,
    ),
    "a conflict": Lie(
        call="POST /plans",
        findings=(("error-undocumented", "/post"),),
        change=answer({"code": "already_exists", "message": "twice"}),
        status=409,
    ),
    "not found": Lie(
        call="PUT /customers",
        findings=(("error-undocumented", "/put"),),
        change=answer(PROBLEM),
        status=404,
    ),
    "an answer of the login": Lie(
        call="POST /features",
        findings=EVERYWHERE,
        change=answer({"error": "Unauthorized"}),
        status=401,
    ),
    "an answer of the environment": Lie(
        call="POST /addons",
        findings=EVERYWHERE,
        change=answer({"error": "Forbidden", "message": "wrong environment"}),
        status=403,
    ),
    # One finding with the one before: it is the same status of all operations.
    "an answer of the roles": Lie(
        call="PUT /addons/{id}",
        change=answer({"message": "missing role"}),
        status=403,
    ),
    "too many requests": Lie(
        call="GET /prices/{id}",
        findings=EVERYWHERE,
        change=answer({"code": "too_many_requests", "message": "later"}),
        status=429,
    ),
    "not implemented": Lie(
        call="GET /plans/{id}",
        findings=EVERYWHERE,
        change=answer({"code": "not_implemented", "message": "no"}),
        status=501,
    ),
    "an answer of the gateway": Lie(
        call="GET /wallets/{id}",
        findings=EVERYWHERE,
        change=answer("<html>503</html>"),
        media="text/html",
        status=503,
    ),
    "a redirect": Lie(
        call="GET /entitlements/{id}",
        findings=EVERYWHERE,
        change=answer(None),
        status=307,
    ),
}
REQUESTS = {
    "an expansion": Lie(
        call="GET /customers/{id}",
        findings=(("parameter-undeclared", "/get"),),
        query=(("expand", "integrations"),),
    ),
    "filters of entitlements": Lie(
        call="GET /customers/{id}/entitlements",
        findings=(("parameter-undeclared", "/get"), ("parameter-undeclared", "/get")),
        query=(("feature_ids", "a"), ("subscription_ids", "b")),
    ),
    "a balance of the cache": Lie(
        call="GET /wallets/{id}/balance/real-time",
        findings=(("parameter-undeclared", "/get"),),
        query=(("from_cache", "true"),),
    ),
    "a body that is not documented": Lie(
        call="POST /invoices/{id}/void",
        findings=(("request-body-unexpected", "/post"),),
        sent={"reason": "twice"},
    ),
}
ROUTES = {
    "a route that moved": Lie(
        call="GET /tenant/billing",
        findings=(("route-dead", "~1tenant~1billing/get"), ("route-undocumented", "")),
        change=answer("404 page not found"),
        status=404,
        media="text/plain",
    ),
}
MOVED = {"GET /tenant/billing": "/tenants/billing"}
LIES = {**NULLS, **QUOTES, **SHAPES, **STATUSES, **REQUESTS, **ROUTES}

ODDITIES = {
    "nine digits, and the first year": Lie(
        call="POST /customers",
        change=with_members(
            created_at="2026-08-22T10:11:12.123456789Z",
            updated_at="0001-01-01T00:00:00Z",
        ),
    ),
    "texts that are not set": Lie(
        call="GET /customers/{id}",
        change=with_members(email="", address_country="", status="", updated_at=""),
    ),
    "a duration is an object": Lie(
        call="GET /customers/{id}/wallets",
        change=with_first(auto_topup={"cooldown": {"value": 1, "unit": "hour"}}),
    ),
    "whole numbers": Lie(
        call="POST /usage-records/search", change=with_items(quantity=2, amount=0)
    ),
    "an error of any type": Lie(
        call="GET /invoices/{id}/pdf", change=answer(PROBLEM), status=404
    ),
    "a method that nobody documents": Lie(
        call="GET /customers", change=answer("404 page not found"), status=404
    ),
    "the offset of the next page": Lie(
        call="POST /customers/search",
        change=with_members(pagination={"total": 1, "limit": 50, "offset": 50}),
        sent={},
    ),
    "a body to delete with": Lie(call="DELETE /prices/{id}", sent={}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLie:
    """An event, what it carries beside its name, and the findings."""

    event: str
    body: Mapping[str, object]
    findings: tuple[Finding, ...] = field(default=())


DELIVERIES = {
    "decimals are numbers": DeliveryLie(
        event="wallet.ongoing_balance.dropped",
        body={"alert": {"current_balance": "12.5", "credit_balance": "0"}},
        findings=find_quotes(
            "webhookDto.WalletAlertInfo", "current_balance", "credit_balance"
        ),
    ),
    "a name that is not documented": DeliveryLie(
        event="subscription.spend.threshold_reached",
        body={"alert_type": "subscription_spend"},
        findings=(("property-undeclared", f"{SCHEMAS}/webhookDto.SpendAlertEvent"),),
    ),
    "an entity is null": DeliveryLie(
        event="customer.deleted",
        body={"customer": None},
        findings=find_null("webhookDto.CustomerWebhookPayload/properties/customer"),
    ),
    "another envelope": DeliveryLie(
        event="checkout.session.completed",
        body={"data": {"id": "cs_1"}},
        findings=(
            (
                "shape-other",
                "completed/post/responses/200/content/application~1json/schema",
            ),
        ),
    ),
}
UNKNOWN_DELIVERIES = {
    "an event that is not documented": DeliveryLie(
        event="entitlement.grant.exhausted",
        body={"entitlement_grant_id": "g"},
        findings=(("event-undocumented", ""),),
    ),
}
