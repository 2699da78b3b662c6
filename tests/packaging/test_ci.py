"""The action for GitHub and the job for GitLab: valid by their schemas, and run as the runners would run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import EXAMPLES, ROOT
from junitparser import JUnitXml

ACTION = ROOT / "action.yml"
SNIPPETS = ROOT / "docs/snippets"
FAULTY, CLEAN = "faulty/harbour-lights.en.md", "clean/phares.fr.md"
_INPUT = re.compile(r"\$\{\{ inputs\.([\w-]+) \}\}")
_IF_THERE = re.compile(r"\$\{\{ !cancelled\(\) && hashFiles\('([\w.-]+)'\) != '' \}\}")
_NOT_PASSED_ON = re.compile(r"CI$|GITHUB_|GITLAB_|PYTHONPATH$|VIRTUAL_ENV$")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", ACTION),
        ("github-workflows", SNIPPETS / "github-workflow.yml"),
        ("gitlab-ci", SNIPPETS / "gitlab-ci.yml"),
    ],
)
def test_valid_by_the_schema(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_pre_commit_configuration_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(SNIPPETS / "pre-commit-config.yaml")]
    assert subprocess.run(command, check=False).returncode == 0


def test_workflow_gives_the_action_what_it_takes() -> None:
    steps = load(SNIPPETS / "github-workflow.yml")["jobs"]["reportlint"]["steps"]
    (given,) = (step["with"] for step in steps if "/reportlint@" in step.get("uses", ""))
    assert given.keys() <= load(ACTION)["inputs"].keys()


@pytest.mark.skipif(shutil.which("jq") is None, reason="GitHub's runners have jq")
def test_workflow_uploads_nothing_that_is_waived(tmp_path: Path) -> None:
    steps = load(SNIPPETS / "github-workflow.yml")["jobs"]["reportlint"]["steps"]
    (script,) = (step["run"] for step in steps if "run" in step)
    (upload,) = (step["with"]["sarif_file"] for step in steps if "upload-sarif" in step.get("uses", ""))
    golden = Path(__file__).parent.parent / "golden/findings.sarif"
    shutil.copy(golden, tmp_path / "reportlint.sarif")
    subprocess.run(["sh", "-c", script], cwd=tmp_path, check=True)
    before, after = (json.loads((tmp_path / name).read_text("utf-8")) for name in ("reportlint.sarif", upload))
    counted = [one for one in before["runs"][0]["results"] if "suppressions" not in one]
    assert 0 < len(counted) < len(before["runs"][0]["results"])
    before["runs"][0]["results"] = counted
    assert after == before


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A repository with a faulty and a clean report in the folder ``reports``."""
    (tmp_path / "reports").mkdir()
    for name in (FAULTY, CLEAN):
        shutil.copy(EXAMPLES / name, tmp_path / "reports")
    return tmp_path


def shell(script: str, scripts: Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner does: each line, until one fails."""
    passed = {name: value for name, value in os.environ.items() if not _NOT_PASSED_ON.match(name)}
    environment = passed | {"PATH": f"{scripts}:{passed['PATH']}", "CI": "true"} | variables
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a new environment, in which the action has installed the linter."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    install, _ = action_scripts()
    done = shell(install["run"], folder / "bin", folder, GITHUB_ACTION_PATH=str(ROOT))
    assert done.returncode == 0, done.stderr
    return folder / "bin"


def action_scripts() -> list[Any]:
    """The steps of the action that are scripts: to install, and to check."""
    return [step for step in load(ACTION)["runs"]["steps"] if "run" in step]


class TestAction:
    @staticmethod
    def check(given: Mapping[str, str], scripts: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        inputs = {name: one["default"] for name, one in load(ACTION)["inputs"].items()} | {**given}
        _, check = action_scripts()
        values = {name: _INPUT.sub(lambda match: inputs[match[1]], value) for name, value in check["env"].items()}
        return shell(check["run"], scripts, cwd, GITHUB_ACTIONS="true", GITHUB_WORKSPACE=str(cwd), **values)

    def test_every_input_is_used_and_none_is_part_of_a_script(self) -> None:
        action = load(ACTION)
        assert set(_INPUT.findall(ACTION.read_text("utf-8"))) == action["inputs"].keys()
        assert not any("${{" in step["run"] for step in action_scripts())

    def test_every_input_is_explained(self) -> None:
        text = (ROOT / "docs/gates.md").read_text("utf-8").partition("inputs of the action")[2]
        assert re.findall(r"(?m)^\| `([\w-]+)` \|", text) == [*load(ACTION)["inputs"]]

    def test_findings(self, scripts: Path, reports: Path) -> None:
        given = {"paths": "reports", "stage": "publication", "output-files": "sarif=out.sarif\njson=out.json\n"}
        done = self.check(given, scripts, reports)
        assert done.returncode == 1
        assert "::error file=reports/harbour-lights.en.md,line=12" in done.stdout
        (sarif,) = json.loads((reports / "out.sarif").read_text("utf-8"))["runs"]
        assert "AGD005" in {result["ruleId"] for result in sarif["results"]}
        assert json.loads((reports / "out.json").read_text("utf-8"))["stage"] == "publication"

    @pytest.mark.parametrize(
        ("given", "code"),
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
    def test_exit_code(self, given: Mapping[str, str], code: int, scripts: Path, reports: Path) -> None:
        (reports / "lenient.toml").write_text('stage = "draft"\n', encoding="utf-8")
        done = self.check(given, scripts, reports)
        assert done.returncode == code, done.stderr

    @pytest.mark.skipif(shutil.which("jq") is None, reason="GitHub's runners have jq")
    @pytest.mark.parametrize(("stage", "there"), [("publication", True), ("strict", False)])
    def test_what_follows_is_done_if_there_are_files(
        self, stage: str, there: bool, scripts: Path, reports: Path
    ) -> None:
        """Nothing that fails for want of a file hides why the check could not be made."""
        _, action, *following = load(SNIPPETS / "github-workflow.yml")["jobs"]["reportlint"]["steps"]
        assert self.check(action["with"] | {"stage": stage}, scripts, reports).returncode == (1 if there else 2)
        for step in following:
            needed = _IF_THERE.fullmatch(step["if"])
            assert needed
            assert needed[1] in f"{step.get('run')} {step.get('with')}"
            assert (reports / needed[1]).is_file() is there
            if there and "run" in step:
                assert shell(step["run"], scripts, reports).returncode == 0

    @pytest.mark.parametrize("name", ["paths", "stage", "fail-on", "config", "output-files"])
    def test_nothing_that_an_input_says_is_run(self, name: str, scripts: Path, reports: Path) -> None:
        done = self.check({name: '"; touch HACKED; $(touch HACKED) `touch HACKED` #'}, scripts, reports)
        assert done.returncode == 2
        assert not (reports / "HACKED").exists()


def test_job_for_gitlab(scripts: Path, reports: Path) -> None:
    job = load(SNIPPETS / "gitlab-ci.yml")["reportlint"]
    script = "\n".join(job["script"]).replace("git+ADDRESS-OF-REPORTLINT@COMMIT-OR-TAG", str(ROOT))
    done = shell(script, scripts, reports, GITLAB_CI="true", CI_PROJECT_DIR=str(reports))
    assert done.returncode == 1
    kept = job["artifacts"]["reports"]
    issues = json.loads((reports / kept["codequality"]).read_text("utf-8"))
    assert {issue["location"]["path"] for issue in issues} == {"reports/harbour-lights.en.md"}
    assert JUnitXml.fromfile(str(reports / kept["junit"])).failures > 0
    for page in job["artifacts"]["paths"]:
        assert (reports / page).is_file()
