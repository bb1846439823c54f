"""Servers of a document: their URLs, variables, and what is skipped."""

from __future__ import annotations

from support.documents import document, read_api

from flexprice_codegen.diagnostics import DiagnosticSink


def test_a_server_has_variables_with_defaults_and_allowed_values() -> None:
    variables = {
        "region": {"default": "us", "enum": ["us", "eu"]},
        "v": {"default": "1"},
    }
    url = "https://{region}.shop.example/{v}"
    (server,) = read_api(
        document(servers=[{"url": url, "variables": variables}])
    ).servers
    assert server.url == url
    assert server.variables == (("region", "us"), ("v", "1"))
    assert server.values == (("region", ("us", "eu")), ("v", ()))


def test_of_two_servers_with_one_url_the_first_counts() -> None:
    servers = [{"url": "https://a", "description": each} for each in ("one", "two")]
    (server,) = read_api(document(servers=servers)).servers
    assert server.about.description == "one"


def test_a_server_that_cannot_be_read_costs_only_itself() -> None:
    sink = DiagnosticSink()
    servers = [{"description": "no URL"}, {"url": " https://a/v1?x=1#top "}]
    (server,) = read_api(document(servers=servers), sink).servers
    assert server.url == "https://a/v1"
    assert [each.code for each in sink.diagnostics] == [
        "missing-member",
        "server-query",
    ]
