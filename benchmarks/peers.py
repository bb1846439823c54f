"""The peers: their versions, their virtual environment, their command lines.

In: a document and where the client is to be. Out: the commands that make clients of it,
each as its own documentation shows it, with the fastest of its formatters.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.commands import Command
from benchmarks.row import MissingToolError
from benchmarks.setting import ROOT, Setting

VENV = ROOT / "benchmarks" / ".venv"
VERSIONS = {
    "openapi-python-client": "0.29.1",
    "datamodel-code-generator": "0.89.0",
    "openapi-generator-cli": "7.26.0",
    "flexprice": "2.1.43",
    "svix": "2.9.1",
    # What our client imports, and that of datamodel-code-generator.
    "httpx2": "2.16.2",
    "msgspec": "0.22.0",
    "typing-extensions": "4.16.0",
}
_STAMP = VENV / ".installed"


def install() -> dict[str, str]:
    """Install the peers where they are not yet; gives why some could not be.

    They share one environment, apart from the project's own.
    """
    wanted = [f"{name}=={version}" for name, version in VERSIONS.items()]
    if _STAMP.is_file() and _STAMP.read_text(encoding="utf-8").split() == wanted:
        return {}
    _run(sys.executable, "-m", "venv", str(VENV))
    if _pip(*wanted) is None:
        _STAMP.write_text("\n".join(wanted), encoding="utf-8")
        return {}
    alone = ((name, _pip(f"{name}=={VERSIONS[name]}")) for name in VERSIONS)
    return {name: reason for name, reason in alone if reason is not None}


def need(setting: Setting, distribution: str) -> None:
    """Check that a peer is installed.

    Raises:
        ContenderError: it is not; says why.
    """
    if distribution in setting.missing:
        raise MissingToolError(f"not installed: {setting.missing[distribution]}")


def openapi_python_client(setting: Setting, document: Path, output: Path) -> Command:
    """Make a package by openapi-python-client; it lays it out by ruff."""
    line = ("generate", "--path", str(document), "--output-path", str(output))
    return _command(
        setting, "openapi-python-client", *line, "--meta", "none", "--overwrite"
    )


def datamodel_code_generator(setting: Setting, document: Path, output: Path) -> Command:
    """Make a package of dataclasses and a client by datamodel-code-generator."""
    package = output.name
    return _command(
        setting,
        "datamodel-codegen",
        *("--input", str(document), "--input-file-type", "openapi"),
        *("--output", str(output / "models")),
        *("--output-model-type", "dataclasses.dataclass"),
        *("--formatters", "builtin"),
        *("--generate-client", "httpx2", "--client-output", str(output / "client")),
        *("--client-package", f"{package}.client"),
        *("--client-model-package", f"{package}.models"),
    )


def openapi_generator(setting: Setting, document: Path, output: Path) -> Command:
    """Make a package by OpenAPI Generator, which needs Java."""
    line = ("generate", "-g", "python", "-i", str(document), "-o", str(output))
    return _command(setting, "openapi-generator-cli", *line, "--skip-validate-spec")


def _command(setting: Setting, program: str, *arguments: str) -> Command:
    programs = setting.peers / "bin"
    line = (str(programs / program), *arguments)
    return Command(line, setting.work, path=programs)


def _pip(*requirements: str) -> str | None:
    python = str(VENV / "bin" / "python")
    return _run(
        *(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *requirements,
    )


def _run(*line: str) -> str | None:
    """Run a command; gives None, or the last line that it said when it failed."""
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            line, capture_output=True, text=True, errors="replace", check=False
        )
    except OSError as error:
        return f"{line[0]}: {error.strerror}"
    if done.returncode == 0:
        return None
    said = (done.stderr or done.stdout).strip().split("\n")
    return said[-1] or f"exit code {done.returncode}"
