"""The installed command, from the wheel built from the sdist and from an editable install.

Every test runs in a folder outside the checkout, in an environment with nothing else installed.
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
from reportlint.language.lexicon import with_compiled_phrases
from reportlint.reporters import REPORTERS

CLEAN, FAULTY = "clean/seed-heritage.en.md", "faulty/seed-heritage-not-adopted.en.md"
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV", "NO_COLOR")
}
Command = Callable[..., "subprocess.CompletedProcess[str]"]


def run(*command: str | Path, cwd: Path, ok: bool = True, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = ENVIRONMENT | variables
    completed = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    if ok and completed.returncode:
        pytest.fail(f"{command}: exit code {completed.returncode}\n{completed.stdout}\n{completed.stderr}")
    return completed


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, the wheel built from it, and the unpacked sdist as ``source``."""
    folder = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (folder / sdist.name.removesuffix(".tar.gz")).rename(folder / "source")
    return folder


@pytest.fixture(scope="module", params=["wheel", "editable"])
def reportlint(request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """The installed command, as a function of its arguments. It runs in the folder of the examples."""
    folder = tmp_path_factory.mktemp(request.param)
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = built.glob("*.whl")
    target = [wheel] if request.param == "wheel" else ["--editable", built / "source"]
    run(scripts / "python", "-m", "pip", "install", "--quiet", *target, cwd=folder)
    return lambda *arguments: run(scripts / "reportlint", *arguments, cwd=EXAMPLES, ok=False)


def test_contents_of_the_archives(built: Path) -> None:
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
    assert compiled == dict(compile_folder(built / "source/rules", with_compiled_phrases))


def test_no_wheel_is_built_with_a_mistake_in_a_built_in_file(built: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(built / "source", source)
    mistakes = {
        "lexicons/en.yaml": ("  joiner: [", "  jonier: ["),
        "lexicons/fr.yaml": ("direction: ltr", "direction: left"),
        "registers/bodies.yaml": ("\nmasks:", "\nmask:"),
        "registers/symbols.yaml": ("name: A,", "nom: A,"),
        "registers/states.csv": ("AFG,AF", "afg,AF"),
        "registers/precision.csv": ("TYP002,0", "TYP002,four"),
        "registers/states-sources.csv": ("column,", "column,column,"),
        "meetings.yaml": ("confidence: high", "confidence: hihg"),
    }
    for name, (old, new) in mistakes.items():
        text = (source / "rules" / name).read_text(encoding="utf-8")
        assert old in text
        (source / "rules" / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        tmp_path / "dist",
        source,
    ]
    completed = run(*command, cwd=tmp_path, ok=False)
    assert completed.returncode != 0
    output = completed.stdout + completed.stderr
    assert [name for name in mistakes if f"rules/{name}:" not in output] == []
    assert not list(tmp_path.glob("dist/*.whl"))


def test_version(reportlint: Command, built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert reportlint("--version").stdout == f"reportlint {wheel.name.split('-')[1]}\n"


def test_clean_draft(reportlint: Command) -> None:
    completed = reportlint("check", CLEAN)
    assert (completed.returncode, completed.stderr) == (0, "")


def test_faulty_draft_as_text(reportlint: Command) -> None:
    completed = reportlint("check", FAULTY)
    assert (completed.returncode, completed.stderr) == (1, "")
    assert "AGD001" in completed.stdout
    assert FAULTY in completed.stdout


def test_faulty_draft_as_json(reportlint: Command) -> None:
    completed = reportlint("check", "--output-format", "json", FAULTY)
    assert (completed.returncode, completed.stderr) == (1, "")
    data = json.loads(completed.stdout)
    assert data["schema"] == 1
    assert "AGD001" in [finding["code"] for finding in data["findings"]]


def test_all_formats_with_processes_and_from_the_cache(reportlint: Command, tmp_path: Path) -> None:
    def write_reports(out: Path, *options: str) -> tuple[str, dict[str, bytes]]:
        files = [f"--output-file={name}={out / name}" for name in REPORTERS]
        completed = reportlint("check", "--cache-dir", str(tmp_path), "--statistics", *options, *files, CLEAN, FAULTY)
        assert completed.returncode == 1
        results = {path.name: path.read_bytes() for path in out.iterdir()}
        data = json.loads(results["json"])
        del data["statistics"]  # the time, and what came from the cache
        *lines, last = results["jsonl"].splitlines(keepends=True)
        assert json.loads(last)["type"] == "run"  # with the statistics
        return completed.stderr, {**results, "json": json.dumps(data).encode(), "jsonl": b"".join(sorted(lines))}

    first, uncached = write_reports(tmp_path / "first", "--jobs", "2")
    second, cached = write_reports(tmp_path / "second")
    assert " MB; 0 taken from the cache; 2 processes" in first
    assert " MB; 2 taken from the cache; 1 process" in second
    assert uncached == cached
    assert sorted(uncached) == sorted(REPORTERS)
    assert [name for name, content in uncached.items() if b"AGD001" not in content] == []


def test_a_record_is_written_and_verified(reportlint: Command, tmp_path: Path) -> None:
    draft, record, page = (tmp_path / name for name in ("draft.md", "clearance.json", "clearance.html"))
    shutil.copy(EXAMPLES / CLEAN, draft)
    outputs = [f"--output-file={name}={path}" for name, path in (("record", record), ("clearance", page))]
    assert reportlint("check", "--stage", "publication", *outputs, str(draft)).returncode == 0
    assert "</style>" in page.read_text(encoding="utf-8")
    assert reportlint("verify", str(record)).returncode == 0
    draft.write_bytes(draft.read_bytes() + b" ")
    verified = reportlint("verify", str(record))
    assert (verified.returncode, verified.stdout) == (1, "draft.md: changed\n")


def test_usage_errors_exit_with_code_2(reportlint: Command) -> None:
    assert reportlint("check", "no-such-draft.md").returncode == 2
    assert reportlint("check", "--select", "AGD999", CLEAN).returncode == 2
    assert reportlint("check", "--no-such-option").returncode == 2


def test_folder_without_drafts_exits_with_code_3(reportlint: Command, tmp_path: Path) -> None:
    assert reportlint("check", str(tmp_path)).returncode == 3


def test_rules(reportlint: Command) -> None:
    completed = reportlint("rules")
    assert (completed.returncode, completed.stderr) == (0, "")
    assert "AGD002" in completed.stdout


def test_explain(reportlint: Command) -> None:
    completed = reportlint("explain", "AGD002")
    assert (completed.returncode, completed.stderr) == (0, "")
    assert "agenda-title-mismatch" in completed.stdout


def test_outline(reportlint: Command) -> None:
    completed = reportlint("outline", CLEAN)
    assert (completed.returncode, completed.stderr) == (0, "")
    assert "SEED/COM/2024/12" in completed.stdout


def test_example_plugin(built: Path, tmp_path: Path) -> None:
    """The example plugin works as its README describes, installed next to the wheel."""
    environment = tmp_path / "environment"
    run(sys.executable, "-m", "venv", environment, cwd=tmp_path)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    folder = tmp_path / "plugin"
    shutil.copytree(EXAMPLES / "plugin", folder)
    shutil.copy(EXAMPLES / "clean/seed-heritage.en.md", folder / "MY-REPORT.md")
    (wheel,) = built.glob("*.whl")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    snippet = re.search(r"```sh\n(.*?)```", (EXAMPLES / "plugin/README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert snippet
    install, *commands = (line.split() for line in snippet[1].splitlines())
    run(scripts / "python", "-m", *install, "--quiet", cwd=folder)
    plugins, tested, checked = (run(scripts / name, *options, cwd=folder).stdout for name, *options in commands)
    assert "deadlines  reportlint-deadlines 1.0\n" in plugins
    assert tested == "3 examples of 1 rule: 0 failures\n"
    assert checked == "path,where,line,severity,code,message\n"
