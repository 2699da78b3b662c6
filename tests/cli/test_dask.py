"""Drafts checked by the workers of a Dask cluster: the same findings, also if a worker dies."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from drafts import rules_for

from reportlint import __version__
from reportlint.config.options import Options
from reportlint.plugins.rule_loading import make_rules
from reportlint.runner.travelling_rules import packed_rules, unpacked_options

from .conftest import CLEAN, FAULTY, environment, install, run

pytest.importorskip("distributed")
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import cluster
import memory

from reportlint.runner.dask_cluster import _check_batch, _plugins_here

CHECK = ("check", "--no-cache", "--output-format", "json")
CARD = """- code: HSE001
  name: words-of-the-house
  check: terms
  with: {file: ../terms.csv}
  severity: warning
  confidence: high
  message: {en: "write “{instead}”"}
  why: {en: "because"}
"""


@pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")
def test_killed_worker_changes_no_row(tmp_path: Path) -> None:
    memory.write_drafts(tmp_path, 400, clean=False)
    expected = cluster.run(tmp_path, "--jobs", "1")
    outcome = cluster.run(tmp_path, "--dask", "local:2", kill_after=20)
    assert outcome.killed
    assert outcome.rows == expected.rows
    assert len(expected.rows) == 400 + 266


def test_draft_that_kills_its_worker_costs_no_other_draft(tmp_path: Path) -> None:
    site = tmp_path / "site"
    install(site, "deadly", "deadly")
    (site / "deadly.py").write_text(
        "import multiprocessing, os\nfrom reportlint import Document, check, hookimpl\n@check('deadly')\n"
        "def deadly(document: Document):\n"
        "    if multiprocessing.parent_process() and 'Number 1.' in document.source.text:\n        os._exit(9)\n"
        "    return ()\n@hookimpl\ndef reportlint_checks():\n    return [deadly]\n"
        "@hookimpl\ndef reportlint_rules():\n    from pathlib import Path\n    return Path(__file__).parent / 'cards'\n"
    )
    (site / "cards").mkdir()
    (site / "cards/deadly.yaml").write_text(
        "- {code: DED001, name: deadly, check: deadly, severity: error, confidence: high,\n"
        "   message: {en: x}, why: {en: x}}\n"
    )
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    for number in range(6):
        (drafts / f"n{number}.md").write_text(f"{CLEAN}\nNumber {number}.\n")
    env = {"PYTHONPATH": os.pathsep.join((environment()["PYTHONPATH"], str(site)))}
    result = run(*CHECK, "--dask", "local:1", "drafts", cwd=tmp_path, env=env)
    assert (result.code, result.err) == (2, "")
    assert {file["path"]: file["state"] for file in result.json["files"]} == {
        f"drafts/n{number}.md": "unreadable" if number == 1 else "checked" for number in range(6)
    }
    assert [finding["code"] for finding in result.json["findings"]] == ["RPL003"]


def test_house_rules_travel(tmp_path: Path) -> None:
    house = tmp_path / "here/house"
    house.mkdir(parents=True)
    (house / "words.yaml").write_text(CARD, encoding="utf-8")
    (tmp_path / "here/terms.csv").write_text("term,instead\nlighting,light\n", encoding="utf-8")
    rules = make_rules(Options(folders=(house,), waivers=tmp_path / "w.yaml", parts=(tmp_path / "a.md",)))
    packed = packed_rules(rules)
    shutil.rmtree(tmp_path / "here")
    options = unpacked_options(packed)
    assert replace(options, folders=()) == Options()
    there = make_rules(options)
    assert there.by_code["HSE001"].message == rules.by_code["HSE001"].message
    assert unpacked_options(packed) is options
    plain = rules_for("draft")
    assert unpacked_options(packed_rules(plain)) == plain.options


def test_workers_with_another_version_or_other_plugins_refuse() -> None:
    assert _check_batch(b"", "0.0.1", ()) == f"a worker has reportlint {__version__}, and not 0.0.1"
    other = (*_plugins_here(), "deadlines 1.0")
    assert _check_batch(b"", __version__, other) == "the plugins of a worker differ: deadlines 1.0"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (("--dask", "local"), "“local” is no cluster; write tcp://HOST:PORT, or local:N for N local workers"),
        (("--dask", "local:0"), "“local:0” is no cluster; write tcp://HOST:PORT, or local:N for N local workers"),
        (("--dask", "host:8786"), "“host:8786” is no cluster; write tcp://HOST:PORT, or local:N for N local workers"),
        (("--dask", "local:1", "--jobs", "2"), "the cluster has its own processes; leave out --jobs"),
    ],
)
def test_address_that_cannot_be_used(tmp_path: Path, given: tuple[str, ...], error: str) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    result = run("check", *given, ".", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert result.err.endswith(f"--dask: {error}\n")


def test_cluster_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY)
    result = run("check", "--no-cache", "--dask", "tcp://127.0.0.1:1", ".", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert "--dask: no worker answers at tcp://127.0.0.1:1: " in result.err
    assert len(result.err.splitlines()) == 1
