"""One edit of what is sent and of what comes back is told once."""

from __future__ import annotations

from collections import defaultdict

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import Json, document
from support.schema_places import COMPONENTS

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.grouping.directions import join_directions
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import Location, RuleKey
from flexprice_codegen.diff.rules.schema_rows import SCHEMA_ROWS, SchemaRow


def both_ways(schemas: dict[str, Json]) -> Json:
    """Return a document with an operation per schema, which it takes and brings."""
    paths = {}
    for name in schemas:
        reference = {"$ref": f"#/components/schemas/{name}"}
        content = {"application/json": {"schema": reference}}
        paths[f"/{name}"] = {
            "post": {
                "requestBody": {"content": content},
                "responses": {"200": {"description": "", "content": content}},
            }
        }
    return document(paths, schemas={**COMPONENTS, **schemas})


def joined(old: dict[str, Json], new: dict[str, Json]) -> list[Finding]:
    return [*join_directions(compare_wire(both_ways(old), both_ways(new)))]


def rows_of_both_directions(location: Location) -> dict[str, SchemaRow]:
    """Return the rows that have a rule for requests and one for responses."""
    return {
        "-".join(row.pair): row
        for row in SCHEMA_ROWS
        if RuleKey("request", location, *row.pair) in RULE_IDS
        and RuleKey("response", location, *row.pair) in RULE_IDS
        and row.change != "compatible"
        and row.concept != "xml"
    }


@pytest.mark.parametrize("location", ["body", "property"])
def test_every_edit_of_a_component_is_told_once(location: Location) -> None:
    def schema(text: str) -> Json:
        made: Json = yaml.safe_load(text)
        if location == "body":
            return made
        return {"type": "object", "properties": {"x": made}}

    rows = rows_of_both_directions(location)
    old = {name: schema(row.old) for name, row in rows.items()}
    new = {name: schema(row.new) for name, row in rows.items()}
    told = defaultdict(list)
    for finding in joined(old, new):
        # A default is of the schema, and of each body that has the schema as well.
        if finding.path.startswith("components/"):
            keys = sorted(part.key for part in finding.parts)
            told[finding.affected.operations].append(keys)
    for name, row in rows.items():
        keys = [
            RuleKey("request", location, *row.pair),
            RuleKey("response", location, *row.pair),
        ]
        assert told[f"POST /{name}",] == [keys], name


def of_property(name: str, schema: Json, *, required: bool) -> dict[str, Json]:
    whole: Json = {"type": "object", "properties": {"p": schema}}
    return {name: whole | ({"required": ["p"]} if required else {})}


@pytest.mark.parametrize("keyword", ["readOnly", "writeOnly"])
@pytest.mark.parametrize("was_required", [True, False])
@pytest.mark.parametrize("became", [True, False])
def test_access_and_presence_are_two_edits(
    keyword: str, *, was_required: bool, became: bool
) -> None:
    """Of a property that became `writeOnly` and optional, both are told."""
    plain: Json = {"type": "string"}
    special: Json = {**plain, keyword: True}
    before, after = (plain, special) if became else (special, plain)
    old = of_property("S", before, required=was_required)
    new = of_property("S", after, required=not was_required)

    for finding in joined(old, new):
        concepts = {part.key.concept for part in finding.parts or (finding,)}
        assert len(concepts) == 1, finding
    told = {finding.key.concept for finding in joined(old, new)}
    access = "read-only" if keyword == "readOnly" else "write-only"
    assert told == {access, "optional" if was_required else "required"}
