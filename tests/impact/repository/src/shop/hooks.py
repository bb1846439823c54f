"""Webhooks."""

from __future__ import annotations

import logging
import os

from ledger_client import models, webhooks
from ledger_client.models import ProblemCode as Code  #@ models.ProblemCode
from ledger_client.webhooks import PLAN_CREATED, PLAN_DELETED, Event  #@ webhooks.PLAN_DELETED

log = logging.getLogger(__name__)
router = webhooks.WebhookRouter(secret=os.environ.get("LEDGER_WEBHOOK_SECRET"))


@router.on(webhooks.CUSTOMER_CREATED)
def welcome(event: webhooks.Event[models.CustomerEvent]) -> None:
    if event.payload.customer:
        log.info("welcome %s", event.payload.customer.email)  #@ models.Customer.email


@router.on(webhooks.CUSTOMER_CREATED)
def untyped_handler(event):  # type: ignore[no-untyped-def]
    log.info("welcome %s", event.payload.customer.email)  #@ models.Customer.email


@router.on(PLAN_CREATED, PLAN_DELETED)  #@ webhooks.PLAN_DELETED
def plans(event: Event[models.PlanEvent]) -> None:
    if event.payload.plan:
        log.info("plan %s", event.payload.plan.trial_days)  #@ models.Plan.trial_days


@router.on(webhooks.PLAN_DELETED)  #@ webhooks.PLAN_DELETED
def gone(event: Event[models.PlanEvent]) -> None:
    log.info("gone %s", event.delivery)


@router.on_group("plan.*")  #@ webhooks.PLAN_DELETED
def any_plan(event: webhooks.AnyEvent) -> None:
    if event.name == "plan.deleted":  #@ webhooks.PLAN_DELETED
        log.info("deleted")


def by_hand(body: bytes) -> str:
    event = webhooks.parse_event(body)
    if isinstance(event, webhooks.Event):
        if isinstance(event.payload, models.PlanEvent):
            plan = event.payload.plan
            return f"{plan.trial_days if plan else None}"  #@ models.Plan.trial_days
        if event.name == webhooks.PLAN_DELETED.name:  #@ webhooks.PLAN_DELETED
            return "deleted"
    return ""


def register() -> None:
    router.on(webhooks.PLAN_DELETED)(plans)  #@ webhooks.PLAN_DELETED
    log.info("%s", webhooks.EVENT_PAYLOADS["plan.deleted"])  #@ webhooks.PLAN_DELETED
    log.info("%s", {"plan.deleted": 1})  #@ likely webhooks.PLAN_DELETED


def explain(problem: models.Problem) -> str:
    if problem.code is Code.INVALID:  #@ models.ProblemCode; models.ProblemCode.INVALID
        return "invalid"
    if problem.code in (models.ProblemCode.INVALID, models.ProblemCode.SYSTEM):  #@ models.ProblemCode; models.ProblemCode.INVALID
        return "later"
    codes: dict[Code, str] = {Code.NOT_FOUND: "none"}  #@ models.ProblemCode
    return codes.get(problem.code or Code.SYSTEM, "")  #@ models.ProblemCode


def is_code(value: object) -> bool:
    return isinstance(value, models.ProblemCode)  #@ models.ProblemCode
