"""Each rule about an operation, a parameter, a message or a property fires on its case.

A case is one operation before and after, on one line of YAML each. All are compared in
one document, so that each must keep to itself.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.comparing import compare_wire
from support.documents import document

from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.rules.catalogue import RULES_BY_ID
from flexprice_codegen.diff.rules.contract_rows import CONTRACT_ROWS
from flexprice_codegen.diff.rules.property_rows import PROPERTY_ROWS
from flexprice_codegen.diff.rules.rule_ids import RULE_IDS
from flexprice_codegen.diff.rules.rule_key import get_general_location

OK = "responses: {'200': {description: ok}}"
P = "parameters: [{name: p, in: query, schema: {type: string}%s}], " + OK
PATH = (
    "parameters: [{name: id, in: path, required: true, schema: {type: string}}], " + OK
)
BODY = "requestBody: {content: {application/json: {schema: {type: object}}}%s}, " + OK
MEDIA = "requestBody: {content: {%s}}, " + OK
ANSWER = "responses: {'200': {description: ok, content: {%s}}}"
JSON, XML = (
    "application/json: {schema: {type: object}}",
    "application/xml: {schema: {}}",
)
HEADER = "responses: {'200': {description: ok, headers: {%s}}}"
X = "X-A: {schema: {type: string}%s}"
DEPRECATED = "deprecated: true"
SOON, LATE = "x-sunset: '2026-08-09'", "x-sunset: '2030-01-01'"


def query(more: str) -> str:
    return P % more


def headers(more: str) -> str:
    return HEADER % (X % more)


LINKED = "responses: {'200': {description: ok, links: {next: {operationId: %s}}}}"
SERVERS = f"servers: [{{url: 'https://a'}}%s], {OK}"
OPERATIONS = {
    "endpoint-deprecated": (OK, f"{DEPRECATED}, {OK}"),
    "endpoint-deprecated-with-sunset": (OK, f"{DEPRECATED}, {LATE}, {OK}"),
    "endpoint-reactivated": (f"{DEPRECATED}, {OK}", OK),
    "api-deprecated-sunset-parse": (OK, f"{DEPRECATED}, x-sunset: soon, {OK}"),
    "api-path-sunset-parse": (
        f"{DEPRECATED}, {LATE}, {OK}",
        f"{DEPRECATED}, x-sunset: soon, {OK}",
    ),
    "sunset-deleted": (f"{DEPRECATED}, {LATE}, {OK}", f"{DEPRECATED}, {OK}"),
    "api-stability-decreased": (OK, f"x-stability-level: beta, {OK}"),
    "api-stability-increased": (f"x-stability-level: beta, {OK}", OK),
    "api-invalid-stability-level": (OK, f"x-stability-level: ready, {OK}"),
    "new-required-request-parameter": (OK, query(", required: true")),
    "new-optional-request-parameter": (OK, query("")),
    "request-parameter-removed": (query(""), OK),
    "request-parameter-removed-with-deprecation": (query(", deprecated: true"), OK),
    "request-parameter-removed-before-sunset": (query(f", {DEPRECATED}, {LATE}"), OK),
    "request-parameter-became-required": (query(""), query(", required: true")),
    "request-parameter-became-optional": (query(", required: true"), query("")),
    "request-parameter-style-changed": (
        query(", explode: false"),
        query(", explode: false, style: pipeDelimited"),
    ),
    "request-parameter-explode-changed": (query(""), query(", explode: false")),
    "request-parameter-allow-reserved-changed": (
        query(""),
        query(", allowReserved: true"),
    ),
    "request-parameter-allow-empty-set": (query(""), query(", allowEmptyValue: true")),
    "request-parameter-allow-empty-unset": (
        query(", allowEmptyValue: true"),
        query(""),
    ),
    "request-parameter-media-type-changed": (
        query(""),
        P.replace(
            "schema: {type: string}%s",
            "content: {application/json: {schema: {type: string}}}",
        ),
    ),
    "request-parameter-deprecated": (query(""), query(f", {DEPRECATED}")),
    "request-parameter-reactivated": (query(f", {DEPRECATED}"), query("")),
    "request-parameter-sunset-parse": (
        query(""),
        query(f", {DEPRECATED}, x-sunset: soon"),
    ),
    "request-parameter-sunset-deleted": (
        query(f", {DEPRECATED}, {LATE}"),
        query(f", {DEPRECATED}"),
    ),
    "request-body-added-required": (OK, BODY % ", required: true"),
    "request-body-added-optional": (OK, BODY % ""),
    "request-body-removed": (BODY % "", OK),
    "request-body-became-required": (BODY % "", BODY % ", required: true"),
    "request-body-became-optional": (BODY % ", required: true", BODY % ""),
    "request-body-media-type-added": (MEDIA % JSON, MEDIA % f"{JSON}, {XML}"),
    "request-body-media-type-removed": (MEDIA % f"{JSON}, {XML}", MEDIA % JSON),
    "request-body-media-type-schema-added": (
        MEDIA % "application/json: {}",
        MEDIA % JSON,
    ),
    "request-body-media-type-schema-removed": (
        MEDIA % JSON,
        MEDIA % "application/json: {}",
    ),
    "request-body-encoding-changed": (
        MEDIA % "multipart/form-data: {schema: {type: object, properties: {a: {}}}}",
        MEDIA % "multipart/form-data: {schema: {type: object, properties: {a: {}}}, "
        "encoding: {a: {contentType: image/png}}}",
    ),
    "response-success-status-added": (
        OK,
        OK.replace("}}", "}, '202': {description: later}}"),
    ),
    "response-success-status-removed": (
        OK.replace("}}", "}, '202': {description: later}}"),
        OK,
    ),
    "response-link-added": (OK, LINKED % "a"),
    "response-link-removed": (LINKED % "a", OK),
    "response-link-changed": (LINKED % "a", LINKED % "b"),
    "response-non-success-status-added": (
        OK,
        OK.replace("}}", "}, '409': {description: no}}"),
    ),
    "response-non-success-status-removed": (
        OK.replace("}}", "}, '409': {description: no}}"),
        OK,
    ),
    "response-media-type-added": (ANSWER % JSON, ANSWER % f"{JSON}, {XML}"),
    "response-media-type-removed": (ANSWER % f"{JSON}, {XML}", ANSWER % JSON),
    "response-media-type-name-changed": (
        ANSWER % "application/json;v=1: {}",
        ANSWER % "application/json;v=2: {}",
    ),
    "response-media-type-name-generalized": (
        ANSWER % "application/a+json: {}",
        ANSWER % "application/json: {}",
    ),
    "response-media-type-name-specialized": (
        ANSWER % "application/json: {}",
        ANSWER % "application/a+json: {}",
    ),
    "response-body-media-type-schema-added": (
        ANSWER % "application/json: {}",
        ANSWER % JSON,
    ),
    "response-body-media-type-schema-removed": (
        ANSWER % JSON,
        ANSWER % "application/json: {}",
    ),
    "response-body-encoding-changed": (
        ANSWER % "multipart/form-data: {schema: {type: object, properties: {a: {}}}}",
        ANSWER % "multipart/form-data: {schema: {type: object, properties: {a: {}}}, "
        "encoding: {a: {contentType: image/png}}}",
    ),
    "response-header-added": (OK, headers("")),
    "required-response-header-removed": (headers(", required: true"), OK),
    "optional-response-header-removed": (headers(""), OK),
    "response-header-became-optional": (headers(", required: true"), headers("")),
    "response-header-became-required": (headers(""), headers(", required: true")),
    "response-header-deprecated": (headers(""), headers(", deprecated: true")),
    "response-header-reactivated": (headers(", deprecated: true"), headers("")),
    "api-security-added": (f"security: [], {OK}", f"security: [{{key: []}}], {OK}"),
    "api-security-removed": (
        f"security: [{{key: []}}, {{login: []}}], {OK}",
        f"security: [{{key: []}}], {OK}",
    ),
    "api-security-scope-added": (
        f"security: [{{login: [read]}}], {OK}",
        f"security: [{{login: [read, write]}}], {OK}",
    ),
    "api-security-scope-removed": (
        f"security: [{{login: [read, write]}}], {OK}",
        f"security: [{{login: [read]}}], {OK}",
    ),
    "api-server-added": (SERVERS % "", SERVERS % ", {url: 'https://b'}"),
    "api-server-removed": (SERVERS % ", {url: 'https://b'}", SERVERS % ""),
    "server-variable-added": (
        f"servers: [{{url: 'https://eu'}}], {OK}",
        f"servers: [{{url: 'https://{{r}}', variables: {{r: {{default: eu}}}}}}], {OK}",
    ),
    "server-variable-removed": (
        f"servers: [{{url: 'https://{{r}}', variables: {{r: {{default: eu}}}}}}], {OK}",
        f"servers: [{{url: 'https://eu'}}], {OK}",
    ),
    "server-variable-default-missing": tuple(
        f"servers: [{{url: 'https://{{r}}', variables: {{r: {{{each}}}}}}}], {OK}"
        for each in ("default: eu", "enum: [eu]")
    ),
    "server-variable-default-changed": tuple(
        f"servers: [{{url: 'https://{{r}}', variables: {{r: {{default: {each}}}}}}}], {OK}"
        for each in ("eu", "us")
    ),
    "server-variable-value-added": tuple(
        f"servers: [{{url: 'https://{{r}}', variables: {{r: {{default: eu, enum: {each}}}}}}}], {OK}"
        for each in ("[eu]", "[eu, us]")
    ),
    "server-variable-value-removed": tuple(
        f"servers: [{{url: 'https://{{r}}', variables: {{r: {{default: eu, enum: {each}}}}}}}], {OK}"
        for each in ("[eu, us]", "[eu]")
    ),
}
STREAM = "text/event-stream: {itemSchema: {type: object}}"
WHOLE = "text/event-stream: {schema: {type: object}}"
OPERATIONS |= {
    "request-body-streaming-changed": (MEDIA % WHOLE, MEDIA % STREAM),
    "response-body-streaming-changed": (ANSWER % STREAM, ANSWER % WHOLE),
}
HOOK = "callbacks: {onPaid: {'{$request.query.url}': {post: {%s}}}}, " + OK
OPERATIONS |= {
    "callback-added": (OK, HOOK % OK),
    "callback-removed": (HOOK % OK, OK),
    "callback-body-added": (HOOK % OK, HOOK % (BODY % "")),
    "callback-body-removed": (HOOK % (BODY % ""), HOOK % OK),
}
OBJECT = "{type: object, properties: {%s}, required: [%s]}"
PROPERTIES = {
    "new-required-request-property": ("a: {}", "", "a: {}, b: {}", "b"),
    "new-required-request-property-with-default": ("a: {}", "", "a: {}, b: {default: 1}", "b"),
    "new-optional-request-property": ("a: {}", "", "a: {}, b: {}", ""),
    "request-property-removed": ("a: {}, b: {}", "", "a: {}", ""),
    "request-property-became-required": ("a: {}", "", "a: {}", "a"),
    "request-property-became-required-with-default": (
        "a: {default: 1}", "", "a: {default: 1}", "a",
    ),
    "request-property-became-optional": ("a: {}", "a", "a: {}", ""),
    "response-required-property-added": ("a: {}", "", "a: {}, b: {}", "b"),
    "response-optional-property-added": ("a: {}", "", "a: {}, b: {}", ""),
    "response-required-write-only-property-added": ("a: {}", "", "a: {}, b: {writeOnly: true}", "b"),
    "response-optional-write-only-property-added": ("a: {}", "", "a: {}, b: {writeOnly: true}", ""),
    "response-required-property-removed": ("a: {}, b: {}", "b", "a: {}", ""),
    "response-optional-property-removed": ("a: {}, b: {}", "", "a: {}", ""),
    "response-required-write-only-property-removed": ("a: {}, b: {writeOnly: true}", "b", "a: {}", ""),
    "response-optional-write-only-property-removed": ("a: {}, b: {writeOnly: true}", "", "a: {}", ""),
    "response-property-became-optional": ("a: {}", "a", "a: {}", ""),
    "response-property-became-required": ("a: {}", "", "a: {}", "a"),
    "response-write-only-property-became-optional": (
        "a: {writeOnly: true}", "a", "a: {writeOnly: true}", "",
    ),
    "response-write-only-property-became-required": (
        "a: {writeOnly: true}", "", "a: {writeOnly: true}", "a",
    ),
} | {
    f"{way}-{'required' if required else 'optional'}-property-{became}-{word}": (
        "a: {}" if became == "became" else f"a: {{{keyword}: true}}", required,
        f"a: {{{keyword}: true}}" if became == "became" else "a: {}", required,
    )
    for way in ("request", "response")
    for required in ("", "a")
    for word, keyword in (("read-only", "readOnly"), ("write-only", "writeOnly"))
    for became in ("became", "became-not")
} | {
    f"{way}-property-{end}": (f"a: {{{old}}}", "", f"a: {{{new}}}", "")
    for way in ("request", "response")
    for end, old, new in (
        ("deprecated", "", DEPRECATED),
        ("deprecated-with-sunset", "", f"{DEPRECATED}, {LATE}"),
        ("deprecated-sunset-invalid", "", f"{DEPRECATED}, x-sunset: soon"),
        ("reactivated", DEPRECATED, ""),
        ("stability-decreased", "", "x-stability-level: beta"),
        ("stability-increased", "x-stability-level: beta", ""),
    )
}  # fmt: skip
ELSEWHERE = {
    # tests/unit/diff/wire/test_operations.py
    "endpoint-added",
    "api-removed-without-deprecation",
    "api-removed-before-sunset",
    "api-removed-with-deprecation",
    "api-path-removed-without-deprecation",
    "api-path-removed-before-sunset",
    "api-path-removed-with-deprecation",
    "api-deprecated-sunset-missing",
    "api-sunset-date-too-small",
    "api-sunset-date-changed-too-small",
    "request-parameter-deprecated-sunset-missing",
    "request-parameter-sunset-date-too-small",
    "request-parameter-sunset-date-changed-too-small",
    "request-property-deprecated-sunset-missing",
    "request-property-sunset-date-too-small",
    "response-property-deprecated-sunset-missing",
    "response-property-sunset-date-too-small",
    "new-request-path-parameter",
    "new-required-request-default-parameter-to-existing-path",
    "new-optional-request-default-parameter-to-existing-path",
    "webhook-added",
    # tests/unit/diff/wire/test_servers.py
    "server-added",
    "server-removed",
    "webhook-removed",
    "webhook-deprecated",
    "webhook-reactivated",
    # tests/unit/diff/wire/test_security.py
    *(
        RULE_IDS[row.key]
        for row in CONTRACT_ROWS
        if row.key.location in {"security-scheme", "global-security"}
    ),
}
IN_PARAMETERS = {
    RULE_IDS[row.key]
    for row in PROPERTY_ROWS
    if get_general_location(row.key.location)
    in {"parameter-property", "header-property"}
}


def case(id_: str) -> tuple[str, str]:
    if id_ in OPERATIONS:
        old, new = OPERATIONS[id_]
        return old, new
    if id_ in IN_PARAMETERS:
        location = "header" if "header-property" in id_ else "query"
        name = id_.replace("parameter-property", "property")
        name = name.replace("header-property", "property")
        before, required, after, also = PROPERTIES[name]
        text = "parameters: [{name: p, in: " + location + ", schema: %s}], " + OK
        return text % (OBJECT % (before, required)), text % (OBJECT % (after, also))
    before, required, after, also = PROPERTIES[id_]
    text = MEDIA if "request" in id_.split("-") else ANSWER
    json = "application/json: {schema: %s}"
    return (
        text % (json % (OBJECT % (before, required))),
        text % (json % (OBJECT % (after, also))),
    )


IDS = sorted({*OPERATIONS, *PROPERTIES, *IN_PARAMETERS})


def of(side: int) -> dict[str, Any]:
    return document(
        {
            f"/{id_}": {"post": yaml.safe_load("{" + case(id_)[side] + "}")}
            for id_ in IDS
        },
        security=[],
    )


@pytest.fixture(scope="module")
def found() -> dict[str, list[Finding]]:
    assert compare_wire(of(0), of(0)) == ()
    grouped = defaultdict(list)
    for each in compare_wire(of(0), of(1)):
        for operation in each.affected.operations:
            grouped[operation.removeprefix("POST /")].append(each)
    return grouped


@pytest.mark.parametrize("id_", IDS)
def test_each_rule_fires_alone_on_its_case(
    id_: str, found: dict[str, list[Finding]]
) -> None:
    assert [each.rule for each in found[id_]] == [id_]
    (each,) = found[id_]
    assert each.level is RULES_BY_ID[id_].level
    assert each.old is not None or each.new is not None


def test_every_rule_has_a_case() -> None:
    assert {RULE_IDS[row.key] for row in (*CONTRACT_ROWS, *PROPERTY_ROWS)} == {
        *IDS,
        *ELSEWHERE,
    }


def test_what_is_tested_elsewhere_is_named_there() -> None:
    tests = Path(__file__).parent.parent
    files = (
        *(tests / "unit" / "diff").rglob("*.py"),
        tests / "diff" / "test_document_rules.py",
    )
    texts = "".join(path.read_text(encoding="utf-8") for path in files)
    assert {id_ for id_ in ELSEWHERE if f'"{id_}"' not in texts} == set()
