# Copied from flexprice-codegen's runtime; do not edit. SPDX-License-Identifier: 0BSD
"""What a recording leaves out.

In: headers, URLs and bodies of one exchange. Out: the same without secrets; or, for a
recording of shapes, with one sample for all values of a kind.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, Final, Self
from urllib.parse import parse_qsl, quote, urlencode

import httpx2
from msgspec import Struct

from .shapes import Plain

HIDDEN: Final = "…"
_SECRET = re.compile(
    r"(?i)(token|secret|passw(or)?d|passphrase|(api|access|private|signing)[-_]?key"
    r"|signature|credentials?|authorization|cookie|session)$"
)
# The query of a presigned URL (S3, Cloud Storage, CloudFront, Azure).
_SIGNED = re.compile(r"(?i)x-(amz|goog|ms)-.*|sig|signature|policy|key-pair-id|expires")
_ADDRESS = re.compile(
    r"(?i)\b([a-z][a-z0-9+.-]*://)(?:[^\s\"'<>/?#@]*@)?([^\s\"'<>/?#@]*)[^\s\"'<>]*"
)
_PRIVATE = re.compile(r"[0-9@%:]|.{25}")
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_.$-]{0,60}")
_DIGITS = re.compile(r"[0-9]{4}|[0-9a-fA-F]{12}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_LINE_START = re.compile(r"\s*(?:data:)?\s*")
_UNQUOTED: Final = "%/:@!$&'()*+,;=~"
_SHORTEST = 6
"""A shorter secret could be a part of any text."""
_MOST_ELEMENTS = 100

# All other headers have their names only.
_SHOWN = frozenset(
    [
        "accept",
        "accept-encoding",
        "accept-language",
        "age",
        "allow",
        "cache-control",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "retry-after",
        "transfer-encoding",
        "user-agent",
        "vary",
    ]
)
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ZONE = "([Zz]|[+-][0-9]{2}:[0-9]{2})"
# A text that fits one of these becomes its sample; the first that fits counts.
_FORMS = tuple(
    (re.compile(pattern), sample)
    for pattern, sample in (
        ("", ""),
        (
            rf"{_DAY}[Tt ][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]+)?{_ZONE}",
            "2000-01-01T00:00:00Z",
        ),
        (_DAY, "2000-01-01"),
        (r"-?(0|[1-9][0-9]*)", "0"),
        (r"-?[0-9]+", "00"),
        (r"-?(0|[1-9][0-9]*)\.[0-9]+", "0.5"),
        (r"-?[0-9]+\.[0-9]+", "00.5"),
        (r"-?(0|[1-9][0-9]*)(\.[0-9]+)?[eE][+-]?[0-9]+", "1e0"),
    )
)


class Masks(Struct, frozen=True):
    """Where the security schemes of an API put secrets; these names are lowercase.

    `names` are those of properties that would be taken for values of a map.
    """

    headers: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Cleaner:
    """Cleans one exchange, whose secrets it finds in the request."""

    def __init__(
        self, masks: Masks, request: httpx2.Request | None = None, *, shapes: bool
    ) -> None:
        self._masks = masks
        self.has_shapes = shapes
        found = () if request is None else _secrets(masks, request)
        self._secrets = sorted(
            {each for each in found if len(each) >= _SHORTEST}, key=len, reverse=True
        )

    def of_shapes(self) -> Self:
        """Return one that leaves only shapes."""
        made = copy(self)
        made.has_shapes = True
        return made

    def headers(self, headers: httpx2.Headers) -> list[dict[str, str]]:
        """Return headers as HAR has them, few with their values."""
        return [
            {
                "name": name,
                "value": self._hide_secrets(value) if name in _SHOWN else HIDDEN,
            }
            for name, value in headers.multi_items()
        ]

    def url(self, url: httpx2.URL, route: str) -> str:
        """Return a URL; `route` is the path in the description, if it is known."""
        path = self._clean_path(url.raw_path.partition(b"?")[0].decode("ascii"), route)
        pairs = parse_qsl(url.query.decode(), keep_blank_values=True)
        names = {name for name, _ in pairs}
        is_signed = any(_SIGNED.fullmatch(name) for name in names)
        cleaned = [
            (name, HIDDEN if is_signed else self.text(value, name))
            for name, value in pairs
        ]
        port = "" if url.port is None else f":{url.port}"
        query = f"?{urlencode(cleaned)}" if cleaned else ""
        return f"{url.scheme}://{url.host}{port}{path}{query}"

    def _clean_path(self, path: str, route: str) -> str:
        """Return a path; the value of a parameter is `x` if it may be private."""
        pieces = _PLACEHOLDER.split(route)
        pieces[::2] = [quote(each, safe=_UNQUOTED) for each in pieces[::2]]
        pattern = "([^/]*?)".join(map(re.escape, pieces[::2])) if route else ""
        found = re.fullmatch(f"(.*?){pattern}", path) if route else None
        if found is None:
            segments = path.split("/")
            hide = self.has_shapes
            return "/".join(
                "x" if hide and _PRIVATE.search(each) else self._hide_secrets(each)
                for each in segments
            )

        base, *values = found.groups()
        filled = [pieces[0]]
        for name, value, literal in zip(
            pieces[1::2], values, pieces[2::2], strict=True
        ):
            is_hidden = self.has_shapes or _SECRET.search(name)
            filled += ["x" if is_hidden else self._hide_secrets(value), literal]
        return base + "".join(filled)

    def body(self, media: str, content: bytes) -> str | None:
        """Return a body as a text, if its media type is one that can be cleaned."""
        if media.endswith(("/json", "+json")):
            return self._clean_json(content.decode("utf-8", "replace"))
        if media == "application/x-www-form-urlencoded":
            pairs = parse_qsl(content.decode("ascii", "replace"), True)
            return urlencode([(name, self.text(value, name)) for name, value in pairs])
        if media == "text/event-stream" or media.endswith(("jsonl", "ndjson", "-seq")):
            return "\n".join(self._clean_lines(content.decode("utf-8", "replace")))
        return None

    def text(self, text: str, name: str = "") -> str:
        """Return a text without secrets; `name` is that of its member."""
        is_secret = name.lower() in self._masks.queries or _SECRET.search(name)
        if self.has_shapes or is_secret:
            fitting = (each for form, each in _FORMS if form.fullmatch(text))
            return next(fitting, HIDDEN)
        return _ADDRESS.sub(rf"\1\2/{HIDDEN}", self._hide_secrets(text))

    def _hide_secrets(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return text

    def _clean_json(self, text: str) -> str:
        try:
            value = json.loads(text, parse_constant=_refuse_constant)
        except ValueError:
            return HIDDEN  # which is no JSON either
        return json.dumps(self.value(value))

    def value(self, value: Plain, name: str = "") -> Any:
        """Return a value of JSON without secrets, or its shape."""
        match value:
            case dict():
                return {
                    self._clean_name(each): self.value(member, each)
                    for each, member in value.items()
                }
            case list():
                elements = [self.value(each, name) for each in value]
                return _drop_equal(elements) if self.has_shapes else elements
            case str():
                return self.text(value, name)
            case float() if self.has_shapes or math.isinf(value):
                return 0.0 if value.is_integer() else 0.5
            case bool():
                return value and not self.has_shapes
            case int() if self.has_shapes:
                return 0
            case _:
                return value

    def _clean_name(self, name: str) -> str:
        # A name that no description would have is a value, as in a map.
        if self.has_shapes and name not in self._masks.names:
            is_odd = not _NAME.fullmatch(name) or _DIGITS.search(name)
            return HIDDEN if is_odd else name
        return self._hide_secrets(name)

    def _clean_lines(self, text: str) -> Iterator[str]:
        for line in text.splitlines():
            found = _LINE_START.match(line)
            end = found.end() if found else 0
            rest = line[end:]
            yield line[:end] + (self._clean_json(rest) if rest else "")


def _refuse_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def _drop_equal(elements: list[Any]) -> list[Any]:
    """Return the first of equal elements: shapes are often equal."""
    texts = {json.dumps(each): each for each in elements}
    return list(texts.values())[:_MOST_ELEMENTS]


def _secrets(masks: Masks, request: httpx2.Request) -> Iterable[str]:
    """Yield the secrets of a request, wherever an answer may repeat them."""
    for name in (*masks.headers, "authorization", "proxy-authorization"):
        for value in request.headers.get_list(name):
            yield value
            yield value.rpartition(" ")[2]
    for pair in request.headers.get("cookie", "").split(";"):
        yield pair.partition("=")[2].strip()
    for name, value in parse_qsl(request.url.query.decode()):
        if name.lower() in masks.queries or _SECRET.search(name):
            yield value
    yield request.url.password
