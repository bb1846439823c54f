"""Servers of a client: their names, the variables of their URLs, those without a host."""

from __future__ import annotations

import pytest
from support.documents import DONE, Json, document, operation, read_surface

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.surface.model import AssignedName, ServerVariable, Surface


def read(
    *servers: Json, names: tuple[AssignedName, ...] = (), **members: Json
) -> tuple[Surface, list[str]]:
    """Return the surface of a document with these servers, and what was said."""
    paths = {"/x": {"get": operation(responses={"204": DONE["200"]})}}
    given = {**document(paths), "servers": list(servers), **members}
    sink = DiagnosticSink()
    surface = read_surface(given, names, sink)
    return surface, [each.message for each in sink.diagnostics]


def server(url: str, **variables: Json | str) -> Json:
    """Return a server; a variable that is a word has this default."""
    made = {
        name: {"default": each} if isinstance(each, str) else each
        for name, each in variables.items()
    }
    return {"url": url, "variables": made}


def variable(
    wire: str, default: str | None, *values: str, keyword: str = ""
) -> ServerVariable:
    """Return a variable as a keyword argument."""
    return ServerVariable(
        wire=wire, keyword=keyword or wire, default=default, values=values
    )


def test_a_variable_is_a_keyword_with_default_and_values() -> None:
    listed = {"default": "eu", "enum": ["eu", "us"]}
    surface, said = read(
        server("https://{tenant}.{region}.example", tenant="demo", region=listed)
    )
    assert surface.server_variables == (
        variable("tenant", "demo"),
        variable("region", "eu", "eu", "us"),
    )
    assert [each.url for each in surface.servers] == ["https://demo.eu.example"]
    assert said == []


def test_a_variable_of_several_servers_has_what_they_share() -> None:
    eu = {"default": "eu", "enum": ["eu"]}
    us = {"default": "us", "enum": ["us", "eu"]}
    surface, _ = read(
        server("https://{r}.a.example", r=eu), server("https://{r}.b.example", r=us)
    )
    assert surface.server_variables == (variable("r", None, "eu", "us"),)
    surface, _ = read(
        server("https://{r}.a.example", r=eu), server("https://{r}.b.example", r="eu")
    )
    assert surface.server_variables == (variable("r", "eu"),)


def test_what_no_url_uses_is_no_keyword() -> None:
    surface, _ = read(server("https://a.example", tenant="demo"))
    assert surface.server_variables == ()
    assert surface.servers[0].template == ""


def test_a_default_outside_of_its_list_leaves_any_string() -> None:
    odd = {"default": "x", "enum": ["a"]}
    surface, _ = read(server("https://{r}.example", r=odd))
    assert surface.server_variables == (variable("r", "x"),)


@pytest.mark.parametrize("name", ["timeout", "server", "base_url", "token"])
def test_a_name_that_is_taken_gets_a_prefix(name: str) -> None:
    schemes = {"tokenAuth": {"type": "http", "scheme": "bearer"}}
    surface, _ = read(
        server(f"https://{{{name}}}.example", **{name: "x"}),
        components={"schemas": {}, "securitySchemes": schemes},
    )
    assert surface.server_variables == (variable(name, "x", keyword=f"server_{name}"),)


def test_a_name_of_an_earlier_run_stays() -> None:
    names = (AssignedName(kind="variable", key="tenant", name="account"),)
    surface, _ = read(server("https://{tenant}.example", tenant="x"), names=names)
    assert surface.server_variables == (variable("tenant", "x", keyword="account"),)
    assert names[0] in surface.names


def test_a_server_without_a_host_keeps_its_path_where_no_other_has_one() -> None:
    surface, said = read(server("/api/{v}/", v="v1"), server("/old"))
    assert (surface.servers, surface.base_path) == ((), "/api/v1")
    assert said == [
        "the document has no absolute server URL; callers must pass `base_url`",
        "server `/api/v1/` has no host: a base_url without a path gets its path",
        "skipped server `/old`: it has no host",
    ]


@pytest.mark.parametrize("url", ["/", "", "./v1", "{host}/v1"])
def test_a_server_without_a_path_adds_none(url: str) -> None:
    assert read({"url": url})[0].base_path == ""


def test_a_server_without_a_host_beside_others_is_skipped_with_a_note() -> None:
    surface, said = read(server("https://a.example"), server("/rel/v2"))
    assert surface.base_path == ""
    assert said == ["skipped server `/rel/v2`: it has no host"]
