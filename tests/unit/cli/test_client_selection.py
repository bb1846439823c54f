"""Where clients go: what `--output` and `output` may say, and what is at that place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support.runs import everything

from flexprice_codegen.cli.main import main

pytestmark = pytest.mark.slow

SPEC = """\
openapi: 3.0.3
info: {title: Zoo, version: '1'}
servers: [{url: https://zoo.example/v1}]
paths:
  /pets:
    get: {operationId: getPet, tags: [Pets], responses: {'204': {description: It.}}}
"""
CONFIG = """
[[client]]
spec = "{above}zoo.yaml"
output = '{output}'
package = "zoo"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with files of its owner, and stand in it."""
    folder = tmp_path / "repository"
    (folder / "app").mkdir(parents=True)
    (folder / "app" / "README.md").write_text("precious\n")
    (folder / ".git").mkdir()
    (folder / "zoo.yaml").write_text(SPEC)
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(folder)
    return folder


def by_option(_: Path, output: str) -> list[str]:
    return ["zoo.yaml", "--package", "zoo", "--output", output]


def by_configuration(project: Path, output: str) -> list[str]:
    text = CONFIG.format(output=output, above="")
    (project / "flexprice-codegen.toml").write_text(text)
    return []


def by_configuration_elsewhere(project: Path, output: str) -> list[str]:
    """The configuration stands in another folder than the one where one works."""
    (project / "conf").mkdir(exist_ok=True)
    text = CONFIG.format(output=f"../{output}", above="../")
    (project / "conf" / "flexprice-codegen.toml").write_text(text)
    return ["--config", "conf/flexprice-codegen.toml"]


WAYS = [by_option, by_configuration, by_configuration_elsewhere]
Way = Callable[[Path, str], list[str]]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "output", ["app", "build/../app", "./app/", "app/.", "x/../y/../app", "app//"]
)
def test_a_folder_of_the_user_is_recognized_however_it_is_written(
    project: Path, capsys: pytest.CaptureFixture[str], way: Way, output: str
) -> None:
    arguments = way(project, output)
    before = everything(project.parent)
    assert main(["generate", *arguments]) == 2
    assert (
        "app is not empty and contains no generated client" in capsys.readouterr().err
    )
    assert everything(project.parent) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("output", ["build/../zoo", "./zoo/", "x/./../zoo"])
def test_a_client_is_at_one_place_however_it_is_written(
    project: Path, capsys: pytest.CaptureFixture[str], way: Way, output: str
) -> None:
    assert main(["generate", *way(project, output)]) == 0
    assert (project / "zoo" / "_client.py").is_file()
    assert not (project / "build").exists()
    assert not (project / "x").exists()
    capsys.readouterr()
    assert main(["generate", *way(project, "zoo")]) == 0
    assert re.match(r"(conf/\.\./)?zoo: \d+ unchanged\n", capsys.readouterr().out)
    assert main(["check", *way(project, output)]) == 0


@pytest.mark.parametrize("way", [by_option, by_configuration])
@pytest.mark.parametrize(
    "output",
    [
        "~/zoo",
        ".git/zoo",
        "app/../.git/hooks",
        ".GIT/zoo",
        "zoo\\x",
        "zoo.",
    ],
)
def test_what_cannot_be_meant_is_rejected(
    project: Path, capsys: pytest.CaptureFixture[str], way: Way, output: str
) -> None:
    arguments = way(project, output)
    before = everything(project.parent)
    for command in ("generate", "check"):
        assert main([command, *arguments]) == 2
        said = capsys.readouterr().err
        assert re.search("(`output`|--output): expected ", said)
        assert f", got {output!r}" in said
    assert everything(project.parent) == before


@pytest.mark.parametrize("output", [".", "app/..", "..", "../../..", "../repository"])
def test_the_folder_of_the_configuration_is_no_output(
    project: Path, capsys: pytest.CaptureFixture[str], output: str
) -> None:
    by_configuration(project, output)
    before = everything(project.parent)
    assert main(["generate"]) == 2
    assert "expected a directory that does not hold" in capsys.readouterr().err
    assert everything(project.parent) == before


def test_an_empty_folder_that_one_stands_in_may_be_the_client(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "zoo").mkdir()
    monkeypatch.chdir(project / "zoo")
    assert main(["generate", "../zoo.yaml", "--output", "."]) == 0
    assert "from zoo import Zoo" in (project / "zoo" / "README.md").read_text()


def test_a_file_is_no_output(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "zoo").write_text("precious\n")
    assert main(["generate", *by_option(project, "zoo/")]) == 2
    assert "expected a directory, got the file zoo" in capsys.readouterr().err
    assert (project / "zoo").read_text() == "precious\n"


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("link", "target", "output"),
    [
        ("zoo", "../home", "zoo"),
        ("zoo", "../home/new", "zoo"),
        ("src", "../home", "src/zoo"),
        ("src", "../home", "build/../src/zoo"),
        ("zoo", ".git/zoo", "zoo"),
    ],
)
def test_a_link_that_leads_elsewhere_is_rejected(
    project: Path,
    capsys: pytest.CaptureFixture[str],
    way: Way,
    link: str,
    target: str,
    output: str,
) -> None:
    (project / link).symlink_to(target)
    arguments = way(project, output)
    before = everything(project.parent)
    assert main(["generate", *arguments]) == 2
    assert "a link on the way to" in capsys.readouterr().err
    assert everything(project.parent) == before


@pytest.mark.parametrize("way", WAYS)
def test_a_link_inside_of_the_repository_is_followed(project: Path, way: Way) -> None:
    (project / "vendor").mkdir()
    (project / "src").symlink_to("vendor")
    assert main(["generate", *way(project, "src/zoo")]) == 0
    assert (project / "vendor" / "zoo" / "_client.py").is_file()
    assert main(["check", *way(project, "src/zoo")]) == 0


def test_a_link_that_leads_to_itself_is_rejected(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "circle").symlink_to("circle")
    before = everything(project.parent)
    for output in ("circle", "circle/zoo"):
        assert main(["generate", *by_option(project, output)]) == 2
        assert "leads in a circle" in capsys.readouterr().err
    assert everything(project.parent) == before


def test_an_absolute_path_may_go_through_links_of_the_system(
    project: Path, tmp_path: Path
) -> None:
    """As `/tmp` does on macOS."""
    (tmp_path / "link").symlink_to(tmp_path / "home")
    output = tmp_path / "link" / "zoo"
    assert main(["generate", *by_option(project, str(output))]) == 0
    assert (tmp_path / "home" / "zoo" / "_client.py").is_file()


def test_two_clients_cannot_share_a_folder_by_another_way_to_write_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = CONFIG.format(above="", output="zoo") + 'name = "a"\n'
    text += CONFIG.format(above="", output="x/../zoo") + 'name = "b"\n'
    (project / "flexprice-codegen.toml").write_text(text)
    assert main(["generate"]) == 2
    assert "two clients share the directory zoo" in capsys.readouterr().err


@pytest.mark.parametrize("path", [".git/x.yaml", "~/x.yaml", "link/x.yaml", "."])
def test_a_document_is_not_fetched_to_elsewhere(
    project: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    (project / "link").symlink_to("../home")
    by_configuration(project, "zoo")
    config = project / "flexprice-codegen.toml"
    more = f'[[spec]]\npath = "{path}"\nfrom = "git:HEAD:zoo.yaml"\n'
    config.write_text(config.read_text() + more)
    before = everything(project.parent)
    assert main(["pull"]) == 2
    assert "error:" in capsys.readouterr().err
    assert everything(project.parent) == before
