"""The GitHub action and the GitLab job: checked against their schemas and run as the runners run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import EXAMPLES, ROOT
from junitparser import JUnitXml

ACTION = ROOT / "action.yml"
SNIPPETS = ROOT / "docs/snippets"
GITHUB = ROOT / ".github"
FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")
FAULTY, CLEAN = "faulty/harbour-lights.en.md", "clean/phares.fr.md"
_INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
_IF_FILE_EXISTS = re.compile(r"\$\{\{ !cancelled\(\) && hashFiles\('([\w.-]+)'\) != '' \}\}")
_NOT_PASSED_ON = re.compile(r"CI$|GITHUB_|GITLAB_|PYTHONPATH$|VIRTUAL_ENV$")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", ACTION),
        ("github-workflows", SNIPPETS / "github-workflow.yml"),
        ("github-workflows", SNIPPETS / "github-clearance.yml"),
        *(("github-workflows", path) for path in sorted((GITHUB / "workflows").iterdir())),
        *(("github-issue-forms", path) for path in FORMS),
        ("github-issue-config", GITHUB / "ISSUE_TEMPLATE/config.yml"),
        ("gitlab-ci", SNIPPETS / "gitlab-ci.yml"),
    ],
)
def test_file_is_valid(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    completed = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert completed.returncode == 0, completed.stdout


@pytest.mark.parametrize("file", [SNIPPETS / "pre-commit-config.yaml", ROOT / ".pre-commit-config.yaml"], ids=str)
def test_pre_commit_configuration_is_valid(file: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(file)]
    assert subprocess.run(command, check=False).returncode == 0


def test_workflow_tests_every_supported_python() -> None:
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    supported = [name.rpartition(" ")[2] for name in classifiers if re.search(r":: 3\.\d+$", name)]
    assert load(GITHUB / "workflows/tests.yml")["jobs"]["pytest"]["strategy"]["matrix"]["python"] == supported


def test_forms_ask_for_a_false_alarm_a_missed_fault_and_a_house_rule() -> None:
    assert [path.stem for path in FORMS] == ["false-alarm", "house-rule", "missed-fault"]


def test_workflow_sets_only_inputs_of_the_action() -> None:
    steps = load(SNIPPETS / "github-workflow.yml")["jobs"]["reportlint"]["steps"]
    (inputs,) = (step["with"] for step in steps if "/reportlint@" in step.get("uses", ""))
    assert inputs.keys() <= load(ACTION)["inputs"].keys()


@pytest.mark.skipif(shutil.which("jq") is None, reason="GitHub's runners have jq")
def test_workflow_uploads_no_suppressed_results(tmp_path: Path) -> None:
    steps = load(SNIPPETS / "github-workflow.yml")["jobs"]["reportlint"]["steps"]
    (script,) = (step["run"] for step in steps if "run" in step)
    (upload,) = (step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", ""))
    golden = Path(__file__).parent.parent / "golden/findings.sarif"
    shutil.copy(golden, tmp_path / "reportlint.sarif")
    subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
    before, after = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("reportlint.sarif", upload))
    active = [result for result in before["runs"][0]["results"] if "suppressions" not in result]
    assert 0 < len(active) < len(before["runs"][0]["results"])
    before["runs"][0]["results"] = active
    assert after == before


@pytest.mark.skipif(shutil.which("jq") is None, reason="GitHub's runners have jq")
def test_workflow_attests_the_subjects_and_the_predicate_of_the_record(tmp_path: Path) -> None:
    steps = load(SNIPPETS / "github-clearance.yml")["jobs"]["clear"]["steps"]
    (check, attest) = (
        next(step for step in steps if name in step.get("uses", "")) for name in ("reportlint@", "attest@")
    )
    assert check["with"].keys() <= load(ACTION)["inputs"].keys()
    (tmp_path / "reports").mkdir()
    shutil.copy(EXAMPLES / CLEAN, tmp_path / "reports")
    options = [part for file in check["with"]["output-files"].split() for part in ("--output-file", file)]
    command = [sys.executable, "-m", "reportlint", "check", "--stage", "publication", *options, "reports"]
    subprocess.run(command, cwd=tmp_path, check=True, stdout=subprocess.DEVNULL)
    (script,) = (step["run"] for step in steps if "run" in step)
    subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
    record = json.loads((tmp_path / "clearance.json").read_text("utf-8"))
    lines = (tmp_path / attest["with"]["subject-checksums"]).read_text("utf-8").splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    assert [{"name": name, "digest": {"sha256": digest}} for digest, name in pairs] == record["subject"]
    assert json.loads((tmp_path / attest["with"]["predicate-path"]).read_text("utf-8")) == record["predicate"]
    assert attest["with"]["predicate-type"] == record["predicateType"]


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A repository with a faulty and a clean report in the folder ``reports``."""
    (tmp_path / "reports").mkdir()
    for name in (FAULTY, CLEAN):
        shutil.copy(EXAMPLES / name, tmp_path / "reports")
    return tmp_path


def shell(script: str, scripts: Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does: line by line, until one fails."""
    inherited = {name: value for name, value in os.environ.items() if not _NOT_PASSED_ON.match(name)}
    environment = inherited | {"PATH": f"{scripts}:{inherited['PATH']}", "CI": "true"} | variables
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of a new environment in which the action has installed the linter."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install, _ = action_scripts()
    completed = shell(install["run"], folder / "bin", folder, GITHUB_ACTION_PATH=str(ROOT))
    assert completed.returncode == 0, completed.stderr
    return folder / "bin"


def action_scripts() -> list[Any]:
    """Return the script steps of the action: installation and check."""
    return [step for step in load(ACTION)["runs"]["steps"] if "run" in step]


class TestAction:
    @staticmethod
    def check(options: Mapping[str, str], scripts: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        inputs = {name: entry["default"] for name, entry in load(ACTION)["inputs"].items()} | {**options}
        _, check = action_scripts()
        values = {name: _INPUT.sub(lambda match: inputs[match[1]], value) for name, value in check["env"].items()}
        return shell(check["run"], scripts, cwd, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(cwd), **values)

    def test_every_input_is_used_but_not_inside_a_script(self) -> None:
        action = load(ACTION)
        assert set(_INPUT.findall(ACTION.read_text("utf-8"))) == action["inputs"].keys()
        assert not any("${{" in step["run"] for step in action_scripts())

    def test_every_input_is_documented(self) -> None:
        text = (ROOT / "docs/gates.md").read_text("utf-8").partition("inputs of the action")[2]
        assert re.findall(r"(?m)^\| `([\w-]+)` \|", text) == [*load(ACTION)["inputs"]]

    def test_findings(self, scripts: Path, reports: Path) -> None:
        options = {"paths": "reports", "stage": "publication", "output-files": "sarif=out.sarif\njson=out.json\n"}
        completed = self.check(options, scripts, reports)
        assert completed.returncode == 1
        assert "::error file=reports/harbour-lights.en.md,line=12" in completed.stdout
        (sarif,) = json.loads((reports / "out.sarif").read_text("utf-8"))["runs"]
        assert "AGD005" in {result["ruleId"] for result in sarif["results"]}
        assert json.loads((reports / "out.json").read_text("utf-8"))["stage"] == "publication"

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({}, 1),
            ({"stage": "draft"}, 0),
            ({"fail-on": "error"}, 0),
            ({"config": "lenient.toml"}, 0),
            ({"paths": f"reports/{Path(CLEAN).name}\n"}, 0),
            ({"paths": f"reports/{Path(CLEAN).name}\n\n  reports/{Path(FAULTY).name}\n"}, 1),
            ({"paths": "no-such-folder"}, 2),
            ({"stage": "strict"}, 2),
        ],
    )
    def test_exit_code(self, options: Mapping[str, str], code: int, scripts: Path, reports: Path) -> None:
        (reports / "lenient.toml").write_text('stage = "draft"\n', encoding="utf-8")
        completed = self.check(options, scripts, reports)
        assert completed.returncode == code, completed.stderr

    @pytest.mark.skipif(shutil.which("jq") is None, reason="GitHub's runners have jq")
    @pytest.mark.parametrize(("stage", "file_exists"), [("publication", True), ("strict", False)])
    def test_later_steps_run_only_if_their_file_exists(
        self, stage: str, file_exists: bool, scripts: Path, reports: Path
    ) -> None:
        """A later step does not fail for a missing file, which would hide why the check failed."""
        _, action, *following = load(SNIPPETS / "github-workflow.yml")["jobs"]["reportlint"]["steps"]
        assert self.check(action["with"] | {"stage": stage}, scripts, reports).returncode == (1 if file_exists else 2)
        for step in following:
            condition = _IF_FILE_EXISTS.fullmatch(step["if"])
            assert condition
            assert condition[1] in f"{step.get('run')} {step.get('with')}"
            assert (reports / condition[1]).is_file() is file_exists
            if file_exists and "run" in step:
                assert shell(step["run"], scripts, reports).returncode == 0

    @pytest.mark.parametrize("name", ["paths", "stage", "fail-on", "config", "output-files"])
    def test_inputs_are_not_executed(self, name: str, scripts: Path, reports: Path) -> None:
        completed = self.check({name: '"; touch HACKED; $(touch HACKED) `touch HACKED` #'}, scripts, reports)
        assert completed.returncode == 2
        assert not (reports / "HACKED").exists()


def test_job_for_gitlab(scripts: Path, reports: Path) -> None:
    job = load(SNIPPETS / "gitlab-ci.yml")["reportlint"]
    script = "\n".join(job["script"]).replace("git+ADDRESS-OF-REPORTLINT@COMMIT-OR-TAG", str(ROOT))
    completed = shell(script, scripts, reports, GITLAB_CI="true", CI_PROJECT_DIR=str(reports))
    assert completed.returncode == 1
    artifacts = job["artifacts"]["reports"]
    issues = json.loads((reports / artifacts["codequality"]).read_text("utf-8"))
    assert {issue["location"]["path"] for issue in issues} == {"reports/harbour-lights.en.md"}
    assert JUnitXml.fromfile(str(reports / artifacts["junit"])).failures > 0
    for page in job["artifacts"]["paths"]:
        assert (reports / page).is_file()
