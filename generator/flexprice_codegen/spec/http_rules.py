"""What every fetch of a document follows, whichever client sends it.

In: nothing. Out: status codes and limits (RFC 9110).
"""

from __future__ import annotations

from typing import Final

OK: Final = 200
# RFC 9110 §15.4; 300 and 304 to 306 do not redirect a GET.
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# Enough for a move to HTTPS, to another host and to a file store; a loop ends soon.
MAX_REDIRECTS: Final = 5
