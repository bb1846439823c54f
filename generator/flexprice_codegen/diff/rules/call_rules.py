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

# What code names is an error where the name is gone; what it need not know is worth telling.
CLIENT_RULES = (
    _client(
        key=RuleKey("none", "client-class", "itself", "renamed"),
        level=Severity.ERROR,
        says="The class of the client has another name.",
        why="Code imports it by its old name.",
        example="`info.title` was `Billing API` and is `Payments API` now.",
        fix="Use the new name, or set `class` and `env_prefix` in the configuration.",
        opposite=RuleKey("none", "client-class", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "credential", "itself", "removed"),
        level=Severity.ERROR,
        says="The client takes one credential less.",
        why="Code that gives it fails with `TypeError`.",
        example="The security scheme `ApiKeyAuth` is removed.",
        fix="Take the keyword out, and use another way to sign in.",
        opposite=RuleKey("none", "credential", "itself", "added"),
    ),
    _client(
        key=RuleKey("none", "credential", "itself", "added"),
        level=Severity.INFO,
        says="The client takes a new credential.",
        why="It need not be given to make a client; what an operation demands of its "
        "caller is told on the wire side.",
        example="The security scheme `BearerAuth` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "credential", "itself", "removed"),
    ),
    _client(
        key=RuleKey("none", "credential", "itself", "renamed"),
        level=Severity.ERROR,
        says="The keyword of a credential has another name.",
        why="Code, and the environment, use the old name.",
        example="The security scheme `ApiKeyAuth` is called `KeyAuth` now.",
        fix="Use the new keyword and the new environment variable.",
        opposite=RuleKey("none", "credential", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "environment-variable", "itself", "renamed"),
        level=Severity.ERROR,
        says="The client reads another environment variable.",
        why="What is set under the old name is not found any more.",
        example="`info.title` was `Billing API` and is `Payments API` now.",
        fix="Set the new variable; or set `env_prefix` in the configuration.",
        opposite=RuleKey("none", "environment-variable", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "server-name", "itself", "removed"),
        level=Severity.ERROR,
        says="A server can no longer be chosen by its name.",
        why="`server=…` with that name is refused.",
        example="The server that is described as `India region` is removed.",
        fix="Choose another server, or give `base_url`.",
        opposite=RuleKey("none", "server-name", "itself", "added"),
    ),
    _client(
        key=RuleKey("none", "server-name", "itself", "added"),
        level=Severity.INFO,
        says="There is a new server to choose.",
        why="The others are as they were.",
        example="A server that is described as `India region` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "server-name", "itself", "removed"),
    ),
    _client(
        key=RuleKey("none", "server-name", "itself", "renamed"),
        level=Severity.ERROR,
        says="A server has another name and the same address.",
        why="`server=…` with the old name is refused.",
        example="The description of a server was `India region` and is `Asia` now.",
        fix="Use the new name.",
        opposite=RuleKey("none", "server-name", "itself", "renamed"),
    ),
    _client(
        key=RuleKey("none", "namespace", "itself", "renamed"),
        level=Severity.ERROR,
        says="All methods of a namespace are under another name.",
        why="Code calls them under the old one.",
        example="The tag `Customers` is called `Accounts` now.",
        fix="Use the new name.",
        opposite=RuleKey("none", "namespace", "itself", "renamed"),
    ),
)

# Of what a method takes more is harmless, of what it returns less: the rule of variance.
METHOD_RULES = (
    _method(
        key=RuleKey("none", "method", "itself", "removed"),
        level=Severity.ERROR,
        says="A method is gone.",
        why="Calling it fails with `AttributeError`.",
        example="`POST /customers` is removed.",
        fix="Take its calls out, or call what came in its place.",
        opposite=RuleKey("none", "method", "itself", "added"),
    ),
    _method(
        key=RuleKey("none", "method", "itself", "added"),
        level=Severity.INFO,
        says="There is a new method.",
        why="Nothing that exists is touched.",
        example="`POST /customers/{id}/merge` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method", "itself", "removed"),
    ),
    _method(
        key=RuleKey("none", "method", "itself", "renamed"),
        level=Severity.ERROR,
        says="A method has another name.",
        why="Calling it by the old one fails with `AttributeError`. A client whose lock "
        "knows the operation keeps the name that it has.",
        example="The `operationId` of `POST /customers` was `createCustomer` and is "
        "`addCustomer` now.",
        fix="Use the new name; or keep the lock of your client, and with it the name.",
        opposite=RuleKey("none", "method", "itself", "renamed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "itself", "added"),
        level=Severity.INFO,
        says="A method takes a body, which may be left out.",
        why="Calls without one still work.",
        example="An operation gets a `requestBody` that is not required.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method-body", "itself", "removed"),
    ),
    _method(
        key=RuleKey("none", "required-method-body", "itself", "added"),
        level=Severity.ERROR,
        says="A method takes a body, which must be given.",
        why="Calls without one fail with `TypeError`.",
        example="An operation gets a `requestBody` that is required.",
        fix="Give the body as the first argument.",
        opposite=RuleKey("none", "method-body", "itself", "removed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "itself", "removed"),
        level=Severity.ERROR,
        says="A method takes no body any more.",
        why="Calls with one fail with `TypeError`.",
        example="The `requestBody` of an operation is removed.",
        fix="Take the first argument out of its calls.",
        opposite=RuleKey("none", "required-method-body", "itself", "added"),
    ),
    _method(
        key=RuleKey("none", "method-body", "required", "became"),
        level=Severity.ERROR,
        says="The body of a method must be given now.",
        why="Calls without it fail with `TypeError`.",
        example="`required: true` is added to a `requestBody`.",
        fix="Give the body as the first argument.",
        opposite=RuleKey("none", "method-body", "optional", "became"),
    ),
    _method(
        key=RuleKey("none", "method-body", "optional", "became"),
        level=Severity.INFO,
        says="The body of a method may be left out now.",
        why="Calls with one still work.",
        example="`required: true` is taken out of a `requestBody`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method-body", "required", "became"),
    ),
    _method(
        key=RuleKey("none", "method-body", "type", "changed"),
        level=Severity.ERROR,
        says="A method takes a body of another type.",
        why="Calls pass the old one.",
        example="The schema of a request body is `NewCustomer` instead of `Customer`.",
        fix="Make a value of the new type.",
        opposite=RuleKey("none", "method-body", "type", "changed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "type", "widened"),
        level=Severity.INFO,
        says="A method takes bodies of more types.",
        why="What was accepted before still is.",
        example="The schema of a request body is `oneOf` the old one and another.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method-body", "type", "narrowed"),
    ),
    _method(
        key=RuleKey("none", "method-body", "type", "narrowed"),
        level=Severity.ERROR,
        says="A method takes bodies of fewer types.",
        why="Calls may pass one of the others.",
        example="`oneOf` of a request body loses an option.",
        fix="Pass one of the types that are left.",
        opposite=RuleKey("none", "method-body", "type", "widened"),
    ),
    _method(
        key=RuleKey("none", "return", "type", "changed"),
        level=Severity.ERROR,
        says="A method returns another type.",
        why="Code reads the old one.",
        example="The 200 response is a `CustomerList` instead of an array.",
        fix="Read the new type.",
        opposite=RuleKey("none", "return", "type", "changed"),
    ),
    _method(
        key=RuleKey("none", "return", "type", "widened"),
        level=Severity.WARNING,
        says="A method returns more types than before.",
        why="Code may meet one that it does not handle.",
        example="A 204 response is added beside the 200 one.",
        fix="Handle the other types.",
        opposite=RuleKey("none", "return", "type", "narrowed"),
    ),
    _method(
        key=RuleKey("none", "return", "type", "narrowed"),
        level=Severity.INFO,
        says="A method returns fewer types than before.",
        why="What handles them all handles what is left.",
        example="The 204 response beside the 200 one is removed.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "return", "type", "widened"),
    ),
    _method(
        key=RuleKey("none", "method", "paging", "removed"),
        level=Severity.ERROR,
        says="A method can no longer be asked for page by page.",
        why="`paged(…)` of it raises `TypeError`.",
        example="The parameter `offset` is removed from a list.",
        fix="Call the method itself, and take what it returns.",
        opposite=RuleKey("none", "method", "paging", "added"),
    ),
    _method(
        key=RuleKey("none", "method", "paging", "added"),
        level=Severity.INFO,
        says="A method can be asked for page by page.",
        why="Calls of the method itself are as before.",
        example="The parameter `offset` is added to a list.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "method", "paging", "removed"),
    ),
    _method(
        key=RuleKey("none", "error", "type", "changed"),
        level=Severity.WARNING,
        says="The body of errors has another type.",
        why="Code that reads `error.body` expects the old one.",
        example="The 400 response is a `Problem` instead of an `ErrorResponse`.",
        fix="Read the new type where errors are caught.",
        opposite=RuleKey("none", "error", "type", "changed"),
    ),
)

# All arguments but the body are keywords: none can be given by its position, so that their
# order is no part of the signature.
ARGUMENT_RULES = (
    _argument(
        key=RuleKey("none", "argument", "itself", "removed"),
        level=Severity.ERROR,
        says="A method has lost a keyword.",
        why="Calls that give it fail with `TypeError`.",
        example="The query parameter `limit` is removed.",
        fix="Take it out of the calls.",
        opposite=RuleKey("none", "argument", "itself", "added"),
    ),
    _argument(
        key=RuleKey("none", "argument", "itself", "added"),
        level=Severity.INFO,
        says="A method has a new keyword, which may be left out.",
        why="Calls without it still work.",
        example="The optional query parameter `limit` is added.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "argument", "itself", "removed"),
    ),
    _argument(
        key=RuleKey("none", "required-argument", "itself", "added"),
        level=Severity.ERROR,
        says="A method has a new keyword, which must be given.",
        why="Calls without it fail with `TypeError`.",
        example="The required query parameter `region` is added.",
        fix="Give it in all calls.",
        opposite=RuleKey("none", "argument", "itself", "removed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "itself", "renamed"),
        level=Severity.ERROR,
        says="A keyword of a method has another name.",
        why="Calls give the old one, and fail with `TypeError`.",
        example="`/customers/{id}` is written `/customers/{customer_id}` now.",
        fix="Use the new keyword.",
        opposite=RuleKey("none", "argument", "itself", "renamed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "required", "became"),
        level=Severity.ERROR,
        says="A keyword of a method must be given now.",
        why="Calls without it fail with `TypeError`.",
        example="`required: true` is added to the query parameter `region`.",
        fix="Give it in all calls.",
        opposite=RuleKey("none", "argument", "optional", "became"),
    ),
    _argument(
        key=RuleKey("none", "argument", "optional", "became"),
        level=Severity.INFO,
        says="A keyword of a method may be left out now.",
        why="Calls that give it still work.",
        example="`required: true` is taken out of the query parameter `region`.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "argument", "required", "became"),
    ),
    _argument(
        key=RuleKey("none", "argument", "type", "changed"),
        level=Severity.ERROR,
        says="A keyword of a method takes another type.",
        why="Calls give the old one.",
        example="The query parameter `since` was a string and is an integer now.",
        fix="Give the new type.",
        opposite=RuleKey("none", "argument", "type", "changed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "type", "widened"),
        level=Severity.INFO,
        says="A keyword of a method takes more types.",
        why="What was accepted before still is.",
        example="The query parameter `since` takes a string or an integer now.",
        fix=NOTHING_TO_DO,
        opposite=RuleKey("none", "argument", "type", "narrowed"),
    ),
    _argument(
        key=RuleKey("none", "argument", "type", "narrowed"),
        level=Severity.ERROR,
        says="A keyword of a method takes fewer types.",
        why="Calls may give one of the others.",
        example="The query parameter `since` takes no integer any more.",
        fix="Give one of the types that are left.",
        opposite=RuleKey("none", "argument", "type", "widened"),
    ),
    _argument(
        key=RuleKey("none", "argument", "default", "changed"),
        level=Severity.INFO,
        says="The server's default of a keyword is another one.",
        why="A call that leaves it out means something else.",
        example="The default of the query parameter `limit` was 20 and is 50 now.",
        fix="Give the keyword if the old default was relied on.",
        opposite=RuleKey("none", "argument", "default", "changed"),
    ),
)

CALL_RULES: tuple[Rule, ...] = (*CLIENT_RULES, *METHOD_RULES, *ARGUMENT_RULES)
