"""The command as users get it: from the wheel that is made of the sdist, and from an editable install.

Every test runs in a folder outside the checkout, with an environment in which nothing else is installed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import EXAMPLES, ROOT

from reportlint.knowledge.rulebook import compile_folder
from reportlint.reporters import REPORTERS

CLEAN, FAULTY = "clean/seed-heritage.en.md", "faulty/seed-heritage-not-adopted.en.md"
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "NO_COLOR")
}
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*command: str | Path, cwd: Path, ok: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = ENVIRONMENT | variables
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    if ok and done.returncode:
        pytest.fail(f"{command}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, the wheel made of it, and the sdist unpacked as ``source``."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (folder / sdist.name.removesuffix(".tar.gz")).rename(folder / "source")
    return folder


@pytest.fixture(scope="module", params=["wheel", "editable"])
def reportlint(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The installed command: a function of its arguments, run among the examples."""
    folder = tmp_path_factory.mktemp(request.param)
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = built.glob("*.whl")
    what = [wheel] if request.param == "wheel" else ["--editable", built / "source"]
    run(scripts / "python", "-m", "pip", "install", "--quiet", *what, cwd=folder)
    return lambda *arguments: run(scripts / "reportlint", *arguments, cwd=EXAMPLES, ok=False)


def test_what_the_archives_hold(built: Path) -> None:
    for folder in ("rules", "examples", "tests", "benchmarks"):
        assert any((built / "source" / folder).iterdir())
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name.split("/", 1)[1] for name in archive.namelist() if name.startswith("reportlint/")}
        compiled = {
            name.rpartition("/")[2]: archive.read(f"reportlint/{name}").decode()
            for name in names
            if name.startswith("rules/compiled/")
        }
    assert {"py.typed", "rules/agenda.yaml", "rules/registers/states.csv", "rules/lexicons/fr.yaml"} <= names
    assert {f"reporters/html/{name}" for name in ("page.html", "controls.html", "style.css", "page.js")} <= names
    assert "knowledge/hatch_build.py" not in names
    assert compiled == dict(compile_folder(built / "source/rules"))


def test_version(reportlint: Command, built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert reportlint("--version").stdout == f"reportlint {wheel.name.split('-')[1]}\n"


def test_clean_draft(reportlint: Command) -> None:
    done = reportlint("check", CLEAN)
    assert (done.returncode, done.stderr) == (0, "")


def test_faulty_draft_as_text(reportlint: Command) -> None:
    done = reportlint("check", FAULTY)
    assert (done.returncode, done.stderr) == (1, "")
    assert "AGD001" in done.stdout
    assert FAULTY in done.stdout


def test_faulty_draft_as_json(reportlint: Command) -> None:
    done = reportlint("check", "--output-format", "json", FAULTY)
    assert (done.returncode, done.stderr) == (1, "")
    data = json.loads(done.stdout)
    assert data["schema"] == 1
    assert "AGD001" in [finding["code"] for finding in data["findings"]]


def test_all_formats_by_processes_and_from_the_cache(reportlint: Command, tmp_path: Path) -> None:
    def written(out: Path, *options: str) -> tuple[str, dict[str, bytes]]:
        files = [f"--output-file={name}={out / name}" for name in REPORTERS]
        done = reportlint("check", "--cache-dir", str(tmp_path), "--statistics", *options, *files, CLEAN, FAULTY)
        assert done.returncode == 1
        return done.stderr, {path.name: path.read_bytes() for path in out.iterdir()}

    first, anew = written(tmp_path / "first", "--jobs", "2")
    second, known = written(tmp_path / "second")
    assert " MB; 0 known from earlier runs; 2 processes" in first
    assert " MB; 2 known from earlier runs; 1 process" in second
    assert anew == known
    assert sorted(anew) == sorted(REPORTERS)
    assert [name for name, content in anew.items() if b"AGD001" not in content] == []


def test_what_cannot_be_done_is_exit_code_2(reportlint: Command) -> None:
    assert reportlint("check", "no-such-draft.md").returncode == 2
    assert reportlint("check", "--select", "AGD999", CLEAN).returncode == 2
    assert reportlint("check", "--no-such-option").returncode == 2


def test_folder_without_draft_is_exit_code_3(reportlint: Command, tmp_path: Path) -> None:
    assert reportlint("check", str(tmp_path)).returncode == 3


def test_rules(reportlint: Command) -> None:
    done = reportlint("rules")
    assert (done.returncode, done.stderr) == (0, "")
    assert "AGD002" in done.stdout


def test_explain(reportlint: Command) -> None:
    done = reportlint("explain", "AGD002")
    assert (done.returncode, done.stderr) == (0, "")
    assert "agenda-title-mismatch" in done.stdout


def test_outline(reportlint: Command) -> None:
    done = reportlint("outline", CLEAN)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SEED/COM/2024/12" in done.stdout


def test_example_plugin(built: Path, tmp_path: Path) -> None:
    """The example of a plugin, installed beside the wheel and used as its README says."""
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    folder = tmp_path / "plugin"
    shutil.copytree(EXAMPLES / "plugin", folder)
    shutil.copy(EXAMPLES / "clean/seed-heritage.en.md", folder / "MY-REPORT.md")
    (wheel,) = built.glob("*.whl")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    said = re.search(r"```sh\n(.*?)```", (EXAMPLES / "plugin/README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert said
    install, *commands = (line.split() for line in said[1].splitlines())
    run(scripts / "python", "-m", *install, "--quiet", cwd=folder)
    plugins, tested, checked = (run(scripts / name, *given, cwd=folder).stdout for name, *given in commands)
    assert "deadlines  reportlint-deadlines 1.0\n" in plugins
    assert tested == "3 examples of 1 rule: 0 failures\n"
    assert checked == "path,where,line,severity,code,message\n"
