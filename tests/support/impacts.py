"""An impact with places of each kind, for tests of reports.

In: nothing. Out: a `CodeImpact`.
"""

from __future__ import annotations

from dataclasses import replace

from flexprice_codegen.diff.changes import Changes, VersionInfo
from flexprice_codegen.diff.finding import Finding
from flexprice_codegen.diff.levels.next_version import VersionAdvice
from flexprice_codegen.diff.rules.rule_key import RuleKey
from flexprice_codegen.diff.rules.severity import Severity
from flexprice_codegen.diff.source.findings import PythonLocation, create_finding
from flexprice_codegen.impact.code_files import SkippedFile
from flexprice_codegen.impact.edits import CodeEdit
from flexprice_codegen.impact.impacts import CodeImpact, CodeRead, FormerName, Impact
from flexprice_codegen.impact.places import Place
from flexprice_codegen.impact.symbols import (
    Confidence,
    Position,
    Symbol,
    SymbolKind,
    Use,
    Way,
)

_VERSION = VersionInfo(
    source="old.yaml", title="A", version="1", operations=1, events=0
)


def create_python_finding(text: str, kind: str, change: str = "removed") -> Finding:
    """Return a finding about a name in Python."""
    keys = {
        ("field", "removed"): RuleKey("none", "field", "itself", "removed"),
        ("method", "renamed"): RuleKey("none", "method", "itself", "renamed"),
        ("enum", "added"): RuleKey("none", "enum-member", "itself", "added"),
    }
    location = PythonLocation(python=text)
    return create_finding(keys[kind, change], location, f"{text} | was {change}")


def create_place(
    file: str,
    line: int,
    symbol: tuple[SymbolKind, str, str],
    way: Way = "attribute",
    confidence: Confidence = "sure",
) -> Place:
    """Return a place in a file, at the fifth character."""
    position = Position(line, 4, 9)
    use = Use(file, position, Symbol(*symbol), way, confidence)
    return Place(use=use, line=line, column=5, end_column=10, text="one.email")


EMAIL: tuple[SymbolKind, str, str] = ("field", "Customer", "email")
FIND: tuple[SymbolKind, str, str] = ("method", "customers", "find")
STATUS: tuple[SymbolKind, str, str] = ("choice", "", "Status")


def create_impact() -> CodeImpact:
    """Return an impact with two errors, a warning, an alias, and what was not read."""
    email = create_python_finding("models.Customer.email", "field")
    find = create_python_finding("client.customers.find", "method", "renamed")
    status = replace(
        create_python_finding("models.Status.NEW", "enum", "added"),
        level=Severity.WARNING,
    )
    other = create_python_finding("models.Plan.days", "field")
    renamed = create_place("src/b.py", 3, FIND)
    edit = CodeEdit(
        "src/b.py",
        3,
        4,
        "find",
        "search",
        renamed.use,
        Symbol("method", "customers", "search"),
    )
    return CodeImpact(
        changes=Changes(
            old=_VERSION,
            new=_VERSION,
            findings=(email, find, status, other),
            advice=VersionAdvice(bump="none"),
        ),
        impacts=(
            Impact(
                finding=email,
                places=(
                    create_place("src/a.py", 1, EMAIL, "attribute", "maybe"),
                    create_place("src/a.py", 2, EMAIL, "keyword", "maybe"),
                ),
            ),
            Impact(finding=find, places=(renamed,)),
            Impact(finding=status, places=(create_place("src/b.py", 9, STATUS),)),
        ),
        untouched=(other,),
        former_names=(
            FormerName(
                old="client.customers.list",
                new="client.customers.find",
                places=(create_place("src/b.py", 4, FIND),),
            ),
        ),
        code=CodeRead(
            files=3, skipped=(SkippedFile("src/c.py", "line 1: bad"),), untyped=2
        ),
        edits={renamed.use: edit},
    )
