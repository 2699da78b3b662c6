"""Plugins through the command: installed, required and broken. Installation is tested in tests/packaging."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import EXAMPLES, ROOT

from reportlint.plugins import builtin, hookspecs

from .conftest import CLEAN, FAULTY, Result, environment, install, run

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
        assert (result.code, result.out == "") == (2, "=csv=" not in option)
        assert result.err.endswith("the format “csv” returned NoneType, not text\n")
        assert result.err.count("\n") == 1
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
    "leaves": ("raise GeneratorExit\n", "", "cannot be loaded: GeneratorExit"),
    "nameless": (
        "class Faulty(BaseException):\n    def __str__(self):\n        raise self\nraise Faulty\n",
        "", "cannot be loaded: Faulty",
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
    "check": (
        "from reportlint import check, hookimpl\n\n\n"
        "@check('numbering.lone_subdivision', fields=('above', 'expected', 'found'), related=('above',))\n"
        "def silent():\n    return iter(())\n\n\n@hookimpl\ndef reportlint_checks():\n    return (silent,)\n",
        "", "cannot be used: the check “numbering.lone_subdivision” is defined twice",
    ),
    "type": (
        "from reportlint import Agenda, hookimpl\n\n\ndef empty() -> Agenda:\n    return Agenda()\n\n\n"
        "@hookimpl\ndef reportlint_facts():\n    return (empty,)\n",
        "", "cannot be used: the fact “Agenda” is defined twice",
    ),
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


HOOK = "import sys\nfrom reportlint import hookimpl\n@hookimpl\ndef reportlint_{hook}():\n    {body}\n"
JUNK = [
    ("checks", "None", "reportlint_checks returned None, not a list of checks"),
    ("checks", "3", "reportlint_checks returned a value of type int, not a list of checks"),
    ("checks", "'ab'", "reportlint_checks returned a value of type str, not a list of checks"),
    ("checks", "{'a': print}", "reportlint_checks returned a value of type dict, not a list of checks"),
    ("checks", "['a']", "reportlint_checks returned a list of checks with a value of type str in it"),
    ("facts", "[3]", "reportlint_facts returned a list of functions with a value of type int in it"),
    ("facts", "[lambda: 3]", "the return type, which identifies the fact, is missing"),
    ("rules", "3", "reportlint_rules returned a value of type int, not the path of a folder"),
    ("rules", "''", "reportlint_rules returned a value of type str, not the path of a folder"),
    ("rules", "'no/such'", "reportlint_rules returned “no/such”, which is not a folder"),
    ("readers", "[1]", "reportlint_readers returned a value of type list, not a dictionary"),
    ("readers", "{'md': print}", "with the key 'md', which is not a suffix in lower case, such as “.md”"),
    ("readers", "{3: print}", "with the key 3, which is not a suffix in lower case, such as “.md”"),
    ("readers", "{'.xy': 3}", "reportlint_readers returned a value of type int for “.xy”, not a function"),
    ("reporters", "{'a=b': print}", "with the key 'a=b', which is not the name of a format"),
    ("reporters", "{'xy': None}", "reportlint_reporters returned None for “xy”, not a function"),
]


def test_hooks_that_return_junk(command: Run, site: Path) -> None:
    for number, (hook, value, _) in enumerate(JUNK):
        install(site, f"junk{number}", f"junk{number}")
        (site / f"junk{number}.py").write_text(HOOK.format(hook=hook, body=f"return {value}"), encoding="utf-8")
    result = command("check", "--output-format", "concise", "draft.md")
    assert result.code == 2
    assert "DLN001" in result.out
    lines = dict(re.findall(r"^reportlint: plugin “junk(\d+)” cannot be used: (.*)$", result.err, re.MULTILINE))
    assert len(lines) == len(result.err.splitlines()) == len(JUNK)
    for number, (_, _, message) in enumerate(JUNK):
        assert message in lines[str(number)]


@pytest.fixture
def broken(site: Path) -> str:
    """The line about a broken plugin, which is installed."""
    install(site, "raises", "broken_raises")
    (site / "broken_raises.py").write_text("1 / 0\n", encoding="utf-8")
    return "reportlint: plugin “raises” cannot be loaded: ZeroDivisionError: division by zero\n"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("check", "--require-plugin", "raises", "clean.md"), 2),
        (("outline", "draft.md"), 2),
        (("rules",), 2),
        (("plugins",), 2),
        (("test", "site/reportlint_deadlines/rules"), 2),
        (("explain", "NUM001"), 0),
        (("config",), 0),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_every_command_names_broken_plugins(
    given: tuple[str, ...], code: int, command: Run, site: Path, broken: str
) -> None:
    (site.parent / "clean.md").write_text(CLEAN, encoding="utf-8")
    result = command(*given)
    assert (result.code, result.err) == (code, broken)
    assert result.out


@pytest.mark.parametrize("given", [("explain", "RAI001"), ("check", "--select", "RAI001", "draft.md")], ids=" ".join)
def test_broken_plugin_is_named_before_an_error_that_it_may_cause(
    given: tuple[str, ...], command: Run, broken: str
) -> None:
    result = command(*given)
    assert result.code == 2
    assert result.err.startswith(f"{broken}reportlint: unknown rule “RAI001”")


# -- what plugins print ------------------------------------------------------------------------------------------------

TALKATIVE = """import os, sys
from pathlib import Path
from reportlint import Document, check, hookimpl
{at_import}
@check("broken")
def broken(document: Document):
    {in_check}
    return ()
@hookimpl
def reportlint_checks():
    {in_hook}
    return [broken]
@hookimpl
def reportlint_rules():
    return Path(__file__).parent / "talk-rules"
"""
PRINTS = "print('words', 1); sys.stdout.write('words 2 '); os.system('echo words 3'); sys.__stdout__.write('words 4 ')"
STREAMS = (
    "sys.stdout.close()", "sys.stderr.close()", "sys.stdout = sys.stderr = None",
    "sys.stdout = sys.stderr = open(os.devnull, 'w')",
)  # fmt: skip


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("code", [PRINTS, *STREAMS])
def test_standard_output_holds_the_result_only(code: str, jobs: str, command: Run, site: Path) -> None:
    install(site, "talk", "talk")
    module = TALKATIVE.format(at_import=code, in_hook=code, in_check=code)
    (site / "talk.py").write_text(module, encoding="utf-8")
    (site / "talk-rules").mkdir()
    (site / "talk-rules/cards.yaml").write_text(CARD.format(check="broken"), encoding="utf-8")
    (site.parent / "clean.md").write_text(CLEAN, encoding="utf-8")
    given = ("check", "--jobs", jobs, "--no-cache", "--output-format", "json", "draft.md", "clean.md", "no-such.md")
    result = command(*given, "--statistics")
    assert result.code == 2
    assert {finding["code"] for finding in result.json["findings"]} == {"NUM001", "DLN001", "RPL004"}
    assert "3 drafts" in result.err
    if code == PRINTS:
        assert all(f"words {number}" in result.err for number in (1, 2, 3, 4))


@pytest.mark.parametrize("body", ["sys.exit(0)", "raise GeneratorExit", "return None", "print('words'); return 3"])
def test_reader_that_fails_or_returns_no_document(body: str, command: Run, site: Path) -> None:
    install(site, "reader", "reader")
    module = f"def read(source):\n    {body}\n" + HOOK.format(hook="readers", body="return {'.xy': read}")
    (site / "reader.py").write_text(module, encoding="utf-8")
    (site.parent / "draft.xy").write_text(DRAFT, encoding="utf-8")
    result = command("check", "--output-format", "concise", "draft.xy", "draft.md")
    assert result.code == 2
    assert [line.split(" [")[0] for line in result.out.splitlines() if "xy" in line.split(":")[0]] == [
        "draft.xy:1:1: error RPL003"
    ]
    assert "draft.md:14:1: error NUM001" in result.out
    assert "not a document" in result.out or "return" not in body
    assert result.err == ("words\n" if "words" in body else "")
    outline = command("outline", "draft.xy")
    assert (outline.code, outline.out) == (2, "")
    assert "reportlint: draft.xy: " in outline.err


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("import sys; sys.exit(0)", "SystemExit: 0"), ("raise GeneratorExit", "GeneratorExit"),
        ("raise ValueError('a\\nb')", "ValueError: a b"),
    ],
)  # fmt: skip
def test_output_format_that_fails_on_standard_output(body: str, message: str, command: Run, site: Path) -> None:
    (site / "reportlint_deadlines/reporter.py").write_text(f"def report(run, **_):\n    {body}\n")
    result = command("check", "--output-format", "csv", "draft.md")
    assert (result.code, result.out, result.err) == (2, "", f"reportlint: the format “csv” failed with {message}\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_check_that_leaves_the_program_is_a_finding(jobs: str, command: Run, site: Path) -> None:
    for name, body in (("exit", "sys.exit(0)"), ("cancel", "import asyncio; raise asyncio.CancelledError")):
        install(site, name, name)
        module = TALKATIVE.format(at_import="", in_hook="pass", in_check=body).replace("broken", name)
        (site / f"{name}.py").write_text(module.replace("talk-rules", f"{name}-rules"), encoding="utf-8")
        (site / f"{name}-rules").mkdir()
        card = CARD.replace("BRK", name[:3].upper()).replace("name: broken", f"name: {name}")
        (site / f"{name}-rules/cards.yaml").write_text(card.format(check=name), encoding="utf-8")
    (site.parent / "clean.md").write_text(CLEAN, encoding="utf-8")
    result = command("check", "--jobs", jobs, "--no-cache", "--output-format", "json", "draft.md", "clean.md")
    assert (result.code, result.err) == (2, "")
    crashes = [
        (finding["path"], finding["fields"]["check"])
        for finding in result.json["findings"]
        if finding["code"] == "RPL003"
    ]
    assert sorted(crashes) == [(path, check) for path in ("clean.md", "draft.md") for check in ("cancel", "exit")]
    assert {"NUM001", "DLN001"} <= {finding["code"] for finding in result.json["findings"]}


def test_plugin_that_is_broken_in_other_processes_only(command: Run, site: Path) -> None:
    install(site, "shy", "shy")
    (site / "shy.py").write_text("import multiprocessing\nif multiprocessing.parent_process():\n    1 / 0\n")
    (site.parent / "clean.md").write_text(CLEAN, encoding="utf-8")
    result = command("check", "--jobs", "2", "--no-cache", "--output-format", "json", "draft.md", "clean.md")
    assert result.code == 2
    assert {finding["code"] for finding in result.json["findings"]} == {"RPL003"}
    assert "plugin “shy” cannot be loaded" in result.json["findings"][0]["message"]


@pytest.mark.parametrize("name", ["builtin", "deadlines"])
def test_broken_plugin_with_the_name_of_another_one(name: str, command: Run, site: Path) -> None:
    install(site, "other", "broken_name")
    (site / "other_plugin-1.0.dist-info/entry_points.txt").write_text(f"[reportlint]\n{name} = broken_name\n")
    (site / "broken_name.py").write_text(CHECK.format(needs="int"), encoding="utf-8")
    result = command("check", "--output-format", "concise", "draft.md")
    assert result.code == 2
    assert "DLN001" in result.out
    assert re.findall(r"plugin “(\w+)” cannot be used: check “broken” needs", result.err) == [name]


def test_the_built_in_plugin_has_every_hook() -> None:
    hooks = {name for name in vars(hookspecs) if name.startswith("reportlint_")}
    assert {name for name in vars(builtin) if name.startswith("reportlint_")} == hooks
