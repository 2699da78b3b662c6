"""The walk through the desk in ``docs/gates.md``, with the signature, which cosign makes and verifies if installed."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from drafts import ROOT

GATES = (ROOT / "docs/gates.md").read_text("utf-8")
STEPS = (
    ("check", r"reportlint check .*--output-file record="),
    ("waive", r"reportlint check .*--add-waivers "),
    ("clear", r"reportlint check .*--output-file record=.* --output-file clearance="),
    ("verify", r"reportlint verify "),
    ("change a byte", r"printf ' ' >> "),
    ("verify again", r"reportlint verify "),
)
_RELEASE = re.compile(r"v?(\d+)\.")


def section(title: str) -> str:
    found = re.search(rf"(?ms)^### {title}\n(.*?)(?=^##)", GATES)
    assert found
    return found[1]


def walk() -> list[str]:
    """Return the commands of the walk, whose output ``test_documentation`` compares."""
    blocks = re.findall(r"(?ms)^```console\n(.*?)^```", section("A walk through the desk"))
    return re.findall(r"(?m)^\$ (.*)", "".join(blocks))


def signing() -> list[str]:
    return "".join(re.findall(r"(?ms)^```sh\n(.*?)^```", section("Sign"))).splitlines()


def test_the_walk_has_every_step() -> None:
    commands = iter(walk())
    for step, pattern in STEPS:
        assert any(re.match(pattern, command) for command in commands), step


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of a desk without a network, in which ``reportlint`` is a command and keys have no password."""
    script = tmp_path / "bin/reportlint"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m reportlint "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = os.pathsep.join((str(script.parent), os.environ["PATH"]))
    return {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "COSIGN_PASSWORD": ""}


def cosign() -> None:
    """Skip the test unless cosign is installed in the version that the page names."""
    (needed,) = re.findall(r"cosign\]\([^)]*\), version (\d+),", GATES)
    program = shutil.which("cosign")
    if program:
        shown = subprocess.run([program, "version", "--json"], capture_output=True, encoding="utf-8", check=True)
        found = _RELEASE.match(json.loads(shown.stdout)["gitVersion"])
        if found is None or found[1] == needed:  # a build of a distribution may not state its version
            return
    if os.environ.get("REPORTLINT_REQUIRE_COSIGN") == "1":
        pytest.fail(f"cosign {needed} is required and missing")
    pytest.skip(f"cosign {needed} is not installed")


def test_cosign_signs_and_verifies_the_record(environment: dict[str, str], tmp_path: Path) -> None:
    cosign()
    folder = tmp_path / "office"
    shutil.copytree(ROOT / "docs/drafts", folder)

    def run(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    for command in walk():
        run(command)
    for command in signing():
        result = run(command)
        assert result.returncode == 0, result.stdout
    (verification,) = (command for command in signing() if "verify-blob-attestation" in command)
    assert "Verified OK" in run(verification).stdout

    verified = run("reportlint verify desk/clearance.sigstore.json")
    assert (verified.returncode, verified.stdout.splitlines()) == (0, [
        "reportlint: desk/clearance.sigstore.json: the signatures of the envelope were not verified",
        "desk/clearance.sigstore.json: 1 file is as recorded",
    ])  # fmt: skip

    # Another content in the envelope: only cosign notices that it was not signed.
    bundle = folder / "desk/clearance.sigstore.json"
    signed = json.loads(bundle.read_text(encoding="utf-8"))
    payload = base64.b64decode(signed["dsseEnvelope"]["payload"])
    changed = payload.replace(b"name as in the original", b"name as in the initial ")
    assert changed != payload
    signed["dsseEnvelope"]["payload"] = base64.b64encode(changed).decode()
    bundle.write_text(json.dumps(signed), encoding="utf-8")
    refused = run(verification)
    assert refused.returncode != 0
    assert "failed to verify signature" in refused.stdout
    assert run("reportlint verify desk/clearance.sigstore.json").returncode == 0
