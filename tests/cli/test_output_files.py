"""``--output-file``: each file is written completely or not at all, independently of the others.

A file is replaced only if it was written in the same format, and never if the run needs it.
"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reportlint.reporters import REPORTERS

from .conftest import CLEAN, FAULTY, arguments, check_formats, environment, install, run


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder with a faulty and a clean draft."""
    (tmp_path / "faulty.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "clean.md").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(("draft", "code"), [("faulty.md", 1), ("clean.md", 0)])
def test_file_has_the_output_of_its_format(draft: str, code: int, workspace: Path) -> None:
    outputs = check_formats([draft], out=workspace / "new/folder", cwd=workspace)
    for name in REPORTERS:
        shown = run("check", draft, "--output-format", name, cwd=workspace)
        assert (shown.code, shown.out) == (code, outputs[name])
    assert names(workspace / "new/folder") == set(REPORTERS)


def test_output_files_do_not_change_output_and_exit_code(workspace: Path) -> None:
    plain = run("check", ".", cwd=workspace)
    assert run("check", ".", "--output-file", "json=a.json", "--output-file", "junit=b.xml", cwd=workspace) == plain
    assert plain.code == 1


def test_existing_file_is_replaced_through_a_link(workspace: Path) -> None:
    (workspace / "real").mkdir()
    (workspace / "link.log").symlink_to("real/found.log")
    run("check", "clean.md", "--output-file", "text=link.log", cwd=workspace)
    run("check", "faulty.md", "--output-file", "text=link.log", cwd=workspace)
    assert (workspace / "link.log").is_symlink()
    assert (workspace / "real/found.log").read_text(encoding="utf-8") == run("check", "faulty.md", cwd=workspace).out
    assert names(workspace / "real") == {"found.log"}


def test_file_has_the_usual_permissions(workspace: Path) -> None:
    run("check", "faulty.md", "--output-file", "text=found.txt", cwd=workspace)
    modes = {stat.S_IMODE((workspace / name).stat().st_mode) for name in ("found.txt", "faulty.md")}
    assert len(modes) == 1


@pytest.mark.parametrize("path", ["faulty.md/found", "taken", "a" * 300, "/proc/no-such/found"])
def test_failure_to_write_one_file_does_not_prevent_another(path: str, workspace: Path) -> None:
    (workspace / "taken").mkdir()
    result = run(
        "check", "faulty.md", "--output-file", f"json={path}", "--output-file", "concise=found.txt", cwd=workspace
    )  # fmt: skip
    assert result.code == 2
    assert result.err.startswith(f"reportlint: {path} cannot be written: ")
    assert result.out == run("check", "faulty.md", cwd=workspace).out
    assert "NUM001" in (workspace / "found.txt").read_text(encoding="utf-8")
    assert names(workspace) == {"clean.md", "faulty.md", "found.txt", "taken"}
    assert names(workspace / "taken") == set()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_device_is_written_to_and_never_replaced(workspace: Path) -> None:
    result = run(
        "check", "faulty.md", "--output-file", "text=/dev/full", "--output-file", "json=/dev/null", cwd=workspace
    )
    assert (result.code, result.err) == (2, "reportlint: /dev/full cannot be written: No space left on device\n")
    assert Path("/dev/full").is_char_device()
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="the standard streams are not files here")
def test_pipe_is_written_to(workspace: Path) -> None:
    completed = subprocess.run(
        arguments("check", "faulty.md", "--output-file", "concise=/dev/stderr"),
        cwd=workspace, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (completed.returncode, completed.stdout) == (1, run("check", "faulty.md", cwd=workspace).out)
    assert completed.stderr == run("check", "faulty.md", "--output-format", "concise", cwd=workspace).out


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="the standard streams are not files here")
def test_standard_output_in_a_file_is_written_to(workspace: Path) -> None:
    shown = run("check", "faulty.md", cwd=workspace).out
    data = run("check", "faulty.md", "--output-format", "json", cwd=workspace).out
    with open(workspace / "found.txt", "w") as stream:
        completed = subprocess.run(
            arguments("check", "faulty.md", "--output-file", "json=/dev/stdout"),
            cwd=workspace, env=environment(), stdout=stream, check=False,
        )  # fmt: skip
    assert completed.returncode == 1
    assert (workspace / "found.txt").read_text("utf-8") == data + shown


# -- files that are replaced ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REPORTERS)
def test_a_run_may_replace_the_output_of_an_earlier_run(name: str, workspace: Path) -> None:
    (workspace / "other.md").write_text("# A program\n\nHow to install it.\n")
    (workspace / "binary.md").write_bytes(b"\xff")
    (workspace / "empty").mkdir()
    file = workspace / "found.txt"
    file.touch(0o640)
    file.chmod(0o640)
    option = ["--output-file", f"{name}=found.txt"]
    earlier = [
        ["faulty.md"], ["clean.md"], ["."], ["other.md"], ["empty"], ["clean.md", "--message-language", "fr"],
        ["faulty.md", "--message-language", "fr"], ["faulty.md"],
    ]  # fmt: skip
    for given in earlier:
        # A file of the working folder that looks like a draft is an input of the run that checks the folder.
        result = run("check", *given, *option, cwd=workspace)
        assert ("was not replaced" in result.err) is (given == ["."])
    assert file.read_text("utf-8") == run("check", "faulty.md", "--output-format", name, cwd=workspace).out
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_files_of_another_format_are_not_replaced(workspace: Path) -> None:
    outputs = check_formats(["faulty.md"], out=workspace / "out", cwd=workspace)
    for index, (name, text) in enumerate(outputs.items()):
        other = [*REPORTERS][index - 1]
        result = run("check", "faulty.md", "--output-file", f"{other}=out/{name}", cwd=workspace)
        message = f"reportlint: out/{name} was not replaced: reportlint did not write it in this format; "
        assert result.code == 2
        assert result.err.startswith(message)
        assert result.err.count("\n") == 1
        assert (workspace / "out" / name).read_text("utf-8") == text


FOREIGN = {
    "notes.txt": "Minutes\n\nThe Committee met.\n\n3 errors remain in 1 report\n",
    "notes.md": "# Minutes\n\npara. 3  error  AGD002  line 25:99\n    as pasted\n\nThe Committee met.\n",
    "report.rst": "Report\n======\n\n1. The Committee met.\n",
    "data.json": '{"schema": 1, "findings": []}\n',
    "list.json": '[{"description": "a", "check_name": "b", "fingerprint": "c", "severity": "d", "location": {}}]\n',
    "other.sarif": '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "another"}}}]}\n',
    "page.html": "<!DOCTYPE html>\n<title>Reportlint</title>\n",
    "tests.xml": '<?xml version="1.0"?>\n<testsuites name="pytest"></testsuites>\n',
    "build.log": "a.md:1:1: error: undefined\n",
    "values.yaml": "a: 1\n",
    "values.toml": "a = 1\n",
    "deep.json": "[" * 100_000,
    "program": "\x7fELF\0",
}


@pytest.mark.parametrize("name", REPORTERS)
def test_a_file_that_was_not_written_by_reportlint_is_not_replaced(name: str, workspace: Path) -> None:
    options = []
    for path, text in FOREIGN.items():
        (workspace / path).write_text(text, encoding="utf-8")
        options += ["--output-file", f"{name}={path}"]
    result = run("check", "clean.md", *options, "--output-file", "json=new.json", cwd=workspace)
    assert (result.code, result.out) == (2, run("check", "clean.md", cwd=workspace).out)
    assert [line.split()[1] for line in result.err.splitlines()] == [*FOREIGN]
    assert {path: (workspace / path).read_text(encoding="utf-8") for path in FOREIGN} == FOREIGN
    assert '"reportlint"' in (workspace / "new.json").read_text("utf-8")


def test_a_plugins_file_is_replaced_if_it_begins_alike(workspace: Path) -> None:
    (workspace / "site").mkdir()
    module = (
        "import reportlint\n"
        "def table(run, **_):\n    return 'path;number\\n' + ''.join(f'{file.path};1\\n' for file in run.files)\n"
        "@reportlint.hookimpl\ndef reportlint_reporters():\n    return {'table': table}\n"
    )
    (workspace / "site/tables.py").write_text(module)
    install(workspace / "site", "tables", "tables")
    env = {"PYTHONPATH": os.pathsep.join((environment()["PYTHONPATH"], str(workspace / "site")))}
    for draft in ("clean.md", "faulty.md"):
        result = run("check", draft, "--output-file", "table=found.csv", cwd=workspace, env=env)
        assert (result.code, result.err) == (int(draft == "faulty.md"), "")
        assert (workspace / "found.csv").read_text() == f"path;number\n{draft};1\n"
    (workspace / "found.csv").write_text("path,number\n")
    result = run("check", "clean.md", "--output-file", "table=found.csv", cwd=workspace, env=env)
    assert (result.code, result.out != "") == (2, True)
    assert (workspace / "found.csv").read_text() == "path,number\n"


# -- files that are never replaced ------------------------------------------------------------------------------------

CONFIGURATION = """extends = "base.toml"
exclude = ["excluded.md"]
rules = ["rules"]
waivers = "ours.yaml"
baseline = "known.json"
"""


@pytest.fixture
def configured(workspace: Path) -> Path:
    """A folder with drafts and all that configures a run; most files are empty or look like an output as text."""
    output = run("check", "clean.md", cwd=workspace).out
    (workspace / "rules").mkdir()
    (workspace / "more").mkdir()
    (workspace / "reportlint.toml").write_text(CONFIGURATION)
    (workspace / "rules/house.yaml").write_text("[]\n")
    (workspace / "more/house.yaml").write_text("[]\n")
    (workspace / "base.toml").write_text('extends = "most-basic.toml"\n')
    for name in ("most-basic.toml", "ours.yaml", "empty.md", "unreadable.docx"):
        (workspace / name).touch()
    for name in ("known.json", "other.json"):
        (workspace / name).write_text('{"schema": 1, "findings": {}}')
    (workspace / "excluded.md").write_text(output)
    (workspace / "small.txt").write_text(output)
    (workspace / "alias.md").symlink_to("faulty.md")
    os.link(workspace / "faulty.md", workspace / "twin.log")
    return workspace


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("faulty.md", ""),
        ("./rules/../clean.md", ""),
        ("alias.md", ""),
        ("twin.log", ""),
        ("excluded.md", "an input of this run"),
        ("empty.md", "an input of this run"),
        ("small.txt", "an input of this run"),
        ("unreadable.docx", "an input of this run"),
        ("missing.md", "an input of this run"),
        ("reportlint.toml", "a configuration file"),
        ("base.toml", "a configuration file"),
        ("most-basic.toml", "a configuration file"),
        ("ours.yaml", "a waiver file"),
        ("known.json", "a baseline"),
        ("other.json", "a baseline"),
        ("rules/house.yaml", "a file of house rules"),
        ("more/house.yaml", "a file of house rules"),
    ],
)
@pytest.mark.parametrize("option", ["--output-file=text=", "--write-baseline="])
def test_a_file_that_the_run_needs_is_never_replaced(option: str, path: str, kind: str, configured: Path) -> None:
    def content() -> bytes | None:
        return (configured / path).read_bytes() if (configured / path).exists() else None

    before = content()
    given = ["check", ".", "missing.md", "--rules", "more", "--baseline", "other.json"]
    shown = run(*given, cwd=configured).out
    result = run(*given, option + path, cwd=configured)
    assert result.code == 2
    if option == "--write-baseline=":
        if kind == "a baseline":
            assert f"reportlint: {path}: " in result.err
            return
        if before:  # known at the start not to be a baseline
            kind = kind.replace("an input of this run", "")
    assert f"reportlint: {path} was not replaced: " + (f"it is {kind}\n" if kind else "") in result.err
    assert result.err.count("was not replaced") == 1
    assert (content(), result.out) == (before, shown)


@pytest.mark.parametrize("path", ["faulty.md", "./faulty.md", "alias.md", "twin.log"])
def test_a_named_draft_is_never_replaced(path: str, configured: Path) -> None:
    result = run("check", "faulty.md", f"--output-file=text={path}", cwd=configured)
    assert (result.code, result.err) == (2, f"reportlint: {path} was not replaced: it is an input of this run\n")
    assert (configured / "faulty.md").read_text("utf-8") == FAULTY


def test_a_refusal_is_reported_before_anything_is_read(workspace: Path) -> None:
    process = subprocess.Popen(
        arguments("check", "-", "--output-file", "json=faulty.md", "--output-file", "json=new.json"),
        cwd=workspace, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr
    assert process.stderr.readline().startswith(b"reportlint: faulty.md was not replaced: ")
    out, err = process.communicate(FAULTY.encode())
    assert (process.returncode, b"NUM001" in out, err) == (2, True, b"")
    assert (workspace / "new.json").exists()


def test_one_file_under_two_names_is_an_error(workspace: Path) -> None:
    (workspace / "a.json").touch()
    os.link(workspace / "a.json", workspace / "b.json")
    for options in (["--output-file", "junit=b.json"], ["--write-baseline", "b.json"]):
        result = run("check", "clean.md", "--output-file", "json=a.json", *options, cwd=workspace)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("reportlint: --output-file: ")
        assert (workspace / "a.json").read_text() == ""


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["report.json"], "“report.json”: write it as FORMAT=PATH, such as sarif=report.sarif"),
        (["json="], "write it as FORMAT=PATH"),
        (["=a.json"], "write it as FORMAT=PATH"),
        (["jsn=a.json"], "unknown output format “jsn”; did you mean “json”?"),
        (["xml=a.xml"], "unknown output format “xml” (known formats: text, concise, json, "),
        (["json=a.json", "text=./a.json"], "--output-file: ./a.json is named twice"),
    ],
    ids=str,
)
def test_invalid_value_is_reported_before_anything_is_written(values: list[str], message: str, workspace: Path) -> None:
    options = [part for value in values for part in ("--output-file", value)]
    result = run("check", "faulty.md", *options, cwd=workspace)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert names(workspace) == {"clean.md", "faulty.md"}


def test_path_with_an_equals_sign(workspace: Path) -> None:
    assert run("check", "clean.md", "--output-file", "text=a=b.txt", cwd=workspace).code == 0
    assert (workspace / "a=b.txt").exists()


def test_file_name_that_is_not_utf8(workspace: Path) -> None:
    name = os.fsdecode(b"caf\xe9.md")
    try:
        (workspace / name).write_text(FAULTY, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("the file system has no such names")
    outputs = check_formats([name], out=workspace / "out", cwd=workspace)
    assert all("NUM001" in text for text in outputs.values())
    assert '"uri": "caf%E9.md"' in outputs["sarif"]


def test_only_the_format_in_use_is_imported(workspace: Path) -> None:
    program = (
        "import sys; from reportlint.cli.main import main; code = main(['check', 'clean.md']); print(*sys.modules)"
    )
    completed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=workspace,
        env=environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    loaded = completed.stdout.split()
    assert "reportlint.reporters.text" in loaded
    assert not {f"reportlint.reporters.{name}" for name in ("sarif", "github", "gitlab", "junit")} & set(loaded)
    assert "xml" not in loaded
