"""What is now where a former version had classes of its own.

In: the `Api`, and names and keys of classes that it has no schema for. Out: aliases for
the class, or for the type, that is at the place of each. Such a version made a class of
each choice, also of one between a single schema and null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flexprice_codegen.api.keys import SEPARATOR
from flexprice_codegen.api.model import AliasSchema, Api, ObjectSchema
from flexprice_codegen.api.types import Array, Map, Nullable, Reference, Type
from flexprice_codegen.frozen_values import frozen_value
from flexprice_codegen.surface.model import DeprecatedAlias
from flexprice_codegen.surface.places import iter_places
from flexprice_codegen.surface.renames import RenamedKeys
from flexprice_codegen.surface.type_mapping import needs_class


@frozen_value
class ReplacedClasses:
    """Aliases for former names of classes; `types` are those without a class now."""

    classes: tuple[DeprecatedAlias, ...] = ()
    types: tuple[tuple[DeprecatedAlias, Type], ...] = ()


def replace_classes(
    former: Iterable[tuple[str, str]], api: Api, moved: RenamedKeys
) -> ReplacedClasses:
    """Return aliases for the classes whose places have other types now.

    Args:
        former: The name and the previous key of each class without a schema.
        api: The current API.
        moved: The current keys of what was renamed.
    """
    rows = tuple(former)
    if not rows:
        return ReplacedClasses()

    finder = _find_places(api)
    keys = {**moved.schemas, **moved.operations}
    classes: list[DeprecatedAlias] = []
    types: list[tuple[DeprecatedAlias, Type]] = []
    for name, key in rows:
        place = finder.find_place(keys, key)
        found = None if place is None else finder.get_type(place)
        if place is None or found is None:
            continue
        target = _get_only_schema(found)
        if target is not None and needs_class(api.schemas[target]):
            classes.append(DeprecatedAlias(kind="class", name=name, key=target))
        else:
            types.append((DeprecatedAlias(kind="type", name=name, key=place), found))
    return ReplacedClasses(tuple(classes), tuple(types))


@frozen_value
class _PlaceFinder:
    """The places of an API. `roots` has the type of each place that the API lists."""

    api: Api
    roots: Mapping[str, Type]

    def find_place(self, moved: Mapping[str, str], key: str) -> str | None:
        """Return the current key of the place of a removed schema.

        Args:
            moved: The current key of each schema and operation that was renamed.
            key: The key of the removed schema: that of an owner, and a path within it.

        Returns:
            `None` if the place is gone.
        """
        parts = key.split(SEPARATOR)
        for count in range(len(parts), 0, -1):
            owner = SEPARATOR.join(parts[:count])
            place = SEPARATOR.join((moved.get(owner, owner), *parts[count:]))
            if self.get_type(place) is not None:
                return place
        return None

    def get_type(self, place: str) -> Type | None:
        """Return the type that is at a place, if there is such a place."""
        parts = place.split(SEPARATOR)
        for count in range(len(parts), 0, -1):
            root = self.roots.get(SEPARATOR.join(parts[:count]))
            if root is not None:
                return self._follow_path(root, parts[count:])
        return None

    def _follow_path(self, root: Type, path: list[str]) -> Type | None:
        found: Type | None = root
        for step in path:
            if found is None:
                return None
            found = self._get_part(found, step)
        return found

    def _get_part(self, whole: Type, step: str) -> Type | None:
        """Return the type of a property, of the elements, or of the other members."""
        match _remove_null(whole):
            case Array(item=item) if step == "[]":
                return item
            case Map(value=value) if step == "{}":
                return value
            case Reference(key=key):
                return self._get_part_of_schema(key, step)
            case _:
                return None

    def _get_part_of_schema(self, key: str, step: str) -> Type | None:
        match self.api.schemas[key]:
            case ObjectSchema(properties=properties, extra=extra):
                types = {each.wire: each.type for each in properties}
                return extra if step == "{}" else types.get(step)
            case AliasSchema(type=target):
                return self._get_part(target, step)
            case _:
                return None


def _find_places(api: Api) -> _PlaceFinder:
    """Return the places of an API: its schemas, and all that has a type of its own."""
    roots: dict[str, Type] = {}
    for place, type_ in iter_places(api):
        # A body has a place, and a type for each of its media types.
        roots.setdefault(place, type_)
    return _PlaceFinder(api, roots | {key: Reference(key=key) for key in api.schemas})


def _get_only_schema(type_: Type) -> str | None:
    """Return the key of the schema that a type consists of, apart from null."""
    inner = _remove_null(type_)
    return inner.key if isinstance(inner, Reference) else None


def _remove_null(type_: Type) -> Type:
    return type_.inner if isinstance(type_, Nullable) else type_
