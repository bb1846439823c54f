"""What a client is called, through the command: a title that changes renames nothing.

A client's class is in the imports of its users, and its environment variables are in their
deployments: a client that looks for `FLEX_PRICE_BASE_URL` instead of `FLEXPRICE_BASE_URL`
calls production.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.values import Value

from flexprice_codegen.cli.main import main
from flexprice_codegen.vendor.directory import LOCK_NAME

pytestmark = pytest.mark.slow

DATA = Path(__file__).parent / "data" / "lock-without-client"
SPEC = (DATA / "openapi.yaml").read_text(encoding="utf-8")
CALL = """
import httpx2
import {package} as package

def answer(request):
    print(client, request.url, request.headers["x-api-key"])
    return httpx2.Response(200, json={{"name": "Kit"}})

transport = httpx2.MockTransport(answer)
client = package.{name}(http_client=httpx2.Client(transport=transport))
assert client.pets.get_pet(id="7").name == "Kit"
assert package.Async{name}
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with a document and a configuration, and stand in it."""
    monkeypatch.chdir(tmp_path)
    entitle("Petshop API")
    configure(spec="api.yaml", output="shop")
    return tmp_path


def entitle(title: str) -> None:
    """Write a title into the document."""
    text = SPEC.replace("title: Petshop API", f"title: {title}")
    Path("api.yaml").write_text(text, encoding="utf-8")


def configure(*clients: dict[str, str], **client: str) -> None:
    """Write a configuration of some clients."""
    tables = [
        "\n".join(["[[client]]", *(f'{key} = "{each}"' for key, each in table.items())])
        for table in (*clients, *([client] if client else []))
    ]
    Path("flexprice-codegen.toml").write_text("\n".join(tables), encoding="utf-8")


def called(folder: str = "shop") -> tuple[str, str]:
    """Return what the lock says: the class, and the start of environment variables."""
    lock = json.loads(
        next(Path(folder).glob("*.lock.json")).read_text(encoding="utf-8")
    )
    rows = {key: name for kind, key, name, *_ in lock["names"] if kind == "client"}
    return rows["class"], rows["env_prefix"]


def call(package: str, name: str, prefix: str) -> str:
    """Make a call with what environment variables say; give what was sent where."""
    variables = {f"{prefix}_BASE_URL": "http://test.local/v9", f"{prefix}_API_KEY": "k"}
    done = subprocess.run(
        [sys.executable, "-c", CALL.format(package=package, name=name)],
        env={**os.environ, "PYTHONPATH": ".", **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def sent_by(name: str) -> str:
    """Return what `call` gives if the class and all its variables are found."""
    return f"{name}(base_url='http://test.local/v9') http://test.local/v9/pets/7 k"


def test_a_title_that_changes_renames_nothing() -> None:
    assert main(["generate"]) == 0
    entitle("PetShop API")
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert called() == ("Petshop", "PETSHOP")
    assert call("shop", "Petshop", "PETSHOP") == sent_by("Petshop")


def test_the_configuration_names_a_client_and_the_lock_keeps_the_name() -> None:
    names = {"class": "Animals", "env_prefix": "ZOO_2"}
    configure(spec="api.yaml", output="shop", **names)
    assert main(["generate"]) == 0
    assert call("shop", "Animals", "ZOO_2") == sent_by("Animals")
    configure(spec="api.yaml", output="shop")
    assert main(["generate"]) == 0
    assert called() == ("Animals", "ZOO_2")


def test_a_class_that_is_chosen_later_leaves_the_variables_alone() -> None:
    assert main(["generate"]) == 0
    configure({"spec": "api.yaml", "output": "shop", "class": "Animals"})
    assert main(["check"]) == 1
    assert main(["generate"]) == 0
    assert main(["check"]) == 0
    assert called() == ("Animals", "PETSHOP")


def test_the_command_line_names_a_client() -> None:
    line = ["generate", "api.yaml", "--output", "shop"]
    assert main([*line, "--class", "Animals", "--env-prefix", "ZOO"]) == 0
    assert call("shop", "Animals", "ZOO") == sent_by("Animals")
    assert main(line) == 0
    assert called() == ("Animals", "ZOO")


def test_clients_of_one_document_and_one_runtime_have_names_of_their_own() -> None:
    common = {"spec": "api.yaml", "runtime": "../_runtime"}
    one = {"output": "app/one", "package": "app.one", "class": "One"}
    two = {"output": "app/two", "package": "app.two", "env_prefix": "SECOND"}
    configure({**common, **one}, {**common, **two})
    assert main(["generate"]) == 0
    assert call("app.one", "One", "ONE") == sent_by("One")
    assert call("app.two", "Petshop", "SECOND") == sent_by("Petshop")


@pytest.mark.parametrize(
    ("names", "code", "message"),
    [
        ({"class": "import"}, "client-class", "expected a class name, got 'import'"),
        ({"class": "pets"}, "client-class", "expected a class name, got 'pets'"),
        (
            {"class": "Pet-Shop"},
            "client-class",
            "expected a class name, got 'Pet-Shop'",
        ),
        (
            {"class": "Retry"},
            "client-class",
            "generated code already uses the name 'Retry'",
        ),
        (
            {"class": "PetError"},
            "client-class",
            "generated code already uses the name 'PetError'",
        ),
        ({"env_prefix": "zoo"}, "env-prefix", "invalid prefix 'zoo'"),
        ({"env_prefix": "1ZOO"}, "env-prefix", "invalid prefix '1ZOO'"),
        ({"env_prefix": "ZOO-1"}, "env-prefix", "invalid prefix 'ZOO-1'"),
    ],
)
def test_a_name_that_no_client_can_have_is_refused(
    names: dict[str, str], code: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure({"spec": "api.yaml", "output": "shop", **names})
    options = {"class": "--class", "env_prefix": "--env-prefix"}
    line = [part for key, name in names.items() for part in (options[key], name)]
    for arguments in ([], ["api.yaml", "--output", "shop", *line]):
        assert main(["generate", *arguments]) == 2
        said = capsys.readouterr().err
        assert "client 'shop'" in said
        assert message in said
        assert f"[{code}]" in said
    assert not Path("shop").exists()


def test_a_lock_that_does_not_name_its_client_is_taken_up_with_another_title() -> None:
    """The lock and the module are those of version 0.1.0."""
    Path("shop").mkdir()
    Path("shop", LOCK_NAME).write_bytes((DATA / LOCK_NAME).read_bytes())
    Path("shop", "_client.py").write_bytes((DATA / "_client.py.txt").read_bytes())
    entitle("PetShop API")
    assert main(["generate"]) == 0
    assert called() == ("Petshop", "PETSHOP")
    assert call("shop", "Petshop", "PETSHOP") == sent_by("Petshop")


def test_of_an_old_client_that_was_edited_nothing_is_renamed_in_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("shop").mkdir()
    module = (DATA / "_client.py.txt").read_text(encoding="utf-8")
    Path("shop", LOCK_NAME).write_bytes((DATA / LOCK_NAME).read_bytes())
    Path("shop", "_client.py").write_text(f"{module}# mine\n", encoding="utf-8")
    entitle("PetShop API")
    assert main(["generate"]) == 2
    assert "_client.py" in capsys.readouterr().err
    assert {each.name for each in Path("shop").iterdir()} == {"_client.py", LOCK_NAME}


def findings(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[Value]:
    """Compare and give the findings."""
    capsys.readouterr()
    main(["diff", *arguments, "--format", "json"])
    found: list[Value] = json.loads(capsys.readouterr().out)["findings"]
    return found


@pytest.mark.parametrize("names", [{}, {"class": "Animals", "env_prefix": "ZOO"}])
def test_diff_tells_no_rename_that_generate_does_not_make(
    names: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    configure({"spec": "api.yaml", "output": "shop", "name": "shop", **names})
    assert main(["generate"]) == 0
    Path("old.yaml").write_bytes(Path("api.yaml").read_bytes())
    entitle("PetShop API")
    line = ("--client", "shop", "old.yaml", "api.yaml")
    assert findings(*line, capsys=capsys) == []


def test_diff_tells_the_rename_of_clients_that_nobody_has_made_yet(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("old.yaml").write_bytes(Path("api.yaml").read_bytes())
    entitle("PetShop API")
    found = findings("old.yaml", "api.yaml", capsys=capsys)
    assert {each["rule"] for each in found} == {
        "client-class-renamed",
        "environment-variable-renamed",
    }
