"""What happened to the client itself, and to the names of events.

In: two `Surface`s, and which classes are the same. Out: findings about the class of the
client, its credentials and servers, and about webhook events.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.diff.finding import Finding, Reach
from generator.diff.source.findings import Spot, finding
from generator.diff.source.type_effects import Names
from generator.surface.model import EventRow, Surface
from generator.surface.python import text


def client(old: Surface, new: Surface) -> Iterator[Finding]:
    """Give what happened to the client: its class, credentials and servers."""
    if old.client != new.client:
        said = f"The client {old.client} is called {new.client} now"
        spot = Spot(python=old.client)
        shown = {"before": old.client, "after": new.client}
        yield finding("client-class-renamed", spot, said, **shown)
    yield from _credentials(old, new)
    yield from _servers(old, new)


def _credentials(old: Surface, new: Surface) -> Iterator[Finding]:
    before = {each.scheme: each.keyword for each in old.credentials}
    after = {each.scheme: each.keyword for each in new.credentials}
    for scheme in list(before):
        _join_by_name(scheme, before, after)
    for scheme, keyword in before.items():
        spot = Spot(python=f"{old.client}({keyword})")
        if scheme not in after:
            said = f"{old.client} takes no {keyword} any more"
            yield finding("credential-removed", spot, said, before=keyword)
        elif after[scheme] != keyword:
            said = f"The credential {keyword} is called {after[scheme]} now"
            shown = {"before": keyword, "after": after[scheme]}
            yield finding("credential-renamed", spot, said, **shown)
    for scheme, keyword in after.items():
        if scheme not in before:
            spot = Spot(python=f"{new.client}({keyword})")
            said = f"{new.client} takes a new credential {keyword}"
            yield finding("credential-added", spot, said, after=keyword)


def _join_by_name(scheme: str, before: dict[str, str], after: dict[str, str]) -> None:
    """Know a scheme again that is called otherwise and has the same keyword."""
    if scheme in after:
        return
    for other, keyword in after.items():
        if keyword == before[scheme] and other not in before:
            after[scheme] = after.pop(other)
            return


def _servers(old: Surface, new: Surface) -> Iterator[Finding]:
    """Compare the names of servers; their addresses are the wire's."""
    before = {each.name: each.url for each in old.servers}
    after = {each.name: each.url for each in new.servers}
    homes = {url: name for name, url in after.items()}
    for name, url in before.items():
        if name in after:
            continue
        spot = Spot(python=f"{old.client}(server={name!r})")
        if url in homes and homes[url] not in before:
            said = f"The server {name} is called {homes[url]} now"
            shown = {"before": name, "after": homes.pop(url)}
            yield finding("server-name-renamed", spot, said, **shown)
        else:
            said = f"There is no server {name} any more"
            yield finding("server-name-removed", spot, said, before=url)
    for name, url in after.items():
        if name not in before and homes.get(url) == name:
            spot = Spot(python=f"{new.client}(server={name!r})")
            said = f"There is a new server {name}"
            yield finding("server-name-added", spot, said, after=url)


def events(old: Surface, new: Surface, names: Names) -> Iterator[Finding]:
    """Give what happened to the constants of events and to their payloads."""
    before = {each.name: each for each in old.events.rows}
    after = {each.name: each for each in new.events.rows}
    for name, row in before.items():
        spot = _spot(row)
        if name not in after:
            said = f"The event {name} is gone"
            yield finding(
                "event-constant-removed", spot, said, before=text(row.payload)
            )
            continue
        yield from _event(row, after[name], spot, names)
    for name, row in after.items():
        if name not in before:
            said = f"There is a new event {name}"
            yield finding(
                "event-constant-added", _spot(row), said, after=text(row.payload)
            )


def _event(old: EventRow, new: EventRow, spot: Spot, names: Names) -> Iterator[Finding]:
    if old.constant != new.constant:
        said = f"The constant {old.constant} is called {new.constant} now"
        shown = {"before": old.constant, "after": new.constant}
        yield finding("event-constant-renamed", spot, said, **shown)
    if names.effect(old.payload, new.payload) != "same":
        shown = {"before": text(old.payload), "after": text(new.payload)}
        said = (
            f"The event {old.name} brought {shown['before']} and brings "
            f"{shown['after']} now"
        )
        yield finding("event-payload-changed", spot, said, **shown)


def _spot(row: EventRow) -> Spot:
    return Spot(python=f"webhooks.{row.constant}", reach=Reach(events=(row.name,)))
