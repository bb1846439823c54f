"""One place for each fact: a format, a limit, or an escape stands in one module.

What a client has to know as well stands in its runtime once more: the runtime is copied
into repositories, so it imports nothing of the generator. The generator does not import
the runtime either, because that needs msgspec, which only clients depend on. So tests
compare the two.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from black.mode import Mode
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from support.nasty import deterministic

from flexprice_codegen.api.parameter_styles import (
    get_default_style,
    is_exploded_by_default,
)
from flexprice_codegen.api.path_templates import PLACEHOLDER, find_placeholders
from flexprice_codegen.api.types import NodeMetadata, String
from flexprice_codegen.diagnostics import Origin
from flexprice_codegen.emit.models import get_module_of_class
from flexprice_codegen.emit.python_text import LINE_WIDTH
from flexprice_codegen.emit.styles import JSON, get_style
from flexprice_codegen.runtime import idempotency
from flexprice_codegen.runtime.auth import Place
from flexprice_codegen.runtime.batch_plan import BatchOptions, BatchPlan
from flexprice_codegen.runtime.lazy import name_module
from flexprice_codegen.runtime.operation import Operation, json_body
from flexprice_codegen.runtime.page_plan import Paging
from flexprice_codegen.runtime.parameters import FORM, SIMPLE, Style, path_text
from flexprice_codegen.runtime.styles import PIPES, SPACES
from flexprice_codegen.surface import model as surface
from flexprice_codegen.surface.batching import Batching
from flexprice_codegen.surface.model import (
    Argument,
    CredentialKind,
    Pagination,
    PaginationKind,
    PagingLocation,
)
from flexprice_codegen.surface.paging_hints import PAGING_HELP
from flexprice_codegen.surface.python_types import NONE_TYPE
from flexprice_codegen.surface.reserved import (
    ARGUMENT_NAMES,
    CLIENT_MODULE_NAMES,
    NEWER_CLIENT_MODULE_NAMES,
    RESOURCE_MODULE_NAMES,
)
from flexprice_codegen.surface.scalar_types import SCALAR_ROWS

GOLDEN = Path(__file__).parent / "golden"
PACKAGE = Path(__file__).parent.parent / "generator" / "flexprice_codegen"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py" and path.parent.name != "runtime"
}


@dataclass(frozen=True)
class Fact:
    """A fact: the code that states it, and the modules that may have such code."""

    code: str
    homes: frozenset[str]


FACTS = {
    "hashes and their lengths": Fact(
        r"\bhashlib\b|hexdigest|\[:(8|10|12|16|32)\]", frozenset({"hashes"})
    ),
    "defaults of styles": Fact(r"'simple'", frozenset({"api.parameter_styles"})),
    "places of credentials": Fact(
        r"Literal\[[^]]*'bearer'|'header', 'query', 'cookie'", frozenset({"api.model"})
    ),
    "the secret that is a pair": Fact(
        r"[!=]= 'basic'|\{'basic'", frozenset({"api.model"})
    ),
    "the name of an asynchronous class": Fact(
        r"'Async'|'Async\{", frozenset({"surface.reserved"})
    ),
    "types of formats": Fact(r"'Decimal'", frozenset({"surface.scalar_types"})),
    "builtin types": Fact(
        r"PlainType\('(str|int|float|bool|bytes|Stream|FileContent)'\)",
        frozenset({"surface.python_types"}),
    ),
    "the width of a line": Fact(r"\b88\b", frozenset({"emit.python_text"})),
    "the text of the lock file": Fact(
        r'"seal"|"\(\?:tools', frozenset({"vendor.lock_text"})
    ),
    "the name of the lock file": Fact(
        r"= 'flexprice\.lock\.json'", frozenset({"vendor.directory"})
    ),
    "the module of the client class": Fact(
        r"'_client\.py'", frozenset({"emit.client"})
    ),
    "redirects of HTTP": Fact(r"\b30[17]\b", frozenset({"spec.http_rules"})),
    "the length of a value in a report": Fact(
        r"VALUE_LENGTH = 200|LENGTH - 1\]", frozenset({"diff.finding"})
    ),
    "kinds of pages": Fact(
        r"'offset', '|Literal\['query', 'object', 'body'\]",
        frozenset({"surface.model"}),
    ),
    "the functions of streams": Fact(
        r"a?stream_(events|values)",
        frozenset({"emit.method_view", "surface.reserved"}),
    ),
    "placeholders of a path": Fact(
        r"\[\^\{\}\]|'\{' (not )?in", frozenset({"api.path_templates", "api.events"})
    ),
    "escapes in JSON pointers": Fact(r"'~[01]'", frozenset({"json_pointers"})),
}


@cache
def read_code(module: str) -> str:
    """Return the code of a module, without comments and docstrings."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            texts = [each for each in body if is_text(each)]
            node.body = [each for each in body if each not in texts] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def is_text(node: ast.AST) -> bool:
    """Return whether a statement is a docstring, or a text below an attribute."""
    return isinstance(node, ast.Expr) and (
        isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    )


@pytest.mark.parametrize("fact", FACTS.values(), ids=FACTS)
def test_a_fact_stands_in_one_place(fact: Fact) -> None:
    found = {name for name in MODULES if re.search(fact.code, read_code(name))}
    assert found == fact.homes


@given(st.text("{}ab/", max_size=12))
@deterministic()
def test_the_client_fills_in_the_placeholders_that_the_generator_finds(
    path: str,
) -> None:
    values = dict.fromkeys(find_placeholders(path), "value")
    assert path_text(path, values, {}) == PLACEHOLDER.sub("value", path)


@given(st.text("ABab1_Äé", min_size=1, max_size=9))
def test_a_class_is_in_the_module_where_the_client_looks_for_it(name: str) -> None:
    assert name_module(name) == get_module_of_class(name)


def test_pages_are_described_as_the_client_reads_them() -> None:
    kinds = get_type_hints(Paging)
    assert get_args(PaginationKind) == get_args(kinds["by"])
    assert get_args(PagingLocation) == get_args(kinds["place"])
    defaults = {each.name: each.default for each in fields(Pagination)}
    described = {each.name: each.default for each in structs.fields(Paging)}
    assert defaults == {k: v for k, v in described.items() if k != "steps"}


def test_batches_are_described_as_the_client_reads_them() -> None:
    defaults = {each.name: each.default for each in fields(Batching)}
    del defaults["item"]  # only for type checkers
    del defaults["spool"]  # a module of the client
    known = {each.name: each.default for each in structs.fields(BatchPlan)}
    # The rest are arguments of a batch.
    assert {*known} - {*defaults} <= {*get_type_hints(BatchOptions), "spool"}
    assert {name: known[name] for name in defaults if name != "items"} == {
        name: default for name, default in defaults.items() if name != "items"
    }


def test_the_help_for_pages_names_every_kind_that_a_hint_can_have() -> None:
    kinds = {each for each in get_args(PaginationKind) if f"`{each}`" in PAGING_HELP}
    assert {*kinds, "offset", "whole"} == {*get_args(PaginationKind)}
    assert "`by: offset`" in PAGING_HELP


def test_credentials_go_where_the_client_can_send_them() -> None:
    assert set(get_args(CredentialKind)) == set(get_args(Place))


def test_key_fields_are_filled_in_by_what_the_client_knows() -> None:
    assert get_args(surface.Filling) == get_args(idempotency.Filling)


def test_an_operation_accepts_and_sends_json_by_default() -> None:
    defaults = {each.name: each.default for each in structs.fields(Operation)}
    assert defaults["accept"] == JSON
    assert json_body(1).media_type == JSON


def test_the_separators_of_lists_are_those_of_the_client() -> None:
    argument = Argument(
        name="a",
        wire="a",
        location="query",
        type=NONE_TYPE,
        required=True,
        explode=False,
        schema=String(),
        about=NodeMetadata(origin=Origin("", "")),
    )
    for style, expected in (("spaceDelimited", SPACES), ("pipeDelimited", PIPES)):
        code = get_style(replace(argument, style=style)).text
        assert eval(code, {"Style": Style}) == expected  # noqa: S307 - our own code


def test_the_default_styles_need_no_code() -> None:
    for location, default in (("query", FORM), ("path", SIMPLE)):
        name = get_default_style(location)
        assert is_exploded_by_default(name) == default.explode


RESOURCE_CLASSES = sorted(GOLDEN.glob("*/expected/resources/*.py"))
CLIENT_CLASSES = sorted(GOLDEN.glob("*/expected/_client.py"))


def list_imports(tree: ast.Module) -> set[str]:
    """Return the names that a module imports, except the client's own classes."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and not is_own(node)
        for alias in node.names
    }


def is_own(node: ast.ImportFrom) -> bool:
    """Return whether an import is of a resource of the same client."""
    return node.level > 0 and (node.module or "").partition(".")[0] not in (
        "runtime",
        "_version",
        "",
    )


@pytest.mark.parametrize(
    ("modules", "reserved"),
    [
        # A class with the name of the options makes their import an alias.
        (RESOURCE_CLASSES, RESOURCE_MODULE_NAMES | {"RequestOptions"}),
        (CLIENT_CLASSES, CLIENT_MODULE_NAMES | NEWER_CLIENT_MODULE_NAMES),
    ],
    ids=["resources", "client"],
)
def test_no_class_gets_a_name_that_its_module_imports(
    modules: list[Path], reserved: frozenset[str]
) -> None:
    needed = set[str]()
    for path in modules:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [each for each in tree.body if isinstance(each, ast.ClassDef)]
        # Constants stand above the classes, so a class does not hide what they read.
        needed |= list_imports(tree) & list_names([*classes])
    # Names of classes begin with a capital.
    assert {name for name in needed if name[0].isupper()} <= reserved


def test_no_argument_gets_a_name_that_its_method_uses() -> None:
    used = set[str]()
    for path in RESOURCE_CLASSES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                taken = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
                used |= list_names(node.body) - taken
    # Names with a leading underscore are never assigned.
    assert {name for name in used if not name.startswith("_")} <= ARGUMENT_NAMES


def list_names(body: list[ast.stmt]) -> set[str]:
    """Return the names that statements read."""
    return {
        node.id
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Name)
    }


def test_the_documentation_names_the_type_of_every_format() -> None:
    page = (GOLDEN.parent.parent / "docs" / "openapi.md").read_text(encoding="utf-8")
    for is_optional, option in ((False, ""), (True, ", with the option `formats`")):
        rows = [each for each in SCALAR_ROWS if each.is_optional is is_optional]
        formats = ", ".join(f"`{each.format}`" for each in rows)
        types = ", ".join(f"`{each.type}`" for each in rows)
        assert f"| {formats}{option} | {types} |" in page


def test_the_line_width_is_that_of_black() -> None:
    assert Mode().line_length == LINE_WIDTH
