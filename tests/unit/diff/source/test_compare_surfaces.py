"""What a new version of a document does to the Python that calls its client.

Each row is two small documents and what is felt in Python: the place, the rule, the
level. What the wire says of the same edit stands in the tests of the wire.
"""

from __future__ import annotations

import pytest
from support.comparing import compare, get_names, list_in_python
from support.documents import content, document, operation, record, ref

from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.runtime.shapes import Value

CREATE = "POST /customers"


def sent(**customer: Value) -> dict[str, Value]:
    """Write an API that is sent a customer."""
    return document(
        {"/customers": {"post": operation(body="Customer")}},
        {"Customer": record(**customer)},
    )


def received(**customer: Value) -> dict[str, Value]:
    """Write an API that brings a customer."""
    return document(
        {"/customers": {"post": operation(answer="Customer")}},
        {"Customer": record(**customer)},
    )


def called(*parameters: dict[str, Value], **more: Value) -> dict[str, Value]:
    """Write an API with one operation."""
    found = operation(parameters=parameters, **more)
    return document(
        {"/c": {"get": found}}, {"A": record(a="string"), "B": record(b="string")}
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
     ("client.things.call(limit)", "argument-removed", "error")),
    ("keyword added", called(), called(query("limit")),
     ("client.things.call(limit)", "argument-added", "info")),
    ("keyword added, required", called(), called(query("limit", required=True)),
     ("client.things.call(limit)", "argument-required-added", "error")),
    ("keyword became required", called(query("limit")),
     called(query("limit", required=True)),
     ("client.things.call(limit)", "argument-became-required", "error")),
    ("keyword became optional", called(query("limit", required=True)),
     called(query("limit")),
     ("client.things.call(limit)", "argument-became-optional", "info")),
    ("keyword of another type", called(query("limit")), called(query("limit", "integer")),
     ("client.things.call(limit)", "argument-type-changed", "error")),
    ("keyword of one more type", called(query("limit")), called(query("limit", EITHER)),
     ("client.things.call(limit)", "argument-type-widened", "info")),
    ("keyword of one type less", called(query("limit", EITHER)), called(query("limit")),
     ("client.things.call(limit)", "argument-type-narrowed", "error")),
    ("another default of a keyword",
     called(query("limit", {"type": "integer", "default": 1})),
     called(query("limit", {"type": "integer", "default": 2})),
     ("client.things.call(limit)", "argument-default-changed", "info")),
    ("method renamed", called(), called(name="addCustomer"),
     ("client.things.call", "method-renamed", "error")),
    ("body added", called(), called(body="A"),
     ("client.things.call", "method-required-body-added", "error")),
    ("body removed", called(body="A"), called(),
     ("client.things.call", "method-body-removed", "error")),
    ("body of another type", called(body="A"), called(body="B"),
     ("client.things.call", "method-body-type-changed", "error")),
    ("another return type", called(answer="A"), called(answer="B"),
     ("client.things.call", "return-type-changed", "error")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [pytest.param(*row[1:], id=row[0]) for row in (*FIELDS, *ENUMS, *CALLS)],
)
def test_an_edit_is_told_once(
    old: dict[str, Value], new: dict[str, Value], expected: tuple[str, str, str]
) -> None:
    found = list_in_python(compare(old, new))
    classes = ("class-use-changed", "class-added", "class-removed")
    assert [each for each in found if each[1] not in classes] == [expected]


@pytest.mark.parametrize(
    "document",
    [pytest.param(row[1], id=row[0]) for row in (*FIELDS, *ENUMS, *CALLS)],
)
def test_nothing_lies_between_a_document_and_itself(document: dict[str, Value]) -> None:
    assert compare(document, document).findings == ()


def test_parameters_may_change_their_order() -> None:
    old = called(query("a"), query("b"), query("c", required=True))
    new = called(query("c", required=True), query("b"), query("a"))
    assert list_in_python(compare(old, new)) == []


def test_a_parameter_of_the_path_may_be_renamed() -> None:
    def of(name: str) -> dict[str, Value]:
        one = {"name": name, "in": "path", "required": True, "schema": NAME}
        return document(
            {f"/customers/{{{name}}}": {"get": operation(parameters=[one])}}, {}
        )

    found = list_in_python(compare(of("id"), of("customer_id")))
    assert found == [("client.things.call(id)", "argument-renamed", "error")]


def test_a_keyword_may_travel_in_another_place() -> None:
    old = called({**query("id"), "in": "header"})
    assert list_in_python(compare(old, called(query("id")))) == [
        ("client.things.call(id)", "argument-renamed", "error")
    ]


def test_a_renamed_schema_is_one_finding_that_gives_the_new_name() -> None:
    def of(name: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation(answer=name), "post": operation("b", body=name)}},
            {name: record(street="string", city="string")},
        )

    (found,) = compare(of("Address"), of("PostalAddress")).findings
    assert (found.rule, found.before, found.after) == (
        "class-renamed", "models.Address", "models.PostalAddress",
    )  # fmt: skip
    assert found.sides == {Side.SOURCE}


def test_a_prefix_of_a_schema_that_python_does_not_see_is_no_difference() -> None:
    def of(name: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation(answer=name)}}, {name: record(a="string")}
        )

    assert compare(of("dto.Address"), of("Address")).findings == ()


def test_a_renamed_tag_is_one_finding() -> None:
    def of(tag: str) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation("a", tag=tag), "post": operation("b", tag=tag)}},
            {},
        )

    found = list_in_python(compare(of("Customers"), of("Accounts")))
    assert found == [("client.customers", "namespace-renamed", "error")]


def test_a_method_that_goes_takes_its_keywords_and_classes_along() -> None:
    old = called(query("limit"), body="A", answer="B")
    found = list_in_python(compare(old, document()))
    assert found == [
        ("client.things.call", "method-removed", "error"),
    ]  # fmt: skip


def test_a_class_that_is_replaced_is_gone() -> None:
    def of(name: str, **fields: Value) -> dict[str, Value]:
        return document(
            {"/a": {"get": operation(answer=name)}}, {name: record(**fields)}
        )

    found = list_in_python(
        compare(of("A", a="string"), of("B", b="string", c="string"))
    )
    assert found == [
        ("client.things.call", "return-type-changed", "error"),
        ("models.A", "class-removed", "error"),
    ]


def test_a_schema_that_needs_a_class_for_what_is_sent_is_one_finding() -> None:
    def of(*, read_only: bool) -> dict[str, Value]:
        id_ = {"type": "string", "readOnly": read_only}
        return document(
            {"/a": {"post": operation(body="A", answer="A")}},
            {"A": record(required=["id", "a"], id=id_, a="string")},
        )

    plain, split = of(read_only=False), of(read_only=True)
    assert list_in_python(compare(plain, split)) == [
        ("models.A", "class-split", "error")
    ]
    assert list_in_python(compare(split, plain)) == [
        ("models.AInput", "class-joined", "error")
    ]


def test_a_union_tells_its_options() -> None:
    def of(*names: str) -> dict[str, Value]:
        options = [ref(each) for each in names]
        schemas = {each: record(**{each.lower(): "string"}) for each in ("A", "B", "C")}
        return document(
            {"/a": {"get": operation(answer="U")}},
            {**schemas, "U": {"oneOf": options}},
        )

    found = list_in_python(compare(of("A", "B"), of("B", "C")))
    assert found == [
        ("models.U | A", "union-option-removed", "error"),
        ("models.U | C", "union-option-added", "warning"),
    ]


def test_the_client_itself() -> None:
    def of(title: str, scheme: str, server: str) -> dict[str, Value]:
        key = {"type": "apiKey", "in": "header", "name": "x-key"}
        made = document(security=[{scheme: []}], info={"title": title, "version": "1"})
        made["components"]["securitySchemes"] = {scheme: key}
        made["servers"] = [{"url": "https://a.example.com", "description": server}]
        return made

    old = of("Billing API", "KeyAuth", "Main")
    assert list_in_python(compare(old, of("Payments API", "KeyAuth", "Main"))) == [
        ("Billing", "client-class-renamed", "error")
    ]
    found = list_in_python(compare(old, of("Billing API", "TokenAuth", "Main")))
    assert found == [
        ("Billing(key)", "credential-removed", "error"),
        ("Billing(token)", "credential-added", "info"),
    ]
    found = list_in_python(compare(old, of("Billing API", "KeyAuth", "Europe")))
    assert found == [("Billing(server='main')", "server-name-renamed", "error")]


def test_events() -> None:
    def of(**events: str) -> dict[str, Value]:
        hooks = {
            name.replace("_", "."): {
                "post": {"requestBody": {"content": content(ref(schema))}}
            }
            for name, schema in events.items()
        }
        schemas = {"A": record(a="string"), "B": record(b="string", c="string")}
        return document(schemas=schemas, webhooks=hooks)

    old, new = of(a_made="A", b_made="A"), of(b_made="B", c_made="A")
    assert [
        each for each in list_in_python(compare(old, new)) if "models" not in each[0]
    ] == [
        ("webhooks.A_MADE", "event-constant-removed", "error"),
        ("webhooks.B_MADE", "event-payload-changed", "error"),
        ("webhooks.C_MADE", "event-constant-added", "info"),
    ]


def test_a_lock_keeps_the_name_of_a_method() -> None:
    from_lock = compare(called(), called(name="addCustomer"), names=())
    (told,) = from_lock.findings
    assert (told.rule, told.level) == ("api-operation-id-removed", Severity.INFO)


def test_findings_say_what_they_reach() -> None:
    (found,) = compare(sent(a="string", b="string"), sent(b="string")).findings
    assert found.affected.operations == (CREATE,)
    assert found.python == "models.Customer.a"
    assert "In Python: Customer has lost the field a" in found.message


def test_a_schema_without_a_class_is_told_once_for_all_fields() -> None:
    def of(kind: str) -> dict[str, Value]:
        amount = {"$ref": "#/components/schemas/Amount"}
        made = sent(total=amount, rest=amount)
        made["components"]["schemas"]["Amount"] = {"type": kind}
        return made

    found = list_in_python(compare(of("string"), of("number")))
    assert found == [("schema Amount", "schema-type-changed", "error")]
    (told,) = compare(of("string"), of("number")).findings
    assert told.sides == set(Side)


def test_the_body_of_errors_is_told_once_for_all_methods() -> None:
    def of(schema: str) -> dict[str, Value]:
        found = {}
        for name in ("a", "b"):
            found[f"/{name}"] = {"get": operation(name)}
            reference = {"$ref": f"#/components/schemas/{schema}"}
            content = {"application/json": {"schema": reference}}
            found[f"/{name}"]["get"]["responses"]["400"] = {
                "description": "", "content": content,
            }  # fmt: skip
        schemas = {"A": record(a="string"), "B": record(b="string", c="string")}
        return document(found, schemas)

    found = list_in_python(compare(of("A"), of("B")))
    assert found == [("error.body: A → B", "error-type-changed", "warning")]


def test_a_list_may_lose_its_pages() -> None:
    def of(answer: str) -> dict[str, Value]:
        items = {"type": "array", "items": NAME}
        page = record(items=items, pagination=record(total="integer"))
        found = operation(
            parameters=[query("limit", "integer"), query("offset", "integer")],
            answer=answer,
        )
        return document({"/p": {"get": found}}, {"P": page, "A": record(a="string")})

    method = "client.things.call"
    removed = list_in_python(compare(of("P"), of("A")))
    assert (method, "method-paging-removed", "error") in removed
    added = list_in_python(compare(of("A"), of("P")))
    assert (method, "method-paging-added", "info") in added


def test_the_keyword_of_an_idempotency_key_may_come_and_go() -> None:
    def of(hint: Value, *parameters: dict[str, Value]) -> dict[str, Value]:
        found = operation(body="A", parameters=parameters)
        found["x-codegen"] = {"idempotency-key": hint}
        return document({"/a": {"post": found}}, {"A": record(a="string")})

    method, name = "client.things.call", "idempotency_key"
    keyed, derived = of({"fill": "a"}), of("derived")
    removed = list_in_python(compare(keyed, derived))
    assert removed == [(f"{method}({name})", "argument-removed", "error")]
    added = list_in_python(compare(derived, keyed))
    assert added == [(f"{method}({name})", "argument-added", "info")]
    renamed = list_in_python(compare(keyed, of({"fill": "a"}, query(name))))
    assert (f"{method}({name})", "argument-renamed", "error") in renamed


def test_an_old_name_that_a_lock_keeps_still_works() -> None:
    def of(name: str) -> dict[str, Value]:
        found = operation(f"get{name}", answer=name)
        return document(
            {f"/{name}": {"get": found}}, {name: record(a="string", b="string")}
        )

    old, new = of("Address"), of("Place")
    without = {each.rule: each.level for each in compare(old, new).findings}
    assert without["class-renamed"] is Severity.ERROR
    with_lock = compare(old, new, names=get_names(old))
    renamed = {each.rule: each.level for each in with_lock.findings}
    assert renamed["class-renamed"] is Severity.INFO


def test_a_class_that_another_finding_names_needs_none_of_its_own() -> None:
    """However long the type is: reports show its first 200 characters."""

    def of(inner: Value, **schemas: Value) -> dict[str, Value]:
        for _ in range(24):
            inner = {"type": "object", "additionalProperties": inner}
        paths = {"/a": {"get": operation("getA", answer="Holder")}}
        return document(paths, {"Holder": record(x=inner), **schemas})

    new = of({"$ref": "#/components/schemas/Customer"}, Customer=record(a="string"))
    found = list_in_python(compare(of({"type": "string"}), new))
    assert found == [("models.Holder.x", "field-type-changed", "error")]


def test_a_default_is_no_class() -> None:
    """A class that nothing uses is told, even where a text is equal to its name."""

    def of(default: str, **schemas: Value) -> dict[str, Value]:
        kind: Value = {"type": "string", "default": default}
        paths = {"/orders": {"post": operation(body="Order")}}
        return document(paths, {"Order": record(kind=kind), **schemas})

    found = list_in_python(
        compare(of("Order"), of("Customer", Customer=record(a="string")))
    )
    assert ("models.Customer", "class-added", "info") in found
    assert ("models.Order.kind", "field-default-changed", "info") in found
