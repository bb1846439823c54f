"""What `diff` reports as renamed, the next client still has under its old name.

Two versions of an API are drawn. `diff` compares them without a lock file; `generate`
makes the client of the older one, and then that of the newer one over it.
"""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given, settings
from support.comparing import compare
from support.documents import Json, read_api
from support.examples import count_examples
from support.renamings import documents

from flexprice_codegen.diagnostics import DiagnosticSink
from flexprice_codegen.diff.grouping.sides import get_parts_on_side
from flexprice_codegen.diff.rules.severity import Side
from flexprice_codegen.surface.build import build_surface
from flexprice_codegen.surface.model import EnumClass, Surface
from flexprice_codegen.surface.previous_names import PreviousNames

RENAMED = ("class-renamed", "method-renamed", "enum-member-renamed")
REMOVED = ("class-removed", "method-removed", "enum-member-removed")


def list_told(
    old: Json, new: Json, rules: tuple[str, ...], aliases: Mapping[str, str]
) -> set[str]:
    """Return the old names in the findings of some rules.

    Args:
        old: The older document.
        new: The newer document.
        rules: The rules.
        aliases: The current names of deprecated classes, whose members work by both.
    """
    return {
        _translate_member(part.python, aliases)
        for each in compare(old, new).findings
        for part in get_parts_on_side(each, Side.SOURCE)
        if part.rule in rules
    }


def _translate_member(name: str, aliases: Mapping[str, str]) -> str:
    package, owner, *member = name.split(".")
    is_member = package == "models" and bool(member)
    current = aliases.get(owner, owner) if is_member else owner
    return ".".join((package, current, *member))


def regenerate(document: Json, before: Surface | None = None) -> Surface:
    """Build the client of a document over that of an earlier one."""
    previous = PreviousNames()
    if before is not None:
        previous = PreviousNames(before.names, before.deprecated_aliases)
    return build_surface(read_api(document), previous, DiagnosticSink())


def list_names(surface: Surface) -> set[str]:
    """Return the names of classes, members and methods that are not deprecated."""
    enums = [each for each in surface.models if isinstance(each, EnumClass)]
    return {
        *(f"models.{each.name}" for each in surface.models),
        *(f"models.{e.name}.{one.name}" for e in enums for one in e.members),
        *(
            f"client.{resource.name}.{method.name}"
            for resource in surface.resources
            for method in resource.methods
        ),
    }


def list_aliases(surface: Surface) -> set[str]:
    """Return the deprecated names."""
    return {
        f"client.{each.old}" if each.kind == "method" else each.old
        for each in surface.deprecated_aliases
    }


@settings(max_examples=count_examples(200), deadline=None, derandomize=True)
@given(old=documents(), new=documents())
def test_diff_and_generate_agree_on_what_is_renamed(old: Json, new: Json) -> None:
    first = regenerate(old)
    second = regenerate(new, first)
    aliases = list_aliases(second)
    classes = dict(second.deprecated_classes)
    renamed = list_told(old, new, RENAMED, classes)
    namespaces = list_told(old, new, ("namespace-renamed",), classes)
    renamed |= {
        name for name in list_names(first) if name.rpartition(".")[0] in namespaces
    }
    assert renamed <= aliases | list_names(second), "reported, and no alias"
    assert aliases <= renamed, "an alias, and not reported"
    assert not aliases & list_told(old, new, REMOVED, classes)
