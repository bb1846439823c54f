"""Keys under `content`: which media type each of them means.

In: a key as the document writes it. Out: a media type without parameters in small
letters, and whether the key was one. `JSON`, `application/json, text/json` and
`application / json` are none, but everybody knows what is meant; of other words
nobody does, and they stand for any media type.

Source: RFC 6838 §4.2 (names), RFC 9110 §8.3.1 (media types), §12.5.1 (ranges).
"""

from __future__ import annotations

import re

_NAME = r"[\w!#$%&'*+.^`|~-]+"
_MEDIA = re.compile(rf"{_NAME}/{_NAME}", re.ASCII)
_WORDS = {
    "json": "application/json",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "csv": "text/csv",
    "html": "text/html",
    "text": "text/plain",
    "plain": "text/plain",
    "string": "text/plain",
    "form": "application/x-www-form-urlencoded",
    "urlencoded": "application/x-www-form-urlencoded",
    "x-www-form-urlencoded": "application/x-www-form-urlencoded",
    "form-data": "multipart/form-data",
    "formdata": "multipart/form-data",
    "multipart": "multipart/form-data",
    "binary": "application/octet-stream",
    "file": "application/octet-stream",
    "octet-stream": "application/octet-stream",
    "pdf": "application/pdf",
    "zip": "application/zip",
}
ANY_MEDIA_TYPE = "*/*"


def parse_media_type(key: str) -> tuple[str, bool]:
    """Give the media type that a key means, and whether it is one as it stands."""
    written = key.partition(";")[0].strip().lower()
    if _MEDIA.fullmatch(written):
        return written, True
    first = re.split(r"[,\s]", re.sub(r"\s*/\s*", "/", written))[0]
    if _MEDIA.fullmatch(first):
        return first, False
    return _WORDS.get(written, ANY_MEDIA_TYPE), False
