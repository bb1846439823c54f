"""The pipeline from two versions of an API and the user's code to rewritten code.

In: compared versions, the code, and what is to be renamed. Out: `Migration`. Nothing is
written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from flexprice_codegen.frozen_values import frozen_value, replace
from flexprice_codegen.impact.client_types import index_types
from flexprice_codegen.impact.code_files import CodeFile
from flexprice_codegen.impact.index import FoundUses, find_uses
from flexprice_codegen.impact.migration import (
    FindInFiles,
    Migration,
    MigrationRequest,
    migrate_code,
)
from flexprice_codegen.impact.renames import (
    RENAME_KINDS,
    RenameKind,
    find_alias_renames,
    find_renames,
    parse_renames,
)
from flexprice_codegen.impact.symbols import Symbol, list_symbols
from flexprice_codegen.pipeline.code import CodeSelection
from flexprice_codegen.pipeline.diff import ComparedVersions
from flexprice_codegen.surface.model import Surface


@frozen_value(kw_only=True)
class MigrateOptions:
    """What is to be renamed: what the versions say, aliases, and what the user says.

    Environment variables are only renamed if they are asked for: other files, and
    deployments, have them as well.
    """

    only: frozenset[RenameKind] = frozenset(RENAME_KINDS) - {"env"}
    said: tuple[str, ...] = ()
    aliases: bool = False


def compute_migration(
    compared: ComparedVersions,
    code: CodeSelection,
    client_names: frozenset[str],
    options: MigrateOptions,
) -> Migration:
    """Return the code with the names of the newer client.

    Args:
        compared: The versions.
        code: The code.
        client_names: The names by which it can import the client.
        options: What is to be renamed.

    Raises:
        DiagnosticError: A rename that the user says names nothing.
    """
    old = compared.old
    new = compared.new
    plan = find_renames(old, new)
    said = parse_renames(options.said, old, new)
    aliases = find_alias_renames(old, new) if options.aliases else ()
    spoken = {each.symbol for each in said}
    renames = (*(each for each in plan.renames if each.symbol not in spoken), *said)
    request = MigrationRequest(
        files=code.files,
        settings=code.settings if "env" in options.only else (),
        plan=plan,
        renames=(*renames, *aliases),
        only=options.only,
        find_old=_create_finder(old, client_names),
        find_new=_create_finder(new, client_names),
    )
    migration = migrate_code(request, list_symbols(old).values())
    return replace(migration, skipped=(*code.skipped, *migration.skipped))


def _create_finder(surface: Surface, client_names: frozenset[str]) -> FindInFiles:
    types = index_types(surface)

    def find(files: Sequence[CodeFile], wanted: Collection[Symbol]) -> FoundUses:
        return find_uses(files, types, client_names, wanted)

    return find
