"""Operations: identity, tags, routes and servers of their own."""

from __future__ import annotations

from support.documents import document, operation, parameter, read_api

from flexprice_codegen.api.model import ApiOperation
from flexprice_codegen.diagnostics import DiagnosticSink


def read(path: str, **members: object) -> ApiOperation:
    (found,) = read_api(document({path: {"get": operation(**members)}})).operations  # type: ignore[arg-type]
    return found


def test_an_operation_is_known_by_method_and_path() -> None:
    found = read("/a/{id}", name="getA", parameters=[parameter("id", "path")])
    assert (found.key, found.route, found.id) == ("GET /a/{id}", "/a/{id}", "getA")


def test_a_single_tag_may_lack_its_list() -> None:
    assert read("/a", tags=["a", "b"]).tags == ("a", "b")
    assert read("/a", tags="alone").tags == ("alone",)


def test_a_hint_may_give_another_route() -> None:
    found = read("/a", hint={"route": "/v2/a"})
    assert (found.path, found.route) == ("/a", "/v2/a")


def test_a_query_in_the_route_gives_way_to_a_declared_parameter() -> None:
    found = read("/a?x=1&y=2", parameters=[parameter("x")])
    assert found.route == "/a?y=2"


def test_its_own_servers_win() -> None:
    own = [{"url": "https://own.example"}]
    assert [each.url for each in read("/a", servers=own).servers] == [
        "https://own.example"
    ]
    assert read("/a").servers == ()


def test_a_wrong_route_costs_its_operation_only() -> None:
    sink = DiagnosticSink()
    paths = {"/a": {"get": operation(hint={"route": "a"}), "put": operation("put")}}
    found = read_api(document(paths), sink).operations
    assert [each.method for each in found] == ["PUT"]
    assert [each.code for each in sink.diagnostics] == ["route"]
