"""Compiled templates: read where they fit, made anew where anything else is found."""

from __future__ import annotations

import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from flexprice_codegen.emit.template_cache import TemplateCache

TEXT = "{% for each in names %}\n{{ each }}\n{% endfor %}\n"


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "names.py.jinja"
    path.write_text(TEXT)
    return path


def render(template: Path, *, trim: bool = False) -> str:
    """Render a template in a new environment, as a new process does."""
    environment = Environment(
        loader=FileSystemLoader(template.parent),
        trim_blocks=trim,
        autoescape=False,  # noqa: S701 - no HTML is made here
    )
    environment.bytecode_cache = TemplateCache(environment)
    return environment.get_template(template.name).render(names=["a", "b"])


def refuse_to_compile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a template that has to be compiled fail."""

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("a template was compiled")

    monkeypatch.setattr(Environment, "compile", fail)


def test_a_second_process_compiles_nothing(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = render(template)

    refuse_to_compile(monkeypatch)
    assert render(template) == wanted == "\na\n\nb\n"


def test_it_lies_where_python_keeps_compiled_modules(template: Path) -> None:
    render(template)

    cache = Path(cache_from_source(str(template)))
    assert sorted(template.parent.iterdir()) == [cache.parent, template]
    assert list(cache.parent.iterdir()) == [cache]


def test_another_text_and_other_options_are_compiled_again(template: Path) -> None:
    assert render(template) == "\na\n\nb\n"
    assert render(template, trim=True) == "a\nb\n"
    assert render(template) == "\na\n\nb\n"

    template.write_text(TEXT.replace("{{ each }}", "{{ each }}!"))
    assert render(template) == "\na!\n\nb!\n"


@pytest.mark.parametrize("kept", [0, 1, 20, 90, -1])
def test_a_file_that_was_cut_off_is_written_again(template: Path, kept: int) -> None:
    wanted = render(template)
    cache = Path(cache_from_source(str(template)))
    whole = cache.read_bytes()
    cache.write_bytes(whole[:kept])

    assert render(template) == wanted
    assert cache.read_bytes() == whole


def test_what_is_no_compiled_template_is_replaced(template: Path) -> None:
    wanted = render(template)
    cache = Path(cache_from_source(str(template)))
    whole = cache.read_bytes()
    cache.write_bytes(b"something else" * 100)

    assert render(template) == wanted
    assert cache.read_bytes() == whole


def test_nothing_is_written_where_python_writes_no_modules(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    render(template)
    assert list(template.parent.iterdir()) == [template]


def test_the_folder_that_python_is_told_to_use(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefix = tmp_path / "elsewhere" / "caches"
    monkeypatch.setattr(sys, "pycache_prefix", str(prefix))
    wanted = render(template)

    assert not (template.parent / "__pycache__").exists()
    assert [each for each in prefix.rglob("*") if each.is_file()]
    refuse_to_compile(monkeypatch)
    assert render(template) == wanted


def test_an_installation_that_cannot_be_written_works(template: Path) -> None:
    # A file in the place of the folder: also who may write everything cannot make it.
    (template.parent / "__pycache__").write_text("in the way")
    assert render(template) == render(template) == "\na\n\nb\n"
