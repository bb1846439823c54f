"""`conform`: a server that lies in each way, and the corrections of its document."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx2
import pytest
import yaml
from support.generated import Generator
from support.recorded import BASE, RecordingTransport, build_entry, build_har

from flexprice_codegen.cli.main import main
from flexprice_codegen.conform.rules import REQUEST_PREFIX, RULES

THING = {
    "id": "thing_1",
    "name": "A lamp",
    "amount": 2.5,
    "count": 3,
    "state": "open",
    "created_at": "2026-01-02T03:04:05Z",
    "owner": {"id": "o_1"},
    "tags": ["a"],
    "labels": {"color": "red"},
}
DOCUMENT = """
openapi: {version}
info: {{title: Things, version: "1"}}
servers: [{{url: "https://api.example.com/v1"}}]
paths:
  /things:
    post:
      operationId: createThing
      requestBody:
        content: {{application/json: {{schema: {{$ref: "#/components/schemas/NewThing"}}}}}}
      responses:
        "201": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing"}}}}}}}}
    get:
      operationId: listThings
      parameters:
        - {{name: ids, in: query, explode: false, schema: {{type: array, items: {{type: string}}}}}}
        - {{name: limit, in: query, schema: {{type: integer}}}}
        - {{name: since, in: query, schema: {{type: string, format: date-time}}}}
        - {{name: order, in: query, schema: {{type: string, enum: [asc, desc]}}}}
        - {{name: open, in: query, schema: {{type: boolean}}}}
        - {{name: filter, in: query, style: deepObject, schema: {{type: object, properties: {{name: {{type: string}}}}}}}}
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {{type: object, required: [items], properties: {{items: {{type: array, items: {{$ref: "#/components/schemas/Thing"}}}}}}}}
  /things/search:
    get:
      operationId: searchThings
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{total: {{type: integer}}}}}}}}}}}}
  /things/{{id}}:
    get:
      operationId: getThing
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Thing"}}}}}}}}
    post:
      operationId: voidThing
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses: {{"204": {{description: ok}}}}
    delete:
      operationId: deleteThing
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses: {{"204": {{description: ok}}}}
  /shapes:
    get:
      operationId: getShape
      responses:
        "200": {{description: ok, content: {{application/json: {{schema: {{$ref: "#/components/schemas/Shape"}}}}}}}}
components:
  schemas:
    Circle: {{type: object, required: [kind], properties: {{kind: {{type: string}}, radius: {{type: number}}}}}}
    Square: {{type: object, required: [kind], properties: {{kind: {{type: string}}, side: {{type: number}}}}}}
    Shape:
      oneOf: [{{$ref: "#/components/schemas/Circle"}}, {{$ref: "#/components/schemas/Square"}}]
      discriminator:
        propertyName: kind
        mapping: {{circle: "#/components/schemas/Circle", square: "#/components/schemas/Square"}}
    NewThing: {{type: object, required: [name], properties: {{name: {{type: string}}}}}}
    Owner: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}
    Message: {{type: object, properties: {{message: {{type: string}}}}}}
    State: {{type: string, enum: [open, closed]}}
    Thing:
      type: object
      required: [id, name]
      properties:
        id: {{type: string}}
        name: {{type: string}}
        amount: {{type: number}}
        count: {{type: integer}}
        state: {{$ref: "#/components/schemas/State"}}
        created_at: {{type: string, format: date-time}}
        owner: {{$ref: "#/components/schemas/Owner"}}
        tags: {{type: array, items: {{type: string}}}}
        labels: {{type: object, additionalProperties: {{type: string}}}}
"""
GET = "GET /things/thing_1"


HONEST_QUERY = {
    "ids": "a",
    "limit": "20",
    "since": "2026-01-02T03:04:05Z",
    "order": "asc",
    "open": "true",
    "filter[name]": "A",
}


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in THING.items() if key != name}


def twice(
    call: str,
    body: object = None,
    *,
    status: int = 200,
    sent: object = None,
    query: dict[str, object] | None = None,
    media: str = "application/json",
) -> list[Any]:
    entry = build_entry(call, body, status=status, sent=sent, query=query, media=media)
    return [entry, entry]


def as_media(media: str, entries: list[Any]) -> list[Any]:
    """Return entries whose request bodies are of another media type."""
    for each in entries:
        each["request"]["postData"]["mimeType"] = media
    return entries


# What the server does, the rule, and the end of the place in the document.
LIES = {
    "a member is null": (
        twice(GET, THING | {"name": None}),
        "null-unexpected",
        "Thing/properties/name",
    ),
    "a reference is null": (
        twice(GET, THING | {"owner": None}),
        "null-unexpected",
        "Thing/properties/owner",
    ),
    "a list is null": (
        twice("GET /things", {"items": None}),
        "null-unexpected",
        "schema/properties/items",
    ),
    "a number is in quotes": (
        twice(GET, THING | {"amount": "2.50"}),
        "number-in-quotes",
        "Thing/properties/amount",
    ),
    "an integer is in quotes": (
        twice(GET, THING | {"count": "3"}),
        "number-in-quotes",
        "Thing/properties/count",
    ),
    "an integer has a fraction": (
        twice(GET, THING | {"count": 3.5}),
        "type-other",
        "Thing/properties/count",
    ),
    "an object is a list": (
        twice(GET, THING | {"owner": ["o_1"]}),
        "type-other",
        "Thing/properties/owner",
    ),
    "a required member is missing": (
        twice(GET, without("name")),
        "required-missing",
        "schemas/Thing",
    ),
    "a member is not declared": (
        twice(GET, THING | {"tier": {"level": 1}}),
        "property-undeclared",
        "schemas/Thing",
    ),
    "a timestamp is a decimal": (
        twice(GET, THING | {"created_at": "5.5"}),
        "format-other",
        "Thing/properties/created_at",
    ),
    "an element has another type": (
        twice(GET, THING | {"tags": [1]}),
        "type-other",
        "tags/items",
    ),
    "a member of a map has another type": (
        twice(GET, THING | {"labels": {"x": 1}}),
        "type-other",
        "labels/additionalProperties",
    ),
    "another shape": (
        twice("GET /things/search", {"message": "done"}),
        "shape-other",
        "application~1json/schema",
    ),
    "a success that is not declared": (
        twice("DELETE /things/1", {"message": "gone"}),
        "status-undocumented",
        "/delete",
    ),
    "an error that is not declared": (
        twice(GET, {"code": "gone"}, status=410),
        "error-undocumented",
        "/get",
    ),
    "an error of every operation": (
        twice(GET, {"code": "no"}, status=401),
        "error-undocumented-everywhere",
        "",
    ),
    "a media type that is not declared": (
        twice(GET, "<a/>", media="application/xml"),
        "media-type-undocumented",
        "responses/200",
    ),
    "no body": (twice(GET), "body-missing", "responses/200"),
    "a body where none is declared": (
        twice("DELETE /things/1", {"message": "gone"}, status=204),
        "body-unexpected",
        "responses/204",
    ),
    "a repeated parameter": (
        twice("GET /things", {"items": []}, query={"ids": ["a", "b"]}),
        "array-style",
        "parameters/0",
    ),
    "a parameter that is not declared": (
        twice("GET /things", {"items": []}, query={"page": "2"}),
        "parameter-undeclared",
        "/get",
    ),
    "a request of another type": (
        twice("POST /things", THING, status=201, sent={"name": 5}),
        "request-type-other",
        "NewThing/properties/name",
    ),
    "a body that is not declared is accepted": (
        twice("POST /things/1", status=204, sent={"reason": "twice"}),
        "request-body-unexpected",
        "/post",
    ),
    "a body of another media type is accepted": (
        as_media(
            "application/merge-patch+json",
            twice("POST /things", THING, status=201, sent={"name": "A"}),
        ),
        "request-media-type-undocumented",
        "post/requestBody",
    ),
    "a parameter has another type": (
        twice("GET /things", {"items": []}, query={"limit": "all"}),
        "request-type-other",
        "parameters/1/schema",
    ),
    "a parameter has another format": (
        twice("GET /things", {"items": []}, query={"since": "yesterday"}),
        "request-format-other",
        "parameters/2/schema",
    ),
    "a variant lies": (
        twice("GET /shapes", {"kind": "circle", "radius": "2.5"}),
        "number-in-quotes",
        "Circle/properties/radius",
    ),
    "a member of a request that is not declared": (
        twice("POST /things", THING, status=201, sent={"name": "A", "color": "red"}),
        "request-property-undeclared",
        "schemas/NewThing",
    ),
}


# What no correction can be derived for, and where it is found.
TOLD = {
    "a tag is unknown": (
        twice("GET /shapes", {"kind": "canary_star", "points": 5}),
        "tag-unknown",
        "schemas/Shape",
    ),
    "a value is not listed": (
        twice(GET, THING | {"state": "canary_lost"}),
        "enum-value-unknown",
        "schemas/State",
    ),
    "a value of a parameter is not listed": (
        twice("GET /things", {"items": []}, query={"order": "canary_random"}),
        "request-enum-value-unknown",
        "parameters/3/schema",
    ),
    "a body is no JSON": (twice(GET, "{"), "body-invalid", "responses/200"),
    "a route is not documented": (
        twice("GET /parts", {"items": []}),
        "route-undocumented",
        "",
    ),
    "a route is dead": (
        twice("GET /things/search", "404", status=404, media="text/plain"),
        "route-dead",
        "search/get",
    ),
    "an event is not documented": (
        [{"delivery": {"event": "thing.lost", "content": {"text": "{}"}}}] * 2,
        "event-undocumented",
        "",
    ),
}


def test_each_rule_has_a_lie() -> None:
    rules = {rule for _, rule, _ in [*LIES.values(), *TOLD.values()]}
    habits = {f"{habit}-by-habit" for habit in HABITS}
    shared = {rule.removeprefix(REQUEST_PREFIX) for rule in rules}

    assert rules | shared | habits >= set(RULES)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_document(version: str = "3.0.3") -> None:
    Path("api.yaml").write_text(DOCUMENT.format(version=version), encoding="utf-8")


def conform(*options: str) -> dict[str, Any]:
    arguments = ["conform", "traffic.har", "--spec", "api.yaml", "--fail-on", "none"]
    assert main([*arguments, "--format", "json", "-o", "report.json", *options]) == 0
    report: dict[str, Any] = json.loads(Path("report.json").read_text("utf-8"))
    return report


def list_rules(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["rule"], each["path"]) for each in report["findings"]]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("lie", LIES)
@pytest.mark.usefixtures("project")
def test_a_lie_is_found_at_its_place_and_corrected(lie: str, version: str) -> None:
    entries, rule, place = LIES[lie]
    write_document(version)
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    report = conform("--write", "traffic.overlay.yaml")

    ((found, at),) = list_rules(report)
    assert found == rule
    assert at.endswith(place)
    assert report["remaining"] == []
    assert report["withdrawn"] == 0
    assert conform("--overlay", "traffic.overlay.yaml")["findings"] == []


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    "lie", [each for each in LIES if LIES[each][2].find("Thing") >= 0]
)
def test_a_corrected_client_reads_what_the_server_sends(
    lie: str, version: str, project: Path
) -> None:
    entries, _, _ = LIES[lie]
    write_document(version)
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")
    conform("--write", "traffic.overlay.yaml")

    document = yaml.safe_load(Path("api.yaml").read_text("utf-8"))
    overlay = Path("traffic.overlay.yaml").read_text("utf-8")
    made: Any = Generator(project)(document, overlay=overlay)
    text = entries[0]["response"]["content"]["text"]
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, text=text))
    http_client = httpx2.Client(transport=transport)
    client = made.package.Things(base_url=BASE, http_client=http_client, strict=True)

    assert client.things.get_thing(id="1") is not None


@pytest.mark.parametrize("lie", TOLD)
@pytest.mark.usefixtures("project")
def test_a_lie_without_a_correction_is_found_at_its_place(lie: str) -> None:
    entries, rule, place = TOLD[lie]
    write_document()
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    report = conform()

    ((found, at),) = list_rules(report)
    assert found == rule
    assert at.endswith(place)
    assert report["corrections"] == []
    assert "canary" not in Path("report.json").read_text("utf-8")


@pytest.mark.usefixtures("project")
def test_an_honest_server_has_no_findings() -> None:
    write_document()
    entries = [
        build_entry(GET, THING),
        build_entry(GET, without("owner")),
        build_entry("GET /things", {"items": [THING]}, query={"ids": "a,b"}),
        build_entry("GET /things", {"items": []}, query=HONEST_QUERY),
        build_entry("GET /shapes", {"kind": "square", "side": 2}),
        build_entry("GET /things/search", {"total": 1}),
        build_entry("DELETE /things/1", status=204),
        build_entry("POST /things", THING, status=201, sent={"name": "A"}),
        build_entry("GET /elsewhere", {"message": "no"}, status=404),
    ]
    Path("traffic.har").write_text(build_har(*entries, *entries), encoding="utf-8")

    report = conform()

    assert report["findings"] == []
    assert report["operations"] == {"seen": 6, "all": 7}


@pytest.mark.usefixtures("project")
def test_a_single_exchange_is_told_and_corrects_nothing() -> None:
    write_document()
    entries = [build_entry(GET, THING | {"name": None})]
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    report = conform("--write", "traffic.overlay.yaml")

    assert [rule for rule, _ in list_rules(report)] == ["null-unexpected"]
    assert report["corrections"] == []
    assert not Path("traffic.overlay.yaml").exists()
    assert conform("--least", "1")["corrections"]


@pytest.mark.usefixtures("project")
def test_a_server_that_does_both_is_told_and_not_corrected() -> None:
    write_document()
    quoted = twice(GET, THING | {"count": "3"})
    Path("traffic.har").write_text(
        build_har(*quoted, build_entry(GET, THING)), encoding="utf-8"
    )

    report = conform()

    ((rule, _),) = list_rules(report)
    assert rule == "number-in-quotes"
    assert report["findings"][0]["samples"] == 2
    assert report["findings"][0]["of"] == 3
    assert report["corrections"] == []


@pytest.mark.usefixtures("project")
def test_enum_values_are_written_only_if_the_user_asks_for_them() -> None:
    write_document()
    entries = twice(GET, THING | {"state": "suspended"})
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    assert conform()["corrections"] == []
    assert "suspended" not in Path("report.json").read_text("utf-8")

    report = conform("--enum-values")
    assert report["remaining"] == []
    assert report["corrections"][0]["actions"][0]["update"] == ["suspended"]


@pytest.mark.usefixtures("project")
def test_a_route_that_moved_gets_its_hint() -> None:
    write_document()
    dead = twice(
        "GET /things/search", "404 page not found", status=404, media="text/plain"
    )
    living = twice("GET /thing/search", {"total": 5})
    Path("traffic.har").write_text(build_har(*dead, *living), encoding="utf-8")

    report = conform()

    assert {rule for rule, _ in list_rules(report)} == {
        "route-dead",
        "route-undocumented",
    }
    (correction,) = report["corrections"]
    assert correction["actions"][0]["update"] == {
        "x-codegen": {"route": "/thing/search"}
    }


@pytest.mark.usefixtures("project")
def test_a_literal_that_a_template_swallows_is_a_route_of_its_own() -> None:
    write_document()
    entries = twice("GET /things/billing", {"plan": "pro"})
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    ((rule, _),) = list_rules(conform())

    assert rule == "route-undocumented"


@pytest.mark.usefixtures("project")
def test_a_request_that_was_rejected_is_no_evidence() -> None:
    write_document()
    entries = twice("POST /things", {"code": "no"}, status=401, sent={"name": 5})
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    assert {rule for rule, _ in list_rules(conform())} == {
        "error-undocumented-everywhere"
    }


HABITS: dict[str, tuple[Callable[[int], str], str]] = {
    "decimal": (lambda number: f"{number}.50", "decimal"),
    "time": (lambda number: f"2026-01-02T03:04:{number:02}Z", "date-time"),
}


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.usefixtures("project")
def test_a_habit_is_a_note_and_corrected_on_request(habit: str) -> None:
    build, format_ = HABITS[habit]
    write_document()
    entries = [build_entry(GET, THING | {"name": build(n)}) for n in range(25)]
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    report = conform()
    (finding,) = report["findings"]
    assert finding["level"] == "note"
    assert report["corrections"] == []

    (correction,) = conform("--habits")["corrections"]
    assert correction["actions"][0]["update"] == {"format": format_}


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.usefixtures("project")
def test_a_constant_that_json_lacks_is_invalid(constant: str) -> None:
    write_document()
    entries = twice(GET, f'{{"amount": {constant}}}')
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    assert {rule for rule, _ in list_rules(conform())} == {"body-invalid"}


@pytest.mark.usefixtures("project")
def test_digits_alone_are_no_decimals() -> None:
    write_document()
    entries = [build_entry(GET, THING | {"name": f"{n:05}"}) for n in range(25)]
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    assert conform()["findings"] == []


CANARIES = {
    "header": "canary-header-7",
    "query": "canary-query-7",
    "query name": "canary_query_name",
    "path": "canary-path-7",
    "body key": "canary_body_key",
    "map key": "canary_map_key",
    "body value": "canary-body-value",
    "sent value": "canary-sent-value",
    "enum value": "canary_enum_value",
}


@pytest.mark.usefixtures("project")
def test_values_of_the_traffic_are_in_no_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_document()
    body = THING | {
        "name": CANARIES["body value"],
        "state": CANARIES["enum value"],
        "labels": {CANARIES["map key"]: 5},
        CANARIES["body key"]: 1,
    }
    entries = [
        build_entry(GET, body, query={CANARIES["query name"]: CANARIES["query"]}),
        build_entry(f"GET /unknown/{CANARIES['path']}", THING),
        build_entry(
            "POST /things",
            THING,
            status=201,
            sent={"name": "A", "other": CANARIES["sent value"]},
        ),
        build_entry(GET, THING | {"labels": {"another": 6}}),
    ]
    for entry in entries:
        entry["request"]["headers"] = [{"name": "X-A", "value": CANARIES["header"]}]
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")

    command = ["conform", "traffic.har", "--spec", "api.yaml", "--fail-on", "none"]
    command += ["--write", "o.yaml", "--coverage", "c.md"]
    for format_ in ("text", "markdown", "json", "github", "sarif"):
        assert main([*command, "--format", format_]) == 0

    printed = capsys.readouterr()
    written = "".join(Path(each).read_text("utf-8") for each in ("o.yaml", "c.md"))
    shown = printed.out + printed.err + written
    assert [name for name, text in CANARIES.items() if text in shown] == []


@pytest.mark.usefixtures("project")
def test_the_exit_code_is_that_of_the_worst_finding() -> None:
    write_document()
    entries = twice(GET, THING | {"name": None})
    Path("traffic.har").write_text(build_har(*entries), encoding="utf-8")
    command = ["conform", "traffic.har", "--spec", "api.yaml", "-o", "out.txt"]

    assert main(command) == 0
    assert main([*command, "--fail-on", "warning"]) == 1
    ignore = '[[ignore]]\nrule = "null-unexpected"\nreason = "known"\n'
    Path("ignore.toml").write_text(ignore, encoding="utf-8")
    assert main([*command, "--fail-on", "warning", "--ignore", "ignore.toml"]) == 0


def test_the_answers_of_a_fake_transport_are_honest(project: Path) -> None:
    write_document()
    document = yaml.safe_load(Path("api.yaml").read_text("utf-8"))
    made: Any = Generator(project)(document, modules=("testing",)).package
    fake = import_module(f"{made.__name__}.testing").FakeTransport()
    transport = RecordingTransport(fake)
    client = made.Things(base_url=BASE, http_client=httpx2.Client(transport=transport))
    things = client.things
    for _ in range(2):
        things.list_things(ids=["a", "b"])
        things.search_things()
        things.get_thing(id="thing_1")
        things.delete_thing(id="thing_1")
        things.create_thing({"name": "A"})
    Path("traffic.har").write_text(build_har(*transport.entries), encoding="utf-8")

    report = conform()

    assert report["findings"] == []
    assert report["operations"]["seen"] == 5
