"""What a new version of a document does to the Python that calls its client.

Each row is two small documents and what is felt in Python: the place, the rule, the
level. What the wire says of the same edit stands in the tests of the wire.
"""

from __future__ import annotations

import pytest
from support.differing import api, compared, in_python, names_of, operation, record

from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.runtime.shapes import Value

CREATE = "POST /customers"


def sent(**customer: Value) -> dict[str, Value]:
    """Write an API that is sent a customer."""
    return api(
        {"Customer": record(**customer)},
        {"/customers": {"post": operation(body="Customer")}},
    )


def received(**customer: Value) -> dict[str, Value]:
    """Write an API that brings a customer."""
    return api(
        {"Customer": record(**customer)},
        {"/customers": {"post": operation(answer="Customer")}},
    )


def called(*parameters: dict[str, Value], **more: Value) -> dict[str, Value]:
    """Write an API with one operation."""
    found = operation(parameters=parameters, **more)
    return api(
        {"A": record(a="string"), "B": record(b="string")}, {"/c": {"get": found}}
    )


def query(name: str, kind: Value = "string", **more: Value) -> dict[str, Value]:
    schema = {"type": kind} if isinstance(kind, str) else kind
    return {"name": name, "in": "query", "schema": schema, **more}


def enum(*values: str, names: tuple[str, ...] = ()) -> dict[str, Value]:
    made: dict[str, Value] = {"type": "string", "enum": list(values)}
    return {**made, "x-enum-varnames": list(names)} if names else made


NAME = {"type": "string"}
MAYBE = {"type": "string", "nullable": True}
EITHER = {"oneOf": [{"type": "string"}, {"type": "integer"}]}

FIELDS = [
    ("removed", sent(a="string", b="string"), sent(a="string"),
     ("models.Customer.b", "field-removed", "error")),
    ("added", sent(a="string"), sent(a="string", b="string"),
     ("models.Customer.b", "field-added", "info")),
    ("added, required", sent(a="string"), sent(required=["b"], a="string", b="string"),
     ("models.Customer.b", "field-required-added", "error")),
    ("added, required, in an answer",
     received(a="string"), received(required=["b"], a="string", b="string"),
     ("models.Customer.b", "field-added", "info")),
    ("became required", sent(a="string"), sent(required=["a"], a="string"),
     ("models.Customer.a", "field-became-required", "error")),
    ("became optional", sent(required=["a"], a="string"), sent(a="string"),
     ("models.Customer.a", "field-became-optional", "info")),
    ("optional in an answer", received(required=["a"], a="string"), received(a="string"),
     ("models.Customer.a", "field-became-nullable", "warning")),
    ("required in an answer", received(a="string"), received(required=["a"], a="string"),
     ("models.Customer.a", "field-became-non-nullable", "info")),
    ("null is allowed", sent(a=NAME), sent(a=MAYBE),
     ("models.Customer.a", "field-became-nullable", "info")),
    ("null is refused", sent(a=MAYBE), sent(a=NAME),
     ("models.Customer.a", "field-became-non-nullable", "error")),
    ("another type", received(a="string"), received(a="integer"),
     ("models.Customer.a", "field-type-changed", "error")),
    ("a format with a class of its own",
     received(a="string"), received(a={"type": "string", "format": "date-time"}),
     ("models.Customer.a", "field-type-changed", "error")),
    ("one more type, sent", sent(a="string"), sent(a=EITHER),
     ("models.Customer.a", "field-type-widened", "info")),
    ("one more type, received", received(a="string"), received(a=EITHER),
     ("models.Customer.a", "field-type-widened", "warning")),
    ("one type less, sent", sent(a=EITHER), sent(a="string"),
     ("models.Customer.a", "field-type-narrowed", "error")),
    ("one type less, received", received(a=EITHER), received(a="string"),
     ("models.Customer.a", "field-type-narrowed", "info")),
    ("integers become numbers, sent", sent(a="integer"), sent(a="number"),
     ("models.Customer.a", "field-type-widened", "info")),
    ("another default", sent(a={"type": "string", "default": "x"}),
     sent(a={"type": "string", "default": "y"}),
     ("models.Customer.a", "field-default-changed", "info")),
]  # fmt: skip

ENUMS = [
    ("member removed", received(s=enum("on", "off", "idle")), received(s=enum("on", "idle")),
     ("models.CustomerS.OFF", "enum-member-removed", "error")),
    ("member added", received(s=enum("on", "idle")), received(s=enum("on", "off", "idle")),
     ("models.CustomerS.OFF", "enum-member-added", "info")),
    ("member renamed", received(s=enum("on", "off", names=("Yes", "No"))),
     received(s=enum("on", "off", names=("Yes", "Never"))),
     ("models.CustomerS.NO", "enum-member-renamed", "error")),
    ("strings become an enum, received", received(s="string"), received(s=enum("a", "b")),
     ("models.Customer.s", "field-type-narrowed", "info")),
    ("an enum becomes strings, received", received(s=enum("a", "b")), received(s="string"),
     ("models.Customer.s", "field-type-widened", "warning")),
]  # fmt: skip

CALLS = [
    ("keyword removed", called(query("limit")), called(),
     ("client.customers.create_customer(limit)", "argument-removed", "error")),
    ("keyword added", called(), called(query("limit")),
     ("client.customers.create_customer(limit)", "argument-added", "info")),
    ("keyword added, required", called(), called(query("limit", required=True)),
     ("client.customers.create_customer(limit)", "argument-required-added", "error")),
    ("keyword became required", called(query("limit")),
     called(query("limit", required=True)),
     ("client.customers.create_customer(limit)", "argument-became-required", "error")),
    ("keyword became optional", called(query("limit", required=True)),
     called(query("limit")),
     ("client.customers.create_customer(limit)", "argument-became-optional", "info")),
    ("keyword of another type", called(query("limit")), called(query("limit", "integer")),
     ("client.customers.create_customer(limit)", "argument-type-changed", "error")),
    ("keyword of one more type", called(query("limit")), called(query("limit", EITHER)),
     ("client.customers.create_customer(limit)", "argument-type-widened", "info")),
    ("keyword of one type less", called(query("limit", EITHER)), called(query("limit")),
     ("client.customers.create_customer(limit)", "argument-type-narrowed", "error")),
    ("another default of a keyword",
     called(query("limit", {"type": "integer", "default": 1})),
     called(query("limit", {"type": "integer", "default": 2})),
     ("client.customers.create_customer(limit)", "argument-default-changed", "info")),
    ("method renamed", called(), called(name="addCustomer"),
     ("client.customers.create_customer", "method-renamed", "error")),
    ("body added", called(), called(body="A"),
     ("client.customers.create_customer", "method-required-body-added", "error")),
    ("body removed", called(body="A"), called(),
     ("client.customers.create_customer", "method-body-removed", "error")),
    ("body of another type", called(body="A"), called(body="B"),
     ("client.customers.create_customer", "method-body-type-changed", "error")),
    ("another return type", called(answer="A"), called(answer="B"),
     ("client.customers.create_customer", "return-type-changed", "error")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [pytest.param(*row[1:], id=row[0]) for row in (*FIELDS, *ENUMS, *CALLS)],
)
def test_an_edit_is_told_once(
    old: dict[str, Value], new: dict[str, Value], expected: tuple[str, str, str]
) -> None:
    found = in_python(compared(old, new))
    classes = ("class-use-changed", "class-added", "class-removed")
    assert [each for each in found if each[1] not in classes] == [expected]


@pytest.mark.parametrize(
    "document",
    [pytest.param(row[1], id=row[0]) for row in (*FIELDS, *ENUMS, *CALLS)],
)
def test_nothing_lies_between_a_document_and_itself(document: dict[str, Value]) -> None:
    assert compared(document, document).findings == ()


def test_parameters_may_change_their_order() -> None:
    old = called(query("a"), query("b"), query("c", required=True))
    new = called(query("c", required=True), query("b"), query("a"))
    assert in_python(compared(old, new)) == []


def test_a_parameter_of_the_path_may_be_renamed() -> None:
    def document(name: str) -> dict[str, Value]:
        one = {"name": name, "in": "path", "required": True, "schema": NAME}
        return api({}, {f"/customers/{{{name}}}": {"get": operation(parameters=[one])}})

    found = in_python(compared(document("id"), document("customer_id")))
    assert found == [
        ("client.customers.create_customer(id)", "argument-renamed", "error")
    ]


def test_a_keyword_may_travel_in_another_place() -> None:
    old = called({**query("id"), "in": "header"})
    assert in_python(compared(old, called(query("id")))) == [
        ("client.customers.create_customer(id)", "argument-renamed", "error")
    ]


def test_a_renamed_schema_is_one_finding_that_gives_the_new_name() -> None:
    def document(name: str) -> dict[str, Value]:
        return api(
            {name: record(street="string", city="string")},
            {"/a": {"get": operation(answer=name), "post": operation("b", body=name)}},
        )

    (found,) = compared(document("Address"), document("PostalAddress")).findings
    assert (found.rule, found.before, found.after) == (
        "class-renamed", "models.Address", "models.PostalAddress",
    )  # fmt: skip
    assert found.sides == {Side.SOURCE}


def test_a_prefix_of_a_schema_that_python_does_not_see_is_no_difference() -> None:
    def document(name: str) -> dict[str, Value]:
        return api({name: record(a="string")}, {"/a": {"get": operation(answer=name)}})

    assert compared(document("dto.Address"), document("Address")).findings == ()


def test_a_renamed_tag_is_one_finding() -> None:
    def document(tag: str) -> dict[str, Value]:
        return api(
            {},
            {"/a": {"get": operation("a", tag=tag), "post": operation("b", tag=tag)}},
        )

    found = in_python(compared(document("Customers"), document("Accounts")))
    assert found == [("client.customers", "namespace-renamed", "error")]


def test_a_method_that_goes_takes_its_keywords_and_classes_along() -> None:
    old = called(query("limit"), body="A", answer="B")
    found = in_python(compared(old, api()))
    assert found == [
        ("client.customers.create_customer", "method-removed", "error"),
    ]  # fmt: skip


def test_a_class_that_is_replaced_is_gone() -> None:
    def document(name: str, **fields: Value) -> dict[str, Value]:
        return api({name: record(**fields)}, {"/a": {"get": operation(answer=name)}})

    found = in_python(
        compared(document("A", a="string"), document("B", b="string", c="string"))
    )
    assert found == [
        ("client.customers.create_customer", "return-type-changed", "error"),
        ("models.A", "class-removed", "error"),
    ]


def test_a_schema_that_needs_a_class_for_what_is_sent_is_one_finding() -> None:
    def document(*, read_only: bool) -> dict[str, Value]:
        id_ = {"type": "string", "readOnly": read_only}
        return api(
            {"A": record(required=["id", "a"], id=id_, a="string")},
            {"/a": {"post": operation(body="A", answer="A")}},
        )

    plain, split = document(read_only=False), document(read_only=True)
    assert in_python(compared(plain, split)) == [("models.A", "class-split", "error")]
    assert in_python(compared(split, plain)) == [
        ("models.AInput", "class-joined", "error")
    ]


def test_a_union_tells_its_options() -> None:
    def document(*names: str) -> dict[str, Value]:
        options = [{"$ref": f"#/components/schemas/{each}"} for each in names]
        schemas = {each: record(**{each.lower(): "string"}) for each in ("A", "B", "C")}
        return api(
            {**schemas, "U": {"oneOf": options}},
            {"/a": {"get": operation(answer="U")}},
        )

    found = in_python(compared(document("A", "B"), document("B", "C")))
    assert found == [
        ("models.U | A", "union-option-removed", "error"),
        ("models.U | C", "union-option-added", "warning"),
    ]


def test_the_client_itself() -> None:
    def document(title: str, scheme: str, server: str) -> dict[str, Value]:
        key = {"type": "apiKey", "in": "header", "name": "x-key"}
        made = api(security=[{scheme: []}], info={"title": title, "version": "1"})
        made["components"]["securitySchemes"] = {scheme: key}
        made["servers"] = [{"url": "https://a.example.com", "description": server}]
        return made

    old = document("Billing API", "KeyAuth", "Main")
    assert in_python(compared(old, document("Payments API", "KeyAuth", "Main"))) == [
        ("Billing", "client-class-renamed", "error")
    ]
    found = in_python(compared(old, document("Billing API", "TokenAuth", "Main")))
    assert found == [
        ("Billing(key)", "credential-removed", "error"),
        ("Billing(token)", "credential-added", "info"),
    ]
    found = in_python(compared(old, document("Billing API", "KeyAuth", "Europe")))
    assert found == [("Billing(server='main')", "server-name-renamed", "error")]


def test_events() -> None:
    def document(**events: str) -> dict[str, Value]:
        hooks = {
            name.replace("_", "."): {"post": {"requestBody": _body(schema)}}
            for name, schema in events.items()
        }
        schemas = {"A": record(a="string"), "B": record(b="string", c="string")}
        return {**api(schemas), "openapi": "3.1.0", "webhooks": hooks}

    def _body(schema: str) -> dict[str, Value]:
        reference = {"$ref": f"#/components/schemas/{schema}"}
        return {"content": {"application/json": {"schema": reference}}}

    old, new = document(a_made="A", b_made="A"), document(b_made="B", c_made="A")
    assert [
        each for each in in_python(compared(old, new)) if "models" not in each[0]
    ] == [
        ("webhooks.A_MADE", "event-constant-removed", "error"),
        ("webhooks.B_MADE", "event-payload-changed", "error"),
        ("webhooks.C_MADE", "event-constant-added", "info"),
    ]


def test_a_lock_keeps_the_name_of_a_method() -> None:
    from_lock = compared(called(), called(name="addCustomer"), names=())
    (told,) = from_lock.findings
    assert (told.rule, told.level) == ("api-operation-id-removed", Severity.INFO)


def test_findings_say_what_they_reach() -> None:
    (found,) = compared(sent(a="string", b="string"), sent(b="string")).findings
    assert found.affected.operations == (CREATE,)
    assert found.python == "models.Customer.a"
    assert "In Python: Customer has lost the field a" in found.message


def test_a_schema_without_a_class_is_told_once_for_all_fields() -> None:
    def document(kind: str) -> dict[str, Value]:
        amount = {"$ref": "#/components/schemas/Amount"}
        made = sent(total=amount, rest=amount)
        made["components"]["schemas"]["Amount"] = {"type": kind}
        return made

    found = in_python(compared(document("string"), document("number")))
    assert found == [("schema Amount", "schema-type-changed", "error")]
    (told,) = compared(document("string"), document("number")).findings
    assert told.sides == set(Side)


def test_the_body_of_errors_is_told_once_for_all_methods() -> None:
    def document(schema: str) -> dict[str, Value]:
        found = {}
        for name in ("a", "b"):
            found[f"/{name}"] = {"get": operation(name)}
            reference = {"$ref": f"#/components/schemas/{schema}"}
            content = {"application/json": {"schema": reference}}
            found[f"/{name}"]["get"]["responses"]["400"] = {
                "description": "", "content": content,
            }  # fmt: skip
        schemas = {"A": record(a="string"), "B": record(b="string", c="string")}
        return api(schemas, found)

    found = in_python(compared(document("A"), document("B")))
    assert found == [("error.body: A → B", "error-type-changed", "warning")]


def test_a_list_may_lose_its_pages() -> None:
    def document(answer: str) -> dict[str, Value]:
        items = {"type": "array", "items": NAME}
        page = record(items=items, pagination=record(total="integer"))
        found = operation(
            parameters=[query("limit", "integer"), query("offset", "integer")],
            answer=answer,
        )
        return api({"P": page, "A": record(a="string")}, {"/p": {"get": found}})

    method = "client.customers.create_customer"
    removed = in_python(compared(document("P"), document("A")))
    assert (method, "method-paging-removed", "error") in removed
    added = in_python(compared(document("A"), document("P")))
    assert (method, "method-paging-added", "info") in added


def test_the_keyword_of_an_idempotency_key_may_come_and_go() -> None:
    def document(hint: Value, *parameters: dict[str, Value]) -> dict[str, Value]:
        found = operation(body="A", parameters=parameters)
        found["x-codegen"] = {"idempotency-key": hint}
        return api({"A": record(a="string")}, {"/a": {"post": found}})

    method, name = "client.customers.create_customer", "idempotency_key"
    keyed, derived = document({"fill": "a"}), document("derived")
    removed = in_python(compared(keyed, derived))
    assert removed == [(f"{method}({name})", "argument-removed", "error")]
    added = in_python(compared(derived, keyed))
    assert added == [(f"{method}({name})", "argument-added", "info")]
    renamed = in_python(compared(keyed, document({"fill": "a"}, query(name))))
    assert (f"{method}({name})", "argument-renamed", "error") in renamed


def test_an_old_name_that_a_lock_keeps_still_works() -> None:
    def document(name: str) -> dict[str, Value]:
        found = operation(f"get{name}", answer=name)
        return api({name: record(a="string", b="string")}, {f"/{name}": {"get": found}})

    old, new = document("Address"), document("Place")
    without = {each.rule: each.level for each in compared(old, new).findings}
    assert without["class-renamed"] is Severity.ERROR
    with_lock = compared(old, new, names=names_of(old))
    renamed = {each.rule: each.level for each in with_lock.findings}
    assert renamed["class-renamed"] is Severity.INFO


def test_a_class_that_another_finding_names_needs_none_of_its_own() -> None:
    """However long the type is: reports show its first 200 characters."""

    def of(inner: Value, **schemas: Value) -> dict[str, Value]:
        for _ in range(24):
            inner = {"type": "object", "additionalProperties": inner}
        paths = {"/a": {"get": operation("getA", answer="Holder")}}
        return api({"Holder": record(x=inner), **schemas}, paths)

    new = of({"$ref": "#/components/schemas/Customer"}, Customer=record(a="string"))
    found = in_python(compared(of({"type": "string"}), new))
    assert found == [("models.Holder.x", "field-type-changed", "error")]


def test_a_default_is_no_class() -> None:
    """A class that nothing uses is told, even where a text is equal to its name."""

    def of(default: str, **schemas: Value) -> dict[str, Value]:
        kind: Value = {"type": "string", "default": default}
        paths = {"/orders": {"post": operation(body="Order")}}
        return api({"Order": record(kind=kind), **schemas}, paths)

    found = in_python(
        compared(of("Order"), of("Customer", Customer=record(a="string")))
    )
    assert ("models.Customer", "class-added", "info") in found
    assert ("models.Order.kind", "field-default-changed", "info") in found
