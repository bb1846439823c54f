"""What happened to the client itself, and to the names of events.

In: two `Surface`s, and which classes are the same. Out: findings about the class of the
client, its credentials, variables of the environment and servers, and about events.
"""

from __future__ import annotations

from collections.abc import Iterator

from flexprice_codegen.diff.finding import AffectedParts, Finding
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.source.findings import (
    PythonLocation,
    create_finding,
    show_type,
)
from flexprice_codegen.diff.source.server_arguments import compare_server_arguments
from flexprice_codegen.diff.source.type_effects import ClassNameMap
from flexprice_codegen.surface.model import EventRow, Surface

_CLIENT_RENAMED = RuleKey("none", "client-class", "itself", "renamed")
_CREDENTIAL_ADDED = RuleKey("none", "credential", "itself", "added")
_CREDENTIAL_REMOVED = RuleKey("none", "credential", "itself", "removed")
_CREDENTIAL_RENAMED = RuleKey("none", "credential", "itself", "renamed")
_VARIABLE_RENAMED = RuleKey("none", "environment-variable", "itself", "renamed")
_SERVER_ADDED = RuleKey("none", "server-name", "itself", "added")
_SERVER_REMOVED = RuleKey("none", "server-name", "itself", "removed")
_SERVER_RENAMED = RuleKey("none", "server-name", "itself", "renamed")
_CONSTANT_ADDED = RuleKey("none", "event-constant", "itself", "added")
_CONSTANT_REMOVED = RuleKey("none", "event-constant", "itself", "removed")
_CONSTANT_RENAMED = RuleKey("none", "event-constant", "itself", "renamed")
_PAYLOAD_CHANGED = RuleKey("none", "event", "payload", "changed")


def compare_clients(old: Surface, new: Surface) -> Iterator[Finding]:
    """Yield what happened to the client: its class, credentials and servers."""
    if old.client != new.client:
        yield create_finding(
            _CLIENT_RENAMED,
            PythonLocation(python=old.client),
            f"`{old.client}` was renamed to `{new.client}`",
            before=old.client,
            after=new.client,
        )
    yield from _compare_credentials(old, new)
    yield from _compare_variables(old, new)
    yield from _compare_servers(old, new)
    yield from compare_server_arguments(old, new)


def _compare_credentials(old: Surface, new: Surface) -> Iterator[Finding]:
    before = {credential.scheme: credential.keyword for credential in old.credentials}
    after = {credential.scheme: credential.keyword for credential in new.credentials}
    variables = {each.scheme: each.variable for each in old.credentials}
    for scheme in before:
        _pair_by_keyword(scheme, before, after)

    for scheme, keyword in before.items():
        location = PythonLocation(python=f"{old.client}({keyword})")
        if scheme not in after:
            variable = variables[scheme]
            unread = f", and `{variable}` is no longer read" if variable else ""
            message = f"`{old.client}({keyword})` was removed{unread}"
            yield create_finding(_CREDENTIAL_REMOVED, location, message, before=keyword)
        elif after[scheme] != keyword:
            yield create_finding(
                _CREDENTIAL_RENAMED,
                location,
                f"`{old.client}({keyword})` was renamed to `{after[scheme]}`",
                before=keyword,
                after=after[scheme],
            )
    for scheme, keyword in after.items():
        if scheme not in before:
            location = PythonLocation(python=f"{new.client}({keyword})")
            message = f"`{new.client}({keyword})` was added"
            yield create_finding(_CREDENTIAL_ADDED, location, message, after=keyword)


def _pair_by_keyword(
    scheme: str, before: dict[str, str], after: dict[str, str]
) -> None:
    """Rename a scheme of the newer version to that of the older one with its keyword.

    The name of a security scheme is seen in the document alone.
    """
    if scheme in after:
        return
    for other, keyword in after.items():
        if keyword == before[scheme] and other not in before:
            after[scheme] = after.pop(other)
            return


def _compare_variables(old: Surface, new: Surface) -> Iterator[Finding]:
    """Yield which variables of the environment the client reads under another name."""
    before = _index_variables(old)
    after = _index_variables(new)
    for subject, variable in before.items():
        renamed = after.get(subject, variable)
        if renamed != variable:
            yield create_finding(
                _VARIABLE_RENAMED,
                PythonLocation(python=f'os.environ["{variable}"]'),
                f"environment variable `{variable}` was renamed to `{renamed}`",
                before=variable,
                after=renamed,
            )


def _index_variables(surface: Surface) -> dict[str, str]:
    """Return the variables that a client reads, by what they are for."""
    found = {each.keyword: each.variable for each in surface.credentials}
    if surface.has_client:
        found["base_url"] = f"{surface.variable_prefix}_BASE_URL"
    return {subject: variable for subject, variable in found.items() if variable}


def _compare_servers(old: Surface, new: Surface) -> Iterator[Finding]:
    """Compare the names of servers; their addresses are the wire's."""
    before = {server.name: server.url for server in old.servers}
    after = {server.name: server.url for server in new.servers}
    # The names by which addresses can be chosen; one that is told as renamed leaves.
    names = {url: name for name, url in after.items()}
    for name, url in before.items():
        if name in after:
            continue
        location = PythonLocation(python=f"{old.client}(server={name!r})")
        if url in names and names[url] not in before:
            renamed = names.pop(url)
            message = f"server `{name}` was renamed to `{renamed}`"
            yield create_finding(
                _SERVER_RENAMED, location, message, before=name, after=renamed
            )
        else:
            message = f"server `{name}` was removed"
            yield create_finding(_SERVER_REMOVED, location, message, before=url)

    for name, url in after.items():
        if name not in before and names.get(url) == name:
            location = PythonLocation(python=f"{new.client}(server={name!r})")
            message = f"server `{name}` was added"
            yield create_finding(_SERVER_ADDED, location, message, after=url)


def compare_event_constants(
    old: Surface, new: Surface, names: ClassNameMap
) -> Iterator[Finding]:
    """Yield what happened to the constants of events and to their payloads."""
    before = {row.name: row for row in old.events.rows}
    after = {row.name: row for row in new.events.rows}
    for name, row in before.items():
        if name in after:
            yield from _compare_event_constant(row, after[name], names)
        else:
            yield create_finding(
                _CONSTANT_REMOVED,
                _locate_event(row),
                f"event `{name}` was removed",
                before=show_type(row.payload),
            )
    for name, row in after.items():
        if name not in before:
            yield create_finding(
                _CONSTANT_ADDED,
                _locate_event(row),
                f"`on_unknown` no longer gets event `{name}`",
                after=show_type(row.payload),
            )


def _compare_event_constant(
    old: EventRow, new: EventRow, names: ClassNameMap
) -> Iterator[Finding]:
    location = _locate_event(old)
    if old.constant != new.constant:
        yield create_finding(
            _CONSTANT_RENAMED,
            location,
            f"`webhooks.{old.constant}` was renamed to `{new.constant}`",
            before=old.constant,
            after=new.constant,
        )
    if names.compare_types(old.payload, new.payload) != "same":
        before = show_type(old.payload)
        after = show_type(new.payload)
        yield create_finding(
            _PAYLOAD_CHANGED,
            location,
            f"event `{old.name}` changed payload: {before} → {after}",
            before=before,
            after=after,
        )


def _locate_event(row: EventRow) -> PythonLocation:
    return PythonLocation(
        python=f"webhooks.{row.constant}", affected=AffectedParts(events=(row.name,))
    )
