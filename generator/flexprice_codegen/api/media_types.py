"""Media types: the keys under `content`.

In: a key as the document writes it. Out: a media type without parameters in lowercase,
and whether the key was valid. `JSON`, `application/json, text/json` and `application /
json` are invalid, but their meaning is obvious; any other key means any media type.

Source: RFC 6838 §4.2 (names), RFC 9110 §8.3.1 (media types), §12.5.1 (ranges).
"""

from __future__ import annotations

import re

# The `token` of RFC 9110 §5.6.2, which covers the wildcard of a range as well.
_NAME = r"[\w!#$%&'*+.^`|~-]+"
# A media type or a range, without parameters (RFC 9110 §8.3.1, §12.5.1).
_MEDIA = re.compile(rf"{_NAME}/{_NAME}", re.ASCII)
# Words that documents write instead of a media type.
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
    """Return the media type that a key means, and whether the key is valid.

    Args:
        key: The key as the document writes it; parameters are removed.
    """
    written = key.partition(";")[0].strip().lower()
    if _MEDIA.fullmatch(written):
        return written, True

    first = re.split(r"[,\s]", re.sub(r"\s*/\s*", "/", written))[0]
    if _MEDIA.fullmatch(first):
        return first, False

    return _WORDS.get(written, ANY_MEDIA_TYPE), False
