"""`flexprice-codegen diff`, as its users meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.zoo import CONFIG_OF_BOTH, OLD_SPEC, Run, rules_of


def test_the_text_tells_what_breaks_and_what_to_do(run: Run) -> None:
    code, out, err = run("diff", "old.yaml", "new.yaml")
    assert (code, err) == (1, "")
    assert out.startswith("Breaking (2)\n\n")
    assert (
        "error[method-renamed]: `client.keepers.list_keepers` was renamed to "
        "`client.keepers.all_keepers`\n  GET /keepers · new.yaml:11\n"
    ) in out
    assert (
        "old.yaml -> new.yaml: 2 breaking\n"
        "Suggested version: 2.0.0 (major; currently 1.2.0)\n"
    ) in out


def test_the_verbose_text_has_reason_help_and_both_locations(run: Run) -> None:
    code, out, err = run("diff", "old.yaml", "new.yaml", "--verbose")
    assert (code, err) == (1, "")
    assert "  old:          old.yaml:11:5\n  new:          new.yaml:11:5\n" in out
    assert "  why:          Calling the old name raises `AttributeError`." in out
    assert "  help:         Use the new name" in out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "error"], 1),
        (["--fail-on", "none"], 0),
        (["--only", "wire"], 0),
        (["--only", "wire", "--fail-on", "warning"], 1),
        (["--only", "source"], 1),
        (["--level", "*=info"], 0),
        (["--level", "*=info", "--fail-on", "info"], 1),
        (["--level", "*=none", "--fail-on", "info"], 0),
    ],
)
def test_what_fails(run: Run, options: list[str], code: int) -> None:
    assert run("diff", "old.yaml", "new.yaml", *options)[0] == code


def test_one_side_has_its_own_rules(run: Run) -> None:
    both = run("diff", "old.yaml", "new.yaml", "--format", "json")[1]
    wire = run("diff", "old.yaml", "new.yaml", "--format", "json", "--only", "wire")[1]
    source = run("diff", "old.yaml", "new.yaml", "--format", "json", "--only", "source")
    assert rules_of(both) == {"method-renamed", "response-optional-property-removed"}
    assert rules_of(wire) == {"response-optional-property-removed"}
    assert rules_of(source[1]) == {"method-renamed", "field-removed"}


def test_an_ignore_file(run: Run, tmp_path: Path) -> None:
    text = '[[ignore]]\nrule = "method-renamed"\nreason = "we have none"\n'
    (tmp_path / "a.toml").write_text(text + '[[ignore]]\npath = "x"\nreason = "old"\n')
    code, out, err = run("diff", "old.yaml", "new.yaml", "--ignore", "a.toml")
    assert code == 1
    assert "1 finding ignored" in out
    assert err.startswith("a.toml:4:1: warning: the entry matches no finding: old")
    (tmp_path / "a.toml").write_text('[[ignore]]\nrules = "x"\n')
    code, out, err = run("diff", "old.yaml", "new.yaml", "--ignore", "a.toml")
    assert (code, out) == (2, "")
    assert err.startswith("a.toml:2:1: error: unknown key 'rules' in an entry")


@pytest.mark.parametrize(
    "form", ["text", "markdown", "json", "github", "sarif", "html"]
)
def test_every_format_goes_to_a_file(run: Run, tmp_path: Path, form: str) -> None:
    direct = run("diff", "old.yaml", "new.yaml", "--format", form)[1]
    code, out, _ = run(
        "diff", "old.yaml", "new.yaml", "--format", form, "--output", "report"
    )
    assert (code, out) == (1, "")
    assert (tmp_path / "report").read_text(encoding="utf-8") == direct


def test_a_report_that_cannot_be_written_is_a_fault(run: Run) -> None:
    code, _, err = run("diff", "old.yaml", "new.yaml", "--output", "no/such/folder")
    assert code == 2
    assert err.startswith("error: cannot write no/such/folder")


def test_a_client_is_told_of_its_selection_only(run: Run) -> None:
    pets = run(
        "diff", "old.yaml", "new.yaml", "--client", "zoo_client", "--format", "json"
    )
    assert rules_of(pets[1]) == {"response-optional-property-removed"}
    keepers = run("diff", "old.yaml", "new.yaml", "--client", "keepers")
    assert keepers[0] == 1
    assert "all_keepers" in keepers[1]


def test_what_a_client_uses_may_be_gone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text(OLD_SPEC.replace("/keepers", "/staff"))
    code, out, _ = run("diff", "old.yaml", "new.yaml", "--client", "keepers")
    assert code == 1
    assert "client.keepers.list_keepers is gone" in out or "was removed" in out


def test_a_pattern_that_matches_in_neither_version_is_refused(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "flexprice-codegen.toml").write_text(
        CONFIG_OF_BOTH.replace("Pets", "Cats")
    )
    code, _, err = run("diff", "old.yaml", "new.yaml", "--client", "zoo_client")
    assert code == 2
    assert "no tag matches 'Cats'" in err


def test_an_overlay_corrects_both_and_must_match_in_one(
    run: Run, tmp_path: Path
) -> None:
    def overlay(target: str) -> None:
        (tmp_path / "o.yaml").write_text(
            "overlay: 1.0.0\ninfo: {title: t, version: '1'}\n"
            f"actions: [{{target: {target}, remove: true}}]\n"
        )

    overlay("$.components.schemas.Pet.properties.age")
    code, out, _ = run("diff", "old.yaml", "new.yaml", "--overlay", "o.yaml")
    assert "age" not in out
    overlay("$.components.schemas.Cat")
    code, _, err = run("diff", "old.yaml", "new.yaml", "--overlay", "o.yaml")
    assert code == 2
    assert err.count("matches nothing") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff"], "there are several clients"),
        (["diff", "old.yaml"], "missing argument: NEW"),
        (
            ["diff", "old.yaml", "new.yaml", "--config", "x.toml"],
            "cannot read x.toml",
        ),
        (["diff", "--client", "nobody"], "unknown client 'nobody'"),
        (["diff", "old.yaml", "--client", "keepers"], "missing argument: NEW"),
        (["diff", "old.yaml", "gone.yaml"], "file not found"),
        (["diff", "old.yaml", "new.yaml", "--level", "x=info"], "unknown rule 'x'"),
        (["rules", "field-remove"], "unknown rule 'field-remove'"),
    ],
)
def test_bad_usage_exits_2(run: Run, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_the_faults_of_both_versions_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_text("[1, 2")
    (tmp_path / "new.yaml").write_text('{"openapi": "3.0.3", "info": {"tit')
    code, _, err = run("diff", "old.yaml", "new.yaml")
    assert code == 2
    assert "old.yaml:1:" in err
    assert "new.yaml:1:" in err


def test_a_deprecation_without_a_sunset_is_told_where_one_was_agreed_on(
    run: Run, tmp_path: Path
) -> None:
    old = (tmp_path / "old.yaml").read_text(encoding="utf-8")
    deprecated = old.replace("operationId:", "deprecated: true\n      operationId:", 1)
    assert deprecated != old
    (tmp_path / "deprecated.yaml").write_text(deprecated, encoding="utf-8")

    def tell(*options: str) -> set[str]:
        versions = "old.yaml", "deprecated.yaml"
        return rules_of(run("diff", *versions, "--format", "json", *options)[1])

    assert tell() == {"endpoint-deprecated"}
    assert tell("--sunset-days", "30") == {"api-deprecated-sunset-missing"}
    (tmp_path / "agreed").mkdir()
    agreed = tmp_path / "agreed" / "flexprice-codegen.toml"
    agreed.write_text("[diff]\nsunset_days = 30\n")
    assert tell("--config", str(agreed)) == {"api-deprecated-sunset-missing"}
    assert tell("--config", str(agreed), "--sunset-days", "0") == {
        "endpoint-deprecated"
    }
