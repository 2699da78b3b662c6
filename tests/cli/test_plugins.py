"""Plugins through the command: installed, required and broken. Installation is tested in tests/packaging."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import EXAMPLES, ROOT

from .conftest import FAULTY, Result, environment, install, run

PLUGIN = EXAMPLES / "plugin"
DRAFT = FAULTY.replace("the secretariat.", "its secretariat.").replace(
    "described the lighting of small harbours", "were to send their comments by 1 March 2019"
)
CARD = """- code: BRK001
  name: broken
  check: {check}
  severity: warning
  confidence: high
  message: {{en: "words"}}
  why: {{en: "because"}}
"""
RULES = "from pathlib import Path\nimport reportlint\n@reportlint.hookimpl\ndef reportlint_rules():\n    return Path(__file__).parent / '{name}-rules'\n"  # noqa: E501
CHECK = "from reportlint import check, hookimpl\n@check('broken')\ndef broken(needs: {needs}):\n    return ()\n@hookimpl\ndef reportlint_checks():\n    return [broken]\n"  # noqa: E501

Run = Callable[..., Result]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of packages that contains the example plugin."""
    shutil.copytree(PLUGIN / "reportlint_deadlines", tmp_path / "site/reportlint_deadlines")
    install(tmp_path / "site", "deadlines", "reportlint_deadlines")
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path / "site"


@pytest.fixture
def command(site: Path) -> Run:
    path = os.pathsep.join((environment()["PYTHONPATH"], str(site)))
    return lambda *given: run(*given, cwd=site.parent, env={"PYTHONPATH": path})


def test_rules_and_output_format(command: Run) -> None:
    result = command("check", "--require-plugin", "deadlines", "--output-format", "csv", "draft.md")
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines() == [
        "path,where,line,severity,code,message",
        "draft.md,para. 5,14,error,NUM001," + result.out.splitlines()[1].split("NUM001,")[1],
        'draft.md,para. 5,14,warning,DLN001,"the deadline of 1 March 2019 had passed when the document was issued, on '
        '12 March 2019"',
    ]


def test_output_format_in_a_file(command: Run, site: Path) -> None:
    shown = command("check", "--output-format", "csv", "draft.md").out
    assert command("check", "--output-file", "csv=findings.csv", "draft.md").code == 1
    assert (site.parent / "findings.csv").read_text(encoding="utf-8") == shown


def test_failing_output_format_does_not_stop_other_files(command: Run, site: Path) -> None:
    (site / "reportlint_deadlines/reporter.py").write_text("def report(run, **_):\n    raise ValueError('no')\n")
    given = ("check", "draft.md", "--output-file", "csv=a.csv", "--output-file", "concise=b.txt")
    result = command(*given)
    assert result.code == 2
    assert result.err == "reportlint: a.csv was not written: the format “csv” failed with ValueError: no\n"
    assert result.out == command("check", "draft.md").out
    assert "NUM001" in (site.parent / "b.txt").read_text(encoding="utf-8")
    assert not (site.parent / "a.csv").exists()


def test_output_format_that_returns_no_text(command: Run, site: Path) -> None:
    (site / "reportlint_deadlines/reporter.py").write_text("def report(run, **_):\n    return None\n")
    for option in ("--output-format=csv", "--output-file=csv=a.csv"):
        result = command("check", "draft.md", option)
        assert (result.code, result.err) == (2, "reportlint: the format “csv” returned NoneType, not text\n")
    assert not (site.parent / "a.csv").exists()


def test_rules_obey_options_and_are_explained(command: Run) -> None:
    assert "DLN001" not in command("check", "--ignore", "DLN", "--output-format", "concise", "draft.md").out
    assert command("explain", "DLN001").out.startswith("DLN001  deadline-passed\n")
    assert "  DLN001    –/W/E  deadline-passed\n" in command("rules").out


def test_list(command: Run, site: Path) -> None:
    result = command("plugins")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[1:] == [
        "deadlines  deadlines-plugin 1.0",
        f"  from {site}/reportlint_deadlines/__init__.py",
        "  rules: DLN001",
        "  checks: deadlines.passed",
        "  facts: written_days",
        "  output formats: csv",
    ]
    assert result.out.startswith("builtin  reportlint ")


def test_examples_of_the_cards(command: Run, site: Path) -> None:
    result = command("test", "site/reportlint_deadlines/rules")
    assert (result.code, result.out, result.err) == (0, "3 examples of 1 rule: 0 failures\n", "")
    card = site / "reportlint_deadlines/rules/deadlines.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("before:", "befor:"), encoding="utf-8")
    broken = command("test", "site/reportlint_deadlines/rules")
    assert broken.code == 2
    assert "check “deadlines.passed” has no parameter “befor”; did you mean “before”?" in broken.err


def test_examples_of_cards_newer_than_the_installed_ones(command: Run, site: Path) -> None:
    newer = shutil.copytree(site / "reportlint_deadlines/rules", site.parent / "rules") / "deadlines.yaml"
    assert command("test", "rules").code == 0
    newer.write_text(newer.read_text(encoding="utf-8").replace("[by, ", "["), encoding="utf-8")
    result = command("test", "rules")
    assert (result.code, result.out.splitlines()[-1]) == (1, "3 examples of 1 rule: 1 failure")


def test_tests_of_the_example(site: Path) -> None:
    path = os.pathsep.join((str(ROOT), str(site)))
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, PLUGIN / "tests"],
        cwd=site.parent, env=environment(PYTHONPATH=path), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    assert "3 passed" in result.stdout


def test_missing_required_plugin(command: Run) -> None:
    result = command("check", "--require-plugin", "deadline", "draft.md")
    assert (result.code, result.out) == (2, "")
    assert result.err == "reportlint: plugin “deadline” is not installed; did you mean “deadlines”?\n"


BROKEN = {
    "raises": ("1 / 0\n", "", "cannot be loaded: ZeroDivisionError: division by zero"),
    "exits": ("import sys\nsys.exit(0)\n", "", "cannot be loaded: SystemExit: 0"),
    "undeclared": (
        "from reportlint import hookimpl\n@hookimpl\ndef reportlint_checks():\n    return [print]\n",
        "", "cannot be used: AttributeError",
    ),
    "hook": (
        "from reportlint import hookimpl\n@hookimpl\ndef reportlint_facts():\n    return 1 / 0\n",
        "", "cannot be used: ZeroDivisionError",
    ),
    "unknown": (
        "from reportlint import hookimpl\n@hookimpl\ndef reportlint_fact():\n    return ()\n",
        "", "cannot be used: ",
    ),
    "fact": (CHECK.format(needs="int"), "", "cannot be used: check “broken” needs the fact “int”, which is unknown"),
    "untyped": (CHECK.format(needs="'Nothing'"), "", "cannot be used: “broken”: unknown type in the signature"),
    "card": (
        RULES.format(name="card"), CARD.format(check="brokn"),
        "card-rules/cards.yaml:3:10: unknown check “brokn”",
    ),
    "code": (
        RULES.format(name="code"), CARD.format(check="pattern").replace("BRK001", "NUM001"),
        "code-rules/cards.yaml:1:9: another card already uses the code NUM001",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_broken_plugin_is_reported_and_the_others_still_work(name: str, command: Run, site: Path) -> None:
    module, cards, message = BROKEN[name]
    install(site, name, f"broken_{name}")
    (site / f"broken_{name}.py").write_text(module, encoding="utf-8")
    if cards:
        (site / f"{name}-rules").mkdir()
        (site / f"{name}-rules/cards.yaml").write_text(cards, encoding="utf-8")
    checked = command("check", "--output-format", "concise", "draft.md")
    assert checked.code == 2
    assert f"plugin “{name}” " in checked.err
    assert message in checked.err
    assert "NUM001" in checked.out
    assert "DLN001" in checked.out
    listed = command("plugins")
    assert listed.code == 2
    assert message in listed.out
    assert "  rules: DLN001" in listed.out


def test_plugin_may_use_what_another_one_provides(command: Run, site: Path) -> None:
    install(site, "another", "another")
    module = "from reportlint_deadlines.facts import WrittenDays\n" + CHECK.format(needs="WrittenDays")
    (site / "another.py").write_text(module, encoding="utf-8")
    assert command("plugins").code == 0
    assert command("check", "draft.md").err == ""
