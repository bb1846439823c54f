"""Names that generated code needs for itself.

In: nothing. Out: sets of names that no part of a document can get.
"""

from __future__ import annotations

from flexprice_codegen.surface.scalar_types import OPTIONAL_MODULES, SCALAR_MODULES

MODEL_NAMES = frozenset(
    {
        # datamodel-code-generator renames classes with the names of its imports
        "Any",
        *SCALAR_MODULES,
        "Enum",
        "Literal",
        # imports of the modules of models, and keywords
        "ClassVar",
        "FileContent",
        "Writer",
        "as_bytes",
        "as_dates",
        "as_numbers",
        "as_text",
        "OpenIntEnum",
        "OpenStrEnum",
        "TypeAlias",
        "UNSET",
        "UnsetType",
        "TYPE_CHECKING",
        "lazy",
        # functions of `models`
        "from_dict",
        "from_json",
        "to_dict",
        "to_json",
        "unknown_fields",
        "None",
        "True",
        "False",
    }
)

ANNOTATION_NAMES = frozenset({"list", "dict", "str", "int", "float", "bool", "bytes"})
"""Builtins in the type hints of a class, which its members must not hide."""

METHOD_NAMES = (ANNOTATION_NAMES - {"list"}) | {
    "models",
    # In lowercase, as methods are. Otherwise `decimal` would be reserved as well.
    *(name for name in SCALAR_MODULES if name.islower()),
    "araw",
    "builtins",
    "overload",
    "raw",
    "with_raw_response",
}
"""Reserved names of methods; names with a leading underscore are never assigned.

A method can be called `list`, because the hints of its class say `builtins.list`.
"""

RESOURCE_NAMES = frozenset(
    {
        "aclose",
        "base_url",
        "close",
        "from_plain",
        "on_request",
        "on_response",
        "request_undocumented",
        "strict",
        "timeout",
        "to_plain",
        "with_options",
    }
)
"""Reserved names of resources: the attributes of the client itself."""

ARGUMENT_NAMES = frozenset(
    {
        "self",
        "body",
        "models",
        "astream_events",
        "astream_values",
        "set_stream",
        "stream_events",
        "stream_values",
        "wants_stream",
        "with_content_type",
    }
)
"""Reserved names of keyword arguments of methods."""

CREDENTIAL_NAMES = frozenset(
    {
        "self",
        "base_url",
        "server",
        "timeout",
        "http_client",
        "keep_unknown",
        "strict",
        "retry",
        "on_request",
        "on_response",
        "headers",
        "query",
        "deadline",
        "max_response_size",
    }
)
"""Reserved names of credentials: the other keyword arguments of the client."""

CLIENT_MODULE_NAMES = frozenset(
    {
        "Any",
        "AsyncClient",
        "AsyncStreamed",
        "AsyncToken",
        "ClientConfig",
        "DEFAULT_RETRY",
        "HiddenSettings",
        "Lazy",
        "Literal",
        "MAX_RESPONSE_SIZE",
        "Mapping",
        "Password",
        "RawResponse",
        "RequestHook",
        "ResponseHook",
        "Retry",
        "Scheme",
        "ServerSentEvent",
        "ServerTemplate",
        "Streamed",
        "SyncClient",
        "TYPE_CHECKING",
        "Timeout",
        "Token",
        "UNSET",
        "USER_AGENT",
        "UnsetType",
    }
)
"""Reserved names of the client and of resource classes: imports of the client module."""

NEWER_CLIENT_MODULE_NAMES = frozenset(
    {
        "AsyncRawStream",
        "ClientOptions",
        "RawStream",
        "RequestOptions",
        "Self",
        "Unpack",
    }
)
"""Reserved names of the client alone: resource classes had these names before."""


ASYNC_PREFIX = "Async"


def build_async_name(class_name: str) -> str:
    """Return the name of the asynchronous class for a client or resource class."""
    return f"{ASYNC_PREFIX}{class_name}"


def is_taken_by_client(name: str) -> bool:
    """Return whether generated code needs a name that the client class would hide.

    Names that end in `Error` are reserved for error classes, also future ones.
    """
    imported = CLIENT_MODULE_NAMES | NEWER_CLIENT_MODULE_NAMES
    is_imported = bool({name, build_async_name(name)} & imported)
    return is_imported or name.endswith("Error")


RESOURCE_MODULE_NAMES = frozenset(
    {
        "Any",
        "AsyncResource",
        "AsyncStreamed",
        *SCALAR_MODULES,
        *OPTIONAL_MODULES,
        "BatchPlan",
        "FileContent",
        "Final",
        "KeyFields",
        "Literal",
        "MediaContent",
        "Operation",
        "Paging",
        "Resource",
        "ServerSentEvent",
        "Stream",
        "Streamed",
        "TYPE_CHECKING",
        "UNSET",
        "UnsetType",
    }
)
"""Reserved names of resource classes: imports of their modules."""
