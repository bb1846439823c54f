"""The pipeline from two versions of an API and the user's code to what breaks in it.

In: compared versions, and the code. Out: `CodeImpact`. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.impact.client_types import ClientTypes, index_types
from flexprice_codegen.impact.definitions_in_client import find_definitions
from flexprice_codegen.impact.edits import CodeEdit
from flexprice_codegen.impact.impacts import CodeImpact, CodeRead
from flexprice_codegen.impact.index import FoundUses, find_uses
from flexprice_codegen.impact.join import find_affected_names, join_uses
from flexprice_codegen.impact.language_server import start_server
from flexprice_codegen.impact.refining import UseRefiner
from flexprice_codegen.impact.settings_files import find_settings_uses
from flexprice_codegen.impact.symbols import Confidence, Symbol, Use
from flexprice_codegen.pipeline.code import CodeSelection
from flexprice_codegen.pipeline.diff import ComparedVersions
from flexprice_codegen.pipeline.migrate import MigrateOptions, compute_migration


@frozen_value(kw_only=True)
class ImpactRequest:
    """The code to look at, and the names by which it can import the client."""

    code: CodeSelection
    client_names: frozenset[str]
    least: Confidence = "likely"
    with_edits: bool = False
    """Whether the replacements that `migrate` would make are computed as well."""
    checker: tuple[str, ...] = ()
    """The command of a language server to ask; empty for none."""
    client_folder: str = ""
    """The directory of the client that the language server looks into."""


def compute_impact(compared: ComparedVersions, request: ImpactRequest) -> CodeImpact:
    """Return which findings affect the code, and where.

    Args:
        compared: The versions and their findings.
        request: The code.
    """
    names = find_affected_names(
        compared.changes.findings, compared.found, compared.old, compared.new
    )
    found = find_code_uses(compared, request, names.list_wanted())
    uses = found.uses
    impacts, untouched, former = join_uses(names, uses, request.code.everything)
    return CodeImpact(
        changes=compared.changes,
        impacts=impacts,
        untouched=untouched,
        former_names=former,
        code=CodeRead(
            files=len(request.code.files) - len(found.skipped),
            skipped=(*request.code.skipped, *found.skipped),
            untyped=sum(each.confidence == "maybe" for each in uses),
            checker=Path(request.checker[0]).name if request.checker else "",
        ),
        least=request.least,
        edits=_find_edits(compared, request) if request.with_edits else {},
    )


def _find_edits(
    compared: ComparedVersions, request: ImpactRequest
) -> Mapping[Use, CodeEdit]:
    """Return the replacements that `migrate` would make, by the uses."""
    migration = compute_migration(
        compared, request.code, request.client_names, MigrateOptions()
    )
    return {each.use: each for each in migration.edits}


def find_code_uses(
    compared: ComparedVersions, request: ImpactRequest, wanted: Collection[Symbol]
) -> FoundUses:
    """Return the uses of symbols of the old client in the code."""
    types = index_types(compared.old)
    found = find_uses(request.code.files, types, request.client_names, wanted)
    uses = found.uses
    if request.checker:
        uses = _refine_uses(uses, types, request, wanted)
    in_settings = find_settings_uses(request.code.settings, wanted)
    return FoundUses((*uses, *in_settings), found.skipped)


def _refine_uses(
    uses: tuple[Use, ...],
    types: ClientTypes,
    request: ImpactRequest,
    wanted: Collection[Symbol],
) -> tuple[Use, ...]:
    """Return uses with what a language server knows of them."""
    folder = Path(request.client_folder)
    texts = {
        each.relative_to(folder).as_posix(): each.read_text(encoding="utf-8")
        for each in sorted(folder.rglob("*.py"))
    }
    # Imports start above the first part of the client's shortest name.
    depth = min(each.count(".") for each in request.client_names)
    sources = (folder.parents[depth].as_posix(),)
    with start_server(request.checker, Path(), sources) as server:
        refiner = UseRefiner(
            server,
            {each.path: each for each in request.code.files},
            request.client_folder,
            texts,
            find_definitions(texts, types),
        )
        return refiner.refine(uses, wanted)
