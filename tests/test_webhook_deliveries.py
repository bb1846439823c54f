"""Deliveries made from real documents reach the events that these document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from support.generated import Generator, create_generator

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.spec.document import load_document

DOCUMENTS: Final = {
    "adyen-BalancePlatformTransferNotification-v4.json": 2,
    "lago.yaml": 61,
    "museum.yaml": 1,
    "oai-webhook-example.json": 1,
    "polar.json": 41,
    "resend.yaml": 17,
    "speakeasy-bar.yaml": 1,
    "train-travel.yaml": 1,
}
DEEPEST: Final = 6
Json = dict[str, Any]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generator:
    """Return the function that makes a client of a document and imports it."""
    return create_generator(tmp_path_factory, "delivered")


class Sampler:
    """Makes values of the schemas of a document, straight from its text.

    `wanted` is taken where a list of names has it.
    """

    def __init__(self, document: Json, *, is_whole: bool) -> None:
        self._document = document
        self._is_whole = is_whole
        self.wanted = ""

    def follow(self, node: Json) -> Json:
        """Return what a node refers to."""
        while "$ref" in node:
            found: Any = self._document
            for part in node["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            node = found
        return node

    def sample(self, schema: Json, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON
        """Return a value that fits a schema."""
        schema = self.follow(schema)
        if "const" in schema:
            return schema["const"]
        if schema.get("enum"):
            names = schema["enum"]
            return self.wanted if self.wanted in names else names[0]
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                return self.sample(schema[keyword][0], depth)
        if "allOf" in schema:
            parts = [self.sample(each, depth) for each in schema["allOf"]]
            own = self._sample_members(schema, depth)
            records = [each for each in (*parts, own) if isinstance(each, dict)]
            return {name: each[name] for each in records for name in each}
        return self._sample_type(schema, depth)

    def _sample_type(self, schema: Json, depth: int) -> Any:  # noqa: ANN401 - any JSON
        kind = schema.get("type", "object")
        match kind[0] if isinstance(kind, list) else kind:
            case "object":
                return self._sample_members(schema, depth)
            case "array":
                return []
            case "integer" | "number":
                return 1
            case "boolean":
                return True
            case "null":
                return None
            case _:
                return schema.get("example", "text")

    def _sample_members(self, schema: Json, depth: int) -> Json:
        if depth > DEEPEST:
            return {}
        required = schema.get("required", [])
        return {
            name: self.sample(each, depth + 1)
            for name, each in schema.get("properties", {}).items()
            if self._is_whole or name in required or depth == 0
        }


def iter_payloads(document: Json, sampler: Sampler) -> Iterator[tuple[str, Json]]:
    """Yield each webhook, with each schema of its payload."""
    for name, item in document["webhooks"].items():
        body = sampler.follow(sampler.follow(item)["post"]["requestBody"])
        schema = next(iter(body["content"].values()))["schema"]
        yield name, schema


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), DOCUMENTS.items(), ids=DOCUMENTS)
@pytest.mark.parametrize("is_whole", [True, False], ids=["whole", "required"])
def test_each_documented_payload_reaches_its_event(
    name: str, count: int, shared: Path, generated: Generator, *, is_whole: bool
) -> None:
    path = str(shared / "specs" / "more" / name)
    document: Any = load_document([path], sink=DiagnosticSink()).root.value
    package = f"delivered_{count}_{'whole' if is_whole else 'required'}"
    spec = json.loads(json.dumps(document))
    webhooks = generated(spec, package=f"{package}_{len(name)}").webhooks
    sampler = Sampler(document, is_whole=is_whole)

    reached: dict[str, str] = {}
    for label, schema in iter_payloads(document, sampler):
        sampler.wanted = label
        body = sampler.sample(schema)
        event = webhooks.parse_event(json.dumps(body))
        assert isinstance(event, webhooks.Event), (label, event.name)
        assert event.name in {label, *find_texts(body)}
        reached[label] = event.name

    assert len(set(reached.values())) == len(reached) == count


def find_texts(body: Mapping[str, object]) -> set[str]:
    """Return the texts at the top of a body."""
    return {each for each in body.values() if isinstance(each, str)}
