"""Servers: where a client calls, and who decides it."""

from __future__ import annotations

import inspect
import subprocess
import sys
import textwrap

import pytest
from support.generated import Generated, Generator
from support.loopback import Loopback

from flexprice_codegen.diagnostics import Level

BOTH = pytest.mark.parametrize("mode", ["sync", "async"])
PATHS = """
paths:
  /a: {get: {tags: [a], operationId: read, responses: {"204": {description: ok}}}}
"""
SPEC = """
openapi: 3.0.3
info: {title: Servers, version: "1"}
servers:
  - {url: 'https://us.example.com/v1', description: US Region}
  - {url: 'https://eu.example.com/v1/', description: EU}
  - {url: 'https://{tenant}.example.com:{port}/{base}', variables: {tenant: {default: demo}, port: {default: "8443", enum: ["8443"]}, base: {default: v2}}}
  - {url: 'https://long.example.com', description: A description that is far too long to be a name}
  - {url: /relative}
paths:
  /a: {get: {tags: [a], operationId: read, responses: {"204": {description: ok}}}}
  /own:
    servers: [{url: 'https://files.example.com/{v}', variables: {v: {default: v9}}}]
    get: {tags: [a], operationId: own, responses: {"204": {description: ok}}}
  /relative:
    get: {tags: [a], operationId: relative, servers: [{url: /v3/}], responses: {"204": {description: ok}}}
"""
RELATIVE = f"""
openapi: 3.0.3
info: {{title: Relative, version: "1"}}
servers: [{{url: /api/v1}}]
{PATHS}
"""
NONE = f"""
openapi: 3.0.3
info: {{title: None At All, version: "1"}}
{PATHS}
"""


@pytest.fixture(scope="module")
def api(generated: Generator) -> Generated:
    """Return the client of the first document above."""
    return generated(SPEC)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the clients' variables out of the environment."""
    for name in ("SERVERS", "RELATIVE", "NONE_AT_ALL"):
        monkeypatch.delenv(f"{name}_BASE_URL", raising=False)


def where(api: Generated, **settings: str) -> str:
    """Return where a client would call."""
    with api.client(**settings) as client:
        return repr(client)


def test_the_first_server_is_the_default(api: Generated) -> None:
    assert where(api) == "Servers(base_url='https://us.example.com/v1')"


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("us_region", "https://us.example.com/v1"),
        ("eu", "https://eu.example.com/v1"),
        ("server_3", "https://demo.example.com:8443/v2"),
        ("server_4", "https://long.example.com"),
    ],
)
def test_servers_are_named_after_their_descriptions_variables_filled_in(
    name: str, url: str, api: Generated
) -> None:
    assert where(api, server=name) == f"Servers(base_url='{url}')"
    server = inspect.signature(api.package.Servers).parameters["server"]
    assert f"'{name}'" in server.annotation


def test_an_unknown_server_is_refused_with_those_that_there_are(
    api: Generated,
) -> None:
    with pytest.raises(ValueError, match="server: 'mars' is not one of us_region, eu"):
        where(api, server="mars")


@BOTH
def test_base_url_comes_before_the_environment_and_that_before_servers(
    mode: str, api: Generated, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERVERS_BASE_URL", f"{server.url}/env/")
    api.call(mode, lambda client: client.a.read(), server="eu")
    assert server.last.target == "/env/a"
    api.call(mode, lambda client: client.a.read(), base_url=f"{server.url}/own")
    assert server.last.target == "/own/a"


@pytest.mark.parametrize("url", ["example.com", "ftp://example.com", "//x", "/v1"])
def test_a_base_url_without_http_is_refused(url: str, api: Generated) -> None:
    with pytest.raises(
        ValueError, match=r"^invalid base_url .*: .*http:// or https://"
    ):
        where(api, base_url=url)


def test_servers_without_a_host_need_a_base_url_and_it_is_said(
    generated: Generator, server: Loopback
) -> None:
    for spec in (RELATIVE, NONE):
        made = generated(spec)
        prefix = made.surface.variable_prefix
        with pytest.raises(ValueError, match=f"base_url: .*{prefix}_BASE_URL"):
            made.client()
        made.call("sync", lambda client: client.a.read(), base_url=f"{server.url}/b/")
        assert server.last.target == "/b/a"
        assert any("no absolute server URL" in each for each in made.said(Level.NOTE))


@BOTH
def test_the_path_of_a_server_without_a_host_goes_with_a_base_url_that_has_none(
    mode: str,
    generated: Generator,
    server: Loopback,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = generated(RELATIVE)
    for url in (server.url, f"{server.url}/"):
        made.call(mode, lambda client: client.a.read(), base_url=url)
        assert server.last.target == "/api/v1/a"
    monkeypatch.setenv("RELATIVE_BASE_URL", server.url)
    made.call(mode, lambda client: client.a.read())
    assert server.last.target == "/api/v1/a"


def test_variables_of_a_server_are_arguments(api: Generated) -> None:
    found = where(api, server="server_3", tenant="acme", base="v3")
    assert found == "Servers(base_url='https://acme.example.com:8443/v3')"
    assert where(api, tenant="acme") == "Servers(base_url='https://us.example.com/v1')"
    with pytest.raises(ValueError, match="port: '80' is not one of 8443"):
        where(api, server="server_3", port="80")
    parameters = inspect.signature(api.package.Servers).parameters
    assert parameters["port"].annotation == "Literal['8443']"
    assert (parameters["tenant"].annotation, parameters["tenant"].default) == (
        "str",
        "demo",
    )


def test_an_operation_may_have_a_server_of_its_own(api: Generated) -> None:
    text = api.text("resources/a.py")
    assert 'server="https://files.example.com/v9"' in text


@BOTH
def test_a_server_of_an_operation_without_a_host_is_on_the_clients_host(
    mode: str, api: Generated, server: Loopback
) -> None:
    url = f"{server.url}/v1"
    api.call(mode, lambda client: client.a.relative(), base_url=url)
    assert server.last.target == "/v3/relative"


@pytest.mark.slow
def test_a_named_server_is_checked_by_the_type_checker(
    api: Generated, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("typed")
    (folder / "use.py").write_text(textwrap.dedent(f"""
            from {api.name} import Servers

            Servers(server="eu")
            Servers(server="mars")
            """))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "use.py"],
        cwd=folder,
        env={"MYPYPATH": str(api.folder.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 'use.py:5: error: Argument "server"' in done.stdout
    assert "Found 1 error" in done.stdout
