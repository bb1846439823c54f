"""The rules about the client, its methods and their signatures.

In: nothing. Out: `CALL_RULES`, rows of the catalogue.
"""

from __future__ import annotations

from functools import partial

from flexprice_codegen.diff.rules.rule import Rule
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity, Side
from flexprice_codegen.diff.rules.variance import NOTHING_TO_DO

_client = partial(Rule, side=Side.SOURCE, area="client")
_method = partial(Rule, side=Side.SOURCE, area="methods")
_argument = partial(Rule, side=Side.SOURCE, area="arguments")

# A name that code uses is an error if it disappears; everything else is information.
CLIENT_RULES = (
    _client(
        key=RuleKey("none", "client-class", "itself", "renamed"),
        level=Severity.ERROR,
        says="The client class was renamed.",
        template="{it} {was} renamed",
        why="Imports of the old name fail.",
        example="`info.title` was `Billing API` and is now `Payments API`.",
        fix=(
            "Use the new name, or set `class` and `env_prefix` in the configuration "
            "file."
        ),
        opposite=RuleKey("none", "client-class", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "credential", "itself", "removed"),
        level=Severity.ERROR,
        says="A credential of the client was removed.",
        template="{it} {was} removed",
        why="Passing it raises `TypeError`.",
        example="The security scheme `ApiKeyAuth` is removed.",
        fix="Remove the keyword argument, and use another credential.",
        opposite=RuleKey("none", "credential", "itself", "added"),
    ),
    _client(
        key=RuleKey("none", "credential", "itself", "added"),
        level=Severity.INFO,
        says="A credential was added to the client.",
        template="{it} {was} added",
        why=(
            "The argument is optional. Operations that require it have findings of "
            "their own."
        ),
        example="The security scheme `BearerAuth` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "credential", "itself", "removed"),
    ),
    _client(
        key=RuleKey("none", "credential", "itself", "renamed"),
        level=Severity.ERROR,
        says="The keyword argument of a credential was renamed.",
        template="{it} {was} renamed",
        why=(
            "Passing the old name raises `TypeError`, and the old environment "
            "variable is ignored."
        ),
        example="The security scheme `ApiKeyAuth` was renamed to `KeyAuth`.",
        fix="Use the new keyword argument and the new environment variable.",
        opposite=RuleKey("none", "credential", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "environment-variable", "itself", "renamed"),
        level=Severity.ERROR,
        says="The environment variable of a credential was renamed.",
        template="{it} {was} renamed",
        why="The client no longer reads the old variable.",
        example="`info.title` was `Billing API` and is now `Payments API`.",
        fix="Rename the variable, or set `env_prefix` in the configuration file.",
        opposite=RuleKey("none", "environment-variable", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "server-name", "itself", "removed"),
        level=Severity.ERROR,
        says="A server name was removed.",
        template="{it} {was} removed",
        why="`server=` rejects the old name.",
        example="The server that is described as `India region` is removed.",
        fix="Select another server, or pass `base_url`.",
        opposite=RuleKey("none", "server-name", "itself", "added"),
    ),
    _client(
        key=RuleKey("none", "server-name", "itself", "added"),
        level=Severity.INFO,
        says="A server name was added.",
        template="{it} {was} added",
        why="The other names are unchanged.",
        example="A server that is described as `India region` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "server-name", "itself", "removed"),
    ),
    _client(
        key=RuleKey("none", "server-name", "itself", "renamed"),
        level=Severity.ERROR,
        says="A server name was renamed; its URL is unchanged.",
        template="{it} {was} renamed",
        why="`server=` rejects the old name.",
        example="The description of a server was `India region` and is now `Asia`.",
        fix="Use the new name.",
        opposite=RuleKey("none", "server-name", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "namespace", "itself", "renamed"),
        level=Severity.ERROR,
        says="A resource was renamed with all its methods.",
        template="{it} {was} renamed",
        why="Code that uses the old name fails with `AttributeError`.",
        example="The tag `Customers` was renamed to `Accounts`.",
        fix="Use the new name.",
        opposite=RuleKey("none", "namespace", "itself", "renamed"),
    ),
)

# Variance: a method may accept more and return less without breaking a caller.
METHOD_RULES = (
    _method(
        key=RuleKey("none", "method", "itself", "removed"),
        level=Severity.ERROR,
        says="A method was removed.",
        template="{it} {was} removed",
        why="Calling it raises `AttributeError`.",
        example="`POST /customers` is removed.",
        fix="Remove its calls, or call its replacement.",
        opposite=RuleKey("none", "method", "itself", "added"),
    ),
    _method(
        key=RuleKey("none", "method", "itself", "added"),
        level=Severity.INFO,
        says="A method was added.",
        template="{it} {was} added",
        why="Existing code does not use it.",
        example="`POST /customers/{id}/merge` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method", "itself", "removed"),
    ),
    _method(
        key=RuleKey("none", "method", "itself", "renamed"),
        level=Severity.ERROR,
        says="A method was renamed.",
        template="{it} {was} renamed",
        why=(
            "Calling the old name raises `AttributeError`. A client with a lock file "
            "keeps the old name."
        ),
        example="The `operationId` of `POST /customers` was `createCustomer` and is "
        "now `addCustomer`.",
        fix="Use the new name, or keep the lock file of your client.",
        opposite=RuleKey("none", "method", "itself", "renamed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "itself", "added"),
        level=Severity.INFO,
        says="A method now accepts an optional body.",
        template="{it} now {accepts} an optional body",
        why="Calls without a body still work.",
        example="An operation gets a `requestBody` that is not required.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method-body", "itself", "removed"),
    ),
    _method(
        key=RuleKey("none", "required-method-body", "itself", "added"),
        level=Severity.ERROR,
        says="A method now requires a body.",
        template="{it} now {requires} a body",
        why="Calls without a body raise `TypeError`.",
        example="An operation gets a `requestBody` that is required.",
        fix="Pass the body as the first argument.",
        opposite=RuleKey("none", "method-body", "itself", "removed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "itself", "removed"),
        level=Severity.ERROR,
        says="A method no longer accepts a body.",
        template="{it} no longer {accepts} a body",
        why="Calls with a body raise `TypeError`.",
        example="The `requestBody` of an operation is removed.",
        fix="Remove the first argument of its calls.",
        opposite=RuleKey("none", "required-method-body", "itself", "added"),
    ),
    _method(
        key=RuleKey("none", "method-body", "required", "became"),
        level=Severity.ERROR,
        says="The body of a method is now required.",
        template="{it} now {requires} the body",
        why="Calls without a body raise `TypeError`.",
        example="`required: true` is added to a `requestBody`.",
        fix="Pass the body as the first argument.",
        opposite=RuleKey("none", "method-body", "optional", "became"),
    ),
    _method(
        key=RuleKey("none", "method-body", "optional", "became"),
        level=Severity.INFO,
        says="The body of a method is now optional.",
        template="{it} no longer {requires} the body",
        why="Calls with a body still work.",
        example="`required: true` is removed from a `requestBody`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method-body", "required", "became"),
    ),
    _method(
        key=RuleKey("none", "method-body", "type", "changed"),
        level=Severity.ERROR,
        says="The body of a method changed type.",
        template="{it} changed the type of the body",
        why="Existing calls pass the old type.",
        example="The schema of a request body is `NewCustomer` instead of `Customer`.",
        fix="Pass a value of the new type.",
        opposite=RuleKey("none", "method-body", "type", "changed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "type", "widened"),
        level=Severity.INFO,
        says="The body of a method accepts more types.",
        template="{it} {accepts} more body types",
        why="Existing calls are still valid.",
        example="The schema of a request body is `oneOf` with the old schema and another one.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method-body", "type", "narrowed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "type", "narrowed"),
        level=Severity.ERROR,
        says="The body of a method accepts fewer types.",
        template="{it} {accepts} fewer body types",
        why="Existing calls can pass a removed type.",
        example="`oneOf` of a request body loses a variant.",
        fix="Pass one of the remaining types.",
        opposite=RuleKey("none", "method-body", "type", "widened"),
    ),
    _method(
        key=RuleKey("none", "return", "type", "changed"),
        level=Severity.ERROR,
        says="A method changed its return type.",
        template="{it} changed return type",
        why="Code reads a value of the old type.",
        example="The 200 response is a `CustomerList` instead of an array.",
        fix="Read the new type.",
        opposite=RuleKey("none", "return", "type", "changed"),
    ),
    _method(
        key=RuleKey("none", "return", "type", "widened"),
        level=Severity.WARNING,
        says="A method can return more types.",
        template="{it} {has} more return types",
        why="Code can receive a type that it does not handle.",
        example="A 204 response is added to the 200 response.",
        fix="Handle the other types.",
        opposite=RuleKey("none", "return", "type", "narrowed"),
    ),
    _method(
        key=RuleKey("none", "return", "type", "narrowed"),
        level=Severity.INFO,
        says="A method can return fewer types.",
        template="{it} {has} fewer return types",
        why="Code that handles all old types still works.",
        example="The 204 response is removed.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "return", "type", "widened"),
    ),
    _method(
        key=RuleKey("none", "method", "paging", "removed"),
        level=Severity.ERROR,
        says="A method is no longer paginated.",
        template="{it} {is} no longer paginated",
        why="`paged(…)` raises `TypeError` for it.",
        example="The parameter `offset` is removed from a list.",
        fix="Call the method itself, and use what it returns.",
        opposite=RuleKey("none", "method", "paging", "added"),
    ),
    _method(
        key=RuleKey("none", "method", "paging", "added"),
        level=Severity.INFO,
        says="A method is now paginated.",
        template="{it} {is} now paginated",
        why="Calls to the method itself are unchanged.",
        example="The parameter `offset` is added to a list.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method", "paging", "removed"),
    ),
    _method(
        key=RuleKey("none", "error", "type", "changed"),
        level=Severity.WARNING,
        says="The body of an error changed type.",
        template="{it} changed type",
        why="Code that reads `error.body` expects the old type.",
        example="The 400 response is a `Problem` instead of an `ErrorResponse`.",
        fix="Read the new type where you catch errors.",
        opposite=RuleKey("none", "error", "type", "changed"),
    ),
)

# All arguments but the body are keyword-only, so their order is not part of the signature.
ARGUMENT_RULES = (
    _argument(
        key=RuleKey("none", "argument", "itself", "removed"),
        level=Severity.ERROR,
        says="A keyword argument was removed from a method.",
        template="{it} {was} removed",
        why="Calls that pass it raise `TypeError`.",
        example="The query parameter `limit` is removed.",
        fix="Remove the argument from your calls.",
        opposite=RuleKey("none", "argument", "itself", "added"),
    ),
    _argument(
        key=RuleKey("none", "argument", "itself", "added"),
        level=Severity.INFO,
        says="An optional keyword argument was added to a method.",
        template="{it} {was} added",
        why="Calls without it still work.",
        example="The optional query parameter `limit` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "argument", "itself", "removed"),
    ),
    _argument(
        key=RuleKey("none", "required-argument", "itself", "added"),
        level=Severity.ERROR,
        says="A required keyword argument was added to a method.",
        template="{it} {was} added",
        why="Calls without it raise `TypeError`.",
        example="The required query parameter `region` is added.",
        fix="Pass it in all calls.",
        opposite=RuleKey("none", "argument", "itself", "removed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "itself", "renamed"),
        level=Severity.ERROR,
        says="A keyword argument was renamed.",
        template="{it} {was} renamed",
        why="Calls that pass the old name raise `TypeError`.",
        example="`/customers/{id}` becomes `/customers/{customer_id}`.",
        fix="Use the new name.",
        opposite=RuleKey("none", "argument", "itself", "renamed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "required", "became"),
        level=Severity.ERROR,
        says="A keyword argument is now required.",
        template="{it} {is} now required",
        why="Calls without it raise `TypeError`.",
        example="`required: true` is added to the query parameter `region`.",
        fix="Pass it in all calls.",
        opposite=RuleKey("none", "argument", "optional", "became"),
    ),
    _argument(
        key=RuleKey("none", "argument", "optional", "became"),
        level=Severity.INFO,
        says="A keyword argument is now optional.",
        template="{it} {is} now optional",
        why="Calls that pass it still work.",
        example="`required: true` is removed from the query parameter `region`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "argument", "required", "became"),
    ),
    _argument(
        key=RuleKey("none", "argument", "type", "changed"),
        level=Severity.ERROR,
        says="A keyword argument changed type.",
        template="{it} changed type",
        why="Existing calls pass the old type.",
        example="The query parameter `since` was a string and is now an integer.",
        fix="Pass the new type.",
        opposite=RuleKey("none", "argument", "type", "changed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "type", "widened"),
        level=Severity.INFO,
        says="A keyword argument accepts more types.",
        template="{it} {accepts} more types",
        why="Existing calls are still valid.",
        example="The query parameter `since` now accepts a string or an integer.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "argument", "type", "narrowed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "type", "narrowed"),
        level=Severity.ERROR,
        says="A keyword argument accepts fewer types.",
        template="{it} {accepts} fewer types",
        why="Existing calls can pass a removed type.",
        example="The query parameter `since` no longer accepts an integer.",
        fix="Pass one of the remaining types.",
        opposite=RuleKey("none", "argument", "type", "widened"),
    ),
    _argument(
        key=RuleKey("none", "argument", "default", "changed"),
        level=Severity.INFO,
        says="The server's default for an argument changed.",
        template="{it} changed default",
        why="Calls that omit it now behave differently.",
        example="The default of the query parameter `limit` was 20 and is now 50.",
        fix="Pass the argument if your code relies on the old default.",
        opposite=RuleKey("none", "argument", "default", "changed"),
    ),
)

CALL_RULES: tuple[Rule, ...] = (*CLIENT_RULES, *METHOD_RULES, *ARGUMENT_RULES)
