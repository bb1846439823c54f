"""The words for what owns inline schemas: operations and events.

In: operations with the names of their methods, and events. Out: the first word of the
classes of their inline schemas, and the status codes of their results.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from flexprice_codegen.api.model import Api, ApiOperation
from flexprice_codegen.surface.operation_ids import shorten_operation_id
from flexprice_codegen.words import split_words, to_pascal_case


def build_owner_words(
    api: Api, methods: Mapping[str, str], groups: Mapping[str, str]
) -> dict[str, str]:
    """Return the word for each operation and event, by the key of the owner.

    Args:
        api: The API.
        methods: The names of methods, by the keys of their operations.
        groups: The groups of operations.
    """
    labels = Counter(each.label or each.name for each in api.events)
    events = {each.label or each.name: each.name for each in api.events}
    return {
        **_name_operations(api.operations, methods, groups),
        **{
            f"event {label}": to_pascal_case(name if labels[label] == 1 else label)
            for label, name in events.items()
        },
    }


def _name_operations(
    operations: Iterable[ApiOperation],
    methods: Mapping[str, str],
    groups: Mapping[str, str],
) -> dict[str, str]:
    """Return the names of methods, after those of their groups if they say too little."""
    words = {}
    for each in operations:
        method = to_pascal_case(methods[each.key])
        group = to_pascal_case(groups[each.key])
        is_short = len(split_words(method)) == 1 and bool(
            shorten_operation_id(each, groups[each.key])
        )
        words[each.key] = f"{group}{method}" if is_short else method

    often = Counter(words.values())
    return {
        key: (
            word
            if often[word] == 1
            else to_pascal_case(f"{groups[key]} {methods[key]}")
        )
        for key, word in words.items()
    }


def list_successes(operations: Iterable[ApiOperation]) -> dict[str, str]:
    """Return the status of the first success of each operation, by its key.

    `default` is one if it is the only success.
    """
    found = {}
    for operation in operations:
        statuses = sorted(each.status for each in operation.responses)
        success = [each for each in statuses if each.startswith("2")]
        found[operation.key] = next(iter(success), "default")
    return found
