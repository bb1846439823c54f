"""Every client that is made here, seen by the tools that its users run on it.

The golden cases, the description of ours, the full one, those of thirty others, and
documents of a grammar of nasty strings:
each tool looks at all of them in one run. Then each client is imported, every class of
it is looked up, and its operations are counted against those of the document.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from support.corpus import (
    Case,
    Corpus,
    Made,
    full_case,
    nasty_cases,
    own_cases,
    shared_corpus,
    world_cases,
    write_nasty_documents,
)
from support.values import Value

from benchmarks import setting
from flexprice_codegen.cli.main import main
from flexprice_codegen.emit.runtime_files import (
    collect_runtime_files,
    list_runtime_modules,
)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
TOOLS = Path(sys.executable).parent
METHODS = {
    "get",
    "put",
    "post",
    "delete",
    "options",
    "head",
    "patch",
    "trace",
    "query",
}
FULL = "flexprice_full"
NESTED = "a/b/client"
"""Where one client stands once more, deep in packages of somebody else."""


@cache
def cases() -> list[Case]:
    """Return all cases that can be made here."""
    return [
        *own_cases(),
        *nasty_cases(),
        *(world_cases(SHARED) if SHARED.is_dir() else [full_case()]),
    ]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    with shared_corpus(tmp_path_factory) as opened:
        yield opened


@pytest.fixture(scope="module")
def all_clients(corpus: Corpus) -> dict[str, Made]:
    """Make all clients, and give them by name."""
    write_nasty_documents()
    return {each.name: each for each in corpus.all_made(cases())}


@pytest.fixture(scope="module")
def folder(
    corpus: Corpus,
    all_clients: dict[str, Made],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a folder with a view of all clients, one of them nested in packages.

    The runtime is the same text in all of them; it stays in the nested client and in
    the full one, so that the tools read it twice and not fifty times. The full one has
    all modules of it, also those that it does not use.
    """
    view = tmp_path_factory.mktemp("view")
    for name, made in all_clients.items():
        shutil.copytree(made.folder, view / name, ignore=_caches)
    nested = view / NESTED
    shutil.copytree(all_clients["flexprice"].folder, nested, ignore=_caches)
    for package in (nested.parent, nested.parent.parent):
        (package / "__init__.py").touch()
    for file in collect_runtime_files(list_runtime_modules()):
        (view / FULL / file.path).write_text(file.text, encoding="utf-8")
    assert corpus.clients.is_dir()
    return view


def _caches(_: str, names: list[str]) -> set[str]:
    return {"__pycache__"} & set(names)


def copies_of_the_runtime(folder: Path) -> list[str]:
    """Return the runtime folders that a tool need not read once more."""
    read = {(folder / NESTED / "runtime"), folder / FULL / "runtime"}
    return [
        each.relative_to(folder).as_posix()
        for each in sorted(folder.rglob("runtime"))
        if each not in read
    ]


def run(folder: Path, tool: str, *arguments: str) -> str:
    """Run a tool in a folder; give what it says."""
    done = subprocess.run(
        [str(TOOLS / tool), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.stdout}{done.stderr}"


def test_the_real_descriptions_are_among_those_that_are_looked_at(shared: Path) -> None:
    assert len(list((shared / "specs" / "world").glob("*.json"))) == 30
    assert FULL in {each.name for each in cases()}


def test_mypy_strict_is_clean_on_every_client(folder: Path, tmp_path: Path) -> None:
    said = run(
        folder,
        "mypy",
        "--strict",
        "--no-error-summary",
        "--python-version=3.11",
        f"--cache-dir={tmp_path}",
        f"--python-executable={sys.executable}",
        "--config-file=",
        ".",
    )

    assert said == ""


def test_pyright_strict_is_clean_on_every_client(folder: Path) -> None:
    settings = {
        "include": ["."],
        "exclude": copies_of_the_runtime(folder),
        # What is clean by it is clean by the standard rules, which are a part of it.
        "typeCheckingMode": "strict",
        # Modules of one package use each other's private names; users see none of them.
        "reportPrivateUsage": False,
        "pythonVersion": "3.11",
    }
    project = folder / "pyrightconfig.json"
    project.write_text(json.dumps(settings), encoding="utf-8")
    modules = len(list(folder.rglob("*.py")))

    said = run(folder, "pyright", "--pythonpath", sys.executable, "--outputjson")

    found = json.loads(said)
    errors = {
        f"{Path(each['file']).relative_to(folder).as_posix()}: {message}"
        for each in found["generalDiagnostics"]
        for message in each["message"].splitlines()[:1]
    }
    assert errors == set()
    assert found["summary"]["filesAnalyzed"] > modules / 2


def test_ruff_is_clean_on_every_client(folder: Path) -> None:
    said = run(folder, "ruff", "check", "--isolated", "--no-cache", ".")

    assert said == "All checks passed!\n"


def test_black_would_change_nothing_of_any_client(folder: Path) -> None:
    copies = "|".join(copies_of_the_runtime(folder))

    said = run(folder, "black", "--check", f"--force-exclude=/({copies})/", ".")

    assert [line for line in said.split("\n") if "would reformat" in line] == []
    assert "files would be left unchanged." in said


IMPORT_MODELS = """
import importlib, json, sys, typing
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for each in getattr(package, "__all__", ()):
        getattr(package, each)
    models = importlib.import_module(f"{name}.models")
    names = getattr(models, "__all__", ())
    kinds = [each for each in names if isinstance(getattr(models, each), type)]
    # What responses need of the runtime is there as well.
    kinds = [e for e in kinds if not getattr(models, e).__module__.endswith("spelled")]
    for each in kinds:
        typing.get_type_hints(getattr(models, each))
    print(json.dumps([name, sorted(kinds)]))
"""
IMPORT_MODULES = """
import importlib, sys
for name in sys.stdin.read().split():
    importlib.import_module(name)
"""
READ_SAMPLES = """
import importlib, pathlib, sys
import httpx2
for name in sys.argv[1:]:
    fake = importlib.import_module(f"{name}.testing").FakeTransport()
    answers = importlib.import_module(f"{name}.runtime.answers")
    operation = importlib.import_module(f"{name}.runtime.operation").Operation
    reader = answers.AnswerReader(".models", name, "Any", strict=True)
    for path in pathlib.Path(name, "resources").glob("[!_]*.py"):
        module = importlib.import_module(f"{name}.resources.{path.stem}")
        for each in list(vars(module).values()):
            if isinstance(each, operation):
                found = {"called": each}
                request = httpx2.Request(each.method, "https://a.b", extensions=found)
                response = fake.handle_request(request)
                if "event-stream" not in each.accept:
                    reader.read(each, response)
                print(each.call)
"""


def python(folder: Path, code: str, *arguments: str, given: str = "") -> str:
    """Run code beside the clients; a warning or an error is what the test shows."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def test_every_client_imports_and_every_class_of_it_can_be_used(
    folder: Path, all_clients: dict[str, Made]
) -> None:
    names = [*all_clients, NESTED.replace("/", ".")]

    told = dict(
        json.loads(line) for line in python(folder, IMPORT_MODELS, *names).splitlines()
    )

    assert told == {name: sorted(classes_of(folder, name)) for name in names}


def test_every_operation_has_a_sample_that_fits(
    folder: Path, all_clients: dict[str, Made]
) -> None:
    names = [each for each in all_clients if (folder / each / "testing.py").exists()]

    told = python(folder, READ_SAMPLES, *names).splitlines()

    made = [all_clients[each] for each in names]
    assert len(told) == sum(each.methods + each.forms for each in made)


def classes_of(folder: Path, name: str) -> Iterator[str]:
    """Yield the names of classes and choices that stand in the modules of models."""
    for path in folder.joinpath(*name.split(".")).glob("models/_[!_]*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield node.name
            elif isinstance(node, ast.Assign):  # a `TypedDict` with other names
                yield ast.unparse(node.targets[0])
            elif isinstance(node, ast.If):
                alias, *_ = node.body
                assert isinstance(alias, ast.AnnAssign)
                yield ast.unparse(alias.target)


def test_every_module_of_every_client_imports(folder: Path) -> None:
    modules = [
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in sorted(folder.rglob("*.py"))
        if path.name != "__init__.py" and "models" not in path.parts
    ]

    assert len(modules) > 500
    python(folder, IMPORT_MODULES, given="\n".join(modules))


def test_a_client_imports_nothing_but_httpx2_and_msgspec(folder: Path) -> None:
    allowed = {"httpx2", "msgspec", *sys.stdlib_module_names}
    imported = {
        name.partition(".")[0]
        for path in folder.rglob("*.py")
        for name in imports_of(path)
    }

    assert {"httpx2", "msgspec"} <= imported
    assert imported - allowed == set()


def imports_of(path: Path) -> Iterator[str]:
    """Yield the absolute modules that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def operations_in(document: Path) -> int:
    """Count the operations of a document, by its text alone."""
    text = document.read_text(encoding="utf-8")
    is_json = document.suffix == ".json"
    loaded = json.loads(text) if is_json else yaml.load(text, yaml.CSafeLoader)
    items = [*loaded.get("paths", {}).items(), *loaded.get("webhooks", {}).items()]
    return sum(
        len(METHODS & item.keys()) + len(item.get("additionalOperations", ()))
        for item in (_target(loaded, each) for path, each in items if path[:2] != "x-")
    )


def _target(loaded: Value, item: Value) -> Value:
    while "$ref" in item:
        found = loaded
        for part in item["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        item = found
    return item


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_no_operation_is_lost_in_silence(
    case: Case, all_clients: dict[str, Made]
) -> None:
    made = all_clients[case.name]
    left_out = {
        message.removeprefix("skipped ").partition(": ")[0]
        for level, _, _, message, _ in made.said
        if level == "warning" and message.startswith("skipped ")
    }
    lost = {
        each
        for each in left_out
        if each.partition(" ")[0].lower() in METHODS or each.startswith("webhook ")
    }

    # A webhook of several events says so; it is one operation of the document.
    split = sum(
        message.partition(" delivers the events ")[2].count(", ")
        for _, code, _, message, _ in made.said
        if code == "event-split"
    )
    events = made.events - split

    assert made.methods + events + len(lost) == operations_in(case.document)


def test_the_full_description_becomes_a_small_client(
    all_clients: dict[str, Made],
) -> None:
    made = all_clients[FULL]
    lines = {path: text.count("\n") for path, text in made.texts().items()}
    calls = _sum(lines, ("_client.py", "resources/"))

    assert made.methods + made.events == 258
    assert calls <= 25 * made.methods * 2
    python = {path: count for path, count in lines.items() if path.endswith(".py")}
    assert sum(python.values()) <= 25_700


def test_a_client_of_one_call_and_one_event_is_small(
    tmp_path: Path,
) -> None:
    # The small document of this repository is that part of the full one.
    document = setting.find_full_document() or setting.SEED
    selection = ("--operation", "createCustomer", "--event", "customer.created")
    documents = (
        document.as_posix(),
        "--overlay",
        setting.OVERLAY.as_posix(),
    )
    assert (
        main(["generate", *documents, *selection, "--output", str(tmp_path / "c")]) == 0
    )

    files = [path for path in (tmp_path / "c").rglob("*") if path.is_file()]
    lines = [
        path.read_text("utf-8").count("\n") for path in files if path.suffix == ".py"
    ]
    # It was 4,100 lines when both clients shared one coroutine, which was driven by hand.
    # Both loops are written out now, in two more files; 71 lines are for options of one
    # call, requests that the document lacks, and copies with other credentials, 18 for
    # reading classes with renamed members at full speed.
    assert sum(lines) <= 4_818
    assert len(files) <= 45


def _sum(lines: dict[str, int], starts: tuple[str, ...]) -> int:
    return sum(count for path, count in lines.items() if path.startswith(starts))
