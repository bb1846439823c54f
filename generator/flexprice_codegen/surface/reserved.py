"""The names that generated code needs for itself.

In: nothing. Out: sets of names that nothing of a document may take.
"""

from __future__ import annotations

MODEL_NAMES = frozenset(
    {
        # datamodel-code-generator renames classes that are called like its imports
        "Any",
        "Decimal",
        "Enum",
        "Literal",
        # what the modules of models import
        "ClassVar",
        "FileContent",
        "OpenIntEnum",
        "OpenStrEnum",
        "TypeAlias",
        "UNSET",
        "UnsetType",
        "TYPE_CHECKING",
        "lazy",
        "None",
        "True",
        "False",
    }
)

ANNOTATION_NAMES = frozenset({"list", "dict", "str", "int", "float", "bool", "bytes"})
"""Builtins that annotations of a class body or of later methods must still find."""

METHOD_NAMES = ANNOTATION_NAMES | {
    "models",
    "datetime",
    "date",
    "time",
    "araw",
    "raw",
    "with_raw_response",
}
"""What a method of a resource may not be called; those with an underscore aside."""

RESOURCE_NAMES = frozenset(
    {
        "aclose",
        "base_url",
        "close",
        "from_plain",
        "on_request",
        "on_response",
        "strict",
        "timeout",
        "to_plain",
        "with_options",
    }
)
"""What a namespace of the client may not be called: the client's own members."""

ARGUMENT_NAMES = frozenset(
    {
        "self",
        "body",
        "models",
        "astream_events",
        "astream_values",
        "stream_events",
        "stream_values",
    }
)
"""What a keyword of a method may not be called."""

CREDENTIAL_NAMES = frozenset(
    {
        "self",
        "base_url",
        "server",
        "timeout",
        "http_client",
        "strict",
        "retry",
        "on_request",
        "on_response",
        "headers",
    }
)
"""What a credential may not be called: the client's other keywords."""

CLIENT_MODULE_NAMES = frozenset(
    {
        "AsyncClient",
        "AsyncStreamed",
        "AsyncToken",
        "ClientConfig",
        "DEFAULT_RETRY",
        "HiddenSettings",
        "Lazy",
        "Literal",
        "Password",
        "RawResponse",
        "RequestHook",
        "ResponseHook",
        "Retry",
        "Scheme",
        "ServerSentEvent",
        "Streamed",
        "SyncClient",
        "TYPE_CHECKING",
        "Timeout",
        "Token",
        "USER_AGENT",
    }
)
"""What neither the client nor a resource may be called: the names that its module imports."""


def is_taken_by_client(name: str) -> bool:
    """Return whether generated code needs a name that the client's class would hide.

    Names that end in `Error` are those of the errors, also of errors yet to come.
    """
    is_imported = bool({name, f"Async{name}"} & CLIENT_MODULE_NAMES)
    return is_imported or name.endswith("Error")


RESOURCE_MODULE_NAMES = frozenset(
    {
        "Any",
        "AsyncResource",
        "AsyncStreamed",
        "Decimal",
        "FileContent",
        "Final",
        "KeyFields",
        "Literal",
        "Operation",
        "Paging",
        "Resource",
        "ServerSentEvent",
        "Stream",
        "Streamed",
        "TYPE_CHECKING",
        "UnsetType",
    }
)
"""What the class of a resource may not be called: the names that its module imports."""
