"""Many files: processes, cache, statistics, progress and interrupts do not affect the findings."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from drafts import EXAMPLES, ROOT

from .conftest import CLEAN, FAULTY, Result, arguments, environment, install, run

KNOWN = re.compile(r"(\d+) (?:taken from the cache|en cache) ?; (\d+) process")
DATED = FAULTY.replace("5. Several", '<!-- reportlint: ignore NUM001 reason="as issued" until={until} -->\n5. Several')
HOUSE = """- code: HSE001
  name: words-of-the-house
  check: substitution
  with: {{words: {{lighting: {use}}}}}
  severity: warning
  confidence: high
  message: {{en: "write “{{instead}}”"}}
  why: {{en: "because"}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dozen drafts in both languages, a file that is not text, and a file that is not a draft."""
    drafts = sorted(path for kind in ("clean", "faulty") for path in (EXAMPLES / kind).glob("*.md"))
    for draft in random.Random(7).sample(drafts, 10):
        (tmp_path / draft.name).write_bytes(draft.read_bytes())
    (tmp_path / "faulty.md").write_text(FAULTY)
    (tmp_path / "waived.md").write_text(DATED.format(until="2999-01-01"))
    (tmp_path / "broken.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "readme.md").write_text("# A program\n\nHow to install it, and how to use it with the other tools.\n")
    return tmp_path


def check(folder: Path, *options: str, paths: tuple[str, ...] = (".",), **more: Any) -> Result:
    return run("check", "--cache-dir", ".cache", "--statistics", *options, *paths, cwd=folder, **more)


def known(result: Result) -> int:
    """Return the number of drafts whose results came from the cache, by the statistics of a run."""
    match = KNOWN.search(result.err)
    assert match, result.err
    return int(match[1])


def same(first: Result, second: Result) -> bool:
    return (first.code, without_statistics(first.out)) == (second.code, without_statistics(second.out))


def without_statistics(text: str) -> str:
    """Return the result of a run without its statistics, which differ from run to run."""
    if not text.startswith("{"):
        return text
    return json.dumps({key: value for key, value in json.loads(text).items() if key != "statistics"})


@pytest.mark.parametrize("output", ["text", "json"])
def test_processes_order_and_cache_do_not_affect_the_output(folder: Path, output: str) -> None:
    options = ("--output-format", output)
    plain = run("check", "--no-cache", "--jobs", "1", *options, ".", cwd=folder)
    names = [path.name for path in folder.glob("*.md")]
    random.Random(3).shuffle(names)
    several = check(folder, "--jobs", "3", *options, paths=tuple(names))
    again = check(folder, *options)
    assert plain.code == 2
    assert plain.out.count("NUM001") > 2
    assert same(several, plain)
    assert KNOWN.search(several.err)[2] == "3"  # type: ignore[index]
    assert same(again, plain)
    # An unreadable file is not cached.
    assert known(again) == len(names) - 1


def test_only_changed_drafts_are_checked_again(folder: Path) -> None:
    check(folder)
    draft = folder / "faulty.md"
    times = draft.stat().st_atime_ns, draft.stat().st_mtime_ns
    corrected = FAULTY.replace("5. Several", "3. Several").replace("6. The", "4. The")
    assert len(corrected) == len(FAULTY)
    draft.write_text(corrected)
    os.utime(draft, ns=times)
    result = check(folder, paths=("faulty.md", "waived.md"))
    assert (result.code, known(result)) == (0, 1)
    os.utime(draft)
    assert known(check(folder, paths=("faulty.md", "waived.md"))) == 2


def test_cache_ignores_the_path_of_a_draft(folder: Path) -> None:
    check(folder)
    (folder / "other").mkdir()
    (folder / "faulty.md").rename(folder / "other/moved.md")
    result = check(folder, "--output-format", "json", paths=("other/moved.md",))
    assert known(result) == 1
    assert {finding["path"] for finding in result.json["findings"]} == {"other/moved.md"}
    # The format of the file matters, though.
    (folder / "other/moved.md").rename(folder / "other/moved.txt")
    assert known(check(folder, paths=("other/moved.txt",))) == 0


def test_cache_depends_on_settings_and_rules(folder: Path) -> None:
    def outcome(*options: str) -> tuple[int, set[str]]:
        result = check(folder, "--output-format", "json", *options, paths=("faulty.md",))
        return known(result), {finding["message"] for finding in result.json["findings"]}

    rules = folder / "house.yaml"
    rules.write_text(HOUSE.format(use="light"))
    house = ("--rules", "house.yaml")
    cached, plain = outcome()
    assert cached == 0
    assert outcome() == (1, plain)
    assert outcome("--select", "MST") == (0, set())
    assert outcome("--message-language", "fr")[0] == 0
    assert outcome(*house) == (0, plain | {"write “light”"})
    assert outcome(*house) == (1, plain | {"write “light”"})
    rules.write_text(HOUSE.format(use="lamps"))
    assert outcome(*house) == (0, plain | {"write “lamps”"})
    # fail-on does not affect findings.
    assert outcome("--fail-on", "error") == (1, plain)


def test_cache_depends_on_plugins(folder: Path) -> None:
    site = folder / "site"
    install(site, "word", "word")
    module = "from reportlint import Document, Problem, check, hookimpl\n@check('word')\ndef word(document: Document):\n    return {result}\n@hookimpl\ndef reportlint_checks():\n    return [word]\n"  # noqa: E501
    env = {"PYTHONPATH": os.pathsep.join((environment()["PYTHONPATH"], str(site)))}
    for count, returned in enumerate(("()", "()", "iter(())")):
        (site / "word.py").write_text(module.format(result=returned))
        assert known(check(folder, paths=("faulty.md",), env=env)) == (count == 1)


def test_cache_depends_on_the_package_of_a_plugin(folder: Path) -> None:
    site = folder / "site"
    install(site, "word", "house.plugins.word")
    (site / "house/plugins").mkdir(parents=True)
    for path in ("house/__init__.py", "house/words.py", "house/plugins/__init__.py", "house/plugins/word.py"):
        (site / path).write_text("import house\n")
    env = {"PYTHONPATH": os.pathsep.join((environment()["PYTHONPATH"], str(site)))}
    for count in (0, 1):
        assert known(check(folder, paths=("faulty.md",), env=env)) == count
    (site / "house/words.py").write_text("import house.plugins\n")
    assert known(check(folder, paths=("faulty.md",), env=env)) == 0


def test_cache_depends_on_the_program(folder: Path) -> None:
    shutil.copytree(ROOT / "reportlint", folder / "copy/reportlint", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", folder / "copy/rules")
    env = {"PYTHONPATH": str(folder / "copy")}
    module = folder / "copy/reportlint/document/source.py"
    for count in (0, 1):
        assert known(check(folder, paths=("faulty.md",), env=env)) == count
    module.write_text(f"{module.read_text('utf-8')}\n", encoding="utf-8")
    assert known(check(folder, paths=("faulty.md",), env=env)) == 0


def test_parts_of_one_report(folder: Path) -> None:
    first, second = CLEAN.split("## II.")
    (folder / "first.md").write_text(first)
    (folder / "second.md").write_text("## II." + second.replace("4. The", "5. The"))
    (folder / "reportlint.toml").write_text('[report]\nparts = ["first.md", "second.md"]\n')
    results = [
        check(folder, *options, "--output-format", "concise", paths=("second.md",))
        for options in (("--jobs", "2"), ("--no-cache",), ())
    ]
    assert [known(result) for result in results] == [0, 0, 1]
    assert same(results[0], results[1])
    assert same(results[0], results[2])
    assert results[0].out.startswith("first.md: nothing to report\nsecond.md:3:1: error NUM001")
    (folder / "first.md").write_text(first + "\n4. It thanked its Chair.\n")
    assert check(folder, paths=("second.md",)).code == 0


@pytest.mark.parametrize("damage", ["garbage", "half", "results", "folder"])
def test_damaged_cache_is_ignored(folder: Path, damage: str) -> None:
    import sqlite3  # noqa: PLC0415

    plain = check(folder)
    (file,) = (folder / ".cache").glob("*.db")
    if damage == "garbage":
        file.write_bytes(random.Random(5).randbytes(9000))
    elif damage == "half":
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    elif damage == "results":
        with sqlite3.connect(file) as store:
            store.execute("UPDATE results SET result = ?", (b"not a result",))
        store.close()
    else:
        file.unlink()
        file.mkdir()
    assert same(check(folder), plain)
    again = check(folder)
    assert same(again, plain)
    if damage != "folder":
        assert known(again) > 0


def test_unusable_cache_is_reported_if_it_was_named(folder: Path) -> None:
    result = run("check", "--cache-dir", "faulty.md/cache", "faulty.md", cwd=folder)
    assert (result.code, "faulty.md/cache cannot be used as a cache: " in result.err) == (1, True)
    result = run("check", "faulty.md", cwd=folder, env={"XDG_CACHE_HOME": str(folder / "faulty.md")})
    assert (result.code, result.err) == (1, "")


@pytest.mark.skipif(sys.platform != "linux", reason="the folder differs on other systems")
def test_default_cache_folder(folder: Path) -> None:
    def new_folders(**env: str) -> list[str]:
        before = {path for path in folder.rglob("*") if path.is_dir()}
        assert run("check", "faulty.md", cwd=folder, env=env).code == 1
        after = {path for path in folder.rglob("*") if path.is_dir()}
        return sorted(str(path.relative_to(folder)) for path in after - before)

    assert new_folders(XDG_CACHE_HOME=str(folder / "there")) == ["there", "there/reportlint"]
    assert new_folders(XDG_CACHE_HOME="here", HOME=str(folder)) == [".cache", ".cache/reportlint"]
    assert new_folders(XDG_CACHE_HOME="", HOME="nowhere") == []


def test_cache_is_private_and_ignored_by_git(folder: Path) -> None:
    check(folder)
    assert (folder / ".cache/.gitignore").read_text() == "*\n"
    if os.name == "posix":
        assert (folder / ".cache").stat().st_mode & 0o077 == 0
    assert check(folder, paths=(".cache",)).code == 3


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_interrupt_does_not_damage_the_cache(folder: Path, jobs: str, sent: signal.Signals) -> None:
    long = (EXAMPLES / "faulty/seed-heritage-not-adopted.en.md").read_text("utf-8")
    for number in range(40):
        (folder / f"long-{number}.md").write_text(f"{long}\nNumber {number}\n" * 4, encoding="utf-8")
    given = arguments("check", "--cache-dir", ".cache", "--jobs", jobs, ".")
    for seconds in (0.8, 1.6):
        process = subprocess.Popen(
            given, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )  # fmt: skip
        time.sleep(seconds)
        # A terminal sends signals to all processes of the group.
        os.killpg(process.pid, sent)
        out, err = process.communicate(timeout=60)
        if process.returncode == 130:
            assert (out, err.decode()) == (b"", "reportlint: interrupted\n")
        # Until Python has started, the signal ends the process directly.
        assert process.returncode in ((130, -signal.SIGINT) if sent == signal.SIGINT else (-sent,)), err
    for number in range(40):
        (folder / f"long-{number}.md").unlink()
    assert same(check(folder, "--jobs", jobs), run("check", "--no-cache", ".", cwd=folder))


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
def test_killed_program_leaves_no_warning(folder: Path) -> None:
    """Python removes the semaphores of the processes, without a word about them."""
    long = (EXAMPLES / "faulty/seed-heritage-not-adopted.en.md").read_text("utf-8") * 10
    for number in range(100):
        (folder / f"{number}.md").write_text(long, encoding="utf-8")
    process = subprocess.Popen(
        arguments("check", "--no-cache", "--jobs", "2", "--output-format", "jsonl", "."), cwd=folder,
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline()  # the processes have started
    process.kill()
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (-signal.SIGKILL, "")


def install_deadly(folder: Path) -> dict[str, str]:
    """Install a plugin whose check kills its process at the words “Number 1.”; return the environment with it."""
    install(folder / "site", "deadly", "deadly")
    (folder / "site/deadly.py").write_text(
        "import multiprocessing, os\nfrom reportlint import Document, check, hookimpl\n@check('deadly')\n"
        "def deadly(document: Document):\n"
        "    if multiprocessing.parent_process() and 'Number 1.' in document.source.text:\n        os._exit(9)\n"
        "    return ()\n@hookimpl\ndef reportlint_checks():\n    return [deadly]\n"
        "@hookimpl\ndef reportlint_rules():\n    from pathlib import Path\n    return Path(__file__).parent / 'cards'\n"
    )
    (folder / "site/cards").mkdir()
    (folder / "site/cards/deadly.yaml").write_text(
        "- {code: DED001, name: deadly, check: deadly, severity: error, confidence: high,\n"
        "   message: {en: x}, why: {en: x}}\n"
    )
    return {"PYTHONPATH": os.pathsep.join((environment()["PYTHONPATH"], str(folder / "site")))}


@pytest.mark.parametrize("deadly", [[1], [0, 1, 17, 39]], ids=["one", "several"])
def test_draft_that_kills_its_process_costs_no_other_draft(folder: Path, deadly: list[int]) -> None:
    env = install_deadly(folder)
    drafts = folder / "drafts"
    drafts.mkdir()
    for number in range(40):
        words = "Number 1." if number in deadly else f"Number {number + 100}."
        (drafts / f"n{number:02}.md").write_text(f"{FAULTY}\n{words}\n")
    result = run("check", "--no-cache", "--jobs", "2", "--output-format", "json", "drafts", cwd=folder, env=env)
    assert result.code == 2
    findings = result.json["findings"]
    assert [finding["path"] for finding in findings if finding["code"] == "RPL003"] == [
        f"drafts/n{number:02}.md" for number in deadly
    ]
    assert [file["path"] for file in result.json["files"] if file["state"] == "checked"] == [
        f"drafts/n{number:02}.md" for number in range(40) if number not in deadly
    ]
    assert sum(finding["code"] == "NUM001" for finding in findings) == 40 - len(deadly)


@pytest.mark.parametrize("number", ["0", "-1", "many", "1.5"])
def test_invalid_number_of_processes(folder: Path, number: str) -> None:
    result = run("check", "--jobs", number, ".", cwd=folder)
    assert result.code == 2
    assert "process" in result.err


def test_statistics(folder: Path) -> None:
    for number in (1, 2):
        (folder / f"copy-{number}.md").write_text(FAULTY + "\n9. It met again .\n")
    drafts = ("copy-1.md", "copy-2.md", "faulty.md", "waived.md")
    result = check(folder, paths=drafts)
    lines = result.err.splitlines()
    assert [line.split() for line in lines[:-1]] == [
        ["findings", "reports", "rule"],
        ["5", "3", "NUM001", "paragraph-sequence"],
        ["2", "2", "TYP001", "space-before-stop"],
    ]
    assert re.fullmatch(
        r"4 drafts, 0\.0 MB; 0 taken from the cache; 1 process, \d+\.\d seconds", lines[-1]
    )  # fmt: skip
    french = check(folder, "--message-language", "fr", paths=drafts).err.splitlines()
    assert french[0].split() == ["signalements", "rapports", "règle"]
    assert [line.split()[:3] for line in french[1:3]] == [line.split()[:3] for line in lines[1:3]]
    nothing = check(folder, "--select", "MST", paths=drafts)
    assert (nothing.code, len(nothing.err.splitlines())) == (0, 1)


def test_standard_input_is_cached(folder: Path) -> None:
    for count in range(2):
        result = check(folder, paths=("-",), stdin=FAULTY.encode())
        assert (result.code, known(result)) == (1, count)
    assert json.loads(check(folder, "--output-format", "json", paths=("-",), stdin=FAULTY.encode()).out)["findings"]


def test_long_run_shows_its_progress_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportlint.runner import progress  # noqa: PLC0415

    class Terminal:
        def __init__(self) -> None:
            self.shown = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            self.shown += text
            return len(text)

        def flush(self) -> None:
            pass

    quick, slow, pipe = Terminal(), Terminal(), Terminal()
    with progress.progress_on(quick) as update:  # type: ignore[arg-type]
        update(1, 3)
    monkeypatch.setattr(progress, "_PATIENCE", -1)
    monkeypatch.setattr(pipe, "isatty", lambda: False)
    for stream in (slow, pipe):
        with progress.progress_on(stream) as update:  # type: ignore[arg-type]
            update(1, 3)
            update(2, 3)
    assert (quick.shown, pipe.shown) == ("", "")
    assert "2/3" in slow.shown
    assert slow.shown.endswith("\x1b[2K")  # the bar is removed
