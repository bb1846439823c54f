"""A client holds what its repository uses: a selection, and what that reaches."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.corpus import Case, golden_cases
from support.generated import Generator, named

from flexprice_codegen.config import Client, Pattern, Selection
from flexprice_codegen.diagnostics import DiagnosticError, DiagnosticSink, Level
from flexprice_codegen.pipeline.generate import LoadedApi, load_api
from flexprice_codegen.surface.model import AssignedName
from flexprice_codegen.surface.previous_names import PreviousNames

ZOO = """\
openapi: 3.0.3
info: {title: Zoo API, version: '1.0'}
servers: [{url: https://zoo.example/v1}]
components:
  securitySchemes:
    KeyAuth: {type: apiKey, in: header, name: x-key}
    GateAuth: {type: http, scheme: bearer}
  schemas:
    dto.Pet:
      type: object
      required: [id]
      properties:
        id: {type: string, readOnly: true}
        owner: {$ref: '#/components/schemas/dto.Owner'}
    dto.Owner: {type: object, properties: {name: {type: string}}}
    rest.Owner: {type: object, properties: {size: {type: integer}}}
    Gate: {type: object, properties: {open: {type: boolean}, odd: {type: nothing}}}
    Fed:
      type: object
      properties:
        event_type: {$ref: '#/components/schemas/EventName'}
        food: {type: string, enum: [hay, fish]}
    EventName: {type: string, enum: [pet.fed, pet.born, gate.shut]}
paths:
  /pets:
    post:
      operationId: createPet
      tags: [Pets]
      security: [{KeyAuth: []}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/dto.Pet'}}}
      responses:
        '201': {description: Made.}
  /pets/{id}:
    get:
      operationId: getPet
      tags: [Pets]
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: food, in: query, schema: {type: string, enum: [hay, fish]}}
      responses:
        '200':
          description: It.
          content: {application/json: {schema: {$ref: '#/components/schemas/dto.Pet'}}}
  /owners:
    get:
      operationId: get_pet
      tags: [Owners]
      security: [{GateAuth: []}]
      responses:
        '200':
          description: Them.
          content: {application/json: {schema: {$ref: '#/components/schemas/rest.Owner'}}}
  /gate:
    get:
      operationId: getGate
      tags: [pets]
      parameters: [{name: nothing, required: true}]
      responses: {'200': {description: Fine.}}
  /webhook-events/pet.fed:
    post:
      responses:
        '200':
          description: It ate.
          content: {application/json: {schema: {$ref: '#/components/schemas/Fed'}}}
  /webhook-events/gate.shut:
    post:
      responses:
        '200':
          description: Shut.
          content: {application/json: {schema: {$ref: '#/components/schemas/Gate'}}}
"""


def selection(
    operations: tuple[str, ...] = (),
    events: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
) -> Selection:
    """Write a selection without places."""
    return Selection(
        tags=tuple(map(Pattern, tags)),
        operations=tuple(map(Pattern, operations)),
        events=tuple(map(Pattern, events)),
    )


def test_only_what_is_selected_is_there(generated: Generator) -> None:
    made = generated(ZOO, selection=selection(("create_pet",), ("pet.fed",)))
    (pets,) = made.surface.resources
    assert [each.name for each in pets.methods] == ["create_pet"]
    assert {each.name for each in made.surface.models} == {
        "EventName",
        "Fed",
        "Food",
        "DtoOwner",
        "PetInput",
    }
    assert [each.keyword for each in made.surface.credentials] == ["key"]
    assert made.webhooks.PET_FED == "pet.fed"


def test_what_is_said_of_the_rest_is_left_out(generated: Generator) -> None:
    assert len(generated(ZOO).said(Level.WARNING)) == 2
    made = generated(ZOO, selection=selection(("create_pet",), ("pet.fed",)))
    assert made.said(Level.WARNING) == []


def test_an_event_that_is_not_selected_has_no_payload(generated: Generator) -> None:
    made = generated(ZOO, selection=selection(events=("pet.*",)))
    event = made.webhooks.parse_event(b'{"event_type": "gate.shut"}')
    assert type(event).__name__ == "UndocumentedEvent"
    assert not hasattr(made.webhooks, "GATE_SHUT")
    assert not made.surface.resources


def test_a_selection_without_events_has_no_webhooks(generated: Generator) -> None:
    made = generated(ZOO, selection=selection(tags=("Pets",)))
    assert not (made.folder / "webhooks.py").exists()


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("createPet", {"POST /pets"}),
        ("get_*", {"GET /pets/{id}", "GET /owners"}),
        ("GET /pets/{id}", {"GET /pets/{id}"}),
        ("* /pets*", {"GET /pets/{id}", "POST /pets"}),
        ("post /*", {"POST /pets"}),
        ("get?et", {"GET /pets/{id}"}),
    ],
)
def test_operations_are_named_by_id_or_path(
    pattern: str, found: set[str], tmp_path: Path
) -> None:
    made = named(tmp_path, ZOO, selection=selection((pattern,)))
    assert set(made.methods()) == found


def test_tags_take_whole_groups(tmp_path: Path) -> None:
    made = named(tmp_path, ZOO, selection=selection(tags=("O*",)))
    assert set(made.methods()) == {"GET /owners"}


def test_a_pattern_without_a_match_is_an_error(tmp_path: Path) -> None:
    wanted = selection(("createpet", "PUT /pet"), ("pet.feed",), ("Pest",))
    with pytest.raises(DiagnosticError) as info:
        named(tmp_path, ZOO, selection=wanted)
    assert [(each.message, each.help) for each in info.value.diagnostics] == [
        ("no tag matches 'Pest'", "did you mean 'Pets'?"),
        (
            "no operation matches 'createpet'",
            "did you mean 'createPet'?",
        ),
        (
            "no operation matches 'PUT /pet'",
            "did you mean 'POST /pets'?",
        ),
        (
            "no event matches 'pet.feed'",
            "did you mean 'pet.fed'?",
        ),
    ]


def test_to_select_more_later_renames_nothing(tmp_path: Path) -> None:
    """Also where names clash, and where a class is sent first and received later."""
    steps = (
        selection(("get_pet",)),
        selection(("get_pet", "createPet")),
        selection(("get_pet", "createPet"), ("pet.*",)),
        selection(("*",), ("*",)),
    )
    names: tuple[AssignedName, ...] = ()
    for step in steps:
        surface = named(tmp_path, ZOO, names, step).surface
        assert set(names) <= set(surface.names)
        names = surface.names
    assert set(names) <= set(named(tmp_path, ZOO).surface.names)


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.name)
def test_a_class_is_the_same_whatever_is_selected(case: Case) -> None:
    whole = _reading(case)
    classes = set(map(repr, whole.surface.models))
    methods = {repr(m) for each in whole.surface.resources for m in each.methods}
    alone = [selection((each.key,)) for each in whole.api.operations]
    alone += [selection((), (each.name,)) for each in whole.api.events]
    for each in alone:
        surface = _reading(case, each).surface
        assert set(map(repr, surface.models)) <= classes
        assert {repr(m) for one in surface.resources for m in one.methods} <= methods
        assert set(surface.names) <= set(whole.surface.names)


def _reading(case: Case, wanted: Selection | None = None) -> LoadedApi:
    client = Client(
        name=case.name,
        spec=(case.spec,),
        overlay=case.overlay,
        output="client",
        package="client",
        selection=wanted or Selection(),
    )
    return load_api(client, case.base, PreviousNames(), DiagnosticSink())
