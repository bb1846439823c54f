"""The clients that several tests look at, each made once a session.

In: a `Case`: a document, its corrections, its options. Out: `Made`: the folder of its
client, and what the generator said. The processes of a parallel run share one folder:
who claims a case makes it, and the others wait for it.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from benchmarks import setting, spec_maker
from flexprice_codegen.config import DEFAULT_OPTIONS, Client, Inputs, PythonOptions
from flexprice_codegen.diagnostics import Diagnostic, FileLocation
from support.generated import write_client
from support.nasty import documents

ROOT = Path(__file__).parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
_NASTY = 40
"""The documents of the nasty grammar that the tools look at."""
_PATIENCE = 600
"""Seconds to wait for another process to make a client."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A document to make a client of; `spec` and `overlay` are relative to `base`."""

    name: str
    base: Path
    spec: str
    overlay: tuple[str, ...] = ()
    package: str = ""
    docstrings: bool = True
    request_options: bool = False
    inputs: Inputs = "dataclass"
    testing: bool = False
    recording: bool = False
    agents: bool = False
    options: PythonOptions = DEFAULT_OPTIONS

    @property
    def document(self) -> Path:
        """Where the document stands."""
        return self.base / self.spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A client on the disk: how many methods and events it has, and what was said.

    `forms` counts the methods that answer by a stream as well.
    `said` holds level, code, `line:column`, message and hint of each diagnostic.
    """

    name: str
    folder: Path
    methods: int
    forms: int
    events: int
    said: tuple[tuple[str, str, str, str, str], ...]

    def texts(self) -> dict[str, str]:
        """Read all files of the package, by path."""
        return {
            each.relative_to(self.folder).as_posix(): each.read_text(encoding="utf-8")
            for each in sorted(self.folder.rglob("*"))
            if each.is_file() and "__pycache__" not in each.parts
        }


def golden_cases() -> list[Case]:
    """Return the cases of `tests/golden/`."""
    return [_golden(each) for each in sorted(GOLDEN.iterdir()) if each.is_dir()]


def _golden(folder: Path) -> Case:
    path = folder / "options.toml"
    options = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    (spec,) = folder.glob("spec.*")
    return Case(
        name=f"golden_{_identifier(folder.name)}",
        base=folder,
        spec=spec.name,
        overlay=(options["overlay"],) if "overlay" in options else (),
        package=options.get("package", ""),
        docstrings=options.get("docstrings", True),
        request_options=options.get("request-options", False),
        inputs=options.get("inputs", "dataclass"),
        testing=options.get("testing", False),
        recording=options.get("recording", False),
        agents=options.get("agents", False),
        options=PythonOptions(formats=tuple(options.get("formats", ()))),
    )


@cache
def _nasty_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="nasty-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def nasty_cases() -> list[Case]:
    """Name cases of the nasty grammar; `write_nasty_documents` makes them."""
    return [
        Case(name=f"nasty_{number}", base=_nasty_folder(), spec=f"{number}.json")
        for number in range(1, _NASTY + 1)
    ]


def write_nasty_documents() -> None:
    """Write the documents of `nasty_cases`, the same on every machine."""
    for case, document in zip(nasty_cases(), documents(_NASTY), strict=True):
        case.document.write_text(json.dumps(document), encoding="utf-8")


def own_cases() -> list[Case]:
    """Return the cases of every clone: the golden ones, and the description of ours."""
    seed = Case(
        name="flexprice",
        base=ROOT / "specs",
        spec="flexprice.yaml",
        overlay=("flexprice.overlay.yaml",),
    )
    return [*golden_cases(), seed]


def world_cases(shared: Path) -> list[Case]:
    """Return the cases beside the project: the full description, and others."""
    world = sorted((shared / "specs" / "world").iterdir())
    return [full_case(), *(_foreign(each) for each in world if each.suffix == ".json")]


def full_case() -> Case:
    """Return the full document of Flexprice, or in a plain clone one of its size."""
    found = setting.find_full_document()
    base = _made_folder() if found is None else found.parent
    return Case(
        name="flexprice_full",
        base=base,
        spec="flexprice-full.json",
        overlay=(setting.OVERLAY.as_posix(),),
    )


@cache
def _made_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="full-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    document = folder / "flexprice-full.json"
    document.write_text(spec_maker.build_full_text(), encoding="utf-8")
    return folder


def _foreign(path: Path) -> Case:
    name = _identifier(path.stem)
    return Case(name=name, base=path.parent, spec=path.name, testing=True)


def _identifier(text: str) -> str:
    return "".join(each if each.isalnum() else "_" for each in text)


@dataclass(slots=True)
class Corpus:
    """Makes clients in a folder that all processes of the run share."""

    folder: Path

    @property
    def clients(self) -> Path:
        """The folder that holds the packages, and nothing else."""
        return self.folder / "clients"

    def made(self, case: Case) -> Made:
        """Return the client of a case; the first who asks makes it."""
        claim = self.folder / f"{case.name}.claim"
        done = self.folder / f"{case.name}.json"
        if _claimed(claim):
            try:
                _put(done, self._make(case))
            except BaseException as error:
                failed = f"{type(error).__name__}: {error}"
                _put(done, json.dumps({"failed": failed}))
                raise
        return self._told(case, _awaited(done))

    def all_made(self, cases: list[Case]) -> list[Made]:
        """Make clients, those first that nobody has begun; give all."""
        free = [c for c in cases if not (self.folder / f"{c.name}.claim").exists()]
        for each in free:
            if not (self.folder / f"{each.name}.claim").exists():
                self.made(each)
        return [self.made(each) for each in cases]

    def _make(self, case: Case) -> str:
        output = self.clients / case.name
        client = Client(
            name=case.name,
            spec=(case.spec,),
            overlay=case.overlay,
            output=output.as_posix(),
            package=case.package or case.name,
            docstrings=case.docstrings,
            request_options=case.request_options,
            inputs=case.inputs,
            testing=case.testing,
            recording=case.recording,
            agents=case.agents,
            options=case.options,
        )
        result = write_client(client, case.base)
        assert result.surface is not None
        resources = result.surface.resources
        methods = [method for each in resources for method in each.methods]
        return json.dumps(
            {
                "methods": len(methods),
                "forms": sum(each.streaming is not None for each in methods),
                "events": len(result.surface.events.rows),
                "said": [_row(each) for each in result.diagnostics],
            }
        )

    def _told(self, case: Case, text: str) -> Made:
        told = json.loads(text)
        if "failed" in told:
            pytest.fail(f"{case.name}: {told['failed']}")
        return Made(
            name=case.name,
            folder=self.clients / case.name,
            methods=told["methods"],
            forms=told["forms"],
            events=told["events"],
            said=tuple(tuple(each) for each in told["said"]),
        )


def _row(said: Diagnostic) -> list[str]:
    at = (
        f"{said.location.line}:{said.location.column}"
        if isinstance(said.location, FileLocation)
        else ""
    )
    return [said.level.value, said.code, at, said.message, said.help]


def _claimed(claim: Path) -> bool:
    try:
        os.close(os.open(claim, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def _put(path: Path, text: str) -> None:
    """Write a file so that nobody sees half of it."""
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _awaited(path: Path) -> str:
    end = time.monotonic() + _PATIENCE
    while not path.exists():
        if time.monotonic() > end:
            pytest.fail(f"nobody finished {path.stem} in {_PATIENCE} seconds")
        time.sleep(0.02)
    return path.read_text(encoding="utf-8")


@contextmanager
def shared_corpus(factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """Open the corpus of this run."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / "tests" / "corpus"
    (folder / "clients").mkdir(parents=True, exist_ok=True)
    yield Corpus(folder)
