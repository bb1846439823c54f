"""What happened to the client itself, and to the names of events.

In: two `Surface`s, and which classes are the same. Out: findings about the class of the
client, its credentials and servers, and about webhook events.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff.finding import AffectedParts, Finding
from generator.diff.rules.rule_key import RuleKey
from generator.diff.source.findings import PythonLocation, create_finding
from generator.diff.source.type_effects import ClassNameMap
from generator.surface.model import EventRow, Surface
from generator.surface.python import text


def compare_clients(old: Surface, new: Surface) -> Iterator[Finding]:
    """Give what happened to the client: its class, credentials and servers."""
    if old.client != new.client:
        said = f"The client {old.client} is called {new.client} now"
        spot = PythonLocation(python=old.client)
        shown = {"before": old.client, "after": new.client}
        yield create_finding(
            RuleKey("none", "client-class", "itself", "renamed"), spot, said, **shown
        )
    yield from _compare_credentials(old, new)
    yield from _compare_servers(old, new)


def _compare_credentials(old: Surface, new: Surface) -> Iterator[Finding]:
    before = {each.scheme: each.keyword for each in old.credentials}
    after = {each.scheme: each.keyword for each in new.credentials}
    for scheme in list(before):
        _join_by_name(scheme, before, after)
    for scheme, keyword in before.items():
        spot = PythonLocation(python=f"{old.client}({keyword})")
        if scheme not in after:
            said = f"{old.client} takes no {keyword} any more"
            yield create_finding(
                RuleKey("none", "credential", "itself", "removed"),
                spot,
                said,
                before=keyword,
            )
        elif after[scheme] != keyword:
            said = f"The credential {keyword} is called {after[scheme]} now"
            shown = {"before": keyword, "after": after[scheme]}
            yield create_finding(
                RuleKey("none", "credential", "itself", "renamed"), spot, said, **shown
            )
    for scheme, keyword in after.items():
        if scheme not in before:
            spot = PythonLocation(python=f"{new.client}({keyword})")
            said = f"{new.client} takes a new credential {keyword}"
            yield create_finding(
                RuleKey("none", "credential", "itself", "added"),
                spot,
                said,
                after=keyword,
            )


def _join_by_name(scheme: str, before: dict[str, str], after: dict[str, str]) -> None:
    """Know a scheme again that is called otherwise and has the same keyword."""
    if scheme in after:
        return
    for other, keyword in after.items():
        if keyword == before[scheme] and other not in before:
            after[scheme] = after.pop(other)
            return


def _compare_servers(old: Surface, new: Surface) -> Iterator[Finding]:
    """Compare the names of servers; their addresses are the wire's."""
    before = {each.name: each.url for each in old.servers}
    after = {each.name: each.url for each in new.servers}
    homes = {url: name for name, url in after.items()}
    for name, url in before.items():
        if name in after:
            continue
        spot = PythonLocation(python=f"{old.client}(server={name!r})")
        if url in homes and homes[url] not in before:
            said = f"The server {name} is called {homes[url]} now"
            shown = {"before": name, "after": homes.pop(url)}
            yield create_finding(
                RuleKey("none", "server-name", "itself", "renamed"), spot, said, **shown
            )
        else:
            said = f"There is no server {name} any more"
            yield create_finding(
                RuleKey("none", "server-name", "itself", "removed"),
                spot,
                said,
                before=url,
            )
    for name, url in after.items():
        if name not in before and homes.get(url) == name:
            spot = PythonLocation(python=f"{new.client}(server={name!r})")
            said = f"There is a new server {name}"
            yield create_finding(
                RuleKey("none", "server-name", "itself", "added"), spot, said, after=url
            )


def compare_event_constants(
    old: Surface, new: Surface, names: ClassNameMap
) -> Iterator[Finding]:
    """Give what happened to the constants of events and to their payloads."""
    before = {each.name: each for each in old.events.rows}
    after = {each.name: each for each in new.events.rows}
    for name, row in before.items():
        spot = _locate_event(row)
        if name not in after:
            said = f"The event {name} is gone"
            yield create_finding(
                RuleKey("none", "event-constant", "itself", "removed"),
                spot,
                said,
                before=text(row.payload),
            )
            continue
        yield from _compare_event_constant(row, after[name], spot, names)
    for name, row in after.items():
        if name not in before:
            said = f"There is a new event {name}"
            yield create_finding(
                RuleKey("none", "event-constant", "itself", "added"),
                _locate_event(row),
                said,
                after=text(row.payload),
            )


def _compare_event_constant(
    old: EventRow, new: EventRow, spot: PythonLocation, names: ClassNameMap
) -> Iterator[Finding]:
    if old.constant != new.constant:
        said = f"The constant {old.constant} is called {new.constant} now"
        shown = {"before": old.constant, "after": new.constant}
        yield create_finding(
            RuleKey("none", "event-constant", "itself", "renamed"), spot, said, **shown
        )
    if names.compare_types(old.payload, new.payload) != "same":
        shown = {"before": text(old.payload), "after": text(new.payload)}
        said = (
            f"The event {old.name} brought {shown['before']} and brings "
            f"{shown['after']} now"
        )
        yield create_finding(
            RuleKey("none", "event", "payload", "changed"), spot, said, **shown
        )


def _locate_event(row: EventRow) -> PythonLocation:
    return PythonLocation(
        python=f"webhooks.{row.constant}", affected=AffectedParts(events=(row.name,))
    )
